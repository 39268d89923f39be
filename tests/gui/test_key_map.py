# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from prodedit.editing.key_choice import KeyChoice, Scheme
from prodedit.editing.settings import Settings, SettingsFile
from prodedit.gui.dialogs.keys import KeyList
from prodedit.gui.key_map import FIXED, TOOL, KeyMap, defaults, plain, schemes
from prodedit.gui.main_window import MainWindow


@pytest.mark.parametrize("scheme", schemes())
def test_no_key_of_a_scheme_does_two_things(scheme: Scheme) -> None:
    keys = KeyMap(KeyChoice(scheme))
    owners = {key: keys.whose(key) for its in keys.values() for key in its}
    shared = {key: its for key, its in owners.items() if len(its) > 1}
    assert all(owner.startswith(TOOL) for its in shared.values() for owner in its), shared
    assert not FIXED & owners.keys()


@pytest.mark.parametrize("scheme", schemes())
def test_a_scheme_names_what_there_is_once_and_as_keys_are_written(scheme: Scheme) -> None:
    given = schemes()[scheme].keys
    assert given.keys() <= defaults().keys()
    assert all(key == plain(key) != "" for keys in given.values() for key in keys)
    doubled = Counter(key for one, keys in given.items() for key in keys if TOOL not in one)
    assert not [key for key, times in doubled.items() if times > 1]


def test_a_persons_own_key_is_taken_from_whoever_had_it() -> None:
    keys = KeyMap(KeyChoice().having("levels", ("Ctrl+E",)))
    assert keys["levels"] == ("Ctrl+E",)
    assert keys["merge_down"] == ()
    assert keys.whose("Ctrl+E") == ("levels",)
    assert keys.whose("Ctrl+L") == ()
    again = KeyMap(keys.choice.having("curves", ("Ctrl+E",)))
    assert (again["levels"], again["curves"]) == ((), ("Ctrl+E",))
    back = KeyMap(keys.choice.without("levels"))
    assert (back["levels"], back["merge_down"]) == (("Ctrl+L",), ("Ctrl+E",))


def test_what_no_longer_exists_is_passed_over() -> None:
    assert KeyMap(KeyChoice(own={"gone": ("Ctrl+S",)}))["save"] == ("Ctrl+S",)


@pytest.fixture
def keyed(window: MainWindow) -> Iterator[MainWindow]:
    """A window with the usual keys, which others get back so."""
    yield window
    window.workspace.change_settings(keys=KeyChoice())


def test_settings_keep_keys(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.json")
    chosen = KeyChoice("krita").having("save", ())
    file.save(Settings(keys=chosen))
    assert file.load().keys == chosen


@pytest.mark.usefixtures("session")
def test_other_keys_work_at_once(keyed: MainWindow) -> None:
    window = keyed
    canvas = window.canvas
    assert canvas is not None
    window.workspace.change_settings(keys=KeyChoice("gimp"))
    assert window.actions_["deselect"].shortcut() == QKeySequence("Ctrl+Shift+A")
    assert "Ctrl+Shift+A" in window.actions_["deselect"].toolTip()
    QTest.keyClick(canvas, Qt.Key.Key_R)
    assert window.tools.tool_id == "marquee"
    QTest.keyClick(canvas, Qt.Key.Key_E)
    assert window.tools.tool_id == "ellipse-marquee"
    QTest.keyClick(canvas, Qt.Key.Key_F)
    assert window.tools.tool_id == "lasso"
    QTest.keyClick(canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    assert window.tools.tool_id == "polygon-lasso"
    for tool in ("dodge", "burn", "dodge"):
        QTest.keyClick(canvas, Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
        assert window.tools.tool_id == tool
    QTest.keyClick(canvas, Qt.Key.Key_V)
    assert window.tools.tool_id == "dodge", "that was Photoshop's"
    window.workspace.change_settings(keys=KeyChoice())
    QTest.keyClick(canvas, Qt.Key.Key_V)
    assert window.tools.tool_id == "move"


def row_of(dialog: KeyList, command: str) -> int:
    return next(
        row
        for row in range(dialog.table.rowCount())
        if dialog.table.item(row, 0).data(Qt.ItemDataRole.UserRole) == command
    )


def test_the_column_of_keys_stays_where_it_is(keyed: MainWindow) -> None:
    dialog = KeyList(keyed.workspace, keyed)
    width = dialog.table.columnWidth(0)
    dialog.search.setText("posterise")
    dialog.table.setCurrentCell(row_of(dialog, "posterise"), 0)
    dialog.wanted.setKeySequence(QKeySequence("Ctrl+Alt+7"))
    dialog.use.click()
    assert dialog.table.isRowHidden(row_of(dialog, "save"))
    assert dialog.table.columnWidth(0) == width


@pytest.mark.usefixtures("session")
def test_a_key_is_given_in_the_dialog(keyed: MainWindow) -> None:
    window = keyed
    dialog = KeyList(window.workspace, window)
    dialog.show()
    dialog.search.setText("level")
    row = row_of(dialog, "levels")
    assert not dialog.table.isRowHidden(row)
    assert dialog.table.isRowHidden(row_of(dialog, "save"))
    dialog.table.setCurrentCell(row, 0)
    assert not dialog.use.isEnabled()
    dialog.wanted.setKeySequence(QKeySequence("["))
    assert not dialog.use.isEnabled()
    assert dialog.told.property("role") == "error"
    dialog.wanted.setKeySequence(QKeySequence("Ctrl+E"))
    assert "“Merge”" in dialog.told.text()
    dialog.use.click()
    assert window.actions_["levels"].shortcut() == QKeySequence("Ctrl+E")
    assert window.actions_["merge_down"].shortcut().isEmpty()
    assert dialog.table.item(row, 1).text() == "Ctrl+E"
    dialog.none.click()
    assert window.actions_["levels"].shortcut().isEmpty()
    dialog.usual.click()
    assert window.actions_["levels"].shortcut() == QKeySequence("Ctrl+L")
    dialog.schemes.setCurrentIndex(dialog.schemes.findData("gimp"))
    assert window.workspace.settings.keys.scheme == "gimp"
    dialog.close()


def test_what_the_canvas_itself_understands_stays(window: MainWindow) -> None:
    dialog = KeyList(window.workspace, window)
    dialog.table.setCurrentCell(dialog.table.rowCount() - 1, 0)
    assert dialog.command == ""
    buttons = (dialog.use, dialog.none, dialog.usual, dialog.wanted)
    assert not any(button.isEnabled() for button in buttons)
