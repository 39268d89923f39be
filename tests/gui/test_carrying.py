# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from prodedit.data_files import DATA_VARIABLE
from prodedit.editing.belongings import PARTS, take_along
from prodedit.editing.key_choice import KeyChoice
from prodedit.editing.settings import Settings
from prodedit.gui.dialogs.bug_report import BugReport
from prodedit.gui.dialogs.carrying import CarryDialog
from prodedit.gui.dialogs.preferences import Preferences
from prodedit.gui.main_window import MainWindow
from tests.window import button


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    (folder / "recipes").mkdir(parents=True)
    (folder / "recipes" / "shop.json").write_text("{}")
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    return folder


@pytest.mark.usefixtures("data")
def test_it_is_saved_and_brought_in(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: Path
) -> None:
    file = tmp_path / "mine"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    dialog = CarryDialog.taking(window.workspace, window)
    dialog.open()
    assert dialog.boxes.keys() == {"settings", "recipes"}
    for box in dialog.boxes.values():
        box.setChecked(False)
    assert not dialog.begin.isEnabled()
    for box in dialog.boxes.values():
        box.setChecked(True)
    dialog.begin.click()
    qtbot.waitUntil(lambda: dialog.told.text() == "It is saved.")
    dialog.reject()
    target = file.with_suffix(".prodedit")
    take_along(target, data, Settings(keys=KeyChoice("krita")), PARTS, lambda _: None)

    (data / "recipes" / "shop.json").write_text("mine")
    dialog = CarryDialog.bringing(window.workspace, target, window)
    dialog.open()
    dialog.begin.click()
    qtbot.waitUntil(lambda: "1 lie beside" in dialog.told.text())
    assert window.workspace.settings.keys.scheme == "krita"
    assert (data / "recipes" / "shop-2.json").read_text() == "{}"
    dialog.reject()
    window.workspace.change_settings(keys=KeyChoice())


def test_preferences_close_when_other_ones_came(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: Path
) -> None:
    target = tmp_path / "other.prodedit"
    take_along(target, data, Settings(keys=KeyChoice("gimp")), PARTS, lambda _: None)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))
    preferences = Preferences(window.workspace, window.gpu, window)
    preferences.show()
    for begins in (False, True):
        button(preferences, "Bring in…").click()
        bringing = next(one for one in preferences.findChildren(CarryDialog) if one.isVisible())
        if begins:
            bringing.begin.click()
            qtbot.waitUntil(lambda box=bringing: box.cancel.text() == "Close")
        bringing.cancel.click()
        assert preferences.isVisible() is not begins
    window.workspace.change_settings(keys=KeyChoice())


@pytest.mark.usefixtures("data")
def test_where_it_can_not_be_written_it_says_so_and_can_be_tried_again(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone" / "mine.prodedit"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(gone), ""))
    dialog = CarryDialog.taking(window.workspace, window)
    dialog.open()
    dialog.begin.click()
    qtbot.waitUntil(lambda: dialog.told.property("role") == "error")
    assert dialog.begin.isEnabled()
    dialog.reject()


def test_a_report_is_shown_and_saved(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "report.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    dialog = BugReport(window.workspace.settings, window)
    dialog.show()
    assert "Window system: offscreen" in dialog.view.toPlainText()
    dialog.save.click()
    with zipfile.ZipFile(file) as archive:
        assert archive.read("report.txt").decode() in dialog.view.toPlainText()
    dialog.close()
