# SPDX-License-Identifier: Apache-2.0
"""Controls that are made from a table: numbers, switches and colours of an adjustment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtWidgets import QCheckBox, QWidget

from prodedit.core.adjust.values import (
    Adjustment,
    Blur,
    BrightnessContrast,
    Denoise,
    Exposure,
    PhotoFilter,
    Posterise,
    Sharpen,
    Vibrance,
    Vignette,
    WhiteBalance,
)
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.colour_button import ColourButton
from prodedit.gui.panels.adjustments.section import (
    AdjustmentSection,
    Surroundings,
    changed,
    value_of,
)
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.translation import translate


class Number(NamedTuple):
    """`title` in the context "Adjust"; `factor`: what is shown is so many times the value."""

    name: str
    title: str
    low: float
    high: float
    decimals: int = 0
    unit: str = ""
    factor: float = 1.0


class Switch(NamedTuple):
    name: str
    title: str


class Swatch(NamedTuple):
    name: str
    title: str


Field = Number | Switch | Swatch

_T = QT_TRANSLATE_NOOP
FIELDS: Mapping[type, tuple[Field, ...]] = MappingProxyType(
    {
        Exposure: (
            Number("stops", _T("Adjust", "Exposure"), -5, 5, 2),
            Number("offset", _T("Adjust", "Offset"), -0.5, 0.5, 3),
            Number("gamma", _T("Adjust", "Gamma"), 0.1, 10, 2),
        ),
        BrightnessContrast: (
            Number("brightness", _T("Adjust", "Brightness"), -100, 100),
            Number("contrast", _T("Adjust", "Contrast"), -100, 100),
        ),
        WhiteBalance: (
            Number("temperature", _T("Adjust", "Temperature (blue – yellow)"), -100, 100, 1),
            Number("tint", _T("Adjust", "Tint (green – magenta)"), -100, 100, 1),
        ),
        Vibrance: (
            Number("vibrance", _T("Adjust", "Vibrance"), -100, 100),
            Number("saturation", _T("Adjust", "Saturation"), -100, 100),
        ),
        PhotoFilter: (
            Swatch("colour", _T("Adjust", "Colour of the filter")),
            Number("density", _T("Adjust", "Density"), 0, 100, 0, " %", 100),
            Switch("keep_lightness", _T("Adjust", "Keep the lightness")),
        ),
        Posterise: (Number("levels", _T("Adjust", "Steps"), 2, 255),),
        Sharpen: (
            Number("amount", _T("Adjust", "Amount"), 0, 500, 0, " %", 100),
            Number("radius", _T("Adjust", "Radius"), 0.1, 50, 1, " px"),
            Number("threshold", _T("Adjust", "Threshold"), 0, 255),
        ),
        Denoise: (
            Number("strength", _T("Adjust", "Noise of lightness"), 0, 100),
            Number("colour", _T("Adjust", "Noise of colour"), 0, 100),
        ),
        Blur: (Number("radius", _T("Adjust", "Radius"), 0, 250, 1, " px"),),
        Vignette: (
            Number("amount", _T("Adjust", "Amount (dark – light)"), -100, 100),
            Number("midpoint", _T("Adjust", "Where it begins"), 0, 100),
            Number("roundness", _T("Adjust", "Roundness"), -100, 100),
            Number("softness", _T("Adjust", "Softness"), 0, 100),
        ),
    }
)
"""The kinds whose controls are nothing but fields, and the fields of some that have more."""


class FieldsSection(AdjustmentSection):
    """`default`: what double clicks go back to."""

    def __init__(
        self,
        around: Surroundings,
        default: Adjustment,
        fields: Sequence[Field],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(around, parent)
        self.value = default
        self.rows: dict[str, SliderRow] = {}
        self.switches: dict[str, QCheckBox] = {}
        self.swatches: dict[str, ColourButton] = {}
        self._numbers: dict[str, Number] = {}
        for field in fields:
            self.add(self._made(field))

    def show_value(self, adjustment: Adjustment) -> None:
        self.value = adjustment
        for name, row in self.rows.items():
            row.set_value(value_of(adjustment, name) * self._numbers[name].factor)
        for name, switch in self.switches.items():
            blocked = switch.blockSignals(True)
            switch.setChecked(bool(value_of(adjustment, name)))
            switch.blockSignals(blocked)
        for name, swatch in self.swatches.items():
            swatch.set_colour(value_of(adjustment, name))

    def preview(self, name: str, value: object) -> None:
        self.previewed.emit(changed(self.value, name, value))

    def settle(self, name: str, value: object) -> None:
        self.value = changed(self.value, name, value)
        self.settled.emit(self.value, name)

    def _made(self, field: Field) -> QWidget:
        if isinstance(field, Number):
            return self._number(field)
        return self._switch(field) if isinstance(field, Switch) else self._swatch(field)

    def _number(self, field: Number) -> QWidget:
        default = value_of(self.value, field.name)
        whole = isinstance(default, int)
        row = SliderRow(
            translate("Adjust", field.title),
            field.low,
            field.high,
            default * field.factor,
            decimals=field.decimals,
            suffix=field.unit,
            parent=self,
            above=True,
        )

        def number(shown: float) -> float:
            return round(shown) if whole else shown / field.factor

        row.changed.connect(lambda shown: self.preview(field.name, number(shown)))
        row.finished.connect(lambda shown: self.settle(field.name, number(shown)))
        self.rows[field.name], self._numbers[field.name] = row, field
        return row

    def _switch(self, field: Switch) -> QWidget:
        box = QCheckBox(translate("Adjust", field.title), self)
        box.toggled.connect(lambda on: self.settle(field.name, on))
        self.switches[field.name] = box
        return box

    def _swatch(self, field: Swatch) -> QWidget:
        default = value_of(self.value, field.name)
        button = ColourButton(translate("Adjust", field.title), default, self)
        button.previewed.connect(lambda colour: self.preview(field.name, colour))
        button.picked.connect(lambda colour: self.settle(field.name, colour))
        self.swatches[field.name] = button
        return button
