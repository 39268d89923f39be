# SPDX-License-Identifier: Apache-2.0
"""A folder of a shop as a new user meets it, by mouse and key, with the real networks: dropped,
looked through, rated, filtered, gone through by key, given a recipe, searched for copies."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from prodedit.catalogue.folder.marks import Mark
from prodedit.core.export_setting import ExportSetting
from prodedit.engine.recipe import Recipe
from prodedit.engine.recipe_library import RecipeLibrary
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.jobs import State
from prodedit.engine.service.store import DEFAULTS, FEATURES, Status, default_store
from prodedit.engine.tasks import RemoveBackground
from prodedit.gui.catalogue.desk import CatalogueDesk
from prodedit.gui.catalogue.menu import PicturesMenu
from prodedit.gui.catalogue.model import Role
from prodedit.gui.main_window import MainWindow
from tests.window import opened_window

PHOTOS = 16
SECONDS = 150_000


@pytest.fixture
def shop(shared_data: Path, tmp_path: Path) -> Path:
    """Some of each kind of clothes; one of them once more, smaller and compressed."""
    source = shared_data / "train" / "clothing" / "validation"
    photos = sorted(source.rglob("*.jpg"))
    folder = tmp_path / "店铺"
    for photo in photos[:: len(photos) // PHOTOS][:PHOTOS]:
        target = folder / photo.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(photo, target)
    first = min(folder.rglob("*.jpg"))
    with Image.open(first) as image:
        image.resize((image.width // 2, image.height // 2)).save(folder / "copy.jpg", quality=60)
    return folder


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    for model in (DEFAULTS[0], FEATURES):
        if default_store().state(model).status is Status.MISSING:
            pytest.skip(f"no weights: prodedit models pull {model}")
    with opened_window(qtbot, tmp_path / "own", EngineClient) as window:
        window.recipes.library = RecipeLibrary(tmp_path / "recipes")
        quick = RemoveBackground(model="u2net", refine=False)
        window.recipes.library.add(Recipe("Quick", (quick,), ExportSetting(format="png")))
        window.resize(1366, 768)
        yield window


def drop(window: MainWindow, folder: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    no_key = Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(400, 300), copy, mime, left, no_key))


def turn_wheel(desk: CatalogueDesk, notches: int) -> None:
    view = desk.strip.row.viewport()
    place = QPointF(view.rect().center())
    event = QWheelEvent(
        place, QPointF(view.mapToGlobal(place.toPoint())), QPoint(), QPoint(0, -120 * notches),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def click(desk: CatalogueDesk, row: int, *, stars: int = 0, control: bool = False) -> None:
    """On a picture of the strip, or on one of the stars below it."""
    strip = desk.strip.row
    strip.show_row(row)
    rect = strip.visualRect(desk.model.index(row))
    place = rect.center()
    if stars:
        place = QPoint(rect.center().x() + (stars - 3) * 15, rect.bottom() - 8)
    key = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, key, place)


def pick(window: MainWindow, *texts: str) -> None:
    """An entry of the menu of the chosen pictures; the first ones are of submenus."""
    desk = window.catalogue
    menu: QMenu = PicturesMenu(desk, desk.strip.row.chosen, window.recipes.library, window)
    for text in texts[:-1]:
        inner = next(one for one in menu.actions() if one.text() == text).menu()
        assert isinstance(inner, QMenu)
        menu = inner
    next(one for one in menu.actions() if one.text().startswith(texts[-1])).trigger()


@pytest.mark.slow
@pytest.mark.long
def test_a_shop_is_looked_through(
    window: MainWindow,
    shop: Path,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk, workspace = window.catalogue, window.workspace
    before = {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()}
    drop(window, shop)
    qtbot.waitUntil(lambda: len(desk.model.rows) == PHOTOS + 1, timeout=SECONDS)
    assert desk.model.rows[0].path.name == "copy.jpg", "a folder's own pictures come first"
    qtbot.waitUntil(lambda: workspace.current is not None, timeout=SECONDS)

    # Looked through: what is in sight has its small picture, wherever one scrolls.
    turn_wheel(desk, 3)
    middle = desk.strip.row.viewport().rect().center()
    seen = desk.strip.row.indexAt(middle)
    assert seen.row() > 5
    qtbot.waitUntil(lambda: seen.data(Role.SMALL) is not None, timeout=SECONDS)

    # Rated, by mouse and by key, and only those are shown then.
    click(desk, 2, stars=4)
    click(desk, 5)
    click(desk, 7, control=True)
    QTest.keyClick(desk.strip.row, Qt.Key.Key_5)
    rated = [desk.model.index(row).data(Role.MARK) for row in (2, 5, 7)]
    assert [mark.stars for mark in rated if isinstance(mark, Mark)] == [4, 5, 5]
    menu = desk.strip.filter.menu()
    next(one for one in menu.actions() if one.text() == "★★★★ or more").trigger()
    assert len(desk.model.rows) == 3

    # Gone through by key, at the same zoom.
    QTest.mouseDClick(
        desk.strip.row.viewport(),
        Qt.MouseButton.LeftButton,
        pos=desk.strip.row.visualRect(desk.model.index(0)).center(),
    )
    first = desk.model.rows[0].path
    qtbot.waitUntil(
        lambda: workspace.current is not None and workspace.current.source == first,
        timeout=SECONDS,
    )
    assert window.canvas is not None
    window.canvas.set_viewport(window.canvas.viewport.zoom_to(2.0))
    QTest.keyClick(window.canvas, Qt.Key.Key_PageDown)
    second = desk.model.rows[1].path
    qtbot.waitUntil(lambda: window.workspace.current.source == second, timeout=SECONDS)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: desk.stepper.target is None, timeout=SECONDS)
    assert window.canvas is not None
    assert window.canvas.viewport.zoom == 2.0

    # A recipe on two of them, which open nothing; the photos stay as they are.
    results = tmp_path / "结果"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_any: str(results))
    open_before = len(workspace.sessions)
    click(desk, 1)
    click(desk, 2, control=True)
    with qtbot.waitSignal(desk.work.runs.ended, timeout=SECONDS) as ended:
        pick(window, "Apply recipe", "Quick")
    assert ended.args[0].state is State.DONE
    made = sorted(results.rglob("*.png"))
    assert sorted(one.stem for one in made) == sorted(one.path.stem for one in desk.model.rows[1:])
    with Image.open(made[0]) as image:
        assert image.mode == "RGBA"
    assert len(workspace.sessions) == open_before
    next(one for one in desk.strip.filter.menu().actions() if one.text() == "Exported").trigger()
    assert len(desk.model.rows) == 2
    desk.strip.show_all()

    # The copy is found, and what is like the photo it was made of.
    click(desk, 0)
    with qtbot.waitSignal(desk.work.runs.ended, timeout=SECONDS):
        pick(window, "Similar to this…")
    similar = desk.similar.window
    assert similar is not None
    qtbot.waitUntil(lambda: len(similar.grid.pictures.rows) > 2, timeout=SECONDS)
    original = min(path for path in before if path.name != "copy.jpg")
    assert similar.grid.pictures.rows[1].path == original
    QTest.mouseClick(similar.pages.button("same"), Qt.MouseButton.LeftButton)
    assert {one.path for one in similar.grid.pictures.rows} == {shop / "copy.jpg", original}
    similar.close()
    assert {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()} == before
