# SPDX-License-Identifier: Apache-2.0
"""Which layers show at one pixel of the picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import floor

from prodedit.core.document import Document
from prodedit.core.geometry import Point, Rect
from prodedit.core.layer import Layer
from prodedit.render.compositor import Compositor

_LEAST = 25
"""Of 255: a layer that shows less is not what a person means who points at it."""


def layers_here(document: Document, point: Point) -> tuple[Layer, ...]:
    """The layers that show at `point`, in picture coordinates, topmost first; of a group what is in
    it. An adjustment shows nowhere itself."""
    x, y = floor(point.x), floor(point.y)
    if not (0 <= x < document.size.width and 0 <= y < document.size.height):
        return ()
    pixel = Rect(x, y, 1, 1)
    found = [
        layer
        for layer in _leaves(document.layers)
        if Compositor().render(alone(document, layer.id), pixel)[0, 0, 3] >= _LEAST
    ]
    return tuple(reversed(found))


def alone(document: Document, layer_id: str) -> Document:
    """The document as if that layer, in full, were all there is."""
    layer = document.find(layer_id)
    if layer is None:
        return replace(document, layers=())
    plain = replace(layer, opacity=1.0, visible=True, blend="normal", clip=False)
    return replace(document, layers=(plain,))


def _leaves(layers: tuple[Layer, ...]) -> Iterator[Layer]:
    """What is shown, from the lowest."""
    for layer in layers:
        if not layer.visible:
            continue
        if layer.children:
            yield from _leaves(layer.children)
        else:
            yield layer
