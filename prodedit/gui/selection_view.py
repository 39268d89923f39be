# SPDX-License-Identifier: Apache-2.0
"""The selection over the picture: marching ants, or what is not selected in red."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QRegion, QTransform

from prodedit.core.document import Document
from prodedit.core.geometry import Rect
from prodedit.core.tiles import Tiles
from prodedit.gui.outline import Outline, Seen, traced
from prodedit.gui.regions import rects_of
from prodedit.gui.screen import qtransform

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

FRAME_MS = 120
_DASH = 4
"""Device pixels of a dash; the ants go one at each frame."""
_SETTLED_MS = 80
"""The view rests for so long before the outline is traced anew."""
_MARGIN = 0.25
"""Share of the view on each side of it that is traced, too: panning shows it at once."""
_A_FRAMES_POINTS = 3000
"""An outline of so many corners more takes a frame longer for each step."""
_RED = (255, 32, 64)


class SelectionView(QObject):
    """Follows the session's document; `show` shows another selection for now."""

    extras_changed = Signal(bool)
    quick_mask_changed = Signal(bool)

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._selection = canvas.session.document.selection
        self._seen = Seen()
        self._outline: Outline | None = None
        self._phase = 0
        self._offset = (0, 0)
        self._is_shown = True
        self._is_quick_mask = False
        self._ants = QTimer(self, interval=FRAME_MS)
        self._ants.timeout.connect(self._march)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settling.timeout.connect(self._settled)
        # Not QTimer.singleShot: where the object is gone before its method is called, PySide keeps
        # the method for ever, and with it the canvas and the document.
        self._noticing = QTimer(self, singleShot=True, interval=0)
        self._noticing.timeout.connect(self._run_ants)
        canvas.session.changed.connect(self._document_changed)
        canvas.viewport_changed.connect(self._view_moved)
        canvas.installEventFilter(self)

    @property
    def selection(self) -> Tiles | None:
        """What shows: the document's, or a preview."""
        return self._selection

    @property
    def is_shown(self) -> bool:
        return self._is_shown

    @property
    def is_quick_mask(self) -> bool:
        return self._is_quick_mask

    def set_shown(self, shown: bool) -> None:
        """Hide the ants, or show them; the selection itself stays."""
        self._is_shown = shown
        self._shown_anew()
        self.extras_changed.emit(shown)

    def set_quick_mask(self, on: bool) -> None:
        """What is not selected in red, instead of ants."""
        self._is_quick_mask = on
        self._shown_anew()
        self.quick_mask_changed.emit(on)

    def show(self, selection: Tiles | None, rects: tuple[Rect, ...] | None = None) -> None:
        """`rects`: the parts of the document in which it differs, where that is known."""
        if selection is self._selection:
            return
        self._selection = selection
        if self._is_quick_mask and rects is not None:
            for rect in rects:
                self._canvas.update(self._widget_rect(rect))
            self._outline = None
            return
        self._shown_anew()

    def set_offset(self, dx: int, dy: int) -> None:
        """Show it moved by pixels of the document, for now."""
        if (dx, dy) != self._offset:
            self._offset = (dx, dy)
            self._canvas.update()

    def end_preview(self) -> None:
        """The document's own selection again."""
        self.show(self._canvas.session.document.selection)

    def paint(self, painter: QPainter, region: QRegion) -> None:
        """`region`: of the widget, what is painted now."""
        if self._selection is None:
            return
        if self._is_quick_mask:
            self._paint_red(painter, region.boundingRect())
        elif self._is_shown:
            self._paint_ants(painter)

    def _paint_ants(self, painter: QPainter) -> None:
        outline = self._current()
        if outline is None or outline.path.isEmpty():
            return
        viewport = self._canvas.viewport
        painter.save()
        painter.setTransform(self._to_widget(outline), True)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # A thin line without smoothing: Qt has a stroker for it that costs next to nothing.
        pen = QPen(QColor(255, 255, 255), max(1, floor(viewport.ratio)))
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawPath(outline.path)
        pen.setColor(QColor(0, 0, 0))
        pen.setDashPattern([_DASH, _DASH])
        pen.setDashOffset(self._phase)
        painter.setPen(pen)
        painter.drawPath(outline.path)
        painter.restore()

    def _current(self) -> Outline | None:
        """The outline, traced now where there is none; of another zoom while the view moves."""
        if self._outline is None and self._selection is not None:
            viewport = self._canvas.viewport
            window = self._visible()
            margin = round(max(window.width, window.height) * _MARGIN)
            window = window.inflate(margin).intersect(self._picture())
            if not window.is_empty:
                self._outline = traced(self._selection, viewport.zoom, window, self._seen)
            self._run_ants()
        return self._outline

    def _paint_red(self, painter: QPainter, area: QRect) -> None:
        assert self._selection is not None
        viewport = self._canvas.viewport
        window = self._window_of(area).intersect(self._picture())
        if window.is_empty:
            return
        pixels = self._seen.window(self._selection, viewport.zoom, window, soft=True)
        pixels = np.ascontiguousarray(pixels)
        image = QImage(
            pixels.data, window.width, window.height, window.width, QImage.Format.Format_Indexed8
        )
        image.setColorTable(_RED_TABLE)
        x, y = viewport.upright.corner
        painter.save()
        painter.scale(1 / viewport.ratio, 1 / viewport.ratio)
        if viewport.angle:
            painter.setTransform(qtransform(viewport.turn), True)
        painter.drawImage(window.x + x, window.y + y, image)
        painter.restore()

    def _document_changed(self, before: Document, after: Document, rects: object) -> None:
        self.show(after.selection)

    def _view_moved(self) -> None:
        if self._selection is not None and self._is_shown and not self._is_quick_mask:
            outline, zoom = self._outline, self._canvas.viewport.zoom
            if outline is None or outline.zoom != zoom or not self._is_traced(outline):
                self._settling.start()

    def _is_traced(self, outline: Outline) -> bool:
        visible = self._visible()
        return visible.intersect(outline.window) == visible

    def _settled(self) -> None:
        self._shown_anew()

    def _shown_anew(self) -> None:
        self._outline = None
        self._settling.stop()
        self._canvas.update()
        self._run_ants()

    def _run_ants(self) -> None:
        outline = self._outline
        runs = self._selection is not None and self._is_shown and not self._is_quick_mask
        points = 0 if outline is None else outline.points
        if runs and self._canvas.isVisible():
            self._ants.setInterval(FRAME_MS * (1 + points // _A_FRAMES_POINTS))
            if not self._ants.isActive():
                self._ants.start()
        else:
            self._ants.stop()

    def _march(self) -> None:
        self._phase = (self._phase + 1) % (2 * _DASH)
        if self._outline is not None:
            shown = self._to_widget(self._outline).map(self._outline.region)
            self._canvas.update(shown.intersected(self._canvas.rect()))

    def _shown(self, outline: Outline) -> QRegion:
        """The widget's pixels that it may touch."""
        onto = self._to_widget(outline)
        if not self._canvas.viewport.angle:
            return onto.map(outline.region)
        region = QRegion()  # Qt would make one of many thousand rectangles of what lies slanted
        for rect in rects_of(outline.region):
            region += onto.mapRect(rect)
        return region

    def _to_widget(self, outline: Outline) -> QTransform:
        viewport = self._canvas.viewport
        (left, top), (dx, dy) = viewport.upright.corner, self._offset
        x, y = left + dx * viewport.zoom, top + dy * viewport.zoom
        if viewport.angle:
            scale, back = viewport.zoom / outline.zoom, 1 / viewport.ratio
            plain = QTransform(scale, 0, 0, scale, x, y)
            return plain * qtransform(viewport.turn) * QTransform.fromScale(back, back)
        scale = viewport.zoom / outline.zoom / viewport.ratio
        return QTransform(scale, 0, 0, scale, x / viewport.ratio, y / viewport.ratio)

    def _picture(self) -> Rect:
        """In device pixels from its own corner."""
        viewport = self._canvas.viewport
        size = viewport.document
        return Rect.between(0, 0, size.width * viewport.zoom, size.height * viewport.zoom)

    def _visible(self) -> Rect:
        return self._window_of(self._canvas.rect()).intersect(self._picture())

    def _window_of(self, area: QRect) -> Rect:
        """Pixels of the widget as device pixels from the picture's corner."""
        viewport = self._canvas.viewport
        (x, y), ratio = viewport.upright.corner, viewport.ratio
        left, top = floor(area.x() * ratio), floor(area.y() * ratio)
        right = ceil((area.x() + area.width()) * ratio)
        bottom = ceil((area.y() + area.height()) * ratio)
        device = Rect(left, top, right - left, bottom - top)
        if viewport.angle:
            device = viewport.turn.inverse().map_rect(device)
        return device.translate(-x, -y)

    def _widget_rect(self, rect: Rect) -> QRect:
        """The widget's pixels that these pixels of the document touch."""
        viewport = self._canvas.viewport
        device, ratio = viewport.to_device_rect(rect).inflate(1), viewport.ratio
        x, y = floor(device.x / ratio), floor(device.y / ratio)
        return QRect(x, y, ceil(device.right / ratio) - x, ceil(device.bottom / ratio) - y)

    # Qt's own names

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._noticing.start()  # once it is shown, or hidden
        return False


def _red_table() -> list[int]:
    """By coverage: red, fading to nothing where all is selected. Not premultiplied."""
    red, green, blue = _RED
    return [((255 - value) // 2 << 24) | red << 16 | green << 8 | blue for value in range(256)]


_RED_TABLE = _red_table()
