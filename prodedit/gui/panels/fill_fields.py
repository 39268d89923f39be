# SPDX-License-Identifier: Apache-2.0
"""What an area is filled with: nothing, a colour, a gradient, a pattern."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from prodedit.core.layer import Colour, Fill, GradientFill, PatternFill, SolidFill
from prodedit.gui.colour_button import ColourButton
from prodedit.gui.panels.layer_section import ChoiceRow
from prodedit.gui.panels.section import Choices
from prodedit.gui.slider_row import SliderRow

_GREY, _LIGHT = Colour(120, 120, 120), Colour(235, 235, 235)
_PLACE = 2000
"""Pixels by which a pattern can be pushed; it repeats before."""


class FillFields(QWidget):
    """The fields of one fill. They tell of it while a person changes them, and remember the
    colours of a kind of fill that is not chosen now."""

    previewed = Signal(object)
    """A fill (None: no fill) that is only looked at."""
    chosen = Signal(object, str)
    """(the fill, the field that was changed; "" for a change that is a step of its own)."""

    def __init__(self, kinds: tuple[str, ...], parent: QWidget | None = None) -> None:
        """`kinds`: of "none", "colour", "gradient", "pattern" those that are offered."""
        super().__init__(parent)
        texts = {
            "none": self.tr("No fill"),
            "colour": self.tr("Colour"),
            "gradient": self.tr("Gradient"),
            "pattern": self.tr("Pattern"),
        }
        self.kind = Choices({kind: texts[kind] for kind in kinds}, 3, self.tr("Fill"), self)
        self.colour = ColourButton(self.tr("Fill colour"), _GREY, self)
        self.second = ColourButton(self.tr("Second colour"), _LIGHT, self)
        forms = {"linear": self.tr("Straight"), "radial": self.tr("Round")}
        self.form = ChoiceRow(self.tr("Gradient"), forms, self)
        self.angle = SliderRow(self.tr("Direction"), 0, 359, 90, "°", self)
        self.scale = SliderRow(self.tr("Size"), 1, 400, 100, " %", self)
        self.across = SliderRow(self.tr("Across"), -_PLACE, _PLACE, 0, " px", self)
        self.down = SliderRow(self.tr("Down"), -_PLACE, _PLACE, 0, " px", self)
        self._lay_out()
        self._connect()

    def show_fill(self, fill: Fill | None) -> None:
        """Put it into the fields, without telling anybody."""
        kind = _KINDS[type(fill)]
        self.kind.show_choice(kind)
        if isinstance(fill, SolidFill):
            self.colour.set_colour(fill.colour)
        elif isinstance(fill, GradientFill):
            self.colour.set_colour(fill.start)
            self.second.set_colour(fill.end)
            self.form.show_choice(fill.shape)
            self.angle.set_value(round(fill.angle) % 360)
        elif isinstance(fill, PatternFill):
            self.scale.set_value(round(fill.scale * 100))
            self.across.set_value(round(fill.x))
            self.down.set_value(round(fill.y))
        self._show_fields(kind)

    def _show_fields(self, kind: str) -> None:
        gradient = kind == "gradient"
        self.colour.setVisible(kind == "colour" or gradient)
        for widget in (self.second, self.form):
            widget.setVisible(gradient)
        self.angle.setVisible(gradient and self.form.box.currentData() == "linear")
        for row in (self.scale, self.across, self.down):
            row.setVisible(kind == "pattern")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        ends = QHBoxLayout()
        ends.setSpacing(4)
        ends.addWidget(self.colour)
        ends.addWidget(self.second)
        column.addWidget(self.kind)
        column.addLayout(ends)
        for row in (self.form, self.angle, self.scale, self.across, self.down):
            column.addWidget(row)

    def _connect(self) -> None:
        self.kind.chosen.connect(lambda _kind: self._tell())
        self.form.chosen.connect(lambda _form: self._tell())
        for button in (self.colour, self.second):
            button.previewed.connect(
                lambda colour, b=button: self.previewed.emit(self._fill(b, colour))
            )
            button.picked.connect(lambda _colour: self._tell())
        rows = (("angle", self.angle), ("scale", self.scale), ("x", self.across), ("y", self.down))
        for name, row in rows:
            row.changed.connect(lambda _value: self.previewed.emit(self._fill()))
            row.finished.connect(lambda _value, name=name: self._tell(name))

    def _tell(self, field: str = "") -> None:
        self.chosen.emit(self._fill(), field)

    def _fill(
        self, button: ColourButton | None = None, colour: Colour | None = None
    ) -> Fill | None:
        """As the fields say; `colour`: in place of the button's own."""
        start, end = (
            colour if colour is not None and one is button else one.colour
            for one in (self.colour, self.second)
        )
        is_round = self.form.box.currentData() == "radial"
        form: Literal["linear", "radial"] = "radial" if is_round else "linear"
        makers: dict[str, Callable[[], Fill | None]] = {
            "none": lambda: None,
            "colour": lambda: SolidFill(start),
            "gradient": lambda: GradientFill(start, end, float(self.angle.value), form),
            "pattern": lambda: PatternFill(
                self.scale.value / 100, float(self.across.value), float(self.down.value)
            ),
        }
        return makers[self.kind.current or "none"]()


_KINDS = {
    type(None): "none",
    SolidFill: "colour",
    GradientFill: "gradient",
    PatternFill: "pattern",
}
