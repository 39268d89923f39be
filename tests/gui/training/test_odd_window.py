# SPDX-License-Identifier: Apache-2.0
"""The window that tells which pictures are odd: found, stopped, refused, opened."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from prodedit.core.problem import Problem
from prodedit.engine.training.gate import Odd
from prodedit.gui.training.odd_window import OddWindow

FOUND = (Odd(name="hats/mug.png", strangeness=4.5), Odd(name="hats/1.png", strangeness=1.0))


class Searched:
    """The window, with something that searches at a word."""

    def __init__(self, qtbot: QtBot) -> None:
        self.asked: list[tuple[Path, bool]] = []
        self.go = threading.Event()
        self.problem: Problem | None = None
        self.window = OddWindow(self._search)
        qtbot.addWidget(self.window)
        self.window.show()

    def _search(
        self, folder: Path, cut_out: bool, report: Callable[[float, str], None]
    ) -> tuple[Odd, ...]:
        self.asked.append((folder, cut_out))
        report(0.5, "1.png")
        while not self.go.wait(0.01):
            report(0.5, "1.png")
        if self.problem is not None:
            raise self.problem
        return FOUND

    @property
    def rows(self) -> list[tuple[str, str]]:
        rows = (self.window.list.topLevelItem(n) for n in range(2))
        return [(row.text(0), row.text(1)) for row in rows if row is not None]


@pytest.fixture
def searched(qtbot: QtBot) -> Iterator[Searched]:
    searched = Searched(qtbot)
    yield searched
    searched.go.set()
    searched.window.stop()


def test_the_odd_ones_are_listed_and_opened(
    searched: Searched, tmp_path: Path, qtbot: QtBot
) -> None:
    window = searched.window
    assert not window.button.isEnabled()
    window.use_folder(tmp_path / "nowhere")
    assert not window.button.isEnabled()
    window.use_folder(tmp_path)
    window.cut_out.setChecked(False)
    window.button.click()
    qtbot.waitUntil(lambda: window.told.text() == "1.png")
    assert window.button.text() == "Stop"
    searched.go.set()
    qtbot.waitUntil(lambda: window.button.text() == "Look")
    assert searched.asked == [(tmp_path, False)]
    assert searched.rows == [("hats/mug.png", "4.50"), ("hats/1.png", "1.00")]
    first = window.list.topLevelItem(0)
    with qtbot.waitSignal(window.open_wanted) as opened:
        window.list.itemActivated.emit(first, 0)
    assert opened.args == [tmp_path / "hats" / "mug.png"]


def test_it_can_be_stopped(searched: Searched, tmp_path: Path, qtbot: QtBot) -> None:
    window = searched.window
    window.use_folder(tmp_path)
    window.button.click()
    qtbot.waitUntil(lambda: window.told.text() == "1.png")
    window.button.click()
    qtbot.waitUntil(lambda: window.button.text() == "Look")
    assert searched.rows == []
    assert window.told.text() == ""


def test_a_failure_is_said(searched: Searched, tmp_path: Path, qtbot: QtBot) -> None:
    searched.problem = Problem("Of {found} pictures none is one.", code="none", found=3)
    searched.go.set()
    searched.window.use_folder(tmp_path)
    searched.window.button.click()
    qtbot.waitUntil(lambda: searched.window.told.property("role") == "error")
    assert searched.window.told.text() == "Of 3 pictures none is one."
