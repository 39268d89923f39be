# SPDX-License-Identifier: Apache-2.0
"""The window about similar pictures, on what was found and on a real comparison."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit.catalogue.folder.listing import Picture
from prodedit.catalogue.similar.comparing import Compared
from prodedit.catalogue.similar.groups import Found, Group
from prodedit.catalogue.similar.index import DIMENSIONS, Index
from prodedit.catalogue.similar.outliers import Consistency, Outlier
from prodedit.core.export_setting import ExportSetting
from prodedit.engine.recipe import Recipe
from prodedit.engine.recipe_library import RecipeLibrary
from prodedit.engine.tasks import RemoveBackground
from prodedit.gui.catalogue.desk import CatalogueDesk
from prodedit.gui.catalogue.grid import PictureGrid
from prodedit.gui.catalogue.similar_window import SimilarWindow
from prodedit.gui.main_window import MainWindow
from tests.gui.test_catalogue_strip import NAMES, draw, shown
from tests.window import close_all, opened_window

ANGLES = (0.0, 12.0, 30.0, 80.0, 85.0)


@pytest.fixture(scope="module")
def shared_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    with opened_window(qapp, tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def window(shared_window: MainWindow, tmp_path: Path) -> Iterator[MainWindow]:
    shared_window.recipes.library = RecipeLibrary(tmp_path / "recipes")
    yield shared_window
    close_all(shared_window)


@pytest.fixture
def desk(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> CatalogueDesk:
    folder = tmp_path / "shop"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        draw(folder / name, 40 + 40 * number)
    window.catalogue.open([folder], shows_first=False)
    qtbot.waitUntil(lambda: shown(window.catalogue) == list(NAMES))
    return window.catalogue


def compared(desk: CatalogueDesk, consistency: Consistency | None = None) -> Compared:
    features = np.zeros((len(ANGLES), DIMENSIONS), np.float16)
    features[:, 0] = np.cos(np.radians(ANGLES))
    features[:, 1] = np.sin(np.radians(ANGLES))
    index = Index(
        tuple(one.key for one in desk.pictures),
        features,
        np.zeros((len(ANGLES), 16, 16, 3), np.uint8),
        np.full((len(ANGLES), 6), np.nan, np.float32),
    )
    groups = Found((Group((0, 1), 0.97),), ())
    return Compared(desk.pictures, index, groups, consistency or Consistency((), 0, {}), 1)


@pytest.fixture
def similar(desk: CatalogueDesk) -> SimilarWindow:
    """The window, told what was found: nothing was compared."""
    desk.similar._asked = desk.pictures
    desk.similar._compared = compared(desk)
    desk.similar.show()
    made = desk.similar.window
    assert made is not None
    made.show_found(desk.similar._compared)
    return made


def names(grid: PictureGrid) -> list[str]:
    return [one.path.name for one in grid.pictures.rows]


def test_groups_are_shown_one_by_one(similar: SimilarWindow, desk: CatalogueDesk) -> None:
    assert names(similar.groups) == ["a1.png"]
    assert names(similar.grid) == ["a1.png", "a2.png"]
    assert "5 pictures compared. 1 could not be read." in similar.told.text()
    similar.pages.button("variants").click()
    assert not similar.grid.isVisible()
    assert "No two different photos" in similar._empty.text()
    similar.pages.button("same").click()
    similar.strip_button.click()
    assert [one.path.name for one in desk.strip.row.chosen] == ["a1.png", "a2.png"]


def test_small_pictures_come(similar: SimilarWindow, qtbot: QtBot) -> None:
    picture = similar.grid.pictures.rows[0]
    qtbot.waitUntil(lambda: similar.grid.pictures.has_answer(picture))


def test_what_is_like_one_and_the_recipe_for_it(
    similar: SimilarWindow, desk: CatalogueDesk, window: MainWindow
) -> None:
    recipe = Recipe("Negative", (RemoveBackground(),), ExportSetting(format="png"))
    entry = window.recipes.library.add(recipe)
    second = desk.pictures[1]
    desk.keeper.was_exported(second, Path("/x.png"), entry.id)
    desk.similar.show("like", desk.pictures[2].path)
    assert names(similar.grid) == ["a10.png", "a2.png", "a1.png", "b.jpg", "broken.jpg"]
    assert similar.advice.isVisible()
    assert "Negative" in similar.advice.text()
    similar.pages.button("same").click()
    assert not similar.advice.isVisible()
    window.recipes.library.remove(entry.id)
    desk.similar.show("like", desk.pictures[2].path)
    assert not similar.advice.isVisible(), "it was deleted"


def test_what_stands_out_says_how(similar: SimilarWindow, desk: CatalogueDesk) -> None:
    outliers = (Outlier(3, "smaller", 0.412, 0.78), Outlier(4, "tinted", 9.0, 0.0))
    similar.show_found(compared(desk, Consistency(outliers, 20, {})))
    similar.show_first("outliers")
    assert names(similar.grid) == ["b.jpg", "broken.jpg"]
    captions = similar.grid._card.captions
    assert captions[desk.pictures[3].path] == "smaller: 41 %, others 78 %"
    similar.show_found(compared(desk, Consistency((), 2, {})))
    assert "Only 2 pictures" in similar._empty.text()


def test_pictures_are_opened_from_there(
    similar: SimilarWindow, window: MainWindow, qtbot: QtBot
) -> None:
    middle = similar.grid.visualRect(similar.grid.pictures.index(1)).center()
    QTest.mouseDClick(similar.grid.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: window.workspace.current is not None)
    assert window.workspace.current is not None
    assert window.workspace.current.name == "a2.png"


def test_a_comparison_that_fails_or_is_stopped_says_so(
    window: MainWindow, desk: CatalogueDesk, qtbot: QtBot
) -> None:
    """The fake engine describes no pictures."""
    desk.similar._asked = ()
    desk.similar._compared = None
    with qtbot.waitSignal(desk.work.runs.ended):
        window.actions_["similar_pictures"].trigger()
    made = desk.similar.window
    assert made is not None
    assert made.told.text()
    assert not made.progress.isVisible()
    made.show_first("same")
    assert names(made.grid) == [] or not made.grid.isVisible()


def test_another_folder_is_compared_anew(desk: CatalogueDesk, similar: SimilarWindow) -> None:
    other = (Picture(Path("/elsewhere.jpg"), 1, 1),)
    desk.similar._asked = other
    desk.similar.show()
    assert desk.similar._asked == desk.pictures
    assert similar.progress.isVisibleTo(similar)
    similar.cancel.click()
    assert "Stopped" in similar.told.text()
