# SPDX-License-Identifier: Apache-2.0
"""Effects switched on, and carried from layer to layer."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from prodedit.core import edits
from prodedit.core.effects import (
    CastShadow,
    ColourOverlay,
    ContactShadow,
    DropShadow,
    Effect,
    Glow,
    Outline,
    Reflection,
)
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.editing.workspace import Workspace
from prodedit.gui.commands.several import each
from prodedit.gui.panels.properties import PropertiesPanel
from prodedit.gui.side_rail import SideRail


class Stage(Protocol):
    @property
    def properties(self) -> PropertiesPanel: ...

    @property
    def side(self) -> SideRail: ...


class EffectCommands(QObject):
    """What was copied is kept while the window is open, also for other pictures."""

    def __init__(self, workspace: Workspace, stage: Stage, window: QWidget) -> None:
        super().__init__(window)
        self._workspace, self._stage = workspace, stage
        self._copied: tuple[Effect, ...] = ()

    def drop_shadow(self) -> None:
        self._switch_on(DropShadow)

    def contact_shadow(self) -> None:
        self._switch_on(ContactShadow)

    def cast_shadow(self) -> None:
        self._switch_on(CastShadow)

    def reflection(self) -> None:
        self._switch_on(Reflection)

    def outline(self) -> None:
        self._switch_on(Outline)

    def glow(self) -> None:
        self._switch_on(Glow)

    def colour_overlay(self) -> None:
        self._switch_on(ColourOverlay)

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

    def _switch_on(self, kind: type[Effect]) -> None:
        """And show what can be set of it."""
        self._stage.side.show()
        self._stage.side.open("properties")
        section = self._stage.properties.effects
        if section is not None and not section.isHidden():  # adjustments have no shape
            section.switch_on(kind)

    def _set(self, effects: tuple[Effect, ...], text: str) -> None:
        session = self._workspace.current
        if session is None:
            return
        edit = each(session.chosen, lambda i: edits.SetEffects(i, effects))
        if edit is not None:
            session.apply(edit, text=text)
