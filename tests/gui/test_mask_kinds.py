# SPDX-License-Identifier: Apache-2.0
"""The mask brush on masks of every kind of layer, and where a mask did not move with its layer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.adjust.values import Invert
from prodedit.core.document import PHOTO
from prodedit.core.layer import Colour, SolidFill
from prodedit.core.paint.stroke import Brush
from prodedit.core.shape import RectangleShape
from prodedit.gui.tools.mask_brush import MaskBrush
from tests.gui.benches import Bench, new_bench

WHITE = Colour(255, 255, 255)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    with new_bench(qtbot) as bench:
        yield bench


def brushing(bench: Bench, restores: bool, size: float) -> None:
    bench.choose(MaskBrush)
    brush = bench.tool
    assert isinstance(brush, MaskBrush)
    brush.set_brush(Brush(size, 1.0, 1.0))
    brush.set_restores(restores)


def pixel(bench: Bench, x: int, y: int) -> tuple[int, int, int]:
    """As the canvas shows it, without the brush's ring."""
    QApplication.sendEvent(bench.canvas, QEvent(QEvent.Type.Leave))
    bench.canvas.settle()
    colour = bench.canvas.grab().toImage().pixelColor(x, y)
    return colour.red(), colour.green(), colour.blue()


KINDS: list[edits.Edit] = [
    edits.AddFillLayer("on", "White", SolidFill(WHITE)),
    edits.AddAdjustmentLayer("on", "Invert", Invert()),
    edits.AddShapeLayer("on", "Box", RectangleShape(700, 500), SolidFill(WHITE), x=20.5, y=30),
    edits.Together(
        (
            edits.DuplicateLayer(PHOTO, "inner", "inner"),
            edits.AddGroup("on", "Group", ("inner",)),
            edits.AddAdjustmentLayer("up", "Invert", Invert(), "on"),
        )
    ),
]


@pytest.mark.parametrize("add", KINDS, ids=lambda edit: type(edit).__name__)
def test_it_makes_and_paints_the_mask_of_any_kind_of_layer(bench: Bench, add: edits.Edit) -> None:
    photo = pixel(bench, 200, 200)
    bench.session.apply(add)
    bench.session.activate("on")
    covered = pixel(bench, 200, 200)
    assert covered != photo
    brushing(bench, restores=False, size=40)
    bench.drag((150, 200), (250, 200))
    assert pixel(bench, 200, 200) == photo
    assert pixel(bench, 200, 260) == covered
    assert bench.problems == []
    assert bench.session.stack.count() == 2
    mask = bench.session.document.find("on").mask
    brushing(bench, restores=True, size=60)
    bench.drag((150, 200), (250, 200))
    assert pixel(bench, 200, 200) == covered
    assert bench.session.document.find("on").mask.transform == mask.transform
    bench.session.undo()
    bench.session.undo()
    assert bench.session.document.find("on").mask is None
    assert pixel(bench, 200, 200) == covered


def test_a_mask_that_stayed_behind_is_painted_where_it_lies(bench: Bench) -> None:
    bench.session.apply(edits.AddMask(PHOTO))
    bench.session.apply(edits.LinkMask(PHOTO, False))
    bench.session.apply(edits.ShiftLayer(PHOTO, 120, 0))
    brushing(bench, restores=False, size=40)
    shown = pixel(bench, 300, 300)
    bench.drag((300, 200), (301, 200))
    assert pixel(bench, 300, 200) != shown
    assert pixel(bench, 420, 200) == shown
    assert pixel(bench, 180, 200) == shown
