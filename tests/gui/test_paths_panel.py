# SPDX-License-Identifier: Apache-2.0
"""The Paths panel in the whole window."""

from collections.abc import Iterator
from pathlib import Path as File

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.colour import Colour
from prodedit.core.document import PHOTO
from prodedit.core.edits.selection import Box
from prodedit.core.fill import SolidFill
from prodedit.core.layer import ShapeContent
from prodedit.core.path import Knot, NamedPath, Path, Subpath
from prodedit.core.shape import PathShape
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.main_window import MainWindow
from prodedit.gui.panels.paths import PathsPanel
from tests.files.test_photoshop_paths import blocks_of, photoshop_of, subpaths_of
from tests.window import at, open_noise, opened_window, shown

PLACES = ((40, 30), (200, 30), (200, 150), (40, 150))
SQUARE = Path((Subpath(tuple(Knot.corner(*place) for place in PLACES), True),))


@pytest.fixture
def window(qtbot: QtBot, tmp_path: File) -> Iterator[MainWindow]:
    with opened_window(qtbot, tmp_path) as opened:
        opened.side.open("paths")
        yield opened


@pytest.fixture
def session(window: MainWindow) -> EditSession:
    return open_noise(window)


def panel(window: MainWindow) -> PathsPanel:
    found = window.side.findChild(PathsPanel)
    assert found is not None
    return found


def names(window: MainWindow) -> list[str]:
    rows = panel(window).list
    return [rows.item(number).text() for number in range(rows.count())]


def put(window: MainWindow, session: EditSession, path: NamedPath) -> None:
    session.apply(edits.SetPath(path))
    pen = panel(window).pen
    assert pen is not None
    pen.work_on(path.id)


@pytest.fixture
def square(window: MainWindow, session: EditSession) -> EditSession:
    put(window, session, NamedPath("p", "Square", SQUARE))
    return session


def test_without_a_picture_nothing_can_be_done(window: MainWindow) -> None:
    assert not panel(window).isEnabled()
    assert names(window) == []


def test_a_new_path_is_drawn_with_the_pen(window: MainWindow, session: EditSession) -> None:
    panel(window).new.click()
    assert names(window) == ["Path 1"]
    assert window.tools.tool_id == "pen"
    canvas = window.canvas
    assert canvas is not None
    for x, y in ((100, 100), (200, 100), (150, 200)):
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, x, y))
    assert len(session.document.paths) == 1
    assert len(session.document.paths[0].path.subpaths[0].knots) == 3
    panel(window).delete.click()
    assert names(window) == []
    session.undo()
    assert names(window) == ["Path 1"]


def test_choosing_one_puts_it_on_the_canvas(window: MainWindow, square: EditSession) -> None:
    put(window, square, NamedPath("q", "Other", SQUARE))
    rows = panel(window).list
    assert rows.currentItem().text() == "Other"
    QTest.mouseClick(
        rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualItemRect(rows.item(0)).center()
    )
    pen = panel(window).pen
    assert pen is not None
    assert pen.path_id == "p"
    assert window.tools.tool_id == "pen"


@pytest.mark.usefixtures("square")
def test_rename(window: MainWindow, square: EditSession) -> None:
    item = panel(window).list.item(0)
    item.setText("  Freisteller ")
    assert square.document.paths[0].name == "Freisteller"
    steps = square.stack.count()
    panel(window).list.item(0).setText("   ")
    assert names(window) == ["Freisteller"]
    assert square.stack.count() == steps


def test_a_selection_and_a_mask_and_a_shape(window: MainWindow, square: EditSession) -> None:
    panel(window).select.click()
    assert square.document.selection is not None
    panel(window).make_mask.click()
    layer = square.document.find(PHOTO)
    assert layer is not None
    assert layer.mask is not None
    assert layer.mask.alpha.to_array()[100, 100] == 255
    assert layer.mask.alpha.to_array()[10, 10] == 0
    panel(window).make_shape.click()
    top = square.document.layers[-1]
    assert square.active_id == top.id
    assert isinstance(top.content, ShapeContent)
    assert isinstance(top.content.shape, PathShape)
    assert top.bounds(square.document.size) == (40, 30, 160, 120)
    assert top.name == "Square"


