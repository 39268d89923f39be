# SPDX-License-Identifier: Apache-2.0
"""The picture on its checkerboard: shows a session's document and hands the mouse to the tool."""

from __future__ import annotations

from math import ceil, floor

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from prodedit.core.document import Document
from prodedit.core.geometry import Point, Rect, Size
from prodedit.core.pixels import Pixels
from prodedit.editing.session import EditSession
from prodedit.gui import overlay
from prodedit.gui.canvas_input import CanvasInput
from prodedit.gui.draft import Draft, left_bare
from prodedit.gui.looks import Looks
from prodedit.gui.marks_view import MarksView
from prodedit.gui.mask_view import MaskView
from prodedit.gui.moving import Moving
from prodedit.gui.screen import on_widget, paint_buffer, still_to_show
from prodedit.gui.selection_view import SelectionView
from prodedit.gui.snapper import Snapper
from prodedit.gui.split_view import SplitView
from prodedit.gui.theme import palette_now
from prodedit.gui.tools.guide_drag import GuideDrag
from prodedit.gui.tools.selected_part import Loose
from prodedit.gui.tools.tool import Pointer, Tool
from prodedit.gui.view_buffer import ViewBuffer
from prodedit.gui.viewport import ZOOM_MAX, Viewport

_SLICE = 0.008
"""Seconds that one paint or one turn of the event loop may spend on computing blocks."""
_REST_MS = 120
"""The wheel rests when it has not zoomed for so long; then what was drawn coarsely is sharpened."""
_PAUSE_MS = 150
"""Nothing has changed for so long: what was drawn nearly is computed exactly."""
_OPENED_AT_MOST = 1.0
"""A small picture is not enlarged unasked."""


