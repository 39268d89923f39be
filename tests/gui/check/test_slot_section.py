# SPDX-License-Identifier: Apache-2.0
"""The Export panel for a marketplace, in the real window: what it writes, what it says of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit import cli
from prodedit.cli import batch, choices
from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.core.effects import DropShadow
from prodedit.core.problem import Problem
from prodedit.editing.slot_choice import SlotChoice
from prodedit.engine.preset_library import PresetLibrary
from prodedit.gui.main_window import MainWindow
from prodedit.gui.panels.export import ExportPanel
from tests import batches
from tests.fakes import threads_and_files
from tests.window import close_all, open_file, opened_window


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The person's own data, with the presets "small" and "large" in it: white and square, less
    and more than photos of 64 pixels have."""
    folder = tmp_path_factory.mktemp("own")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRODEDIT_DATA", str(folder))
        library = PresetLibrary()
        found = library.copy("pinduoduo-main", "Small").preset
        assert found is not None
        making = msgspec.structs.replace(
            found.making, size=(44, 44), least=44, bytes=(0, 0), backdrop="#FFFFFF"
        )
        library.change("small", msgspec.structs.replace(found, making=making))
        library.copy("small", "Large")
        making = msgspec.structs.replace(making, size=(96, 96), least=96)
        library.change("large", msgspec.structs.replace(found, name="Large", making=making))
        yield folder


