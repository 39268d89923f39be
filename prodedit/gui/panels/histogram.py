# SPDX-License-Identifier: Apache-2.0
"""Histogram and waveform of the picture as it shows, made while nothing else goes on."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from prodedit.core.adjust.histogram import Histogram, histogram, waveform
from prodedit.core.document import Document
from prodedit.core.problem import Problem
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.late import while_there
from prodedit.gui.panels.adjustments.graphs import colour_of, counts_of, highest, paint_counts
from prodedit.gui.panels.section import Choices, Section
from prodedit.gui.theme import palette_now, qcolor
from prodedit.gui.translation import translate
from prodedit.render.small import Reduced, small_pixels

SIDE, HEIGHT = 512, 88
CLIPPED = 0.001
"""Share of the pixels at an end from which on it is marked."""
_IDLE = 200
_CHANNELS = ("red", "green", "blue")


class Reading(NamedTuple):
    found: Histogram
    wave: NDArray[np.float32]


class HistogramSection(Section):
    """Folds away; while it is folded nothing is computed."""

    def __init__(
        self, workspace: Workspace, reduced: Reduced, parent: QWidget | None = None
    ) -> None:
        super().__init__(translate("HistogramSection", "Histogram"), parent, folds=True)
        self._workspace = workspace
        self._reduced = reduced
        self._session: EditSession | None = None
        self._read: Document | None = None
        self._is_reading = False
        self._idle = QTimer(self, singleShot=True, interval=_IDLE)
        self._idle.timeout.connect(self._look)
        texts = {
            "rgb": self.tr("Colours"),
            "luminance": self.tr("Lightness"),
            "waveform": self.tr("Waveform"),
        }
        self.kinds = Choices(texts, 3, self.tr("What is shown"), self)
        self.kinds.show_choice("rgb")
        self.graph = Graph(self)
        self.told = QLabel(self)
        self.told.setProperty("role", "secondary")
        self.told.setWordWrap(True)
        self.kinds.chosen.connect(self.graph.set_kind)
        self.graph.appeared.connect(self._stale)
        self.add(self.graph, self.told, self.kinds)

    def set_session(self, session: EditSession | None) -> None:
        if self._session is not None:
            self._session.changed.disconnect(self._stale)
            self._session.previewed.disconnect(self._stale)
        self._session = session
        if session is not None:
            session.changed.connect(self._stale)
            session.previewed.connect(self._stale)
        else:
            self.graph.show_reading(None)
            self.told.clear()
        self._stale()

    def unfold(self) -> None:
        for button in self.findChildren(QWidget):
            if button.property("look") == "fold":
                button.setChecked(True)  # type: ignore[attr-defined]

    def _stale(self, *_ignored: object) -> None:
        if self.graph.isVisible():
            self._idle.start()

    def _look(self) -> None:
        session = self._session
        if session is None or not self.graph.isVisible() or session.shown is self._read:
            return
        if self._is_reading:
            self._idle.start()
            return
        self._is_reading, document = True, session.shown
        work = partial(_reading, document, self._reduced)
        errand = self._workspace.run(work, optional=True)
        errand.done.connect(while_there(self, self._show, document))
        errand.failed.connect(self._not_read)

    def _show(self, document: Document, reading: Reading) -> None:
        self._is_reading = False
        if self._session is None:
            return
        self._read = document
        self.graph.show_reading(reading)
        self.told.setText(self._verdict(reading.found))
        self._stale()

    def _not_read(self, _problem: Problem) -> None:
        self._is_reading = False

    def _verdict(self, found: Histogram) -> str:
        black, white = clipped(found)
        texts = []
        if black >= CLIPPED:
            texts.append(self.tr("{percent} % quite black").format(percent=self._percent(black)))
        if white >= CLIPPED:
            texts.append(self.tr("{percent} % quite white").format(percent=self._percent(white)))
        return self.tr(", ").join(texts) or self.tr("Nothing is quite black or quite white.")

    def _percent(self, share: float) -> str:
        return self.locale().toString(share * 100, "f", 1)


class Graph(QWidget):
    appeared = Signal()
    """It can be seen now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: Reading | None = None
        self._kind = "rgb"
        self.setAccessibleName(translate("HistogramSection", "Histogram"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_kind(self, kind: str) -> None:
        self._kind = kind
        self.update()

    def show_reading(self, reading: Reading | None) -> None:
        self._reading = reading
        self.update()

    def _paint_histogram(self, painter: QPainter, area: QRectF, found: Histogram) -> None:
        channels = _CHANNELS if self._kind == "rgb" else ("rgb",)
        graphs = {name: counts_of(found, name) for name in channels}
        top = highest(*graphs.values())
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        for name, counts in graphs.items():
            colour = colour_of(name)
            colour.setAlpha(150 if len(graphs) > 1 else 255)
            paint_counts(painter, area, counts, colour, top)

    def _paint_ends(self, painter: QPainter, area: QRectF, found: Histogram) -> None:
        """A corner lights up where something is lost."""
        for share, x in zip(clipped(found), (area.left(), area.right() - 8), strict=True):
            lit = share >= CLIPPED
            palette = palette_now()
            painter.fillRect(QRectF(x, area.top(), 8, 8), qcolor(palette.border))
            if lit:
                painter.fillRect(QRectF(x, area.top(), 8, 8), qcolor(palette.warning))

    # Qt's own names

    def sizeHint(self) -> QSize:
        return QSize(240, HEIGHT)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.appeared.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(0, 0, -1, -1)
        painter.fillRect(area, qcolor(palette_now().field))
        if self._reading is not None:
            if self._kind == "waveform":
                painter.drawImage(area, wave_image(self._reading.wave))
            else:
                self._paint_histogram(painter, area, self._reading.found)
            self._paint_ends(painter, area, self._reading.found)
        painter.setPen(qcolor(palette_now().border))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)


def clipped(found: Histogram) -> tuple[float, float]:
    """Share of the pixels of which a channel is quite black, and quite white."""
    total = max(found.pixels, 1e-6)
    dark = max(float(getattr(found, name)[0]) for name in _CHANNELS)
    light = max(float(getattr(found, name)[-1]) for name in _CHANNELS)
    return dark / total, light / total


def wave_image(wave: NDArray[np.float32]) -> QImage:
    """Red, green and blue laid over each other, light where many pixels are."""
    shares = np.sqrt(np.clip(wave[:3] * 12, 0, 1))[:, ::-1]
    pixels = np.zeros((wave.shape[1], wave.shape[2], 4), np.uint8)
    for place, channel in enumerate((2, 1, 0)):
        pixels[..., place] = (shares[channel] * 255).astype(np.uint8)
    pixels[..., 3] = pixels[..., :3].max(axis=2)
    height, width = pixels.shape[:2]
    kind = QImage.Format.Format_ARGB32
    return QImage(pixels.tobytes(), width, height, width * 4, kind).copy()


def _reading(document: Document, reduced: Reduced) -> Reading:
    pixels = small_pixels(document, SIDE, reduced)
    return Reading(histogram(pixels), waveform(pixels, 256))
