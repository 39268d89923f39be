# SPDX-License-Identifier: Apache-2.0
"""Numbers for guides and grid."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from prodedit.core.edits import SetGuides
from prodedit.core.guides import Guide
from prodedit.editing.aids import PARTS, SPACING, Unit
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.snapping import Direction
from prodedit.gui.units import pixels_per

_FAR = 100_000.0
"""Pixels: as far from the picture's corner as a guide can be put."""


class GuideDialog(QDialog):
    """Where a guide stands, to the tenth of a pixel: a new one, or `guide`."""

    def __init__(
        self,
        session: EditSession,
        unit: Unit,
        resolution: float,
        guide: Guide | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._old = session, guide
        self._per = pixels_per(unit, resolution)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("New guide") if guide is None else self.tr("Guide"))
        self.direction = QComboBox(self)
        self.direction.addItem(self.tr("Upright"), "upright")
        self.direction.addItem(self.tr("Level"), "level")
        self.position = QDoubleSpinBox(self)
        self.position.setRange(-_FAR / self._per, _FAR / self._per)
        self.position.setDecimals(1 if unit == "px" else 3)
        self.position.setSuffix(f" {unit}")
        self.position.lineEdit().setTextMargins(4, 0, 0, 0)
        self.position.lineEdit().setAccessibleName(self.tr("Position"))
        self.direction.currentIndexChanged.connect(self._show_middle)
        self._show_middle()
        if guide is not None:
            self.direction.setCurrentIndex(self.direction.findData(guide.direction))
            self.direction.setEnabled(False)
            self.position.setValue(guide.position / self._per)
        self._lay_out()
        self.position.setFocus()
        self.position.selectAll()

    @property
    def guide(self) -> Guide:
        direction: Direction = self.direction.currentData()
        return Guide(direction, round(self.position.value() * self._per, 3))

    def accept(self) -> None:
        """One undo step; none where nothing is different."""
        rest = tuple(one for one in self._session.document.guides if one != self._old)
        if self.guide != self._old and self.guide not in rest:
            self._session.apply(SetGuides((*rest, self.guide)))
        super().accept()

    def _show_middle(self) -> None:
        """A first proposal."""
        size = self._session.document.size
        side = size.width if self.direction.currentData() == "upright" else size.height
        self.position.setValue(side / 2 / self._per)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.addRow(self.tr("Direction"), self.direction)
        form.addRow(self.tr("Position"), self.position)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        _frame(self, form, buttons)


class GridDialog(QDialog):
    """Seen at once on the canvas, and remembered."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Grid and rulers"))
        aids = workspace.settings.aids
        self.spacing = self._number(self.tr("Line every"), SPACING, aids.grid_spacing, " px")
        self.parts = self._number(self.tr("Fields between"), PARTS, aids.grid_parts, "")
        self.unit = QComboBox(self)
        self.unit.addItem(self.tr("Pixels"), "px")
        self.unit.addItem(self.tr("Centimetres"), "cm")
        self.unit.addItem(self.tr("Inches"), "in")
        self.unit.setCurrentIndex(self.unit.findData(aids.unit))
        self.unit.currentIndexChanged.connect(self._set)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.addRow(self.tr("Line every"), self.spacing)
        form.addRow(self.tr("Fields between"), self.parts)
        form.addRow(self.tr("Unit of the rulers"), self.unit)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        _frame(self, form, buttons)

    def _number(self, name: str, limits: tuple[int, int], value: int, suffix: str) -> QSpinBox:
        number = QSpinBox(self)
        number.setRange(*limits)
        number.setValue(value)
        number.setSuffix(suffix)
        number.lineEdit().setTextMargins(4, 0, 0, 0)
        number.lineEdit().setAccessibleName(name)
        number.valueChanged.connect(self._set)
        return number

    def _set(self) -> None:
        change_aids(
            self._workspace,
            grid_spacing=self.spacing.value(),
            grid_parts=self.parts.value(),
            unit=self.unit.currentData(),
        )


def change_aids(workspace: Workspace, **changes: object) -> None:
    """Raises TypeError for a field that there is not."""
    workspace.change_settings(aids=msgspec.structs.replace(workspace.settings.aids, **changes))


def _frame(dialog: QDialog, form: QFormLayout, buttons: QDialogButtonBox) -> None:
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 24, 24, 16)
    column.setSpacing(16)
    column.addLayout(form)
    column.addWidget(buttons)
