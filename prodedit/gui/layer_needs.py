# SPDX-License-Identifier: Apache-2.0
"""What the chosen layers allow to be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodedit.core.document import Document
from prodedit.core.geometry import IDENTITY
from prodedit.core.layer import AdjustmentContent, GroupContent, Layer, PixelContent
from prodedit.editing.session import EditSession

if TYPE_CHECKING:
    from prodedit.gui.actions import Needs


def layer_needs(session: EditSession) -> dict[Needs, bool]:
    """As gui.actions asks for it."""
    document = session.document
    layers = [layer for i in session.chosen if (layer := document.find(i))]
    return {
        "layer": bool(layers),
        "group": any(isinstance(layer.content, GroupContent) for layer in layers),
        "clip": any(layer.clip or _lies_on_one(document, layer) for layer in layers),
        "merge": _can_merge(document, session.chosen),
        "drawn": any(_is_drawn(layer) for layer in layers),
        "bare": any(layer.mask is None for layer in layers),
        "masked": any(layer.mask is not None for layer in layers),
        "adjustment": _adjusts(session.active_layer),
        "effects": any(layer.effects for layer in layers),
    }


def _adjusts(layer: Layer | None) -> bool:
    return layer is not None and isinstance(layer.content, AdjustmentContent)


def _lies_on_one(document: Document, layer: Layer) -> bool:
    return document.place(layer.id)[1] > 0


def _can_merge(document: Document, chosen: tuple[str, ...]) -> bool:
    outermost = document.outermost(chosen)
    layers = [layer for i in outermost if (layer := document.find(i))]
    if len(layers) != 1:
        return len(layers) > 1
    return isinstance(layers[0].content, GroupContent) or _lies_on_one(document, layers[0])


def _is_drawn(layer: Layer) -> bool:
    """Whether something of it is computed anew each time: what rasterising ends."""
    if isinstance(layer.content, AdjustmentContent):
        return False
    plain = isinstance(layer.content, PixelContent) and layer.warp is None
    return not plain or layer.transform._replace(dx=0.0, dy=0.0) != IDENTITY
