# SPDX-License-Identifier: Apache-2.0
"""Where the pictures of recipes come from: a thread makes them by the window's engine, behind all
that the person waits for. One that can't be made is left out: its step needs a model that is not
there, or another photo."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from PySide6.QtCore import QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap

from prodedit.catalogue.check.remembering import Memory, RememberingEngine
from prodedit.catalogue.recipe_picture import KeptPictures, picture_of, sample
from prodedit.core.problem import Cancelled, Problem
from prodedit.editing.lent_engine import LentEngine
from prodedit.editing.worker import Worker
from prodedit.engine.recipe import Recipe
from prodedit.engine.recipe_library import Entry
from prodedit.gui.icons import icon
from prodedit.gui.theme import palette_now

_MARK = 16


def blank_icon(name: str, size: QSize) -> QIcon:
    """A small icon in the middle of the place that a picture will take."""
    mark, made = icon(name, palette_now()), QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        blank = QPixmap(size)
        blank.fill(Qt.GlobalColor.transparent)
        painter = QPainter(blank)
        place = QPoint((size.width() - _MARK) // 2, (size.height() - _MARK) // 2)
        painter.drawPixmap(place, mark.pixmap(QSize(_MARK, _MARK), mode))
        painter.end()
        made.addPixmap(blank, mode)
    return made


def picture_icon(image: QImage) -> QIcon:
    """In the middle of a square, and of the same colours where its row is chosen."""
    side = max(image.width(), image.height())
    square = QPixmap(side, side)
    square.fill(Qt.GlobalColor.transparent)
    painter = QPainter(square)
    painter.drawImage((side - image.width()) // 2, (side - image.height()) // 2, image)
    painter.end()
    made = QIcon(square)
    made.addPixmap(square, QIcon.Mode.Selected)
    return made


class RecipePictures(QObject):
    came = Signal(str, QImage)
    """An entry's id, and what its recipe does."""
    _made = Signal(str, bytes)

    def __init__(
        self, worker: Worker, kept: KeptPictures | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._kept = kept or KeptPictures()
        self._memory = Memory()
        self._engine: LentEngine | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._made.connect(self._show)

    def want(self, entries: Iterable[Entry]) -> None:
        """Pictures of these, those that are kept at once; of others no more."""
        self.stop()
        missing: list[tuple[str, Recipe]] = []
        for entry in entries:
            data = None if entry.recipe is None else self._kept.get(entry.recipe)
            if data is not None:
                self._show(entry.id, data)
            elif entry.recipe is not None:
                missing.append((entry.id, entry.recipe))
        if missing:
            self._engine = LentEngine(self._worker)
            self._thread = threading.Thread(
                target=self._make, args=(self._engine, missing), name="recipes", daemon=True
            )
            self._thread.start()

    def stop(self) -> None:
        """Let go of what is under way. May be repeated."""
        with self._lock:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def rest(self) -> None:
        """Nobody sees them: `stop`, and nothing is kept in memory."""
        self.stop()
        self._memory.forget()

    def _make(self, lent: LentEngine, wanted: list[tuple[str, Recipe]]) -> None:
        engine = RememberingEngine(lent, self._memory)
        for entry_id, recipe in wanted:
            try:
                data = picture_of(
                    recipe, sample(), lambda task, inputs: engine.run(task, inputs, lane="batch")
                )
            except Cancelled:
                return
            except Problem:
                continue
            self._kept.put(recipe, data)
            with self._lock:
                if self._engine is not lent:
                    return
                self._made.emit(entry_id, data)

    def _show(self, entry_id: str, data: bytes) -> None:
        image = QImage.fromData(data)
        if not image.isNull():
            self.came.emit(entry_id, image)
