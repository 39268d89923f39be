# SPDX-License-Identifier: Apache-2.0
"""Where the GPU pack lies in the person's data folder, and in what state it is.

`gpu/pack.json` names the folder of the pack that is in use. It is written last, in one step, so a
folder that it does not name is half-made or old, and nobody uses it.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import msgspec

from prodedit.core.problem import Problem
from prodedit.data_files import data_folder
from prodedit.engine.gpu import problems
from prodedit.engine.gpu.wanted import version_word
from prodedit.files.atomic import write_atomic
from prodedit.files.file_lock import FileLock

_NOTE = "pack.json"
_LOCK = ".making.lock"
MADE = "made-"
"""What the folders of packs are called before their number."""


class State(StrEnum):
    """Of the pack on this computer."""

    ABSENT = "absent"
    READY = "ready"
    OUTDATED = "outdated"
    """Made for another version of the program: not used, to be made anew."""
    BROKEN = "broken"
    """Its interpreter or its note is damaged or gone."""


class Note(msgspec.Struct, frozen=True):
    """What is remembered of a pack. python: its interpreter, from the pack's folder on; bytes: what
    it takes of the disk; program: the version of ProdEdit that made it."""

    folder: str
    python: str
    version: str
    torch: str
    index: str
    device: str
    card: str
    program: str
    bytes: int


class Pack(NamedTuple):
    """note: None where there is none that can be read."""

    state: State
    note: Note | None = None
    python: Path | None = None


def gpu_folder() -> Path:
    """All packs lie below."""
    return data_folder() / "gpu"


def read_pack(folder: Path | None = None) -> Pack:
    """The pack as it is on the disk now; starts nothing."""
    folder = folder or gpu_folder()
    try:
        note = msgspec.json.decode((folder / _NOTE).read_bytes(), type=Note)
    except FileNotFoundError:
        return Pack(State.ABSENT)
    except (OSError, msgspec.DecodeError):
        return Pack(State.BROKEN)
    python = folder / note.folder / note.python
    inside = Path(note.folder).name == note.folder and note.folder.startswith(MADE)
    if not inside or not python.is_file():
        return Pack(State.BROKEN, note)
    if note.version != version_word():
        return Pack(State.OUTDATED, note, python)
    return Pack(State.READY, note, python)


def put_in_place(folder: Path, note: Note) -> None:
    """From now on this is the pack. Raises Problem."""
    try:
        write_atomic(folder / _NOTE, msgspec.json.format(msgspec.json.encode(note), indent=2))
    except (OSError, Problem) as error:
        raise problems.cannot_write(error, folder) from error


def take_away(folder: Path | None = None) -> None:
    """Nobody starts anything in the pack any more; its files are still there. Raises Problem."""
    folder = folder or gpu_folder()
    try:
        (folder / _NOTE).unlink(missing_ok=True)
    except OSError as error:
        raise problems.cannot_write(error, folder) from error


def remove_pack(folder: Path | None = None) -> None:
    """The pack, and all that was ever half-made. Raises Problem, as where one is being made."""
    folder = folder or gpu_folder()
    lock = locked(folder)
    try:
        take_away(folder)
        sweep(folder)
    finally:
        lock.release()
    with suppress(OSError):  # something else lies there: not ours to delete
        (folder / _LOCK).unlink(missing_ok=True)
        folder.rmdir()


def locked(folder: Path) -> FileLock:
    """The right to make or remove packs. Raises Problem where another program has it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock.try_lock(folder / _LOCK)
    except OSError as error:
        raise problems.cannot_write(error, folder) from error
    if lock is None:
        raise problems.being_made()
    return lock


def sweep(folder: Path, but: str = "") -> None:
    """Delete every folder of a pack that is not called `but`: half-made ones, old ones. What can't
    be deleted (a program runs in it, on Windows) is left to the next time."""
    for old in folder.glob(f"{MADE}*"):
        if old.name != but:
            shutil.rmtree(old, ignore_errors=True)
