# SPDX-License-Identifier: Apache-2.0
"""The pictures of the strip as Qt's lists want them. What is shown of them is asked for by need."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    QUrl,
)
from PySide6.QtGui import QImage, QPixmap

from prodedit.catalogue.folder.arranging import Known
from prodedit.catalogue.folder.listing import Picture
from prodedit.catalogue.folder.marks import NO_MARK, Mark
from prodedit.core.problem import Problem
from prodedit.gui.catalogue.words import spoken, tip

KEPT = 600
"""Pixmaps in memory: some 60 megabytes."""
_NOTHING = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    PICTURE = Qt.ItemDataRole.UserRole + 1
    MARK = Qt.ItemDataRole.UserRole + 2
    SMALL = Qt.ItemDataRole.UserRole + 3
    """QPixmap; None where it is not there yet."""
    PROBLEM = Qt.ItemDataRole.UserRole + 4
    """Why it can't be read; None where it can, as far as that is known."""
    IS_EDITED = Qt.ItemDataRole.UserRole + 5
    IS_OPEN = Qt.ItemDataRole.UserRole + 6
    """It is the picture that the person works on."""


class PicturesModel(QAbstractListModel):
    """Rows in the order in which they are shown. What is known of a picture outlives its row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Picture, ...] = ()
        self._places: dict[Path, int] = {}
        self.marks: dict[Path, Mark] = {}
        self.problems: dict[Path, tuple[Picture, Problem]] = {}
        self.changed: frozenset[Path] = frozenset()
        """Those that are open and not saved."""
        self._open: Path | None = None
        self._small: OrderedDict[Path, tuple[Picture, QPixmap]] = OrderedDict()
        self._sizes: dict[Path, QSize] = {}

    @property
    def rows(self) -> tuple[Picture, ...]:
        return self._rows

    @property
    def known(self) -> Known:
        return Known(self.marks, self.changed, frozenset(self.problems))

    def row_of(self, path: Path | None) -> int | None:
        return None if path is None else self._places.get(path)

    def set_rows(self, rows: Sequence[Picture]) -> None:
        """All anew; nothing where they are the same."""
        if tuple(rows) == self._rows:
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self._places = {one.path: row for row, one in enumerate(self._rows)}
        self.endResetModel()

    def forget_others(self, pictures: Iterable[Picture]) -> None:
        """All that is known of files that are not there any more, or have another content."""
        now = {one.path: one for one in pictures}
        for kept in (self.problems, self._small):
            for path in [path for path, (of, _) in kept.items() if now.get(path) != of]:
                del kept[path]
        for path in [path for path in self.marks if path not in now]:
            del self.marks[path]

    def set_marks(self, marks: Mapping[Path, Mark]) -> None:
        self.marks = dict(marks)
        self._told(range(len(self._rows)))

    def set_mark(self, path: Path, mark: Mark) -> None:
        if mark == NO_MARK:
            self.marks.pop(path, None)
        else:
            self.marks[path] = mark
        self._told_of(path)

    def set_changed(self, paths: frozenset[Path]) -> None:
        """Those that are open and not saved."""
        different, self.changed = self.changed ^ paths, paths
        for path in different:
            self._told_of(path)

    def set_open(self, path: Path | None) -> None:
        """The one that the person works on."""
        old, self._open = self._open, path
        for one in {old, path} - {None}:
            self._told_of(one)

    def has_answer(self, picture: Picture) -> bool:
        """Its small picture is there, or why there is none."""
        for kept in (self._small, self.problems):
            found = kept.get(picture.path)
            if found is not None and found[0] == picture:
                return True
        return False

    def set_small(self, picture: Picture, image: QImage, size: QSize) -> None:
        """size: of the whole photo."""
        self._small[picture.path] = (picture, QPixmap.fromImage(image))
        self._small.move_to_end(picture.path)
        self._sizes[picture.path] = size
        self.problems.pop(picture.path, None)
        while len(self._small) > KEPT:
            self._small.popitem(last=False)
        self._told_of(picture.path)

    def set_problem(self, picture: Picture, problem: Problem) -> None:
        self.problems[picture.path] = (picture, problem)
        self._told_of(picture.path)

    def _told_of(self, path: Path | None) -> None:
        row = self.row_of(path)
        if row is not None:
            self._told(range(row, row + 1))

    def _told(self, rows: range) -> None:
        if rows:
            self.dataChanged.emit(self.index(rows[0]), self.index(rows[-1]))

    # Qt's own names

    def rowCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Files, for panels that take one, and for other programs."""
        data = QMimeData()
        paths = [self._rows[index.row()].path for index in indexes]
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        return data

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        answer = _ANSWERS.get(role)
        return None if answer is None else answer(self, self._rows[index.row()])

    # What is told of one

    def _name(self, picture: Picture) -> str:
        return picture.path.name

    def _tip(self, picture: Picture) -> str:
        return tip(
            picture, self._mark(picture), self._problem(picture), self._sizes.get(picture.path)
        )

    def _spoken(self, picture: Picture) -> str:
        edited = self._is_edited(picture)
        return spoken(picture, self._mark(picture), edited, self._problem(picture))

    def _whole(self, picture: Picture) -> Picture:
        return picture

    def _mark(self, picture: Picture) -> Mark:
        return self.marks.get(picture.path, NO_MARK)

    def _is_edited(self, picture: Picture) -> bool:
        return picture.path in self.changed or bool(self._mark(picture).project)

    def _is_open(self, picture: Picture) -> bool:
        return picture.path == self._open

    def _problem(self, picture: Picture) -> Problem | None:
        found = self.problems.get(picture.path)
        return None if found is None else found[1]

    def _pixmap(self, picture: Picture) -> QPixmap | None:
        """Of a content that is not the file's any more, too, until its new one has come."""
        found = self._small.get(picture.path)
        if found is None:
            return None
        self._small.move_to_end(picture.path)
        return found[1]


_ANSWERS: Mapping[int, Callable[[PicturesModel, Picture], object]] = {
    Qt.ItemDataRole.DisplayRole: PicturesModel._name,
    Qt.ItemDataRole.ToolTipRole: PicturesModel._tip,
    Qt.ItemDataRole.AccessibleTextRole: PicturesModel._spoken,
    Role.PICTURE: PicturesModel._whole,
    Role.MARK: PicturesModel._mark,
    Role.SMALL: PicturesModel._pixmap,
    Role.PROBLEM: PicturesModel._problem,
    Role.IS_EDITED: PicturesModel._is_edited,
    Role.IS_OPEN: PicturesModel._is_open,
}
