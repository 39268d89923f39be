# SPDX-License-Identifier: Apache-2.0
"""The Style panel in the real window: pictures to choose from, trials on the canvas, new layers."""

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.editing.style_choice import StyleChoice
from prodedit.engine.styles import STYLES
from prodedit.gui.main_window import MainWindow
from prodedit.gui.panels.style import StylePanel
from prodedit.render.compositor import Compositor
from tests.window import close_all, noise, open_noise, opened_window

LONG = 30_000
STARRY, BOLD = "starry-sky", "bold-lines"


@pytest.fixture(scope="module")
def shared_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    with opened_window(qapp, tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def window(shared_window: MainWindow) -> Iterator[MainWindow]:
    shared_window.workspace.change_settings(style=StyleChoice())
    shared_window.style_panel._show_choice()
    shared_window.style_panel._own_chosen(None)
    shared_window.side.open("style")
    yield shared_window
    close_all(shared_window)


@pytest.fixture
def panel(window: MainWindow) -> StylePanel:
    return window.style_panel


@pytest.fixture
def session(window: MainWindow) -> EditSession:
    return open_noise(window, 640, 480)


def tried(qtbot: QtBot, panel: StylePanel, session: EditSession) -> None:
    """Wait for what was chosen to be on the canvas."""
    qtbot.waitUntil(lambda: session.shown is not session.document, timeout=LONG)


def applied(qtbot: QtBot, panel: StylePanel, session: EditSession) -> None:
    with qtbot.waitSignal(session.changed, timeout=LONG):
        panel.row.button.click()
    qtbot.waitUntil(lambda: not panel.row.is_busy, timeout=LONG)


def pixels(session: EditSession) -> np.ndarray:
    return np.array(Compositor().merged(session.document))


def cut_out(session: EditSession) -> np.ndarray:
    """Give the photo a mask of its left half; (h, w)."""
    size = session.document.size
    alpha = np.zeros((size.height, size.width), np.uint8)
    alpha[:, : size.width // 2] = 255
    session.apply(edits.SetMask(PHOTO), {"alpha": Tiles.from_array(alpha)})
    return alpha


def test_every_style_shows_this_photo(
    qtbot: QtBot, panel: StylePanel, session: EditSession
) -> None:
    came: dict[str, QImage] = {}
    panel.pictures.came.connect(came.__setitem__)
    panel._ask_for_pictures()
    qtbot.waitUntil(lambda: len(came) == len(STYLES), timeout=LONG)
    for style in STYLES:  # the fake engine paints them in a grey as long as the name
        assert came[style.id].pixelColor(1, 1).red() == len(style.id)


def test_pictures_are_kept_while_the_photo_is_the_same(
    qtbot: QtBot, panel: StylePanel, session: EditSession
) -> None:
    came: list[str] = []
    panel.pictures.came.connect(lambda style, _image: came.append(style))
    panel._ask_for_pictures()
    qtbot.waitUntil(lambda: len(set(came)) == len(STYLES), timeout=LONG)
    came.clear()
    panel._ask_for_pictures()
    assert len(came) == len(STYLES), "told at once, without the engine"


def test_what_is_chosen_shows_on_the_canvas_and_changes_nothing(
    qtbot: QtBot, panel: StylePanel, session: EditSession
) -> None:
    before = session.document
    panel.gallery.picked.emit(STARRY)
    tried(qtbot, panel, session)
    assert session.document is before
    assert session.stack.count() == 0
    shown = np.array(Compositor().merged(session.shown)).astype(int)
    wanted = 255 - noise(640, 480).astype(int)
    wanted[..., 3] = 255
    assert np.abs(shown.mean((0, 1)) - wanted.mean((0, 1))).max() < 3, "soft, but the negative"


def test_strength_shows_without_painting_anew(
    qtbot: QtBot, panel: StylePanel, session: EditSession
) -> None:
    panel.gallery.picked.emit(STARRY)
    tried(qtbot, panel, session)
    qtbot.waitUntil(lambda: not session.pending, timeout=LONG)
    panel.strength.changed.emit(0)
    shown = np.array(Compositor().merged(session.shown))
    assert (shown == pixels(session)).all()
    assert not session.pending


def test_applying_makes_one_layer_in_one_step(
    qtbot: QtBot, panel: StylePanel, session: EditSession
) -> None:
    panel.gallery.picked.emit(STARRY)
    applied(qtbot, panel, session)
    assert [layer.name for layer in session.document.layers][1] == "Starry sky"
    assert session.stack.count() == 1
    made = noise(640, 480)
    made[..., :3] = 255 - made[..., :3]
    assert (pixels(session) == made).all()
    assert "25 %" in panel.row.told.text()
    assert "7 pixels" in panel.row.told.text()
    session.undo()
    assert (pixels(session) == noise(640, 480)).all()


@pytest.mark.parametrize("scope", ["product", "background"])
def test_outside_the_scope_every_bit_stays(
    qtbot: QtBot, panel: StylePanel, session: EditSession, scope: str
) -> None:
    alpha = cut_out(session)
    before = pixels(session)
    panel.gallery.picked.emit(STARRY)
    panel.scope.button(scope).click()
    applied(qtbot, panel, session)
    after = pixels(session)
    kept = alpha == (0 if scope == "product" else 255)
    assert (after[kept] == before[kept]).all()
    assert (after[~kept] != before[~kept]).any()


def test_without_a_cut_out_only_all_can_be_chosen(panel: StylePanel, session: EditSession) -> None:
    assert not panel.scope.button("product").isEnabled()
    assert "Remove the background" in panel.scope.button("product").toolTip()
    cut_out(session)
    assert panel.scope.button("product").isEnabled()


def test_what_is_transparent_is_no_backdrop(
    window: MainWindow, panel: StylePanel, session: EditSession
) -> None:
    cut_out(session)
    panel.gallery.picked.emit(STARRY)
    panel.scope.button("background").click()
    half = np.repeat(np.uint8([[0, 255]]), 120, axis=0).repeat(160, axis=1)
    window.workspace.open_pixels(Tiles.from_array(noise()), "cut.png", Tiles.from_array(half))
    assert not panel.scope.button("background").isEnabled()
    assert "no backdrop" in panel.scope.button("background").toolTip()
    task = panel._task_here()
    assert task is not None
    assert task.scope == panel.scope.current == "all"
    window.workspace.make_current(session)
    assert panel.scope.current == "background"


def test_two_styles_are_mixed(panel: StylePanel, session: EditSession) -> None:
    panel.gallery.picked.emit(STARRY)
    assert not panel.mix.isVisibleTo(panel)
    panel.second.setCurrentIndex(panel.second.findData(BOLD))
    panel.second.activated.emit(panel.second.currentIndex())
    panel.mix.changed.emit(30)
    task = panel.task()
    assert task is not None
    assert task.blend == (BOLD, 0.3)


def test_a_picture_of_ones_own(
    qtbot: QtBot, panel: StylePanel, session: EditSession, tmp_path: Path
) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    image.save(str(tmp_path / "own.png"))
    with qtbot.waitSignal(panel.source.chosen, timeout=LONG):
        panel.source.use_file(tmp_path / "own.png")
    tried(qtbot, panel, session)
    applied(qtbot, panel, session)
    assert session.document.layers[1].name == "own.png"
    panel.source.drop_it.click()
    assert panel.task() is None, "no style was chosen before"


def test_a_picture_from_the_clipboard(panel: StylePanel, session: EditSession) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(image)
    panel.source.use_clipboard()
    task = panel.task()
    assert task is not None
    assert task.uses_picture


def test_what_is_no_picture_is_told(
    qtbot: QtBot, panel: StylePanel, session: EditSession, tmp_path: Path
) -> None:
    (tmp_path / "no.jpg").write_text("no picture")
    with qtbot.waitSignal(panel.source.failed, timeout=LONG) as failed:
        panel.source.use_file(tmp_path / "no.jpg")
    assert failed.args[0].code == "not-a-picture"
    QGuiApplication.clipboard().clear()
    with qtbot.waitSignal(panel.source.failed) as failed:
        panel.source.use_clipboard()
    assert failed.args[0].code == "nothing-to-paste"
    assert panel.task() is None


def test_a_trial_goes_with_its_panel(
    qtbot: QtBot, window: MainWindow, panel: StylePanel, session: EditSession
) -> None:
    panel.gallery.picked.emit(STARRY)
    tried(qtbot, panel, session)
    window.side.open("background")
    assert session.shown is session.document


def test_an_edit_ends_the_trial(qtbot: QtBot, panel: StylePanel, session: EditSession) -> None:
    panel.gallery.picked.emit(STARRY)
    tried(qtbot, panel, session)
    session.apply(edits.SetOpacity(PHOTO, 0.5))
    assert session.shown is session.document


def test_what_fails_is_said_in_the_panel(
    qtbot: QtBot, panel: StylePanel, session: EditSession
) -> None:
    panel._change(style="bug")
    qtbot.waitUntil(lambda: bool(panel.row.told.text()), timeout=LONG)
    assert session.shown is session.document


def test_it_can_be_stopped(qtbot: QtBot, panel: StylePanel, session: EditSession) -> None:
    panel._change(style="sleep:60")
    session.submit(panel._task_here())  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: panel.row.is_busy, timeout=LONG)
    panel.row.button.click()
    qtbot.waitUntil(lambda: not panel.row.is_busy, timeout=LONG)
    assert session.stack.count() == 0


def test_choices_are_remembered(panel: StylePanel, session: EditSession) -> None:
    panel.gallery.picked.emit(BOLD)
    panel.strength.changed.emit(40)
    panel.keep_colour.click()
    choice = panel._workspace.settings.style
    assert (choice.style, choice.strength, choice.keep_colour) == (BOLD, 40, True)


def test_nothing_to_paint_is_explained(panel: StylePanel, session: EditSession) -> None:
    group = session.document.new_id()
    session.apply(edits.AddGroup(group, "Group"))
    session.activate(group)
    assert "holds a photo" in panel.hint.text()
    assert not panel.row.button.isEnabled()


def test_a_closed_picture_is_not_kept(qtbot: QtBot, window: MainWindow, panel: StylePanel) -> None:
    gone = weakref.ref(open_noise(window, 64, 64))
    with qtbot.waitSignal(panel.pictures.came, timeout=LONG):
        panel._ask_for_pictures()
    close_all(window)
    qtbot.waitUntil(lambda: gc.collect() >= 0 and gone() is None, timeout=LONG)
