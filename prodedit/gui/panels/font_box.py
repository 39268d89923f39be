# SPDX-License-Identifier: Apache-2.0
"""The list of fonts: each name in its own letters; what is typed is found anywhere in a name."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontDatabase, QIcon
from PySide6.QtWidgets import QCompleter, QFontComboBox, QLineEdit, QStyledItemDelegate, QWidget
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from prodedit.gui.late import soon
from prodedit.render.fonts import is_installed

Index = QModelIndex | QPersistentModelIndex

_POINTS, _HEIGHT = 12, 28


class _Name(QStyledItemDelegate):
    """A family's name in its own letters, if it has letters for that."""

    # Qt's own names

    def initStyleOption(self, option: Option, index: Index) -> None:
        super().initStyleOption(option, index)
        family = str(index.data())
        latin = QFontDatabase.WritingSystem.Latin
        option.icon = QIcon()
        if latin in QFontDatabase.writingSystems(family):
            option.font = QFont(family, _POINTS)

    def sizeHint(self, option: Option, index: Index) -> QSize:
        return QSize(0, _HEIGHT)


class FontBox(QFontComboBox):
    passed = Signal(str)
    """A family under the pointer in the list, not chosen yet."""
    picked = Signal(str)
    """A family that was chosen, and is there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._family = ""
        self.setInsertPolicy(QFontComboBox.InsertPolicy.NoInsert)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(
            QFontComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        line = self.lineEdit()
        assert line is not None
        self._line: QLineEdit = line
        self._search = QCompleter(self.model(), self)
        self._search.setFilterMode(Qt.MatchFlag.MatchContains)
        self._search.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._search.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(self._search)
        names = _Name(self)
        self.setItemDelegate(names)
        popup = self._search.popup()
        assert popup is not None
        popup.setItemDelegate(names)
        self._search.activated.connect(lambda: self._pick(self._search.currentCompletion()))
        self._search.highlighted.connect(lambda: self.passed.emit(self._search.currentCompletion()))
        self.textHighlighted.connect(self.passed)
        self.textActivated.connect(self._pick)
        self._line.editingFinished.connect(self._typed)

    def show_family(self, family: str) -> None:
        """Without telling anybody; also one that is not there."""
        self._family = family
        blocked = self.blockSignals(True)
        if is_installed(family):
            self.setCurrentFont(QFont(family))
        self.setEditText(family)
        self.blockSignals(blocked)

    def _pick(self, family: str) -> None:
        if is_installed(family) and family != self._family:
            self._family = family
            self.picked.emit(family)
        # The next key is a tool's again, and not a letter in this field.
        soon(self, self.clearFocus)

    def _typed(self) -> None:
        """What is no font's name gives way to what was there."""
        popup = self._search.popup()
        if popup is not None and popup.isVisible():
            return
        typed = self.currentText()
        if is_installed(typed):
            self._pick(typed)
        else:
            self.show_family(self._family)

    # Qt's own names

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            soon(self._line, self._line.selectAll)  # typing begins a search