class Canvas(QWidget):
    """Shows `session.shown`. Everything else in the window talks to it by these signals."""

    cursor_moved = Signal(object)
    """Where the pointer is in the document, a Point; None: not on the canvas."""
    zoom_changed = Signal(float)
    """Device pixels per document pixel; 1.0 is 100 %."""
    viewport_changed = Signal(object)
    tool_changed = Signal(object)
    mask_view_changed = Signal(object)
    before_changed = Signal(bool)
    refused = Signal(object)
    """A Problem to tell: why a tool did nothing."""

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._palette = palette_now()
        self._looks = Looks(session.shown, session.active_id)
        self._is_drop_target = False
        self.draft: Draft | None = None
        """What is drawn over the picture in its place, while that is in the making."""
        self.cover: SplitView | None = None
        """What is drawn over both, to compare."""
        self.loose: Loose | None = None
        """The piece of a layer that tools move on; None: there is none."""
        self.moving = Moving(self)
        self.moving.rested.connect(self._show)
        self._fit_limit: float | None = _OPENED_AT_MOST
        size = self._looks.document.size
        self._viewport = Viewport(size, self._device_size(), self.devicePixelRatioF())
        self._viewport = self._viewport.fit(_OPENED_AT_MOST)
        self.buffer = ViewBuffer(self._looks.projection, self._viewport.upright, self._palette)
        self._input = CanvasInput(self)
        self.selection_view = SelectionView(self)
        self.marks = MarksView(self)
        self.snapper = Snapper(self)
        self._mending = QTimer(self, interval=0)
        self._mending.timeout.connect(self._mend)
        self._pausing = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pausing.timeout.connect(self._refine)
        self._is_refining = False
        self._resting = QTimer(self, interval=_REST_MS, singleShot=True)
        self._resting.timeout.connect(self.rest)
        self._set_up()
        session.changed.connect(self._session_changed)
        session.previewed.connect(self._session_previewed)
        session.active_changed.connect(self._active_changed)

    @property
    def viewport(self) -> Viewport:
        return self._viewport

    @property
    def fit_limit(self) -> float | None:
        """See `set_viewport`."""
        return self._fit_limit

    @property
    def mask_view(self) -> MaskView:
        return self._looks.mask_view

    @property
    def is_before(self) -> bool:
        return self._looks.is_before

    @property
    def is_settled(self) -> bool:
        """Whether all that shows is drawn from fresh pixels, and as sharply as it can be."""
        return self.buffer.is_done and not (self.buffer.is_coarse or self.moving.is_waiting)

    @property
    def is_drawn(self) -> bool:
        """Whether all that shows is the picture as it is now, be it coarsely or nearly so."""
        return self.buffer.is_near

    @property
    def tool(self) -> Tool | None:
        return self._input.tool

    @property
    def guide_drag(self) -> GuideDrag:
        return self._input.guides

    @property
    def pointer(self) -> Pointer | None:
        """Where it was last, and with what keys; None: not on the canvas."""
        return self._input.pointer

    @property
    def pointer_inside(self) -> Point | None:
        """Where the pointer is, in widget units; None: not on the canvas."""
        return self._input.pointer_inside

    @property
    def drag_start(self) -> Point | None:
        """Where in the document the button went down that is held; None: none is."""
        return self._input.drag_start

    def follow(self, pointer: Pointer) -> None:
        """The pointer is there, though what it does was begun beside the canvas."""
        self._input.follow(pointer)

    @property
    def is_space_down(self) -> bool:
        return self._input.is_space_down

    def set_tool(self, tool: Tool) -> None:
        """What the left button and the pen do from now on."""
        self._input.set_tool(tool)
        self.update()
        self.tool_changed.emit(tool)

    def set_viewport(self, viewport: Viewport, *, fit_limit: float | None = None) -> None:
        """`fit_limit`: the picture is to fill the view, at this zoom at most, also when the
        window's size changes; None: it stays as it is now."""
        self._fit_limit = fit_limit
        old, self._viewport = self._viewport, viewport
        if viewport == old:
            return
        self._follow(old)
        self.update()
        self.update_cursor()
        self._input.view_moved()
        self.viewport_changed.emit(viewport)
        if viewport.zoom != old.zoom:
            self.zoom_changed.emit(viewport.zoom)

    def _follow(self, old: Viewport) -> None:
        """Zooms that come one after the other are drawn coarsely, the first one is not."""
        hurried = self._resting.isActive()
        self.buffer.set_viewport(self._viewport.upright, hurried=hurried)
        if self._viewport.zoom != old.zoom:
            self._resting.start()

    def pan(self, dx: float, dy: float) -> None:
        """Push the picture by widget units."""
        self.set_viewport(self._viewport.pan(dx, dy))

    def turn_to(self, angle: float) -> None:
        """The view by so many degrees clockwise; the picture itself stays as it is."""
        self.set_viewport(self._viewport.turned(angle))

    def zoom_in(self) -> None:
        self.set_viewport(self._viewport.step_in(self._input.pointer_inside))

    def zoom_out(self) -> None:
        self.set_viewport(self._viewport.step_out(self._input.pointer_inside))

    def fit(self) -> None:
        self.set_viewport(self._viewport.fit(), fit_limit=ZOOM_MAX)

    def one_to_one(self) -> None:
        at, shown = self._input.pointer_inside, self._viewport
        if at is None and self._fit_limit is not None:
            shown = shown.centred()  # it was fitted below what a tool can be told
        self.set_viewport(shown.one_to_one(at))

    def take_over(self, viewport: Viewport, fit_limit: float | None, pixels: Pixels) -> None:
        """Begin with a view of the same document from elsewhere, and show `pixels`, the whole
        picture made smaller, as (h, w, 4) premultiplied BGRA, until its own are computed."""
        self._looks.projection.seed(pixels)
        self.set_viewport(viewport, fit_limit=fit_limit)
        self.buffer.set_projection(self._looks.projection)
        self.update()

    def set_mask_view(self, view: MaskView) -> None:
        if view is not self._looks.mask_view:
            self._looks.mask_view = view
            self._show(self.session.shown)
            self.mask_view_changed.emit(view)

    def show_before(self, before: bool) -> None:
        """The photo as it was, for as long as this is on."""
        if before != self._looks.is_before:
            self._looks.is_before = before
            self._show(self.session.shown)
            self.before_changed.emit(before)

    def set_drop_target(self, lit: bool) -> None:
        """Light up while something that can be dropped here hovers."""
        self._is_drop_target = lit
        self.update()

    def update_cursor(self) -> None:
        self.setCursor(self._input.cursor)

    def update_round(self, middle: Point, radius: float) -> None:
        """Repaint what the overlay has drawn there, in widget units."""
        side = ceil(2 * radius) + 2
        self.update(QRect(floor(middle.x - radius) - 1, floor(middle.y - radius) - 1, side, side))

    def rest(self) -> None:
        """The zoom stays as it is: sharpen what was drawn coarsely, in slices."""
        self._resting.stop()
        self.buffer.sharpen()
        if not self.buffer.is_done:
            self._mending.start()

    def settle(self) -> None:
        """Compute and draw all that shows now, however long it takes."""
        self.moving.rest()
        self.buffer.sharpen()
        while not self.buffer.is_done:
            self.buffer.mend(1.0)
        self.update()

    def _set_up(self) -> None:
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Picture"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        # On the canvas letters are keys of tools, not the beginning of a Chinese word.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)

    def _session_changed(self, before: Document, after: Document, rects: object) -> None:
        self._show(after)

    def _session_previewed(self, document: Document, rects: tuple[Rect, ...]) -> None:
        skipped = self.moving.is_waiting  # then they do not tell of all that differs
        if not self.moving.takes(document, rects):
            self._show(document, None if skipped else rects)

    def _active_changed(self, layer_id: str) -> None:
        self._looks.set_active(layer_id)
        self._show(self.session.shown)

    def _show(self, document: Document, rects: tuple[Rect, ...] | None = None) -> None:
        """`rects`: what differs, if that is known; what shows may be another look of it."""
        self.moving.step_aside()
        changed = self._looks.show(document, self.session.active_id, rects)
        if changed is not None:
            for rect in changed:
                self.update(on_widget(self.buffer.invalidate(rect), self._viewport))
            return
        self.buffer.set_projection(self._looks.projection)
        self.update()
        if self._looks.document.size != self._viewport.document:
            self._fit_again(self._viewport.of(self._looks.document.size))

    def _fit_again(self, viewport: Viewport) -> None:
        """The same view after the picture's or the window's size has changed."""
        limit = self._fit_limit
        self.set_viewport(viewport if limit is None else viewport.fit(limit), fit_limit=limit)

    def _mend(self) -> None:
        """One slice of the work that the last paint had no time for."""
        drawn = self.buffer.mend(_SLICE, exactly=self._is_refining)
        self.update(still_to_show(drawn, QRegion(), self._viewport))
        self.go_on()

    def go_on(self) -> None:
        """With what is left, unless a draft is ahead of it; with mere exactness after a pause."""
        self._mending.stop()
        if not (self.buffer.is_done or (self.draft is not None and self.draft.is_ahead)):
            at_once = self._is_refining or not self.buffer.is_near
            (self._mending if at_once else self._pausing).start()

    def _refine(self) -> None:
        self._is_refining = True
        self.go_on()

    def _device_size(self) -> Size:
        ratio = self.devicePixelRatioF()
        return Size(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))

    def _resized(self) -> None:
        self._fit_again(self._viewport.resized(self._device_size(), self.devicePixelRatioF()))

    # Qt's own names

    def sizeHint(self) -> QSize:
        return QSize(800, 600)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.buffer.is_dirty:
            drawn = self.buffer.mend(_SLICE, exactly=False)
            self.update(still_to_show(drawn, event.region(), self._viewport))
            self._is_refining = False
            self.go_on()
        painter, bare = QPainter(self), left_bare(event.region(), self.draft)
        paint_buffer(painter, self.buffer.image, self._viewport, bare)
        if self.draft is not None:
            self.draft.paint(painter)
        if self.cover is not None:
            self.cover.paint(painter)
        self.marks.paint(painter)
        self.selection_view.paint(painter, event.region())
        self._input.active.paint(painter)
        if self._is_drop_target:
            overlay.paint_drop_target(painter, QRectF(self.rect()), self._palette.accent)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._resized()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._resized()
        elif isinstance(event, QNativeGestureEvent):
            return self._input.gesture(event)
        elif event.type() == QEvent.Type.ShortcutOverride and self._input.claims(event):
            event.accept()
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._palette = palette_now()
            self.buffer.set_palette(self._palette)
            self.update()
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._input.mouse_pressed(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._input.mouse_moved(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._input.mouse_released(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        self._input.pen(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._input.wheel(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._input.left()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._input.focus_lost()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._input.key_pressed(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._input.key_released(event):
            super().keyReleaseEvent(event)
