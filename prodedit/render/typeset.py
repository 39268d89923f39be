# SPDX-License-Identifier: Apache-2.0
"""A Text as lines of glyphs, with the places between its letters. For the thread that made it.

Positions within the text are Qt's: counted in UTF-16, so that an emoji is two of them.
"""

from __future__ import annotations

from typing import NamedTuple, cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextLine, QTextOption

from prodedit.core.geometry import Point
from prodedit.core.text import Text
from prodedit.render.fonts import EM, font_of

_ENDLESS = 1 << 24
"""As wide as Qt can count, nearly."""
_SHARE = {"left": 0.0, "justify": 0.0, "centre": 0.5, "right": 1.0}


class Line(NamedTuple):
    """x, baseline: where its first glyph's origin lies; top, height: the row it stands in, all in
    pixels of EM. start: position of its first letter; `qt` counts from `offset` on."""

    layout: QTextLayout
    """`qt` lives no longer than this."""
    qt: QTextLine
    offset: int
    start: int
    end: int
    x: float
    top: float
    baseline: float
    height: float


class Typeset:
    """Lines in units of the layer's plane, at Text.size; all are there, even empty ones."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.scale = text.size / EM
        self._font = font_of(text)
        self.lines = self._set()

    @property
    def left(self) -> float:
        """Where the box begins, or without one the line that begins first."""
        return 0.0 if self.text.width > 0 else min(line.x for line in self.lines) * self.scale

    def caret(self, position: int) -> tuple[Point, Point]:
        """The upper and the lower end of the line between two letters."""
        line = self.line_at(position)
        x = line.x + _to_x(line.qt, position - line.offset)
        upper = Point(x * self.scale, line.top * self.scale)
        return upper, Point(upper.x, (line.top + line.height) * self.scale)

    def position_at(self, point: Point) -> int:
        """The place between two letters that is nearest."""
        x, y = point.x / self.scale, point.y / self.scale
        found = next((line for line in self.lines if y < line.top + line.height), self.lines[-1])
        return min(found.offset + found.qt.xToCursor(x - found.x), found.end)

    def span(self, line: Line) -> tuple[float, float]:
        """(x, width) of what is written in the line, in pixels of EM."""
        first, last = (_to_x(line.qt, place - line.offset) for place in (line.start, line.end))
        return line.x, max(abs(last - first), line.qt.naturalTextWidth())

    def line_at(self, position: int) -> Line:
        """The line a caret at `position` stands in: of two, the later."""
        return next(
            (line for line in reversed(self.lines) if line.start <= position), self.lines[0]
        )

    def selected(self, start: int, end: int) -> list[QRectF]:
        """What lies between two positions, a rectangle for each line."""
        rects = []
        for line in self.lines:
            first, last = max(start, line.start), min(end, line.end)
            if first < last or (start <= line.end < end):
                rects.append(self._between(line, first, max(first, last), end > line.end))
        return rects

    def _between(self, line: Line, first: int, last: int, goes_on: bool) -> QRectF:
        left, right = (_to_x(line.qt, position - line.offset) for position in (first, last))
        left, right = min(left, right), max(left, right) + (EM / 5 if goes_on else 0)
        rect = QRectF(line.x + left, line.top, right - left, line.height)
        return QRectF(rect.topLeft() * self.scale, rect.size() * self.scale)

    def _set(self) -> list[Line]:
        metrics = QFontMetricsF(self._font)
        height = metrics.height() + max(0.0, metrics.leading())
        lines: list[Line] = []
        offset = 0
        for paragraph in self.text.text.split("\n"):
            length = len(paragraph.encode("utf-16-le", "surrogatepass")) // 2
            layout = self._broken(paragraph)
            for line in (layout.lineAt(number) for number in range(layout.lineCount())):
                top = len(lines) * height * max(0.01, self.text.line_height)
                start, x = offset + line.textStart(), self._indent(line)
                end = _end(line, length) + offset
                baseline = top + metrics.ascent()
                lines.append(Line(layout, line, offset, start, end, x, top, baseline, height))
            offset += length + 1
        return lines

    def _broken(self, paragraph: str) -> QTextLayout:
        layout = QTextLayout(paragraph, self._font)
        layout.setTextOption(self._option())
        layout.setCacheEnabled(True)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._room)
            line.setPosition(QPointF(0, 0))
        layout.endLayout()
        return layout

    @property
    def _room(self) -> float:
        width = self.text.width / self.scale
        return min(width, _ENDLESS) if width > 0 else _ENDLESS

    def _option(self) -> QTextOption:
        is_justified = self.text.align == "justify" and self.text.width > 0
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        option = QTextOption(Qt.AlignmentFlag.AlignJustify if is_justified else left)
        option.setUseDesignMetrics(True)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        return option

    def _indent(self, line: QTextLine) -> float:
        room = self._room if self.text.width > 0 else 0.0
        return (room - line.naturalTextWidth()) * _SHARE[self.text.align]


def _to_x(line: QTextLine, position: int) -> float:
    x, _ = cast(tuple[float, int], line.cursorToX(position))  # PySide's stub says object
    return x


def _end(line: QTextLine, length: int) -> int:
    """The last place in the line: before the space or letter that the next one begins after."""
    end = line.textStart() + line.textLength()
    return end if end >= length else max(line.textStart(), end - 1)
