# SPDX-License-Identifier: Apache-2.0
"""One place replaces a document; results land, or are told to be homeless; drags are one step."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.geometry import Point, Rect
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.orders import Landing, Order
from prodedit.editing.session import EditSession
from prodedit.engine.results import MaskResult, PicturesResult, PixelsResult
from prodedit.engine.service.jobs import Job, State
from prodedit.engine.tasks import PreviewStyles, RemoveBackground, Seed, SelectObject, TransferStyle
from prodedit.gui.document_view import DocumentView
from tests.fakes import mask_of
from tests.window import digest, noise

TASK = RemoveBackground(model="mask")


class Desk:
    """Takes tasks; the test says how they end."""

    def __init__(self) -> None:
        self.orders: list[Order] = []
        self.cancelled: list[str] = []

    def submit(self, order: Order) -> None:
        self.orders.append(order)

    def cancel(self, job_id: str) -> None:
        self.cancelled.append(job_id)


def painted(order: Order) -> Job:
    """All of the photo in one colour."""
    pixels = np.full((240, 320, 4), 7, np.uint8)
    job = Job(order.job_id, order.task, layer=order.layer_id).started(0.0)
    return job.finished(PixelsResult(pixels))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def session(desk: Desk, qapp: object) -> EditSession:
    return EditSession(from_photo(Tiles.from_array(noise()), "photo"), "mug.jpg", desk)


def result_for(order: Order) -> MaskResult:
    tiles = order.document.find(order.layer_id).tiles
    return mask_of(tiles.to_array(), TASK)


def finished(order: Order) -> Job:
    job = Job(order.job_id, order.task, layer=order.layer_id).started(0.0)
    return job.finished(result_for(order))


def test_an_edit_is_one_change_told_once(session: EditSession) -> None:
    told: list[tuple[Document, Document, object]] = []
    session.changed.connect(lambda *change: told.append(change))
    before = session.document
    assert session.apply(edits.SetOpacity(PHOTO, 0.5))
    assert [change[:2] for change in told] == [(before, session.document)]
    assert told[0][2] == (Rect(0, 0, 320, 240),)
    assert session.is_dirty
    session.undo()
    assert session.document is before
    assert not session.is_dirty
    session.redo()
    assert session.document is told[0][1]


@pytest.mark.parametrize(
    "edit",
    [edits.SetOpacity("no such layer", 0.5), edits.Ungroup(PHOTO), edits.GrowMask(PHOTO, 2)],
    ids=["missing", "no group", "no mask"],
)
def test_an_impossible_edit_says_why_and_changes_nothing(
    session: EditSession, edit: edits.Edit
) -> None:
    told: list[Problem] = []
    session.failed.connect(told.append)
    before = session.document
    assert not session.apply(edit)
    assert session.document is before
    assert session.stack.count() == 0
    assert len(told) == 1
    assert str(told[0])


def test_a_drag_is_one_step(session: EditSession) -> None:
    before, gesture = session.document, object()
    for percent in (90, 70, 40):
        session.apply(edits.SetOpacity(PHOTO, percent / 100), gesture=gesture)
    session.apply(edits.SetOpacity(PHOTO, 0.2), gesture=object())
    assert session.stack.count() == 2
    session.undo()
    assert session.active_layer.opacity == 0.4
    session.undo()
    assert session.document is before


def test_a_drag_keeps_none_of_its_steps(desk: Desk, qapp: object) -> None:
    """Each of a hundred positions of a slider is a document."""
    session = EditSession(from_photo(Tiles.from_array(noise()), "photo"), "mug.jpg", desk)
    between, gesture = list[weakref.ref[Document]](), object()
    for percent in (90, 70, 40):
        session.apply(edits.SetOpacity(PHOTO, percent / 100), gesture=gesture)
        between.append(weakref.ref(session.document))
    gc.collect()
    assert [one() is None for one in between] == [True, True, False]
    gone = weakref.ref(session)
    session.end()
    QCoreApplication.sendPostedEvents(session, QEvent.Type.DeferredDelete)
    del session
    gc.collect()
    assert gone() is None


def test_a_drag_that_comes_back_leaves_no_step(session: EditSession) -> None:
    gesture = object()
    for percent in (90, 40, 100):
        session.apply(edits.SetOpacity(PHOTO, percent / 100), gesture=gesture)
    assert session.stack.count() == 0
    assert not session.is_dirty


def test_a_preview_is_shown_and_not_kept(session: EditSession) -> None:
    shown: list[Document] = []
    session.previewed.connect(lambda document, _rects: shown.append(document))
    session.preview_edit(edits.SetOpacity(PHOTO, 0.5))
    assert shown[-1].find(PHOTO).opacity == 0.5
    assert session.document.find(PHOTO).opacity == 1.0
    session.end_preview()
    assert session.shown is session.document
    assert session.stack.count() == 0


def test_a_result_becomes_one_step(session: EditSession, desk: Desk) -> None:
    session.submit(TASK)
    order = desk.orders[0]
    assert session.pending == (order,)
    session.job_moved(finished(order))
    mask = session.active_layer.mask
    assert (mask.alpha.to_array() == result_for(order).alpha).all()
    assert mask.score == 0.5
    assert mask.task["networks"].startswith("mask@")
    assert session.stack.count() == 1
    assert session.pending == ()


def test_other_changes_meanwhile_do_not_matter(session: EditSession, desk: Desk) -> None:
    session.submit(TASK)
    session.apply(edits.SetOpacity(PHOTO, 0.5))
    session.apply(edits.RenameLayer(PHOTO, "product"))
    session.job_moved(finished(desk.orders[0]))
    layer = session.active_layer
    assert (layer.opacity, layer.name) == (0.5, "product")
    assert layer.mask is not None


@pytest.mark.parametrize("change", ["pixels", "deleted"])
def test_a_result_whose_layer_changed_is_offered_as_a_new_one(
    session: EditSession, desk: Desk, change: str
) -> None:
    homeless: list[tuple[Order, Landing]] = []
    session.result_homeless.connect(lambda *found: homeless.append(found))
    session.submit(TASK)
    before = session.document
    if change == "pixels":
        black = Tiles.from_array(np.zeros((240, 320, 4), np.uint8))
        session.apply(edits.SetPixels(PHOTO), {"pixels": black})
    else:
        session.apply(edits.RemoveLayer(PHOTO))
    changed = session.document
    session.job_moved(finished(desk.orders[0]))
    assert session.document is changed
    assert len(homeless) == 1
    session.insert_result(*homeless[0])
    added = session.active_layer
    assert added.id != PHOTO
    assert added.tiles is before.find(PHOTO).tiles
    assert (added.mask.alpha.to_array() == result_for(desk.orders[0]).alpha).all()
    assert session.stack.count() == 2
    session.undo()
    assert digest(session.document) == digest(changed)


def test_a_style_lands_beside_the_photo_as_one_step(session: EditSession, desk: Desk) -> None:
    photo = session.active_layer
    session.submit(TransferStyle("wave"), inputs={"style": photo.tiles})
    assert dict(desk.orders[0].inputs) == {"style": photo.tiles}
    session.job_moved(painted(desk.orders[0]))
    assert session.active_layer is photo
    assert [layer.tiles.to_array()[0, 0, 3] for layer in session.document.layers] == [255, 7]
    session.undo()
    assert session.document.layers == (photo,)


def test_a_style_whose_photo_changed_brings_that_photo_along(
    session: EditSession, desk: Desk
) -> None:
    homeless: list[tuple[Order, Landing]] = []
    session.result_homeless.connect(lambda *found: homeless.append(found))
    alpha = np.zeros((240, 320), np.uint8)
    session.apply(edits.SetMask(PHOTO), {"alpha": Tiles.from_array(alpha)})
    session.apply(edits.EnableMask(PHOTO, False))
    session.submit(TransferStyle("wave", scope="product"))
    session.apply(edits.RemoveLayer(PHOTO))
    session.job_moved(painted(desk.orders[0]))
    session.insert_result(*homeless[0])
    below, above = session.document.layers
    assert (below.mask.enabled, above.mask.alpha.to_array().any()) == (False, False)
    session.undo()
    assert session.document.layers == ()


def test_what_is_only_looked_at_lands_nowhere(session: EditSession, desk: Desk) -> None:
    seen: list[State] = []
    told: list[Problem] = []
    session.failed.connect(told.append)
    before, task = session.document, PreviewStyles(("wave",))
    ids = [session.look(task, before, PHOTO, lambda job: seen.append(job.state)) for _ in range(3)]
    session.cancel(ids[2])
    assert desk.cancelled == [ids[2]]
    jobs = [Job(job_id, task).started(0.0) for job_id in ids]
    session.job_moved(jobs[0])
    assert seen == []
    session.job_moved(jobs[0].finished(PicturesResult(np.zeros((1, 4, 4, 4), np.uint8))))
    session.job_moved(jobs[1].failed(Problem("It did not work.")))
    session.job_moved(jobs[2].cancelled())
    assert seen == [State.DONE, State.FAILED, State.CANCELLED]
    assert (session.document is before, told, session.pending) == (True, [], ())


def test_failed_and_cancelled_jobs_change_nothing(session: EditSession, desk: Desk) -> None:
    told: list[Problem] = []
    session.failed.connect(told.append)
    before = session.document
    for _ in range(2):
        session.submit(TASK)
    first, second = desk.orders
    session.job_moved(Job(first.job_id, TASK).cancelled())
    session.job_moved(Job(second.job_id, TASK).failed(Problem("It did not work.")))
    assert [str(problem) for problem in told] == ["It did not work."]
    assert session.document is before
    assert session.pending == ()
    session.job_moved(finished(first))  # comes too late
    assert session.document is before


def test_jobs_of_others_are_passed_over(session: EditSession) -> None:
    other = Job("another's", TASK)
    session.job_moved(replace(other, state=State.DONE, result=None))
    assert session.stack.count() == 0


def test_closing_cancels_what_was_asked_for(session: EditSession, desk: Desk) -> None:
    ids = [session.submit(TASK) for _ in range(2)]
    session.cancel_jobs()
    assert desk.cancelled == ids


def test_saving_an_older_state_leaves_the_session_dirty(
    session: EditSession, tmp_path: object
) -> None:
    from pathlib import Path

    session.apply(edits.SetOpacity(PHOTO, 0.5))
    written = session.document
    session.apply(edits.SetOpacity(PHOTO, 0.4))
    session.mark_saved(Path("a.ora"), written)
    assert session.is_dirty
    session.mark_saved(Path("a.ora"), session.document)
    assert not session.is_dirty
    assert session.name == "a.ora"


def test_the_active_layer_is_always_one_of_the_document(session: EditSession, qtbot: QtBot) -> None:
    session.apply(edits.DuplicateLayer(PHOTO, "copy", "copy"))
    session.activate("copy")
    with qtbot.waitSignal(session.active_changed):
        session.undo()
    assert session.active_id == PHOTO
    session.activate("no such layer")
    assert session.active_id == PHOTO
    session.apply(edits.RemoveLayer(PHOTO))
    assert session.active_id == ""
    assert session.active_layer is None


def test_a_stroke_that_came_during_a_click_is_not_lost(session: EditSession, desk: Desk) -> None:
    homeless: list[object] = []
    session.result_homeless.connect(lambda *found: homeless.append(found))
    alpha = Tiles.from_array(np.full((240, 320), 200, np.uint8))
    session.submit(SelectObject((Seed(3, 4, True),)))
    session.apply(edits.SetMask(PHOTO), {"alpha": alpha})
    session.job_moved(finished(desk.orders[0]))
    assert session.active_layer.mask.alpha is alpha
    assert len(homeless) == 1


def test_clicks_wait_for_one_another_and_then_go_together(
    qapp: object, qtbot: QtBot, session: EditSession, desk: Desk
) -> None:
    view = DocumentView(session)
    qtbot.addWidget(view)
    for x in (10, 20, 30):
        view._object_clicked(Point(x, 5), True)
    assert [order.task.seeds for order in desk.orders] == [(Seed(10, 5, True),)]
    session.job_moved(finished(desk.orders[0]))
    qtbot.waitUntil(lambda: len(desk.orders) == 2)
    assert desk.orders[1].task.seeds == (Seed(20, 5, True), Seed(30, 5, True))
    assert desk.orders[1].document is session.document  # with what the first click has found
    session.job_moved(finished(desk.orders[1]))
    assert session.stack.count() == 2
