# SPDX-License-Identifier: Apache-2.0
"""Move: drag the chosen layers by whole pixels, or nudge it with the arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QKeyEvent, QPainter

from prodedit.core.document import Document
from prodedit.core.edits import DuplicateLayer, Edit, ShiftLayer, Together, TransformLayers
from prodedit.core.edits.layers import existing, unlocked
from prodedit.core.geometry import Point, Transform
from prodedit.core.layer import AdjustmentContent, FillContent, Layer
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.editing.session import EditSession
from prodedit.gui.snapping import Box, Free
from prodedit.gui.tools.selected_part import PieceMover
from prodedit.gui.tools.tool import Pointer, Tool
from prodedit.gui.translation import translate
from prodedit.render.layers_here import layers_here

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas
    from prodedit.gui.tools.move_handles import MoveHandles

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_FAR = 10
"""Pixels of one nudge with Shift."""


class Move(Tool):
    id: ClassVar[str] = "move"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Move")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Drag to move the layer, with Alt a copy; Shift keeps it straight, Ctrl free of snapping. "
        "Press Ctrl first to take the layer that is under the pointer, or only what is selected.",
    )
    icon: ClassVar[str] = "arrows-move"
    shortcut: ClassVar[str] = "V"

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self._start: Point | None = None
        self._click: Pointer | None = None
        """The press, as long as it may be no more than a click."""
        self._layers: tuple[str, ...] = ()
        self._copies: tuple[DuplicateLayer, ...] = ()
        self._shift = (0, 0)
        self._box: Box | None = None
        self._piece = PieceMover(canvas)
        self.handles: MoveHandles | None = None
        """What begins a transform; None: not shown."""
        session.changed.connect(self._document_changed)

    @property
    def cursor(self) -> QCursor:
        return QCursor(Qt.CursorShape.SizeAllCursor)

    @property
    def is_busy(self) -> bool:
        return self._start is not None or self._piece.is_held or self._is_transforming

    def paint(self, painter: QPainter) -> None:
        if self.handles is not None and self._start is None:
            self.handles.paint(painter)

    def press(self, pointer: Pointer) -> None:
        if self.handles is not None and self.handles.press(pointer):
            return
        if self._piece.press(pointer):
            return
        if pointer.control:
            self._pick(pointer)
        layers = self._movable()
        if layers:
            self._start, self._layers, self._shift = pointer.point, layers, (0, 0)
            self._click = pointer
            self._copies = self._copied(layers) if pointer.alt else ()
            self._box = self.canvas.snapper.box_of(layers)
            self.canvas.snapper.begin(layers)

    def move(self, pointer: Pointer) -> None:
        if self.handles is not None and self.handles.is_held:
            self.handles.move(pointer)
        self._piece.move(pointer)
        if self._start is None or (self._click is not None and pointer.is_click(self._click)):
            return
        self._click = None
        dx, dy = pointer.point.x - self._start.x, pointer.point.y - self._start.y
        free: Free = "xy"
        if pointer.shift:
            dx, dy, free = (dx, 0.0, "x") if abs(dx) >= abs(dy) else (0.0, dy, "y")
        dx, dy = self.canvas.snapper.shift(self._box, dx, dy, pointer, free)
        shift = (round(dx), round(dy))
        if shift != self._shift:
            self._shift = shift
            self.session.preview_edit(self._dragged())

    def release(self, pointer: Pointer) -> None:
        if self.handles is not None and self.handles.is_held:
            self.handles.release(pointer)
        if self._piece.is_held:
            self._piece.release(pointer)
        if self._start is None:
            return
        self.move(pointer)
        self._start = None
        self.canvas.snapper.end()
        if self._shift == (0, 0):
            self.session.end_preview()
        else:
            self._drop()

    def cancel(self) -> None:
        if self.handles is not None and self.handles.is_held:
            self.handles.cancel()
        self._piece.cancel()
        if self._start is not None:
            self._start = None
            self.canvas.snapper.end()
            self.session.end_preview()

    def key(self, event: QKeyEvent) -> bool:
        direction = _ARROWS.get(Qt.Key(event.key()))
        if direction is None or self.is_busy:
            return False
        far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        dx, dy = (step * (_FAR if far else 1) for step in direction)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._piece.nudge(dx, dy):
            return True
        layers = self._movable()
        if layers:
            self._apply(layers, dx, dy)
        return True

    def _apply(self, layers: tuple[str, ...], dx: int, dy: int) -> None:
        self.session.apply(_shifted(layers, dx, dy), text=translate("Edit", "Move"))

    def _copied(self, layers: tuple[str, ...]) -> tuple[DuplicateLayer, ...]:
        document, name = self.session.document, translate("LayerCommands", "{name} copy")
        return tuple(
            DuplicateLayer(of, copy, name.format(name=existing(document, of).name))
            for of, copy in zip(layers, document.new_ids(len(layers)), strict=True)
        )

    def _dragged(self) -> Edit:
        """What the drag does, as far as it has come."""
        if not self._copies:
            return _shifted(self._layers, *self._shift)
        moved = _shifted(tuple(copy.copy for copy in self._copies), *self._shift)
        return Together((*self._copies, moved))

    def _drop(self) -> None:
        copies = [copy.copy for copy in self._copies]
        text = "Duplicate layer" if copies else "Move"
        if self.session.apply(self._dragged(), text=translate("Edit", text)) and copies:
            self.session.choose(copies, copies[-1])

    @property
    def _is_transforming(self) -> bool:
        return self.handles is not None and self.handles.is_held

    def _pick(self, pointer: Pointer) -> None:
        """The topmost layer that shows here; with Shift, too, besides those that are chosen."""
        here = layers_here(self.session.document, pointer.point)
        if here:
            chosen = self.session.chosen if pointer.shift else ()
            self.session.choose({*chosen, here[0].id}, here[0].id)

    def _movable(self) -> tuple[str, ...]:
        """The chosen layers that have a place; none, having told why, where one is locked."""
        document = self.session.document
        chosen = (document.find(i) for i in document.outermost(self.session.chosen))
        layers = [layer for layer in chosen if layer is not None and _has_place(layer)]
        try:
            return tuple(unlocked(document, layer.id, "position").id for layer in layers)
        except Problem as problem:
            self.canvas.refused.emit(problem)
            return ()

    def _document_changed(self, before: Document, after: Document, rects: object) -> None:
        """Undo, or a result, came during the drag: the drag began from what is gone."""
        self._piece.document_changed()
        if self._start is not None:
            self._start = None
            self.canvas.snapper.end()


def _has_place(layer: Layer) -> bool:
    """What covers the canvas has none, but for a mask that it takes along."""
    covers = isinstance(layer.content, FillContent | AdjustmentContent)
    return not covers or (layer.mask is not None and layer.mask.linked)


def _shifted(layers: tuple[str, ...], dx: int, dy: int) -> Edit:
    if len(layers) == 1:
        return ShiftLayer(layers[0], dx, dy)
    return TransformLayers(layers, Transform(dx=dx, dy=dy))
