# SPDX-License-Identifier: Apache-2.0
"""What was found in a folder before a generator learns from it: told, and kept beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Literal

import msgspec

from prodedit.core.problem import QT_TRANSLATE_NOOP

Verdict = Literal[
    "used", "same-file", "copy", "too-small", "unreadable", "too-little", "too-much", "cut-off"
]
REASONS: Mapping[Verdict, str] = {
    "same-file": QT_TRANSLATE_NOOP("Training", "the same file as another"),
    "copy": QT_TRANSLATE_NOOP("Training", "a copy of another picture"),
    "too-small": QT_TRANSLATE_NOOP("Training", "too small"),
    "unreadable": QT_TRANSLATE_NOOP("Training", "can't be opened"),
    "too-little": QT_TRANSLATE_NOOP("Training", "hardly any product was found"),
    "too-much": QT_TRANSLATE_NOOP("Training", "the background could not be told from the product"),
    "cut-off": QT_TRANSLATE_NOOP("Training", "the product goes beyond both sides of the picture"),
}
"""Why a picture is left out, in words for a person; context "Training"."""
FEW = 8
"""Pictures of a class that are too few for it to be learned."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the folder. `name` is relative to it; `size` and `changed` (ns) tell whether it
    is still the same file; `more`: which picture it is a copy of, or why it can't be opened."""

    name: str
    size: int
    changed: int
    sha256: str
    verdict: Verdict
    class_name: str
    more: str = ""


class DataReport(msgspec.Struct, frozen=True, kw_only=True):
    """All files that were looked at, in the order of their names."""

    entries: tuple[Entry, ...]

    @property
    def used(self) -> int:
        return sum(entry.verdict == "used" for entry in self.entries)

    @property
    def left_out(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.verdict != "used")

    @property
    def reasons(self) -> Mapping[Verdict, int]:
        """How many were left out, by reason."""
        return Counter(entry.verdict for entry in self.left_out)

    @property
    def classes(self) -> Mapping[str, int]:
        """Pictures that are used, by class."""
        return Counter(entry.class_name for entry in self.entries if entry.verdict == "used")

    @property
    def small_classes(self) -> tuple[str, ...]:
        """Classes with hardly any pictures."""
        return tuple(name for name, count in sorted(self.classes.items()) if count < FEW)
