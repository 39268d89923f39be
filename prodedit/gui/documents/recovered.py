# SPDX-License-Identifier: Apache-2.0
"""What a killed program left, to be chosen from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.files.journal_read import Recovery

_RECOVERY = Qt.ItemDataRole.UserRole


class RecoveredWindow(QDialog):
    """What is neither brought back nor discarded is offered again at the next start."""

    wanted = Signal(object)
    """A list of Recoveries that are to be brought back."""

    def __init__(self, found: Sequence[tuple[Recovery, str]], parent: QWidget) -> None:
        """found: with the moment of the last step, as people read it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Pictures that can be brought back"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.windowTitle())
        for recovery, moment in found:
            item = QListWidgetItem(f"{recovery.name}\n{moment}", self.list)
            item.setData(_RECOVERY, recovery)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            item.setToolTip(str(recovery.path or recovery.source or recovery.name))
        self.back = QPushButton(self.tr("Bring back what is ticked"), self)
        self.back.setProperty("look", "primary")
        self.away = QPushButton(self.tr("Discard what is ticked"), self)
        hint = QLabel(self.tr("The rest is offered again when ProdEdit starts next."), self)
        hint.setProperty("role", "secondary")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.away)
        buttons.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.list, 1)
        column.addWidget(hint)
        column.addLayout(buttons)
        self.resize(520, 360)
        self.list.itemChanged.connect(self._show)
        self.back.clicked.connect(self._bring_back)
        self.away.clicked.connect(self._discard)

    @property
    def ticked(self) -> list[Recovery]:
        items = (self.list.item(row) for row in range(self.list.count()))
        return [i.data(_RECOVERY) for i in items if i.checkState() == Qt.CheckState.Checked]

    @Slot()
    def _show(self) -> None:
        for button in (self.back, self.away):
            button.setEnabled(bool(self.ticked))

    @Slot()
    def _bring_back(self) -> None:
        self.wanted.emit(self.ticked)
        self.close()

    @Slot()
    def _discard(self) -> None:
        for recovery in self.ticked:
            recovery.discard()
        for row in reversed(range(self.list.count())):
            if self.list.item(row).checkState() == Qt.CheckState.Checked:
                self.list.takeItem(row)
        if not self.list.count():
            self.close()
        self._show()
