# SPDX-License-Identifier: Apache-2.0
"""What a control does to a large picture, shown by a smaller copy for as long as it moves.

Whoever previews a document through the session need not know of it: sliders of effects, opacity,
fills. It steps aside for those who keep a copy of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from prodedit.core.document import Document
from prodedit.core.geometry import Rect
from prodedit.core.problem import Problem
from prodedit.gui.draft import Draft, step_for
from prodedit.gui.mask_view import MaskView
from prodedit.gui.tools.wand import Run

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

_PIXELS = 500_000
"""That show of the copy, at most."""
_MUCH = 1_500_000
"""Pixels of the canvas: where no more than so many change, they are shown themselves."""
_REST_MS, _IDLE_MS = 150, 10_000
"""After the last movement the real picture is made; later the copy is let go."""


class Moving(QObject):
    """Of one canvas. run: does something away from the window's thread; without it nothing is."""

    rested = Signal(object)
    """A Document: what the copy has shown, to be shown itself."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.run: Run | None = None
        self._canvas = canvas
        self._draft: Draft | None = None
        self._waiting: Document | None = None
        self._resting = QTimer(self, interval=_REST_MS, singleShot=True)
        self._resting.timeout.connect(self.rest)
        self._idle = QTimer(self, interval=_IDLE_MS, singleShot=True)
        self._idle.timeout.connect(self.drop)

    @property
    def is_waiting(self) -> bool:
        """Whether the picture itself is still to be made."""
        return self._waiting is not None

    def takes(self, document: Document, rects: Iterable[Rect]) -> bool:
        """Whether the copy shows this document, so that the canvas need not yet."""
        draft = self._draft_of(document) if self._is_much(document, rects) else None
        try:
            taken = draft is not None and draft.follow(document)
        except Problem:  # it is told where the picture itself is made
            taken = False
        if taken:
            self._waiting = document
            self._resting.start()
            self._idle.start()
        return taken

    def rest(self) -> None:
        """Have the picture itself made now."""
        document = self._waiting
        if document is not None:
            self.rested.emit(document)

    def step_aside(self) -> None:
        """The canvas makes something itself; what was shown goes once that is drawn."""
        self._resting.stop()
        self._waiting = None
        if self._draft is not None:
            self._draft.give_way()

    def drop(self) -> None:
        draft, self._draft = self._draft, None
        if draft is not None:
            draft.end()

    def _is_much(self, document: Document, rects: Iterable[Rect]) -> bool:
        seen = self._canvas.viewport.upright.visible
        changed = sum(rect.intersect(seen).size.area for rect in rects)
        is_itself = self._canvas.mask_view is MaskView.OFF and not self._canvas.is_before
        return is_itself and changed > _MUCH and document.size == self._canvas.viewport.document

    def _draft_of(self, document: Document) -> Draft | None:
        """The copy; made aside where there is none for this view."""
        step = step_for(self._canvas.viewport, _PIXELS)
        others = [one for one in self._canvas.findChildren(Draft) if one is not self._draft]
        if self.run is None or step == 1 or any(not one.has_ended for one in others):
            self.drop()
            return None
        if self._draft is None or self._draft.step != step or self._draft.size != document.size:
            self.drop()
            layers = (self._canvas.session.active_id,)
            self._draft = Draft(self._canvas, document, layers, self.run, step)
        self._canvas.draft = self._draft
        return self._draft
