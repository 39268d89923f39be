# SPDX-License-Identifier: Apache-2.0
"""Which keys a person wants: another program's, and some of their own."""

from __future__ import annotations

from typing import Literal

import msgspec

Scheme = Literal["photoshop", "gimp", "krita"]


class KeyChoice(msgspec.Struct, frozen=True):
    """`own`: by command, what it has instead of the scheme's keys, as "Ctrl+Shift+A"; () for none.
    A command here that does not exist (any more) is passed over."""

    scheme: Scheme = "photoshop"
    own: dict[str, tuple[str, ...]] = {}

    def having(self, command: str, keys: tuple[str, ...]) -> KeyChoice:
        """With these keys for it; whoever else had one of them loses it."""
        rest = {
            one: tuple(key for key in had if key not in keys)
            for one, had in self.own.items()
            if one != command
        }
        return msgspec.structs.replace(self, own={**rest, command: keys})

    def without(self, command: str) -> KeyChoice:
        """With the scheme's keys for it."""
        rest = {one: keys for one, keys in self.own.items() if one != command}
        return msgspec.structs.replace(self, own=rest)
