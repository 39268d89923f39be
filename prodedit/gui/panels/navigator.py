# SPDX-License-Identifier: Apache-2.0
"""The whole picture small, with a frame round what the canvas shows: drag it to look elsewhere."""

from __future__ import annotations

from functools import partial
from math import log

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QVBoxLayout, QWidget

from prodedit.core.document import Document
from prodedit.core.geometry import Point
from prodedit.core.pixels import Pixels
from prodedit.core.problem import Problem
from prodedit.editing.workspace import Workspace
from prodedit.gui.canvas import Canvas
from prodedit.gui.document_view import DocumentView
from prodedit.gui.late import while_there
from prodedit.gui.panels.info import InfoSection
from prodedit.gui.theme import palette_now, qcolor
from prodedit.gui.viewport import ZOOM_MAX, ZOOM_MIN
from prodedit.render.small import Reduced, small_pixels

SIDE, HEIGHT = 400, 180
"""Pixels of the small picture's longer side; widget units of the place for it."""
_IDLE = 250
"""Milliseconds without a change before it is made anew."""
_STEPS = 1000
_FRAME, _BELOW = QColor(230, 40, 40), QColor(255, 255, 255, 160)


def zoom_of(step: int) -> float:
    """A place of the slider, 0 to 1000, as a zoom: each step is the same factor."""
    return float(ZOOM_MIN * (ZOOM_MAX / ZOOM_MIN) ** (step / _STEPS))


def step_of(zoom: float) -> int:
    return round(_STEPS * log(zoom / ZOOM_MIN) / log(ZOOM_MAX / ZOOM_MIN))


