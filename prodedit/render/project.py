# SPDX-License-Identifier: Apache-2.0
"""What other programs see of a project file, and the save that brings both rooms together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from prodedit.core.blend import mode_of
from prodedit.core.document import Document
from prodedit.core.geometry import Rect
from prodedit.core.layer import GroupContent, Layer
from prodedit.core.tiles import Pixels
from prodedit.files.openraster import Saved, save
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
        plain = replace(layer, opacity=1.0, blend="normal", visible=True)
        source = self._render((plain,), rect)
        if not as_normal:
            return source
        below = self._render(tuple(_below(self._document.layers, layer.id)), rect)
        return _as_normal(source, below, layer.blend)

    def _render(self, layers: tuple[Layer, ...], rect: Rect) -> Pixels:
        return self._compositor.render(replace(self._document, layers=layers), rect)


def save_project(document: Document, path: Path, last: Saved | None = None) -> Saved:
    """Write the project file, whole or not at all. `last`: what the last save of it gave back, so
    that only what changed is written. Raises Problem."""
    return save(document, path, ProjectBake(document), last=last)


def _below(layers: tuple[Layer, ...], layer_id: str) -> Iterator[Layer]:
    """What a layer is laid on: everything below it, but only its own group's where that group is
    isolated."""
    for number, layer in enumerate(layers):
        if layer.id == layer_id:
            yield from layers[:number]
            return
        if any(child.id == layer_id for child in layer.walk()):
            assert isinstance(layer.content, GroupContent)
            if not layer.content.isolated:
                yield from layers[:number]
            yield from _below(layer.children, layer_id)
            return


def _as_normal(source: Pixels, below: Pixels, blend: str) -> Pixels:
    """(1 - ab) Cs + ab B(Cb, Cs), premultiplied by the source's alpha (W3C Compositing, 5.1)."""
    cs, cb = _straight(source), _straight(below)
    ab = below[..., 3].reshape(1, -1).astype(np.float32) / 255
    alpha = source[..., 3].reshape(1, -1).astype(np.float32)
    mixed = (1 - ab) * cs + ab * mode_of(blend).formula(cb, cs)
    colour = np.clip(mixed, 0, 1) * alpha
    planes = np.concatenate([colour, alpha]) + 0.5
    return np.ascontiguousarray(planes.T).astype(np.uint8).reshape(source.shape)


def _straight(pixels: Pixels) -> NDArray[np.float32]:
    """(3, n) float32 0..1, planes B, G, R; 0 where alpha is 0."""
    flat = pixels.reshape(-1, 4).T.astype(np.float32)
    return np.asarray(flat[:3] / np.maximum(flat[3:], 1), np.float32)
