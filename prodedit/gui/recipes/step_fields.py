# SPDX-License-Identifier: Apache-2.0
"""What a step of a recipe is set to, to be changed: each kind of step has its fields in a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from prodedit.core import edits
from prodedit.core.edits.canvas import LONGEST
from prodedit.core.geometry import Size
from prodedit.core.layer import Colour, GradientFill, SolidFill
from prodedit.engine.replay import Step
from prodedit.engine.styles import STYLES
from prodedit.engine.tasks import Enhance, EraseRegion, RemoveBackground, TransferStyle
from prodedit.gui.colour_button import ColourButton
from prodedit.gui.panels.section import secondary
from prodedit.gui.recipes.words import MODELS, SCOPES, STRENGTHS, style_title
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.translation import translate

_NAMES = 96
_WHITE = Colour(255, 255, 255)
_UPSCALES = (1.0, 2.0, 4.0)


class StepFields(QWidget):
    """The fields of one step."""

    changed = Signal(object)
    """The step with another value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step: Step | None = None
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(8)

    def show_step(self, step: Step | None, *, editable: bool) -> None:
        """In place of what was shown."""
        while self.form.rowCount():
            self.form.removeRow(0)
        self._step = step
        build = None if step is None else _FIELDS.get(type(step))
        if build is not None:
            build(self, step)
        elif step is not None:
            self.form.addRow(secondary(self.tr("There is nothing to set in this step."), self))
        self.setEnabled(editable)

    def change(self, **changes: Any) -> None:
        if self._step is not None:
            self._step = msgspec.structs.replace(self._step, **changes)
            self.changed.emit(self._step)

    # Fields

    def percent(self, field: str, title: str, share: float, low: int = 0) -> None:
        row = SliderRow(title, low, 100, round(share * 100), " %", self, label=_NAMES)
        row.finished.connect(lambda value: self.change(**{field: value / 100}))
        self.form.addRow(row)

    def toggle(self, field: str, title: str, on: bool) -> None:
        box = QCheckBox(title, self)
        box.setChecked(on)
        box.clicked.connect(lambda checked: self.change(**{field: checked}))
        self.form.addRow(box)

    def pick(self, field: str, title: str, texts: Mapping[Any, str], value: Any) -> None:
        """`texts`: translated, by value."""
        box = QComboBox(self)
        box.setAccessibleName(title)
        for choice, text in texts.items():
            box.addItem(text, choice)
        if value not in texts:
            box.addItem(str(value), value)
        box.setCurrentIndex(box.findData(value))
        box.activated.connect(lambda _row: self.change(**{field: box.currentData()}))
        self.form.addRow(title, box)

    def number(
        self, field: str, title: str, value: float, limits: tuple[int, int], suffix: str = " px"
    ) -> None:
        spin = self._spin(title, round(value), limits, suffix)
        spin.valueChanged.connect(lambda new: self.change(**{field: new}))
        self.form.addRow(title, spin)

    def pair(
        self, title: str, values: tuple[int, int], between: str, take: Callable[[int, int], None]
    ) -> None:
        """Two whole numbers beside each other."""
        suffix, most = (" px", LONGEST) if between == "×" else ("", 100)
        first, second = (self._spin(title, value, (1, most), suffix) for value in values)
        for spin in (first, second):
            spin.valueChanged.connect(lambda _new: take(first.value(), second.value()))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(first, 1)
        row.addWidget(QLabel(between, self))
        row.addWidget(second, 1)
        self.form.addRow(title, row)

    def shares(self, title: str, names: tuple[str, str], low: int = 0) -> None:
        """Two fields of the step, in percent, beside each other."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for name in names:
            share = round(100 * getattr(self._step, name))
            spin = self._spin(title, share, (low, 100), " %")
            spin.valueChanged.connect(lambda new, name=name: self.change(**{name: new / 100}))
            row.addWidget(spin, 1)
        self.form.addRow(title, row)

    def colour(self, title: str, value: Colour, take: Callable[[Colour], None]) -> None:
        button = ColourButton(title, value, self)
        button.picked.connect(take)
        self.form.addRow(title, button)

    def dimensions(self, title: str, value: Size) -> None:
        self.pair(title, value, "×", lambda width, height: self.change(size=Size(width, height)))

    def again(self, **changes: Any) -> None:
        """A change after which other fields are there."""
        self.change(**changes)
        self.show_step(self._step, editable=True)

    def _spin(self, title: str, value: int, limits: tuple[int, int], suffix: str) -> QSpinBox:
        spin = QSpinBox(self)
        spin.setRange(*limits)
        spin.setValue(value)
        spin.setSuffix(suffix)
        spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        spin.setAccessibleName(title)
        spin.setKeyboardTracking(False)  # a number is told when it is typed to its end
        return spin


def _tr(text: str) -> str:
    return translate("RecipeStep", text)


def _words(texts: Mapping[str, str]) -> dict[Any, str]:
    return {value: _tr(text) for value, text in texts.items()}


def _cutout(fields: StepFields, step: RemoveBackground) -> None:
    fields.pick("model", translate("RecipeStep", "Quality"), _words(MODELS), step.model)


def _style(fields: StepFields, step: TransferStyle) -> None:
    styles = {style.id: style_title(style.id) for style in STYLES}
    fields.pick("style", translate("RecipeStep", "Style"), styles, step.style)
    fields.pick("scope", translate("RecipeStep", "Where"), _words(SCOPES), step.scope)
    fields.percent("strength", translate("RecipeStep", "Strength"), step.strength)
    keep = translate("RecipeStep", "Keep the photo's colours")
    fields.toggle("keep_colour", keep, step.keep_colour)


def _enhance(fields: StepFields, step: Enhance) -> None:
    box = QComboBox(fields)
    title = translate("RecipeStep", "Enlarge")
    box.setAccessibleName(title)
    ways = {way: f"{way:g} ×" for way in _UPSCALES} | {1.0: translate("RecipeStep", "As it is")}
    if step.upscale not in ways:
        ways[step.upscale] = f"{step.upscale:g} ×"
    for way, text in ways.items():
        box.addItem(text, way)
    box.addItem(translate("RecipeStep", "To a size"), None)
    box.setCurrentIndex(box.findData(None if step.size is not None else step.upscale))

    def take(_row: int) -> None:
        way = box.currentData()
        size = (step.size or Size(2000, 2000)) if way is None else None
        fields.again(upscale=way or 1.0, size=size)

    box.activated.connect(take)
    fields.form.addRow(title, box)
    if step.size is not None:
        fields.dimensions(translate("RecipeStep", "Size"), step.size)
    for field, name in STRENGTHS.items():
        fields.percent(field, _tr(name), getattr(step, field))
    fields.toggle("label_safe", translate("RecipeStep", "Keep text exactly"), step.label_safe)


def _region(fields: StepFields, step: EraseRegion) -> None:
    told = translate("RecipeStep", "Of each photo, for a watermark or a tag in the same place.")
    fields.form.addRow(secondary(told, fields))
    fields.shares(translate("RecipeStep", "Left and top"), ("left", "top"))
    fields.shares(translate("RecipeStep", "Width and height"), ("width", "height"), 1)


def _background(fields: StepFields, step: edits.SetBackground) -> None:
    behind = step.background
    if isinstance(behind, edits.BlurredBackground):
        row = SliderRow(
            translate("RecipeStep", "Blur"), 0, 100, round(behind.strength * 100), " %", fields
        )
        row.finished.connect(
            lambda value: fields.change(background=edits.BlurredBackground(value / 100))
        )
        fields.form.addRow(row)
        return
    box = QComboBox(fields)
    title = translate("RecipeStep", "Background")
    box.setAccessibleName(title)
    box.addItem(translate("RecipeStep", "Transparent"), None)
    box.addItem(translate("RecipeStep", "Colour"), SolidFill(_WHITE))
    if isinstance(behind, GradientFill):
        box.addItem(translate("RecipeStep", "Gradient"), behind)
    box.setCurrentIndex(0 if behind is None else 1 if isinstance(behind, SolidFill) else 2)
    box.activated.connect(lambda _row: fields.again(background=box.currentData()))
    fields.form.addRow(title, box)
    if isinstance(behind, SolidFill):
        fields.colour(
            translate("RecipeStep", "Colour"),
            behind.colour,
            lambda colour: fields.change(background=SolidFill(colour)),
        )


def _frame(fields: StepFields, step: edits.FrameProduct) -> None:
    fields.pair(
        translate("RecipeStep", "Proportions"),
        (step.width, step.height),
        ":",
        lambda width, height: fields.change(width=width, height=height),
    )
    fields.percent("fill", translate("RecipeStep", "Product fills"), step.fill, 5)


_FIELDS: Mapping[type, Callable[[StepFields, Any], None]] = MappingProxyType(
    {
        RemoveBackground: _cutout,
        TransferStyle: _style,
        Enhance: _enhance,
        EraseRegion: _region,
        edits.SetBackground: _background,
        edits.FrameProduct: _frame,
        edits.ResizeImage: lambda fields, step: fields.dimensions(
            translate("RecipeStep", "Size"), step.size
        ),
        edits.GrowMask: lambda fields, step: fields.number(
            "pixels", translate("RecipeStep", "By"), step.pixels, (-100, 100)
        ),
        edits.FeatherMask: lambda fields, step: fields.number(
            "radius", translate("RecipeStep", "By"), step.radius, (0, 100)
        ),
        edits.Defringe: lambda fields, step: fields.number(
            "width", translate("RecipeStep", "By"), step.width, (1, 50)
        ),
        edits.SetOpacity: lambda fields, step: fields.percent(
            "opacity", translate("RecipeStep", "Opacity"), step.opacity
        ),
    }
)
