# SPDX-License-Identifier: Apache-2.0
"""Getting work back after a crash: journals whose program has died, and the documents in them.

Nothing here may keep the program from starting: what can't be read is moved to quarantine/ beside
the journals, and a document stays in its journal until the person has saved or discarded it.
"""

from __future__ import annotations

import json
import mmap
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from prodedit.core.document import Document
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.serial import rebuild
from prodedit.core.tiles import TILE, Block, Tiles
from prodedit.files.atomic import write_atomic
from prodedit.files.file_lock import FileLock
from prodedit.files.journal import LOCK, MANIFEST
from prodedit.files.journal_format import (
    Buffer,
    JournalError,
    Kind,
    Record,
    payload_of,
    read_block,
    read_number,
    read_step,
    read_tiles,
    records,
)

QUARANTINE = "quarantine"
_YOUNG_SECONDS = 3600.0
_EARLIER_TRIES = 20
"""Where the last step's pixels are damaged, so many earlier ones are tried for whole ones."""


@dataclass(frozen=True)
class Recovered:
    """is_damaged: some blocks of pixels were lost and are empty, or the last steps were."""

    document: Document
    is_damaged: bool


class Recovery:
    """A dead program's journal; its lock is ours until `release` or `discard`."""

    def __init__(self, folder: Path, lock: FileLock) -> None:
        """Raises OSError, JournalError or ValueError where there is nothing to get back."""
        self.folder = folder
        self._lock = lock
        about = _read_manifest(folder / MANIFEST)
        self.name: str = str(about.get("name") or "")
        self.path = _path(about.get("path"))
        self.source = _path(about.get("source"))
        """The file it came from; None where that is not known, as in journals of older versions."""
        self.tries = tries_in(about)
        """How often it was brought back and the program ended soon after."""
        self._about = about
        self._files, steps = _journals_with_work(folder)
        self.steps: tuple[str, ...] = tuple(str(step["text"]) for step in steps)
        self.history: tuple[Any, ...] = tuple(step["step"] for step in steps)
        self.time: float = float(steps[-1]["time"])

    def load(self) -> Recovered:
        """The document after the last step that can be read.

        Raises Problem, and moves the journal to quarantine/, where no document is in it.
        """
        self._remember_try()
        try:
            return _recover(self._files)
        except (OSError, ValueError, RecursionError, Problem) as error:
            kept = quarantine(self.folder, self._lock)
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem",
                    "“{name}” can't be got back: its recovery data is damaged. It is kept in "
                    "“{folder}”.",
                ),
                code="recovery-failed",
                details=str(error),
                name=self.name,
                folder=str(kept),
            ) from error

    def put_aside(self) -> Path:
        """Into quarantine/, where it is not offered any more; where it lies now."""
        return quarantine(self.folder, self._lock)

    def _remember_try(self) -> None:
        """Should the program not live through it, the next start knows."""
        self.tries += 1
        self._about["tries"] = self.tries
        with suppress(OSError, Problem):  # it can be tried all the same
            write_atomic(self.folder / MANIFEST, json.dumps(self._about).encode())

    def release(self) -> None:
        """Leave it for the next start."""
        self._lock.release()

    def discard(self) -> None:
        """The work is saved, or not wanted."""
        self._lock.release()
        shutil.rmtree(self.folder, ignore_errors=True)


def recoverable(folder: Path) -> list[Recovery]:
    """What crashed programs left in `folder`, the newest first. Never raises.

    Journals of living programs are passed over; empty ones of dead programs are removed.
    """
    found = [one for one in map(_look, _journals(folder)) if one is not None]
    return sorted(found, key=lambda one: one.time, reverse=True)


def quarantine(folder: Path, lock: FileLock) -> Path:
    """Put a journal aside that can't be read; where it lies now. Never raises."""
    lock.release()
    target = folder.parent / QUARANTINE / folder.name
    try:
        target.parent.mkdir(exist_ok=True)
        folder.rename(target)
    except OSError:
        return folder
    return target


def _journals(folder: Path) -> list[Path]:
    try:
        return [p for p in folder.iterdir() if p.is_dir() and p.name != QUARANTINE]
    except OSError:
        return []


def _look(folder: Path) -> Recovery | None:
    try:
        lock = FileLock.try_lock(folder / LOCK)
    except OSError:
        return None
    if lock is None:
        return None
    try:
        if not any(folder.glob("journal-*.bin")):
            _remove_empty(folder, lock)
            return None
        return Recovery(folder, lock)
    except Exception:  # noqa: BLE001 - whatever stands there, the program must start
        quarantine(folder, lock)
        return None


def _remove_empty(folder: Path, lock: FileLock) -> None:
    """Not a young one: its program may be about to lock it."""
    is_old = time.time() - folder.stat().st_mtime > _YOUNG_SECONDS
    lock.release()
    if is_old:
        shutil.rmtree(folder, ignore_errors=True)


def _read_manifest(path: Path) -> dict[str, Any]:
    """Empty where it is damaged: the work matters more than its name."""
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def tries_in(about: dict[str, Any]) -> int:
    """As a manifest tells; 0 where it tells nonsense."""
    told = about.get("tries")
    return told if isinstance(told, int) and 0 < told < 1000 else 0


