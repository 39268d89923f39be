# SPDX-License-Identifier: Apache-2.0
"""The pieces that task panels are made of: headings, rows of choices, parts that fold away."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.gui.late import soon


def reveal(widget: QWidget) -> None:
    """Scroll its panel so that it is seen, once it has its place."""

    def scroll() -> None:
        area = widget.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and widget.isVisible():
            area.ensureWidgetVisible(widget, 0, 8)

    soon(widget, scroll)


def in_row(*widgets: QWidget) -> QHBoxLayout:
    """Side by side."""
    row = QHBoxLayout()
    row.setSpacing(4)
    for widget in widgets:
        row.addWidget(widget)
    return row


def secondary(text: str, parent: QWidget) -> QLabel:
    """A sentence that explains."""
    label = QLabel(text, parent)
    label.setProperty("role", "secondary")
    label.setWordWrap(True)
    return label


class Section(QWidget):
    """A heading and what belongs to it, below each other; it may fold away."""

    def __init__(self, title: str, parent: QWidget | None = None, *, folds: bool = False) -> None:
        super().__init__(parent)
        self.body = QWidget(self)
        self._head = QHBoxLayout()
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        if title:
            self._head.addWidget(self._fold_button(title) if folds else self._heading(title))
            self._head.addStretch(1)
            outer.addLayout(self._head)
        outer.addWidget(self.body)

    def add_beside_title(self, widget: QWidget) -> None:
        self._head.addWidget(widget)

    def add(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self.column.addWidget(widget)

    def _heading(self, title: str) -> QLabel:
        label = QLabel(title, self)
        label.setProperty("role", "heading")
        return label

    def _fold_button(self, title: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(title)
        button.setCheckable(True)
        button.setProperty("look", "fold")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setArrowType(Qt.ArrowType.RightArrow)
        self.body.hide()

        def fold(open_: bool) -> None:
            self.body.setVisible(open_)
            button.setArrowType(Qt.ArrowType.DownArrow if open_ else Qt.ArrowType.RightArrow)
            if open_:
                reveal(self.body)

        button.toggled.connect(fold)
        return button


class Choices(QWidget):
    """Buttons of which one is pressed, in rows of `columns`."""

    chosen = Signal(str)
    """The id of the button that a person pressed."""

    def __init__(
        self, texts: Mapping[str, str], columns: int, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        for choice_id, text in texts.items():
            self._button(choice_id, text)
        self.set_columns(columns)

    @property
    def current(self) -> str:
        """The pressed button's id, "" where none is."""
        return next((name for name, b in self._buttons.items() if b.isChecked()), "")

    def set_columns(self, columns: int) -> None:
        """Lay them out in rows of so many."""
        for number, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, number // columns, number % columns)

    def button(self, choice_id: str) -> QPushButton:
        return self._buttons[choice_id]

    def enable(self, choice_id: str, enabled: bool, reason: str) -> None:
        """`reason`: shown over the button while it can't be pressed."""
        button = self._buttons[choice_id]
        button.setEnabled(enabled)
        button.setToolTip(button.text() if enabled else reason)

    def show_choice(self, choice_id: str) -> None:
        """Press a button without telling; none where there is no such id."""
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            button.setChecked(name == choice_id)
        self._group.setExclusive(True)

    def _button(self, choice_id: str, text: str) -> None:
        button = QPushButton(text, self)
        button.setCheckable(True)
        button.setProperty("look", "choice")
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setToolTip(text)
        button.clicked.connect(lambda: self.chosen.emit(choice_id))
        self._group.addButton(button)
        self._buttons[choice_id] = button
