# SPDX-License-Identifier: Apache-2.0
"""Two fields over the canvas while files hover over it: open them, or add them as layers."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from prodedit.gui.theme import palette_now, qcolor

_MARGIN, _RADIUS, _VEIL, _LIT = 16, 6, 170, 90


class DropPlaces(QWidget):
    """Lies over `host` and takes no events of its own."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._lit: int | None = None
        self._texts = (self.tr("Open"), self.tr("Add as layer"))
        self.hide()

    def begin(self) -> None:
        host = self.parentWidget()
        if host is not None:
            self.setGeometry(host.rect())
        self._lit = None
        self.raise_()
        self.show()

    def hover(self, place: QPoint) -> None:
        """`place`: on the screen."""
        lit = self._field_at(place)
        if lit != self._lit:
            self._lit = lit
            self.update()

    def is_layer(self, place: QPoint) -> bool:
        """Whether what is dropped there, on the screen, is to be a layer."""
        return self._field_at(place) == 1

    def fields(self) -> tuple[QRect, QRect]:
        """Of "open" and of "add as layer", beside each other."""
        width = (self.width() - 3 * _MARGIN) // 2
        whole = QRect(_MARGIN, _MARGIN, width, self.height() - 2 * _MARGIN)
        return whole, whole.translated(width + _MARGIN, 0)

    def _field_at(self, place: QPoint) -> int | None:
        here = self.mapFromGlobal(place)
        return next((n for n, field in enumerate(self.fields()) if field.contains(here)), None)

    # Qt's own names

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = palette_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil, accent = QColor(qcolor(palette.window)), qcolor(palette.accent)
        veil.setAlpha(_VEIL)
        font = painter.font()
        font.setPixelSize(15)
        painter.setFont(font)
        for number, (field, text) in enumerate(zip(self.fields(), self._texts, strict=True)):
            painter.setBrush(veil)
            painter.setPen(QPen(accent, 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(field, _RADIUS, _RADIUS)
            if number == self._lit:
                lit = QColor(accent)
                lit.setAlpha(_LIT)
                painter.setBrush(lit)
                painter.drawRoundedRect(field, _RADIUS, _RADIUS)
            painter.setPen(qcolor(palette.text))
            painter.drawText(field, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
