# SPDX-License-Identifier: Apache-2.0
"""Several layers are chosen beside the active one, and stay so while they are there."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO, from_photo
from prodedit.core.tiles import Tiles
from prodedit.editing.orders import Order
from prodedit.editing.session import EditSession
from tests.window import digest, noise


class Desk:
    def submit(self, order: Order) -> None:
        pass

    def cancel(self, job_id: str) -> None:
        pass


@pytest.fixture
def session(qapp: object) -> EditSession:
    """From the lowest: photo, group (a, b), c."""
    session = EditSession(from_photo(Tiles.from_array(noise(64, 48)), "photo"), "mug.jpg", Desk())
    for name in "abc":
        session.apply(edits.DuplicateLayer(PHOTO, name, name))
    session.apply(edits.AddGroup("group", "group", ("c", "b")))
    session.apply(edits.MoveLayer("a", None, 2))
    session.stack.clear()
    return session


def test_at_first_only_the_active_layer_is_chosen(session: EditSession) -> None:
    assert session.chosen == (PHOTO,)


def test_the_order_is_that_of_the_panel_from_the_lowest(session: EditSession) -> None:
    assert session.document.rows() == (PHOTO, "c", "b", "group", "a")
    session.choose(["a", "group", "c"], "group")
    assert session.chosen == ("c", "group", "a")
    assert session.document.outermost(session.chosen) == ("group", "a")


def test_choosing_is_told_once(session: EditSession, qtbot: QtBot) -> None:
    told: list[str] = []
    session.active_changed.connect(lambda layer_id: told.append(layer_id))
    session.chosen_changed.connect(lambda: told.append("chosen"))
    session.choose(["a", "b"], "b")
    session.choose(["b", "a"], "b")
    assert told == ["b", "chosen"]
    session.activate("b")
    assert told == ["b", "chosen", "chosen"]
    session.choose(["a"], "nowhere")
    assert session.chosen == ("b",)


def test_what_goes_is_chosen_no_more_and_again_after_undo(session: EditSession) -> None:
    session.choose(["a", "b"], "b")
    session.apply(edits.RemoveLayer("a"))
    assert session.chosen == ("b",)
    session.undo()
    assert session.chosen == ("b", "a")


def test_where_the_active_layer_goes_another_chosen_one_takes_its_place(
    session: EditSession,
) -> None:
    session.choose(["a", "b"], "a")
    session.apply(edits.RemoveLayer("a"))
    assert session.active_id == "b"
    session.apply(edits.RemoveLayer("b"))
    assert session.active_id == "group"


def test_several_edits_together_are_one_step_or_none(session: EditSession) -> None:
    before = session.document
    hide = tuple(edits.SetVisible(name, False) for name in ("a", "b"))
    assert session.apply(edits.Together(hide))
    assert session.stack.count() == 1
    assert session.stack.text(0) == "Show or hide layer"
    session.undo()
    assert session.document is before
    session.apply(edits.SetLock("b", "position", True))
    seen, problems = digest(session.document), []
    session.failed.connect(problems.append)
    move = (edits.ShiftLayer("a", 5, 5), edits.ShiftLayer("b", 5, 5))
    assert not session.apply(edits.Together(move))
    assert [problem.code for problem in problems] == ["layer-locked"]
    assert digest(session.document) == seen


def test_together_survives_json_and_is_named_by_what_it_holds() -> None:
    edit = edits.Together((edits.SetVisible("a", True), edits.SetOpacity("b", 0.5)))
    assert edits.from_json(edits.to_json(edit)) == edit
    assert edits.title(edit) == "Change layers"
    assert edits.title(edits.Together(edit.edits[:1])) == "Show or hide layer"


def test_new_ids_are_free_and_the_same_each_time(session: EditSession) -> None:
    ids = session.document.new_ids(3)
    assert len(set(ids)) == 3
    assert not set(ids) & set(session.document.rows())
    assert session.document.new_ids(3) == ids
    assert session.document.new_id() == ids[0]
