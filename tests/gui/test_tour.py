# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from prodedit.gui.main_window import MainWindow
from prodedit.gui.tour import STOPS, Tour, beside, offer_tour


@pytest.fixture
def tour(window: MainWindow, qtbot: QtBot) -> Tour:
    window.actions_["tour"].trigger()
    found = window.findChild(Tour)
    assert isinstance(found, Tour)
    qtbot.waitExposed(found)
    return found


def test_the_panel_that_was_open_is_open_again(window: MainWindow) -> None:
    window.side.open("history")
    tour = Tour(window)
    while tour.stop.panel != "export":
        tour.next.click()
    assert window.side.open_id == "export"
    tour.close()
    assert window.side.open_id == "history"
    window.side.open("background")


def test_it_goes_round_and_ends(tour: Tour, window: MainWindow, qtbot: QtBot) -> None:
    window.actions_["tour"].trigger()
    assert len(window.findChildren(Tour)) == 1
    seen = []
    for stop in STOPS:
        assert tour.stop is stop
        assert tour.title.text()
        assert tour.rect().contains(tour.card.geometry()), stop.title
        lit = stop.of(window)
        assert lit.isVisible(), stop.title
        overlap = tour.card.geometry() & QRect(lit.mapTo(window, QPoint()), lit.size())
        large = lit.width() > 400 and lit.height() > 300
        assert large or overlap.isEmpty(), f"the card hides what it tells of: {stop.title}"
        seen.append(tour.text.text())
        if stop is not STOPS[-1]:
            tour.next.click()
    with qtbot.waitSignal(tour.ended):
        tour.next.click()
    assert len(set(seen)) == len(STOPS)


def test_back_and_escape(tour: Tour, qtbot: QtBot) -> None:
    assert not tour.back.isEnabled()
    tour.next.click()
    tour.back.click()
    assert tour.stop is STOPS[0]
    with qtbot.waitSignal(tour.ended):
        QTest.keyClick(tour, Qt.Key.Key_Escape)


def test_the_card_follows_the_window(tour: Tour, window: MainWindow, qtbot: QtBot) -> None:
    before = window.size()
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: tour.size() == window.size())
    assert tour.rect().contains(tour.card.geometry())
    window.resize(before)
    tour.close()


@pytest.mark.parametrize(
    ("lit", "place"),
    [
        (QRect(0, 0, 50, 700), QPoint(66, 250)),
        (QRect(950, 0, 50, 700), QPoint(633, 250)),
        (QRect(0, 0, 1000, 700), QPoint(350, 467)),
        (QRect(0, 0, 1000, 40), QPoint(350, 56)),
    ],
)
def test_where_the_card_goes(lit: QRect, place: QPoint) -> None:
    found = beside(lit, QSize(300, 200), QSize(1000, 700))
    assert (found - place).manhattanLength() <= 2


def test_it_is_offered_once(window: MainWindow) -> None:
    offer_tour(window)
    offer_tour(window)
    texts = [text for text in window.notices.texts if "minute" in text]
    assert len(texts) == 1
    button = next(
        b for b in window.notices.findChildren(QPushButton) if b.text() == "Show me round"
    )
    button.click()
    found = window.findChild(Tour)
    assert isinstance(found, Tour)
    found.close()
