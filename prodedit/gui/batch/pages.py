# SPDX-License-Identifier: Apache-2.0
"""The page of the batch window that shows the pictures of a batch."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from prodedit.catalogue.batch.states import Picture
from prodedit.gui.batch.model import (
    CHECK,
    FILES,
    PHOTO,
    PICTURE_ROLE,
    STATE,
    SURE,
    BatchFilter,
    BatchModel,
)
from prodedit.gui.small_pictures import SHOWN

_ROW = SHOWN + 8
_WIDTHS = {PHOTO: 280, FILES: 124, STATE: 200, CHECK: 96, SURE: 80}


class BatchPictures(QWidget):
    """A row for each picture of the batch."""

    opened = Signal(object)
    """A Picture, by double click or Enter."""

    def __init__(self, model: BatchModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = BatchFilter(model, self)
        self.sum = QLabel(self)
        self.filter = self._filter()
        self.table = self._table()
        head = QHBoxLayout()
        head.addWidget(self.sum)
        head.addStretch(1)
        head.addWidget(self.filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        self.filter.activated.connect(lambda _row: self.rows.show_only(self.filter.currentData()))
        self.table.activated.connect(self._activated)

    def _activated(self) -> None:
        picture = self.table.currentIndex().data(PICTURE_ROLE)
        if isinstance(picture, Picture):
            self.opened.emit(picture)

    def _table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(self.rows)
        table.setAccessibleName(self.tr("Pictures of the batch"))
        table.setIconSize(QSize(4 * SHOWN, SHOWN))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setSortingEnabled(True)
        table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in _WIDTHS.items():
            table.setColumnWidth(column, width)
        header.setSectionResizeMode(STATE, QHeaderView.ResizeMode.Stretch)
        return table

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
