# SPDX-License-Identifier: Apache-2.0
"""What other programs see of a project file, and the save that brings both rooms together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from prodedit.core.document import Document
from prodedit.core.geometry import Rect
from prodedit.core.layer import AdjustmentContent, GroupContent, Layer
from prodedit.core.tiles import Pixels
from prodedit.files.openraster import Saved, save
from prodedit.files.openraster_plan import lies_atop
from prodedit.render.compositor import Compositor


class ProjectBake:
    """Gives `files.openraster` its pictures; for one thread."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._compositor = Compositor()

    def merged(self, rect: Rect) -> Pixels:
        """(h, w, 4) premultiplied BGRA of the whole picture."""
        return self._compositor.render(self._document, rect)

    def layer(self, layer: Layer, rect: Rect, as_normal: bool) -> Pixels:
        """(h, w, 4) premultiplied BGRA of one layer alone. as_normal: in the colours that, laid in
        normal mode over what is below it, show what its own blend mode shows."""
        plain = replace(layer, opacity=1.0, blend="normal", visible=True, clip=False)
        if not as_normal:
            return self._render((plain,), rect)
        path = list(_below(self._document.layers, layer.id))
        below = self._render(tuple(path), rect)
        shown = self._render((*path, replace(plain, blend=layer.blend)), rect)
        # An adjustment has no pixels of its own: it shows where what it changes does.
        is_adjustment = isinstance(layer.content, AdjustmentContent)
        if lies_atop(self._document, layer):
            return _atop(shown)
        source = below if is_adjustment else self._render((plain,), rect)
        return _as_normal(source, below, shown)

    def _render(self, layers: tuple[Layer, ...], rect: Rect) -> Pixels:
        return self._compositor.render(replace(self._document, layers=layers), rect)


def save_project(
    document: Document,
    path: Path,
    last: Saved | None = None,
    guard: Callable[[], None] | None = None,
    keep_previous: int = 0,
) -> Saved:
    """Write the project file, whole or not at all. `last`: what the last save of it gave back, so
    that only what changed is written; `guard`, `keep_previous`: as there. Raises Problem."""
    bake = ProjectBake(document)
    return save(document, path, bake, last=last, guard=guard, keep_previous=keep_previous)


def _below(layers: tuple[Layer, ...], layer_id: str) -> list[Layer]:
    """What a layer is laid on: all that is below it, from the innermost isolated group that holds
    it on."""
    number, own = next(
        (number, one)
        for number, one in enumerate(layers)
        if any(child.id == layer_id for child in one.walk())
    )
    if own.id == layer_id:
        return list(layers[:number])
    assert isinstance(own.content, GroupContent)
    inner = _below(own.children, layer_id)
    if own.content.isolated or _has_isolated_group_round(own.children, layer_id):
        return inner
    return [*layers[:number], *inner]


def _has_isolated_group_round(layers: tuple[Layer, ...], layer_id: str) -> bool:
    for layer in layers:
        if layer.id != layer_id and any(child.id == layer_id for child in layer.walk()):
            assert isinstance(layer.content, GroupContent)
            return layer.content.isolated or _has_isolated_group_round(layer.children, layer_id)
    return False


def _atop(shown: Pixels) -> Pixels:
    """Opaque in the colours of `shown`, wherever that shows anything: laid atop of what it was made
    from, it shows the same in the same transparency."""
    alpha = shown[..., 3:].astype(np.float32)
    colour = np.rint(shown * (255 / np.maximum(alpha, 1)))
    colour[..., 3:] = 255
    return np.asarray(np.where(alpha > 0, np.minimum(colour, 255), 0).astype(np.uint8))


def _as_normal(source: Pixels, below: Pixels, shown: Pixels) -> Pixels:
    """Premultiplied c with c + (1 - a) below = shown, where a is the layer's own alpha."""
    alpha = source[..., 3:].astype(np.int32)
    kept = (below.astype(np.int32) * (255 - alpha) + 127) // 255
    colour = np.clip(shown.astype(np.int32) - kept, 0, alpha)
    colour[..., 3:] = alpha
    return colour.astype(np.uint8)
