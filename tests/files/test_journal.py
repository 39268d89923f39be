# SPDX-License-Identifier: Apache-2.0
"""What the journal keeps, and what of it comes back."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from prodedit.core.document import Document
from prodedit.core.geometry import Size
from prodedit.core.layer import Layer, PixelContent
from prodedit.core.tiles import Tiles
from prodedit.files.journal import JournalWriter
from prodedit.files.journal_read import Recovery, recoverable
from prodedit.files.operating_system import OperatingSystem
from tests.projects import differences, document, painted, photo


def left_behind(writer: JournalWriter) -> None:
    """As after a crash: the files stay, the lock is let go."""
    assert writer.flush()
    writer.close(keep=True)


def only(folder: Path) -> Recovery:
    (recovery,) = recoverable(folder)
    return recovery


def size_on_disk(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*.bin"))


def test_the_last_step_comes_back_to_the_bit(tmp_path: Path) -> None:
    writer = JournalWriter(tmp_path, name="产品.jpg", path=Path("/photos/产品.jpg"))
    doc = document()
    writer.record(doc, "Open", {"type": "Open"})
    writer.flush()
    for x in range(0, 500, 100):
        doc = painted(doc, "photo", x, 20, x)
        writer.record(doc, f"Dab {x}", {"type": "Dab", "x": x})
    left_behind(writer)
    recovery = only(tmp_path)
    assert (recovery.name, recovery.path) == ("产品.jpg", Path("/photos/产品.jpg"))
    assert recovery.steps == ("Open", *(f"Dab {x}" for x in range(0, 500, 100)))
    assert recovery.history[1] == {"type": "Dab", "x": 0}
    assert abs(recovery.time - time.time()) < 60
    found = recovery.load()
    assert differences(doc, found.document) == []
    assert not found.is_damaged
    recovery.discard()
    assert recoverable(tmp_path) == []


def test_where_the_photo_came_from_is_known_again(tmp_path: Path) -> None:
    source = Path("/photos/no\udcfftext/产品.jpg")
    writer = JournalWriter(tmp_path, name="产品.jpg", source=source)
    writer.record(document(), "Open")
    left_behind(writer)
    recovery = only(tmp_path)
    assert (recovery.path, recovery.source) == (None, source)
    recovery.discard()


def test_a_journal_of_an_older_version_knows_no_source(tmp_path: Path) -> None:
    writer = JournalWriter(tmp_path, name="mug", source=Path("/photos/mug.jpg"))
    writer.record(document(), "Open")
    left_behind(writer)
    manifest = next(tmp_path.glob("*/manifest.json"))
    about = json.loads(manifest.read_bytes())
    del about["source"]
    manifest.write_text(json.dumps(about))
    recovery = only(tmp_path)
    assert (recovery.name, recovery.source) == ("mug", None)
    assert not recovery.load().is_damaged
    recovery.discard()


def test_a_living_journal_is_left_alone(tmp_path: Path) -> None:
    writer = JournalWriter(tmp_path)
    writer.record(document(), "Open")
    assert writer.flush()
    assert recoverable(tmp_path) == []
    writer.close()


def test_closing_leaves_nothing(tmp_path: Path) -> None:
    writer = JournalWriter(tmp_path)
    writer.record(document(), "Open")
    assert writer.flush()
    writer.close()
    assert list(tmp_path.iterdir()) == []


def test_a_document_that_was_only_looked_at_leaves_no_trace(tmp_path: Path) -> None:
    JournalWriter(tmp_path / "recovery").close()
    assert list(tmp_path.iterdir()) == []


def test_what_is_saved_just_before_the_end_is_not_offered_again(tmp_path: Path) -> None:
    disk = SlowDisk()
    writer = JournalWriter(tmp_path, system=disk)
    writer.record(document(), "Open")
    assert disk.asked.wait(30)
    writer.saved("a.ora", tmp_path / "a.ora")  # while the journal still writes
    disk.may.set()
    writer.close(keep=True)
    assert recoverable(tmp_path) == []
    assert size_on_disk(tmp_path) == 0


def test_after_saving_only_new_steps_are_kept(tmp_path: Path) -> None:
    writer = JournalWriter(tmp_path, name="a.jpg")
    doc = document()
    writer.record(doc, "Open")
    writer.flush()
    writer.saved("a.ora", tmp_path / "a.ora")
    writer.flush()
    assert size_on_disk(tmp_path) == 0
    doc = painted(doc, "photo", 10, 10)
    writer.record(doc, "Dab")
    left_behind(writer)
    recovery = only(tmp_path)
    assert (recovery.name, recovery.steps) == ("a.ora", ("Dab",))
    assert differences(doc, recovery.load().document) == []
    recovery.release()


def test_a_block_is_written_once(tmp_path: Path) -> None:
    writer = JournalWriter(tmp_path)
    doc = document(1500, 1500)
    writer.record(doc, "Open")
    writer.flush()
    first = size_on_disk(tmp_path)
    writer.record(painted(doc, "photo", 10, 10), "Dab")
    left_behind(writer)
    assert size_on_disk(tmp_path) - first < 256 * 256 * 4 + 10_000


def test_it_does_not_grow_for_ever(tmp_path: Path) -> None:
    writer = JournalWriter(tmp_path, slack=1 << 20)
    doc = Document(Size(600, 500), document().layers[1:2])
    biggest = 0
    for number in range(60):
        doc = painted(doc, "photo", number % 500, number % 400, number)
        writer.record(doc, "Dab")
        writer.flush()
        biggest = max(biggest, size_on_disk(tmp_path))
    left_behind(writer)
    assert biggest < 3 * doc.layers[0].mask.alpha.nbytes * 9 + (2 << 20)  # type: ignore[union-attr]
    assert differences(doc, only(tmp_path).load().document) == []


def test_blocks_that_were_put_away_are_kept_too(tmp_path: Path) -> None:
    doc = document()
    for block in set(doc.blocks()):
        copy = block.pixels.copy()
        block.stow(lambda copy=copy: copy)
    writer = JournalWriter(tmp_path)
    writer.record(doc, "Open")
    left_behind(writer)
    assert differences(doc, only(tmp_path).load().document) == []


class SlowDisk(OperatingSystem):
    """Answers only once it may."""

    def __init__(self) -> None:
        self.asked, self.may = threading.Event(), threading.Event()

    def write(self, descriptor: int, data: memoryview) -> int:
        self.asked.set()
        assert self.may.wait(30)
        return super().write(descriptor, data)


def test_recording_does_not_wait_for_the_disk(tmp_path: Path) -> None:
    disk = SlowDisk()
    writer = JournalWriter(tmp_path, system=disk)
    doc = document()
    for number in range(5):
        writer.record(painted(doc, "photo", number, number), "Dab")
    assert not writer.flush(0.05)
    disk.may.set()
    assert writer.flush()
    writer.close()


def test_what_cannot_be_read_goes_to_quarantine(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "journal-000001.bin").write_bytes(b"PEj1" + b"\xff" * 500)
    assert recoverable(tmp_path) == []
    assert (tmp_path / "quarantine" / "old" / "journal-000001.bin").exists()
    assert recoverable(tmp_path) == []


def test_an_older_journal_may_go_once_the_work_is_kept(tmp_path: Path) -> None:
    old = JournalWriter(tmp_path, name="old")
    old.record(document(), "Open")
    left_behind(old)
    recovery = only(tmp_path)
    doc = recovery.load().document
    new = JournalWriter(tmp_path, name="new")
    new.record(doc, "Recovered", kept=recovery.discard)
    left_behind(new)
    assert only(tmp_path).name == "new"


def test_a_missing_folder_is_no_error(tmp_path: Path) -> None:
    assert recoverable(tmp_path / "nowhere") == []


def test_a_journal_just_begun_is_passed_over_for_the_one_before(tmp_path: Path) -> None:
    writer = JournalWriter(tmp_path)
    doc = document()
    writer.record(doc, "Open")
    left_behind(writer)
    newer = next(tmp_path.iterdir()) / "journal-000002.bin"
    newer.write_bytes(b"PEj1\x01")
    assert differences(doc, only(tmp_path).load().document) == []


@pytest.mark.parametrize("channels", [1, 4])
def test_flat_opaque_and_odd_blocks(tmp_path: Path, channels: int) -> None:
    flat = np.full((300, 300, 4), (1, 2, 3, 4), np.uint8)
    pictures = [flat, photo(300, 300)]
    if channels == 1:
        pictures = [picture[..., 0].copy() for picture in pictures]
    tiles = [Tiles.from_array(picture) for picture in pictures]
    if channels == 1:
        doc = Document(Size(300, 300), (), selection=tiles[1])
    else:
        contents = [PixelContent(one) for one in tiles]
        layers = [Layer(f"layer-{n}", "", one) for n, one in enumerate(contents)]
        doc = Document(Size(300, 300), tuple(layers))
    writer = JournalWriter(tmp_path)
    writer.record(doc, "Open")
    left_behind(writer)
    assert differences(doc, only(tmp_path).load().document) == []
