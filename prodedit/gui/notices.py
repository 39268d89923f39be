# SPDX-License-Identifier: Apache-2.0
"""What the program has to tell, without a dialog: cards that slide over the canvas' lower edge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from prodedit.core.problem import Problem
from prodedit.gui.late import soon
from prodedit.gui.translation import problem_text

SHOWN_SECONDS = 6
KEPT = 4
SUBJECT_WIDTH = 320
"""For a file's name, beside two buttons."""


@dataclass(frozen=True)
class Choice:
    """A button on a notice."""

    text: str
    act: Callable[[], None]


class Notice(QFrame):
    """One card: a text, perhaps details behind "More", buttons, and a way to close it."""

    resized = Signal()
    """It needs another height now."""

    def __init__(
        self,
        text: str,
        kind: str,
        details: str,
        choices: tuple[Choice, ...],
        parent: QWidget,
        subject: str = "",
    ) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("kind", kind)
        self.text = text
        self.about: object = None
        """What it goes with."""
        self._label = QLabel(text, self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details = QLabel(details, self)
        self._details.setTextFormat(Qt.TextFormat.PlainText)
        self._details.setProperty("role", "secondary")
        self._details.setWordWrap(True)
        self._details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details.hide()
        column = QVBoxLayout()
        column.setSpacing(4)
        if subject:
            column.addWidget(self._subject(subject))
        column.addWidget(self._label)
        column.addWidget(self._details)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(8)
        row.addLayout(column, 1)
        for choice in choices:
            row.addWidget(self._button(choice), 0, Qt.AlignmentFlag.AlignVCenter)
        if details:
            row.addWidget(self._more_button())
        row.addWidget(self._button(Choice(self.tr("Close"), self.dismiss)))

    def dismiss(self) -> None:
        self.hide()
        self.resized.emit()
        self.deleteLater()

    def _subject(self, name: str) -> QLabel:
        """The file that it is about, on one line."""
        short = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, SUBJECT_WIDTH)
        label = QLabel(short, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", "secondary")
        label.setToolTip(name if short != name else "")
        return label

    def _button(self, choice: Choice) -> QPushButton:
        button = QPushButton(choice.text, self)

        def act() -> None:
            choice.act()
            if choice.act != self.dismiss:
                self.dismiss()

        button.clicked.connect(act)
        return button

    def _more_button(self) -> QPushButton:
        button = QPushButton(self.tr("More"), self)
        button.setCheckable(True)
        button.toggled.connect(self._unfold)
        return button

    def _unfold(self, shown: bool) -> None:
        self._details.setVisible(shown)
        self.resized.emit()

    # Qt's own names

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)


class Notices(QWidget):
    """The stack of cards over the lower edge of `host`, newest lowest; clicks pass beside them."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        host.installEventFilter(self)
        self.hide()

    def tell(
        self,
        text: str,
        *choices: Choice,
        kind: str = "note",
        details: str = "",
        subject: str = "",
        about: object = None,
    ) -> Notice:
        """Show a card; a plain note goes by itself, one with choices or a problem stays.

        `subject`: the file that it is about, where the text does not say; `about`: a picture, with
        which the card goes (see `forget`)."""
        notice = Notice(text, kind, details, choices, self, subject)
        notice.about = about
        notice.destroyed.connect(self._fit)
        notice.resized.connect(self._fit)
        self._column.addWidget(notice)
        notice.show()  # what is not shown yet has no place in the layout
        self._trim()
        self.show()
        self.raise_()
        self._fit()
        QAccessible.updateAccessibility(QAccessibleEvent(notice, QAccessible.Event.Alert))
        if kind == "note" and not choices:
            soon(notice, notice.dismiss, SHOWN_SECONDS * 1000)
        return notice

    def tell_problem(self, problem: Problem, *choices: Choice, about: object = None) -> None:
        if problem.code != "cancelled":
            text, details = problem_text(problem), problem.details
            file = problem.values.get("file")
            subject = str(file) if file is not None and "{file}" not in problem.text else ""
            self.tell(text, *choices, kind="problem", details=details, subject=subject, about=about)

    def forget(self, about: object) -> None:
        """That picture is no more: neither are the cards that offer to do something with it."""
        for notice in self.findChildren(Notice):
            if notice.about is about:
                notice.about = None
                notice.dismiss()

    @property
    def texts(self) -> tuple[str, ...]:
        """What is shown now, oldest first."""
        return tuple(n.text for n in self.findChildren(Notice) if not n.isHidden())

    def _trim(self) -> None:
        notices = [n for n in self.findChildren(Notice) if not n.isHidden()]
        for notice in notices[:-KEPT]:
            notice.dismiss()

    def _fit(self) -> None:
        host = self.parentWidget()
        if host is None:
            return
        if not self.texts:
            self.hide()
            return
        width = min(640, host.width())
        self._column.invalidate()
        height = min(self._column.totalHeightForWidth(width), host.height())
        left, top = (host.width() - width) // 2, host.height() - height
        self.setGeometry(left, top, width, height)

    # Qt's own names

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)
