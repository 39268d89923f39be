# SPDX-License-Identifier: Apache-2.0
"""Which pictures of a folder are shown, and in what order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from prodedit.catalogue.folder.listing import Picture, plain
from prodedit.catalogue.folder.marks import NO_MARK, Mark

Flag = Literal["", "edited", "unedited", "exported", "unexported", "fails", "unreadable"]
By = Literal["name", "date", "size", "stars"]


class Wish(NamedTuple):
    """words: all of them are parts of the name, or of a folder's; stars: at least so many."""

    words: str = ""
    stars: int = 0
    flag: Flag = ""
    by: By = "name"
    descending: bool = False

    @property
    def is_all(self) -> bool:
        """Nothing is hidden."""
        return not (self.words.strip() or self.stars or self.flag)


class Known(NamedTuple):
    """What is known of the pictures. open_changed: those that are open and not saved; unreadable:
    those of which that was found."""

    marks: Mapping[Path, Mark]
    open_changed: frozenset[Path] = frozenset()
    unreadable: frozenset[Path] = frozenset()

    def mark(self, path: Path) -> Mark:
        return self.marks.get(path, NO_MARK)

    def is_edited(self, path: Path) -> bool:
        return path in self.open_changed or bool(self.mark(path).project)


def arranged(pictures: Iterable[Picture], known: Known, wish: Wish) -> tuple[Picture, ...]:
    """Those that fit the wish, in its order; equal ones in the order in which they come, which is
    that of their names."""
    words = [plain(word) for word in wish.words.split()]
    fits = _FLAGS[wish.flag]
    shown = [
        one
        for one in pictures
        if (not wish.stars or known.mark(one.path).stars >= wish.stars)
        and fits(known, one.path)
        and (not words or _has(plain(f"{one.path.parent.name}/{one.path.name}"), words))
    ]
    if wish.by != "name":
        key = _KEYS[wish.by]
        shown.sort(key=lambda one: key(known, one), reverse=wish.descending)
    elif wish.descending:
        shown.reverse()
    return tuple(shown)


def _has(name: str, words: Iterable[str]) -> bool:
    return all(word in name for word in words)


_FLAGS: Mapping[Flag, Callable[[Known, Path], bool]] = {
    "": lambda known, path: True,
    "edited": lambda known, path: known.is_edited(path),
    "unedited": lambda known, path: not known.is_edited(path),
    "exported": lambda known, path: bool(known.mark(path).exported),
    "unexported": lambda known, path: not known.mark(path).exported,
    "fails": lambda known, path: bool(known.mark(path).fails),
    "unreadable": lambda known, path: path in known.unreadable,
}
_KEYS: Mapping[By, Callable[[Known, Picture], int]] = {
    "date": lambda known, one: one.changed,
    "size": lambda known, one: one.nbytes,
    "stars": lambda known, one: known.mark(one.path).stars,
}
