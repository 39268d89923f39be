# SPDX-License-Identifier: Apache-2.0
"""The pages of the batch window that show pictures: before there is a batch, and of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
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
    SHOWN,
    STATE,
    SURE,
    BatchFilter,
    BatchModel,
)
from prodedit.gui.icons import icon
from prodedit.gui.panels.section import in_row, secondary
from prodedit.gui.theme import palette_now

_ROW = SHOWN + 8
_WIDTHS = {PHOTO: 280, FILES: 124, STATE: 200, CHECK: 96, SURE: 80}


class BatchInputs(QStackedWidget):
    """What a person has brought: nothing yet, or a list."""

    files_wanted = Signal()
    folder_wanted = Signal()
    taken_away = Signal(object)
    """A set of Paths."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paths: tuple[Path, ...] = ()
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Photos and folders"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.addWidget(self._empty())
        self.addWidget(self._filled())

    def show_paths(self, paths: Sequence[Path]) -> None:
        if tuple(paths) == self._paths:
            return
        self._paths = tuple(paths)
        self.list.clear()
        for path in paths:
            item = QListWidgetItem(str(path), self.list)
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setIcon(icon("folder" if path.is_dir() else "photo", palette_now()))
        self.setCurrentIndex(1 if paths else 0)

    def _buttons(self) -> tuple[QPushButton, QPushButton]:
        files = _button(self.tr("Add files…"), self.files_wanted.emit, self)
        return files, _button(self.tr("Add folder…"), self.folder_wanted.emit, self)

    def _empty(self) -> QWidget:
        page = QWidget(self)
        title = QLabel(self.tr("Drop photos or folders here"), page)
        title.setObjectName("drop-title")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text = secondary(
            self.tr(
                "All pictures in a folder are done, and in the folders below it; your photos stay "
                "as they are. You may go on working meanwhile."
            ),
            page,
        )
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = in_row(*self._buttons())
        row.insertStretch(0, 1)
        row.addStretch(1)
        column = QVBoxLayout(page)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(title)
        column.addWidget(text)
        column.addLayout(row)
        column.addStretch(1)
        return page

    def _filled(self) -> QWidget:
        page = QWidget(self)
        self._away = _button(self.tr("Take away"), self._take_away, page)
        buttons = in_row(*self._buttons(), self._away)
        buttons.addStretch(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        return page

    def _take_away(self) -> None:
        chosen = {item.data(Qt.ItemDataRole.UserRole) for item in self.list.selectedItems()}
        if chosen:
            self.taken_away.emit(chosen)


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


def _button(text: str, do: Callable[[], object], parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked=False: do())
    return button
