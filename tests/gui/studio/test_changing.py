# SPDX-License-Identifier: Apache-2.0
"""The chosen picture: sliders, parts made anew, points pulled, mixing, a photo's change."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.workspace import Workspace
from prodedit.engine.generating import Drag, Handle, Invert, Mix, Shift, Vary
from prodedit.engine.generators.known import Known
from prodedit.gui.studio.direction_sliders import NamesDialog
from prodedit.gui.studio.dragger import Dragger
from prodedit.gui.studio.line import Line, own_session
from prodedit.gui.studio.panel import StudioPanel
from prodedit.gui.studio.picks import Pick
from prodedit.gui.studio.point_puller import PointPuller, way_left
from tests.gui.studio.desks import NAME, SIDE, StudioDesk, latent_of, plain
from tests.window import noise


def pick_of(first: int, second: int = 0) -> Pick:
    latent = latent_of(first, second)
    return Pick(NAME, latent, plain(latent.array(), 0))


@pytest.fixture
def chosen(panel: StudioPanel) -> Pick:
    pick = pick_of(40)
    panel.studio.choose(pick)
    panel._show_page("change")
    return pick


def now(panel: StudioPanel) -> list[int]:
    """The numbers of the picture as it is."""
    pick = panel.studio.chosen
    assert pick is not None
    return [int(number) for number in pick.latent.array()[0]]


# Sliders


def test_the_newest_position_is_shown(
    qtbot: QtBot, panel: StudioPanel, desk: StudioDesk, chosen: Pick
) -> None:
    desk.holds = True
    slider = panel.change.sliders.sliders[0]
    for value in (10, 20, 100):
        slider._slider.setValue(value)
    assert len(desk.orders) == 1, "one task is under way at most"
    desk.work()
    assert len(desk.orders) == 1
    desk.work()
    assert [task.weights[0] for task in desk.tasks] == [pytest.approx(0.3), 3.0]
    assert all(isinstance(task, Shift) and task.latent == chosen.latent for task in desk.tasks)
    assert now(panel) == [40, 30]
    panel.change.sliders.reset_button.click()
    assert now(panel) == [40, 0]
    assert slider.value == 0


def test_moving_a_slider_is_no_step_to_go_back_to(
    qtbot: QtBot, panel: StudioPanel, chosen: Pick
) -> None:
    panel.change.sliders.sliders[1]._slider.setValue(50)
    qtbot.waitUntil(lambda: now(panel) == [40, 15])
    panel.studio.choose(pick_of(7))
    assert panel.change.sliders.sliders[1].value == 0
    panel.change.back.click()
    assert now(panel) == [40, 15]
    assert not panel.change.back.isEnabled()


def test_directions_get_names_that_stay(
    qtbot: QtBot,
    panel: StudioPanel,
    workspace: Workspace,
    chosen: Pick,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    titles = [slider.title for slider in panel.change.sliders.sliders]
    assert titles == ["Change 1", "Change 2"]

    def exec_(dialog: NamesDialog) -> int:
        dialog.fields[1].setText(" Longer sleeves ")
        return QDialog.DialogCode.Accepted.value

    monkeypatch.setattr(NamesDialog, "exec", exec_)
    panel.change.sliders.names_button.click()
    assert panel.change.sliders.sliders[1].title == "Longer sleeves"
    workspace.wait_for_files()
    panel.studio.names = {}
    panel.studio._name = ""
    panel.studio._settle()
    qtbot.waitUntil(lambda: panel.studio.names == {1: "Longer sleeves"})


# Others like it


def test_more_like_this_fills_the_grid(
    qtbot: QtBot, panel: StudioPanel, desk: StudioDesk, chosen: Pick
) -> None:
    panel.change.strength.changed.emit(30)
    panel.change.more.click()
    assert panel.pages.current == "pictures"
    qtbot.waitUntil(lambda: bool(panel.sampler.slots) and not panel.sampler.is_filling)
    assert [task.strength for task in desk.tasks] == [0.3, 0.3]
    assert [int(p.latent.array()[0, 1]) for p in panel.pictures.grid.picks] == list(range(10, 18))
    panel.change.more.click()
    qtbot.waitUntil(lambda: not panel.sampler.is_filling)
    assert isinstance(desk.tasks[-1], Vary)
    assert desk.tasks[-1].seed == 12


def test_a_painted_part_is_made_anew(
    qtbot: QtBot, panel: StudioPanel, desk: StudioDesk, chosen: Pick
) -> None:
    part = panel.change.part
    part.tools.button("paint").click()
    assert not part.renew.isEnabled()
    picture = panel.change.picture
    middle = picture.rect().center()
    QTest.mousePress(picture, Qt.MouseButton.LeftButton, pos=middle / 2)
    QTest.mouseMove(picture, middle)
    QTest.mouseRelease(picture, Qt.MouseButton.LeftButton, pos=middle)
    part.renew.click()
    qtbot.waitUntil(lambda: bool(desk.done))
    mask = desk.done[0].inputs["mask"].to_array()
    height, width = mask.shape
    assert mask[height // 2, width // 2] == 255
    assert mask[height - 10, width - 10] == 0
    part.clear_part.click()
    assert part.brush.is_empty


def test_painting_by_keys(panel: StudioPanel, chosen: Pick) -> None:
    part = panel.change.part
    part.tools.button("paint").click()
    picture = panel.change.picture
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(picture, key)
    assert not part.brush.is_empty
    QTest.keyClick(picture, Qt.Key.Key_Delete)
    assert part.brush.is_empty


# Points


def test_points_are_set_moved_and_taken_away() -> None:
    puller = PointPuller()
    for start, end in (((0.2, 0.2), (0.4, 0.3)), ((0.7, 0.7), (0.705, 0.7))):
        puller.press(QPointF(*start))
        puller.move(QPointF(*end))
        puller.release(QPointF(*end))
    assert puller.handles == (Handle(0.2, 0.2, 0.4, 0.3),), "a click is no pull"
    puller.press(QPointF(0.41, 0.3))
    puller.release(QPointF(0.6, 0.6))
    assert puller.handles == (Handle(0.2, 0.2, 0.6, 0.6),)
    puller.press(QPointF(0.2, 0.21))
    puller.release(QPointF(0.1, 0.1))
    assert puller.handles == (Handle(0.1, 0.1, 0.6, 0.6),)
    puller.remove()
    assert puller.handles == ()


def test_points_are_pulled_until_they_are_there(qtbot: QtBot, qapp: object) -> None:
    desk = StudioDesk()
    session = own_session(desk, desk)
    desk.job_moved.connect(session.job_moved)
    dragger = Dragger(Line(session, desk), desk)
    seen: list[tuple[Pick, tuple[Handle, ...]]] = []
    dragger.moved.connect(lambda pick, handles: seen.append((pick, handles)))
    origin = pick_of(40)
    handles = (Handle(0.2, 0.2, 0.6, 0.2), Handle(0.5, 0.5, 0.5, 0.6))
    with qtbot.waitSignal(dragger.ended):
        dragger.start(origin, handles, {})
    tasks = desk.tasks
    assert all(isinstance(task, Drag) and task.origin == origin.latent for task in tasks)
    assert [task.latent for task in tasks[1:]] == [pick.latent for pick, _ in seen[:-1]]
    assert [task.handles for task in tasks[1:]] == [handles for _, handles in seen[:-1]]
    assert way_left(seen[-1][1]) < 0.012 <= way_left(seen[-2][1])


def test_pulling_can_be_stopped_and_undone(
    qtbot: QtBot,
    panel: StudioPanel,
    desk: StudioDesk,
    chosen: Pick,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Known, "can", lambda _one, ability: ability == "drag")
    part = panel.change.part
    part._show()
    part.tools.button("pull").click()
    assert not part.renew.isVisible()
    part.puller.set_handles((Handle(0.2, 0.2, 0.9, 0.9),))
    desk.holds = True
    part.go.click()
    desk.work()
    desk.work()
    assert now(panel) == [40, 2], "each step is seen"
    assert part.go.text() == "Stop"
    qtbot.waitUntil(panel.status.stop.isVisible)
    panel.status.stop.click()
    assert part.go.text() == "Start"
    assert not desk.orders
    assert now(panel) == [40, 2]
    panel.change.sliders.sliders[0]._slider.setValue(100)
    desk.work()
    assert now(panel) == [40, 32], "the sliders go on from there"
    panel.change.back.click()
    assert now(panel) == [40, 0], "as it was before the points were pulled"
    assert part.puller.handles == ()


def test_what_a_generator_cannot_do_is_not_offered(panel: StudioPanel, chosen: Pick) -> None:
    part = panel.change.part
    assert part.tools.button("paint").isVisible()
    assert not part.tools.button("pull").isVisible()
    assert not panel.change.mix.isVisible()


def test_details_of_a_favourite(
    qtbot: QtBot,
    panel: StudioPanel,
    desk: StudioDesk,
    chosen: Pick,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Known, "can", lambda _one, ability: ability == "mix")
    other = pick_of(99)
    panel.studio.toggle_favourite(other)
    panel.change.mix.favourites.picked.emit(other)
    qtbot.waitUntil(lambda: now(panel) == [40, 99])
    panel.change.mix.details.button("coarse").click()
    qtbot.waitUntil(lambda: len(desk.done) == 2)
    assert desk.tasks == [
        Mix(NAME, chosen.latent, other.latent, (detail,)) for detail in ("fine", "coarse")
    ]


# A photo


def test_a_photo_is_found_again_and_kept(
    qtbot: QtBot, panel: StudioPanel, workspace: Workspace, desk: StudioDesk
) -> None:
    session = workspace.open_pixels(Tiles.from_array(noise(SIDE, SIDE)), "mug.jpg")
    panel.pictures.photo.click()
    qtbot.waitUntil(lambda: panel.studio.chosen is not None)
    (order,) = desk.done
    assert isinstance(order.task, Invert)
    layer = order.document.find(order.layer_id)
    assert layer.tiles is session.active_layer.tiles  # type: ignore[union-attr]
    pick = panel.studio.chosen
    assert pick is not None
    assert panel.pages.current == "change"
    assert (pick.shown == noise(SIDE, SIDE)).all(), "nothing is changed yet"
    panel.change.sliders.sliders[0]._slider.setValue(100)
    qtbot.waitUntil(lambda: panel.studio.chosen is not pick)
    moved = panel.studio.chosen
    assert moved is not None
    difference = moved.shown.astype(int) - noise(SIDE, SIDE)
    assert (difference[..., 1] == np.minimum(30, 255 - noise(SIDE, SIDE)[..., 1])).all()
    assert (difference[..., 0] == 0).all()


def test_a_sketch_is_followed(
    qtbot: QtBot, panel: StudioPanel, workspace: Workspace, desk: StudioDesk
) -> None:
    workspace.open_pixels(Tiles.from_array(noise(50, 40)), "sketch.png")
    panel.pictures.sketch.click()
    qtbot.waitUntil(lambda: bool(panel.sampler.slots) and not panel.sampler.is_filling)
    invert, *varied = desk.tasks
    assert invert.steps == 0
    assert all(isinstance(task, Vary) and task.latent == latent_of(70, 80) for task in varied)
    assert all(pick.photo is None for pick in panel.pictures.grid.picks)


def test_without_a_photo_it_asks_for_one(qtbot: QtBot, panel: StudioPanel) -> None:
    panel.pictures.photo.click()
    assert "Open a photo first" in panel.status.told.text()


def test_a_missing_model_is_told_where_it_can_be_brought(
    qtbot: QtBot, panel: StudioPanel, workspace: Workspace, desk: StudioDesk, chosen: Pick
) -> None:
    desk.problem = Problem("Not here.", code="model-missing", model="u2net", title="U2")
    with qtbot.waitSignal(workspace.failed):
        panel.change.more.click()
