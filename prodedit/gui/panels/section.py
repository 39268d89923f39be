# SPDX-License-Identifier: Apache-2.0
"""The pieces that task panels are made of: headings, rows of choices, parts that fold away."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)


class Section(QWidget):
    """A heading and what belongs to it, below each other; it may fold away."""

    def __init__(self, title: str, parent: QWidget | None = None, *, folds: bool = False) -> None:
        super().__init__(parent)
        self.body = QWidget(self)
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        if title:
            outer.addWidget(self._fold_button(title) if folds else self._heading(title))
        outer.addWidget(self.body)

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
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for number, (choice_id, text) in enumerate(texts.items()):
            grid.addWidget(self._button(choice_id, text), number // columns, number % columns)

    @property
    def current(self) -> str:
        """The pressed button's id, "" where none is."""
        return next((name for name, b in self._buttons.items() if b.isChecked()), "")

    def button(self, choice_id: str) -> QPushButton:
        return self._buttons[choice_id]

    def show_choice(self, choice_id: str) -> None:
        """Press a button without telling; none where there is no such id."""
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            button.setChecked(name == choice_id)
        self._group.setExclusive(True)

    def _button(self, choice_id: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setCheckable(True)
        button.setProperty("look", "choice")
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setToolTip(text)
        button.clicked.connect(lambda: self.chosen.emit(choice_id))
        self._group.addButton(button)
        self._buttons[choice_id] = button
        return button
