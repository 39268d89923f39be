# SPDX-License-Identifier: Apache-2.0
"""Undo gives back the very same document, whatever was done, and keeps within its memory."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QUndoStack

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.layer import GroupContent
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing import undo_memory
from prodedit.editing.session import EditSession
from prodedit.editing.undo_memory import SpillFile
from tests.editing.test_session import Desk
from tests.person import Person
from tests.window import digest, noise

BLOCK = 256 * 256 * 4
BUDGET = 6 * BLOCK


def new_session(width: int = 600, height: int = 300, budget: int = BUDGET) -> EditSession:
    photo = from_photo(Tiles.from_array(noise(width, height)), "photo")
    return EditSession(photo, "mug.jpg", Desk(), budget=budget)


def act(session: EditSession, person: Person) -> None:
    """One random edit; it may be refused or change nothing."""
    with suppress(Problem):
        session.apply(*person.next(session.document))


def in_memory(session: EditSession) -> int:
    """Bytes of all distinct blocks that the history holds, and the present document does not."""
    present = set(session.document.blocks())
    held = set()
    for number in range(session.stack.count()):
        command = session.stack.command(number)
        for document in (command.before, command.after):
            held |= set(document.blocks())
    return sum(block.nbytes for block in held - present if not block.is_stowed)


def nearest(session: EditSession) -> int:
    """Bytes of what the next undo and the next redo need: they may stay beyond the budget."""
    present, index = set(session.document.blocks()), session.stack.index()
    blocks = set()
    for number in (index - 1, index):
        command = session.stack.command(number) if 0 <= number < session.stack.count() else None
        for document in () if command is None else (command.before, command.after):
            blocks |= set(document.blocks())
    return sum(block.nbytes for block in blocks - present)


@pytest.mark.parametrize("rests", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("seed", range(4))
def test_each_undo_and_redo_gives_the_very_document_of_then(
    qapp: object, seed: int, rests: float
) -> None:
    """`rests`: how often there is time to look for what changed in old blocks."""
    budget = BLOCK // 4 if rests else BUDGET  # parts of blocks need little
    session = new_session(budget=budget)
    person, time = Person(seed), random.Random(seed)
    digests = {0: digest(session.document)}
    acting = False

    def stepped(index: int) -> None:
        if acting:
            for number in [n for n in digests if n > index]:
                del digests[number]
            digests[index] = digest(session.document)

    session.stack.indexChanged.connect(stepped)
    for _ in range(250):
        roll = person.chance.random()
        if roll < 0.6:
            acting = True
            act(session, person)
            acting = False
        elif roll < 0.8:
            session.undo()
        elif roll < 0.9:
            session.redo()
        else:
            session.go_to(person.chance.randrange(session.stack.count() + 1))
        if time.random() < rests:
            session.undo_memory.rest()
        assert digest(session.document) == digests[session.stack.index()]
        assert in_memory(session) <= budget + nearest(session)
    assert session.undo_memory.nbytes_on_disk > 0
    while session.stack.canUndo():
        session.undo()
        assert digest(session.document) == digests[session.stack.index()]
    assert session.document == session.original


def test_what_is_shown_is_in_memory(qapp: object) -> None:
    session = new_session(budget=0)
    for value in (10, 20, 30, 40):
        pixels = np.full((300, 600, 4), 255, np.uint8)
        pixels[..., 0] = value
        session.apply(edits.SetPixels(PHOTO), {"pixels": Tiles.from_array(pixels)})
    first = session.original.find(PHOTO).tiles
    assert all(block.is_stowed for block in first.blocks.values())
    assert (first.to_array() == noise(600, 300)).all()  # read where it lies
    session.go_to(0)
    assert not any(block.is_stowed for block in session.document.blocks())
    last = session.stack.command(3).after
    assert all(block.is_stowed for block in last.blocks())
    session.go_to(4)
    assert session.document is last
    assert last.find(PHOTO).tiles.to_array()[0, 0, 0] == 40


def test_qts_own_history_view_brings_pixels_back_too(qapp: object) -> None:
    session = new_session(budget=0)
    for seed in range(3):
        session.apply(edits.SetPixels(PHOTO), {"pixels": Tiles.from_array(noise(600, 300, seed))})
    session.stack.setIndex(0)
    assert not any(block.is_stowed for block in session.document.blocks())


def test_going_up_and_down_does_not_fill_the_disk(qapp: object) -> None:
    session = new_session(budget=0)
    for seed in range(4):
        session.apply(edits.SetPixels(PHOTO), {"pixels": Tiles.from_array(noise(600, 300, seed))})
    session.go_to(0)
    used = session.undo_memory.nbytes_on_disk
    for _ in range(5):
        session.go_to(4)
        session.go_to(0)
    assert 0 < session.undo_memory.nbytes_on_disk <= used + 4 * 6 * BLOCK
    most = session.undo_memory.nbytes_on_disk
    for _ in range(5):
        session.go_to(4)
        session.go_to(0)
    assert session.undo_memory.nbytes_on_disk == most


def test_the_room_of_forgotten_steps_is_used_again(qapp: object) -> None:
    session = new_session(budget=0)
    sizes = []
    for _round in range(4):
        for seed in range(5):
            pixels = Tiles.from_array(noise(600, 300, seed))
            session.apply(edits.SetPixels(PHOTO), {"pixels": pixels})
            del pixels
        session.go_to(0)
        sizes.append(session.undo_memory.nbytes_on_disk)
    assert sizes[-1] <= sizes[0] + 6 * BLOCK


def test_a_full_disk_costs_memory_and_nothing_else(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(SpillFile):
        def _written(self, pixels: object) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(undo_memory, "SpillFile", Full)
    session = new_session(budget=0)
    states = [digest(session.document)]
    for seed in range(4):
        session.apply(edits.SetPixels(PHOTO), {"pixels": Tiles.from_array(noise(600, 300, seed))})
        states.append(digest(session.document))
    for state in reversed(states[:-1]):
        session.undo()
        assert digest(session.document) == state


def test_the_test_above_would_see_a_lost_block(tmp_path: Path) -> None:
    class Broken(SpillFile):
        def _written(self, pixels: object) -> int:
            return 0  # every block is put at the beginning, and none is written

    spill = Broken(tmp_path)
    block = next(iter(Tiles.from_array(noise(256, 256)).blocks.values()))
    spill.stow(block)
    with pytest.raises(ValueError, match="reshape"):
        _ = block.pixels


def test_a_random_person_reaches_every_kind_of_edit(qapp: object) -> None:
    """So that the test of undo is worth its name."""
    session = new_session()
    refused: list[Problem] = []
    session.failed.connect(refused.append)
    person = Person(1)
    seen: set[type] = set()
    documents: list[Document] = []
    for _ in range(300):
        act(session, person)
        documents.append(session.document)
    for number in range(session.stack.count()):
        seen |= {type(done.step) for done in session.stack.command(number).done}
    assert len(seen) >= 40
    assert any(isinstance(x.content, GroupContent) for d in documents for x in d.walk())
    assert isinstance(session.stack, QUndoStack)
