# SPDX-License-Identifier: Apache-2.0
"""Blend modes as a menu, with a key for each that other programs give one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from prodedit.core import edits
from prodedit.core.blend import BLEND_MODES
from prodedit.editing.workspace import Workspace
from prodedit.gui.commands.several import each
from prodedit.gui.translation import translate

LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "normal": "N", "darken": "K", "multiply": "M", "color-burn": "B", "linear-burn": "A",
        "lighten": "G", "screen": "S", "color-dodge": "D", "linear-dodge": "W", "overlay": "O",
        "soft-light": "F", "hard-light": "H", "vivid-light": "V", "linear-light": "J",
        "pin-light": "Z", "hard-mix": "L", "difference": "E", "exclusion": "X", "hue": "U",
        "saturation": "T", "color": "C", "luminosity": "Y",
    }
)  # fmt: skip
"""Mode -> the letter that chooses it with Shift and Alt."""


def keys_of(mode: str) -> str:
    """ "Shift+Alt+M"; "" where there is none."""
    return f"Shift+Alt+{LETTERS[mode]}" if mode in LETTERS else ""


class BlendMenu(QMenu):
    """Gives the chosen layers another mode; the active one's is ticked. Its keys work in all of
    the window."""

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        group = ""
        for mode in BLEND_MODES.values():
            if group and mode.group != group:
                self.addSeparator()
            group = mode.group
            action = self.addAction(translate("BlendMode", mode.title))
            action.setData(mode.id)
            action.setCheckable(True)
            action.setShortcut(QKeySequence(keys_of(mode.id)))
            action.triggered.connect(partial(self.choose, mode.id))
            window.addAction(action)
        self.aboutToShow.connect(self._tick)

    def choose(self, mode: str, *_ignored: object) -> None:
        session = self._workspace.current
        if session is not None:
            edit = each(session.chosen, lambda i: edits.SetBlendMode(i, mode))
            if edit is not None:
                session.apply(edit)

    def _tick(self) -> None:
        session = self._workspace.current
        layer = None if session is None else session.active_layer
        for action in self.actions():
            action.setChecked(layer is not None and action.data() == layer.blend)
