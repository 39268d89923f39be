# SPDX-License-Identifier: Apache-2.0
"""What a transform would look like, shown while it is in the making."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.geometry import Rect, Transform
from prodedit.gui.draft import Draft, step_for
from prodedit.gui.tools.selected_part import SelectedPart
from prodedit.gui.tools.transform_pose import Pose, Subject, upright
from prodedit.gui.tools.wand import Run

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

_REST_MS = 150
_MOVING, _RESTING = 125_000, 500_000
"""Pixels that show of the copies: of one that keeps up with the mouse, and of one to look at."""


class TransformPreview(QObject):
    """From a smaller copy while the mouse moves; itself until there is one, and when it rests."""

    def __init__(
        self,
        canvas: Canvas,
        whose: Subject | SelectedPart,
        run: Run | None,
        document: Document | None = None,
    ) -> None:
        """`document`: what is transformed, where that is not the session's as it is now."""
        super().__init__(canvas)
        self._canvas = canvas
        self._session = canvas.session
        self._subject = whose
        self.document = document or self._session.document
        self.before = whose.pose(self.document)
        self._pose = self.before
        self._draft = self._finer = None if run is None else self._copy(run, _MOVING)
        if self._draft is not None and run is not None and self._draft.step > 1:
            self._finer = self._copy(run, _RESTING)
        # What is lifted is computed at once, all of it: of a large picture that takes a moment.
        self._aside = run if isinstance(whose, SelectedPart) else None
        self._made: tuple[edits.Edit, Document] | None = None
        self._has_ended = False
        self._resting = QTimer(self, singleShot=True)
        self._resting.timeout.connect(self._sharpen)

    @property
    def draft(self) -> Draft | None:
        return self._draft

    def show(self, pose: Pose) -> None:
        """Raises Problem, or ValueError, and shows what it did before, where that can't be."""
        before, self._pose = self._pose, pose
        try:
            if self._draft is None or not self._draft.show(partial(self._drafted, self._draft)):
                self._show_real()
        except Exception:
            self._pose = before
            raise
        if self._finer is not None and self._finer is not self._draft:
            self._finer.hide()
        self._resting.start(_REST_MS)

    @property
    def edit(self) -> edits.Edit | None:
        """What makes it so; None: nothing to do."""
        return self._subject.edit(self.document, self._pose)

    @property
    def made(self) -> Document | None:
        """What `edit` gives; None: not known yet."""
        return self._made[1] if self._made is not None and self._made[0] == self.edit else None

    def rest(self) -> None:
        """Nothing is dragged any more."""
        self._resting.start(0)

    def end(self) -> None:
        self._has_ended = True
        self._resting.stop()
        for draft in self._drafts:
            draft.end()
        self.deleteLater()

    @property
    def _drafts(self) -> tuple[Draft, ...]:
        """What is finer lies above."""
        both = (self._draft, self._finer)
        return tuple(dict.fromkeys(draft for draft in both if draft is not None))

    def _copy(self, run: Run, pixels: int) -> Draft:
        document = self.document
        step = step_for(self._canvas.viewport, pixels)
        return Draft(self._canvas, document, self._subject.layers, run, step, selected=True)

    def _drafted(self, draft: Draft, small: Document) -> Document:
        """The small copy, transformed as the document is to be."""
        part = 1 / draft.step
        canvas, alone = Transform(a=part, d=part), self._subject.has_plane
        there = self._subject.pose(small) if alone else Pose(self._pose.box)
        own = _between(self.before.box, there.box) if alone else canvas
        pose = self._pose.into(canvas, own, there.box, there.start)
        if not alone and pose.bent is not None:
            one, two, three, four = map(canvas.map, upright(self._pose.box))
            corners = (one, two, three, four)
            return edits.apply(
                small, edits.DistortLayers(self._subject.layers, corners, pose.outline)
            )
        return self._done(small, self._subject.edit(small, pose))

    def _done(self, document: Document, edit: edits.Edit | None) -> Document:
        return document if edit is None else edits.apply(document, edit)

    def _sharpen(self) -> None:
        """The mouse rests: the finer copy, until the canvas has drawn the real picture."""
        if self._finer is not None and self._finer is not self._draft:
            self._finer.show(partial(self._drafted, self._finer))
        document, edit = self.document, self.edit
        if self._aside is None or edit is None:
            self._show_real()
            self._give_way()
            return
        errand = self._aside(partial(edits.apply, document, edit))
        errand.done.connect(partial(self._take, edit))
        errand.failed.connect(self._canvas.refused)

    def _show_real(self) -> None:
        """Now; what is computed aside comes when the mouse rests."""
        edit = self.edit
        if self._aside is None or edit is None:
            self._session.preview(self._done(self.document, edit))

    def _take(self, edit: edits.Edit, document: Document) -> None:
        if not self._has_ended and edit == self.edit:
            self._made = (edit, document)
            self._session.preview(document)
            self._give_way()

    def _give_way(self) -> None:
        for draft in self._drafts:
            draft.give_way()


def _between(before: Rect, there: Rect) -> Transform:
    """From the plane of a layer to that of its smaller copy."""
    across, down = there.width / before.width, there.height / before.height
    return Transform(a=across, d=down, dx=there.x - across * before.x, dy=there.y - down * before.y)
