# SPDX-License-Identifier: Apache-2.0
"""How large an SVG drawing is to be made into pixels."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QLabel, QVBoxLayout, QWidget

from prodedit.core.geometry import Size
from prodedit.gui.dialogs.image_size import apply_and_cancel, number_field

LONGEST = 16_000
_USUAL = 1600


class DrawingDialog(QDialog):
    """Blocks nothing. The drawing keeps its proportions."""

    wanted = Signal(object, bool)
    """(Size, whether it is to be a layer of the open picture)"""

    def __init__(
        self, path: Path, own: Size, parent: QWidget, *, onto: Size | None, as_layer: bool
    ) -> None:
        """own: as the drawing says; onto: of the open picture, None where there is none."""
        super().__init__(parent)
        self._own = own
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import {name}").format(name=path.name))
        self.width_field = number_field(self, self.tr("Width"))
        self.height_field = number_field(self, self.tr("Height"))
        for field in (self.width_field, self.height_field):
            field.setRange(1, LONGEST)
            field.setSuffix(" px")
        self.layer = QCheckBox(self.tr("As a layer of the open picture"), self)
        self.layer.setVisible(onto is not None)
        self.layer.setChecked(onto is not None and as_layer)
        hint = QLabel(
            self.tr("Lines become pixels: choose it as large as it will be needed."), self
        )
        hint.setProperty("role", "secondary")
        hint.setWordWrap(True)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.addRow(self.tr("Width"), self.width_field)
        form.addRow(self.tr("Height"), self.height_field)
        form.addRow("", self.layer)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(hint)
        column.addWidget(apply_and_cancel(self, self.tr("Import")))
        self.setMinimumWidth(360)
        self._show(_proposed(own, onto))
        self.width_field.valueChanged.connect(self._wide)
        self.height_field.valueChanged.connect(self._high)

    @property
    def size_wanted(self) -> Size:
        return Size(round(self.width_field.value()), round(self.height_field.value()))

    def accept(self) -> None:
        self.wanted.emit(self.size_wanted, self.layer.isChecked())
        super().accept()

    @Slot(float)
    def _wide(self, width: float) -> None:
        self._show(Size(round(width), max(1, round(width * self._own.height / self._own.width))))

    @Slot(float)
    def _high(self, height: float) -> None:
        self._show(Size(max(1, round(height * self._own.width / self._own.height)), round(height)))

    def _show(self, size: Size) -> None:
        for field, side in zip((self.width_field, self.height_field), size, strict=True):
            blocked = field.blockSignals(True)
            field.setValue(side)
            field.blockSignals(blocked)


def _proposed(own: Size, onto: Size | None) -> Size:
    """Its own where that is of use; to fit into the open picture."""
    room = onto or Size(_USUAL, _USUAL)
    share = min(room.width / own.width, room.height / own.height)
    if onto is None and max(own) >= _USUAL // 2:
        share = 1.0
    return Size(max(1, round(own.width * share)), max(1, round(own.height * share)))
