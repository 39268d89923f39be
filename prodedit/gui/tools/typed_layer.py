# SPDX-License-Identifier: Apache-2.0
"""The text that is typed in: where its letters are on the canvas, upright, turned or bent."""

from __future__ import annotations

from math import isfinite

from prodedit.core.bend import Bend, bend_of
from prodedit.core.document import Document
from prodedit.core.geometry import Point, Transform
from prodedit.core.layer import Layer, TextContent
from prodedit.core.text import Text
from prodedit.render.typeset import Typeset

_ALONG = 8
"""Parts of a straight line that is drawn along a bend."""


class TypedLayer:
    """The layer that is typed in, as it was when something was last put into the history."""

    def __init__(
        self, layer_id: str, text: Text, place: Transform, bend: Bend | None, *, is_new: bool
    ) -> None:
        self.layer_id = layer_id
        self.text = text
        self.place = place
        self.bend = bend
        self.is_new = is_new
        self.gesture = object()
        self.typeset = Typeset(text)

    def follow(self, document: Document) -> None:
        """What bends the text depends on how much is written."""
        layer = document.find(self.layer_id)
        if layer is not None:
            self.bend = bend_of(layer)

    def is_as(self, layer: Layer) -> bool:
        """Whether `layer` has the same letters in the same place."""
        content = layer.content
        same = isinstance(content, TextContent) and content.text == self.text
        return same and layer.transform == self.place and bend_of(layer) == self.bend

    def position_at(self, point: Point) -> int:
        """The place between two letters that is nearest to a point of the canvas."""
        return self.typeset.position_at(self._own(point))

    def reaches(self, point: Point) -> bool:
        """Whether a point of the canvas lies on the lines, or just beside them."""
        own, typeset = self._own(point), self.typeset
        ends = [typeset.span(line) for line in typeset.lines]
        left = min(x for x, _ in ends) * typeset.scale
        right = max(x + width for x, width in ends) * typeset.scale
        if self.text.width > 0:
            left, right = min(left, 0.0), max(right, self.text.width)
        beside = self.text.size / 3
        last = typeset.lines[-1]
        bottom = (last.top + last.height) * typeset.scale
        return left - beside <= own.x <= right + beside and 0 <= own.y <= bottom

    def on_canvas(self, point: Point) -> Point:
        """Where a point of the text's own plane lies."""
        if self.bend is None:
            return self.place.map(point)
        x, y = self.bend.to_canvas(point.x, point.y)
        shown = Point(float(x), float(y))
        return shown if isfinite(shown.x) and isfinite(shown.y) else self.place.map(point)

    def along(self, start: Point, end: Point) -> list[Point]:
        """A straight line of the text's own plane as it lies on the canvas, without its end."""
        parts = 1 if self.bend is None else _ALONG
        dx, dy = (end.x - start.x) / parts, (end.y - start.y) / parts
        return [self.on_canvas(Point(start.x + dx * n, start.y + dy * n)) for n in range(parts)]

    def _own(self, point: Point) -> Point:
        return self.place.inverse().map(point) if self.bend is None else self.bend.to_own(point)


def typed(layer: Layer) -> TypedLayer | None:
    """None for what is no text, or is squeezed to a line."""
    place = layer.transform
    if not isinstance(layer.content, TextContent) or place.a * place.d == place.b * place.c:
        return None
    return TypedLayer(layer.id, layer.content.text, place, bend_of(layer), is_new=False)
