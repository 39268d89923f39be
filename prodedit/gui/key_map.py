# SPDX-License-Identifier: Apache-2.0
"""Which keys each command and each tool has: what a person chose, then their scheme, then ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence

from prodedit.data_files import resources_folder
from prodedit.editing.key_choice import KeyChoice, Scheme
from prodedit.gui.actions import Actions, entries
from prodedit.gui.tools import TOOLS

if TYPE_CHECKING:
    from prodedit.editing.settings import Settings
    from prodedit.editing.workspace import Workspace
    from prodedit.gui.tool_bar import ToolColumn

TOOL = "tool-"
"""Before a tool's id: its name among the commands."""
_ARROWS = ("Left", "Right", "Up", "Down")
FIXED = frozenset(
    (
        *("Tab", "Space", "Esc", "Return", "Enter", "`", "[", "]", "{", "}", "Shift+[", "Shift+]"),
        *("PgUp", "PgDown"),
        *_ARROWS,
        *(f"Shift+{arrow}" for arrow in _ARROWS),
        *"0123456789",
    )
)
"""What the canvas itself understands, whatever the scheme."""
OURS: Scheme = "photoshop"


class KeyScheme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another program's habits. `keys`: only of the commands where they are not ours."""

    title: str
    keys: dict[str, tuple[str, ...]]


class KeyMap(Mapping[str, tuple[str, ...]]):
    """Each command's keys, as "Ctrl+Shift+A". A key works once only, but tools may share one."""

    def __init__(self, choice: KeyChoice) -> None:
        self.choice = choice
        self._scheme = _laid((schemes()[choice.scheme].keys, defaults()))
        self._keys = _laid((choice.own, schemes()[choice.scheme].keys, defaults()))

    def __getitem__(self, command: str) -> tuple[str, ...]:
        return self._keys[command]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def of_scheme(self, command: str) -> tuple[str, ...]:
        """What it has where nothing else is chosen."""
        return self._scheme[command]

    def whose(self, key: str) -> tuple[str, ...]:
        """The commands that have this key."""
        return tuple(command for command, keys in self._keys.items() if key in keys)


class Keys(QObject):
    """Gives a window's actions and tools the keys that its person chose, also when that changes."""

    def __init__(
        self, workspace: Workspace, actions: Actions, tools: ToolColumn, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._actions, self._tools = actions, tools
        self._choice: KeyChoice | None = None
        workspace.settings_changed.connect(self._follow)
        self._follow(workspace.settings)

    @Slot(object)
    def _follow(self, settings: Settings) -> None:
        if settings.keys != self._choice:
            self._choice = settings.keys
            keys = KeyMap(settings.keys)
            self._actions.set_keys(keys)
            its = {tool_id: keys[TOOL + tool_id] for tool_id in TOOLS}
            self._tools.set_keys(its, lambda key: not keys.whose(key))


def defaults() -> dict[str, tuple[str, ...]]:
    """Ours, which are Photoshop's."""
    tools = {TOOL + tool_id: (tool.shortcut,) for tool_id, tool in TOOLS.items()}
    return {entry.id: entry.keys for entry in entries()} | tools


@cache
def schemes() -> Mapping[Scheme, KeyScheme]:
    """All there are; ours first."""
    found: dict[Scheme, KeyScheme] = {OURS: KeyScheme("Photoshop", {})}
    names: tuple[Scheme, ...] = ("gimp", "krita")
    for name in names:
        data = (resources_folder() / "keys" / f"{name}.json").read_bytes()
        found[name] = msgspec.json.decode(data, type=KeyScheme)
    return found


def plain(key: str) -> str:
    """The one way in which a key is written here."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def _laid(layers: tuple[Mapping[str, tuple[str, ...]], ...]) -> dict[str, tuple[str, ...]]:
    """The first layer that says something about a command decides; a key that it gives away is
    lost to all below."""
    known = layers[-1]
    found: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for layer in layers:
        given = {
            command: tuple(key for key in map(plain, keys) if key not in taken)
            for command, keys in layer.items()
            if command in known and command not in found
        }
        found |= given
        taken.update(key for keys in given.values() for key in keys)
    return {command: found[command] for command in known}