@pytest.fixture(scope="module")
def main(
    qapp: QApplication, own: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    with opened_window(qapp, tmp_path_factory.mktemp("state"), batches.engine) as window:
        yield window


@pytest.fixture
def panel(main: MainWindow, qtbot: QtBot, tmp_path: Path) -> Iterator[ExportPanel]:
    """Open, with a photo, for no marketplace."""
    main.workspace.change_settings(slot=SlotChoice())
    open_file(qtbot, main.workspace, batches.picture(tmp_path / "mug.png"))
    main.side.open("export")
    main.export.slot.load()
    yield main.export
    close_all(main)


def choose(panel: ExportPanel, preset: str) -> None:
    """As a person does it in the list."""
    choice = panel.slot.choice
    choice.choose(preset)
    choice.activated.emit(choice.currentIndex())


def judged(panel: ExportPanel, qtbot: QtBot) -> None:
    """Also what takes long."""
    qtbot.waitUntil(lambda: panel.slot.mark.isVisible() or panel.slot.check.isVisible())
    if panel.slot.check.isVisible():
        panel.slot.check.click()
    qtbot.waitUntil(panel.slot.mark.isVisible)


def test_a_marketplace_decides_what_the_file_is_and_says_what_it_thinks_of_it(
    panel: ExportPanel, qtbot: QtBot
) -> None:
    assert panel.plain.isVisible()
    assert not panel.slot.sum.isVisible()
    choose(panel, "small")
    assert not panel.plain.isVisible()
    assert panel.slot.told.text().startswith("44 × 44, JPEG, white behind")
    judged(panel, qtbot)
    assert panel.told.text().startswith("44 × 44 ")
    folds = panel.slot.findings.folds
    assert "Width to height" in folds["passes"].rows.text()
    assert "shuaishou" in folds["passes"].rows.text(), "with its source"
    assert not folds["passes"].rows.isVisible()
    folds["passes"].button.click()
    assert folds["passes"].rows.isVisible()
    choose(panel, "")
    assert panel.plain.isVisible()
    assert not panel.slot.mark.isVisible()
    qtbot.waitUntil(lambda: panel.told.text().startswith("64 × 64 "))


def test_what_the_engine_answered_goes_with_the_picture(
    panel: ExportPanel, main: MainWindow, qtbot: QtBot
) -> None:
    *_, shared = threads_and_files()
    choose(panel, "small")
    judged(panel, qtbot)
    assert threads_and_files()[2] > shared
    close_all(main)
    assert threads_and_files()[2] <= shared


def test_what_takes_long_waits_for_a_click_and_is_remembered(
    panel: ExportPanel, main: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    open_file(qtbot, main.workspace, batches.picture(tmp_path / "never seen.png"))
    choose(panel, "small")
    qtbot.waitUntil(panel.slot.check.isVisible)
    assert "cut out" in panel.slot.rough.text()
    assert not panel.slot.mark.isVisible()
    assert panel.preview.isVisible()
    panel.slot.check.click()
    qtbot.waitUntil(panel.slot.mark.isVisible)
    assert not panel.slot.check.isVisible()
    for preset in ("", "small"):
        choose(panel, preset)
        assert not panel.slot.mark.isVisible()
    qtbot.waitUntil(panel.slot.mark.isVisible)
    assert not panel.slot.check.isVisible(), "the same pixels need not be cut out again"


def test_enlarging_is_shown_plainly_until_it_is_asked_for(panel: ExportPanel, qtbot: QtBot) -> None:
    choose(panel, "small")
    judged(panel, qtbot)
    choose(panel, "large")
    qtbot.waitUntil(lambda: "network" in panel.slot.rough.text())
    assert panel.told.text().startswith("96 × 96   ≈ ")
    panel.slot.check.click()
    qtbot.waitUntil(lambda: panel.slot.mark.isVisible() and not panel.slot.check.isVisible())
    assert panel.told.text().startswith("96 × 96 ")
    assert "≈" not in panel.told.text()


def test_the_file_has_the_bytes_of_the_batch_before_and_after_it_was_judged(
    panel: ExportPanel,
    main: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batch, "new_engine", batches.QuickEngine)
    monkeypatch.setattr(choices, "check_model", lambda model, store: None)
    words = ["batch", str(tmp_path / "mug.png"), "-o", str(tmp_path / "out"), "--preset", "small"]
    cli.main(words)
    by_batch = (tmp_path / "out" / "mug.jpg").read_bytes()
    choose(panel, "small")
    for name in ("before.jpg", "after.jpg"):
        with qtbot.waitSignal(main.workspace.exported):
            panel.export_to(tmp_path / name)
        assert (tmp_path / name).read_bytes() == by_batch
        judged(panel, qtbot)


def test_what_is_only_checked_is_written_as_it_is_and_fixed_by_a_click(
    panel: ExportPanel, main: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(panel, "small")
    panel.slot.fitted.click()
    assert panel.plain.isVisible()
    qtbot.waitUntil(panel.slot.fix.isVisible)
    assert panel.slot.rough.text() == "Looked at without cutting out the product."
    assert panel.slot.sum.text().startswith("Fails ")
    assert "wanted" in panel.slot.findings.folds["fails"].rows.text()
    with qtbot.waitSignal(main.workspace.exported):
        panel.export_to(tmp_path / "as-it-is.jpg")
    panel.slot.fix.click()
    assert panel.slot.fitted.isChecked()
    judged(panel, qtbot)
    with qtbot.waitSignal(main.workspace.exported):
        panel.export_to(tmp_path / "fixed.jpg")
    for name, side in (("as-it-is.jpg", 64), ("fixed.jpg", 44)):
        with Image.open(tmp_path / name) as made:
            assert made.size == (side, side)


def test_the_product_alone_is_offered_where_there_is_more(
    panel: ExportPanel, main: MainWindow, qtbot: QtBot
) -> None:
    session = main.workspace.current
    assert session is not None
    choose(panel, "small")
    assert not panel.slot.alone.isVisible()
    judged(panel, qtbot)
    session.apply(edits.SetEffects(PHOTO, (DropShadow(),)))
    assert panel.slot.alone.isVisible()
    panel.slot.alone.click()
    order = panel._order()
    assert order is not None
    layer = order.document.find(PHOTO)
    assert layer is not None
    assert layer.effects == ()
    session.stack.undo()
    assert not panel.slot.alone.isVisible()


def test_why_it_can_t_be_made_is_told_and_another_choice_goes_on(
    panel: ExportPanel, main: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    empty = batches.picture(tmp_path / "empty.png", batches.EMPTY)
    choose(panel, "small")
    open_file(qtbot, main.workspace, empty)
    qtbot.waitUntil(panel.slot.check.isVisible)
    panel.slot.check.click()
    qtbot.waitUntil(lambda: panel.slot.sum.property("role") == "error")
    assert panel.slot.sum.text()
    assert not panel.slot.mark.isVisible()
    choose(panel, "")
    qtbot.waitUntil(lambda: panel.told.text().startswith("64 × 64 "))


def test_a_network_that_is_missing_is_offered_once(
    panel: ExportPanel, main: MainWindow, qtbot: QtBot
) -> None:
    missing = Problem("The model is not here.", code="model-missing")
    choose(panel, "small")
    with qtbot.waitSignal(main.workspace.failed):
        for _ in range(2):
            panel._asked = wish = panel._wish()
            assert wish is not None
            panel._no_sample(wish, missing)
    assert panel.slot.sum.text() == "The model is not here."
    assert [text for text in main.notices.texts if "not here" in text] == list(main.notices.texts)
