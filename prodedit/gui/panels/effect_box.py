# SPDX-License-Identifier: Apache-2.0
"""One effect: a switch, and what can be set of it while it is on."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from prodedit.core.blend import BLEND_MODES
from prodedit.core.effects import Effect
from prodedit.gui.colour_button import ColourButton
from prodedit.gui.panels.effect_kinds import KINDS, SIDES
from prodedit.gui.panels.layer_section import ChoiceRow
from prodedit.gui.panels.light_dial import LightRow
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.translation import translate


class EffectBox(QWidget):
    switched = Signal(bool)
    previewed = Signal(str, object)
    """(field, value) while it moves."""
    chosen = Signal(str, object)
    """(field, value) that came to rest."""

    def __init__(self, kind: type[Effect], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._units: dict[str, float] = {}
        self.sliders: dict[str, SliderRow] = {}
        self.switch = QCheckBox(translate("Effects", KINDS[kind].title), self)
        self.switch.clicked.connect(self.switched)
        self.body = QWidget(self)
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(0, 0, 0, 8)
        inner.setSpacing(4)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(self.switch)
        outer.addWidget(self.body)
        default = kind()
        self.colour = self._colour(default)
        self._numbers(default)
        self.light = self._light(default)
        self.side = self._sides()
        self.blend = self._blends(default)
        for widget in (
            self.colour, *self.sliders.values(), self.light, self.side, self.blend,
        ):  # fmt: skip
            if widget is not None:
                inner.addWidget(widget)

    def show_effect(self, effect: Effect | None) -> None:
        """Without telling anybody; None: the layer has none of this kind."""
        on = effect is not None and effect.enabled
        self.switch.setChecked(on)
        self.body.setVisible(on)
        if effect is None:
            return
        for field, slider in self.sliders.items():
            slider.set_value(round(getattr(effect, field) / self._units[field]))
        values: dict[str, Any] = {n: getattr(effect, n) for n in effect.__struct_fields__}
        if self.colour is not None:
            self.colour.set_colour(values["colour"])
        if self.light is not None:
            self.light.set_value(round(values["angle"]))
        for name, row in (("side", self.side), ("blend", self.blend)):
            if row is not None:
                row.show_choice(values[name])

    def _colour(self, default: Effect) -> ColourButton | None:
        if not hasattr(default, "colour"):
            return None
        title = translate("Effects", KINDS[self.kind].title)
        button = ColourButton(
            self.tr("{effect}: colour").format(effect=title), default.colour, self
        )
        button.previewed.connect(lambda colour: self.previewed.emit("colour", colour))
        button.picked.connect(lambda colour: self.chosen.emit("colour", colour))
        return button

    def _numbers(self, default: Effect) -> None:
        for number in KINDS[self.kind].numbers:
            field, unit = number.field, number.unit
            first = round(getattr(default, field) / unit)
            title = translate("Effects", number.title)
            slider = SliderRow(title, number.low, number.high, first, number.suffix, self)
            slider.changed.connect(
                lambda value, field=field, unit=unit: self.previewed.emit(field, value * unit)
            )
            slider.finished.connect(
                lambda value, field=field, unit=unit: self.chosen.emit(field, value * unit)
            )
            self.sliders[field], self._units[field] = slider, unit

    def _light(self, default: Effect) -> LightRow | None:
        if not hasattr(default, "angle"):
            return None
        row = LightRow(self.tr("Light"), self)
        row.changed.connect(lambda angle: self.previewed.emit("angle", float(angle)))
        row.finished.connect(lambda angle: self.chosen.emit("angle", float(angle)))
        return row

    def _sides(self) -> ChoiceRow | None:
        sides = KINDS[self.kind].sides
        if not sides:
            return None
        texts = {side: translate("Effects", SIDES[side]) for side in sides}
        return self._choices(self.tr("Place"), "side", texts)

    def _blends(self, default: Effect) -> ChoiceRow | None:
        if not hasattr(default, "blend"):
            return None
        texts = {mode.id: translate("BlendMode", mode.title) for mode in BLEND_MODES.values()}
        return self._choices(self.tr("Blend"), "blend", texts)

    def _choices(self, title: str, field: str, texts: dict[str, str]) -> ChoiceRow:
        row = ChoiceRow(title, texts, self)
        row.chosen.connect(lambda choice: self.chosen.emit(field, choice))
        return row
