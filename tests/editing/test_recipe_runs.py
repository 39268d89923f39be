# SPDX-License-Identifier: Apache-2.0
"""A recipe done to an open picture: one job, one undo step, or nothing at all."""

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import BACKGROUND, PHOTO
from prodedit.core.geometry import Size
from prodedit.core.layer import Colour, SolidFill
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.recipe_runs import RecipeRuns
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.engine import recipe as recipes
from prodedit.engine.recipe import Recipe
from prodedit.engine.service.jobs import Job, State
from prodedit.engine.tasks import RemoveBackground, TransferStyle
from tests.window import digest, noise, opened_workspace

LONG = 30_000
WHITE = edits.SetBackground(SolidFill(Colour(255, 255, 255)))
SQUARE = Recipe("Square", (RemoveBackground(), WHITE, edits.FrameProduct()))


@pytest.fixture(scope="module")
def workspace(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with opened_workspace(tmp_path_factory.mktemp("own")) as workspace:
        yield workspace


@pytest.fixture
def runs(workspace: Workspace) -> Iterator[RecipeRuns]:
    runs = RecipeRuns(workspace)
    yield runs
    for session in workspace.sessions:
        workspace.close_session(session)
    workspace.wait_for_files()
    runs.deleteLater()


@pytest.fixture
def session(workspace: Workspace) -> EditSession:
    return workspace.open_pixels(Tiles.from_array(noise(96, 64)), "mug.png")


def ended(qtbot: QtBot, runs: RecipeRuns, session: EditSession, recipe: Recipe) -> Job:
    with qtbot.waitSignal(runs.ended, timeout=LONG) as over:
        runs.start(session, recipe)
    return over.args[0]


def test_all_steps_are_one_to_be_undone(
    qtbot: QtBot, runs: RecipeRuns, session: EditSession
) -> None:
    before = digest(session.document)
    moved: list[Job] = []
    runs.job_moved.connect(moved.append)
    assert ended(qtbot, runs, session, SQUARE).state is State.DONE
    assert session.document.find(BACKGROUND) is not None
    assert session.document.size.width == session.document.size.height
    assert [session.stack.text(0), session.stack.count()] == ["Square", 1]
    shares = [job.progress.fraction for job in moved]
    assert shares == sorted(shares)
    assert len({job.id for job in moved}) == 1
    session.undo()
    assert digest(session.document) == before


def test_what_was_done_makes_the_same_recipe_again(
    qtbot: QtBot, runs: RecipeRuns, session: EditSession
) -> None:
    """Also where layers had other names: there was one already."""
    session.apply(edits.AddFillLayer("layer-3", "own", SolidFill(Colour(1, 2, 3))))
    session.undo()
    steps = (WHITE, TransferStyle("bold-lines"), edits.SetOpacity("layer-3", 0.5))
    recipe = Recipe("Paint", steps)
    ended(qtbot, runs, session, recipe)
    assert recipes.from_history(session.history).steps == steps
    session.redo()


def test_a_cancel_leaves_the_picture_as_it_was(
    qtbot: QtBot, runs: RecipeRuns, session: EditSession
) -> None:
    before = session.document
    slow = Recipe("Slow", (WHITE, RemoveBackground("sleep:60")))
    with qtbot.waitSignal(runs.job_moved, timeout=LONG, check_params_cb=_is_at_work):
        job = runs.start(session, slow)
    assert runs.running(session)
    with qtbot.waitSignal(runs.ended, timeout=LONG) as over:
        runs.cancel(job)
    assert over.args[0].state is State.CANCELLED
    assert session.document is before
    assert not runs.running(session)
    assert ended(qtbot, runs, session, SQUARE).state is State.DONE, "the next one works"


def _is_at_work(job: Job) -> bool:
    return job.progress.text == "sleep"


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (edits.SetOpacity("gone", 0.5), "no layer “gone”"),
        (RemoveBackground("crash"), "engine"),
        (edits.ResizeImage(Size(90_000, 90_000)), "too many"),
    ],
)
def test_a_step_that_fails_undoes_the_others(
    qtbot: QtBot, runs: RecipeRuns, session: EditSession, step: recipes.Step, sentence: str
) -> None:
    before = session.document
    told: list[Problem] = []
    session.failed.connect(told.append)
    assert ended(qtbot, runs, session, Recipe("Bad", (WHITE, step))).state is State.FAILED
    assert session.document is before
    assert [sentence in str(problem) for problem in told] == [True], told


def test_what_is_done_meanwhile_is_not_lost(
    qtbot: QtBot, runs: RecipeRuns, session: EditSession
) -> None:
    told: list[Problem] = []
    session.failed.connect(told.append)
    with qtbot.waitSignal(runs.ended, timeout=LONG) as over:
        runs.start(session, SQUARE)
        session.apply(edits.SetOpacity(PHOTO, 0.5))
    assert over.args[0].state is State.FAILED
    assert session.document.find(PHOTO).opacity == 0.5
    assert session.document.find(BACKGROUND) is None
    assert "Apply the recipe again" in str(told[0])


def test_a_picture_may_be_closed_meanwhile(
    qtbot: QtBot, runs: RecipeRuns, workspace: Workspace, session: EditSession
) -> None:
    with qtbot.waitSignal(runs.ended, timeout=LONG) as over:
        runs.start(session, Recipe("Slow", (RemoveBackground("sleep:60"),)))
        workspace.close_session(session)
    assert over.args[0].state is State.CANCELLED


def test_without_a_photo_it_is_done_to_the_active_layer(
    qtbot: QtBot, runs: RecipeRuns, session: EditSession
) -> None:
    pixels = {"pixels": Tiles.from_array(np.full((8, 8, 4), 255, np.uint8))}
    session.apply(edits.AddPixelLayer("layer-2", "other"), pixels)
    session.apply(edits.RemoveLayer(PHOTO))
    session.activate("layer-2")
    ended(qtbot, runs, session, Recipe("Paler", (edits.SetOpacity(PHOTO, 0.5),)))
    assert session.document.find("layer-2").opacity == 0.5


def test_what_a_control_was_set_to_last_is_one_step(session: EditSession) -> None:
    gesture = object()
    for opacity in (0.9, 0.7, 0.4):
        session.apply(edits.SetOpacity(PHOTO, opacity), gesture=gesture)
    nudges = object()
    session.apply(edits.SelectAll())
    for _ in range(2):
        session.apply(edits.MoveSelection(1, 0), gesture=nudges)
    assert [done.step for done in session.history] == [
        edits.SetOpacity(PHOTO, 0.4),
        edits.SelectAll(),
        *[edits.MoveSelection(1, 0)] * 2,
    ]
    session.undo()
    assert len(session.history) == 2
