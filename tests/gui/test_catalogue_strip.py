# SPDX-License-Identifier: Apache-2.0
"""The strip with the pictures of the open folder, in the real window.

Over 400 lines: all that one strip does is tried on one window and one folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from prodedit.catalogue.folder.marks import NO_MARK, Mark, Marks
from prodedit.core import edits
from prodedit.core.adjust.values import Invert
from prodedit.core.document import PHOTO
from prodedit.core.export_setting import ExportSetting
from prodedit.core.geometry import Point
from prodedit.core.problem import Problem
from prodedit.engine.preset_library import PresetLibrary
from prodedit.engine.recipe import Recipe
from prodedit.engine.recipe_library import RecipeLibrary
from prodedit.engine.service.jobs import State
from prodedit.engine.tasks import RemoveBackground
from prodedit.gui.catalogue.desk import CatalogueDesk
from prodedit.gui.catalogue.menu import PicturesMenu
from prodedit.gui.catalogue.model import Role
from prodedit.gui.main_window import MainWindow
from tests.window import close_all, open_file, open_noise, opened_window

NAMES = ("a1.png", "a2.png", "a10.png", "b.jpg", "broken.jpg")
_NO_KEY = Qt.KeyboardModifier.NoModifier


def draw(path: Path, colour: int, size: tuple[int, int] = (60, 40)) -> None:
    pixels = np.full((size[1], size[0], 3), colour, np.uint8)
    pixels[: size[1] // 2, :, 0] = 240  # of which the fake engine makes the cut-out
    done, data = cv2.imencode(path.suffix, pixels)
    assert done
    path.write_bytes(data.tobytes())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "shop"
    made.mkdir()
    for number, name in enumerate(NAMES[:-1]):
        draw(made / name, 40 + 50 * number)
    (made / NAMES[-1]).write_bytes(b"\xff\xd8\xff no picture")
    return made


@pytest.fixture(scope="module")
def shared_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    with opened_window(qapp, tmp_path_factory.mktemp("window")) as window:
        window.resize(1366, 768)
        yield window


@pytest.fixture
def window(shared_window: MainWindow) -> Iterator[MainWindow]:
    yield shared_window
    close_all(shared_window)


@pytest.fixture
def desk(window: MainWindow, folder: Path, qtbot: QtBot) -> CatalogueDesk:
    """The folder is open, nothing else."""
    window.catalogue.open([folder], shows_first=False)
    qtbot.waitUntil(lambda: shown(window.catalogue) == list(NAMES))
    return window.catalogue


def shown(desk: CatalogueDesk) -> list[str]:
    return [one.path.name for one in desk.model.rows]


def value(desk: CatalogueDesk, name: str, role: int) -> object:
    row = desk.model.row_of(next(one.path for one in desk.model.rows if one.path.name == name))
    assert row is not None
    return desk.model.index(row).data(role)


def choose(desk: CatalogueDesk, *names: str) -> None:
    paths = [one.path for one in desk.model.rows if one.path.name in names]
    desk.strip.row.choose(set(paths), paths[0])


def mark(desk: CatalogueDesk, name: str) -> Mark:
    found = value(desk, name, Role.MARK)
    assert isinstance(found, Mark)
    return found


def entry(menu: QMenu, *texts: str) -> QAction:
    """The entry of that text; the first ones are of submenus."""
    for text in texts[:-1]:
        action = entry(menu, text)
        assert isinstance(action.menu(), QMenu)
        menu = action.menu()
    return next(action for action in menu.actions() if action.text() == texts[-1])


def test_small_pictures_come_and_what_can_not_be_read_says_why(
    desk: CatalogueDesk, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: value(desk, "b.jpg", Role.SMALL) is not None)
    qtbot.waitUntil(lambda: value(desk, "broken.jpg", Role.PROBLEM) is not None)
    assert isinstance(value(desk, "broken.jpg", Role.PROBLEM), Problem)
    assert "damaged" in str(value(desk, "broken.jpg", Qt.ItemDataRole.ToolTipRole))
    qtbot.waitUntil(lambda: "60 × 40" in str(value(desk, "b.jpg", Qt.ItemDataRole.ToolTipRole)))
    assert "broken.jpg" in str(value(desk, "broken.jpg", Qt.ItemDataRole.AccessibleTextRole))


def test_a_dropped_folder_is_opened_and_its_first_picture(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(300, 300), copy, mime, left, _NO_KEY))
    qtbot.waitUntil(lambda: window.workspace.current is not None)
    assert window.catalogue.strip.isVisible()
    assert window.workspace.current is not None
    assert window.workspace.current.name == "a1.png"
    assert value(window.catalogue, "a1.png", Role.IS_OPEN)
    assert window.workspace.settings.catalogue.folders == (str(folder),)


def test_an_empty_folder_and_one_that_is_gone_say_so(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    empty, strip = tmp_path / "empty", window.catalogue.strip
    empty.mkdir()
    window.catalogue.open([empty])
    qtbot.waitUntil(lambda: "no pictures" in strip._empty.text())
    assert strip._other.isVisible()
    window.catalogue.open([tmp_path / "gone"])
    qtbot.waitUntil(lambda: "could not be read" in strip._empty.text())


def test_stars_by_key_and_by_mouse(desk: CatalogueDesk, qtbot: QtBot, folder: Path) -> None:
    row = desk.strip.row
    choose(desk, "a1.png", "a2.png")
    QTest.keyClick(row, Qt.Key.Key_4)
    assert [mark(desk, name).stars for name in NAMES[:3]] == [4, 4, 0]
    rect = row.visualRect(desk.model.index(2))
    third = QPoint(rect.center().x(), rect.bottom() - 8)
    QTest.mouseClick(row.viewport(), Qt.MouseButton.LeftButton, pos=third)
    assert mark(desk, "a10.png").stars == 3
    QTest.mouseClick(row.viewport(), Qt.MouseButton.LeftButton, pos=third)
    assert mark(desk, "a10.png").stars == 0, "the same star again takes them away"
    desk._workspace.wait_for_files()
    kept = Marks().read(desk.pictures)
    assert {path.name: one.stars for path, one in kept.items()} == {"a1.png": 4, "a2.png": 4}
    assert sorted(one.name for one in folder.iterdir()) == sorted(NAMES), "nothing beside photos"


def test_what_is_said_while_the_file_is_read_is_not_lost(desk: CatalogueDesk) -> None:
    desk.keeper.read(desk.pictures, lambda: None)
    desk.keeper.rate(desk.pictures[:1], 3)
    desk._workspace.wait_for_files()
    assert mark(desk, "a1.png").stars == 3


def test_filter_and_order(desk: CatalogueDesk, qtbot: QtBot) -> None:
    choose(desk, "b.jpg")
    desk.keeper.rate(desk.strip.row.chosen, 5)
    desk.strip.words.setText("a1")
    qtbot.waitUntil(lambda: shown(desk) == ["a1.png", "a10.png"])
    assert "2 of 5" in desk.strip._title.toolTip()
    desk.strip.words.setText("zzz")
    qtbot.waitUntil(lambda: shown(desk) == [])
    desk.strip._other.click()  # "Show all"
    qtbot.waitUntil(lambda: shown(desk) == list(NAMES))
    entry(desk.strip.filter.menu(), "★★★★★ or more").trigger()
    assert shown(desk) == ["b.jpg"]
    assert desk.strip.filter.isChecked()
    entry(desk.strip.filter.menu(), "Any number of stars").trigger()
    entry(desk.strip.sort.menu(), "Stars").trigger()
    entry(desk.strip.sort.menu(), "Descending").trigger()
    assert shown(desk)[0] == "b.jpg"
    assert desk._workspace.settings.catalogue.by == "stars"
    desk.keeper.rate([desk.model.rows[0]], 0)
    qtbot.waitUntil(lambda: shown(desk)[-1] == "b.jpg" or shown(desk)[0] != "b.jpg")
    entry(desk.strip.sort.menu(), "Name").trigger()
    entry(desk.strip.sort.menu(), "Ascending").trigger()


def test_the_next_one_by_key_with_zoom_and_tool(
    desk: CatalogueDesk, window: MainWindow, qtbot: QtBot
) -> None:
    workspace = window.workspace
    kept = open_noise(window)

    def is_open(name: str) -> bool:
        now = workspace.current
        return now is not None and now.name == name and desk.stepper.target is None

    choose(desk, "a1.png")
    window.actions_["next_photo"].trigger()
    qtbot.waitUntil(lambda: is_open("a1.png"))
    window.tools.choose("lasso")
    canvas = window.canvas
    assert canvas is not None
    view = canvas.viewport.zoom_to(3.0)
    canvas.set_viewport(replace(view, origin=Point(view.origin.x - 30, view.origin.y - 12)))
    place = canvas.viewport.visible
    QTest.keyClick(canvas, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: is_open("a2.png"))
    assert window.canvas is not None
    assert window.canvas.viewport.zoom == 3.0
    assert window.canvas.viewport.visible == place
    assert window.tools.tool_id == "lasso"
    assert [one.name for one in workspace.sessions] == [kept.name, "a2.png"], "in its place"
    QTest.keyClick(window.canvas, Qt.Key.Key_PageDown)
    QTest.keyClick(window.canvas, Qt.Key.Key_PageDown)  # faster than they open
    qtbot.waitUntil(lambda: is_open("b.jpg"))
    assert workspace.current is not None
    workspace.current.apply(edits.AdjustPixels(PHOTO, Invert()))
    assert value(desk, "b.jpg", Role.IS_EDITED)
    QTest.keyClick(window.canvas, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: is_open("a10.png"))
    names = [one.name for one in workspace.sessions]
    assert names == [kept.name, "b.jpg", "a10.png"], "what was worked on stays"
    QTest.keyClick(window.canvas, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: is_open("b.jpg"))


def test_one_that_can_not_be_read_is_stepped_over(
    desk: CatalogueDesk, window: MainWindow, qtbot: QtBot
) -> None:
    choose(desk, "broken.jpg")
    with qtbot.waitSignal(window.workspace.failed):
        window.actions_["next_photo"].trigger()
    qtbot.waitUntil(lambda: desk.stepper.target is None)
    window.actions_["previous_photo"].trigger()
    qtbot.waitUntil(lambda: window.workspace.current is not None)
    assert window.workspace.current is not None
    assert window.workspace.current.name == "b.jpg"


def test_enter_and_double_click_open_tabs(
    desk: CatalogueDesk, window: MainWindow, qtbot: QtBot
) -> None:
    choose(desk, "a1.png", "b.jpg")
    QTest.keyClick(desk.strip.row, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.workspace.sessions) == 2)
    middle = desk.strip.row.visualRect(desk.model.index(1)).center()
    QTest.mouseDClick(desk.strip.row.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: len(window.workspace.sessions) == 3)


def test_what_is_saved_and_exported_has_flags(
    desk: CatalogueDesk, window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    workspace = window.workspace
    session = open_file(qtbot, workspace, folder / "a2.png")
    session.apply(edits.AdjustPixels(PHOTO, Invert()))
    assert value(desk, "a2.png", Role.IS_EDITED)
    project = tmp_path / "a2.ora"
    workspace.save(session, project)
    workspace.export(session, tmp_path / "a2.jpg", ExportSetting(format="jpeg"))
    qtbot.waitUntil(lambda: bool(mark(desk, "a2.png").exported))
    qtbot.waitUntil(lambda: mark(desk, "a2.png").project == str(project))
    workspace.close_session(session)
    choose(desk, "a2.png")
    desk.open_pictures(desk.strip.row.chosen)
    qtbot.waitUntil(lambda: workspace.current is not None)
    assert workspace.current is not None
    assert workspace.current.path == project, "what was made of it is opened"
    assert value(desk, "a2.png", Role.IS_OPEN)


def test_files_that_come_go_and_change(desk: CatalogueDesk, qtbot: QtBot, folder: Path) -> None:
    choose(desk, "b.jpg")
    qtbot.waitUntil(lambda: value(desk, "b.jpg", Role.SMALL) is not None)
    desk.keeper.rate(desk.strip.row.chosen, 2)
    desk._workspace.wait_for_files()
    (folder / "a1.png").unlink()
    (folder / "a2.png").rename(folder / "z.png")
    draw(folder / "b.jpg", 9, (30, 90))
    assert desk._following is not None
    desk._following.look()
    qtbot.waitUntil(lambda: shown(desk) == ["a10.png", "b.jpg", "broken.jpg", "z.png"])
    assert [one.path.name for one in desk.strip.row.chosen] == ["b.jpg"]
    assert mark(desk, "b.jpg").stars == 2
    qtbot.waitUntil(lambda: "30 × 90" in str(value(desk, "b.jpg", Qt.ItemDataRole.ToolTipRole)))


def test_a_recipe_on_several_without_opening_them(
    desk: CatalogueDesk,
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    results = tmp_path / "results"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_any: str(results))
    library = RecipeLibrary(tmp_path / "recipes")
    invert = edits.AdjustPixels(PHOTO, Invert())
    library.add(Recipe("Negative", (RemoveBackground(), invert), ExportSetting(format="png")))
    choose(desk, "a2.png", "b.jpg", "broken.jpg")
    menu = PicturesMenu(desk, desk.strip.row.chosen, library, window)
    with qtbot.waitSignal(desk.work.runs.ended) as ended:
        entry(menu, "Apply recipe", "Negative…").trigger()
    assert ended.args[0].state is State.DONE
    assert sorted(one.name for one in results.iterdir()) == ["a2.png", "b.png"]
    made = cv2.imread(str(results / "a2.png"), cv2.IMREAD_UNCHANGED)
    assert abs(int(made[10, 30, 1]) - (255 - 90)) < 3
    assert not window.workspace.sessions
    assert mark(desk, "b.jpg").exported == str(results / "b.png")
    assert mark(desk, "b.jpg").recipe == "negative"
    assert any("2 pictures were written" in text for text in window.notices.texts)
    assert any("damaged" in text for text in window.notices.texts)
    menu.deleteLater()


def test_work_on_several_can_be_stopped(
    desk: CatalogueDesk, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    library = RecipeLibrary(tmp_path / "recipes")
    slow = library.add(Recipe("Slow", (RemoveBackground(model="sleep:60"),)))
    assert slow.recipe is not None
    window.workspace.change_settings(catalogue=replace_results(window, str(tmp_path / "results")))
    plan = desk.model.rows[:2]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getExistingDirectory", lambda *_any: str(tmp_path / "out"))
        desk.work.apply(slow, plan, desk.folders)
    assert window.jobs.active
    with qtbot.waitSignal(desk.work.runs.ended) as ended:
        window.jobs_bar.cancel_first()
    assert ended.args[0].state is State.CANCELLED
    assert not window.jobs.active


def replace_results(window: MainWindow, results: str) -> object:
    return msgspec.structs.replace(window.workspace.settings.catalogue, results=results)


def test_pictures_that_fail_a_preset_are_flagged(
    desk: CatalogueDesk, window: MainWindow, qtbot: QtBot
) -> None:
    ebay = next(one for one in PresetLibrary().entries() if one.id == "ebay")
    assert ebay.preset is not None
    sides = tuple(rule for rule in ebay.preset.rules if rule.rule == "long-side")
    ebay = ebay._replace(preset=msgspec.structs.replace(ebay.preset, rules=sides))
    with qtbot.waitSignal(desk.work.runs.ended):
        desk.work.check(ebay, [one for one in desk.model.rows if one.path.stem in ("b", "a1")])
    assert [one.preset for one in mark(desk, "b.jpg").fails] == ["ebay"]
    assert "eBay" in str(value(desk, "b.jpg", Qt.ItemDataRole.ToolTipRole))
    entry(desk.strip.filter.menu(), "Fails a preset").trigger()
    assert shown(desk) == ["a1.png", "b.jpg"]


def test_chosen_pictures_go_to_the_batch(desk: CatalogueDesk, window: MainWindow) -> None:
    choose(desk, "a1.png", "b.jpg")
    menu = PicturesMenu(desk, desk.strip.row.chosen, window.recipes.library, window)
    asked: list[list[Path]] = []
    desk.batch_wanted.disconnect()
    desk.batch_wanted.connect(asked.append)
    entry(menu, "Batch export…").trigger()
    assert [[path.name for path in paths] for paths in asked] == [["a1.png", "b.jpg"]]
    desk.batch_wanted.disconnect()
    desk.batch_wanted.connect(window.batches.open)
    menu.deleteLater()


def test_what_a_batch_has_made_is_flagged(
    desk: CatalogueDesk, window: MainWindow, tmp_path: Path
) -> None:
    window.batches.made.emit(desk.pictures[1].path, tmp_path / "out.jpg", "White square")
    assert mark(desk, "a2.png") == Mark(exported=str(tmp_path / "out.jpg"), recipe="White square")


def test_folded_closed_and_remembered(
    desk: CatalogueDesk, window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    high = desk.strip.height()
    window.actions_["catalogue_strip"].trigger()
    assert desk.strip.height() < high
    assert window.workspace.settings.catalogue.folded
    desk.strip.fold.click()
    assert desk.strip.height() == high
    desk.open_last()
    qtbot.waitUntil(lambda: shown(desk) == list(NAMES))
    assert not window.workspace.sessions, "only the folder comes back"
    desk.strip._close.click()
    assert not desk.strip.isVisible()
    assert window.workspace.settings.catalogue.folders == ()
    assert mark_free(desk)


def mark_free(desk: CatalogueDesk) -> bool:
    return all(one == NO_MARK for one in desk.model.marks.values())
