# SPDX-License-Identifier: Apache-2.0
"""Variants: the same product in several colours at once, seen small, exported as files."""

from __future__ import annotations

from functools import partial

import cv2
import msgspec
import numpy as np
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from prodedit.core.adjust import adjusted
from prodedit.core.adjust.values import Recolour
from prodedit.core.colour import Colour
from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import Pixels
from prodedit.gui.late import while_there
from prodedit.gui.panels.adjustments.section import Surroundings
from prodedit.gui.panels.section import Section
from prodedit.gui.translation import translate
from prodedit.render.images import image_of

THUMBNAIL = 64
MOST = 50
_DELAY = 150
_ROW, _A_ROW = THUMBNAIL + 36, 3
"""Height of a row of thumbnails, and how many stand in it."""
_COLOUR = Qt.ItemDataRole.UserRole


class VariantsSection(Section):
    """A list of colours with the picture in each; they are not a part of the document."""

    export_wanted = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(translate("VariantsSection", "Variants"), parent, folds=True)
        self._around = around
        self._value: Recolour | None = None
        self._pixels: Pixels | None = None
        self._asked = 0
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        self._timer.timeout.connect(self._paint)
        hint = QLabel(self.tr("Collect colours here, then export the picture in each."), self)
        hint.setProperty("role", "secondary")
        hint.setWordWrap(True)
        self.list = _Colours(self)
        self.add_button = QPushButton(self.tr("Add this colour"), self)
        self.add_button.clicked.connect(self.add_current)
        self.remove_button = QPushButton(self.tr("Remove"), self)
        self.remove_button.clicked.connect(self.remove_chosen)
        self.list.delete_wanted.connect(self.remove_chosen)
        self.export_button = QPushButton(self.tr("Export variants…"), self)
        self.export_button.clicked.connect(lambda: self.export_wanted.emit(self.colours))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.add_button, 1)
        row.addWidget(self.remove_button)
        self.add(hint)
        self.column.addLayout(row)
        self.add(self.list, self.export_button)
        self._show_count()

    @property
    def colours(self) -> tuple[Colour, ...]:
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(Colour.from_hex(item.data(_COLOUR)) for item in items)

    def show_value(self, value: Recolour) -> None:
        self._value = value
        self._timer.start()

    def show_pixels(self, pixels: Pixels | None) -> None:
        self._pixels = pixels
        self._timer.start()

    def add_current(self) -> None:
        if self._value is not None:
            self.add_colour(self._value.target)

    def add_colour(self, colour: Colour) -> None:
        """Once only."""
        if colour in self.colours or len(self.colours) >= MOST:
            return
        item = QListWidgetItem(colour.hex[:7])
        item.setData(_COLOUR, colour.hex[:7])
        item.setSizeHint(QSize(THUMBNAIL + 16, THUMBNAIL + 24))
        self.list.addItem(item)
        self._show_count()
        self._timer.start()

    def remove_chosen(self) -> None:
        if self.list.currentRow() >= 0:
            self.list.takeItem(self.list.currentRow())
            self._show_count()

    def _show_count(self) -> None:
        self.list.setVisible(self.list.count() > 0)
        self.list.setFixedHeight(_ROW * (1 if self.list.count() <= _A_ROW else 2))
        self.remove_button.setEnabled(self.list.count() > 0)
        self.export_button.setEnabled(self.list.count() > 0)

    def _paint(self) -> None:
        if self._value is None or self._pixels is None or not self.colours:
            return
        self._asked += 1
        wanted = [msgspec.structs.replace(self._value, target=colour) for colour in self.colours]
        errand = self._around.run(partial(thumbnails, self._pixels, wanted))
        errand.done.connect(while_there(self, self._show, self._asked))

    def _show(self, asked: int, pictures: list[Pixels]) -> None:
        if asked != self._asked or len(pictures) != self.list.count():
            return
        for row, pixels in enumerate(pictures):
            pixmap = QPixmap.fromImage(image_of(pixels).copy())
            self.list.item(row).setIcon(QIcon(pixmap))


class _Colours(QListWidget):
    delete_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setMovement(QListWidget.Movement.Static)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setIconSize(QSize(THUMBNAIL, THUMBNAIL))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(_ROW)
        self.setAccessibleName(self.tr("Colours of the variants"))

    # Qt's own names

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)


def thumbnails(pixels: Pixels, wanted: list[Recolour]) -> list[Pixels]:
    """The picture, small, with each of these."""
    size = Size(pixels.shape[1], pixels.shape[0]).fit(THUMBNAIL * 2)
    small = np.asarray(cv2.resize(pixels, tuple(size), interpolation=cv2.INTER_AREA), np.uint8)
    return [adjusted(small, value, Rect.of(size), size) for value in wanted]
