# SPDX-License-Identifier: Apache-2.0
"""Garbage is collected where widgets live, and in no other thread."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from weakref import finalize

import pytest
from pytestqt.qtbot import QtBot

from prodedit.gui.garbage import GarbageCollection, collect_what_is_due


class Knot:
    """Holds itself, as a widget and its slots may."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture
def python_s_own() -> Iterator[None]:
    """As when the program begins."""
    gc.enable()
    yield
    gc.disable()


def knots(count: int, ended: list[threading.Thread]) -> None:
    for _ in range(count):
        finalize(Knot(), lambda: ended.append(threading.current_thread()))


def test_python_itself_collects_in_any_thread(python_s_own: None) -> None:
    """What the rest is for."""
    ended: list[threading.Thread] = []
    thread = threading.Thread(target=knots, args=(5_000, ended))
    thread.start()
    thread.join()
    assert thread in ended


def test_only_the_window_s_thread_collects(qtbot: QtBot, python_s_own: None) -> None:
    ended: list[threading.Thread] = []
    collection = GarbageCollection()
    thread = threading.Thread(target=knots, args=(5_000, ended))
    thread.start()
    thread.join()
    assert not ended
    qtbot.waitUntil(lambda: len(ended) == 5_000)
    assert set(ended) == {threading.main_thread()}
    collection.deleteLater()


def test_what_was_there_is_not_searched_again(qtbot: QtBot, python_s_own: None) -> None:
    collection = GarbageCollection()
    before = len(gc.get_objects())
    collection.settle()
    assert gc.get_freeze_count() >= before / 2
    assert len(gc.get_objects()) < before / 2
    collection.deleteLater()


def test_nothing_is_searched_while_little_was_made() -> None:
    gc.collect()
    before = [generation["collections"] for generation in gc.get_stats()]
    collect_what_is_due()
    assert [generation["collections"] for generation in gc.get_stats()] == before
