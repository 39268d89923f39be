# SPDX-License-Identifier: Apache-2.0
"""Many photos by the batch window, with the real networks: doubtful cut-outs are mended, the rest
of the window stays free, files pass their presets, and the command line makes the same bytes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.editing.batch_choice import BatchChoice
from prodedit.gui.batch.window import BatchWindow
from prodedit.gui.main_window import MainWindow
from tests.walks.test_making import window as window_with_networks
from tests.window import at, open_noise

SECONDS = 240_000
PRESETS = ("taobao-white", "walmart-swatch")
window = window_with_networks


def photos(shared_data: Path, folder: Path) -> Path:
    """Two that show all of their product."""
    folder.mkdir(parents=True)
    there = (shared_data / "train" / "clothing" / "validation").rglob("*.jpg")
    for photo in (path for path in there if path.name.startswith(("07cddef1", "0257eb81"))):
        shutil.copy(photo, folder / photo.name)
    return folder


def looked_at(batch: BatchWindow, qtbot: QtBot) -> int:
    """The number of the picture that is in the queue's view now."""
    qtbot.waitUntil(lambda: batch.review.view is not None, timeout=SECONDS)
    assert batch.review.number is not None
    return batch.review.number


@pytest.mark.slow
@pytest.mark.long
def test_a_folder_is_made_for_two_marketplaces(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, shared_data: Path
) -> None:
    folder = photos(shared_data, tmp_path / "photos")
    inputs = {path.name: path.read_bytes() for path in folder.iterdir()}
    other = open_noise(window)
    window.batches.open([folder])
    batch = window.batches.window
    assert batch is not None
    batch.form.choose(BatchChoice("white-square", PRESETS, "all"))
    batch.foot.start.click()
    other.apply(edits.SetOpacity(PHOTO, 0.5))  # the window is free meanwhile
    assert other.document.find(PHOTO).opacity == 0.5
    qtbot.waitUntil(
        lambda: batch.run is not None and batch.run.batch.progress.review == 2, timeout=SECONDS
    )
    assert batch.run is not None
    target = batch.run.target
    assert not [*target.glob("[!.]*/*.jpg")]

    batch.tabs.setCurrentWidget(batch.review)
    mended = looked_at(batch, qtbot)
    view = batch.review.view
    assert view is not None
    view.brush.set_restores(restores=True)
    whole = view.session.document.size
    before = view.session.document
    QTest.mouseClick(
        view.canvas, Qt.MouseButton.LeftButton, pos=at(view.canvas, whole.width / 2, 30)
    )
    qtbot.waitUntil(lambda: view.session.document is not before, timeout=SECONDS)
    QTest.keyClick(view.canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: batch.review.number not in (mended, None), timeout=SECONDS)
    plain = looked_at(batch, qtbot)
    QTest.keyClick(batch.review.view.canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: batch.run.batch.progress.phase == "idle", timeout=SECONDS)

    pictures = {picture.number: picture for picture in batch.run.batch.pictures}
    assert {picture.state for picture in pictures.values()} == {"done"}
    assert pictures[mended].corrected
    assert not pictures[plain].corrected
    judged = pictures[plain].written
    assert set(judged) == set(PRESETS)
    assert judged["taobao-white"].outcome in ("passes", "confirm"), judged["taobao-white"].told
    assert judged["walmart-swatch"].outcome
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == inputs

    out = tmp_path / "line"
    words = ["batch", str(folder), "-o", str(out), "--recipe", "white-square"]
    for preset in PRESETS:
        words += ["--preset", preset]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "prodedit", *words],
        capture_output=True, text=True, timeout=SECONDS / 1000, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr  # 1: a file fails a rule
    for preset in PRESETS:
        made = Path(judged[preset].path)
        same = out / made.relative_to(target)
        assert same.read_bytes() == made.read_bytes()
        other_made = Path(pictures[mended].written[preset].path)
        assert (out / other_made.relative_to(target)).read_bytes() != other_made.read_bytes()
