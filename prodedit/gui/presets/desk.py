# SPDX-License-Identifier: Apache-2.0
"""What the window does with presets: opens the window with all of them, and tells who shows any."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from prodedit.engine.preset_library import PresetLibrary
from prodedit.gui.presets.editor import PresetsDialog


class PresetDesk(QObject):
    """Of one window."""

    changed = Signal()
    """There are others now, or one demands something else."""

    def __init__(self, library: PresetLibrary, window: QWidget) -> None:
        super().__init__(window)
        self._library, self._parent = library, window
        self.window: PresetsDialog | None = None

    def open(self) -> None:
        """Show the window, or bring it to the front."""
        if self.window is None:
            self.window = PresetsDialog(self._library, self._parent)
            self.window.changed.connect(self.changed)
        self.window.show_all()
        self.window.show()
        self.window.activateWindow()
