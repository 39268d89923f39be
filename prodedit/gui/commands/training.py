# SPDX-License-Identifier: Apache-2.0
"""The entry of the Picture menu about training generators."""

from __future__ import annotations

from PySide6.QtCore import QObject

from prodedit.gui.training.desk import TrainingDesk


class TrainingCommands(QObject):
    def __init__(self, desk: TrainingDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def train_generator(self) -> None:
        self._desk.open()
