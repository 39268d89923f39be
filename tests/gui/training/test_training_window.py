# SPDX-License-Identifier: Apache-2.0
"""The training window: what it refuses, shows, keeps and publishes. What learns is a scripted
program here; the pictures are really looked at."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import cv2
import msgspec
import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from prodedit.catalogue.training import TrainingOrder
from prodedit.engine.generators.container import CARD, PAIRS, WEIGHTS, write
from prodedit.engine.generators.library import GeneratorLibrary
from prodedit.engine.training.client import TrainingProcess
from prodedit.engine.training.gate import Judgement, Likeness, Measures
from prodedit.gui.training.course import Course
from prodedit.gui.training.plot import MOST_POINTS, LinePlot
from prodedit.gui.training.window import TrainingWindow
from tests.engine.test_generator_files import TINY
from tests.engine.test_intake import product, save

PROGRAM = """
import json, sys
from pathlib import Path
folder = Path(sys.argv[1])
def say(**event):
    with (folder / "log.jsonl").open("a") as log:
        log.write(json.dumps(event) + "\\n")
    print(json.dumps(event), flush=True)
say(estimate=90, stages=["autoencoder", "flow"], steps=[2, 2], pace=[15.0, 30.0])
{body}
"""
MOMENT = (
    'say(stage="autoencoder", step={step}, of=2, seen=8, seconds=1.0, left=75, '
    'losses={{"pixels": 0.5}})'
)
DONE = """
import zipfile
with zipfile.ZipFile(folder / "made.generator", "w") as made:
    made.writestr("generator.json", "{}")
{judged}
"""
WAITING = f"""{MOMENT.format(step=1)}
while (word := sys.stdin.readline().strip()) != "stop":
    (folder / "heard").open("a").write(word + "\\n")
