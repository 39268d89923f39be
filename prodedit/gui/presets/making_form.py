# SPDX-License-Identifier: Apache-2.0
"""How a picture for a preset is made, as fields."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLabel, QWidget

from prodedit.core.export_setting import FLAT, HAS_ALPHA
from prodedit.core.layer import Colour
from prodedit.core.presets import Making
from prodedit.gui.colour_button import ColourButton
from prodedit.gui.number_field import NumberField
from prodedit.gui.panels.section import in_row

_HAS_QUALITY = frozenset({"jpeg", "webp", "avif"})
_FIELD = 152
_MOST_KB = 1_000_000.0


class MakingForm(QWidget):
    changed = Signal(object)
    """The Making that a person has asked for."""
    refused = Signal(str)
    """One sentence about what was typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._making = Making(size=(800, 800), least=800)
        self._is_showing = False
        self.width_ = self._number(self.tr("Width"), 16, 20_000, " px")
        self.height_ = self._number(self.tr("Height"), 16, 20_000, " px")
        self.least = self._number(self.tr("Long side at least"), 16, 20_000, " px")
        self.exact = QCheckBox(self.tr("Exactly these proportions"), self)
        self.fill = self._number(self.tr("Product fills"), 0, 100, " %")
        self.fill.setSpecialValueText(self.tr("as in the photo"))
        self.margin = QLabel(self)
        self.margin.setProperty("role", "secondary")
        self.backdrop = QComboBox(self)
        self.backdrop.setAccessibleName(self.tr("Backdrop"))
        for text, name in (
            (self.tr("One colour"), "colour"),
            (self.tr("Transparent"), "transparent"),
            (self.tr("The photo's own"), "keep"),
        ):
            self.backdrop.addItem(text, name)
        self.colour = ColourButton(self.tr("Backdrop's colour"), Colour(255, 255, 255), self)
        self.formats = QComboBox(self)
        self.formats.setAccessibleName(self.tr("Format"))
        for kind in FLAT:
            self.formats.addItem(kind.upper(), kind)
        self.quality = self._number(self.tr("Quality"), 1, 100)
        self.least_quality = self._number(self.tr("Quality at least"), 1, 100)
        self.least_bytes = self._kilobytes(self.tr("File size at least"))
        self.most_bytes = self._kilobytes(self.tr("File size at most"))
        self.resolution = self._number(self.tr("Resolution"), 0, 2400, " dpi")
        self.resolution.setSpecialValueText(self.tr("not told"))
        for box in (self.backdrop, self.formats):
            box.setFixedWidth(_FIELD)
        self._lay_out()
        self._connect()

    def show_making(self, making: Making, *, editable: bool) -> None:
        self._making = making
        colour = making.backdrop if making.backdrop.startswith("#") else "#FFFFFF"
        self._is_showing = True
        self.width_.setValue(making.size[0])
        self.height_.setValue(making.size[1])
        self.least.setValue(making.least)
        self.exact.setChecked(making.exact)
        self.fill.setValue(100 * making.fill)
        known = making.backdrop in ("transparent", "keep")
        self.backdrop.setCurrentIndex(
            self.backdrop.findData(making.backdrop if known else "colour")
        )
        self.colour.set_colour(Colour.from_hex(colour))
        self.formats.setCurrentIndex(self.formats.findData(making.format))
        self.quality.setValue(making.quality)
        self.least_quality.setValue(making.least_quality)
        self.least_bytes.setValue(making.bytes[0] / 1000)
        self.most_bytes.setValue(making.bytes[1] / 1000)
        self.resolution.setValue(making.resolution)
        self._is_showing = False
        self._show_what_counts(making)
        self.setEnabled(editable)

    def _show_what_counts(self, making: Making) -> None:
        self.colour.setVisible(making.backdrop.startswith("#"))
        for field in (self.quality, self.least_quality):
            field.setEnabled(making.format in _HAS_QUALITY)
        margin = round((1 - making.fill) / 2 * min(making.size))
        told = self.tr("margin {count} px").format(count=margin)
        self.margin.setText(told if making.fill and making.cuts_out else "")

    def _changed(self) -> None:
        """Only what was touched: a number may be finer than its field shows."""
        was = self._making
        if self._is_showing:
            return
        name = self.backdrop.currentData()
        backdrop = self.colour.colour.hex[:7] if name == "colour" else name
        kind = self.formats.currentData()
        if backdrop == "transparent" and kind not in HAS_ALPHA:
            kind = "png" if backdrop != was.backdrop else kind
        size = (int(self.width_.value()), int(self.height_.value()))
        new = msgspec.structs.replace(
            was,
            size=size,
            least=self._least(size),
            exact=self.exact.isChecked(),
            fill=_kept(was.fill, self.fill.value() / 100, 0.005),
            backdrop=backdrop,
            format=kind,
            quality=int(self.quality.value()),
            least_quality=int(self.least_quality.value()),
            bytes=(
                int(_kept(was.bytes[0], 1000 * self.least_bytes.value(), 50)),
                int(_kept(was.bytes[1], 1000 * self.most_bytes.value(), 50)),
            ),
            resolution=int(self.resolution.value()),
        )
        if new != was:
            self.changed.emit(new)

    def _least(self, size: tuple[int, int]) -> int:
        """Where a picture had to have the whole size, it still has to."""
        was, least = self._making, int(self.least.value())
        if least == was.least == max(was.size):
            return max(size)
        return min(least, max(size))

    def _number(self, title: str, low: float, high: float, unit: str = "") -> NumberField:
        field = NumberField(title, self)
        field.setFixedWidth(_FIELD)
        field.setDecimals(0)
        field.setRange(low, high)
        field.setSuffix(unit)
        field.refused.connect(self.refused)
        return field

    def _kilobytes(self, title: str) -> NumberField:
        field = self._number(title, 0, _MOST_KB, " KB")
        field.setDecimals(1)
        field.setSpecialValueText(self.tr("no limit"))
        return field

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 12, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow(self.tr("Size"), _row(self.width_, QLabel("×", self), self.height_))
        form.addRow("", self.exact)
        form.addRow(self.tr("Long side at least"), _row(self.least))
        form.addRow(self.tr("Product fills"), _row(self.fill, self.margin))
        form.addRow(self.tr("Backdrop"), _row(self.backdrop, self.colour))
        form.addRow(self.tr("Format"), _row(self.formats))
        to = QLabel(self.tr("at least"), self)
        form.addRow(self.tr("Quality"), _row(self.quality, to, self.least_quality))
        dash = QLabel("–", self)
        form.addRow(self.tr("File size"), _row(self.least_bytes, dash, self.most_bytes))
        form.addRow(self.tr("Resolution"), _row(self.resolution))

    def _connect(self) -> None:
        numbers = (self.width_, self.height_, self.least, self.fill, self.quality)
        more = (self.least_quality, self.least_bytes, self.most_bytes, self.resolution)
        for field in (*numbers, *more):
            field.valueChanged.connect(lambda _value: self._changed())
        self.exact.toggled.connect(lambda _on: self._changed())
        for box in (self.backdrop, self.formats):
            box.activated.connect(lambda _row: self._changed())
        self.colour.picked.connect(lambda _colour: self._changed())


def _kept(was: float, now: float, difference: float) -> float:
    """What was, where the field shows no other number."""
    return was if abs(was - now) < difference else now


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = in_row(*widgets)
    row.setSpacing(8)
    row.addStretch(1)
    return row
