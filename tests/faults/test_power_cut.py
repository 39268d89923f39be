# SPDX-License-Identifier: Apache-2.0
"""The power goes: in every state that the disk may then be in, files are whole and work is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prodedit.core.document import Document, from_photo
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.files.atomic import write_atomic
from prodedit.files.journal import JournalWriter
from prodedit.files.journal_read import recoverable
from prodedit.files.openraster import save
from prodedit.files.openraster_read import load
from tests.faults.power_cut import Crash, Recorded, at_the_end, tried
from tests.projects import Baker, differences, document, painted, photo

pytestmark = pytest.mark.faults

NAME = "a.ora"


class NoSync(Recorded):
    """Trusts that what was written is on the disk."""

    def fsync(self, descriptor: int) -> None: ...


class NoFolderSync(Recorded):
    """Trusts that a rename is on the disk."""

    def fsync_folder(self, folder: Path) -> None: ...


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "states"
    folder.mkdir()
    return folder


# Files -------------------------------------------------------------------------------------------

CONTENTS = (bytes(range(256)) * 40, b"new" * 900_000, b"newer" * 3)
Saving = Callable[[Recorded, Path, bytes], None]


def kept(system: Recorded, path: Path, data: bytes) -> None:
    write_atomic(path, data, keep_previous=1, system=system)


def plain(system: Recorded, path: Path, data: bytes) -> None:
    write_atomic(path, data, system=system)


def in_place(system: Recorded, path: Path, data: bytes) -> None:
    """As programs do that lose files."""
    descriptor = system.open_to_overwrite(path)
    system.write(descriptor, memoryview(data))
    system.fsync(descriptor)
    system.close(descriptor)


def saved(system: Recorded, folder: Path, saving: Saving) -> Recorded:
    """The first of the contents is there from long ago, the others are saved over it."""
    path = folder / NAME
    path.write_bytes(CONTENTS[0])
    system.already_there(path)
    system.mark(0)
    for number, data in enumerate(CONTENTS[1:], 1):
        system.mark(number - 1, begun=number)
        saving(system, path, data)
        system.mark(number)
    return system


def is_kept(crash: Crash, place: Path) -> bool:
    """What was said to be saved is there whole, or what was being saved is; and so is the copy."""
    backup = place / f"{NAME}.bak"
    if backup.exists() and backup.read_bytes() not in CONTENTS:
        return False
    return (place / NAME).read_bytes() in CONTENTS[crash.safe : crash.begun + 1]


@pytest.mark.parametrize("saving", [plain, kept])
def test_a_saved_file_is_whole_and_the_latest(folder: Path, scratch: Path, saving: Saving) -> None:
    ops = saved(Recorded(), folder, saving).ops
    outcome = tried(ops, folder, scratch, is_kept)
    assert not outcome.wrong
    assert outcome.tried > 7


@pytest.mark.parametrize(
    ("system", "saving"), [(NoSync, plain), (NoFolderSync, plain), (Recorded, in_place)]
)
def test_broken_writers_are_caught(
    folder: Path, scratch: Path, system: type[Recorded], saving: Saving
) -> None:
    assert tried(saved(system(), folder, saving).ops, folder, scratch, is_kept).wrong


def test_nothing_that_was_done_escapes_the_record(folder: Path) -> None:
    system = saved(Recorded(), folder, kept)
    save(document(90, 60), folder / "b.ora", Baker(document(90, 60)), system=system)
    real = {path: path.read_bytes() for path in folder.iterdir()}
    assert at_the_end(system.ops, folder) == real


# Projects ----------------------------------------------------------------------------------------


def saved_projects(system: Recorded, path: Path) -> tuple[Document, ...]:
    old = document(120, 90)
    new = painted(old, "photo", 30, 40)
    last = save(old, path, Baker(old))
    system.already_there(path)
    system.mark(0, begun=1)
    save(new, path, Baker(new), last=last, system=system)
    system.mark(1)
    return old, new


@pytest.mark.parametrize(("system", "is_good"), [(Recorded, True), (NoSync, False)])
def test_projects(folder: Path, scratch: Path, system: type[Recorded], is_good: bool) -> None:
    recorded = system()
    versions = saved_projects(recorded, folder / NAME)

    def is_right(crash: Crash, place: Path) -> bool:
        try:
            loaded = load(place / NAME)
        except Problem:
            return False
        allowed = versions[crash.safe : crash.begun + 1]
        return not loaded.notes and any(not differences(loaded.document, one) for one in allowed)

    outcome = tried(recorded.ops, folder, scratch, is_right)
    assert (not outcome.wrong) == is_good, outcome
    assert outcome.tried > 2


# The journal -------------------------------------------------------------------------------------


class Kept:
    """A document that is edited, with what the journal said to have kept of it."""

    def __init__(self, system: Recorded, folder: Path, **options: Any) -> None:
        self.system = system
        self.writer = JournalWriter(folder / "state" / "recovery", system=system, **options)
        self.versions = [from_photo(Tiles.from_array(photo(300, 200)), "a.jpg")]
        self.edits(0, 1)

    def edits(self, begin: int, end: int) -> None:
        for number in range(begin, end):
            if number:
                last = self.versions[-1]
                self.versions.append(painted(last, "photo", number * 37 % 260, 20, number))
            self.system.mark(self._safe, begun=number)
            self.writer.record(self.versions[-1], f"Step {number}")
            assert self.writer.flush()
            self.system.mark(number)

    def saves(self) -> None:
        """From then on nothing need be kept."""
        self.system.mark(-1, begun=len(self.versions) - 1)
        self.writer.saved("a.ora", Path("a.ora"))
        assert self.writer.flush()

    @property
    def _safe(self) -> int:
        marks = [op.safe for op in self.system.ops if hasattr(op, "safe")]
        return marks[-1] if marks else -1

    def is_right(self, crash: Crash, place: Path) -> bool:
        found = recoverable(place / "state" / "recovery")
        if not found:
            return crash.safe < 0
        try:
            recovered = found[0].load()
        except Problem:
            return crash.safe < 0
        finally:
            found[0].release()
        if recovered.is_damaged and crash.safe < 0:
            return True  # the very first step was cut, and the person is told
        allowed = self.versions[max(0, crash.safe) : crash.begun + 1]
        return any(not differences(recovered.document, one) for one in allowed)


def edited(system: Recorded, folder: Path) -> Kept:
    """Edits with the journal's file growing and being begun anew, a save, edits."""
    kept = Kept(system, folder, slack=1 << 20)
    kept.edits(1, 8)
    kept.saves()
    kept.edits(8, 10)
    kept.writer.close(keep=True)
    return kept


def test_the_journal_gives_what_it_said_to_have_kept(folder: Path, scratch: Path) -> None:
    kept = edited(Recorded(), folder)
    files = {path.name for path in at_the_end(kept.system.ops, folder)}
    assert "journal-000001.bin" not in files  # it was begun anew, so that was tried, too
    outcome = tried(kept.system.ops, folder, scratch, kept.is_right)
    assert not outcome.wrong
    assert outcome.tried > 70


@pytest.mark.parametrize("system", [NoSync, NoFolderSync])
def test_broken_journals_are_caught(folder: Path, scratch: Path, system: type[Recorded]) -> None:
    kept = edited(system(), folder)
    assert tried(kept.system.ops, folder, scratch, kept.is_right).wrong
