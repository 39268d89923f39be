# SPDX-License-Identifier: Apache-2.0
"""The entries about what marketplaces demand."""

from __future__ import annotations

from PySide6.QtCore import QObject

from prodedit.gui.check.desk import CheckDesk
from prodedit.gui.presets.desk import PresetDesk


class CheckCommands(QObject):
    def __init__(self, desk: CheckDesk, presets: PresetDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._presets = desk, presets

    def check_pictures(self) -> None:
        self._desk.open()

    def edit_presets(self) -> None:
        self._presets.open()
