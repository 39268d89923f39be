# SPDX-License-Identifier: Apache-2.0
"""The window's parts work together: tabs, drops, paste, export, history, jobs, notices.

Over 400 lines: what one window does with all its parts is read best in one place.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QToolButton
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import BACKGROUND, PHOTO
from prodedit.core.layer import Colour, GradientFill, SolidFill
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.engine.service.jobs import State
from prodedit.gui.commands.files import with_suffix
from prodedit.gui.main_window import MainWindow
from prodedit.gui.notices import Notice
from prodedit.gui.tools import TOOLS
from prodedit.gui.translation import file_size
from tests.fakes import asked
from tests.window import (
    button,
    close_all,
    noise,
    notice_button,
    open_file,
    open_noise,
    opened_window,
    shown,
)

BUTTONS = QMessageBox.StandardButton


@pytest.fixture(scope="module")
def one_window(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with opened_window(qapp, tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def window(one_window: MainWindow) -> Iterator[MainWindow]:
    yield one_window
    close_all(one_window)


@pytest.fixture
def session(window: MainWindow) -> EditSession:
    """A picture that is cut out."""
    session = open_noise(window)
    alpha = np.zeros((240, 320), np.uint8)
    alpha[60:180, 80:240] = 255
    session.apply(edits.SetMask(PHOTO), {"alpha": Tiles.from_array(alpha)})
    return session


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "mug.jpg"
    cv2.imwrite(str(path), noise(300, 200)[..., :3])
    return path


def answer(monkeypatch: pytest.MonkeyPatch, choice: QMessageBox.StandardButton) -> list[str]:
    asked_: list[str] = []

    def exec_(box: QMessageBox) -> int:
        asked_.append(box.text())
        return choice.value

    monkeypatch.setattr(QMessageBox, "exec", exec_)
    return asked_


def choose(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[Path]:
    proposed: list[Path] = []

    def chosen(_parent: object, _title: str, start: str, *_more: object) -> tuple[str, str]:
        proposed.append(Path(start))
        return ("" if path is None else str(path)), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    return proposed


# Tabs and the guard


def test_a_clean_picture_closes_without_a_question(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = answer(monkeypatch, BUTTONS.Cancel)
    session = open_noise(window)
    session.stack.setClean()
    window.workspace.close_session(session)
    assert told == []
    assert window.stack.currentWidget() is window.start


@pytest.mark.parametrize(("choice", "left"), [(BUTTONS.Cancel, 1), (BUTTONS.Discard, 0)])
def test_the_guard_asks_before_changes_are_lost(
    window: MainWindow,
    session: EditSession,
    monkeypatch: pytest.MonkeyPatch,
    choice: QMessageBox.StandardButton,
    left: int,
) -> None:
    told = answer(monkeypatch, choice)
    window.actions_["close"].trigger()
    assert len(told) == 1
    assert "mug.jpg" in told[0]
    assert len(window.workspace.sessions) == left


def test_the_guard_saves_and_then_closes(
    window: MainWindow, session: EditSession, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer(monkeypatch, BUTTONS.Save)
    choose(monkeypatch, tmp_path / "mug.ora")
    window.actions_["close"].trigger()
    assert window.workspace.sessions == ()
    assert (tmp_path / "mug.ora").stat().st_size


def test_where_saving_fails_the_picture_stays_open(
    window: MainWindow, session: EditSession, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer(monkeypatch, BUTTONS.Save)
    choose(monkeypatch, tmp_path / "nowhere" / "mug.ora")
    window.actions_["close"].trigger()
    assert window.workspace.sessions == (session,)
    assert len(window.notices.texts) == 1


def test_a_save_that_goes_on_is_not_asked_about(
    window: MainWindow, session: EditSession, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = answer(monkeypatch, BUTTONS.Cancel)
    window.workspace.save(session, tmp_path / "mug.ora")
    window.actions_["close"].trigger()
    assert told == []
    assert window.workspace.sessions == ()


def test_next_and_previous_picture(window: MainWindow) -> None:
    first, second = open_noise(window, name="1"), open_noise(window, name="2")
    window.actions_["next_document"].trigger()
    assert window.workspace.current is first
    assert window.tabs.currentIndex() == 0
    window.actions_["previous_document"].trigger()
    assert window.workspace.current is second
    assert window.view.session is second


def test_before_and_after(window: MainWindow, session: EditSession) -> None:
    after = shown(window.canvas)
    window.actions_["before_after"].trigger()
    assert (shown(window.canvas) != after).any()
    assert window.top._before.isChecked()
    other = open_noise(window, name="other")
    assert not window.top._before.isChecked()
    window.workspace.make_current(session)
    assert window.top._before.isChecked() == window.canvas.is_before
    window.canvas.show_before(False)
    assert (shown(window.canvas) == after).all()
    assert other in window.workspace.sessions


def test_full_screen_and_back(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_["full_screen"].trigger()
    qtbot.waitUntil(window.isFullScreen)
    window.actions_["full_screen"].trigger()
    qtbot.waitUntil(lambda: not window.isFullScreen())


def test_panels_fold_away_and_come_back(window: MainWindow, session: EditSession) -> None:
    for visible in (False, True):
        window.actions_["panels"].trigger()
        assert window.side.isVisible() is visible
        assert window.tools.isVisible() is visible


# Coming in


def test_a_dropped_photo_is_opened(window: MainWindow, qtbot: QtBot, photo: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, _NO_KEY
    enter = QDragEnterEvent(QPoint(300, 300), copy, mime, left, none)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(window.workspace.session_opened, timeout=20_000) as opened:
        window.dropEvent(QDropEvent(QPointF(300, 300), copy, mime, left, none))
    assert opened.args[0].source == photo


def test_a_pasted_picture_keeps_its_transparency(window: MainWindow) -> None:
    image = QImage(30, 20, QImage.Format.Format_ARGB32)
    image.fill(0x80FF0000)
    QGuiApplication.clipboard().setImage(image)
    window.actions_["paste"].trigger()
    session = window.workspace.current
    layer = session.document.layers[0]
    assert session.document.size == (30, 20)
    assert abs(int(layer.mask.alpha.to_array()[5, 5]) - 128) <= 1
    window.actions_["paste"].trigger()
    assert len(session.document.layers) == 2


def test_what_is_copied_can_be_pasted(
    window: MainWindow, session: EditSession, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(QGuiApplication.clipboard().dataChanged, timeout=10_000):
        window.actions_["copy"].trigger()
    window.actions_["paste"].trigger()
    pasted = session.active_layer
    assert (
        pasted.mask.alpha.to_array() == session.document.find(PHOTO).mask.alpha.to_array()
    ).all()


def test_recent_files(window: MainWindow, qtbot: QtBot, photo: Path) -> None:
    open_file(qtbot, window.workspace, photo)
    menu = window.actions_["open_recent"].menu()
    menu.aboutToShow.emit()
    assert menu.actions()[0].text() == str(photo)
    assert menu.actions()[0].isEnabled()


# Background panel


@pytest.mark.parametrize(
    ("choice", "fill"), [("white", SolidFill), ("colour", SolidFill), ("gradient", GradientFill)]
)
def test_a_background_is_one_step(
    window: MainWindow, session: EditSession, choice: str, fill: type
) -> None:
    steps, look = session.stack.count(), shown(window.canvas)
    QTest.mouseClick(window.background.backdrop.choices.button(choice), Qt.MouseButton.LeftButton)
    assert isinstance(session.document.find(BACKGROUND).content.fill, fill)
    assert session.stack.count() == steps + 1
    assert (shown(window.canvas) != look).any()
    assert window.background.backdrop.choices.current == choice
    session.undo()
    assert window.background.backdrop.choices.current == "none"
    assert (shown(window.canvas) == look).all()


def test_the_blur_of_the_background_is_seen_while_its_slider_moves(
    window: MainWindow, session: EditSession, qtbot: QtBot
) -> None:
    alpha = np.zeros((240, 320), np.uint8)
    alpha[60:180, 100:220] = 255
    session.apply(edits.SetMask(PHOTO), {"alpha": Tiles.from_array(alpha)})
    backdrop = window.background.backdrop
    backdrop.choices.button("blur").click()
    steps, document = session.stack.count(), session.document
    slider = backdrop._blur._slider
    slider.setSliderDown(True)
    for percent in (60, 80, 100):  # of those between only the newest is computed
        slider.setValue(percent)
    qtbot.waitUntil(lambda: session.shown is not document, timeout=20_000)
    qtbot.waitUntil(lambda: not backdrop._is_computing, timeout=20_000)
    assert session.document is document
    shown = session.shown.find(BACKGROUND).tiles.to_array()
    slider.setSliderDown(False)
    assert session.stack.count() == steps + 1
    assert (session.document.find(BACKGROUND).tiles.to_array() == shown).all()
    assert session.shown is session.document


def test_a_picture_and_the_photo_blurred_as_background(
    window: MainWindow, session: EditSession, qtbot: QtBot, photo: Path
) -> None:
    window.background.backdrop.use_picture(photo)
    qtbot.waitUntil(lambda: session.document.find(BACKGROUND) is not None, timeout=20_000)
    assert window.background.backdrop.choices.current == "picture"
    window.background.backdrop.choices.button("blur").click()
    assert window.background.backdrop.choices.current == "blur"
    assert session.document.find(BACKGROUND).tiles is not None
    window.background.backdrop.choices.button("none").click()
    assert session.document.find(BACKGROUND) is None


@pytest.mark.parametrize("text", ["Grow", "Shrink", "Feather", "Invert"])
def test_the_edge_as_a_whole(window: MainWindow, session: EditSession, text: str) -> None:
    before = int(session.active_layer.mask.alpha.to_array().astype(int).sum())
    window.background.correct._more.body.show()
    steps = session.stack.count()
    button(window.background.correct, text).click()
    after = int(session.active_layer.mask.alpha.to_array().astype(int).sum())
    assert session.stack.count() == steps + 1
    assert {"Grow": after > before, "Shrink": after < before}.get(text, True)
    session.undo()
    assert int(session.active_layer.mask.alpha.to_array().astype(int).sum()) == before


def test_a_mask_goes_out_and_comes_in_again(
    window: MainWindow, session: EditSession, qtbot: QtBot, tmp_path: Path
) -> None:
    from prodedit.gui.commands.cutout import CutoutCommands

    commands = window.findChild(CutoutCommands)
    alpha = session.active_layer.mask.alpha.to_array()
    commands.export_mask_file(tmp_path / "mask.png")
    window.workspace.wait_for_files()
    assert (cv2.imread(str(tmp_path / "mask.png"), cv2.IMREAD_GRAYSCALE) == alpha).all()
    session.apply(edits.RemoveMask(PHOTO))
    commands.import_mask_file(tmp_path / "mask.png")
    qtbot.waitUntil(lambda: session.active_layer.mask is not None, timeout=20_000)
    assert (session.active_layer.mask.alpha.to_array() == alpha).all()


# Export


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_the_size_that_is_shown_is_the_files(
    window: MainWindow, session: EditSession, qtbot: QtBot, tmp_path: Path, kind: str
) -> None:
    window.actions_["export"].trigger()
    panel = window.export
    panel.formats.button(kind).click()
    qtbot.waitUntil(lambda: panel.told.text().startswith("320"), timeout=20_000)
    with qtbot.waitSignal(window.workspace.exported, timeout=20_000) as done:
        panel.export_to(tmp_path / f"mug.{kind}")
    size = file_size(panel.locale(), (tmp_path / f"mug.{kind}").stat().st_size)
    assert panel.told.text().endswith(size)
    assert done.args[0].nbytes == (tmp_path / f"mug.{kind}").stat().st_size
    if kind == "jpeg":
        assert cv2.imread(str(tmp_path / "mug.jpeg"))[5, 5].min() > 240


def test_a_photoshop_file_tells_what_becomes_pixels_and_comes_back_with_its_layers(
    window: MainWindow, session: EditSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session.apply(edits.SetBackground(SolidFill(Colour(20, 200, 90))))
    window.actions_["export"].trigger()
    panel = window.export
    panel.formats.button("jpeg").click()
    assert panel.becomes.isHidden()
    panel.formats.button("psd").click()
    names = [layer.name for layer in session.document.walk()]
    assert not panel.becomes.isHidden()
    assert f"“{names[0]}”" in panel.becomes.text()
    assert f"“{names[1]}”" not in panel.becomes.text()
    with qtbot.waitSignal(window.workspace.exported, timeout=120_000):
        panel.export_to(tmp_path / "商品.psd")
    again = open_file(qtbot, window.workspace, tmp_path / "商品.psd")
    assert [layer.name for layer in again.document.walk()] == names
    assert again.path is None
    assert panel.becomes.text() == "Layers, masks and groups are kept."


def test_the_photo_is_never_proposed(
    window: MainWindow, qtbot: QtBot, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_file(qtbot, window.workspace, photo)
    window.workspace.change_settings(export_folder=str(photo.parent))
    window.export.formats.button("jpeg").click()
    proposed = choose(monkeypatch, None)
    window.export.choose_file()
    assert proposed == [photo.with_name("mug-edited.jpg")]
    assert session.source == photo


def test_a_name_without_its_ending_overwrites_nothing(photo: Path) -> None:
    assert with_suffix(photo, ".jpg") == photo
    assert with_suffix(photo.with_name("new"), ".jpg") == photo.with_name("new.jpg")
    assert with_suffix(photo.with_name("mug"), ".jpg") == photo.with_name("mug-2.jpg")
    assert with_suffix(photo.with_name("mug.JPEG"), ".jpg", ".jpeg").name == "mug.JPEG"


# History, jobs, notices


def test_a_click_in_the_history_goes_there(window: MainWindow, session: EditSession) -> None:
    session.apply(edits.SetOpacity(PHOTO, 0.5))
    window.side.open("history")
    view = window.history._view
    index = view.model().index(1, 0)
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center()
    )
    assert session.stack.index() == 1
    assert session.active_layer.opacity == 1.0
    assert view.model().index(2, 0).data() == "Opacity"


def test_jobs_are_listed_and_can_be_cancelled(
    window: MainWindow, session: EditSession, qtbot: QtBot
) -> None:
    states: list[State] = []
    session.job_changed.connect(lambda job: states.append(job.state))
    window.side.open("jobs")
    session.submit(asked("sleep:30"))
    qtbot.waitUntil(lambda: State.RUNNING in states, timeout=20_000)
    assert window.jobs_bar.isVisible()
    button(window.jobs_panel, "Cancel").click()
    qtbot.waitUntil(lambda: State.CANCELLED in states, timeout=5_000)
    assert not window.jobs_bar.isVisible()
    assert window.notices.texts == ()


def test_escape_stops_the_job(window: MainWindow, session: EditSession, qtbot: QtBot) -> None:
    session.submit(asked("sleep:30"))
    qtbot.waitUntil(lambda: bool(window.jobs.active), timeout=20_000)
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not session.pending, timeout=5_000)


def test_a_homeless_result_becomes_a_layer_when_wished(
    window: MainWindow, session: EditSession, qtbot: QtBot
) -> None:
    session.submit(asked("steps:30"))
    session.apply(edits.SetPixels(PHOTO), {"pixels": Tiles.from_array(noise(seed=9))})
    qtbot.waitUntil(lambda: bool(window.notices.texts), timeout=20_000)
    count = len(session.document.layers)
    notice_button(window, "Add as new layer").click()
    assert len(session.document.layers) == count + 1


def test_details_are_behind_more(window: MainWindow) -> None:
    window.notices.tell_problem(Problem("It did not work.", details="ValueError: 3"))
    more = notice_button(window, "More")
    more.click()
    assert more.parent()._details.isVisible()
    notice_button(window, "Close").click()
    assert window.notices.texts == ()


_NO_KEY = Qt.KeyboardModifier.NoModifier


def test_zooms_are_chosen_from_a_list(window: MainWindow, session: EditSession) -> None:
    assert window.canvas is not None
    button = next(b for b in window.top.findChildren(QToolButton) if b.menu() is not None)
    menu = button.menu()
    menu.aboutToShow.emit()
    action = next(action for action in menu.actions() if action.text() == "200 %")
    action.trigger()
    assert window.canvas.viewport.zoom == 2.0
    assert button.text() == "200 %"
    del session


def test_the_hint_of_the_tool_is_there_with_the_picture(window: MainWindow) -> None:
    def hints() -> list[str]:
        return [label.text() for label in window.status.findChildren(QLabel)]

    hint = TOOLS[window.tools.tool_id].hint
    assert hint not in hints()
    open_noise(window)
    assert hint in hints()
    close_all(window)
    assert hint not in hints()


def test_what_is_told_lies_over_a_picture_that_opens_after_it(window: MainWindow) -> None:
    window.notices.tell_problem(Problem("“{file}” is empty.", file="mug.jpg"))
    open_noise(window)
    card = window.notices.findChild(Notice)
    assert card is not None
    middle = card.mapTo(window, card.rect().center())
    assert window.notices.isAncestorOf(window.childAt(middle))


def test_a_file_that_cannot_be_opened_is_named(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "<b>杯子 & mug.jpg"
    path.write_bytes(b"")
    window.workspace.open(path)
    qtbot.waitUntil(lambda: bool(window.notices.texts))
    card = window.notices.findChild(Notice)
    assert card is not None
    assert path.name in [label.text() for label in card.findChildren(QLabel)]
