# SPDX-License-Identifier: Apache-2.0
"""The pictures of a batch as rows of a table, and those of them that a person wants to see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QBrush, QPixmap

from prodedit.catalogue.batch.states import Picture
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.batch.words import check_text, state_text
from prodedit.gui.presets.words import outcome_text, preset_names
from prodedit.gui.result_table import SORT_ROLE, ResultModel
from prodedit.gui.small_pictures import beside, small_picture
from prodedit.gui.theme import palette_now, qcolor

PHOTO, FILES, STATE, CHECK, SURE = range(5)
SMALL = 160
"""Pixels of the small pictures that a batch makes."""
_T = QT_TRANSLATE_NOOP
_HEADINGS = (
    _T("Batch", "Photo"),
    _T("Batch", "Files"),
    _T("Batch", "State"),
    _T("Batch", "Check"),
    _T("Batch", "Cut-out"),
)
_ORDER = (
    *("failed", "needs-review", "at-work", "accepted", "measured", "waiting", "skipped"),
    "done",
)
"""As a person wants to see them: what wants something first."""
_WORST = {"fails": 0, "confirm": 1, "passes": 2, "": 3}

Small = Callable[[int, str], Path]

FILTERS: dict[str, Callable[[Picture], bool]] = {
    "all": lambda picture: True,
    "failed": lambda picture: picture.state == "failed",
    "rejected": lambda picture: picture.outcome == "fails",
    "review": lambda picture: picture.state == "needs-review",
    "left": lambda picture: picture.state in ("waiting", "measured", "accepted", "at-work"),
    "done": lambda picture: picture.state == "done",
}


class BatchModel(ResultModel):
    """small: where the small picture of a photo or file would be; None before there is a batch."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("Batch", _HEADINGS, parent)
        self._pictures: list[Picture] = []
        self._small: Small | None = None
        self._names: dict[str, str] = {}

    def load(self, pictures: Iterable[Picture], small: Small | None) -> None:
        self.beginResetModel()
        self._pictures, self._small = list(pictures), small
        self._names = preset_names()
        self.endResetModel()

    def update(self, picture: Picture) -> None:
        """It has changed, or is new."""
        row = picture.number
        if row >= len(self._pictures):
            self.beginInsertRows(QModelIndex(), row, row)
            self._pictures.append(picture)
            self.endInsertRows()
            return
        self._pictures[row] = picture
        self.dataChanged.emit(self.index(row, 0), self.index(row, SURE))

    @property
    def rows(self) -> Sequence[Picture]:
        return self._pictures

    def seen(self, picture: Picture, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(picture, column)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._decoration(picture, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(picture, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return _ink(picture, column)
        return _rank(picture, column) if role == SORT_ROLE else None

    def _text(self, picture: Picture, column: int) -> str:
        if column == PHOTO:
            return picture.place
        if column == STATE:
            return state_text(picture)
        if column == CHECK:
            return outcome_text(picture.outcome)
        if column == SURE and picture.score is not None:
            return f"{round(picture.score * 100)} %" + (" ✓" if picture.corrected else "")
        return ""

    def _decoration(self, picture: Picture, column: int) -> QPixmap | None:
        if self._small is None or column not in (PHOTO, FILES):
            return None
        keys = ("photo",) if column == PHOTO else tuple(picture.written)
        return beside([self._pixmap(picture, key) for key in keys])

    def _pixmap(self, picture: Picture, key: str) -> QPixmap | None:
        """Made anew once the file is: its digest is in the name."""
        assert self._small is not None
        digest = picture.written[key].digest if key in picture.written else ""
        if key == "photo" and picture.mark is None and picture.state != "done":
            return None
        path = self._small(picture.number, key)
        name = f"batch {path} {digest} {picture.corrected} {picture.seconds}"
        return small_picture(path, name)

    def _tip(self, picture: Picture, column: int) -> str:
        if column == PHOTO:
            return picture.source
        if column == FILES:
            return "\n".join(written.path for written in picture.written.values())
        if column == CHECK:
            return check_text(picture, self._names)
        notes = [str(note) for note in picture.notes]
        return "\n".join((state_text(picture), *notes)) if column == STATE else ""


def _rank(picture: Picture, column: int) -> tuple[Any, ...]:
    ranks = {
        PHOTO: picture.place.casefold(),
        FILES: len(picture.written),
        STATE: _ORDER.index(picture.state),
        CHECK: _WORST[picture.outcome],
        SURE: 2.0 if picture.score is None else picture.score,
    }
    return ranks[column], picture.number


def _ink(picture: Picture, column: int) -> QBrush | None:
    palette = palette_now()
    bad = (column == STATE and picture.state == "failed") or (
        column == CHECK and picture.outcome == "fails"
    )
    if bad:
        return QBrush(qcolor(palette.danger))
    calm = column == STATE and picture.state in ("waiting", "skipped")
    return QBrush(qcolor(palette.secondary)) if calm else None
