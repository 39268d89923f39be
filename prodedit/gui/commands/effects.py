# SPDX-License-Identifier: Apache-2.0
"""Effects carried from layer to layer."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from prodedit.core import edits
from prodedit.core.effects import Effect
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.editing.workspace import Workspace
from prodedit.gui.commands.several import each


class EffectCommands(QObject):
    """What was copied is kept while the window is open, also for other pictures."""

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._copied: tuple[Effect, ...] = ()

    def copy_effects(self) -> None:
        session = self._workspace.current
        layer = None if session is None else session.active_layer
        if layer is not None:
            self._copied = layer.effects

    def paste_effects(self) -> None:
        """In place of those that the chosen layers have."""
        session = self._workspace.current
        if session is None:
            return
        if not self._copied:
            text = QT_TRANSLATE_NOOP("Problem", "No effects were copied yet. Copy some first.")
            session.failed.emit(Problem(text, code="nothing-to-paste"))
            return
        self._set(self._copied, self.tr("Paste effects"))

    def clear_effects(self) -> None:
        self._set((), self.tr("Remove effects"))

    def _set(self, effects: tuple[Effect, ...], text: str) -> None:
        session = self._workspace.current
        if session is None:
            return
        edit = each(session.chosen, lambda i: edits.SetEffects(i, effects))
        if edit is not None:
            session.apply(edit, text=text)
