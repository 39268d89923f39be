# SPDX-License-Identifier: Apache-2.0
"""The Select menu, the clipboard and the bars over the canvas, in the real window.

Over 400 lines: one menu, every entry of it once.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.colour import Colour
from prodedit.core.document import PHOTO
from prodedit.core.edits import Box
from prodedit.core.geometry import Rect
from prodedit.core.layer import SolidFill
from prodedit.core.selection import bounds
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.document_view import DocumentView
from prodedit.gui.main_window import MainWindow
from prodedit.gui.selection_bar import ColourBar, PixelsBar, SelectionBar
from prodedit.gui.tools.selecting import Selecting, SelectTool
from tests.window import button, close_all, open_noise, opened_window, stroke

BOX = Box(50, 40, 150, 120)


@pytest.fixture(scope="module")
def shared_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    with opened_window(qapp, tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def window(shared_window: MainWindow) -> Iterator[MainWindow]:
    yield shared_window
    close_all(shared_window)


@pytest.fixture
def session(window: MainWindow) -> EditSession:
    return open_noise(window)


@pytest.fixture
def view(window: MainWindow, session: EditSession) -> DocumentView:
    assert window.view is not None
    return window.view


def trigger(window: MainWindow, *names: str) -> None:
    for name in names:
        assert window.actions_[name].isEnabled(), name
        window.actions_[name].trigger()


def selected(session: EditSession) -> np.ndarray:
    assert session.document.selection is not None
    return session.document.selection.to_array()


def box(session: EditSession) -> Rect | None:
    selection = session.document.selection
    return None if selection is None else bounds(selection)


def copy(window: MainWindow, qtbot: QtBot, name: str = "copy") -> None:
    with qtbot.waitSignal(QGuiApplication.clipboard().dataChanged, timeout=10_000):
        trigger(window, name)


def test_all_none_again_and_inverse(window: MainWindow, session: EditSession) -> None:
    for name in ("deselect", "invert_selection", "grow_selection", "cut", "via_cut"):
        assert not window.actions_[name].isEnabled()
        assert "Select a part" in window.actions_[name].toolTip()
    trigger(window, "select_all")
    assert (selected(session) == 255).all()
    session.apply(edits.SelectRectangle(BOX))
    trigger(window, "deselect")
    assert box(session) is None
    trigger(window, "reselect")
    assert box(session) == Rect(50, 40, 100, 80)
    trigger(window, "invert_selection")
    assert selected(session)[50, 60] == 0
    assert selected(session)[0, 0] == 255
    assert session.stack.count() == 5


def test_reselecting_before_anything_was_selected_says_so(
    window: MainWindow, session: EditSession
) -> None:
    trigger(window, "reselect")
    assert any("Nothing was selected" in text for text in window.notices.texts)


def open_bar(window: MainWindow, view: DocumentView, name: str) -> SelectionBar:
    trigger(window, name)
    found = [bar for bar in view.findChildren(SelectionBar) if bar.isVisible()]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("grow_selection", Rect(42, 32, 116, 96)),
        ("shrink_selection", Rect(58, 48, 84, 64)),
        ("border_selection", Rect(46, 36, 108, 88)),
    ],
)
def test_a_number_is_previewed_and_applied_in_one_step(
    window: MainWindow,
    session: EditSession,
    view: DocumentView,
    qtbot: QtBot,
    name: str,
    expected: Rect,
) -> None:
    session.apply(edits.SelectRectangle(BOX))
    bar = open_bar(window, view, name)
    assert isinstance(bar, PixelsBar)
    bar.slider._slider.setValue(8)

    def shows() -> bool:
        shown = view.canvas.selection_view.selection
        return shown is not None and bounds(shown) == expected

    qtbot.waitUntil(shows, timeout=10_000)
    assert session.stack.count() == 1
    button(bar, "Apply").click()
    assert box(session) == expected
    assert session.stack.count() == 2
    assert view.canvas.selection_view.selection is session.document.selection


@pytest.mark.parametrize("name", ["feather_selection", "smooth_selection"])
def test_escape_leaves_the_selection_as_it_was(
    window: MainWindow, session: EditSession, view: DocumentView, qtbot: QtBot, name: str
) -> None:
    session.apply(edits.SelectRectangle(BOX))
    before = session.document.selection
    bar = open_bar(window, view, name)
    qtbot.waitUntil(lambda: view.canvas.selection_view.selection is not before, timeout=10_000)
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert view.canvas.selection_view.selection is before
    assert session.document.selection is before
    assert session.stack.count() == 1


def test_enter_applies_another_bar_takes_the_place_and_undo_closes(
    window: MainWindow, session: EditSession, view: DocumentView
) -> None:
    session.apply(edits.SelectRectangle(BOX))
    first = open_bar(window, view, "grow_selection")
    second = open_bar(window, view, "shrink_selection")
    assert not first.isVisible()
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert box(session) == Rect(55, 45, 90, 70)
    third = open_bar(window, view, "grow_selection")
    trigger(window, "undo")
    assert not third.isVisible()


def test_by_colour_with_a_click_on_the_picture(
    window: MainWindow, session: EditSession, view: DocumentView, qtbot: QtBot
) -> None:
    session.apply(edits.SelectRectangle(BOX))
    session.apply(edits.FillSelected(PHOTO, Colour(10, 200, 30)))
    session.apply(edits.Deselect())
    before = view.canvas.tool
    bar = open_bar(window, view, "select_colour")
    assert isinstance(bar, ColourBar)
    stroke(view.canvas, (100, 80), (100, 80))
    assert bar.colour.colour == Colour(10, 200, 30)
    bar.slider._slider.setValue(3)
    button(bar, "Apply").click()
    assert selected(session)[80, 100] == 255
    assert (selected(session) > 0).mean() < 0.12
    assert view.canvas.tool is before


def test_a_colour_that_is_nowhere_selects_nothing_and_a_refused_number_says_why(
    window: MainWindow, session: EditSession, view: DocumentView
) -> None:
    session.apply(edits.SelectRectangle(BOX))
    session.apply(edits.FillSelected(PHOTO, Colour(10, 200, 30)))
    session.apply(edits.InvertSelection())
    session.apply(edits.FillSelected(PHOTO, Colour(10, 200, 30)))
    bar = open_bar(window, view, "select_colour")
    assert isinstance(bar, ColourBar)
    bar.slider._slider.setValue(2)
    button(bar, "Apply").click()
    assert box(session) is None
    session.apply(edits.SelectRectangle(Box(10, 10, 14, 14)))
    steps = session.stack.count()
    bar = open_bar(window, view, "shrink_selection")
    button(bar, "Apply").click()
    assert session.stack.count() == steps
    assert any("Nothing would be left" in text for text in window.notices.texts)


def test_the_product_from_its_mask_and_from_a_cut_out_that_shows_nowhere(
    window: MainWindow, session: EditSession, qtbot: QtBot
) -> None:
    layer = session.document.find(PHOTO)
    assert layer is not None
    assert layer.tiles is not None
    trigger(window, "select_product")
    qtbot.waitUntil(lambda: session.document.selection is not None, timeout=30_000)
    wanted = layer.tiles.to_array()[..., 0]
    assert np.array_equal(selected(session), wanted)
    assert session.document.find(PHOTO) is layer
    assert session.stack.count() == 1
    half = np.zeros(wanted.shape, np.uint8)
    half[:, :100] = 255
    session.apply(edits.SetMask(PHOTO), {"alpha": Tiles.from_array(half)})
    trigger(window, "select_product")
    assert np.array_equal(selected(session), half)


def test_where_a_layer_shows(window: MainWindow, session: EditSession, qtbot: QtBot) -> None:
    session.apply(edits.AddFillLayer("fill", "Fill", SolidFill(Colour(1, 2, 3))))
    session.apply(edits.SelectEllipse(BOX))
    session.apply(edits.MaskFromSelection("fill"))
    wanted = selected(session)
    session.apply(edits.Deselect())
    session.activate("fill")
    trigger(window, "select_layer")
    qtbot.waitUntil(lambda: session.document.selection is not None, timeout=10_000)
    assert np.array_equal(selected(session), wanted)


def test_a_mask_from_the_selection_and_back(window: MainWindow, session: EditSession) -> None:
    session.apply(edits.SelectRectangle(BOX))
    trigger(window, "mask_from_selection", "deselect", "selection_from_mask")
    assert box(session) == Rect(50, 40, 100, 80)


def test_the_quick_mask_lends_the_brush_and_gives_the_tool_back(
    window: MainWindow, session: EditSession, view: DocumentView
) -> None:
    window.tools.choose("marquee")
    view.choose_tool("marquee")
    session.apply(edits.SelectRectangle(BOX))
    trigger(window, "quick_mask")
    assert view.canvas.tool is view.quick_mask
    stroke(view.canvas, (220, 180), (260, 180))
    assert selected(session)[180, 240] > 200
    view.choose_tool("mask-brush")
    assert view.canvas.tool is view.quick_mask
    view.choose_tool("marquee")
    trigger(window, "quick_mask")
    assert view.canvas.tool is view.tool("marquee")


def test_extras_hides_the_ants_and_not_the_selection(
    window: MainWindow, session: EditSession, view: DocumentView
) -> None:
    session.apply(edits.SelectRectangle(BOX))
    trigger(window, "extras")
    assert not view.canvas.selection_view.is_shown
    assert box(session) is not None
    trigger(window, "extras")
    assert view.canvas.selection_view.is_shown


def test_delete_clears_what_is_selected_else_the_layer(
    window: MainWindow, session: EditSession
) -> None:
    session.apply(edits.SelectRectangle(BOX))
    trigger(window, "clear")
    mask = session.document.layers[0].mask
    assert mask is not None
    assert mask.alpha.to_array()[80, 100] == 0
    assert mask.alpha.to_array()[10, 10] == 255
    session.apply(edits.Deselect())
    trigger(window, "clear")
    assert session.document.layers == ()


def test_what_is_selected_of_the_layer_is_copied_and_pasted_in_place(
    window: MainWindow, session: EditSession, qtbot: QtBot
) -> None:
    session.apply(edits.SelectEllipse(BOX))
    chosen = selected(session)[40:120, 50:150]
    copy(window, qtbot)
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (100, 80)
    session.apply(edits.Deselect())
    trigger(window, "paste_in_place")
    pasted = session.active_layer
    assert pasted is not None
    assert (pasted.transform.dx, pasted.transform.dy) == (50, 40)
    assert pasted.mask is not None
    assert np.abs(pasted.mask.alpha.to_array().astype(int) - chosen).max() <= 1


def test_a_paste_lands_in_the_middle_of_the_selection(
    window: MainWindow, session: EditSession
) -> None:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(0xFF00FF00)
    QGuiApplication.clipboard().setImage(image)
    session.apply(edits.SelectRectangle(BOX))
    for name in ("paste", "paste_in_place"):  # nobody knows where this one was
        trigger(window, name)
        layer = session.active_layer
        assert layer is not None
        assert layer.content_bounds(session.document.size) == Rect(90, 75, 20, 10)


def test_a_paste_of_nothing_says_so(window: MainWindow, session: EditSession) -> None:
    mime = QMimeData()
    mime.setText("not a picture")
    QGuiApplication.clipboard().setMimeData(mime)
    trigger(window, "paste", "paste_in_place")
    assert sum("no picture to paste" in text for text in window.notices.texts) == 2
    assert session.stack.count() == 0


def test_a_layer_alone_and_the_picture_as_it_shows(
    window: MainWindow, session: EditSession, qtbot: QtBot
) -> None:
    session.apply(edits.AddFillLayer("fill", "Fill", SolidFill(Colour(255, 0, 0))))
    session.apply(edits.SelectRectangle(BOX))
    session.activate(PHOTO)
    copy(window, qtbot, "copy_merged")
    assert QGuiApplication.clipboard().image().pixelColor(5, 5).red() == 255
    merged = QGuiApplication.clipboard().image()
    copy(window, qtbot)
    assert QGuiApplication.clipboard().image() != merged


def test_cutting_copies_and_clears_in_one_step(
    window: MainWindow, session: EditSession, qtbot: QtBot
) -> None:
    session.apply(edits.SelectRectangle(BOX))
    copy(window, qtbot, "cut")
    qtbot.waitUntil(lambda: session.stack.count() == 2, timeout=10_000)
    mask = session.document.layers[0].mask
    assert mask is not None
    assert mask.alpha.to_array()[80, 100] == 0
    assert QGuiApplication.clipboard().image().width() == 100


def test_copying_an_empty_place_says_so_and_keeps_the_clipboard(
    window: MainWindow, session: EditSession, qtbot: QtBot
) -> None:
    session.apply(edits.SetMask(PHOTO), {"alpha": Tiles.empty(session.document.size, 1)})
    trigger(window, "copy")
    qtbot.waitUntil(
        lambda: any("nothing to copy" in text for text in window.notices.texts), timeout=10_000
    )


@pytest.mark.parametrize(("name", "clears"), [("duplicate", False), ("via_cut", True)])
def test_a_layer_by_copy_and_by_cut(
    window: MainWindow, session: EditSession, name: str, clears: bool
) -> None:
    session.apply(edits.SelectRectangle(BOX))
    trigger(window, name)
    part, photo = session.active_layer, session.document.find(PHOTO)
    assert part is not None
    assert photo is not None
    assert part.content_bounds(session.document.size) == Rect(50, 40, 100, 80)
    assert (photo.mask is not None) is clears
    assert session.stack.count() == 2


def test_a_layer_without_pixels_is_copied_with_the_selection_as_its_mask(
    window: MainWindow, session: EditSession
) -> None:
    session.apply(edits.AddFillLayer("fill", "Fill", SolidFill(Colour(255, 0, 0))))
    session.apply(edits.SelectRectangle(BOX))
    session.activate("fill")
    trigger(window, "duplicate")
    layer = session.active_layer
    assert layer is not None
    assert layer.mask is not None
    assert layer.mask.alpha.to_array()[50, 60] == 255
    assert session.stack.count() == 3


def test_the_options_show_for_tools_that_select_and_reach_them(
    window: MainWindow, view: DocumentView
) -> None:
    options = view.select_options
    view.choose_tool("move")
    assert not options.isVisible()
    view.choose_tool("marquee")
    assert options.isVisible()
    assert not options.tolerance.isVisible()
    view.choose_tool("wand")
    assert options.tolerance.isVisible()
    options.modes["add"].click()
    options.feather.setValue(7)
    options.smooth.setChecked(False)
    options.tolerance.setValue(90)
    tool = view.tool("lasso")
    assert isinstance(tool, SelectTool)
    assert tool.options == Selecting("add", 7, False)
    wand = view.tool("wand")
    assert wand.wand.tolerance == 90  # type: ignore[attr-defined]


def test_the_wand_works_in_the_window(
    window: MainWindow, session: EditSession, view: DocumentView, qtbot: QtBot
) -> None:
    session.apply(edits.SelectRectangle(BOX))
    session.apply(edits.FillSelected(PHOTO, Colour(10, 200, 30)))
    session.apply(edits.Deselect())
    view.choose_tool("wand")
    stroke(view.canvas, (100, 80), (100, 80))
    qtbot.waitUntil(lambda: session.document.selection is not None, timeout=10_000)
    assert selected(session)[80, 100] == 255


def test_a_click_on_an_object_selects_what_the_engine_finds(
    window: MainWindow, session: EditSession, view: DocumentView, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, object]] = []

    def ask(task: object, document: object, layer_id: str, take: Callable[..., None]) -> str:
        asked.append((task, layer_id))
        layer = session.document.find(PHOTO)
        assert layer is not None
        assert layer.tiles is not None
        alpha = np.zeros((240, 320), np.uint8)
        alpha[10:20, 10:20] = 255
        from prodedit.editing.session import Landing

        take(Landing(edits.SetMask(PHOTO), {"alpha": Tiles.from_array(alpha)}))
        return "job"

    monkeypatch.setattr(session, "ask", ask)
    view.choose_tool("object-select")
    stroke(view.canvas, (15, 15), (15, 15))
    assert len(asked) == 1
    assert box(session) == Rect(10, 10, 10, 10)


def test_the_selection_goes_through_a_project_file(
    window: MainWindow, session: EditSession, qtbot: QtBot, tmp_path: Path
) -> None:
    session.apply(edits.SelectEllipse(BOX, feather=6))
    wanted = selected(session)
    path = tmp_path / "selected.ora"
    window.workspace.save(session, path)
    window.workspace.wait_for_files()
    window.workspace.close_session(session)
    with qtbot.waitSignal(window.workspace.session_opened, timeout=20_000) as opened:
        window.workspace.open(path)
    assert np.array_equal(selected(opened.args[0]), wanted)
