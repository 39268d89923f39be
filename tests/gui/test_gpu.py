# SPDX-License-Identifier: Apache-2.0
"""The graphics card among the preferences, and what offers a pack for it over the canvas."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from prodedit.core.problem import Problem
from prodedit.data_files import DATA_VARIABLE
from prodedit.engine.gpu.cards import FOUND_VARIABLE
from prodedit.engine.gpu.making import FETCHING, Report
from prodedit.engine.gpu.place import Note, gpu_folder
from prodedit.engine.gpu.wanted import Wanted, version_word
from prodedit.gui.gpu.desk import GpuDesk
from prodedit.gui.gpu.offer import offer_gpu
from prodedit.gui.gpu.row import GpuRow
from prodedit.gui.main_window import MainWindow

CARD = "NVIDIA T4"


class Maker:
    """In place of what fetches gigabytes: waits for what it is to do."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.problem: Problem | None = None

    def __call__(self, want: Wanted, card: str, report: Report) -> Note:
        report(0.25, FETCHING)
        while not self.go.wait(0.01):
            report(0.25, FETCHING)
        if self.problem is not None:
            raise self.problem
        return put_pack()


def put_pack(version: str = "") -> Note:
    """A pack that seems to be there."""
    word = version or version_word()
    note = Note("made-x", "bin/python", word, "torch", "", "cuda", CARD, "0", 6_200_000_000)
    (gpu_folder() / "made-x" / "bin").mkdir(parents=True, exist_ok=True)
    (gpu_folder() / "made-x" / "bin" / "python").touch()
    (gpu_folder() / "pack.json").write_bytes(msgspec.json.encode(note))
    return note


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    monkeypatch.setenv(FOUND_VARIABLE, CARD)
    monkeypatch.setattr("prodedit.gui.gpu.row.torch_knows_cards", lambda: False)
    monkeypatch.setattr("prodedit.gui.gpu.offer.torch_knows_cards", lambda: False)


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture
def desk(window: MainWindow, maker: Maker, monkeypatch: pytest.MonkeyPatch) -> Iterator[GpuDesk]:
    desk = GpuDesk(window.workspace, window, maker)
    monkeypatch.setattr(window, "gpu", desk)
    window.workspace.change_settings(gpu_offered="")
    try:
        yield desk
    finally:
        desk.close()
        desk.deleteLater()
        for notice in window.notices.findChildren(type(window.notices.tell("over"))):
            notice.dismiss()


@pytest.fixture
def row(qtbot: QtBot, desk: GpuDesk) -> GpuRow:
    row = GpuRow(desk)
    qtbot.addWidget(row)
    row.show()
    qtbot.waitUntil(lambda: desk.card is not None)
    return row


def test_without_a_card_there_is_nothing_to_press(
    qtbot: QtBot, desk: GpuDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOUND_VARIABLE, "none")
    row = GpuRow(desk)
    qtbot.addWidget(row)
    row.show()
    qtbot.waitUntil(lambda: "No NVIDIA card" in row.told.text())
    assert not any(button.isVisible() for button in (row.fetch, row.cancel, row.remove))


def test_it_is_fetched_used_and_removed(qtbot: QtBot, row: GpuRow, maker: Maker) -> None:
    assert "about 3 GB" in row.told.text()
    assert CARD in row.told.text()
    row.fetch.click()
    qtbot.waitUntil(lambda: row.bar.isVisible() and row.bar.value() == 25)
    assert row.told.text() == FETCHING
    assert not row.fetch.isVisible()
    maker.go.set()
    qtbot.waitUntil(lambda: row.remove.isVisible())
    assert row.told.text() == f"{CARD} computes. Its GPU pack takes 6.2 GB of the disk."
    row.remove.click()
    assert row.fetch.isVisible()
    qtbot.waitUntil(lambda: not gpu_folder().exists())


def test_it_is_cancelled(qtbot: QtBot, row: GpuRow) -> None:
    row.fetch.click()
    qtbot.waitUntil(lambda: row.cancel.isVisible())
    row.cancel.click()
    qtbot.waitUntil(lambda: row.fetch.isVisible())
    assert row.told.property("role") == "secondary"


def test_why_it_failed_is_told_and_it_can_be_tried_again(
    qtbot: QtBot, row: GpuRow, maker: Maker
) -> None:
    maker.problem = Problem("The disk is full.", code="disk-full")
    maker.go.set()
    row.fetch.click()
    qtbot.waitUntil(lambda: row.told.text() == "The disk is full.")
    assert row.told.property("role") == "error"
    maker.problem = None
    row.fetch.click()
    qtbot.waitUntil(lambda: row.remove.isVisible())


def test_a_pack_of_another_version_can_be_made_anew(qtbot: QtBot, desk: GpuDesk) -> None:
    put_pack("of another version")
    row = GpuRow(desk)
    qtbot.addWidget(row)
    row.show()
    qtbot.waitUntil(lambda: row.fetch.isVisible())
    assert row.fetch.text() == "Make anew"
    assert row.remove.isVisible()
    assert "another version" in row.told.text()


def test_it_is_offered_once(qtbot: QtBot, window: MainWindow, desk: GpuDesk) -> None:
    offer_gpu(window)
    qtbot.waitUntil(lambda: any("several times as fast" in text for text in window.notices.texts))
    assert window.workspace.settings.gpu_offered == CARD
    before = window.notices.texts
    with qtbot.waitSignal(desk.looked):
        desk.look()
    assert window.notices.texts == before


def test_what_became_unusable_is_offered_anew(
    qtbot: QtBot, window: MainWindow, desk: GpuDesk
) -> None:
    window.workspace.change_settings(gpu_offered=CARD)
    (gpu_folder()).mkdir(parents=True)
    (gpu_folder() / "pack.json").write_text("cut of")
    offer_gpu(window)
    qtbot.waitUntil(lambda: any("Making it anew" in text for text in window.notices.texts))


def test_a_fall_back_is_told(qtbot: QtBot, window: MainWindow, desk: GpuDesk) -> None:
    offer_gpu(window)
    problem = Problem("The GPU pack could not be used.", code="gpu-not-used", details="why")
    tell = threading.Thread(target=window.workspace.worker._fell.emit, args=(problem,))
    tell.start()
    qtbot.waitUntil(lambda: "The GPU pack could not be used." in window.notices.texts)
    tell.join()