class NavigatorPanel(QWidget):
    """Navigator and, below it, what is under the pointer."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas: Canvas | None = None
        self.overview = Overview(workspace, self)
        self.zoom = QSlider(Qt.Orientation.Horizontal, self)
        self.zoom.setRange(0, _STEPS)
        self.zoom.setPageStep(_STEPS // 20)
        self.zoom.setAccessibleName(self.tr("Zoom"))
        self.zoom.valueChanged.connect(self._slid)
        self._percent = QLabel(self)
        self._percent.setMinimumWidth(56)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.info = InfoSection(self)
        row = QHBoxLayout()
        row.addWidget(self.zoom, 1)
        row.addWidget(self._percent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.overview)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(self.info)
        column.addStretch(1)
        self.setEnabled(False)

    def set_view(self, view: DocumentView | None) -> None:
        if self._canvas is not None:
            self._canvas.zoom_changed.disconnect(self._show_zoom)
        self._canvas = None if view is None else view.canvas
        self.overview.set_canvas(self._canvas)
        self.info.set_canvas(self._canvas)
        self.setEnabled(self._canvas is not None)
        if self._canvas is None:
            self._percent.clear()
            return
        self._canvas.zoom_changed.connect(self._show_zoom)
        self._show_zoom(self._canvas.viewport.zoom)

    def _show_zoom(self, zoom: float) -> None:
        blocked = self.zoom.blockSignals(True)
        self.zoom.setValue(step_of(zoom))
        self.zoom.blockSignals(blocked)
        self._percent.setText(f"{zoom * 100:.3g} %" if zoom < 10 else f"{zoom * 100:.0f} %")

    def _slid(self, step: int) -> None:
        if self._canvas is not None:
            self._canvas.set_viewport(self._canvas.viewport.zoom_to(zoom_of(step)))


class Overview(QWidget):
    """Computed away from the window's thread, while it is seen."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._reduced = Reduced()
        self._canvas: Canvas | None = None
        self._image = QImage()
        self._drawn: Document | None = None
        self._is_drawing = False
        self._idle = QTimer(self, singleShot=True, interval=_IDLE)
        self._idle.timeout.connect(self._look)
        self.setAccessibleName(self.tr("Navigator"))
        self.setToolTip(self.tr("Drag the frame to see another part"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def is_settled(self) -> bool:
        """Whether it shows the document as the canvas does."""
        return self._canvas is None or self._drawn is self._canvas.session.shown

    def set_canvas(self, canvas: Canvas | None) -> None:
        if self._canvas is not None:
            self._canvas.viewport_changed.disconnect(self.update)
            self._canvas.session.changed.disconnect(self._stale)
            self._canvas.session.previewed.disconnect(self._stale)
        self._canvas, self._drawn, self._image = canvas, None, QImage()
        if canvas is not None:
            canvas.viewport_changed.connect(self.update)
            canvas.session.changed.connect(self._stale)
            canvas.session.previewed.connect(self._stale)
        self._stale()
        self.update()

    def place(self) -> QRectF:
        """Where the small picture lies."""
        if self._canvas is None:
            return QRectF()
        size = QSize(*self._canvas.viewport.document).scaled(
            self.width() - 2, self.height() - 2, Qt.AspectRatioMode.KeepAspectRatio
        )
        rect = QRectF(0, 0, max(1, size.width()), max(1, size.height()))
        rect.moveCenter(QRectF(self.rect()).center())
        return rect

    def frame(self) -> QPolygonF:
        """What the canvas shows, in widget units of this widget."""
        if self._canvas is None:
            return QPolygonF()
        width, height = self._canvas.width(), self._canvas.height()
        corners = (Point(0, 0), Point(width, 0), Point(width, height), Point(0, height))
        places = (self._canvas.viewport.to_document(corner) for corner in corners)
        return QPolygonF([self._from_document(place) for place in places])

    def _from_document(self, point: Point) -> QPointF:
        assert self._canvas is not None
        rect, size = self.place(), self._canvas.viewport.document
        return QPointF(
            rect.x() + point.x / size.width * rect.width(),
            rect.y() + point.y / size.height * rect.height(),
        )

    def _go_to(self, position: QPointF) -> None:
        """The place that was clicked comes to the middle of the canvas."""
        canvas, rect = self._canvas, self.place()
        if canvas is None:
            return
        size = canvas.viewport.document
        x = (position.x() - rect.x()) / rect.width() * size.width
        y = (position.y() - rect.y()) / rect.height() * size.height
        at = canvas.viewport.to_widget(
            Point(min(max(x, 0.0), size.width), min(max(y, 0.0), size.height))
        )
        canvas.pan(canvas.width() / 2 - at.x, canvas.height() / 2 - at.y)

    def _stale(self, *_ignored: object) -> None:
        if self.isVisible():
            self._idle.start()

    def _look(self) -> None:
        if self._canvas is None or not self.isVisible() or self.is_settled:
            return
        if self._is_drawing:
            self._idle.start()
            return
        self._is_drawing, document = True, self._canvas.session.shown
        work = partial(small_pixels, document, SIDE, self._reduced)
        errand = self._workspace.run(work, optional=True)
        errand.done.connect(while_there(self, self._show, document))
        errand.failed.connect(self._not_drawn)

    def _show(self, document: Document, pixels: Pixels) -> None:
        self._is_drawing = False
        if self._canvas is None:
            return
        if document is self._canvas.session.shown:
            contiguous = np.ascontiguousarray(pixels)
            height, width = contiguous.shape[:2]
            kind = QImage.Format.Format_ARGB32_Premultiplied
            self._image = QImage(contiguous.data, width, height, 4 * width, kind).copy()
            self._drawn = document
            self.update()
        self._stale()

    def _not_drawn(self, _problem: Problem) -> None:
        self._is_drawing = False

    # Qt's own names

    def sizeHint(self) -> QSize:
        return QSize(280, HEIGHT)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._idle.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = palette_now()
        painter.fillRect(self.rect(), qcolor(palette.surround))
        if self._canvas is None:
            painter.end()
            return
        place = self.place()
        painter.fillRect(place, qcolor(palette.checker_light))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if not self._image.isNull():
            painter.drawImage(place, self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setClipRect(self.rect())
        for pen in (QPen(_BELOW, 3.5), QPen(_FRAME, 1.5)):
            painter.setPen(pen)
            painter.drawPolygon(self._inside())
        painter.end()

    def _inside(self) -> QPolygonF:
        """The frame, no larger than this widget: its sides are always seen."""
        edge = QPolygonF(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        return self.frame().intersected(edge)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._go_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position())
