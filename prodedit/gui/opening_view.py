# SPDX-License-Identifier: Apache-2.0
"""A project as it was last saved, to look at while its layers are read."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from prodedit.core.geometry import Point, Size
from prodedit.editing.opening import Opening
from prodedit.files.pictures import Preview
from prodedit.gui.theme import Palette
from prodedit.gui.view_buffer import ViewBuffer
from prodedit.gui.viewport import Viewport, sticky
from prodedit.gui.wheel import is_zoom, pan_of, zoom_of
from prodedit.render.projection import Still

_OPENED_AT_MOST = 1.0
"""As on the canvas: a small picture is not enlarged unasked."""


class OpeningView(QWidget):
    """Zooms and pans as the canvas does, which takes the view over; nothing else can be done."""

    cancel_wanted = Signal(object)
    """The Opening."""

    def __init__(
        self, opening: Opening, preview: Preview, palette: Palette, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._opening = opening
        self._is_fitted = True
        self._dragged_from: QPointF | None = None
        ratio = self.devicePixelRatioF()
        self._viewport = Viewport(preview.size, self._device_size(), ratio).fit(_OPENED_AT_MOST)
        still = Still(preview.size, preview.pixels)
        self._buffer = ViewBuffer(still, self._viewport, palette)
        self.setAccessibleName(self.tr("Preview"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # or Cancel would wait for the next key
        self.setCursor(Qt.CursorShape.BusyCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addStretch(1)
        column.addWidget(self._card(), 0, Qt.AlignmentFlag.AlignHCenter)

    @property
    def viewport(self) -> Viewport:
        return self._viewport

    @property
    def fit_limit(self) -> float | None:
        """See `Canvas.set_viewport`."""
        return _OPENED_AT_MOST if self._is_fitted else None

    def _card(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("notice")
        card.setProperty("kind", "note")
        label = QLabel(self.tr("Reading the layers of “{name}”…"), card)
        label.setText(label.text().format(name=self._opening.name))
        self.button = QPushButton(self.tr("Cancel"), card)
        self.button.clicked.connect(lambda: self.cancel_wanted.emit(self._opening))
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 8, 8, 8)
        row.addWidget(label)
        row.addWidget(self.button)
        return card

    def _set_viewport(self, viewport: Viewport) -> None:
        self._is_fitted = False
        self._viewport = viewport
        self._buffer.set_viewport(viewport)
        self.update()

    def _device_size(self) -> Size:
        ratio = self.devicePixelRatioF()
        return Size(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))

    # Qt's own names

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancel_wanted.emit(self._opening)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        viewport = self._viewport.resized(self._device_size(), self.devicePixelRatioF())
        fitted = self._is_fitted
        self._set_viewport(viewport.fit(_OPENED_AT_MOST) if fitted else viewport)
        self._is_fitted = fitted

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._buffer.is_dirty:
            self._buffer.mend(1.0)  # there is nothing to compute
        painter = QPainter(self)
        painter.scale(1 / self._viewport.ratio, 1 / self._viewport.ratio)
        painter.drawImage(QPoint(), self._buffer.image)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if is_zoom(event):
            at = Point(event.position().x(), event.position().y())
            zoom = sticky(self._viewport.zoom, zoom_of(event))
            self._set_viewport(self._viewport.zoom_to(zoom, at))
        else:
            step = pan_of(event)
            self._set_viewport(self._viewport.pan(step.x(), step.y()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None:
            step = event.position() - self._dragged_from
            self._dragged_from = event.position()
            self._set_viewport(self._viewport.pan(step.x(), step.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = None
