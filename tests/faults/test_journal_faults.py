# SPDX-License-Identifier: Apache-2.0
"""Work that is killed, journals that are damaged, disks that fail: what comes back."""

from __future__ import annotations

import errno
import os
import random
import time
from pathlib import Path
from typing import Any

import pytest

from prodedit.core.document import Document
from prodedit.core.problem import Problem
from prodedit.files.journal import JournalWriter
from prodedit.files.journal_read import recoverable
from tests.faults.disturbed import failing
from tests.faults.killed_projects import LOSS_SECONDS, Whole, edited
from tests.faults.test_project_file import LONG, cut, flipped, killed, repeated, zeroed
from tests.projects import differences, document

pytestmark = pytest.mark.faults


TRIES = 3
"""A disk that stood still just then is not the program's fault; a journal that is late always
is."""


def test_killed_while_editing(tmp_path: Path) -> None:
    kills = 50 if LONG else 6
    for number in range(TRIES):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        lost = killed("editing", "good", folder, kills)["lost"]
        assert len(lost) == kills
        assert all(seconds >= 0 for seconds in lost)
        if max(lost) <= LOSS_SECONDS:
            break
    assert max(lost) <= LOSS_SECONDS


def test_a_journal_that_writes_late_is_caught(tmp_path: Path) -> None:
    lost = killed("editing", "broken", tmp_path, 2)["lost"]
    assert not all(0 <= seconds <= LOSS_SECONDS for seconds in lost)


STEPS = 12


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[Document]]:
    folder = tmp_path_factory.mktemp("journal")
    versions = [document(600, 560)]
    for number in range(STEPS):
        versions.append(edited(versions[-1], number + 1))
    writer = JournalWriter(folder, name="a.jpg")
    for number, doc in enumerate(versions):
        writer.record(doc, f"Step {number}")
        writer.flush()
    writer.close(keep=True)
    return next(folder.rglob("journal-*.bin")).read_bytes(), versions


@pytest.mark.parametrize("damage", [flipped, zeroed, cut, repeated])
def test_damaged_journals(
    journal: tuple[bytes, list[Document]], tmp_path: Path, damage: Any
) -> None:
    """Whatever is called whole is one of the versions, to the bit; the rest is called damaged."""
    data, versions = journal
    rounds, got = (250 if LONG else 25), 0
    for seed in range(rounds):
        broken = bytearray(data)
        damage(broken, random.Random(seed))
        folder = tmp_path / f"{seed}" / "old"
        folder.mkdir(parents=True)
        (folder / "journal-000001.bin").write_bytes(broken)
        began = time.monotonic()
        found = recoverable(folder.parent)
        if not found:
            assert (folder.parent / "quarantine" / "old").exists()
            continue
        got += 1
        recovered = found[0].load()
        assert time.monotonic() - began < 60
        if not recovered.is_damaged:
            assert any(not differences(recovered.document, one) for one in versions), seed
        found[0].discard()
    floor = {flipped: 0.9, zeroed: 0.9, cut: 0.2, repeated: 0.9}[
        damage
    ]  # cut: most is the first step
    assert got >= floor * rounds


def test_the_start_after_an_unreadable_journal(tmp_path: Path) -> None:
    """Twenty kinds of rubbish: each start goes well, and the one after it finds nothing to do."""
    chance = random.Random(1)
    for number in range(20):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        (folder / "journal-000001.bin").write_bytes(chance.randbytes(number * 50))
        (folder / "manifest.json").write_bytes(chance.randbytes(number))
    assert recoverable(tmp_path) == []
    assert len(list((tmp_path / "quarantine").iterdir())) == 20
    assert recoverable(tmp_path) == []


def test_a_document_that_contradicts_itself_goes_to_quarantine(tmp_path: Path) -> None:
    from prodedit.files.journal_format import step_record

    folder = tmp_path / "odd"
    folder.mkdir()
    record = step_record("Step", 0.0, None, {"type": "document", "width": "wide"})
    (folder / "journal-000001.bin").write_bytes(record)
    (recovery,) = recoverable(tmp_path)
    with pytest.raises(Problem):
        recovery.load()
    assert (tmp_path / "quarantine" / "odd").exists()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO], ids=errno.errorcode.get)
def test_an_error_at_calls_of_the_journal(tmp_path: Path, number: int) -> None:
    """The person is told once, nothing is raised, and the next step is kept all the same."""
    doc = document(300, 270)
    counted = Whole()
    writer = JournalWriter(tmp_path / "counted", system=counted)
    writer.record(doc, "Step")
    writer.flush()
    calls = len(counted.calls)
    writer.close()
    for at in range(0, calls, 1 if LONG else 3):
        told: list[Problem] = []
        folder = tmp_path / f"{at}"
        system = Whole(at, failing(number))
        writer = JournalWriter(folder, system=system, on_problem=told.append)
        writer.record(doc, "Step")
        failed = not writer.flush()
        assert len(told) == failed, system.calls[-1]
        last = edited(doc, 1)
        writer.record(last, "Step")
        assert writer.flush()
        writer.close(keep=True)
        (recovery,) = recoverable(folder)
        assert differences(recovery.load().document, last) == []
        recovery.discard()


def test_a_full_disk_that_stays_full(tmp_path: Path) -> None:
    class Full(Whole):
        def write(self, descriptor: int, data: memoryview) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    told: list[Problem] = []
    writer = JournalWriter(tmp_path, system=Full(), on_problem=told.append)
    for _ in range(5):
        writer.record(document(300, 270), "Step")
        assert not writer.flush()
    writer.close()
    assert len(told) == 1
    assert "Save the document" in str(told[0])
    assert list(tmp_path.rglob("*.bin")) == []


def test_a_disk_that_fills_up_gets_its_space_back(tmp_path: Path) -> None:
    """Half a journal is of no use, and the person is just told to save."""

    class Filling(Whole):
        left = 100_000

        def write(self, descriptor: int, data: memoryview) -> int:
            self.left -= len(data)
            if self.left < 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return super().write(descriptor, data)

    writer = JournalWriter(tmp_path, system=Filling())
    writer.record(document(600, 540), "Step")
    assert not writer.flush()
    assert list(tmp_path.rglob("*.bin")) == []
    writer.close()


def test_a_damaged_table_of_blocks_costs_no_more_than_its_blocks(
    journal: tuple[bytes, list[Document]], tmp_path: Path
) -> None:
    """The first layer's pixels never change: all versions share their table."""
    from prodedit.files.journal_format import Kind, records

    data, versions = bytearray(journal[0]), journal[1]
    table = next(one for one in records(journal[0]) if one.kind == Kind.TILES)
    data[table.offset + table.length - 1] ^= 0x40  # the last block's id
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "journal-000001.bin").write_bytes(data)
    recovered = recoverable(tmp_path)[0].load()
    assert recovered.is_damaged
    kept = [layer.id for layer in recovered.document.walk()]
    assert kept == [layer.id for layer in versions[-1].walk()]
