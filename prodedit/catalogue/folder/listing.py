# SPDX-License-Identifier: Apache-2.0
"""Which pictures a folder holds, with all that lies in it, told from names and sizes alone."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from prodedit.catalogue.batch.inputs import SUFFIXES
from prodedit.core.problem import QT_TRANSLATE_NOOP, Cancelled, Problem

MOST = 50_000
"""Pictures that are listed: what comes after them is told to be missing."""


_Parts = tuple[tuple[int, int, str], ...]


class Picture(NamedTuple):
    """A file as it was when it was looked at. nbytes: its size; changed: when its content was
    last written, in nanoseconds."""

    path: Path
    nbytes: int
    changed: int

    @property
    def content(self) -> str:
        """Another one when the file has another content; the same under another name."""
        return f"{self.nbytes}-{self.changed}"

    @property
    def key(self) -> str:
        """Another one for each file, and each content of it."""
        words = f"{os.fspath(self.path)}\0{self.content}"
        return hashlib.blake2b(words.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


class Listing(NamedTuple):
    """pictures: by name, those of a folder before those of the folders in it.
    unread:   folders inside that could not be looked into.
    is_whole: there were no more than MOST."""

    pictures: tuple[Picture, ...]
    unread: tuple[Path, ...] = ()
    is_whole: bool = True


def listed(
    folders: Sequence[Path], most: int = MOST, stopped: Callable[[], bool] = lambda: False
) -> Listing:
    """All pictures below `folders`, each once. Hidden files, and links to folders, are passed over.

    Raises Problem where one of `folders` itself can't be read, and Cancelled once `stopped`."""
    found: dict[Path, Picture] = {}
    unread: list[Path] = []
    for root in folders:
        _refuse_unreadable(root)
        for picture in _below(root, unread):
            if stopped():
                raise Cancelled
            if len(found) == most and picture.path not in found:
                return Listing(tuple(found.values()), tuple(unread), False)
            found[picture.path] = picture
    return Listing(tuple(found.values()), tuple(unread))


def looked_at(path: Path) -> Picture | None:
    """One file as it is now; None where it is not there any more."""
    try:
        status = path.stat()
    except OSError:
        return None
    return Picture(absolute(path), status.st_size, status.st_mtime_ns)


def absolute(path: Path) -> Path:
    """The name by which a file is remembered."""
    return Path(os.path.normpath(path.absolute()))


def plain(text: str) -> str:
    """Equal for names that a person takes for the same."""
    return unicodedata.normalize("NFC", text).casefold()


def name_key(name: str) -> tuple[_Parts, str]:
    """ "mug.jpg" before "mug2.jpg" before "mug10.jpg", capitals as small letters."""
    stem, ending = os.path.splitext(plain(name))  # noqa: PTH122 (half the time)
    parts = tuple(
        (0, int(piece), piece) if number % 2 else (1, 0, piece)
        for number, piece in enumerate(_NUMBER.split(stem))
        if piece
    )
    return parts, ending


def _below(root: Path, unread: list[Path]) -> Iterator[Picture]:
    """Pictures, and then those of the folders inside. Without recursion: trees may be deep."""
    waiting = [absolute(root)]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: name_key(entry.name))
        except OSError:
            unread.append(folder)
            continue
        inside = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                inside.append(Path(entry.path))
            elif (picture := _picture(entry)) is not None:
                yield picture
        waiting.extend(reversed(inside))


def _picture(entry: os.DirEntry[str]) -> Picture | None:
    """None where it is none by its name, or goes at this moment."""
    if os.path.splitext(entry.name)[1].lower() not in SUFFIXES:  # noqa: PTH122 (half the time)
        return None
    try:
        if not entry.is_file():
            return None
        status = entry.stat()
    except OSError:
        return None
    return Picture(Path(entry.path), status.st_size, status.st_mtime_ns)


def _refuse_unreadable(folder: Path) -> None:
    try:
        with os.scandir(folder):
            return
    except OSError as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "The folder “{folder}” could not be read: {why}."),
            code="folder-not-read",
            folder=str(folder),
            why=error.strerror or str(error),
        ) from error


_NUMBER = re.compile(r"([0-9]{1,18})")
