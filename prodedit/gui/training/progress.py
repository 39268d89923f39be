# SPDX-License-Identifier: Apache-2.0
"""What is seen of a training while it goes on: how far, how its figures move, what it makes now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from prodedit.engine.generators.container import PAIRS
from prodedit.engine.training.gate import Judgement
from prodedit.gui.panels.section import Choices, secondary
from prodedit.gui.theme import palette_now, qcolor
from prodedit.gui.training.plot import LinePlot, shares
from prodedit.gui.training.verdict import VerdictView

_STEPS = 10_000
LOG = "log.jsonl"


class SamplesView(QWidget):
    """The newest sheet of samples, as large as there is room, never larger than it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(160)
        self.setAccessibleName(self.tr("What it makes now"))

    @property
    def is_empty(self) -> bool:
        return self._sheet.isNull()

    def show_file(self, path: Path | None) -> None:
        """Nothing where the file can't be read."""
        self._sheet = QPixmap() if path is None else QPixmap(str(path))
        self.update()

    # Qt's own names

    def sizeHint(self) -> QSize:
        return QSize(480, 360)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor(palette_now().field))
        if self._sheet.isNull():
            painter.setPen(qcolor(palette_now().secondary))
            words = self.tr("The first pictures come in some minutes.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
            return
        ratio = self.devicePixelRatioF()
        most = self._sheet.size() / ratio
        size = self._sheet.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        size = size if size.width() <= most.width() else most
        place = QRect((self.width() - size.width()) // 2, 0, size.width(), size.height())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, self._sheet)


class TrainingProgress(QWidget):
    """Fed with a Course's signals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = Path()
        self.judgement: Judgement | None = None
        self._steps: list[int] = []
        self._stages: list[str] = []
        self.reached = 0.0
        """Steps that a training has behind it, of all its stages, by its log."""
        self.heading = QLabel(self)
        self.heading.setProperty("role", "heading")
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.told = secondary("", self)
        self.verdict = VerdictView(self)
        self.sheets = Choices(
            {
                "samples": self.tr("Its pictures"),
                "nearest": self.tr("Beside yours"),
                "figures": self.tr("How it learned"),
            },
            3,
            self.tr("What is shown"),
            self,
        )
        self.samples = SamplesView(self)
        self.plot = LinePlot(self._titles(), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget, stretch in (
            (self.heading, 0), (self.bar, 0), (self.told, 0), (self.verdict, 0), (self.sheets, 0),
            (self.samples, 3), (self.plot, 1),
        ):  # fmt: skip
            column.addWidget(widget, stretch)
        self.sheets.button("nearest").setToolTip(
            self.tr("Above what it made, below the picture of yours that is nearest to it")
        )
        self.sheets.chosen.connect(self._show_sheet)

    def begin(self, folder: Path) -> None:
        """Of the training in this folder, nothing of which is known yet."""
        self._folder, self._steps, self._stages = folder, [], []
        self.plot.clear()
        self.judgement = None
        self.heading.setText(self.tr("Looking at the pictures"))
        self.told.clear()
        self.bar.setRange(0, 0)
        self.reached = max(map(self._remember, _log(folder)), default=0.0)
        self._show_judgement()

    def stand(self, name: str, told: str) -> None:
        """Of a training of this name that does not run now: how far it came."""
        self.heading.setText(name)
        self.told.setText(told)
        self.bar.setRange(0, _STEPS)
        self.bar.setValue(_STEPS if self.judgement is not None else self._place(self.reached))

    def look(self, share: float, name: str) -> None:
        """While pictures are taken in."""
        self.bar.setRange(0, _STEPS)
        self.bar.setValue(round(share * _STEPS))
        self.told.setText(name)

    def hear(self, event: Mapping[str, Any]) -> None:
        """One event of the process."""
        if "estimate" in event:
            self._remember(event)
            self.heading.setText(self.tr("Getting ready"))
            self.told.setText(self._left(event["estimate"]))
            self.bar.setRange(0, 0)
        elif "losses" in event:
            self._moved(event)
        elif "measuring" in event:
            self._measured(event["measuring"])
        elif "judgement" in event:
            self._remember(event)
            self._show_judgement()
        elif "sheet" in event:
            self.samples.show_file(self._folder / str(event["sheet"]))
        elif "trouble" in event:
            self.told.setText(self._trouble(str(event["trouble"])))

    def _measured(self, share: float) -> None:
        """How much was done to find out how good it is."""
        self.heading.setText(self.tr("Looking how good it is"))
        self.bar.setRange(0, _STEPS)
        self.bar.setValue(round(share * _STEPS))
        self.told.setText(self.tr("Its pictures are compared with yours."))

    def hold(self, paused: bool) -> None:
        if paused:
            self.told.setText(self.tr("Paused. Nothing is lost."))

    def _moved(self, event: Mapping[str, Any]) -> None:
        at = self._remember(event)
        self.heading.setText(self._stage(str(event["stage"])))
        self.bar.setRange(0, _STEPS)
        self.bar.setValue(self._place(at))
        seen = self.tr("{seen} pictures seen").format(seen=f"{event['seen']:,}")
        self.told.setText(f"{self._left(event['left'])} · {seen}")

    def _place(self, at: float) -> int:
        """Of the bar, after so many steps."""
        return round(_STEPS * at / max(1, sum(self._steps)))

    def _remember(self, event: Mapping[str, Any]) -> float:
        """Draw what an event tells; the steps of all stages up to it."""
        if "stages" in event:
            self._stages, self._steps = list(event["stages"]), list(event["steps"])
            self.plot.set_marks([shares(self._steps, n, 0) for n in range(1, len(self._steps))])
        if "judgement" in event:
            self.judgement = _judgement(event["judgement"])
        if "losses" not in event or event["stage"] not in self._stages:
            return 0.0
        self.judgement = None  # it has learned more since
        at = shares(self._steps, self._stages.index(event["stage"]), event["step"])
        self.plot.add(at, event["losses"])
        return at

    def _show_judgement(self) -> None:
        """What was measured at the end, if it is there."""
        self.verdict.show_measures(None if self.judgement is None else self.judgement.measures)
        self.sheets.setVisible(self.judgement is not None)
        self.sheets.button("nearest").setVisible((self._folder / PAIRS).is_file())
        self.sheets.show_choice("samples")
        self._show_sheet()

    def _show_sheet(self, *_ignored: object) -> None:
        sheets = [path for path in self._folder.glob("*.png") if path.name != PAIRS]
        is_over = self.judgement is not None  # there is less room then, and time to look
        nearest = is_over and self.sheets.current == "nearest"
        figures = is_over and self.sheets.current == "figures"
        self.samples.setHidden(figures)
        self.plot.setVisible(figures or not is_over)
        newest = max(sheets, key=_age, default=None)
        self.samples.show_file(self._folder / PAIRS if nearest else newest)

    def _stage(self, name: str) -> str:
        if name == "autoencoder":
            return self.tr("Learning to see your products")
        if name == "matching":
            return self.tr("Learning what there is among your products")
        return self.tr("Learning to make new ones")

    def _left(self, seconds: float) -> str:
        minutes = round(seconds / 60)
        if minutes < 2:
            return self.tr("About a minute left")
        if minutes < 100:
            return self.tr("About {minutes} min left").format(minutes=minutes)
        hours, minutes = divmod(minutes, 60)
        text = self.tr("About {hours} h {minutes} min left")
        return text.format(hours=hours, minutes=minutes)

    def _trouble(self, code: str) -> str:
        if code == "smaller-pieces":
            return self.tr("Memory is short: it goes on in smaller pieces, more slowly.")
        if code == "rolled-back":
            return self.tr("The figures ran away. It went back to what it kept last and goes on.")
        if code == "collapsing":
            return self.tr(
                "Its pictures become alike. If they stay so, stop it and give it more pictures."
            )
        return self.tr("It could not keep what it has learned: is the disk full? It tries again.")

    def _titles(self) -> dict[str, str]:
        return {
            "pixels": self.tr("Difference"),
            "perceived": self.tr("Looks"),
            "velocity": self.tr("Error"),
            "accuracy": self.tr("Told apart"),
            "diversity": self.tr("Variety"),
            "near": self.tr("Distance"),
        }


def _log(folder: Path) -> list[Any]:
    """What a training in this folder has told so far; lines that can't be read are left out."""
    events = []
    with suppress(OSError, UnicodeDecodeError):
        for line in (folder / LOG).read_text("utf-8").splitlines():
            with suppress(ValueError):
                events.append(json.loads(line))
    return [event for event in events if isinstance(event, dict)]


def _judgement(told: Any) -> Judgement | None:
    """None where it can't be read: another version may have written it."""
    try:
        return msgspec.convert(told, Judgement)
    except msgspec.ValidationError:
        return None


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