sys.exit(130)"""
BROKEN = 'say(problem="The disk is {state}.", values={"state": "full"}, code="disk")\nsys.exit(1)'
PERFECT = Likeness(
    frechet=0.0, kernel=0.0, precision=1.0, recall=1.0, density=1.0, coverage=1.0, diversity=1.0,
    memorised=0.0, detail=1.0, agreement=1.0,
)  # fmt: skip
GOOD = Measures(made=200, real=100, eye="eye", found=PERFECT, reference=PERFECT)
BLURRED = replace(GOOD, found=replace(PERFECT, detail=0.12))


class Trained:
    """The window, with a program in place of the one that learns."""

    def __init__(self, qtbot: QtBot, own: Path) -> None:
        self.body = DONE
        self.measures = GOOD
        self.window = TrainingWindow(GeneratorLibrary(own, own / "none"), self._course)
        qtbot.addWidget(self.window)
        self.window.show()

    def _course(self, order: TrainingOrder) -> Course:
        def start(place: Path) -> TrainingProcess:
            judgement = msgspec.to_builtins(Judgement(measures=self.measures, refusals=()))
            judged = f"say(measuring=0.5)\nsay(judgement={judgement!r})"
            program = PROGRAM.replace("{body}", self.body).replace("{judged}", judged)
            return TrainingProcess(place, (sys.executable, "-c", program))

        return Course(order, _never_cut, start, self.window)


def _never_cut(picture: object) -> NoReturn:
    raise AssertionError("nobody asked for it")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own"


@pytest.fixture
def trained(qtbot: QtBot, own: Path) -> Iterator[Trained]:
    trained = Trained(qtbot, own)
    yield trained
    if trained.window.course is not None:
        trained.window.course.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(10):
        save(tmp_path / "in" / ("bags", "hats")[number % 2] / f"{number}.png", product(number))
    (tmp_path / "in" / "bags" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return tmp_path / "in"


def begin(window: TrainingWindow, folder: Path) -> None:
    window.form.side.setCurrentIndex(0)
    window.form.cut_out.setChecked(False)
    window.form.use_folder(folder)
    assert window.start.isEnabled()
    window.start.click()


def over(qtbot: QtBot, window: TrainingWindow) -> None:
    qtbot.waitUntil(lambda: window.course is None)


def test_what_is_missing_keeps_it_from_starting(trained: Trained, folder: Path, own: Path) -> None:
    window, form = trained.window, trained.window.form
    assert not window.start.isEnabled()
    form.use_folder(folder / "nowhere")
    assert window.told.text() == "There is no such folder."
    form.use_folder(folder)
    assert form.name.text() == "in"
    assert window.told.text() == ""
    assert window.start.isEnabled()
    form.name.setText("a/b")
    assert "can't have" in window.told.text()
    assert not window.start.isEnabled()
    own.mkdir()
    (own / "bags.generator").write_bytes(b"")
    form.name.setText("bags")
    assert "already" in window.told.text()


def test_a_folder_is_dropped(trained: Trained, folder: Path) -> None:
    data = QMimeData()
    data.setUrls(
        [QUrl.fromLocalFile(str(folder / "bags" / "1.png")), QUrl.fromLocalFile(str(folder))]
    )
    drop = QDropEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    trained.window.form.dropEvent(drop)
    assert Path(trained.window.form.folder.text()) == folder


def test_it_begins_with_a_generator_of_the_library(
    trained: Trained, folder: Path, own: Path, qtbot: QtBot
) -> None:
    window, form = trained.window, trained.window.form
    assert [form.start.itemText(n) for n in range(form.start.count())] == ["Nothing"]
    shelve(own, "tiny")
    (own / "broken.generator").write_bytes(b"")
    window.load()
    assert [form.start.itemText(n) for n in range(form.start.count())] == [
        "Nothing", "tiny · Standard · 64 × 64",
    ]  # fmt: skip
    form.use_folder(folder)
    form.family.setCurrentIndex(2)
    form.start.setCurrentIndex(1)
    assert not form.family.isEnabled()
    assert not form.side.isEnabled()
    window.load()
    order = form.order
    assert order is not None
    assert (order.family, order.side) == ("two-stage", 64)
    assert order.start_from == own / "tiny.generator"

    trained.body = BROKEN
    begin(window, folder)
    over(qtbot, window)
    assert window.told.text() == "The disk is full."
    assert window.facts.text() == f"{folder}\nStandard · 64 × 64\nBegan with tiny"
    (own / "tiny.generator").unlink()
    window.trainings.setCurrentIndex(0)
    window.load()
    assert form.order is not None
    assert form.order.start_from is None, "it is gone"
    assert form.family.isEnabled()
    assert form.side.isEnabled()


def shelve(own: Path, name: str) -> None:
    """A generator, which nobody looks into here."""
    own.mkdir(exist_ok=True)
    card = msgspec.json.encode(TINY)
    write(own / f"{name}.generator", {CARD: card, WEIGHTS: b"weights"})


def test_a_good_one_goes_into_the_library(
    trained: Trained, folder: Path, own: Path, qtbot: QtBot
) -> None:
    window = trained.window
    trained.body = "\n".join((MOMENT.format(step=1), MOMENT.format(step=2), DONE))
    with qtbot.waitSignal(window.made) as made:
        begin(window, folder)
    assert made.args == ["in"]
    assert (own / "in.generator").is_file()
    assert "in your library" in window.told.text()
    used, left_out = (window.found.topLevelItem(row) for row in range(2))
    assert used is not None
    assert left_out is not None
    assert used.text(0) == "10 of 11 pictures are learned from"
    assert left_out.text(0) == "1 left out: can't be opened"
    broken = left_out.child(0)
    assert broken is not None
    assert "bags/broken.png" in broken.text(0)
    assert window.progress.plot.shown == ("pixels",)
    with qtbot.waitSignal(window.open_wanted) as wanted:
        window.use.click()
    assert wanted.args == ["in"]


def test_a_mediocre_one_is_refused_and_goes_on(
    trained: Trained, folder: Path, own: Path, qtbot: QtBot
) -> None:
    window = trained.window
    trained.measures = BLURRED
    begin(window, folder)
    over(qtbot, window)
    assert "not good enough" in window.told.text()
    assert "12 % of the detail" in window.told.text()
    assert not (own / "in.generator").exists()
    setting = own / "in.generator.training" / "setting.json"
    before = setting.read_text("utf-8")
    trained.measures = GOOD
    with qtbot.waitSignal(window.made):
        window.longer.click()
    assert setting.read_text("utf-8") != before
    assert (own / "in.generator").exists()


def test_it_pauses_stops_and_is_gone_on_with_after_a_restart(
    trained: Trained, folder: Path, own: Path, qtbot: QtBot
) -> None:
    window = trained.window
    trained.body = WAITING
    begin(window, folder)
    qtbot.waitUntil(lambda: "left" in window.progress.told.text())
    heard = own / "in.generator.training" / "heard"
    window.pause.click()
    assert window.pause.text() == "Go on"
    qtbot.waitUntil(lambda: heard.exists() and "pause" in heard.read_text())
    window.pause.click()
    qtbot.waitUntil(lambda: "go on" in heard.read_text())
    window.stop.click()
    over(qtbot, window)
    assert window.trainings.currentText() == "in"

    again = Trained(qtbot, own)
    assert again.window.trainings.count() == 2
    assert again.window.trainings.currentText() == "in", "what was left is found first"
    assert again.window.form.isHidden(), "it was said before what is to be learned"
    assert again.window.facts.text() == f"{folder}\nStandard · 64 × 64"
    assert again.window.start.text() == "Go on"
    order = again.window.order
    assert order is not None
    assert order.folder == folder
    with qtbot.waitSignal(again.window.made):
        again.window.start.click()
    over(qtbot, again.window)


def test_waits_while_anybody_wants_it_to(trained: Trained, folder: Path, qtbot: QtBot) -> None:
    window = trained.window
    trained.body = WAITING
    begin(window, folder)
    course = window.course
    assert course is not None
    course.hold("jobs")
    course.hold("person")
    course.go_on("jobs")
    assert course.is_paused
    course.go_on("person")
    assert not course.is_paused


def test_stopping_while_pictures_are_looked_at(
    trained: Trained, folder: Path, own: Path, qtbot: QtBot
) -> None:
    window = trained.window
    begin(window, folder)
    window.stop.click()
    over(qtbot, window)
    assert (
        "in" in {window.trainings.itemText(n) for n in range(window.trainings.count())}
        or not (own / "in.generator").exists()
    )


def test_a_failure_is_said(trained: Trained, folder: Path, qtbot: QtBot) -> None:
    trained.body = BROKEN
    begin(trained.window, folder)
    over(qtbot, trained.window)
    assert trained.window.told.text() == "The disk is full."
    assert trained.window.told.property("role") == "error"


def test_an_empty_folder_is_said(trained: Trained, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "empty").mkdir()
    begin(trained.window, tmp_path / "empty")
    over(qtbot, trained.window)
    assert trained.window.told.property("role") == "error"
    assert trained.window.told.text()
    assert trained.window.start.isEnabled(), "another folder can be tried"


def test_it_is_deleted_when_that_is_meant(
    trained: Trained, folder: Path, own: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained.body = BROKEN
    begin(trained.window, folder)
    over(qtbot, trained.window)
    window, place = trained.window, own / "in.generator.training"
    answer = QMessageBox.StandardButton.No
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answer)
    window.discard.click()
    assert place.is_dir()
    answer = QMessageBox.StandardButton.Yes
    window.discard.click()
    assert not place.exists()
    assert window.trainings.count() == 1
    assert len(list(folder.rglob("*.png"))) == 11, "the pictures stay"


def test_samples_are_shown_as_they_come(trained: Trained, folder: Path, qtbot: QtBot) -> None:
    window = trained.window
    progress = window.progress

    def is_empty() -> bool:
        return progress.samples.is_empty

    assert is_empty()
    cv2.imwrite(str(folder / "sheet.png"), np.full((20, 30, 3), 200, np.uint8))
    progress.begin(folder)
    progress.hear({"stage": "flow", "step": 1, "sheet": "sheet.png"})
    assert not is_empty()
    progress.hear({"stage": "flow", "step": 2, "sheet": "gone.png"})
    assert is_empty()


def test_what_was_measured_is_still_told_after_a_restart(
    trained: Trained, folder: Path, own: Path, qtbot: QtBot
) -> None:
    trained.measures = BLURRED
    begin(trained.window, folder)
    over(qtbot, trained.window)
    cv2.imwrite(str(own / "in.generator.training" / PAIRS), np.full((20, 30, 3), 9, np.uint8))

    again = Trained(qtbot, own).window
    assert again.progress.bar.value() == again.progress.bar.maximum()
    cells = [label.text() for label in again.progress.verdict.findChildren(QLabel)]
    assert cells[cells.index("Sharpness") : cells.index("Sharpness") + 3] == [
        "Sharpness", "12 %", "at least 50 %",
    ]  # fmt: skip
    assert "not good enough" in again.told.text()
    assert again.start.isHidden(), "it is over: there is nothing to go on with"
    assert not again.longer.isHidden()
    assert again.progress.samples.is_empty
    again.progress.sheets.button("nearest").click()
    assert not again.progress.samples.is_empty
    again.trainings.setCurrentIndex(0)
    assert again.told.text() == ""
    assert not again.start.isHidden()


def test_a_long_line_stays_short(qtbot: QtBot) -> None:
    plot = LinePlot({"error": "Error"})
    qtbot.addWidget(plot)
    for step in range(3 * MOST_POINTS):
        plot.add(step, {"error": 1.0 / (1 + step), "other": 1.0, "none": float("nan")})
    line = plot._lines["error"]
    assert len(line) <= MOST_POINTS
    assert (line[0], line[-1][0]) == ((0.0, 1.0), 3.0 * MOST_POINTS - 1)
    plot.resize(300, 150)
    assert not plot.grab().isNull()
