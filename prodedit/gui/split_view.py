# SPDX-License-Identifier: Apache-2.0
"""Before and after beside each other: another version of the document, drawn over the canvas to the
right of a line that can be dragged. Seen small, it is drawn from reduced layers: 24 megapixels in
three layers so take an eighth of the time or less."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import floor, log2
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from prodedit.core.document import Document, changed_rects
from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import TILE, places
from prodedit.gui.regions import qrect
from prodedit.gui.screen import qtransform
from prodedit.gui.theme import palette_now
from prodedit.gui.view_buffer import ViewBuffer
from prodedit.gui.viewport import Viewport
from prodedit.render.projection import Projection
from prodedit.render.reduced import Smaller

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

_SLICE = 0.008
"""Seconds that one turn of the event loop may spend on computing blocks."""
_WIDTH, _GRIP = 20, 9
_STEP = 0.02
_DARK, _LIGHT = QColor(0, 0, 0, 150), QColor(255, 255, 255)


class SplitView(QObject):
    """Over one canvas, until `end`."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._size = Size(0, 0)
        self._rects: tuple[Rect, ...] = ()
        self._ready: set[Rect] = set()
        """Those that were drawn once in this view: what was added since may still be on its way."""
        self._of: Viewport | None = None
        self._smaller = Smaller(1)
        self._projection: Projection | None = None
        self._buffer: ViewBuffer | None = None
        self._mending = QTimer(self, interval=0)
        self._mending.timeout.connect(self._mend)
        self.line = SplitLine(canvas)
        self.line.show()
        canvas.cover = self
        canvas.update()

    def show(self, document: Document, rects: Iterable[Rect]) -> None:
        """These parts of another version of the document, as soon as they are computed."""
        self._rects, self._size = tuple(rects), document.size
        self._ready.intersection_update(self._rects)
        step = _step(self._canvas.viewport.zoom)
        if step != self._smaller.step:
            self._smaller, self._projection = Smaller(step), None
        shown = document if step == 1 else self._smaller.document(document)
        if self._projection is None or self._projection.document.size != shown.size:
            self._projection = Projection(shown)
            viewport = self._scaled(self._canvas.viewport.upright, shown.size)
            self._buffer = ViewBuffer(self._projection, viewport, palette_now())
            self._ready.clear()
        elif self._buffer is not None:
            changed = changed_rects(self._projection.document, shown)
            self._projection.update(shown, changed)
            for rect in changed:
                self._buffer.invalidate(rect)
        self._projection.set_active(self._canvas.session.active_id)
        self._mending.start()

    @property
    def is_settled(self) -> bool:
        """Whether all that was given is drawn."""
        return not self._mending.isActive()

    def settle(self) -> None:
        """Compute all that shows now, however long it takes."""
        while not self.is_settled:
            self._mend()

    def end(self) -> None:
        self._mending.stop()
        if self._canvas.cover is self:
            self._canvas.cover = None
        self.line.hide()
        self.line.deleteLater()
        self._canvas.update()
        self.deleteLater()

    def _mend(self) -> None:
        """A slice of the work."""
        buffer = self._buffer
        if buffer is None or buffer.is_done:
            self._mending.stop()
        else:
            buffer.mend(_SLICE)
        self._canvas.update()

    def paint(self, painter: QPainter) -> None:
        """Over the picture, in widget units."""
        shown, buffer, projection = self._canvas.viewport, self._buffer, self._projection
        if buffer is None or projection is None or self._size != shown.document:
            return
        viewport = self._scaled(shown.upright, projection.document.size)
        buffer.set_viewport(viewport)
        if shown != self._of:
            self._of = shown
            self._ready.clear()
        if not buffer.is_done:
            self._mending.start()
        x = self.line.middle
        painter.save()
        painter.setClipRect(QRectF(x, 0, self._canvas.width() - x, self._canvas.height()))
        painter.scale(1 / shown.ratio, 1 / shown.ratio)
        if shown.angle:
            painter.setTransform(qtransform(shown.turn), True)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        for device in self._devices(projection, viewport):
            painter.drawImage(device.topLeft(), buffer.image, device)
        painter.restore()

    def _scaled(self, upright: Viewport, size: Size) -> Viewport:
        """The view, of the document as it is drawn."""
        zoom = upright.zoom * self._smaller.step
        return Viewport(size, upright.view, upright.ratio, zoom, upright.origin)

    def _devices(self, projection: Projection, viewport: Viewport) -> Iterator[QRect]:
        """The device pixels of what is computed. (What is not yet is shown as before.)"""
        view = QRect(0, 0, *viewport.view)
        for rect in self._rects:
            seen = _divided(rect, self._smaller.step).intersect(viewport.visible)
            if rect in self._ready or _is_fresh(projection, seen, viewport):
                self._ready.add(rect)
                yield qrect(viewport.to_device_rect(seen)).intersected(view)


def _is_fresh(projection: Projection, seen: Rect, viewport: Viewport) -> bool:
    level = viewport.level(projection.levels)
    blocks = places(_divided(seen, 1 << level))
    return all(projection.is_fresh(level, *place) for place, _ in blocks)


def _divided(rect: Rect, by: int) -> Rect:
    return Rect.between(rect.x / by, rect.y / by, rect.right / by, rect.bottom / by)


def _step(zoom: float) -> int:
    """Pixels of the picture, each way, for one that is drawn: no fewer than the screen shows."""
    return 1 if zoom >= 1 else min(TILE, 2 ** floor(log2(1 / zoom)))


class SplitLine(QWidget):
    """The line: dragged by the mouse, moved by the arrow keys, a double click puts it in the
    middle."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._share = 0.5
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Before and after"))
        self.setToolTip(self.tr("Left: before. Right: after. Drag it."))
        canvas.installEventFilter(self)
        self._place()

    @property
    def middle(self) -> float:
        """Where it stands on the canvas, in widget units from the left."""
        return round(self._share * self._canvas.width())

    def move_to(self, share: float) -> None:
        """0: all of it is after, 1: all is before."""
        self._share = min(1.0, max(0.0, share))
        self._place()
        self._canvas.update()

    def _place(self) -> None:
        self.setGeometry(round(self.middle) - _WIDTH // 2, 0, _WIDTH, self._canvas.height())
        self.raise_()

    # Qt's own names

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._canvas and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            x = self.mapTo(self._canvas, event.position()).x()
            self.move_to(x / max(1, self._canvas.width()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.move_to(0.5)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -_STEP, Qt.Key.Key_Right: _STEP}
        if event.key() in steps:
            self.move_to(self._share + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, y = self.width() / 2, self.height() / 2
        for colour, width in ((_DARK, 3.5), (_LIGHT, 1.5)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(round(x), 0, round(x), self.height())
        painter.setPen(QPen(_DARK, 1.5))
        painter.setBrush(_LIGHT)
        painter.drawRoundedRect(QRectF(x - _GRIP / 2, y - 16, _GRIP, 32), 4, 4)
        painter.end()
