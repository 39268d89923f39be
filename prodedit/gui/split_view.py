# SPDX-License-Identifier: Apache-2.0
"""Before and after beside each other: pieces of another version of a layer, drawn over the canvas
to the right of a line that can be dragged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from prodedit.core.geometry import Transform
from prodedit.gui.screen import qtransform

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

_WIDTH, _GRIP = 20, 9
_STEP = 0.02
_DARK, _LIGHT = QColor(0, 0, 0, 150), QColor(255, 255, 255)


class Patch(NamedTuple):
    """`place` brings the image's pixels onto those of the document."""

    image: QImage
    place: Transform


class SplitView(QObject):
    """Over one canvas, until `end`."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._patches: tuple[Patch, ...] = ()
        self.line = SplitLine(canvas)
        self.line.show()
        canvas.cover = self
        canvas.update()

    def show(self, patches: Iterable[Patch]) -> None:
        """These in place of those before; later ones lie over earlier ones."""
        self._patches = tuple(patches)
        self._canvas.update()

    def end(self) -> None:
        if self._canvas.cover is self:
            self._canvas.cover = None
        self.line.hide()
        self.line.deleteLater()
        self._canvas.update()
        self.deleteLater()

    def paint(self, painter: QPainter) -> None:
        """Over the picture, in widget units."""
        canvas = self._canvas
        x = self.line.middle
        painter.save()
        painter.setClipRect(QRectF(x, 0, canvas.width() - x, canvas.height()))
        onto = canvas.viewport.onto_widget
        smooth = canvas.viewport.is_smooth
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        for patch in self._patches:
            painter.setTransform(qtransform(onto.after(patch.place)))
            painter.drawImage(0, 0, patch.image)
        painter.restore()


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
