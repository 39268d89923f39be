# SPDX-License-Identifier: Apache-2.0
"""The Help menu, but the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from prodedit.editing.workspace import Workspace
from prodedit.gui.dialogs.about import About
from prodedit.gui.dialogs.bug_report import BugReport
from prodedit.gui.dialogs.keys import KeyList
from prodedit.gui.tour import Tour

if TYPE_CHECKING:
    from prodedit.gui.main_window import MainWindow


class HelpCommands(QObject):
    """Of one window."""

    def __init__(self, workspace: Workspace, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace, self._window = workspace, window

    def keys(self) -> None:
        KeyList(self._workspace, self._window).show()

    def tour(self) -> None:
        if self._window.findChild(Tour) is None:
            Tour(self._window)

    def report_problem(self) -> None:
        BugReport(self._workspace.settings, self._window).show()

    def about(self) -> None:
        About(self._window).show()
