# SPDX-License-Identifier: Apache-2.0
"""Text as pixels: filled outlines, so that a turned or enlarged text is as sharp as any.

Qt sets the text (bidirectional, with other fonts for what the chosen one lacks) at one size; its
glyphs' outlines are kept and drawn through the layer's Transform. Hints of the fonts, made for
small letters on screens, are not followed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QGlyphRun,
    QImage,
    QPainter,
    QPainterPath,
    QRawFont,
    QTransform,
)

from prodedit.core.geometry import Rect, bounding
from prodedit.core.layer import TextContent
from prodedit.core.text import Text
from prodedit.render.colours import qcolor
from prodedit.render.fonts import EM, font_of
from prodedit.render.typeset import Line, Typeset

_COLOUR_TABLES = ("CBDT", "sbix")
"""Of fonts with pictures for glyphs: https://learn.microsoft.com/typography/opentype/spec/cbdt"""


class Picture(NamedTuple):
    """A glyph that has colours of its own, and the rectangle of the layer's plane it fills."""

    image: QImage
    area: QRectF


class Inked(NamedTuple):
    """One line as it is drawn, in the layer's plane."""

    path: QPainterPath
    pictures: tuple[Picture, ...]
    bounds: QRectF


@lru_cache(maxsize=32)
def inked(text: Text) -> tuple[Inked, ...]:
    """The lines of a text that show anything. Raises Problem where no fonts are loaded."""
    typeset = Typeset(text)
    lines = (_inked(line, typeset) for line in typeset.lines)
    return tuple(line for line in lines if not line.bounds.isEmpty())


def measure(text: Text) -> Rect:
    """What the drawn text touches of its plane: TextContent.extent."""
    return bounding(_whole(line.bounds) for line in inked(text))


def content_of(text: Text) -> TextContent:
    return TextContent(text, measure(text))


def paint_text(painter: QPainter, content: TextContent, visible: QRectF) -> None:
    """Draw in the layer's plane; lines that do not meet `visible` of it are passed over."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    colour = qcolor(content.text.colour)
    for line in inked(content.text):
        if line.bounds.intersects(visible):
            painter.fillPath(line.path, colour)
            painter.setOpacity(content.text.colour.alpha / 255)
            for image, area in line.pictures:
                painter.drawImage(area, image)
            painter.setOpacity(1.0)


def _inked(line: Line, typeset: Typeset) -> Inked:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)  # letters that overlap leave no hole
    pictures: list[Picture] = []
    for run in line.qt.glyphRuns():
        _add_run(run, line, path, pictures)
    if typeset.text.underline:
        path.addRect(_underline(line, typeset))
    path = _scaled(path, typeset.scale)
    pictures = [Picture(image, _grown(area, typeset.scale)) for image, area in pictures]
    bounds = path.controlPointRect()
    for picture in pictures:
        bounds = bounds.united(picture.area)
    return Inked(path, tuple(pictures), bounds)


def _add_run(run: QGlyphRun, line: Line, path: QPainterPath, pictures: list[Picture]) -> None:
    font = run.rawFont()
    is_pictured = _has_pictures(font)
    # Qt counts from the row's own ascent, which grows with the fonts in it; all rows are the same.
    down = line.baseline - line.qt.ascent()
    for glyph, place in zip(run.glyphIndexes(), run.positions(), strict=True):
        origin = QPointF(line.x + place.x(), down + place.y())
        # Asked for an outline first, Qt no longer finds the picture.
        if is_pictured:
            pictures.extend(_picture(font, glyph, origin))
        else:
            path.addPath(font.pathForGlyph(glyph).translated(origin))


def _has_pictures(font: QRawFont) -> bool:
    return any(not font.fontTable(name).isEmpty() for name in _COLOUR_TABLES)


def _picture(font: QRawFont, glyph: int, origin: QPointF) -> list[Picture]:
    """The coloured glyph, if it is one: emoji have no outlines."""
    image = font.alphaMapForGlyph(glyph, QRawFont.AntialiasingType.SubPixelAntialiasing)
    if image.isNull() or image.format() != QImage.Format.Format_ARGB32_Premultiplied:
        return []
    corner = QPointF(origin.x(), origin.y() - font.ascent())
    return [Picture(image, QRectF(corner, image.size().toSizeF()))]


def _underline(line: Line, typeset: Typeset) -> QRectF:
    metrics = QFontMetricsF(font_of(typeset.text))
    thickness = metrics.lineWidth()
    # Of many fonts Qt knows a place so near that letters stand on the line.
    top = line.baseline + max(metrics.underlinePos(), 0.09 * EM) - thickness / 2
    x, width = typeset.span(line)
    return QRectF(x, top, width, thickness)


def _scaled(path: QPainterPath, scale: float) -> QPainterPath:
    return QTransform.fromScale(scale, scale).map(path)


def _grown(rect: QRectF, scale: float) -> QRectF:
    return QRectF(rect.topLeft() * scale, rect.size() * scale)


def _whole(rect: QRectF) -> Rect:
    return Rect.between(rect.left(), rect.top(), rect.right(), rect.bottom())
