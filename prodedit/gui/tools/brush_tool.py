# SPDX-License-Identifier: Apache-2.0
"""What all tools that paint share: a brush, its outline under the pointer, its keys, and how a
stroke shows while it is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QPainter

from prodedit.core.document import Document
from prodedit.core.geometry import Rect
from prodedit.core.paint.stroke import SIZE_MAX, SIZE_MIN, Brush
from prodedit.editing.session import EditSession
from prodedit.gui.overlay import paint_ring
from prodedit.gui.tools.tool import Pointer, Tool

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

_STEPS = ((10, 1), (50, 5), (100, 10), (200, 25), (400, 50), (SIZE_MAX, 100))
"""Below this size, [ and ] change it by so much."""
SMALLEST_RING = 4.0
"""Widget units; a smaller brush shows a cross instead."""
SPACING_MIN, SPACING_MAX = 0.01, 2.0


class Shown(Protocol):
    """A stroke, as far as it is painted."""

    shown: Document | None

    def on(self, document: Document) -> Document: ...

    def take_changed(self) -> tuple[Rect, ...] | None: ...


class BrushTool(Tool):
    """[ and ] change the brush's size, with Shift its hardness; digits its opacity."""

    first: ClassVar[Brush] = Brush()

    settings_changed = Signal()
    """The brush, or how the tool uses it, is another."""

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self.brush = self.first
        self.hovered: Pointer | None = None
        self._stroke: Shown | None = None
        self._flush_timer = QTimer(self, singleShot=True, interval=0)
        self._flush_timer.timeout.connect(self._flush)
        session.changed.connect(self._document_changed)

    @property
    def is_busy(self) -> bool:
        return self._stroke is not None

    @property
    def cursor(self) -> QCursor:
        tiny = self.ring_radius < SMALLEST_RING
        return QCursor(Qt.CursorShape.CrossCursor if tiny else Qt.CursorShape.BlankCursor)

    @property
    def ring_radius(self) -> float:
        """Of the brush on the screen, in widget units."""
        viewport = self.canvas.viewport
        return self.brush.size / 2 * viewport.zoom / viewport.ratio

    def set_brush(self, brush: Brush) -> None:
        """Sizes and shares outside of their limits become the limits."""
        self.brush = brush._replace(
            size=_within(SIZE_MIN, brush.size, SIZE_MAX),
            hardness=_within(0.0, brush.hardness, 1.0),
            opacity=_within(0.01, brush.opacity, 1.0),
            flow=_within(0.01, brush.flow, 1.0),
            spacing=_within(SPACING_MIN, brush.spacing, SPACING_MAX),
        )
        self.shown_anew()

    def move(self, pointer: Pointer) -> None:
        if self._stroke is not None:
            self._extend(pointer)
        self.hover(pointer)

    def value_of(self, name: str) -> object:
        return getattr(self.brush, name)

    def first_of(self, name: str) -> object:
        return getattr(self.first, name)

    def set_value(self, name: str, value: Any) -> None:
        self.set_brush(self.brush._replace(**{name: value}))

    def hover(self, pointer: Pointer | None) -> None:
        self._update_ring()
        self.hovered = pointer
        self._update_ring()

    def deactivate(self) -> None:
        super().deactivate()
        self.hover(None)

    def key(self, event: QKeyEvent) -> bool:
        key, text = event.key(), event.text()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & (_CONTROL | _ALT):
            return False
        if key in (_SOFTER, _HARDER) or (shift and key in (_SMALLER, _LARGER)):
            step = 0.1 if key in (_HARDER, _LARGER) else -0.1
            self.set_brush(self.brush._replace(hardness=round(self.brush.hardness + step, 2)))
        elif key in (_SMALLER, _LARGER):
            self.set_brush(self.brush._replace(size=next_size(self.brush.size, key == _LARGER)))
        elif len(text) == 1 and text in "0123456789":
            self.set_brush(self.brush._replace(opacity=(int(text) or 10) / 10))
        else:
            return False
        return True

    def paint(self, painter: QPainter) -> None:
        if self.hovered is not None and self.ring_radius >= SMALLEST_RING:
            radius = self.ring_radius
            paint_ring(painter, self.hovered.position, radius, radius * self.brush.hardness)

    def shown_anew(self) -> None:
        """The settings are others now."""
        self.canvas.update_cursor()
        self.canvas.update()
        self.settings_changed.emit()

    def _extend(self, pointer: Pointer) -> None:
        """The stroke goes on to there."""
        raise NotImplementedError

    def _show_soon(self) -> None:
        """At the end of this turn of the event loop: there may be more of it."""
        if not self._flush_timer.isActive():
            self._flush_timer.start()

    def _show_now(self) -> None:
        self._flush_timer.stop()
        self._flush()

    def _flush(self) -> None:
        """Show what all events since the last time have painted."""
        stroke = self._stroke
        if stroke is not None:
            is_known = self.session.shown is (stroke.shown or self.session.document)
            document = stroke.on(self.session.document)
            self.session.preview(document, stroke.take_changed() if is_known else None)

    def _document_changed(self, before: Document, after: Document, rects: object) -> None:
        """Undo, or a result, came during the stroke: what it was painted on is gone."""
        self._stroke = None

    def _update_ring(self) -> None:
        if self.hovered is not None:
            self.canvas.update_round(self.hovered.position, self.ring_radius + 4)


def next_size(size: float, larger: bool) -> float:
    """The brush's size after one press of ] or [."""
    below = size if larger else size - 1
    step = next(step for limit, step in _STEPS if below < limit or limit == SIZE_MAX)
    return float(min(SIZE_MAX, max(SIZE_MIN, size + step if larger else size - step)))


def _within(low: float, value: float, high: float) -> float:
    return float(min(high, max(low, value)))


_SMALLER, _LARGER = Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight
_SOFTER, _HARDER = Qt.Key.Key_BraceLeft, Qt.Key.Key_BraceRight
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
