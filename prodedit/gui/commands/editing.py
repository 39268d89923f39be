# SPDX-License-Identifier: Apache-2.0
"""The Edit menu, but for the clipboard."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QColorDialog, QWidget

from prodedit.core import edits
from prodedit.core.colour import Colour
from prodedit.editing.workspace import Workspace
from prodedit.gui.commands.several import each
from prodedit.gui.dialogs.preferences import Preferences
from prodedit.gui.gpu.desk import GpuDesk
from prodedit.gui.theme import qcolor


class EditCommands(QObject):
    """Undo, redo, what becomes of the selected pixels, preferences."""

    def __init__(self, workspace: Workspace, gpu: GpuDesk, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._gpu = gpu
        self._window = window

    def undo(self) -> None:
        if self._workspace.current is not None:
            self._workspace.current.undo()

    def redo(self) -> None:
        if self._workspace.current is not None:
            self._workspace.current.redo()

    def clear(self) -> None:
        """What is selected of the active layer; the chosen layers where nothing is selected."""
        session = self._workspace.current
        if session is None or session.active_layer is None:
            return
        if session.document.selection is None:
            edit = each(session.document.outermost(session.chosen), edits.RemoveLayer)
            assert edit is not None  # the active layer is one of them
            session.apply(edit)
        else:
            session.apply(edits.ClearSelected(session.active_id))

    def fill(self) -> None:
        """Ask for a colour, then fill with it."""
        dialog = QColorDialog(qcolor(self._workspace.settings.colours.foreground), self._window)
        dialog.setWindowTitle(self.tr("Fill"))
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.colorSelected.connect(lambda c: self.fill_with(Colour(c.red(), c.green(), c.blue())))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def fill_with(self, colour: Colour) -> None:
        session = self._workspace.current
        if session is not None:
            session.apply(edits.FillSelected(session.active_id, colour))

    def preferences(self) -> None:
        Preferences(self._workspace, self._gpu, self._window).show()
