# SPDX-License-Identifier: Apache-2.0
"""Own presets, made, changed and given away in their window; everything else has them at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit import cli
from prodedit.core.presets import Preset, to_bytes
from prodedit.engine.preset_library import PresetLibrary
from prodedit.gui.main_window import MainWindow
from prodedit.gui.presets.editor import PresetsDialog
from prodedit.gui.presets.rules_table import HIGH, LOW, MUST, RULE
from tests.window import opened_window


@pytest.fixture(scope="module")
def main(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRODEDIT_DATA", str(tmp_path_factory.mktemp("own")))
        with opened_window(qapp, tmp_path_factory.mktemp("state")) as window:
            yield window


@pytest.fixture
def dialog(main: MainWindow) -> Iterator[PresetsDialog]:
    main.actions_["edit_presets"].trigger()
    dialog = main.presets.window
    assert dialog is not None
    yield dialog
    for entry in PresetLibrary().entries():
        if not entry.is_built_in:
            PresetLibrary().remove(entry.id)
    dialog.show_all()


def own(dialog: PresetsDialog, name: str = "taobao-white") -> None:
    """A copy is made of it, and chosen."""
    dialog.show_all(name)
    dialog.copy.click()


def stored(word: str) -> Preset:
    return PresetLibrary().find(word)[1]


def row_of(dialog: PresetsDialog, title: str) -> int:
    table = dialog.rules.table
    return next(row for row in range(table.rowCount()) if table.item(row, RULE).text() == title)


def test_those_of_the_program_are_only_looked_at(dialog: PresetsDialog) -> None:
    dialog.show_all("amazon-main")
    assert dialog.told.isVisible()
    assert dialog.name.isReadOnly()
    assert not dialog.making.isEnabled()
    assert not dialog.delete.isEnabled()
    assert not dialog.rules.remove.isEnabled()
    flags = dialog.rules.table.item(0, LOW).flags()
    assert not flags & Qt.ItemFlag.ItemIsEditable


def test_a_copy_is_changed_and_there_at_once_wherever_presets_are(
    dialog: PresetsDialog, main: MainWindow, capsys: pytest.CaptureFixture[str]
) -> None:
    main.actions_["check_pictures"].trigger()
    main.actions_["batch_export"].trigger()
    main.side.open("export")
    own(dialog)
    dialog.name.setText("店铺白底")
    dialog.name.editingFinished.emit()
    dialog.making.width_.setValue(1000)
    dialog.making.height_.setValue(1000)
    dialog.making.most_bytes.setValue(500)
    preset = stored("店铺白底")
    assert preset.making.size == (1000, 1000)
    assert preset.making.least == 1000
    assert preset.making.bytes == (38913, 500_000), "what was not touched is as fine as it was"
    width = next(rule for rule in preset.rules if rule.rule == "width")
    assert width.high == 1000  # type: ignore[union-attr]
    assert main.checks.window is not None
    assert main.batches.window is not None
    for listed in (main.checks.window.presets.list, main.batches.window.form.presets):
        assert "店铺白底" in [listed.item(row).text() for row in range(listed.count())]
    assert main.export.slot.choice.findText("店铺白底") > 0
    capsys.readouterr()
    assert cli.main(["presets", "list"]) == 0
    assert "店铺白底" in capsys.readouterr().out
    dialog.delete.click()
    assert main.export.slot.choice.findText("店铺白底") < 0
    dialog.restore.click()
    assert stored("店铺白底") == preset


def test_rules_are_changed_added_and_taken_away(dialog: PresetsDialog) -> None:
    own(dialog)
    name, table = dialog.name.text(), dialog.rules.table
    row = row_of(dialog, "File size")
    table.item(row, HIGH).setText("250")
    size = next(rule for rule in stored(name).rules if rule.rule == "bytes")
    assert (size.low, size.high, size.source) == (38913, 250_000, "own")  # type: ignore[union-attr]
    assert table.item(row, HIGH).text() == "250 KB"
    table.item(row, MUST).setCheckState(Qt.CheckState.Unchecked)
    assert next(rule for rule in stored(name).rules if rule.rule == "bytes").weight == "advice"
    table.item(row_of(dialog, "Format"), LOW).setText("JPEG, PNG")
    assert stored(name).rules[0].among == ("JPEG", "PNG")  # type: ignore[union-attr]
    more = dialog.rules.more
    more.activated.emit(more.findText("Narrowest margin"))
    added = row_of(dialog, "Narrowest margin")
    table.item(added, LOW).setText("40 px")
    assert next(rule for rule in stored(name).rules if rule.rule == "margin-least").low == 40  # type: ignore[union-attr]
    table.setCurrentCell(added, RULE)
    dialog.rules.remove.click()
    assert "margin-least" not in {rule.rule for rule in stored(name).rules}


@pytest.mark.parametrize(
    ("title", "column", "text", "told"),
    [
        ("File size", HIGH, "much", "“much” is not a number."),
        ("File size", HIGH, "1", "demands what no picture can have"),
        ("Format", LOW, " ", "Name at least one word"),
        ("Format", LOW, "JPEG, GIV", "“GIV” is not known here. There are: JPEG, PNG"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    dialog: PresetsDialog, title: str, column: int, text: str, told: str
) -> None:
    own(dialog)
    name, table = dialog.name.text(), dialog.rules.table
    before, row = stored(name), row_of(dialog, title)
    shown = table.item(row, column).text()
    table.item(row, column).setText(text)
    assert dialog.problem.isVisible()
    assert told in dialog.problem.text()
    assert table.item(row, column).text() == shown
    assert stored(name) == before


def test_a_name_that_is_taken_is_refused(dialog: PresetsDialog) -> None:
    own(dialog)
    name = dialog.name.text()
    dialog.name.setText("Etsy")
    dialog.name.editingFinished.emit()
    assert "already" in dialog.problem.text()
    assert dialog.name.text() == name


def test_they_are_given_away_and_taken_in(dialog: PresetsDialog, tmp_path: Path) -> None:
    own(dialog)
    preset, file = stored(dialog.name.text()), tmp_path / "给你.json"
    dialog.export_file(file)
    assert file.read_bytes() == to_bytes(preset)
    dialog.delete.click()
    dialog.import_file(file)
    assert stored(dialog.name.text()) == preset
    dialog.import_file(file)
    assert dialog.name.text() == f"{preset.name} 2"
    file.write_bytes(b"[]")
    dialog.import_file(file)
    assert "no preset" in dialog.problem.text()


def test_transparency_brings_a_format_that_has_it(dialog: PresetsDialog, qtbot: QtBot) -> None:
    own(dialog)
    box = dialog.making.backdrop
    box.setCurrentIndex(box.findData("transparent"))
    box.activated.emit(box.currentIndex())
    assert dialog.making.formats.currentData() == "png"
    assert not dialog.making.colour.isVisible()
    assert not dialog.making.quality.isEnabled()
    assert stored(dialog.name.text()).making.backdrop == "transparent"
