# SPDX-License-Identifier: Apache-2.0
"""The window that checks folders, by its widgets; only the network is a square."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from prodedit.engine.preset_library import PresetLibrary
from prodedit.gui.check.model import MADE, PHOTO, RESULT, WHY
from prodedit.gui.check.window import CheckWindow
from prodedit.gui.main_window import MainWindow
from tests import batches
from tests.window import close_all, notice_button, opened_window


@pytest.fixture(scope="module")
def main(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """With a preset "small" of the person's own, for small photos."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRODEDIT_DATA", str(tmp_path_factory.mktemp("own")))
        library = PresetLibrary()
        found = library.copy("taobao-white", "Small").preset
        assert found is not None
        making = msgspec.structs.replace(
            found.making, size=(60, 60), least=60, fill=0.5, bytes=(0, 0)
        )
        rules = tuple(rule for rule in found.rules if rule.rule in ("format", "ring-white", "text"))
        library.change("small", msgspec.structs.replace(found, making=making, rules=rules))
        with opened_window(qapp, tmp_path_factory.mktemp("state"), batches.engine) as window:
            yield window


@pytest.fixture
def window(main: MainWindow) -> Iterator[CheckWindow]:
    main.actions_["check_pictures"].trigger()
    window = main.checks.window
    assert window is not None
    window.presets.choose(())
    yield window
    window.clear()
    window.page.filter.setCurrentIndex(0)
    window.page.filter.activated.emit(0)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Two that can be fixed, one that passes, and one that is no picture."""
    folder = tmp_path / "photos"
    for name in ("a.png", "sub/杯子.png"):
        batches.picture(folder / name)
    Image.new("RGB", (44, 44), "white").save(folder / "good.jpg", quality=95)
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 nothing")
    return folder


def dropped(window: CheckWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPoint(20, 20), action, mime, button, none))


def checked(window: CheckWindow, qtbot: QtBot, *paths: Path) -> None:
    dropped(window, *paths)
    window.presets.choose(("small",))
    window.foot.start.click()
    qtbot.waitUntil(window.foot.report.isVisible)


def texts(
    window: CheckWindow, column: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole
) -> dict[str, str]:
    """By the pictures' names."""
    rows = window.page.rows
    return {
        rows.index(row, PHOTO).data(): rows.index(row, column).data(role)
        for row in range(rows.rowCount())
    }


def show(window: CheckWindow, name: str) -> None:
    box = window.page.filter
    box.setCurrentIndex(box.findData(name))
    box.activated.emit(box.currentIndex())


def test_a_folder_is_judged_and_what_can_be_is_fixed_into_another_one(
    window: CheckWindow,
    qtbot: QtBot,
    photos: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = {path: path.read_bytes() for path in photos.rglob("*.*")}
    checked(window, qtbot, photos)
    results = {
        "a.png": "Fails",
        "sub/杯子.png": "Fails",
        "good.jpg": "Passes",
        "broken.jpg": "Broken",
    }
    assert texts(window, RESULT) == results
    why = texts(window, WHY)
    assert why["a.png"] == "Format, Pure white at the border"
    assert "damaged" in why["broken.jpg"]
    photo = window.page.rows.index(0, PHOTO).data(Qt.ItemDataRole.DecorationRole)
    assert photo is not None or window.page.rows.index(0, PHOTO).data() == "broken.jpg"

    show(window, "ring-white")
    assert set(texts(window, RESULT)) == {"a.png", "sub/杯子.png"}
    window.page.table.selectRow(0)
    assert "Small" in window.page.title.text()
    assert "wanted: JPEG" in window.page.findings.folds["fails"].rows.text()
    show(window, "broken")
    window.page.table.selectRow(0)
    assert window.page.broken.isVisible()
    show(window, "all")

    target = tmp_path / "fixed"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
    window.foot.fix.click()
    qtbot.waitUntil(lambda: not window.foot.fix.isVisible() and window.foot.report.isVisible())
    made = {path.relative_to(target).as_posix() for path in target.rglob("*.*")}
    assert made == {"a.jpg", "sub/杯子.jpg"}
    assert texts(window, RESULT)["a.png"] == "Passes"
    tips = texts(window, MADE, Qt.ItemDataRole.ToolTipRole)
    assert tips["sub/杯子.png"] == str(target / "sub" / "杯子.jpg")
    assert tips["good.jpg"] == ""
    assert {path: path.read_bytes() for path in photos.rglob("*.*")} == before

    for name in ("report.json", "report.csv", "report.html"):
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (str(path), ""))
        window.foot.report.click()
        qtbot.waitUntil(path.exists)
    counts = json.loads((tmp_path / "report.json").read_bytes())["counts"]
    assert counts == {"planned": 4, "done": 4, "failed": 1, "confirm": 0}
    assert "good.jpg" in (tmp_path / "report.csv").read_text("utf-8-sig")
    assert "data:image/jpeg" in (tmp_path / "report.html").read_text()


def test_it_says_what_is_missing_and_refuses_to_write_over_what_was_brought(
    window: CheckWindow, qtbot: QtBot, photos: Path
) -> None:
    assert not window.foot.start.isEnabled()
    dropped(window, photos)
    assert window.foot.told.text() == "Choose what the pictures are for."
    assert not window.foot.start.isEnabled()
    window.clear()
    Image.new("RGB", (44, 44), "red").save(photos / "red.jpg")
    checked(window, qtbot, photos / "red.jpg", photos / "a.png")
    window.fix_to(photos)
    assert window.foot.has_error
    assert "never changed" in window.foot.told.text()
    window.clear()
    dropped(window, photos / "nothing")
    window.presets.choose(("small",))
    window.foot.start.click()
    qtbot.waitUntil(lambda: window.foot.has_error)
    assert "No picture was found" in window.foot.told.text()


def test_it_is_stopped_and_what_was_judged_stays(
    window: CheckWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    for number in range(8):
        batches.picture(folder / f"{number}.png")
    dropped(window, folder)
    window.presets.choose(("small", "ebay"))
    window.foot.start.click()
    qtbot.waitUntil(lambda: window.model.rowCount() > 0)
    window.foot.stop.click()
    qtbot.waitUntil(window.foot.report.isVisible)
    rows = window.model.rowCount()
    assert rows % 2 == 0
    assert window.foot.told.text() == ("Stopped." if rows < 16 else "")


def test_presets_are_found_by_typing(window: CheckWindow) -> None:
    shown = window.presets
    shown.search.setText("white taobao")
    listed = [shown.list.item(row) for row in range(shown.list.count())]
    assert [item.text() for item in listed if not item.isHidden()] == [
        "Taobao", "Taobao white background",
    ]  # fmt: skip
    shown.search.clear()
    assert not any(item.isHidden() for item in listed)


def test_pictures_of_the_strip_go_there_by_their_menu(main: MainWindow, photos: Path) -> None:
    main.catalogue.check_wanted.emit([photos / "a.png"])
    window = main.checks.window
    assert window is not None
    assert window.inputs.list.item(0).text() == str(photos / "a.png")
    window.clear()


def test_the_end_is_told_behind_a_closed_window(
    window: CheckWindow, main: MainWindow, qtbot: QtBot, photos: Path
) -> None:
    dropped(window, photos / "a.png")
    window.presets.choose(("small",))
    window.foot.start.click()
    window.close()
    qtbot.waitUntil(lambda: any("Check: 1 fail" in text for text in main.notices.texts))
    notice_button(main, "Show").click()
    assert window.isVisible()
    close_all(main)
