# SPDX-License-Identifier: Apache-2.0
"""What windows that work on many pictures show of them: a row for each with small pictures, sorted
by a click on a heading, of which only some may be wanted; and where a report of them is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QHeaderView, QTableView, QWidget

from prodedit.gui.small_pictures import SHOWN
from prodedit.gui.translation import translate

SORT_ROLE = Qt.ItemDataRole.UserRole
ROW_ROLE = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_HEIGHT = SHOWN + 8
_REPORTS = {".html": "HTML (*.html)", ".csv": "CSV (*.csv)", ".json": "JSON (*.json)"}


class ResultModel(QAbstractTableModel):
    """context: of the translations of its headings. Each kind says by `seen` what stands where."""

    def __init__(self, context: str, headings: Sequence[str], parent: QObject | None) -> None:
        super().__init__(parent)
        self._context = context
        self._headings = tuple(headings)

    @property
    def rows(self) -> Sequence[Any]:
        raise NotImplementedError

    def seen(self, row: Any, column: int, role: int) -> Any:
        """What Qt asks for by `role`, and by SORT_ROLE what the rows of a column are sorted by."""
        raise NotImplementedError

    # Qt's own names

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return translate(self._context, self._headings[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        return row if role == ROW_ROLE else self.seen(row, index.column(), role)


class ResultFilter(QSortFilterProxyModel):
    """Only those rows that are wanted."""

    def __init__(self, model: ResultModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._is_wanted: Callable[[Any], bool] = _all
        self.setSourceModel(model)
        self.setSortRole(SORT_ROLE)
        self.setDynamicSortFilter(False)  # rows must not run away while they are looked at

    def show_only(self, is_wanted: Callable[[Any], bool]) -> None:
        self._is_wanted = is_wanted
        self.invalidate()

    # Qt's own names

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        return self._is_wanted(self._model.rows[row])

    def lessThan(self, left: Index, right: Index) -> bool:
        return bool(left.data(SORT_ROLE) < right.data(SORT_ROLE))


def result_table(
    rows: ResultFilter, widths: Mapping[int, int], stretched: int, parent: QWidget
) -> QTableView:
    """widths: of the columns, in pixels; stretched: the one that takes the room that is left."""
    table = QTableView(parent)
    table.setModel(rows)
    table.setIconSize(QSize(SHOWN, SHOWN))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setSortingEnabled(True)
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(_HEIGHT)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for column, width in widths.items():
        table.setColumnWidth(column, width)
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    return table


def ask_report_file(parent: QWidget, title: str, proposed: Path) -> Path | None:
    """Where the person wants a report, of a kind that there is; None: nowhere."""
    kinds = ";;".join(_REPORTS.values())
    name, kind = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() in _REPORTS:
        return path
    return path.with_name(path.name + kind.split("*")[1].rstrip(")"))


def _all(row: object) -> bool:
    return True
