# SPDX-License-Identifier: Apache-2.0
"""Shapes as pixels: their areas filled, their edges stroked, anti-aliased by Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QImage,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPolygonF,
    QTransform,
)

from prodedit.core.layer import GradientFill, ShapeContent, SolidFill
from prodedit.core.path import Path, Subpath
from prodedit.core.shape import (
    EllipseShape,
    LineShape,
    PathShape,
    PolygonShape,
    RectangleShape,
    Shape,
    Stroke,
    corners,
)
from prodedit.render.colours import brush_over, qcolor
from prodedit.render.images import FORMAT

_MOST_DASHES = 20_000
"""More than that a stroke is drawn unbroken: nobody can tell, and it would take minutes."""

Mode = QPainter.CompositionMode


def path_of(shape: Shape) -> QPainterPath:
    """The shape's outline in its layer's plane."""
    return _PATHS[type(shape)](shape)


def paint_shape(image: QImage, content: ShapeContent, to_image: QTransform) -> None:
    """Draw on a transparent image; `to_image` maps the layer's plane to its pixels."""
    path = path_of(content.shape)
    area = None if isinstance(content.shape, LineShape) else _brush(content, path)
    side = _side(content)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(to_image)
    _LAYINGS[side](painter, path, area, content.stroke)
    painter.end()


def _brush(content: ShapeContent, path: QPainterPath) -> QBrush | None:
    if not isinstance(content.fill, SolidFill | GradientFill):
        return None
    return brush_over(content.fill, path.boundingRect())


def _side(content: ShapeContent) -> str:
    """What is open has no inside."""
    if content.stroke is None or isinstance(content.shape, LineShape):
        return "centre"
    if isinstance(content.shape, PathShape):
        closed = [sub.closed for sub in content.shape.path.subpaths]
        return content.stroke.side if all(closed) else "centre"
    return content.stroke.side


# Each pixel of the edge is shared out between stroke and area by how much of it the path covers:
# laid one over the other, both anti-aliased, what lies below would shine through.


def _centred(p: QPainter, path: QPainterPath, area: QBrush | None, stroke: Stroke | None) -> None:
    if area is not None:
        p.fillPath(path, area)
    if stroke is not None:
        p.fillPath(stroked(path, stroke, stroke.width), qcolor(stroke.colour))


def _inside(p: QPainter, path: QPainterPath, area: QBrush | None, stroke: Stroke | None) -> None:
    assert stroke is not None
    if area is not None:
        p.fillRect(path.boundingRect().adjusted(-2, -2, 2, 2), area)
    p.fillPath(stroked(path, stroke, 2 * stroke.width), qcolor(stroke.colour))
    p.setCompositionMode(Mode.CompositionMode_DestinationOut)
    p.fillPath(_all_but(path, 2 * stroke.width + 4), Qt.GlobalColor.black)


def _all_but(path: QPainterPath, margin: float) -> QPainterPath:
    rest = QPainterPath(path)
    rest.setFillRule(Qt.FillRule.OddEvenFill)  # no outline here lies over itself
    rest.addRect(path.boundingRect().adjusted(-margin, -margin, margin, margin))
    return rest


def _outside(p: QPainter, path: QPainterPath, area: QBrush | None, stroke: Stroke | None) -> None:
    assert stroke is not None
    p.fillPath(stroked(path, stroke, 2 * stroke.width), qcolor(stroke.colour))
    p.setCompositionMode(Mode.CompositionMode_DestinationOut)
    p.fillPath(path, Qt.GlobalColor.black)
    if area is not None:
        alone = _alone(p, path, area)
        p.resetTransform()
        p.setCompositionMode(Mode.CompositionMode_Plus)
        p.drawImage(0, 0, alone)


def _alone(p: QPainter, path: QPainterPath, area: QBrush) -> QImage:
    """The area on an image of its own: added as a path, soft pixels would be added too weakly."""
    image = QImage(p.device().width(), p.device().height(), FORMAT)
    image.fill(0)
    other = QPainter(image)
    other.setRenderHint(QPainter.RenderHint.Antialiasing)
    other.setTransform(p.transform())
    other.fillPath(path, area)
    other.end()
    return image


