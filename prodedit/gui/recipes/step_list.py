# SPDX-License-Identifier: Apache-2.0
"""The steps of a recipe in their order: chosen, moved, taken out, and others added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.core import edits
from prodedit.core.geometry import Size
from prodedit.core.layer import Colour, SolidFill
from prodedit.engine.recipe import MOST_STEPS
from prodedit.engine.replay import Step
from prodedit.engine.styles import STYLES
from prodedit.engine.tasks import Enhance, EraseRegion, RemoveBackground, TransferStyle
from prodedit.gui.icons import ICON_SIZE, TARGET_SIZE, set_icon
from prodedit.gui.recipes.words import step_text, step_title
from prodedit.gui.theme import palette_now

OFFERED: tuple[Step, ...] = (
    RemoveBackground(),
    edits.SetBackground(SolidFill(Colour(255, 255, 255))),
    edits.FrameProduct(),
    edits.ResizeImage(Size(2000, 2000)),
    Enhance(2.0),
    TransferStyle(STYLES[0].id),
    EraseRegion(),
    edits.GrowMask("photo", -1),
    edits.FeatherMask("photo", 1.0),
)
"""Steps that can be added, as they are at first."""


class StepList(QWidget):
    chosen = Signal(object)
    """The Step that is chosen now, or None."""
    changed = Signal(object)
    """All steps, as a tuple."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: list[Step] = []
        self._editable = False
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Steps"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.model().rowsMoved.connect(self._dragged)
        self.list.currentRowChanged.connect(self._tell_chosen)
        self.up = self._tool("arrow-up", self.tr("Earlier"), partial(self._move, -1))
        self.down = self._tool("arrow-down", self.tr("Later"), partial(self._move, 1))
        self.remove = self._tool("trash", self.tr("Take out"), self._remove)
        self.add = QPushButton(self.tr("Add step"), self)
        self.add.setAutoDefault(False)
        menu = QMenu(self.add)
        for step in OFFERED:
            menu.addAction(step_title(step), partial(self._add, step))
        self.add.setMenu(menu)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.add)
        row.addStretch(1)
        for button in (self.up, self.down, self.remove):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        column.addLayout(row)

    def show_steps(self, steps: Sequence[Step], *, editable: bool) -> None:
        """Those of another recipe."""
        self._steps, self._editable = list(steps), editable
        mode = QAbstractItemView.DragDropMode
        self.list.setDragDropMode(mode.InternalMove if editable else mode.NoDragDrop)
        self._show(0)

    def change_current(self, step: Step) -> None:
        """The chosen one is set to something else."""
        row = self.list.currentRow()
        if 0 <= row < len(self._steps):
            self._steps[row] = step
            self._write_row(row)
            self.changed.emit(tuple(self._steps))

    def _tool(self, icon: str, title: str, do: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        set_icon(button, icon, palette_now())
        button.setIconSize(ICON_SIZE)
        button.setFixedSize(TARGET_SIZE)
        button.setToolTip(title)
        button.setAccessibleName(title)
        button.clicked.connect(do)
        return button

    def _show(self, row: int) -> None:
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for number in range(len(self._steps)):
            self.list.addItem("")
            self._write_row(number)
        self.list.setCurrentRow(min(row, len(self._steps) - 1))
        self.list.blockSignals(blocked)
        self._tell_chosen(self.list.currentRow())

    def _write_row(self, row: int) -> None:
        item = self.list.item(row)
        item.setText(f"{row + 1}.  {step_text(self._steps[row])}")
        item.setData(Qt.ItemDataRole.UserRole, row)

    def _tell_chosen(self, row: int) -> None:
        there = 0 <= row < len(self._steps)
        self.add.setEnabled(self._editable and len(self._steps) < MOST_STEPS)
        self.up.setEnabled(self._editable and there and row > 0)
        self.down.setEnabled(self._editable and there and row < len(self._steps) - 1)
        self.remove.setEnabled(self._editable and there)
        self.chosen.emit(self._steps[row] if there else None)

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        steps = self._steps
        steps[row], steps[row + by] = steps[row + by], steps[row]
        self._changed(row + by)

    def _remove(self) -> None:
        row = self.list.currentRow()
        del self._steps[row]
        self._changed(row)

    def _add(self, step: Step) -> None:
        """After the chosen one."""
        row = self.list.currentRow() + 1
        self._steps.insert(row, step)
        self._changed(row)

    def _dragged(self) -> None:
        role = Qt.ItemDataRole.UserRole
        order = [self.list.item(row).data(role) for row in range(self.list.count())]
        self._steps = [self._steps[number] for number in order]
        self._changed(self.list.currentRow())

    def _changed(self, row: int) -> None:
        self._show(row)
        self.changed.emit(tuple(self._steps))
