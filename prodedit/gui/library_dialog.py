# SPDX-License-Identifier: Apache-2.0
"""A window about a library, of presets or recipes: those that come with the program and a person's
own in a list at the left, what the chosen one is at the right. What is deleted can be brought back
as long as the window lives."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.core.problem import Problem
from prodedit.gui.style_sheet import set_look, set_role
from prodedit.gui.translation import problem_text


class Entry(Protocol):
    """What a library knows of one."""

    @property
    def id(self) -> str: ...

    @property
    def is_built_in(self) -> bool: ...

    @property
    def problem(self) -> Problem | None: ...


class Library(Protocol):
    def remove(self, entry_id: str) -> None: ...


class LibraryDialog(QDialog):
    """Blocks nothing. Each kind says what an entry holds, is called, looks like, and shows it."""

    changed = Signal()
    """There are others now, or one is another."""

    def __init__(self, library: Library, most_letters: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._removing = library
        self._entries: tuple[Any, ...] = ()
        self._entry: Any = None
        self._gone: Any = None  # what was deleted last
        self.list = QListWidget(self)
        self.name = QLineEdit(self)
        self.name.setMaxLength(most_letters)
        self.name.setAccessibleName(self.tr("Name"))
        self.problem = QLabel(self)
        self.problem.setWordWrap(True)
        set_role(self.problem, "error")
        self.delete = self.new_button(self.tr("Delete"), self._delete)
        self.restore = self.new_button(self.tr("Bring back what was deleted"), self._restore)
        set_look(self.restore, "quiet")
        self.restore.hide()
        self.list.currentRowChanged.connect(self._choose)

    # What each kind says

    def held_by(self, entry: Any) -> Any:
        """None where it can't be read."""
        raise NotImplementedError

    def title_of(self, entry: Any) -> str:
        raise NotImplementedError

    def icon_of(self, entry: Any) -> QIcon:
        raise NotImplementedError

    def entries(self) -> tuple[Any, ...]:
        """All, in the order of the list."""
        raise NotImplementedError

    def brought_back(self, held: Any) -> Any:
        """It is in the library again. Raises Problem."""
        raise NotImplementedError

    def show_entry(self) -> None:
        """The chosen one."""
        raise NotImplementedError

    # What all do

    def show_all(self, entry_id: str = "") -> None:
        """The list anew, and this one, or the one that was shown."""
        wanted = entry_id or ("" if self._entry is None else self._entry.id)
        self._entries = self.entries()
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for entry in self._entries:
            item = QListWidgetItem(self.icon_of(entry), self.title_of(entry), self.list)
            if entry.is_built_in:
                item.setToolTip(self.tr("Comes with ProdEdit"))
        row = next((n for n, entry in enumerate(self._entries) if entry.id == wanted), 0)
        self.list.setCurrentRow(row)
        self.list.blockSignals(blocked)
        self._choose(row)

    def new_button(self, text: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: do())
        return button

    def side(self, width: int, icons: QSize, *rows: tuple[QPushButton, QPushButton]) -> QWidget:
        """The list, and buttons below it."""
        side = QWidget(self)
        side.setFixedWidth(width)
        self.list.setIconSize(icons)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        for buttons in rows:
            row = QHBoxLayout()
            row.setSpacing(8)
            for button in buttons:
                row.addWidget(button, 1)
            column.addLayout(row)
        column.addWidget(self.restore)
        return side

    @property
    def _is_own(self) -> bool:
        """The chosen one may be changed."""
        entry = self._entry
        return entry is not None and not entry.is_built_in and self.held_by(entry) is not None

    def _tell(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()

    def _choose(self, row: int) -> None:
        self._entry = self._entries[row] if 0 <= row < len(self._entries) else None
        self.problem.hide()
        if self._entry is not None and self._entry.problem is not None:
            self._tell(problem_text(self._entry.problem))
        self.show_entry()

    def _delete(self) -> None:
        entry = self._entry
        if entry is None or entry.is_built_in:
            return
        try:
            self._removing.remove(entry.id)
        except Problem as problem:
            self._tell(problem_text(problem))
            return
        self._gone = self.held_by(entry)
        self.restore.setVisible(self._gone is not None)
        self.show_all()
        self.changed.emit()

    def _restore(self) -> None:
        if self._gone is not None and self._try(partial(self.brought_back, self._gone)):
            self._gone = None
            self.restore.hide()

    def _try(self, make: Callable[[], Any]) -> bool:
        """Show what comes into being; False where nothing does, which is told."""
        try:
            self.show_all(make().id)
        except Problem as problem:
            self._tell(problem_text(problem))
            return False
        self.changed.emit()
        return True

    def _replace(self, new: Any) -> None:
        """The chosen one is this from now on."""
        self.problem.hide()
        self._entry = new
        self._entries = tuple(new if each.id == new.id else each for each in self._entries)
