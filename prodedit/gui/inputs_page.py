# SPDX-License-Identifier: Apache-2.0
"""Photos and folders that a person brings to a window that does something with all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from prodedit.catalogue.batch.inputs import SUFFIXES
from prodedit.gui.icons import icon
from prodedit.gui.panels.section import in_row, secondary
from prodedit.gui.theme import palette_now


class InputsPage(QStackedWidget):
    """What a person has brought: nothing yet, or a list. text: what will be done with it."""

    brought = Signal(object)
    """A list of Paths."""
    taken_away = Signal(object)
    """A set of Paths."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
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
        files = _button(self.tr("Add files…"), self._choose_files, self)
        return files, _button(self.tr("Add folder…"), self._choose_folder, self)

    def _empty(self) -> QWidget:
        page = QWidget(self)
        title = QLabel(self.tr("Drop photos or folders here"), page)
        title.setObjectName("drop-title")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text = secondary(self._text, page)
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

    def _choose_files(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        pictures = self.tr("Pictures")
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Add files"), str(Path.home()), f"{pictures} ({kinds})"
        )
        if names:
            self.brought.emit([Path(name) for name in names])

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Add folder"), str(Path.home()))
        if name:
            self.brought.emit([Path(name)])


def dropped_paths(event: QDropEvent) -> list[Path]:
    """Files and folders that were let go over a window."""
    names = (url.toLocalFile() for url in event.mimeData().urls())
    return [Path(name) for name in names if name]


def _button(text: str, do: Callable[[], object], parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked=False: do())
    return button
