# SPDX-License-Identifier: Apache-2.0
"""Clone, heal and erase object, worked by real mouse and key events."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from prodedit.core.document import PHOTO
from prodedit.core.problem import Problem
from prodedit.editing.orders import Order
from prodedit.engine.results import PicturesResult
from prodedit.engine.service.jobs import Job
from prodedit.engine.tasks import EraseObject
from prodedit.gui.tools import (
    CloneStamp,
    EraseObjectTool,
    Heal,
)
from tests.gui.benches import ALT, Bench, Desk, new_bench
from tests.gui.test_painting import GREY, PAINTED, new_layer, painting, pixels, spotted


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    with new_bench(qtbot) as bench:
        yield bench


# Clone and heal


def test_clone_copies_from_where_alt_was_clicked_and_goes_along_when_aligned(bench: Bench) -> None:
    spotted(bench)
    tool = painting(bench, CloneStamp, 20.0)
    bench.click((100, 100))
    assert [problem.code for problem in bench.problems] == ["no-source"]
    bench.drag((490, 100), (490, 100), modifiers=ALT)
    bench.click((100, 100))
    bench.click((120, 100))
    assert pixels(bench)[100, 100].tolist() == pixels(bench)[100, 115].tolist() == PAINTED
    bench.click((140, 100))
    assert pixels(bench)[100, 145].tolist() == GREY
    tool.set_choices(tool.choices._replace(aligned=False))
    bench.click((300, 200))
    bench.click((400, 200))
    assert pixels(bench)[200, 300].tolist() == pixels(bench)[200, 400].tolist() == PAINTED


def test_clone_of_all_layers_paints_on_an_empty_one(bench: Bench) -> None:
    spotted(bench)
    tool = painting(bench, CloneStamp, 20.0)
    new_layer(bench)
    bench.drag((500, 100), (500, 100), modifiers=ALT)
    bench.click((100, 100))
    assert not pixels(bench, "new").any()
    tool.set_choices(tool.choices._replace(all_layers=True))
    bench.click((100, 100))
    assert pixels(bench, "new")[100, 100].tolist() == PAINTED


def test_one_click_of_heal_takes_a_speck_away(bench: Bench) -> None:
    spotted(bench)
    painting(bench, Heal, 24.0)
    bench.click((200, 300))
    assert np.abs(pixels(bench)[290:310, 190:210].astype(int) - GREY).max() <= 1
    assert bench.session.stack.count() == 2
    bench.drag((150, 300), (150, 300), modifiers=ALT)
    assert isinstance(bench.tool, Heal)
    assert not bench.tool.choices.finds


# Erase object


def erasing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> list[Order]:
    """A stroke over the red field; what was asked of the engine."""
    orders: list[Order] = []
    monkeypatch.setattr(Desk, "submit", lambda _desk, order: orders.append(order))
    spotted(bench)
    bench.choose(EraseObjectTool)
    bench.drag((490, 100), (510, 100))
    return orders


def answered(bench: Bench, order: Order) -> None:
    """Three variants: lighter and lighter."""
    layer = order.document.layers[0]
    assert layer.tiles is not None
    size = layer.tiles.size
    shape = (size.height, size.width, 4)
    made = [np.full(shape, (level, level, level, 255), np.uint8) for level in (100, 150, 200)]
    job = Job(order.job_id, order.task).started(0.0).finished(PicturesResult(np.stack(made)))
    bench.session.job_moved(job)


def test_what_is_painted_over_goes_and_variants_are_one_step(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    (order,) = erasing(bench, monkeypatch)
    assert isinstance(order.task, EraseObject)
    hole = order.inputs["erase"].to_array()
    assert 1500 < (hole > 0).sum() < 12_000
    assert bench.session.document.find(PHOTO) is not None
    assert bench.session.shown is not bench.session.document  # the mark stays seen
    answered(bench, order)
    tool, steps = bench.tool, bench.session.stack.count()
    assert isinstance(tool, EraseObjectTool)
    assert pixels(bench)[100, 500].tolist() == [100, 100, 100, 255]
    assert pixels(bench)[300, 100].tolist() == GREY
    tool.set_value("variant", 2)
    assert pixels(bench)[100, 500].tolist() == [200, 200, 200, 255]
    tool.set_value("pour", 0.5)
    assert pixels(bench)[100, 500].tolist() == [105, 115, 200, 255]
    assert bench.session.stack.count() == steps
    bench.session.undo()
    assert pixels(bench)[100, 500].tolist() == PAINTED
    tool.set_value("variant", 0)  # too late: it was taken back
    assert pixels(bench)[100, 500].tolist() == PAINTED


def test_escape_and_failure_leave_the_picture_as_it_was(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancelled: list[str] = []
    monkeypatch.setattr(Desk, "cancel", lambda _desk, job_id: cancelled.append(job_id))
    (order,) = erasing(bench, monkeypatch)
    assert bench.tool.is_busy
    QTest.keyClick(bench.canvas, Qt.Key.Key_Escape)
    assert cancelled == [order.job_id]
    assert bench.session.shown is bench.session.document
    answered(bench, order)  # it came too late
    assert pixels(bench)[100, 500].tolist() == PAINTED
    (other,) = erasing(bench, monkeypatch)
    failed = Job(other.job_id, other.task).started(0.0).failed(Problem("No.", code="no"))
    bench.session.job_moved(failed)
    assert bench.problems[-1].code == "no"
    assert bench.session.shown is bench.session.document
    assert not bench.tool.is_busy
