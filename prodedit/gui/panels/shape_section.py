# SPDX-License-Identifier: Apache-2.0
"""A shape's kind and size, what fills it, and its outline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, cast

import msgspec
from PySide6.QtWidgets import QVBoxLayout, QWidget

from prodedit.core import edits
from prodedit.core.edits.drawn import SIDES_LEAST
from prodedit.core.layer import Colour, Fill, Layer, ShapeContent
from prodedit.core.shape import (
    EllipseShape,
    LineShape,
    PathShape,
    PolygonShape,
    RectangleShape,
    Shape,
    Stroke,
)
from prodedit.gui.colour_button import ColourButton
from prodedit.gui.panels.fill_fields import FillFields
from prodedit.gui.panels.layer_section import ChoiceRow, LayerSection, NumberRow
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.translation import translate

_LARGEST = 30_000.0
_ROUNDEST, _MOST_SIDES, _THICKEST = 500, 24, 200
_DASHES: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {"none": (), "dashed": (3.0, 2.0), "long": (8.0, 3.0), "dotted": (0.0, 2.0)}
)


class ShapeSection(LayerSection):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("ShapeSection", "Shape"), parent)
        self.kind = ChoiceRow(self.tr("Kind"), self._kinds(), self)
        self.width_ = NumberRow(self.tr("Width"), 1.0, _LARGEST, parent=self)
        self.height_ = NumberRow(self.tr("Height"), 1.0, _LARGEST, parent=self)
        self.radius = SliderRow(self.tr("Corners"), 0, _ROUNDEST, 0, " px", self)
        self.sides = SliderRow(self.tr("Sides"), SIDES_LEAST, _MOST_SIDES, 5, "", self)
        self.inset = SliderRow(self.tr("Points"), 1, 95, 50, " %", self)
        self.inset.setToolTip(self.tr("How deep a star's inner corners lie"))
        self.fill = FillFields(("none", "colour", "gradient"), self)
        self._make_stroke()
        self.add(self.kind, self.width_, self.height_, self.radius, self.sides, self.inset)
        self.add(self.fill, self.thickness, self._line)
        self._connect()

    def show_values(self, layer: Layer) -> None:
        content = layer.content
        assert isinstance(content, ShapeContent)
        self._show_shape(content.shape)
        self.fill.show_fill(content.fill)
        self.fill.setVisible(not isinstance(content.shape, LineShape))
        self._show_stroke(content.stroke)
        self.side.setVisible(not isinstance(content.shape, LineShape))

    def _kinds(self) -> dict[str, str]:
        return {
            "rectangle": self.tr("Rectangle"),
            "ellipse": self.tr("Ellipse"),
            "polygon": self.tr("Polygon"),
            "star": self.tr("Star"),
        }

    def _make_stroke(self) -> None:
        self.thickness = SliderRow(self.tr("Outline"), 0, _THICKEST, 0, " px", self)
        self.stroke_colour = ColourButton(self.tr("Outline colour"), Colour(0, 0, 0), self)
        dashes = {
            "none": self.tr("Unbroken"),
            "dashed": self.tr("Dashed"),
            "long": self.tr("Long dashes"),
            "dotted": self.tr("Dotted"),
        }
        sides = {
            "centre": self.tr("On the edge"),
            "inside": self.tr("Inside"),
            "outside": self.tr("Outside"),
        }
        self.dashes = ChoiceRow(self.tr("Line"), dashes, self)
        self.side = ChoiceRow(self.tr("Place"), sides, self)
        self._line = QWidget(self)
        column = QVBoxLayout(self._line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.stroke_colour, self.dashes, self.side):
            column.addWidget(widget)

    def _connect(self) -> None:
        self.kind.chosen.connect(lambda kind: self.apply(self._shaped(_KINDS[kind])))
        for field, row in (("width", self.width_), ("height", self.height_)):
            row.changed.connect(lambda value, field=field: self._sized(field, value))
        self._slides(self.radius, "radius", lambda value: self._part(radius=float(value)))
        self._slides(self.sides, "sides", lambda value: self._part(sides=value))
        self._slides(self.inset, "inset", lambda value: self._part(inset=value / 100))
        self.fill.previewed.connect(lambda fill: self.preview(self._filled(fill)))
        self.fill.chosen.connect(lambda fill, field: self.apply(self._filled(fill), field))
        self._slides(self.thickness, "thickness", lambda value: self._stroked(width=float(value)))
        self.stroke_colour.previewed.connect(lambda c: self.preview(self._stroked(colour=c)))
        self.stroke_colour.picked.connect(lambda c: self.apply(self._stroked(colour=c)))
        self.side.chosen.connect(lambda side: self.apply(self._stroked(side=side)))
        self.dashes.chosen.connect(self._dashed)

    def _slides(
        self, row: SliderRow, field: str, make: Callable[[int], edits.SetShape | None]
    ) -> None:
        row.changed.connect(lambda value: self.preview(make(value)))
        row.finished.connect(lambda value: self.apply(make(value), field))

    # Showing

    def _show_shape(self, shape: Shape) -> None:
        kind = _kind_of(shape)
        self.kind.setVisible(bool(kind))
        self.kind.show_choice(kind)
        for row, name in ((self.width_, "width"), (self.height_, "height")):
            row.setVisible(bool(kind))
            row.set_value(getattr(shape, name, 1.0))
        self.radius.setVisible(isinstance(shape, RectangleShape))
        self.sides.setVisible(isinstance(shape, PolygonShape))
        self.inset.setVisible(kind == "star")
        if isinstance(shape, RectangleShape):
            self.radius.set_value(round(shape.radius))
        elif isinstance(shape, PolygonShape):
            self.sides.set_value(shape.sides)
            self.inset.set_value(round(shape.inset * 100))

    def _show_stroke(self, stroke: Stroke | None) -> None:
        self.thickness.set_value(0 if stroke is None else max(1, round(stroke.width)))
        self._line.setVisible(stroke is not None)
        if stroke is not None:
            self.stroke_colour.set_colour(stroke.colour)
            self.side.show_choice(stroke.side)
            known = (name for name, dashes in _DASHES.items() if dashes == stroke.dashes)
            self.dashes.show_choice(next(known, ""))

    # Changing

    @property
    def _content(self) -> ShapeContent | None:
        layer = self.layer
        return layer.content if layer and isinstance(layer.content, ShapeContent) else None

    def _shaped(self, change: Callable[[Any], Shape]) -> edits.SetShape | None:
        content = self._content
        if content is None:
            return None
        return edits.SetShape(self.layer_id, change(content.shape), content.fill, content.stroke)

    def _part(self, **fields: Any) -> edits.SetShape | None:
        return self._shaped(lambda shape: cast(Shape, msgspec.structs.replace(shape, **fields)))

    def _sized(self, field: str, value: float) -> None:
        self.apply(self._part(**{field: value}), field)

    def _filled(self, fill: Fill | None) -> edits.SetShape | None:
        content = self._content
        if content is None:
            return None
        return edits.SetShape(self.layer_id, content.shape, fill, content.stroke)

    def _stroked(self, **fields: Any) -> edits.SetShape | None:
        content = self._content
        if content is None:
            return None
        old = content.stroke or Stroke(self.stroke_colour.colour)
        stroke = msgspec.structs.replace(old, **fields)
        kept = stroke if stroke.width > 0 else None
        return edits.SetShape(self.layer_id, content.shape, content.fill, kept)

    def _dashed(self, name: str) -> None:
        """Dots are dashes of no length with round ends."""
        cap = "round" if name == "dotted" else "flat"
        self.apply(self._stroked(dashes=_DASHES[name], cap=cap))


def _kind_of(shape: Shape) -> str:
    """Its id in the list of kinds; "" of what is drawn point by point."""
    if isinstance(shape, PolygonShape):
        return "star" if shape.inset > 0 else "polygon"
    if isinstance(shape, LineShape | PathShape):
        return ""
    return "rectangle" if isinstance(shape, RectangleShape) else "ellipse"


def _sides(shape: Any, otherwise: int) -> int:
    return shape.sides if isinstance(shape, PolygonShape) else otherwise


_KINDS: Mapping[str, Callable[[Any], Shape]] = MappingProxyType(
    {
        "rectangle": lambda shape: RectangleShape(shape.width, shape.height),
        "ellipse": lambda shape: EllipseShape(shape.width, shape.height),
        "polygon": lambda shape: PolygonShape(shape.width, shape.height, _sides(shape, 6)),
        "star": lambda shape: PolygonShape(shape.width, shape.height, _sides(shape, 5), 0.5),
    }
)
