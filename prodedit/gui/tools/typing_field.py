# SPDX-License-Identifier: Apache-2.0
"""The keyboard while text is typed on the canvas: letters, caret, selection, Chinese input."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

_Move = QTextCursor.MoveOperation
_Query = Qt.InputMethodQuery
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_META = Qt.KeyboardModifier.MetaModifier

Upright = Callable[[int, int], int]
"""(position, lines to go down) -> the position nearest below or above."""
LineEnds = Callable[[int], tuple[int, int]]
"""position -> where its line begins and ends."""


class TypingField(QWidget):
    """Has the focus while somebody types on `parent`; it is as large as the caret, shows nothing,
    and knows the text. Positions are Qt's, in UTF-16."""

    changed = Signal()
    """The text, the caret, the selection or what the input method is composing."""
    ended = Signal()
    """Escape, or Ctrl+Enter."""
    left = Signal()
    """Something else is about to happen: a shortcut of the window's, or the focus went away."""

    def __init__(self, parent: QWidget, upright: Upright, line_ends: LineEnds) -> None:
        super().__init__(parent)
        self._upright = upright
        self._line_ends = line_ends
        self._document = QTextDocument(self)
        self._document.setUndoRedoEnabled(False)  # each letter is the window's to undo
        self._cursor = QTextCursor(self._document)
        self._preedit, self._preedit_caret = "", 0
        self.setAccessibleName(self.tr("Text on the picture"))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.hide()

    @property
    def text(self) -> str:
        """What was typed; without what the input method is still composing."""
        return self._document.toPlainText()

    @property
    def shown(self) -> str:
        """With it, at the caret."""
        if not self._preedit:
            return self.text
        units = self.text.encode("utf-16-le")
        at = 2 * self._cursor.position()
        return (units[:at] + self._preedit.encode("utf-16-le") + units[at:]).decode("utf-16-le")

    @property
    def caret(self) -> int:
        """In `shown`."""
        return self._cursor.position() + self._preedit_caret

    @property
    def selection(self) -> tuple[int, int]:
        return self._cursor.selectionStart(), self._cursor.selectionEnd()

    @property
    def composed(self) -> tuple[int, int]:
        """From where to where of `shown` the input method is still composing."""
        start = self._cursor.position()
        return start, start + len(self._preedit.encode("utf-16-le")) // 2

    @property
    def is_composing(self) -> bool:
        return bool(self._preedit)

    def begin(self, text: str, position: int) -> None:
        self._document.setPlainText(text)
        self._preedit, self._preedit_caret = "", 0
        self.place_caret(position)
        self.show()
        self.setFocus()

    def finish(self) -> None:
        QGuiApplication.inputMethod().reset()
        self._preedit, self._preedit_caret = "", 0
        self.hide()

    def place_caret(self, position: int, *, selecting: bool = False) -> None:
        mode = QTextCursor.MoveMode
        last = self._document.characterCount() - 1
        self._cursor.setPosition(
            max(0, min(position, last)), mode.KeepAnchor if selecting else mode.MoveAnchor
        )
        self._tell()

    def select_all(self) -> None:
        self._cursor.select(QTextCursor.SelectionType.Document)
        self._tell()

    def insert(self, text: str) -> None:
        """In place of what is selected."""
        self._cursor.insertText(text.replace("\r\n", "\n").replace("\r", "\n"))
        self._tell()

    def _tell(self) -> None:
        self.changed.emit()
        self.updateMicroFocus()

    def _copy(self) -> None:
        if self._cursor.hasSelection():
            chosen = self._cursor.selectedText().replace("\u2029", "\n")
            QGuiApplication.clipboard().setText(chosen)

    def _cut(self) -> None:
        self._copy()
        self._cursor.removeSelectedText()
        self._tell()

    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if text:
            self.insert(text)

    def _delete(self, operation: QTextCursor.MoveOperation) -> None:
        if not self._cursor.hasSelection():
            self._cursor.movePosition(operation, QTextCursor.MoveMode.KeepAnchor)
        self._cursor.removeSelectedText()
        self._tell()

    def _go(self, operation: QTextCursor.MoveOperation, *, selecting: bool) -> None:
        mode = QTextCursor.MoveMode
        self._cursor.movePosition(operation, mode.KeepAnchor if selecting else mode.MoveAnchor)
        self._tell()

    def _moved(self, event: QKeyEvent) -> bool:
        """Whether it was a key that moves the caret."""
        key, word = Qt.Key(event.key()), bool(event.modifiers() & _CONTROL)
        selecting = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        at = self._cursor.position()
        if key in _STEPS:
            self._go(_STEPS[key][word], selecting=selecting)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            down = 1 if key == Qt.Key.Key_Down else -1
            self.place_caret(self._upright(at, down), selecting=selecting)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not word:
            ends = self._line_ends(at)
            self.place_caret(ends[key == Qt.Key.Key_End], selecting=selecting)
        else:
            return False
        return True

    def _edited(self, event: QKeyEvent) -> bool:
        key, word = Qt.Key(event.key()), bool(event.modifiers() & _CONTROL)
        if key in _DELETIONS:
            self._delete(_DELETIONS[key][word])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.insert("\n")
        elif _is_typed(event):
            self.insert(event.text())
        else:
            return False
        return True

    def _commanded(self, event: QKeyEvent) -> bool:
        for sequence, do in _COMMANDS.items():
            if event.matches(sequence):
                do(self)
                return True
        return False

    def _takes(self, event: QKeyEvent) -> bool:
        """Whether the key is for the text, and not for a shortcut of the window's."""
        keys = (*_STEPS, *_DELETIONS, *_OTHER_KEYS)
        known = any(event.matches(sequence) for sequence in _COMMANDS)
        return known or event.key() in keys or _is_typed(event)

    # Qt's own names

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._takes(event):
                event.accept()
                return True
            if event.modifiers() & (_CONTROL | _ALT | _META) or _is_function(event.key()):
                self.left.emit()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()  # nothing that is typed means something to the canvas
        ends = event.key() == Qt.Key.Key_Escape
        ends |= event.key() in _ENTER and bool(event.modifiers() & _CONTROL)
        if ends:
            self.ended.emit()
        elif not (self._commanded(event) or self._moved(event)):
            self._edited(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return False  # Tab is a letter here

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.commitString() or event.replacementLength():
            self._replace(event.replacementStart(), event.replacementLength())
            self._cursor.insertText(event.commitString())
        elif event.preeditString() and self._cursor.hasSelection():
            self._cursor.removeSelectedText()
        self._preedit = event.preeditString()
        self._preedit_caret = _caret_in(event)
        event.accept()
        self._tell()

    def _replace(self, start: int, length: int) -> None:
        if length:
            at = self._cursor.position() + start
            self._cursor.setPosition(at)
            self._cursor.setPosition(at + length, QTextCursor.MoveMode.KeepAnchor)
        self._cursor.removeSelectedText()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        answers: Mapping[Qt.InputMethodQuery, Callable[[], object]] = {
            _Query.ImEnabled: lambda: True,
            _Query.ImCursorRectangle: lambda: QRect(QPoint(0, 0), self.size()),
            _Query.ImSurroundingText: lambda: self.text,
            _Query.ImCursorPosition: self._cursor.position,
            _Query.ImAbsolutePosition: self._cursor.position,
            _Query.ImAnchorPosition: self._cursor.anchor,
            _Query.ImCurrentSelection: self._cursor.selectedText,
            _Query.ImHints: lambda: int(Qt.InputMethodHint.ImhMultiLine.value),
        }
        known = answers.get(query)
        return super().inputMethodQuery(query) if known is None else known()


def _caret_in(event: QInputMethodEvent) -> int:
    """Where the input method shows its caret within what it is composing."""
    for attribute in event.attributes():
        if attribute.type == QInputMethodEvent.AttributeType.Cursor:
            return int(attribute.start)
    return len(event.preeditString().encode("utf-16-le")) // 2


def _is_typed(event: QKeyEvent) -> bool:
    """Letters come with Ctrl and Alt together where a keyboard has AltGr."""
    held = event.modifiers() & (_CONTROL | _ALT | _META)
    plain = not held or held == (_CONTROL | _ALT)
    return plain and bool(event.text()) and (event.text().isprintable() or event.text() == "\t")


def _is_function(key: int) -> bool:
    return Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = MappingProxyType(
    {
        Qt.Key.Key_Left: (_Move.Left, _Move.WordLeft),
        Qt.Key.Key_Right: (_Move.Right, _Move.WordRight),
    }
)
_DELETIONS = MappingProxyType(
    {
        Qt.Key.Key_Backspace: (_Move.PreviousCharacter, _Move.PreviousWord),
        Qt.Key.Key_Delete: (_Move.NextCharacter, _Move.NextWord),
    }
)
_OTHER_KEYS = (
    *_ENTER,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)
_COMMANDS: Mapping[QKeySequence.StandardKey, Callable[[TypingField], None]] = MappingProxyType(
    {
        QKeySequence.StandardKey.SelectAll: TypingField.select_all,
        QKeySequence.StandardKey.Copy: TypingField._copy,
        QKeySequence.StandardKey.Cut: TypingField._cut,
        QKeySequence.StandardKey.Paste: TypingField._paste,
        QKeySequence.StandardKey.MoveToStartOfDocument: lambda field: field.place_caret(0),
        QKeySequence.StandardKey.MoveToEndOfDocument: lambda field: field.place_caret(1 << 30),
    }
)
