# SPDX-License-Identifier: Apache-2.0
"""The entry of the File menu about many pictures."""

from __future__ import annotations

from PySide6.QtCore import QObject

from prodedit.gui.batch.desk import BatchDesk


class BatchCommands(QObject):
    def __init__(self, desk: BatchDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def batch_export(self) -> None:
        self._desk.open()
