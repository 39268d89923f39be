# SPDX-License-Identifier: Apache-2.0
"""Pictures and presets as rows of a table, and those of them that a person wants to see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QBrush, QIcon, QPixmap

from prodedit.catalogue.check.run import Row
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.check.findings import outcome_mark
from prodedit.gui.check.run import can_be_fixed
from prodedit.gui.presets.words import check_words, outcome_text
from prodedit.gui.result_table import SORT_ROLE, ResultModel
from prodedit.gui.small_pictures import small_picture
from prodedit.gui.theme import palette_now, qcolor
from prodedit.gui.translation import problem_text, translate

PHOTO, PRESET, RESULT, WHY, MADE = range(5)
_T = QT_TRANSLATE_NOOP
_HEADINGS = (
    _T("CheckTable", "Photo"),
    _T("CheckTable", "For"),
    _T("CheckTable", "Result"),
    _T("CheckTable", "What fails"),
    _T("CheckTable", "Fixed"),
)
_WORST = {"fails": 1, "confirm": 2, "passes": 3}

NOTHING: Mapping[str, str] = MappingProxyType({})
NOWHERE: Mapping[Path, str] = MappingProxyType({})
Small = Callable[[Path, str], Path]

FILTERS: dict[str, Callable[[Row], bool]] = {
    "all": lambda row: True,
    "fails": lambda row: row.outcome == "fails",
    "confirm": lambda row: row.outcome == "confirm",
    "passes": lambda row: row.outcome == "passes",
    "fixable": can_be_fixed,
    "fixed": lambda row: row.output is not None,
    "broken": lambda row: row.problem is not None,
}


def fails(row: Row, rule: str) -> bool:
    """A rule of that name."""
    return row.final is not None and any(one.rule.rule == rule for one in row.final.of("fails"))


class CheckModel(ResultModel):
    """small: where the small picture of a source or of what was made of it is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("CheckTable", _HEADINGS, parent)
        self._rows: list[Row] = []
        self._places: dict[tuple[Path, str], int] = {}
        self._names: Mapping[str, str] = NOTHING
        self._where: Mapping[Path, str] = NOWHERE
        self._small: Small | None = None
        self.counts: Counter[str] = Counter()
        """How many rows have which outcome; "fixable": so many could be made anew."""

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    def clear(
        self,
        names: Mapping[str, str] = NOTHING,
        small: Small | None = None,
        where: Mapping[Path, str] = NOWHERE,
    ) -> None:
        """names: of the presets, by their ids; where: each picture is, below what was brought."""
        self.beginResetModel()
        self._rows, self._places = [], {}
        self._names, self._small, self._where = names, small, where
        self.counts = Counter()
        self.endResetModel()

    def put(self, rows: Iterable[Row]) -> None:
        """New ones, or ones that are different now."""
        for row in rows:
            place = self._places.get((row.source, row.preset))
            self.counts.update(_counted(row))
            if place is not None:
                self.counts.subtract(_counted(self._rows[place]))
                self._rows[place] = row
                self.dataChanged.emit(self.index(place, 0), self.index(place, MADE))
                continue
            end = self._places[row.source, row.preset] = len(self._rows)
            self.beginInsertRows(QModelIndex(), end, end)
            self._rows.append(row)
            self.endInsertRows()

    def seen(self, row: Row, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._decoration(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            paths = {PHOTO: str(row.source), MADE: str(row.output or "")}
            return paths[column] if column in paths else self._text(row, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            bad = column in (RESULT, WHY) and row.problem is not None
            return QBrush(qcolor(palette_now().danger)) if bad else None
        return self._rank(row, column) if role == SORT_ROLE else None

    def _text(self, row: Row, column: int) -> str:
        if column == PHOTO:
            return self._where.get(row.source, row.source.name)
        if column == PRESET:
            return self._names.get(row.preset, row.preset)
        if column == RESULT:
            broken = row.problem is not None
            return translate("CheckTable", "Broken") if broken else outcome_text(row.outcome)
        return why(row) if column == WHY else ""  # what was made is a picture

    def _decoration(self, row: Row, column: int) -> QPixmap | QIcon | None:
        if column == RESULT:
            return outcome_mark(row.outcome, palette_now())
        key = {PHOTO: "photo", MADE: row.preset}.get(column)
        if self._small is None or key is None or (column == MADE and row.output is None):
            return None
        path = self._small(row.source, key)
        return small_picture(path, f"check {path}")

    def _rank(self, row: Row, column: int) -> tuple[Any, ...]:
        name = self._text(row, PHOTO).casefold()
        if column == RESULT:
            return (0 if row.problem is not None else _WORST[row.outcome], name)
        if column == MADE:
            return (row.output is None, name)
        return (self._text(row, column).casefold(), name)


def _counted(row: Row) -> tuple[str, ...]:
    return (row.outcome, "fixable") if can_be_fixed(row) else (row.outcome,)


def why(row: Row) -> str:
    """The rules that fail, or why the picture can't be read."""
    if row.problem is not None:
        return problem_text(row.problem)
    if row.final is None:
        return ""
    words = check_words()
    titles = dict.fromkeys(words.title(finding.rule) for finding in row.final.of("fails"))
    return translate("Check", ", ").join(titles)