def stroked(path: QPainterPath, stroke: Stroke, width: float) -> QPainterPath:
    """The area that a pen of that width covers."""
    pen = QPainterPathStroker()
    pen.setWidth(width)
    pen.setCapStyle(_CAPS[stroke.cap])
    pen.setJoinStyle(_JOINS[stroke.join])
    # A corner reaches no farther than core.shape.bounds says: twice the stroke's width.
    pen.setMiterLimit(1.9 if width <= stroke.width else 0.86)
    if dashes := _dashes(path, stroke, width):
        pen.setDashPattern(dashes)
    drawn = pen.createStroke(path)
    drawn.setFillRule(Qt.FillRule.WindingFill)
    return drawn


def _dashes(path: QPainterPath, stroke: Stroke, width: float) -> list[float]:
    """In units of `width`; empty: unbroken."""
    pattern = [max(0.0, dash) * stroke.width / width for dash in stroke.dashes]
    pattern *= 1 + len(pattern) % 2
    period = sum(pattern) * width
    if period <= 0 or path.length() / period * len(pattern) > _MOST_DASHES:
        return []
    return [max(dash, 1e-3) for dash in pattern]


def _rectangle(shape: RectangleShape) -> QPainterPath:
    path = QPainterPath()
    radius = max(0.0, min(shape.radius, shape.width / 2, shape.height / 2))
    path.addRoundedRect(QRectF(0, 0, shape.width, shape.height), radius, radius)
    return path


def _ellipse(shape: EllipseShape) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(0, 0, shape.width, shape.height))
    return path


def _line(shape: LineShape) -> QPainterPath:
    path = QPainterPath(QPointF(*shape.start))
    path.lineTo(QPointF(*shape.end))
    return path


def _polygon(shape: PolygonShape) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(*corner) for corner in corners(shape)]))
    path.closeSubpath()
    return path


def _curves(shape: PathShape) -> QPainterPath:
    return curve_path(shape.path)


def curve_path(path: Path) -> QPainterPath:
    """Of the pen's curves; filled by the even-odd rule, as `Path` says."""
    drawn = QPainterPath()
    drawn.setFillRule(Qt.FillRule.OddEvenFill)
    for sub in path.subpaths:
        if sub.knots:
            _add_curve(drawn, sub)
    return drawn


def _add_curve(drawn: QPainterPath, sub: Subpath) -> None:
    first = sub.knots[0]
    drawn.moveTo(QPointF(*first.point))
    for before, after in zip(sub.knots, sub.knots[1:], strict=False):
        drawn.cubicTo(QPointF(*before.leaving), QPointF(*after.arriving), QPointF(*after.point))
    if sub.closed:
        last = sub.knots[-1]
        drawn.cubicTo(QPointF(*last.leaving), QPointF(*first.arriving), QPointF(*first.point))
        drawn.closeSubpath()


_CAPS = {
    "flat": Qt.PenCapStyle.FlatCap,
    "round": Qt.PenCapStyle.RoundCap,
    "square": Qt.PenCapStyle.SquareCap,
}
_JOINS = {
    "miter": Qt.PenJoinStyle.MiterJoin,
    "round": Qt.PenJoinStyle.RoundJoin,
    "bevel": Qt.PenJoinStyle.BevelJoin,
}
_LAYINGS: dict[str, Callable[[QPainter, QPainterPath, QBrush | None, Stroke | None], None]] = {
    "centre": _centred,
    "inside": _inside,
    "outside": _outside,
}
_PATHS: dict[type, Callable[[Any], QPainterPath]] = {
    RectangleShape: _rectangle,
    EllipseShape: _ellipse,
    LineShape: _line,
    PolygonShape: _polygon,
    PathShape: _curves,
}
