# SPDX-License-Identifier: Apache-2.0
"""Answers that come when the window, or the picture they were for, is gone; and what is kept alive
by having asked."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.errands import Errand
from prodedit.editing.workspace import Workspace
from prodedit.engine.service.jobs import Job
from prodedit.engine.tasks import SelectObject
from prodedit.gui.document_view import DocumentView
from prodedit.gui.late import soon, while_there
from prodedit.gui.panels.backdrop_section import BackdropSection
from prodedit.gui.panels.cutout_section import CutoutSection
from prodedit.gui.panels.export import ExportPanel
from tests.window import close_all, noise, open_noise, opened_window, opened_workspace


class Held(QWidget):
    """Remembers that it was called."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.calls: list[tuple[object, ...]] = []

    def take(self, *arguments: object) -> None:
        self.calls.append(arguments)


class Source(QObject):
    done = Signal(object)


class Asked(list[Errand]):
    """In place of a workspace's threads: nothing is done before it is answered."""

    def __call__(self, work: Callable[[], object], *, optional: bool = False) -> Errand:
        errand = Errand(work)
        errand.is_over = optional
        self.append(errand)
        return errand

    def answer(self) -> None:
        for errand in self:
            errand.done.emit(errand.work())
            errand.failed.emit(Problem("No.", code="no"))


@pytest.fixture
def workspace(qapp: QApplication, tmp_path: Path) -> Iterator[Workspace]:
    with opened_workspace(tmp_path / "own") as workspace:
        yield workspace


def test_an_answer_is_dropped_where_the_one_who_asked_is_gone(qtbot: QtBot) -> None:
    source, there, gone = Source(), Held(), Held()
    for held in (there, gone):
        source.done.connect(while_there(held, held.take, "first"))
    delete(gone)
    source.done.emit(1)
    assert there.calls == [("first", 1)]
    assert gone.calls == []


def test_an_answer_is_dropped_where_what_it_was_for_is_gone(qtbot: QtBot) -> None:
    source, there, of = Source(), Held(), Held()
    source.done.connect(while_there(there, there.take, of))
    delete(of)
    source.done.emit(1)
    assert there.calls == []


def test_what_is_done_soon_is_done_once(qtbot: QtBot) -> None:
    held = Held()
    soon(held, held.take)
    assert held.calls == []
    qtbot.waitUntil(lambda: held.calls == [()])
    qtbot.waitUntil(lambda: held.children() == [])


def test_what_was_to_be_done_soon_keeps_nobody_in_memory(qtbot: QtBot) -> None:
    window = QWidget()
    held = Held(window)
    left = weakref.ref(held)
    soon(held, held.take)
    del held
    delete(window)
    gc.collect()
    assert left() is None


def test_a_view_that_waits_to_submit_clicks_goes_with_its_window(
    qtbot: QtBot, workspace: Workspace
) -> None:
    session = workspace.open_pixels(Tiles.from_array(noise(64, 48)), "mug")
    window = QWidget()
    view = DocumentView(session, window)
    left = weakref.ref(view)
    view._job_changed(Job("1", SelectObject(())).cancelled())
    del view
    delete(window)
    gc.collect()
    assert left() is None


def test_a_closed_picture_is_not_kept_by_the_panels(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    with opened_window(qapp, tmp_path / "own") as window:
        window.side.open("properties")
        left = weakref.ref(open_noise(window))
        close_all(window)

        def gone() -> bool:
            gc.collect()
            return left() is None

        qtbot.waitUntil(gone)


@pytest.fixture
def asked(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Asked:
    asked = Asked()
    workspace.open_pixels(Tiles.from_array(noise(64, 48)), "mug")
    monkeypatch.setattr(workspace, "run", asked)
    monkeypatch.setattr(workspace, "make", asked)
    return asked


def test_the_export_panel_may_be_gone_before_its_sample_is_made(
    qtbot: QtBot, workspace: Workspace, asked: Asked
) -> None:
    panel = ExportPanel(workspace)
    panel.show()
    panel.set_session(workspace.current)
    panel._make_sample()
    assert len(asked) == 1
    delete(panel)
    asked.answer()


@pytest.mark.parametrize("ask", ["_ask_for_picture", "_ask_for_preview"])
def test_the_cut_out_may_be_gone_before_its_picture_is_made(
    qtbot: QtBot, workspace: Workspace, asked: Asked, ask: str
) -> None:
    section = CutoutSection(workspace)
    section.show()
    section.set_session(workspace.current)
    asked.clear()
    getattr(section, ask)()
    assert len(asked) == 1
    delete(section)
    asked.answer()


@pytest.mark.parametrize("gone", ["panel", "picture"])
def test_what_a_background_is_for_may_be_gone_before_it_is_read(
    qtbot: QtBot, workspace: Workspace, asked: Asked, tmp_path: Path, gone: str
) -> None:
    cv2.imwrite(str(tmp_path / "wall.png"), np.full((30, 40, 3), 90, np.uint8))
    section = BackdropSection(workspace)
    section.set_session(workspace.current)
    section.use_picture(tmp_path / "wall.png")
    assert len(asked) == 1
    if gone == "panel":
        delete(section)
    else:
        qtbot.addWidget(section)
        workspace.close_session(workspace.current)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    asked.answer()
