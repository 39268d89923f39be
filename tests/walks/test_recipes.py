# SPDX-License-Identifier: Apache-2.0
"""A recipe as a new user meets it, with the real networks: one choice of the menu makes a white
square of a photo, what was done is saved, and the command line makes the same file with it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from prodedit.core.geometry import Size
from prodedit.data_files import resources_folder
from prodedit.engine.recipe_library import RecipeLibrary
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.store import DEFAULTS, Status, default_store
from prodedit.gui.main_window import MainWindow
from prodedit.gui.recipes.saving import SaveRecipeDialog
from tests.walks.test_making import small
from tests.window import open_file, opened_window

SECONDS = 150_000


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    for model in DEFAULTS:
        if default_store().state(model).status is Status.MISSING:
            pytest.skip(f"no weights: prodedit models pull {model}")
    with opened_window(qtbot, tmp_path / "own", EngineClient) as window:
        window.recipes.library = RecipeLibrary(tmp_path / "recipes")
        yield window


@pytest.mark.slow
@pytest.mark.long
def test_a_white_square_with_one_choice(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    photo = small(resources_folder() / "samples" / "mug.jpg", tmp_path / "mug.png", 200)
    session = open_file(qtbot, window.workspace, photo)
    menu = window.actions_["apply_recipe"].menu()
    menu.aboutToShow.emit()
    with qtbot.waitSignal(window.recipes.runs.ended, timeout=SECONDS):
        menu.actions()[0].trigger()
    assert session.document.size == Size(2000, 2000)
    window.history.keep.click()
    dialog = window.findChildren(SaveRecipeDialog)[-1]
    dialog.name.setText("我的白底图")
    dialog.accept()
    saved = window.recipes.library.find("我的白底图")
    assert saved.recipe is not None
    by_window = tmp_path / "window.jpg"
    with qtbot.waitSignal(window.workspace.exported, timeout=SECONDS):
        window.workspace.export(session, by_window, saved.recipe.export)
    by_line = tmp_path / "line.jpg"
    words = ["batch", photo, "-o", by_line, "--recipe", saved.path]
    command = [sys.executable, "-P", "-m", "prodedit", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=150, check=False)
    assert done.returncode == 0, done.stderr
    assert by_line.read_bytes() == by_window.read_bytes()
