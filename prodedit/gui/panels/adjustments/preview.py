# SPDX-License-Identifier: Apache-2.0
"""An adjustment that is shown while its control moves, at the pace of the canvas.

A large picture that is seen small is adjusted as a copy with a quarter of the pixels that the
screen has, or more; when the control rests, the real one is computed below it in slices. What
comes while one is shown replaces what waits.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import log2, sqrt
from time import monotonic

from PySide6.QtCore import QObject, QTimer

from prodedit.core import edits
from prodedit.core.adjust.values import Adjustment
from prodedit.core.document import Document
from prodedit.core.edits.scaling import scaled_adjustment
from prodedit.core.layer import AdjustmentContent, GroupContent, Layer
from prodedit.core.problem import Problem
from prodedit.editing.errands import Errand
from prodedit.gui.document_view import DocumentView
from prodedit.gui.draft import Draft

_TURN, _PATIENCE = 8, 0.15
"""Milliseconds between two looks whether the canvas has shown the last preview, and the seconds
after which the next one is shown although it has not."""
_REST = 150
"""Milliseconds after the last movement when the real picture is computed."""
_LARGE = 2_000_000
"""A picture of fewer pixels is shown itself."""
_PIXELS = 500_000
"""What a copy shows at once, at most."""
Run = Callable[[Callable[[], object]], Errand]


class AdjustPreview(QObject):
    """Of one adjustment layer of one view."""

    def __init__(self, view: DocumentView, layer_id: str, run: Run, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._layer_id = view, layer_id
        self._run = run
        self._wanted: Adjustment | None = None
        self._last: Adjustment | None = None
        self._shown_at = 0.0
        self._draft: Draft | None = None
        self._of: Document | None = None
        self._turn = QTimer(self, interval=_TURN)
        self._turn.timeout.connect(self._show_wanted)
        self._resting = QTimer(self, singleShot=True, interval=_REST)
        self._resting.timeout.connect(self._sharpen)

    @property
    def is_shown(self) -> bool:
        """Whether nothing waits to be shown."""
        return self._wanted is None

    @property
    def has_draft(self) -> bool:
        """Whether there is a smaller copy to show things on."""
        return self._draft is not None and self._draft.small is not None

    def show(self, adjustment: Adjustment) -> None:
        """As soon as the canvas has shown the one before: those between are left out."""
        self._wanted = adjustment
        if not self._turn.isActive():
            self._turn.start()
            self._show_wanted()

    def settle(self) -> None:
        """Nothing moves any more; what was shown is the document's now, or never will be."""
        self._wanted = self._last = None
        self._turn.stop()
        self._resting.stop()
        if self._draft is not None:
            self._draft.give_way()

    def end(self) -> None:
        self.settle()
        self._drop_draft()
        session = self._view.session
        if session.shown is not session.document:
            session.end_preview()
        self.deleteLater()

    def _show_wanted(self) -> None:
        wanted = self._wanted
        if wanted is None:
            self._turn.stop()
            return
        if self._drafted(wanted):
            self._wanted, self._last = None, wanted
            self._resting.start()
        elif self._view.canvas.is_drawn or monotonic() - self._shown_at >= _PATIENCE:
            self._wanted, self._shown_at = None, monotonic()
            self._show_real(wanted)

    def _show_real(self, adjustment: Adjustment) -> None:
        session = self._view.session
        if session.document.find(self._layer_id) is not None:
            session.preview_edit(edits.SetAdjustment(self._layer_id, adjustment))

    def _sharpen(self) -> None:
        if self._last is not None:
            self._show_real(self._last)
            if self._draft is not None:
                self._draft.give_way()

    # The smaller copy

    def _drafted(self, adjustment: Adjustment) -> bool:
        """Whether it is shown by the copy; asks for one where there is none of this document."""
        document, step = self._view.session.document, self._step
        if step == 1 or document.size.area < _LARGE:
            self._drop_draft()
            return False
        draft = self._draft
        if draft is None or draft.step != step or not _alike(self._of, document, self._layer_id):
            self._drop_draft()
            canvas, layers = self._view.canvas, (self._layer_id,)
            draft = self._draft = Draft(canvas, document, layers, self._run, step)
            self._of = document
            self._view.canvas.draft = draft
        value = scaled_adjustment(adjustment, 1 / step)
        try:
            return draft.show(partial(_with, layer_id=self._layer_id, adjustment=value))
        except Problem:
            return False

    @property
    def _step(self) -> int:
        """So many pixels of the picture, each way, become one: as few as make the copy that is
        seen small enough, but no more than two pixels of the screen show."""
        viewport = self._view.canvas.viewport
        seen = viewport.document.area * viewport.zoom**2
        seen = min(seen, viewport.view.area)
        enlarged = min(2.0, max(1.0, sqrt(seen / _PIXELS)))
        return int(2 ** max(0, min(5, round(log2(enlarged / viewport.zoom)))))

    def _drop_draft(self) -> None:
        draft, self._draft, self._of = self._draft, None, None
        if draft is not None:
            draft.end()


def _with(document: Document, layer_id: str, adjustment: Adjustment) -> Document:
    return edits.apply(document, edits.SetAdjustment(layer_id, adjustment))


def _alike(one: Document | None, other: Document, layer_id: str) -> bool:
    """Whether they differ in nothing but the adjustment of this layer."""
    if one is None or one.size != other.size:
        return False
    before, after = list(one.walk()), list(other.walk())
    same = len(before) == len(after)
    return same and all(_same(a, b, layer_id) for a, b in zip(before, after, strict=True))


def _same(one: Layer, other: Layer, layer_id: str) -> bool:
    if one is other:
        return True
    if one.id != other.id or _looks(one) != _looks(other) or one.mask is not other.mask:
        return False
    if isinstance(one.content, GroupContent) and isinstance(other.content, GroupContent):
        return one.content.isolated == other.content.isolated
    return one.id == layer_id and isinstance(other.content, AdjustmentContent)


def _looks(layer: Layer) -> tuple[object, ...]:
    return (layer.opacity, layer.visible, layer.blend, layer.clip, layer.effects)
