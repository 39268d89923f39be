# SPDX-License-Identifier: Apache-2.0
"""A walk round the window for who sees it for the first time: one minute, ended by any Esc."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.notices import Choice
from prodedit.gui.panels.section import in_row, secondary
from prodedit.gui.style_sheet import RADIUS
from prodedit.gui.theme import palette_now, qcolor
from prodedit.gui.translation import translate

if TYPE_CHECKING:
    from prodedit.gui.main_window import MainWindow

_T = QT_TRANSLATE_NOOP
_WIDTH = 340
_GAP = 16
_VEIL = QColor(0, 0, 0, 140)


class Stop(NamedTuple):
    """title, text: in the context "Tour". of: which part of the window. panel: opened for it."""

    title: str
    text: str
    of: Callable[[MainWindow], QWidget]
    panel: str = ""


STOPS = (
    Stop(
        _T("Tour", "Begin with a photo"),
        _T(
            "Tour",
            "Drop photos or folders here, paste them, or try a sample. Your files are never "
            "changed: what you do is kept beside them.",
        ),
        attrgetter("stack"),
    ),
    Stop(
        _T("Tour", "One click takes the background away"),
        _T(
            "Tour",
            "Choose white, a colour, a picture or a studio instead. Where the edge is not right, "
            "paint or click it right.",
        ),
        attrgetter("side.panels"),
        "background",
    ),
    Stop(
        _T("Tour", "Tools"),
        _T(
            "Tour",
            "Move, select, crop, paint, write. Each has a letter, told where the pointer rests; "
            "Shift and the letter goes on to the next of its kind.",
        ),
        attrgetter("tools"),
    ),
    Stop(
        _T("Tour", "Layers"),
        _T(
            "Tour",
            "Everything lies in layers and stays editable: photos, texts, shadows, colours. Ctrl+Z "
            "takes back as many steps as you like.",
        ),
        attrgetter("layers"),
    ),
    Stop(
        _T("Tour", "Make more of it"),
        _T(
            "Tour",
            "Colours, style, sharper and larger, new pictures from your own catalogue: each has "
            "its panel behind these buttons.",
        ),
        attrgetter("side.rail"),
    ),
    Stop(
        _T("Tour", "Out to the shop"),
        _T(
            "Tour",
            "Export makes the file that a marketplace demands and checks it. For many photos at "
            "once there is File > Batch export.",
        ),
        attrgetter("side.panels"),
        "export",
    ),
    Stop(
        _T("Tour", "Everything by name"),
        _T("Tour", "Type what you look for: every command is found here, in either language."),
        attrgetter("top.search"),
    ),
)


class Tour(QWidget):
    """Lies over all of the window while it lasts: a veil, but for the part that is told of."""

    ended = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        self._number = 0
        self._opened_before = window.side.open_id
        self.card = QFrame(self)
        self.card.setProperty("role", "card")
        self.card.setFixedWidth(_WIDTH)
        self.title = QLabel(self.card)
        self.title.setProperty("role", "heading")
        self.title.setWordWrap(True)
        self.text = secondary("", self.card)
        self.count = secondary("", self.card)
        self.end = self._button(self.tr("End"), self.close)
        self.back = self._button(self.tr("Back"), lambda: self.go(-1))
        self.next = self._button(self.tr("Next"), lambda: self.go(1))
        self.next.setProperty("look", "primary")
        self._lay_out()
        window.installEventFilter(self)
        self._fit()
        self.show()
        self.raise_()
        self._tell()

    @property
    def stop(self) -> Stop:
        return STOPS[self._number]

    def go(self, by: int) -> None:
        """To the next stop, or one back; beyond the last it ends."""
        if self._number + by >= len(STOPS):
            self.close()
            return
        self._number = max(0, self._number + by)
        self._tell()

    def _button(self, text: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self.card)
        button.clicked.connect(do)
        return button

    def _lay_out(self) -> None:
        row = in_row(self.count, self.end, self.back, self.next)
        row.setStretchFactor(self.count, 1)
        column = self._column = QVBoxLayout(self.card)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for widget in (self.title, self.text):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addLayout(row)

    def _tell(self) -> None:
        stop = self.stop
        if stop.panel:
            self._window.side.open(stop.panel)
        self.title.setText(translate("Tour", stop.title))
        self.text.setText(translate("Tour", stop.text))
        self.count.setText(f"{self._number + 1} / {len(STOPS)}")
        self.back.setEnabled(self._number > 0)
        self.next.setText(self.tr("Done") if stop is STOPS[-1] else self.tr("Next"))
        self.next.setFocus()
        self._fit()

    def _fit(self) -> None:
        """Over the whole window, with the card beside what it tells of."""
        self.setGeometry(self._window.rect())
        self._column.activate()
        size = QSize(_WIDTH, self._column.totalHeightForWidth(_WIDTH))
        self.card.setGeometry(QRect(beside(self._lit(), size, self.size()), size))
        self.update()

    def _lit(self) -> QRect:
        target = self.stop.of(self._window)
        place = QRect(target.mapTo(self._window, QPoint()), target.size())
        return place.intersected(self.rect())

    # Qt's own names

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self._lit().toRectF().adjusted(1, 1, -1, -1)
        around, hole = QPainterPath(), QPainterPath()
        around.addRect(self.rect().toRectF())
        hole.addRoundedRect(lit, RADIUS, RADIUS)
        painter.fillPath(around.subtracted(hole), _VEIL)
        painter.setPen(QPen(qcolor(palette_now().accent), 2.0))
        painter.drawPath(hole)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()

    def closeEvent(self, event: QEvent) -> None:
        super().closeEvent(event)  # type: ignore[arg-type]  # it is one, by Qt's word
        self._window.side.open(self._opened_before)
        self.ended.emit()


def beside(lit: QRect, size: QSize, room: QSize) -> QPoint:
    """Where a card of `size` goes: at the side of what is lit where there is most room, its middle
    where that of the lit is as far as it can be; low within it where no side has enough."""
    left, right = lit.left(), room.width() - lit.right()
    above, below = lit.top(), room.height() - lit.bottom()
    middle = lit.center() - QPoint(size.width() // 2, size.height() // 2)
    places = (
        (right - size.width(), QPoint(lit.right() + _GAP, middle.y())),
        (left - size.width(), QPoint(lit.left() - _GAP - size.width(), middle.y())),
        (below - size.height(), QPoint(middle.x(), lit.bottom() + _GAP)),
        (above - size.height(), QPoint(middle.x(), lit.top() - _GAP - size.height())),
    )
    spare, place = max(places, key=lambda one: one[0])
    if spare < 2 * _GAP:
        place = QPoint(middle.x(), lit.bottom() - 2 * _GAP - size.height())
    return QPoint(
        min(max(_GAP, place.x()), room.width() - size.width() - _GAP),
        min(max(_GAP, place.y()), room.height() - size.height() - _GAP),
    )


def offer_tour(window: MainWindow) -> None:
    """To who starts the program for the first time; never again after."""
    workspace = window.workspace
    if workspace.settings.toured:
        return
    workspace.change_settings(toured=True)
    window.notices.tell(
        translate("Tour", "New here? See in a minute where everything is."),
        Choice(translate("Tour", "Show me round"), lambda: _begin(window)),
    )


def _begin(window: MainWindow) -> None:
    Tour(window)