def _path(told: Any) -> Path | None:
    return Path(str(told)) if told else None


def _journals_with_work(folder: Path) -> tuple[list[Path], list[dict[str, Any]]]:
    """The files with a whole step, the newest first, and the steps of that one: a newer file may
    have been begun when the program died."""
    files: list[Path] = []
    steps: list[dict[str, Any]] = []
    for path in sorted(folder.glob("journal-*.bin"), reverse=True):
        with _mapped(path) as data:
            found = [_step(data, one) for one in records(data) if one.kind == Kind.STEP]
        whole = [step for step in found if step is not None]
        if any(step["document"] is not None for step in whole):
            files.append(path)
            steps = steps or whole
    if not files:
        raise JournalError("no whole step")
    return files, steps


def _step(data: Buffer, found: Record) -> dict[str, Any] | None:
    try:
        return read_step(payload_of(data, found))
    except JournalError:
        return None


def _recover(files: list[Path]) -> Recovered:
    """The last document that is whole; where pixels of all are lost, the last one without them.

    An older file is there only while what it holds is not yet safe in a newer one: of that, a power
    cut may have left the step and not its pixels.
    """
    for number, path in enumerate(files):
        with _mapped(path) as data:
            found = _last_whole(_Pieces(data))
        if found is not None:
            return replace(found, is_damaged=found.is_damaged or number > 0)
    with _mapped(files[0]) as data:
        pieces = _Pieces(data)
        return Recovered(rebuild(pieces.documents[-1], pieces.tiles_or_empty), True)


def _last_whole(pieces: _Pieces) -> Recovered | None:
    for number, description in enumerate(reversed(pieces.documents[-_EARLIER_TRIES:])):
        try:
            document = rebuild(description, pieces.tiles)
        except (ValueError, Problem, RecursionError):
            continue
        return Recovered(document, number > 0 or pieces.has_damaged_end)
    return None


class _Pieces:
    """Where blocks, tiles and steps lie; each is checked when it is used, and read once."""

    def __init__(self, data: Buffer) -> None:
        self._data = data
        self._places: dict[tuple[int, int], Record] = {}
        self._blocks: dict[int, Block | None] = {}
        self._tiles: dict[str, Tiles] = {}
        self.steps: list[dict[str, Any]] = []
        self.has_damaged_end = False
        for found in records(data):
            if found.kind == Kind.STEP:
                self._add_step(found)
            elif found.length >= 8:
                self._places[found.kind, read_number(data, found)] = found

    @property
    def documents(self) -> list[Any]:
        """Their descriptions, the last one last."""
        return [step["document"] for step in self.steps if step["document"] is not None]

    def tiles(self, name: str) -> Tiles:
        """Raises JournalError where anything of the picture is missing."""
        if name not in self._tiles:
            self._tiles[name] = self._read_tiles(name, allow_missing=False)
        return self._tiles[name]

    def tiles_or_empty(self, name: str) -> Tiles:
        return self._tiles.get(name) or self._read_tiles(name, allow_missing=True)

    def _add_step(self, found: Record) -> None:
        step = _step(self._data, found)
        self.has_damaged_end = step is None
        if step is not None:
            self.steps.append(step)

    def _read_tiles(self, name: str, allow_missing: bool) -> Tiles:
        place = self._places.get((Kind.TILES, int(name)))
        if place is None:
            raise JournalError(f"no pixels {name}")
        size, channels, numbers = read_tiles(self._table(place, allow_missing))
        blocks = {}
        for where, number in numbers.items():
            block = self._block(number, channels)
            if block is not None:
                blocks[where] = block
            elif not allow_missing:
                raise JournalError(f"no block {number}")
        return Tiles(size, channels, MappingProxyType(blocks))

    def _table(self, place: Record, allow_damage: bool) -> bytes:
        """Which blocks a picture has. Where every version shares a damaged table, most of its
        entries are right all the same."""
        try:
            return payload_of(self._data, place)
        except JournalError:
            if not allow_damage:
                raise
            return bytes(self._data[place.offset : place.offset + place.length])

    def _block(self, number: int, channels: int) -> Block | None:
        """None where it is missing or damaged."""
        if number not in self._blocks:
            self._blocks[number] = self._read_block(number, channels)
        return self._blocks[number]

    def _read_block(self, number: int, channels: int) -> Block | None:
        place = self._places.get((Kind.BLOCK, number))
        if place is None:
            return None
        try:
            pixels = read_block(payload_of(self._data, place))
        except JournalError:
            return None
        shape = (TILE, TILE) if channels == 1 else (TILE, TILE, 4)
        return Block(np.ascontiguousarray(pixels)) if pixels.shape == shape else None


@contextmanager
def _mapped(path: Path) -> Iterator[Buffer]:
    """The bytes of a file that nobody else writes: its lock is ours."""
    with path.open("rb") as file:
        try:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # an empty file can't be mapped
            yield b""
            return
        with data:
            yield data
