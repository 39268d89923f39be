# SPDX-License-Identifier: Apache-2.0
"""Entries of the menu that open the panel of a task."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from prodedit.gui.side_rail import SideRail


class Stage(Protocol):
    @property
    def side(self) -> SideRail: ...


class TaskPanelCommands(QObject):
    def __init__(self, stage: Stage, window: QWidget) -> None:
        super().__init__(window)
        self._stage = stage

    def enhance(self) -> None:
        self._stage.side.open("enhance")

    def generate(self) -> None:
        self._stage.side.show()
        self._stage.side.open("generate")

    def transfer_style(self) -> None:
        self._stage.side.open("style")
