# SPDX-License-Identifier: Apache-2.0
"""Blocks of which undo keeps what a step has changed, and no more."""

from __future__ import annotations

import random
import threading
import weakref

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO, from_photo
from prodedit.core.tiles import Block, Tiles
from prodedit.editing.session import EditSession
from prodedit.editing.undo_parts import Parts
from tests.editing.test_session import Desk
from tests.window import noise

BLOCK = 256 * 256 * 4
SIZE = (1024, 512)


def new_session(budget: int = 1 << 30) -> EditSession:
    photo = from_photo(Tiles.from_array(noise(*SIZE)), "photo")
    return EditSession(photo, "mug.jpg", Desk(), budget=budget)


def tiles(session: EditSession) -> Tiles:
    layer = session.document.find(PHOTO)
    assert layer is not None
    assert layer.tiles is not None
    return layer.tiles


def paint(session: EditSession, x: int, y: int, width: int = 600, height: int = 30) -> None:
    band = noise(width, height, seed=x * 1000 + y)
    session.apply(edits.SetPixels(PHOTO), {"pixels": tiles(session).paste(band, x, y)})


def held(session: EditSession) -> int:
    """Bytes of the pixels that undo holds: those of parts, and those of whole blocks."""
    return session.undo_memory.nbytes


def test_old_strokes_take_up_little_more_than_their_pixels(qapp: object) -> None:
    session = new_session()
    seen = [tiles(session).to_array()]
    for step in range(20):
        paint(session, 20 * step, 17 * step % 480)
        seen.append(tiles(session).to_array())
    before = held(session)
    session.undo_memory.rest()
    # The step before the present one is kept whole, so that undo is quick.
    assert held(session) <= 19 * (600 * 30 * 4) + 8 * BLOCK < before / 4
    for pixels in reversed(seen):
        assert (tiles(session).to_array() == pixels).all()
        session.undo()
        session.undo_memory.rest()
    session.go_to(20)
    assert (tiles(session).to_array() == seen[-1]).all()


def test_it_happens_by_itself_when_nothing_else_does(qtbot: QtBot) -> None:
    session = new_session()
    for step in range(4):
        paint(session, 10, 100 * step)
    whole = held(session)
    qtbot.waitUntil(lambda: held(session) < whole / 2)


def test_a_thousand_strokes_on_one_block_come_back(qapp: object) -> None:
    """Each old block is a part on the next one: a long row of them would overflow the stack when
    it is put together, and when it is let go of."""
    session = new_session()
    first = tiles(session).to_array()
    for step in range(1200):
        paint(session, step % 50, step % 40, 40, 10)
    session.undo_memory.rest()
    assert held(session) < 1200 * 40 * 10 * 4 + (1200 / 32 + 3) * BLOCK
    assert (session.original.find(PHOTO).tiles.to_array() == first).all()  # type: ignore[union-attr]
    session.go_to(0)
    assert (tiles(session).to_array() == first).all()


def test_blocks_that_changed_all_over_stay_whole(qapp: object) -> None:
    session = new_session()
    for seed in range(4):
        whole = Tiles.from_array(noise(*SIZE, seed + 50))
        session.apply(edits.SetPixels(PHOTO), {"pixels": whole})
    before = held(session)
    session.undo_memory.rest()
    assert held(session) == before


def test_masks_and_missing_blocks_come_back_too(qapp: object) -> None:
    session, chance = new_session(), random.Random(3)
    alpha = Tiles.empty(tiles(session).size, 1)
    seen: list[np.ndarray | None] = [None]
    session.apply(edits.SetMask(PHOTO), {"alpha": alpha})
    seen.append(alpha.to_array())
    for _ in range(12):
        x, y = chance.randrange(1000), chance.randrange(500)
        alpha = alpha.paste(np.full((40, 90), chance.randrange(256), np.uint8), x, y)
        session.apply(edits.PaintMask(PHOTO), {"alpha": alpha})
        seen.append(alpha.to_array())
        session.undo_memory.rest()
    for expected in reversed(seen):
        mask = session.document.find(PHOTO).mask  # type: ignore[union-attr]
        assert (mask is None) == (expected is None)
        assert mask is None or (mask.alpha.to_array() == expected).all()
        session.undo()


def test_two_blocks_never_rest_on_one_another() -> None:
    parts = Parts()
    pixels = noise(256, 256)
    blocks = []
    for value in range(4):
        pixels[value, value] = value
        blocks.append(Block(pixels.copy()))
    contents = [block.pixels.copy() for block in blocks]
    for pair in ((blocks[0], blocks[1]), (blocks[1], blocks[2]), (blocks[2], blocks[3])):
        assert parts.may_fit(pair)
        assert parts.keep(pair)
    assert not any(parts.may_fit((blocks[3], block)) for block in blocks)
    assert parts.nbytes(blocks[0]) <= 4 * 4
    for block, content in zip(blocks, contents, strict=True):
        assert (block.pixels == content).all()


def test_what_is_shown_again_keeps_no_other_block_alive(qapp: object) -> None:
    parts = Parts()
    old, new = Block(noise(256, 256)), Block(noise(256, 256).copy())
    assert parts.keep((old, new))
    old.recall()
    parts.forget(old)
    gone = weakref.ref(new)
    del new
    assert gone() is None
    assert (old.pixels == noise(256, 256)).all()


@pytest.mark.parametrize("budget", [1 << 30, 3 * BLOCK])
def test_another_thread_may_read_what_the_window_puts_away(qapp: object, budget: int) -> None:
    session = new_session(budget)
    documents, contents = [], []
    for step in range(12):
        paint(session, 30 * step, 40 * step % 480)
        documents.append(session.document)
        contents.append(tiles(session).to_array())
    wrong: list[int] = []
    done = threading.Event()

    def read() -> None:
        chance = random.Random(1)
        while not done.is_set():
            number = chance.randrange(12)
            layer = documents[number].find(PHOTO)
            assert layer is not None
            assert layer.tiles is not None
            if not (layer.tiles.to_array() == contents[number]).all():
                wrong.append(number)

    reader = threading.Thread(target=read)
    reader.start()
    for index in [3, 11, 0, 12, 5, 6, 7, 2, 12] * 3:
        session.go_to(index)
        session.undo_memory.rest()
    done.set()
    reader.join()
    assert not wrong
