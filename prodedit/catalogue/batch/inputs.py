# SPDX-License-Identifier: Apache-2.0
"""The pictures that the words of a command name: files, folders with all in them, patterns."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.files.sniff import HEAD, sniff

_JPEG = (".jpg", ".jpeg", ".jpe", ".jfif")
_NEWER = (".webp", ".avif", ".heic", ".heif", ".jp2", ".j2k")
_PHOTOSHOP = (".psd", ".psb")
SUFFIXES = frozenset({*_JPEG, *_NEWER, *_PHOTOSHOP, ".png", ".tif", ".tiff", ".bmp", ".gif"})
"""A file of such a name in a folder counts as a picture, also where it turns out to be none."""


class Found(NamedTuple):
    """A picture, and its place below the output folder: `place` still has the old name."""

    path: Path
    place: PurePath


class Gathered(NamedTuple):
    """`folders`: those that were searched; `skipped`: files in them that are no pictures."""

    pictures: tuple[Found, ...]
    folders: tuple[Path, ...]
    skipped: int


def gather(words: Sequence[str], leave_out: Path | None = None) -> Gathered:
    """All pictures that `words` name, each once, in the order of the words, folders sorted.

    A folder's tree goes directly below the output folder; where several folders are named, each
    goes below its own name. Hidden files, links to folders, and `leave_out` (the output folder,
    where it lies in one of them) are not searched. An empty word, as of a shell's variable that is
    not set, is not the folder that one is in. Raises Problem where nothing is found.
    """
    paths = [path for word in words if word for path in _named(word)]
    folders = tuple(path for path in paths if path.is_dir())
    below = _below(folders)
    pictures: dict[str, Found] = {}
    skipped = 0
    for path in paths:
        if not path.is_dir():
            pictures.setdefault(_spelled(path), Found(path, PurePath(path.name)))
            continue
        for file in _files(path, leave_out):
            if is_picture(file):
                place = below[path] / file.relative_to(path)
                pictures.setdefault(_spelled(file), Found(file, place))
            else:
                skipped += 1
    found = tuple(pictures.values())
    if not any(os.path.lexists(picture.path) for picture in found):
        raise nothing_there(words)
    return Gathered(found, folders, skipped)


def is_picture(path: Path) -> bool:
    """By its name, or by its first bytes where it has no name that says so."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        with path.open("rb") as file:
            sniff(file.read(HEAD))
    except (OSError, Problem):
        return False
    return True


def nothing_there(words: Sequence[str]) -> Problem:
    """No picture, by any of these words."""
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "No picture was found: {names}."),
        code="no-input",
        names=", ".join(word or '""' for word in words),
    )


def _named(word: str) -> list[Path]:
    """The file or folder of that name; else what the pattern fits; else what is not there.

    (Path.glob needs a folder to begin in, which a pattern like `/photos/2*/` does not tell.)
    """
    if os.path.lexists(word) or not glob.has_magic(word):
        return [Path(word)]
    return [Path(name) for name in sorted(glob.glob(word, recursive=True))]  # noqa: PTH207


def _spelled(path: Path) -> str:
    """The name by which a file counts once; a link to it is a picture of its own."""
    return os.path.normpath(path.absolute())


def _below(folders: Sequence[Path]) -> dict[Path, PurePath]:
    """Where each folder's tree goes, below the output folder."""
    if len(set(folders)) < 2:
        return {folder: PurePath() for folder in folders}
    places: dict[Path, PurePath] = {}
    taken: set[str] = set()
    for folder in dict.fromkeys(folders):
        name = folder.resolve().name or "folder"
        choices = (name if n == 1 else f"{name}-{n}" for n in range(1, len(folders) + 1))
        name = next(choice for choice in choices if choice.casefold() not in taken)
        taken.add(name.casefold())
        places[folder] = PurePath(name)
    return places


def _files(folder: Path, leave_out: Path | None) -> Iterator[Path]:
    """All files below `folder` that are not hidden, sorted folder by folder."""
    outside = None if leave_out is None else leave_out.resolve()
    for place, names, files in os.walk(folder):
        here = Path(place)
        names[:] = sorted(
            name
            for name in names
            if not name.startswith(".") and (here / name).resolve() != outside
        )
        yield from (here / name for name in sorted(files) if not name.startswith("."))
