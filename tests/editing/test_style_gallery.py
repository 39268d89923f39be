# SPDX-License-Identifier: Apache-2.0
"""The gallery of styles: a few pictures at a time, each once, none after a cancel."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO, from_photo
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.errands import Errands
from prodedit.editing.jobs_model import PREVIEW
from prodedit.editing.session import EditSession, Order
from prodedit.editing.style_gallery import AT_ONCE, StyleGallery
from prodedit.engine.results import PicturesResult
from prodedit.engine.service.jobs import Job
from prodedit.engine.styles import STYLES
from tests.window import noise

ALL = [style.id for style in STYLES]


class Desk:
    """Takes tasks; the test says how they end."""

    def __init__(self) -> None:
        self.orders: list[Order] = []
        self.cancelled: list[str] = []

    def submit(self, order: Order) -> None:
        self.orders.append(order)

    def cancel(self, job_id: str) -> None:
        self.cancelled.append(job_id)


class Bench:
    """A session, its gallery, and what came of it."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.session = EditSession(from_photo(Tiles.from_array(noise()), "p"), "p", self.desk)
        self.errands = Errands("made")
        self.gallery = StyleGallery(self.session, self.errands.run, side=32)
        self.came: list[str] = []
        self.ends: list[Problem | None] = []
        self.gallery.arrived.connect(lambda style, picture: self.came.append(style))
        self.gallery.ended.connect(self.ends.append)

    def show(self) -> None:
        self.gallery.show(PHOTO)
        self.errands.wait()

    def answer(self) -> None:
        """The order that came last is done."""
        order = self.desk.orders[-1]
        pictures = np.zeros((len(order.task.styles), 24, 32, 4), np.uint8)
        self.move(order, PicturesResult(pictures))

    def move(self, order: Order, end: PicturesResult | Problem | None) -> None:
        job = Job(order.job_id, order.task, layer=order.layer_id).started(0.0)
        if isinstance(end, PicturesResult):
            job = job.finished(end)
        else:
            job = job.cancelled() if end is None else job.failed(end)
        self.session.job_moved(job)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench()
    try:
        yield made
    finally:
        made.errands.close()


def test_all_styles_come_a_few_at_a_time(bench: Bench) -> None:
    bench.show()
    order = bench.desk.orders[0]
    assert (order.layer_id, tuple(order.document.size)) == (PREVIEW, (32, 24))
    while len(bench.came) < len(ALL):
        answered = len(bench.desk.orders)
        bench.answer()
        assert len(bench.came) == min(len(ALL), AT_ONCE * answered)
    assert bench.came == ALL
    assert bench.ends == [None]
    assert len(bench.desk.orders) == -(-len(ALL) // AT_ONCE)


def test_a_known_photo_costs_nothing(bench: Bench) -> None:
    bench.show()
    while not bench.ends:
        bench.answer()
    orders = len(bench.desk.orders)
    bench.show()
    assert bench.came == ALL + ALL
    assert bench.ends == [None, None]
    assert len(bench.desk.orders) == orders


def test_cancelling_keeps_what_came_and_goes_on_from_there(bench: Bench) -> None:
    bench.show()
    bench.answer()
    bench.gallery.cancel()
    assert bench.desk.cancelled == [bench.desk.orders[-1].job_id]
    bench.move(bench.desk.orders[-1], None)
    assert (bench.came, bench.ends) == (ALL[:AT_ONCE], [])
    bench.show()
    assert bench.desk.orders[-1].task.styles == tuple(ALL[AT_ONCE : 2 * AT_ONCE])


def test_another_photo_begins_anew(bench: Bench) -> None:
    bench.show()
    bench.answer()
    black = Tiles.from_array(np.zeros((240, 320, 4), np.uint8))
    bench.session.apply(edits.SetPixels(PHOTO), {"pixels": black})
    late = bench.desk.orders[-1]
    bench.show()
    bench.move(late, PicturesResult(np.zeros((AT_ONCE, 24, 32, 4), np.uint8)))
    assert bench.came == ALL[:AT_ONCE]
    assert bench.desk.orders[-1].task.styles == tuple(ALL[:AT_ONCE])


def test_asking_twice_asks_once(bench: Bench) -> None:
    bench.show()
    bench.show()
    assert len(bench.desk.orders) == 1


def test_a_failure_ends_it_and_is_told_once(bench: Bench) -> None:
    told: list[Problem] = []
    bench.session.failed.connect(told.append)
    bench.show()
    bench.move(bench.desk.orders[-1], Problem("The model is not here."))
    assert [str(end) for end in bench.ends] == ["The model is not here."]
    assert told == []
    bench.show()
    assert len(bench.desk.orders) == 2


def test_no_photo_no_gallery(bench: Bench) -> None:
    bench.gallery.show("no such layer")
    assert bench.desk.orders == []
