# SPDX-License-Identifier: Apache-2.0
"""The page of the batch window that shows the pictures of a batch."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from prodedit.catalogue.batch.states import Picture
from prodedit.gui.batch.model import CHECK, FILES, FILTERS, PHOTO, STATE, SURE, BatchModel
from prodedit.gui.result_table import ROW_ROLE, ResultFilter, result_table
from prodedit.gui.small_pictures import SHOWN

_WIDTHS = {PHOTO: 280, FILES: 124, STATE: 200, CHECK: 96, SURE: 80}


class BatchPictures(QWidget):
    """A row for each picture of the batch."""

    opened = Signal(object)
    """A Picture, by double click or Enter."""

    def __init__(self, model: BatchModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ResultFilter(model, self)
        self.sum = QLabel(self)
        self.filter = self._filter()
        self.table = result_table(self.rows, _WIDTHS, STATE, self)
        self.table.setAccessibleName(self.tr("Pictures of the batch"))
        self.table.setIconSize(QSize(4 * SHOWN, SHOWN))  # of all files side by side
        head = QHBoxLayout()
        head.addWidget(self.sum)
        head.addStretch(1)
        head.addWidget(self.filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        self.filter.activated.connect(self._show_wanted)
        self.table.activated.connect(self._activated)

    def _show_wanted(self) -> None:
        self.rows.show_only(FILTERS[self.filter.currentData()])

    def _activated(self) -> None:
        picture = self.table.currentIndex().data(ROW_ROLE)
        if isinstance(picture, Picture):
            self.opened.emit(picture)

    def _filter(self) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(self.tr("Show only some pictures"))
        for name, text in (
            ("all", self.tr("All pictures")), ("failed", self.tr("Failed")),
            ("rejected", self.tr("Fails a preset")), ("review", self.tr("To be looked at")),
            ("left", self.tr("Not done yet")), ("done", self.tr("Done")),
        ):  # fmt: skip
            box.addItem(text, name)
        return box
