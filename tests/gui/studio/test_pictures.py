# SPDX-License-Identifier: Apache-2.0
"""New pictures, favourites, and what stands there where no generator is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from prodedit.core.problem import Problem
from prodedit.editing.workspace import Workspace
from prodedit.engine.generating import Sample
from prodedit.engine.generators.library import GeneratorLibrary
from prodedit.gui.studio.panel import StudioPanel
from prodedit.gui.studio.pictures_page import truncation
from tests.gui.studio.conftest import shown_panel
from tests.gui.studio.desks import NAME, StudioDesk, write_card


def drawn(qtbot: QtBot, panel: StudioPanel) -> list[int]:
    """Press the button; the first number of each picture when all are there."""
    panel.pictures.button.click()
    qtbot.waitUntil(lambda: bool(panel.sampler.slots) and not panel.sampler.is_filling)
    return numbers(panel)


def numbers(panel: StudioPanel) -> list[int]:
    return [int(pick.latent.array()[0, 0]) for pick in panel.pictures.grid.picks]


def test_pictures_come_by_fours(qtbot: QtBot, panel: StudioPanel, desk: StudioDesk) -> None:
    desk.holds = True
    assert panel.pictures.button.text() == "Generate 8"
    panel.pictures.button.click()
    assert panel.pictures.grid.count() == 8, "empty frames say how many will come"
    desk.work()
    assert numbers(panel) == [0, 1, 2, 3]
    desk.work()
    assert numbers(panel) == list(range(8))
    assert not desk.orders
    assert panel.pictures.button.text() == "Another 8"
    assert [task.count for task in desk.tasks] == [4, 4]


def test_the_next_ones_have_the_next_seeds(qtbot: QtBot, panel: StudioPanel) -> None:
    drawn(qtbot, panel)
    assert panel.pictures.seed.value() == 0
    assert drawn(qtbot, panel) == list(range(8, 16))
    assert panel.pictures.seed.value() == 8
    panel.pictures.seed.setValue(3)
    assert drawn(qtbot, panel) == list(range(3, 11))


def test_what_is_chosen_is_asked_for(qtbot: QtBot, panel: StudioPanel, desk: StudioDesk) -> None:
    panel.bar.classes.setCurrentIndex(panel.bar.classes.findData("square"))
    panel.bar.classes.activated.emit(panel.bar.classes.currentIndex())
    panel.pictures.unusual.changed.emit(0)
    panel.pictures.count.setValue(4)
    drawn(qtbot, panel)
    assert desk.tasks == [Sample(NAME, 4, 0, 0.4, "square")]
    assert [truncation(value) for value in (0, 50, 100)] == [0.4, 1.0, 1.5]


def test_hearts_keep_pictures_in_their_places(qtbot: QtBot, panel: StudioPanel) -> None:
    drawn(qtbot, panel)
    panel.studio.toggle_favourite(panel.sampler.slots[2])  # type: ignore[arg-type]  # it is there
    assert drawn(qtbot, panel) == [8, 9, 2, 10, 11, 12, 13, 14]
    assert len(panel.pictures.favourites.picks) == 1


def test_a_click_chooses_and_one_on_the_heart_keeps(qtbot: QtBot, panel: StudioPanel) -> None:
    drawn(qtbot, panel)
    grid = panel.pictures.grid
    cell = grid.visualItemRect(grid.item(5))
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    assert panel.studio.chosen is panel.sampler.slots[5]
    corner = QPoint(cell.right() - 14, cell.top() + 14)
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=corner)
    assert panel.studio.favourites == (panel.sampler.slots[5],)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_H)
    assert len(panel.studio.favourites) == 2
    QTest.keyClick(grid, Qt.Key.Key_H)
    assert len(panel.studio.favourites) == 1


def test_favourites_are_there_again_at_the_next_start(
    qtbot: QtBot, panel: StudioPanel, workspace: Workspace, library: GeneratorLibrary
) -> None:
    drawn(qtbot, panel)
    kept = panel.sampler.slots[3]
    assert kept is not None
    panel.studio.toggle_favourite(kept)
    panel.studio.toggle_favourite(panel.sampler.slots[4])  # type: ignore[arg-type]  # it is there
    panel.studio.toggle_favourite(panel.sampler.slots[4])  # type: ignore[arg-type]  # and not kept
    workspace.wait_for_files()
    (library.own / "favourites" / "odd.favourite").write_bytes(b"{")
    with shown_panel(qtbot, workspace, library, StudioDesk()) as again:
        (pick,) = again.studio.favourites
        assert pick.key == kept.key
        assert (pick.pixels == kept.pixels).all()


def test_stopping_keeps_what_has_come(qtbot: QtBot, panel: StudioPanel, desk: StudioDesk) -> None:
    desk.holds = True
    panel.pictures.button.click()
    desk.work()
    qtbot.waitUntil(panel.status.stop.isVisible)
    panel.status.stop.click()
    assert numbers(panel) == [0, 1, 2, 3]
    assert panel.pictures.grid.count() == 4
    assert len(desk.cancelled) == 1
    assert not panel.status.isVisible()


def test_what_fails_is_said(qtbot: QtBot, panel: StudioPanel, desk: StudioDesk) -> None:
    desk.problem = Problem("This is {what}.", what="broken")
    panel.pictures.button.click()
    qtbot.waitUntil(lambda: panel.status.told.text() == "This is broken.")
    assert panel.pictures.grid.count() == 0
    desk.problem = None
    assert drawn(qtbot, panel)
    assert not panel.status.isVisible()


def test_more_columns_where_there_is_room(qtbot: QtBot, panel: StudioPanel) -> None:
    drawn(qtbot, panel)
    grid = panel.pictures.grid
    assert grid.columns == 4
    narrow = grid.height()
    panel.window().resize(700, 900)
    qtbot.waitUntil(lambda: grid.columns > 4)
    assert grid.height() <= narrow


# Generators


def empty(tmp_path: Path) -> GeneratorLibrary:
    return GeneratorLibrary(tmp_path / "none", tmp_path / "shipped")


def test_without_a_generator_it_says_what_one_is(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path, desk: StudioDesk
) -> None:
    library = empty(tmp_path)
    library.own.mkdir()
    (library.own / "torn.generator").write_bytes(b"no generator")
    with shown_panel(qtbot, workspace, library, desk) as panel:
        assert panel.empty.isVisible()
        assert not panel.bar.isVisible()
        assert not panel.row.button.isVisible()
        assert "torn.generator" in panel.empty._broken.text()
        assert not panel.empty.train.isVisible()
        panel.offer_training()
        with qtbot.waitSignal(panel.train_wanted):
            panel.empty.train.click()


def test_a_generator_is_imported_exported_and_deleted(
    qtbot: QtBot,
    workspace: Workspace,
    tmp_path: Path,
    desk: StudioDesk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library, file = empty(tmp_path), tmp_path / "mine.generator"
    write_card(file, name="Mine")
    with shown_panel(qtbot, workspace, library, desk) as panel:
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
        panel.empty.import_button.click()
        qtbot.waitUntil(panel.bar.isVisible)
        assert panel.bar.generators.currentText() == "Mine"
        out = tmp_path / "out"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
        panel.bar.export_generator()
        workspace.wait_for_files()
        assert (tmp_path / "out.generator").read_bytes() == file.read_bytes()
        asked = answering(monkeypatch, delete=False)
        panel.bar.delete("mine", "Mine")
        workspace.wait_for_files()
        assert (library.own / "mine.generator").exists()
        answering(monkeypatch, delete=True)
        panel.bar.delete("mine", "Mine")
        qtbot.waitUntil(panel.empty.isVisible)
        assert not (library.own / "mine.generator").exists()
        assert asked == ["Delete the generator “Mine”?"]


def answering(monkeypatch: pytest.MonkeyPatch, *, delete: bool) -> list[str]:
    """What is asked, by a box whose buttons nobody can press."""
    asked: list[str] = []

    def exec_(box: QMessageBox) -> int:
        asked.append(box.text())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", exec_)
    monkeypatch.setattr(
        QMessageBox,
        "clickedButton",
        lambda box: next(
            one
            for one in box.buttons()
            if (box.buttonRole(one) is QMessageBox.ButtonRole.DestructiveRole) is delete
        ),
    )
    return asked


def test_a_file_that_is_no_generator_is_named(
    qtbot: QtBot, panel: StudioPanel, tmp_path: Path
) -> None:
    file = tmp_path / "shoes.generator"
    file.write_bytes(b"x")
    panel.studio.import_file(file)
    qtbot.waitUntil(lambda: "shoes.generator" in panel.status.told.text())
    assert panel.bar.isVisible()


def test_another_generator_begins_anew(
    qtbot: QtBot, panel: StudioPanel, library: GeneratorLibrary
) -> None:
    drawn(qtbot, panel)
    panel.studio.choose(panel.sampler.slots[0])
    write_card(library.own / "other.generator", name="Other")
    panel.studio.load()
    qtbot.waitUntil(lambda: panel.bar.generators.count() == 2)
    assert panel.studio.chosen is not None, "the one in use is still the same"
    panel.studio.use("other")
    assert panel.studio.chosen is None
    assert panel.pictures.grid.count() == 0


def test_pixels_are_told_by_what_made_them(qtbot: QtBot, panel: StudioPanel) -> None:
    drawn(qtbot, panel)
    for number, pick in enumerate(panel.pictures.grid.picks):
        assert (pick.pixels[..., 0] == number).all()
        assert (pick.pixels == pick.shown).all()
        assert np.shares_memory(pick.pixels, pick.shown)
