# SPDX-License-Identifier: Apache-2.0
"""Controls of adjustments that have the same numbers for several parts of the colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from prodedit.core.adjust.values import (
    Adjustment,
    BlackAndWhite,
    ColourBalance,
    HueSaturation,
    Shift,
)
from prodedit.core.colour import Colour
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.colour_button import ColourButton
from prodedit.gui.panels.adjustments.fields import FieldsSection, Number, Switch
from prodedit.gui.panels.adjustments.section import (
    AdjustmentSection,
    Surroundings,
    changed,
    value_of,
)
from prodedit.gui.panels.section import Choices
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.translation import translate

_T = QT_TRANSLATE_NOOP
RANGES: Mapping[str, str] = {
    "master": _T("Adjust", "All colours"),
    "reds": _T("Adjust", "Reds"),
    "yellows": _T("Adjust", "Yellows"),
    "greens": _T("Adjust", "Greens"),
    "cyans": _T("Adjust", "Cyans"),
    "blues": _T("Adjust", "Blues"),
    "magentas": _T("Adjust", "Magentas"),
}
TONES: Mapping[str, str] = {
    "shadows": _T("Adjust", "Shadows"),
    "midtones": _T("Adjust", "Midtones"),
    "highlights": _T("Adjust", "Highlights"),
}
SHIFT = (
    Number("hue", _T("Adjust", "Hue"), -180, 180, 0, "°"),
    Number("saturation", _T("Adjust", "Saturation"), -100, 100),
    Number("lightness", _T("Adjust", "Lightness"), -100, 100),
)
BALANCE = (
    Number("red", _T("Adjust", "Cyan – red"), -100, 100),
    Number("green", _T("Adjust", "Magenta – green"), -100, 100),
    Number("blue", _T("Adjust", "Yellow – blue"), -100, 100),
)
_SEPIA = Colour(225, 211, 179)


class PartsSection(AdjustmentSection):
    """A choice of the part, the sliders of that part, switches for all of them."""

    def __init__(
        self,
        around: Surroundings,
        default: Adjustment,
        parts: Mapping[str, str],
        fields: Sequence[Number],
        switch: Switch,
        first: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(around, parent)
        self.value = default
        texts = {name: translate("Adjust", title) for name, title in parts.items()}
        self.parts = Choices(texts, 3, self.tr("Which colours"), self)
        self.parts.show_choice(first)
        self.parts.chosen.connect(lambda _part: self.show_value(self.value))
        self.rows = {field.name: self._row(field, default, first) for field in fields}
        self.switch = QCheckBox(translate("Adjust", switch.title), self)
        self.switch.toggled.connect(lambda on: self._settle(switch.name, on))
        self._switch_name = switch.name
        self.add(self.parts, *self.rows.values(), self.switch)

    @property
    def part(self) -> str:
        return self.parts.current

    def show_value(self, adjustment: Adjustment) -> None:
        self.value = adjustment
        for name, row in self.rows.items():
            row.set_value(value_of(adjustment, f"{self.part}.{name}"))
        blocked = self.switch.blockSignals(True)
        self.switch.setChecked(bool(value_of(adjustment, self._switch_name)))
        self.switch.blockSignals(blocked)

    def _row(self, field: Number, default: Adjustment, first: str) -> SliderRow:
        row = SliderRow(
            translate("Adjust", field.title),
            field.low,
            field.high,
            value_of(default, f"{first}.{field.name}"),
            decimals=field.decimals,
            suffix=field.unit,
            parent=self,
            above=True,
        )
        row.changed.connect(lambda value: self._preview(f"{self.part}.{field.name}", float(value)))
        row.finished.connect(lambda value: self._settle(f"{self.part}.{field.name}", float(value)))
        return row

    def _preview(self, path: str, value: object) -> None:
        self.previewed.emit(changed(self.value, path, value))

    def _settle(self, path: str, value: object) -> None:
        self.value = changed(self.value, path, value)
        self.settled.emit(self.value, path)


class HueSection(PartsSection):
    """While everything takes one tone only the master counts: hue is a place then, not a turn."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        switch = Switch("tone", _T("Adjust", "One colour for everything"))
        super().__init__(around, HueSaturation(), RANGES, SHIFT, switch, "master", parent)

    def show_value(self, adjustment: Adjustment) -> None:
        assert isinstance(adjustment, HueSaturation)
        if adjustment.tone:
            self.parts.show_choice("master")
        self.parts.setEnabled(not adjustment.tone)
        super().show_value(adjustment)
        if adjustment.tone:
            self.rows["hue"].set_value((adjustment.master.hue + 180) % 360 - 180)

    def _settle(self, path: str, value: object) -> None:
        assert isinstance(self.value, HueSaturation)
        if path == "tone" and value and self.value.master == Shift():
            self.value = changed(self.value, "master", Shift(35, 40, 0))
        super()._settle(path, value)
        self.show_value(self.value)


class BalanceSection(PartsSection):
    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        switch = Switch("keep_lightness", _T("Adjust", "Keep the lightness"))
        super().__init__(around, ColourBalance(), TONES, BALANCE, switch, "midtones", parent)


MIX = tuple(
    Number(name, title, -200, 300, 0, " %") for name, title in RANGES.items() if name != "master"
)


class BlackAndWhiteSection(FieldsSection):
    """How light each colour becomes, and a tint for the result."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, BlackAndWhite(), MIX, parent)
        self.tinted = QCheckBox(self.tr("Tint the result"), self)
        self.tint = ColourButton(self.tr("Colour of the tint"), _SEPIA, self)
        self.tinted.toggled.connect(self._tint_toggled)
        self.tint.previewed.connect(lambda colour: self.preview("tint", colour))
        self.tint.picked.connect(lambda colour: self.settle("tint", colour))
        self.add(self.tinted, self.tint)

    def show_value(self, adjustment: Adjustment) -> None:
        super().show_value(adjustment)
        assert isinstance(adjustment, BlackAndWhite)
        blocked = self.tinted.blockSignals(True)
        self.tinted.setChecked(adjustment.tint is not None)
        self.tinted.blockSignals(blocked)
        self.tint.setVisible(adjustment.tint is not None)
        if adjustment.tint is not None:
            self.tint.set_colour(adjustment.tint)

    def _tint_toggled(self, on: bool) -> None:
        self.settle("tint", self.tint.colour if on else None)
        self.tint.setVisible(on)


__all__ = ["BalanceSection", "BlackAndWhiteSection", "HueSection", "PartsSection"]
