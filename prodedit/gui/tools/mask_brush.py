# SPDX-License-Identifier: Apache-2.0
"""Mask brush: paint the original back, or paint it away; on the mask of any kind of layer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter

from prodedit.core.edits import AddMask, PaintMask, SetMask
from prodedit.core.edits.merging import whole_mask
from prodedit.core.geometry import IDENTITY, Point, Rect
from prodedit.core.layer import Layer, Mask
from prodedit.core.paint.stroke import Brush
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.overlay import paint_sign
from prodedit.gui.tools.brush_tool import SMALLEST_RING, BrushTool
from prodedit.gui.tools.mask_stroke import MaskStroke
from prodedit.gui.tools.tool import Pointer
from prodedit.render.masks import to_canvas

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

Recolour = Callable[[Layer, Mask, Rect], Tiles | None]
"""(the layer, its mask after the stroke, the layer's pixels that were painted on) -> the mask's new
foreground. Called at the end of each stroke."""


class MaskBrush(BrushTool):
    id: ClassVar[str] = "mask-brush"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Restore and erase")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Paint to bring the photo back, X or Alt to erase. [ ] size, Shift+[ ] softness, "
        "1-0 strength, Shift+click for a straight line.",
    )
    icon: ClassVar[str] = "mask"
    shortcut: ClassVar[str] = "B"

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self.restores = True
        self.recolour: Recolour | None = None
        self._stroke: MaskStroke | None = None
        self._bare = False  # whether the layer had no mask when the stroke began
        self._ended: tuple[str, Point] | None = None

    def set_restores(self, restores: bool) -> None:
        self.restores = restores
        self.shown_anew()

    def press(self, pointer: Pointer) -> None:
        layer = self._paintable()
        if layer is None:
            return
        self.hovered = pointer
        self._bare = layer.mask is None
        if layer.mask is None and layer.tiles is None:
            layer = replace(layer, mask=whole_mask(layer, self.session.document, shows=True))
        self._stroke = MaskStroke(
            layer, self._brush_on(layer), self._restores_at(pointer), self._limit()
        )
        if pointer.shift and self._ended is not None and self._ended[0] == layer.id:
            self._stroke.line_to(self._ended[1])
        self._extend(pointer)

    def release(self, pointer: Pointer) -> None:
        stroke = self._stroke
        if stroke is None:
            return
        self._extend(pointer)
        self._show_now()
        self._stroke = None
        self._ended = (stroke.layer.id, stroke.end)
        self._commit(stroke)
        self.hover(pointer)

    def cancel(self) -> None:
        self._flush_timer.stop()
        if self._stroke is not None:
            self._stroke = None
            self.session.end_preview()

    def key(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_X or event.modifiers() & (_CONTROL | _ALT):
            return super().key(event)
        self.set_restores(not self.restores)
        return True

    def paint(self, painter: QPainter) -> None:
        super().paint(painter)
        if self.hovered is not None and self.ring_radius >= 3 * SMALLEST_RING:
            paint_sign(painter, self.hovered.position, self._restores_at(self.hovered))

    def _restores_at(self, pointer: Pointer) -> bool:
        """Alt, and the pen's other end, do the opposite for once."""
        return self.restores != (pointer.alt or pointer.is_eraser)

    def _paintable(self) -> Layer | None:
        layer = self.session.active_layer
        if layer is None:
            self.canvas.refused.emit(Problem(_NO_LAYER, code="no-layer"))
        elif not layer.visible:
            self.canvas.refused.emit(Problem(_HIDDEN, code="layer-hidden", name=layer.name))
        elif layer.mask is not None and not layer.mask.enabled:
            self.canvas.refused.emit(Problem(_MASK_OFF, code="mask-off", name=layer.name))
        else:
            return layer
        return None

    def _limit(self) -> Tiles | None:
        """What a stroke is kept within."""
        return self.session.document.selection

    def _brush_on(self, layer: Layer) -> Brush:
        """The brush in the mask's own pixels, which may be enlarged on the canvas; on a bent layer
        as it is there."""
        if layer.warp is not None:
            return self.brush
        mask = layer.mask
        transform = layer.transform if mask is None else to_canvas(mask, layer)
        enlarged = sqrt(abs(transform.a * transform.d - transform.b * transform.c)) or 1.0
        return self.brush._replace(size=self.brush.size / enlarged)

    def _extend(self, pointer: Pointer) -> None:
        if self._stroke is not None:
            self._stroke.line_to(pointer.point, pointer.pressure)
            self._show_soon()

    def _commit(self, stroke: MaskStroke) -> None:
        mask = stroke.finished(self.session.document)
        if mask is None:
            self.session.end_preview()
            return
        on_pixels = stroke.layer.tiles is not None and mask.transform == IDENTITY
        if self.recolour is not None and on_pixels:
            mask = replace(mask, foreground=self.recolour(stroke.layer, mask, stroke.rect))
        self._put(stroke.layer, mask)

    def _put(self, layer: Layer, mask: Mask) -> None:
        inputs, gesture = {"alpha": mask.alpha}, object()
        if mask.foreground is not None:
            inputs["foreground"] = mask.foreground
        if self._bare and layer.tiles is not None:
            self.session.apply(SetMask(layer.id), inputs)
            return
        if not self._bare or self.session.apply(AddMask(layer.id), gesture=gesture):
            self.session.apply(PaintMask(layer.id), inputs, gesture=gesture)


_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_NO_LAYER = QT_TRANSLATE_NOOP("Problem", "There is no layer to paint on. Choose one first.")
_HIDDEN = QT_TRANSLATE_NOOP("Problem", "The layer “{name}” is hidden. Show it to paint on it.")
_MASK_OFF = QT_TRANSLATE_NOOP(
    "Problem", "The cut-out of “{name}” is switched off. Switch it on to correct it."
)