def test_paths_from_the_selection_and_from_the_mask(
    qtbot: QtBot, window: MainWindow, session: EditSession
) -> None:
    own = panel(window)
    assert not own.from_selection.isEnabled()
    assert own.from_selection.toolTip()
    session.apply(edits.SelectEllipse(Box(50, 40, 250, 200)))
    own.from_selection.click()
    qtbot.waitUntil(lambda: names(window) == ["Path 1"], timeout=20_000)
    session.apply(edits.MaskFromSelection(PHOTO))
    own.from_mask.click()
    qtbot.waitUntil(lambda: names(window) == ["Path 1", "Path 2"], timeout=20_000)
    one, other = (path.path.bounds for path in session.document.paths)
    assert one == other
    assert np.allclose(one, (50, 40, 200, 160), atol=10)
    assert window.tools.tool_id == "pen"


def test_grain_is_told_and_changes_nothing(
    qtbot: QtBot, window: MainWindow, session: EditSession
) -> None:
    grain = np.random.default_rng(2).integers(0, 256, (240, 320)).astype(np.uint8)
    session.apply(edits.SetSelection(), {"selection": Tiles.from_array(grain)})
    with qtbot.waitSignal(session.failed, timeout=20_000) as failed:
        panel(window).tolerance.setValue(0.2)
        panel(window).from_selection.click()
    assert failed.args[0].code == "too-fine-for-path"
    assert names(window) == []


def test_one_path_clips(window: MainWindow, square: EditSession) -> None:
    put(window, square, NamedPath("q", "Other", SQUARE))
    own = panel(window)
    own.clips.click()
    assert [path.is_clipping for path in square.document.paths] == [False, True]
    assert own.list.item(1).font().bold()
    own.list.setCurrentRow(0)
    assert not own.clips.isChecked()
    own.clips.click()
    assert [path.is_clipping for path in square.document.paths] == [True, False]
    own.clips.click()
    assert [path.is_clipping for path in square.document.paths] == [False, False]


def test_it_follows_the_picture_in_front(window: MainWindow, square: EditSession) -> None:
    assert names(window) == ["Square"]
    open_noise(window, name="other.jpg")
    assert names(window) == []
    window.workspace.make_current(square)
    assert names(window) == ["Square"]


def test_the_export_panel_offers_it_where_it_can_be_written(
    window: MainWindow, square: EditSession
) -> None:
    window.side.open("export")
    export = window.export
    export.formats.button("tiff").click()
    assert export.clipping.isHidden()
    square.apply(edits.SetPath(NamedPath("p", "Square", SQUARE, is_clipping=True)))
    assert not export.clipping.isHidden()
    assert export.clipping.isChecked()
    export.formats.button("png").click()
    assert export.clipping.isHidden()
    export.formats.button("jpeg").click()
    assert not export.clipping.isHidden()
    export.clipping.click()
    assert not export.setting.clipping
    export.clipping.click()
    assert export.setting.clipping


@pytest.mark.parametrize("kind", ["jpeg", "tiff"])
def test_an_exported_file_clips(
    window: MainWindow, square: EditSession, tmp_path: File, kind: str
) -> None:
    square.apply(edits.SetPath(NamedPath("p", "Square", SQUARE, is_clipping=True)))
    window.side.open("export")
    window.export.formats.button(kind).click()
    window.export.export_to(tmp_path / f"out.{kind}")
    window.workspace.wait_for_files()
    blocks = blocks_of(photoshop_of((tmp_path / f"out.{kind}").read_bytes()))
    assert blocks[2000][0] == b"Square"
    (sub,) = subpaths_of(blocks[2000][1], square.document.size)
    assert [knot.point for knot in sub.knots] == [pytest.approx(place) for place in PLACES]


def test_what_was_undone_can_be_redone_at_once(window: MainWindow, session: EditSession) -> None:
    for opacity in (0.2, 0.5):
        session.apply(edits.SetOpacity(session.active_id, opacity))
    assert window.canvas is not None
    QTest.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.stack.index() == 1
    QTest.keyClick(window.canvas, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert session.stack.index() == 2


def test_the_path_shows_with_other_tools_while_the_panel_does(
    window: MainWindow, square: EditSession
) -> None:
    canvas = window.canvas
    assert canvas is not None
    assert canvas.tool is not panel(window).pen
    square.apply(edits.AddFillLayer("f", "f", SolidFill(Colour(200, 200, 200))))

    def is_seen() -> bool:
        place = at(canvas, 120, 30)
        around = shown(canvas)[place.y() - 2 : place.y() + 3, place.x()]
        return bool((around != 200).any())

    assert is_seen()
    panel(window).eye.click()
    assert not is_seen()
    panel(window).eye.click()
    assert is_seen()
    canvas.selection_view.set_shown(False)  # Ctrl+H
    assert not is_seen()
    canvas.selection_view.set_shown(True)
    window.side.open("background")
    assert not is_seen()
    window.side.open("paths")
    assert is_seen()
