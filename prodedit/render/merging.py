# SPDX-License-Identifier: Apache-2.0
"""What layers show together, as the pixels of one, for the edits that put those in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from prodedit.core.document import Document
from prodedit.core.edits import ApplyMask, MergeLayers
from prodedit.core.edits.carrying import carried_layer
from prodedit.core.edits.layers import Inputs, existing
from prodedit.core.geometry import Rect, Transform, bounding
from prodedit.core.layer import Layer
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.render.compositor import Compositor


def merged(
    document: Document, layers: Sequence[str], new_id: str, name: str
) -> tuple[MergeLayers, Inputs]:
    """The edit that makes one layer of `layers`, which lie in one level, and its inputs.

    What lies beyond the canvas is cut off. Raises Problem where nothing shows."""
    chosen = set(layers)
    parent = document.place(next(iter(layers)))[0]
    together = tuple(layer for layer in document.siblings(parent) if layer.id in chosen)
    lowest = replace(together[0], clip=False)
    rect, tiles = _shown(document, (lowest, *together[1:]))
    ids = tuple(layer.id for layer in together)
    return MergeLayers(ids, new_id, name, rect.x, rect.y), {"pixels": tiles}


def flattened(document: Document, new_id: str, name: str) -> tuple[MergeLayers, Inputs]:
    """All that shows, as one layer; what is hidden goes."""
    every = tuple(layer.id for layer in document.layers)
    edit, inputs = merged(document, every, new_id, name)
    return msgspec.structs.replace(edit, locked=True), inputs


def with_mask_applied(document: Document, layer_id: str) -> tuple[ApplyMask, Inputs]:
    """The edit that lets a mask go into its layer's pixels, and its inputs. Raises Problem."""
    layer = existing(document, layer_id)
    plain = replace(layer, opacity=1.0, blend="normal", visible=True, clip=False, effects=())
    rect, tiles = _shown(document, (plain,), beyond=True)
    return ApplyMask(layer_id, rect.x, rect.y), {"pixels": tiles}


def _shown(
    document: Document, layers: tuple[Layer, ...], beyond: bool = False
) -> tuple[Rect, Tiles]:
    """(where on the canvas, the pixels) of what layers show; `beyond`: also outside of it."""
    bounds = bounding(layer.bounds(document.size) for layer in layers if layer.visible)
    if not beyond:
        bounds = bounds.intersect(Rect.of(document.size))
    if bounds.is_empty:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "These layers show nothing that could be merged."),
            code="nothing-shown",
        )
    onto = Transform(dx=-bounds.x, dy=-bounds.y)
    moved = tuple(carried_layer(layer, onto) for layer in layers)
    pixels = Compositor().merged(Document(bounds.size, moved))
    return bounds, Tiles.from_array(pixels).without_blank()
