# SPDX-License-Identifier: Apache-2.0
"""The batch window, by its widgets, with a real batch: only the network is a square."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.gui.batch.model import CHECK, FILES, FILTERS, STATE, SURE
from prodedit.gui.batch.model import PHOTO as PHOTO_COLUMN
from prodedit.gui.batch.window import BatchWindow
from prodedit.gui.main_window import MainWindow
from prodedit.gui.mask_view import MaskView
from tests import batches
from tests.window import opened_window

LONG = 60_000


@pytest.fixture(scope="module")
def application(qapp: object) -> object:
    return qapp


@pytest.fixture(scope="module")
def main(application: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with opened_window(application, tmp_path_factory.mktemp("state"), batches.engine) as window:
        yield window


@pytest.fixture
def window(main: MainWindow) -> Iterator[BatchWindow]:
    main.actions_["batch_export"].trigger()
    window = main.batches.window
    assert window is not None
    yield window
    window.clear()
    window.form.target.clear()
    choose(window, "")
    window.form.alike.choose("", "fill")
    window.form.table.clear()
    window.pictures.filter.setCurrentIndex(0)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    for name in ("a.png", "sub/b.png", "c.png"):
        batches.picture(folder / name)
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 nothing")
    return folder


def choose(window: BatchWindow, recipe: str, *presets: str, review: int = 0) -> None:
    form = window.form
    form.recipe.setCurrentIndex(max(0, form.recipe.findData(recipe)))
    form.review.setCurrentIndex(review)
    for row in range(form.presets.count()):
        item = form.presets.item(row)
        on = item.data(Qt.ItemDataRole.UserRole) in presets
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


def run_out(window: BatchWindow, qtbot: QtBot) -> None:
    """Until nothing is left that could be done now, and the window has heard of all of it: what a
    batch tells comes a moment after it did it."""

    def is_told() -> bool:
        batch = window.run and window.run.batch
        return (
            batch is not None
            and batch.progress.phase == "idle"
            and tuple(window.model.rows) == batch.pictures
            and window.foot.report.isVisible()
        )

    qtbot.waitUntil(is_told, timeout=LONG)


def texts(window: BatchWindow, column: int) -> list[str]:
    model = window.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def dropped(window: BatchWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    where, none = QPoint(20, 20), Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(where, action, mime, button, none))


def test_it_says_what_is_missing_before_it_can_begin(window: BatchWindow, photos: Path) -> None:
    assert not window.foot.start.isEnabled()
    dropped(window, photos)
    assert window.inputs.list.item(0).text() == str(photos)
    assert window.form.target.text() == str(photos.with_name("photos-export"))
    assert not window.foot.start.isEnabled()
    assert "recipe" in window.foot.told.text()
    choose(window, "transparent")
    assert window.foot.start.isEnabled()
    assert not window.form.alike.scale.isEnabled()
    window.form.alike.choose("table", "fill")
    assert window.form.alike.scale.isEnabled()
    assert not window.foot.start.isEnabled()
    assert "table" in window.foot.told.text()
    window.form.table.setText("goods.csv")
    assert window.foot.start.isEnabled()
    window.form.target.clear()
    assert not window.foot.start.isEnabled()
    window.inputs.list.selectAll()
    window.inputs.taken_away.emit({photos})
    assert window.inputs.currentIndex() == 0


def test_doubtful_cut_outs_are_mended_and_accepted_and_only_then_exported(
    window: BatchWindow, qtbot: QtBot, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in photos.rglob("*.*")}
    dropped(window, photos)
    choose(window, "transparent")
    window.foot.start.click()
    run_out(window, qtbot)
    target = photos.with_name("photos-export")
    assert sorted(texts(window, STATE))[-3:] == ["To be looked at"] * 3
    assert not list(target.rglob("*.png")), "nothing is made of what nobody has looked at"
    assert "3" in window.tabs.tabText(1)

    window.tabs.setCurrentWidget(window.review)
    review = window.review
    qtbot.waitUntil(lambda: review.view is not None, timeout=LONG)
    first = review.number
    assert review.view is not None
    review.view.session.apply(edits.InvertMask(PHOTO))
    review.view.brush.set_brush(review.view.brush.brush._replace(size=17))
    review.view.brush.set_restores(False)
    review.view.canvas.set_mask_view(MaskView.ON_WHITE)
    QTest.keyClick(review.view.canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: review.number not in (first, None) and review.view is not None)
    second = review.number
    assert review.view.canvas.mask_view is MaskView.ON_WHITE
    assert (review.view.brush.brush.size, review.view.brush.restores) == (17, False)
    review.accept.click()
    qtbot.waitUntil(lambda: review.number not in (second, None) and review.view is not None)
    review.leave_out.click()
    qtbot.waitUntil(lambda: review.number is None)
    run_out(window, qtbot)
    states = texts(window, STATE)
    assert states.count("Done") == 2
    assert states.count("Left out") == 1
    assert any("damaged" in state for state in states)
    assert texts(window, SURE)[first or 0].startswith("75 % ✓")
    files = {path.stem: np.asarray(Image.open(path)) for path in target.rglob("*.png")}
    places = [picture.place for picture in window.model.rows]
    inverted, plain = (files[Path(places[n or 0]).stem] for n in (first, second))
    assert inverted[32, 32, 3] == 0
    assert inverted[1, 1, 3] == 255
    assert plain[32, 32, 3] == 255
    assert {path: path.read_bytes() for path in photos.rglob("*.*")} == before

    done = next(n for n, state in enumerate(states) if state == "Done")
    for column in (PHOTO_COLUMN, FILES):
        assert window.model.index(done, column).data(Qt.ItemDataRole.DecorationRole) is not None
    window.pictures.rows.show_only(FILTERS["failed"])
    assert window.pictures.rows.rowCount() == 1
    window.pictures.rows.show_only(FILTERS["all"])
    report = photos.with_name("report.json")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(report), ""))
    window.foot.report.click()
    qtbot.waitUntil(report.exists, timeout=LONG)
    counts = json.loads(report.read_bytes())["counts"]
    assert (counts["done"], counts["failed"], counts["skipped"]) == (2, 1, 1)


def test_presets_make_a_file_each_and_each_is_judged(
    window: BatchWindow, qtbot: QtBot, photos: Path
) -> None:
    large = batches.picture(photos / "large.png", size=820)
    dropped(window, large, photos / "broken.jpg")
    assert not window.form.picker.chosen.isVisible()
    choose(window, "", "taobao-white", "walmart-swatch", review=2)
    told = window.form.picker.chosen.text()
    assert "Taobao white background" in told
    assert "Walmart swatch" in told
    window.form.enlarge.setChecked(False)
    window.foot.start.click()
    run_out(window, qtbot)
    picture = window.model.rows[0]
    assert texts(window, STATE)[0] == "Done"
    assert set(picture.written) == {"taobao-white", "walmart-swatch"}
    assert all(Path(written.path).exists() for written in picture.written.values())
    assert texts(window, CHECK)[0] in ("Passes", "Fails", "Please look")
    assert "Taobao" in window.model.index(0, CHECK).data(Qt.ItemDataRole.ToolTipRole)
    assert window.foot.retry.isVisible()
    (photos / "broken.jpg").write_bytes(large.read_bytes())
    window.foot.retry.click()
    qtbot.waitUntil(lambda: texts(window, STATE) == ["Done", "Done"], timeout=LONG)


def test_what_was_stopped_is_offered_and_gone_on_with(
    window: BatchWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    for number in range(12):
        batches.picture(folder / f"{number}.png")
    dropped(window, folder)
    choose(window, "transparent", review=2)
    window.foot.start.click()
    qtbot.waitUntil(lambda: "Done" in texts(window, STATE), timeout=LONG)
    window.foot.stop.click()
    qtbot.waitUntil(
        lambda: window.run is not None and window.run.batch.progress.phase == "stopped",
        timeout=LONG,
    )
    qtbot.waitUntil(lambda: window.foot.anew.isVisible())
    qtbot.waitUntil(lambda: window.foot.go_on.isVisible())
    window.clear()
    dropped(window, folder)
    target = window.form.target.text()
    assert target == str(folder.with_name("many-export"))
    qtbot.waitUntil(lambda: window.foot.go_on.isVisible(), timeout=LONG)
    window.foot.go_on.click()
    run_out(window, qtbot)
    assert texts(window, STATE) == ["Done"] * 12
    assert len(list(Path(target).glob("*.png"))) == 12


def test_the_end_is_told_behind_a_closed_window_and_choices_are_remembered(
    main: MainWindow, window: BatchWindow, qtbot: QtBot, photos: Path
) -> None:
    dropped(window, photos / "a.png")
    choose(window, "transparent", review=2)
    window.form.alike.choose("all", "real")
    window.foot.start.click()
    window.close()
    qtbot.waitUntil(lambda: any("1 of 1" in text for text in main.notices.texts), timeout=LONG)
    remembered = main.workspace.settings.batch
    assert (remembered.recipe, remembered.presets, remembered.review) == ("transparent", (), "none")
    assert (remembered.alike, remembered.scale) == ("all", "real")
    choose(window, "")
    window.form.alike.choose("", "fill")
    window.form.choose(remembered)
    assert window.form.choice == remembered


def test_a_pattern_that_makes_no_name_is_said_and_nothing_begins(
    window: BatchWindow, qtbot: QtBot, photos: Path
) -> None:
    dropped(window, photos)
    choose(window, "transparent")
    window.form.pattern.setText("{sku}-{nothing}")
    window.foot.start.click()
    qtbot.waitUntil(lambda: window.foot.told.property("role") == "error", timeout=LONG)
    assert window.run is None
    window.form.pattern.clear()
    empty = photos.with_name("empty")
    empty.mkdir()
    window.clear()
    dropped(window, empty)
    window.foot.start.click()
    qtbot.waitUntil(lambda: window.foot.told.property("role") == "error", timeout=LONG)
    assert "No picture" in window.foot.told.text()
