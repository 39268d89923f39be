# SPDX-License-Identifier: Apache-2.0
"""What the canvas looks at: the document, its photo before all edits, or a cut-out's mask."""

from __future__ import annotations

from prodedit.core.document import Document, changed_rects
from prodedit.core.geometry import Rect
from prodedit.gui.mask_view import MaskLook, MaskView, photo_document
from prodedit.render.projection import Projection


class Look:
    """One document that is shown, with its computed pixels."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.projection = Projection(document)

    def follow(self, document: Document, rects: tuple[Rect, ...] | None = None) -> tuple[Rect, ...]:
        """Show `document` from now on; what looks different, `rects` where that is known."""
        if rects is None:
            rects = changed_rects(self.document, document)
        self.document = document
        self.projection.update(document, rects)
        return rects


class Looks:
    """Keeps the pixels of each look, so that going back to it shows it at once."""

    def __init__(self, document: Document, active_id: str) -> None:
        self.mask_view = MaskView.OFF
        self.is_before = False
        self._masks = MaskLook()
        self._plain = Look(document)
        self._plain.projection.set_active(active_id)
        self._before: Look | None = None
        self._mask: Look | None = None
        self._current = self._plain
        self._followed = document

    @property
    def projection(self) -> Projection:
        """The pixels of the current look."""
        return self._current.projection

    @property
    def document(self) -> Document:
        """The document that is shown: the session's own, or one made from it."""
        return self._current.document

    def set_active(self, layer_id: str) -> None:
        self._plain.projection.set_active(layer_id)

    def show(
        self, document: Document, active_id: str, rects: tuple[Rect, ...] | None = None
    ) -> tuple[Rect, ...] | None:
        """Follow the session, or the chosen look; what changes of what is seen. None: all of it.

        `rects`: in what the session's document differs from the one shown before."""
        before, followed, self._followed = self._current, self._followed, document
        self._current = self._wanted(document, active_id)
        wanted = self._seen(document, active_id)
        resized = wanted.size != self._current.document.size
        if wanted is not document or self._current.document is not followed:
            rects = None  # another document than the one they are about
        changed = self._current.follow(wanted, rects)
        return None if resized or self._current is not before else changed

    def _wanted(self, document: Document, active_id: str) -> Look:
        if self.is_before:
            self._before = self._before or Look(photo_document(document))
            return self._before
        if self.mask_view is MaskView.OFF:
            self._mask = None  # a whole picture's worth of memory
            return self._plain
        self._mask = self._mask or Look(self._seen(document, active_id))
        return self._mask

    def _seen(self, document: Document, active_id: str) -> Document:
        if self.is_before:
            return photo_document(document)
        return self._masks.shown(document, active_id, self.mask_view)
