# SPDX-License-Identifier: Apache-2.0
"""What of a layer is selected, as something that can be transformed and moved like a layer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.edits.bending import perspective
from prodedit.core.edits.lifting import lifted_box
from prodedit.core.geometry import IDENTITY, Point, Rect, Transform
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.warp import MeshWarp, Perspective
from prodedit.gui.tools.tool import Pointer
from prodedit.gui.tools.transform_pose import Pose, Subject, subject, tidy, upright
from prodedit.gui.translation import translate

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas


class SelectedPart(NamedTuple):
    """As Subject, of the selected pixels of one layer; its own plane is the canvas. since: what was
    done to them already, and goes on."""

    layer: str
    since: edits.TransformSelected | None = None

    @property
    def layers(self) -> tuple[str, ...]:
        return (self.layer,)

    @property
    def has_plane(self) -> bool:
        return True

    def pose(self, document: Document) -> Pose:
        """Raises Problem where there is nothing to lift."""
        box = lifted_box(document, self.layer)
        if self.since is None:
            return Pose(box)
        warp = self.since.warp
        bent = warp.corners if isinstance(warp, Perspective) else None
        mesh = warp if isinstance(warp, MeshWarp) else None
        return Pose(box, placed=self.since.onto, bent=bent, mesh=mesh)

    def edit(self, document: Document, pose: Pose) -> edits.Edit | None:
        """What makes `document` look so; None: it does. Raises Problem where corners cross."""
        del document
        warp: Perspective | MeshWarp | None = None
        if pose.mesh is not None and pose.mesh != pose.straight().meshed().mesh:
            warp = pose.mesh
        elif pose.mesh is None and pose.bent is not None:
            perspective(upright(pose.box), pose.bent)
            warp = Perspective(pose.bent)
        onto = tidy(pose.placed)
        if self.since is None:
            rests = warp is None and onto == IDENTITY
            return None if rests else edits.TransformSelected(self.layer, onto, warp)
        edit = edits.TransformSelected(self.layer, onto, warp, self.since.copies)
        return None if edit == self.since else edit


def what_is_taken(canvas: Canvas) -> tuple[Subject | SelectedPart, Document]:
    """What a transform takes hold of, and in which document: what is selected, or the chosen
    layers; a piece that is still loose goes on as it is. Raises Problem, as `subject` does, and
    where what is selected can't be lifted."""
    document, loose = canvas.session.document, canvas.loose
    whose = _taken(document, canvas.session.chosen)
    if isinstance(whose, SelectedPart) and loose and loose.holds(document, whose.layer):
        return SelectedPart(whose.layer, loose.edit), loose.before
    return whose, document


def _taken(document: Document, chosen: Iterable[str]) -> Subject | SelectedPart:
    chosen = tuple(chosen)
    if document.selection is None:
        return subject(document, chosen)
    if len(chosen) != 1:
        raise Problem(_ONE_LAYER, code="one-layer-only")
    lifted_box(document, chosen[0])
    return SelectedPart(chosen[0])


def is_selected(document: Document, point: Point) -> bool:
    """Whether a place of the canvas is, at least by half."""
    if document.selection is None:
        return False
    place = Rect(floor(point.x), floor(point.y), 1, 1)
    return int(document.selection.to_array(place)[0, 0]) > 127


class Loose(NamedTuple):
    """A piece that was moved or transformed, and has not grown together with what it came to lie
    on: moved on, it leaves nothing of itself there. `edit` made `after` of `before`."""

    before: Document
    after: Document
    edit: edits.TransformSelected

    def holds(self, document: Document, layer: str) -> bool:
        """Whether the piece is still loose in `document`."""
        return self.after is document and self.edit.layer == layer

    @property
    def is_moved(self) -> bool:
        """Whether that is all that was done to it; another move belongs to the same step then. A
        transform is a step of its own."""
        return self.edit.warp is None and self.edit.onto.is_whole_shift


class PieceMover:
    """Drags the selected pixels of the active layer by whole pixels; with Alt a copy of them."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._session = canvas.session
        self._start: Point | None = None
        self._from: Loose | None = None
        self._alone: tuple[Document, str] | None = None
        self._shift = (0, 0)
        self._is_making = False

    @property
    def is_held(self) -> bool:
        return self._start is not None

    def press(self, pointer: Pointer) -> bool:
        """Whether the press was meant for what is selected; it may have been refused, and told."""
        if not pointer.control or not is_selected(self._session.document, pointer.point):
            return False
        if not self._is_making:
            self._from, self._shift = self._begun(pointer.alt), (0, 0)
            self._alone = None if self._from is None else _alone(self._from)
            self._start = None if self._from is None else pointer.point
        return True

    def move(self, pointer: Pointer) -> None:
        if self._start is None or self._from is None:
            return
        dx, dy = pointer.point.x - self._start.x, pointer.point.y - self._start.y
        if pointer.shift:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        if (round(dx), round(dy)) != self._shift:
            self._shift = (round(dx), round(dy))
            self._canvas.selection_view.set_offset(*self._shift)
            self._session.preview(self._shown(self._from))

    def release(self, pointer: Pointer) -> None:
        self.move(pointer)
        found, shift = self._from, self._shift
        self._let_go()
        if found is None or shift == (0, 0):
            self._session.end_preview()
        else:
            self._put_down(found, *shift)

    def cancel(self) -> None:
        if self._start is not None:
            self._let_go()
            self._session.end_preview()

    def nudge(self, dx: int, dy: int) -> bool:
        """By a key; False where nothing is selected."""
        if self._session.document.selection is None or self.is_held:
            return False
        found = None if self._is_making else self._begun(copies=False)
        if found is not None:
            self._put_down(found, dx, dy)
        return True

    def document_changed(self) -> None:
        """A drag began from what is gone; and what was loose has grown together with the rest."""
        self._canvas.loose = None
        self._let_go()

    def _begun(self, copies: bool) -> Loose | None:
        """What is dragged; None, having told why, where that can't be."""
        document, active = self._session.document, self._session.active_id
        loose = self._canvas.loose
        if loose is not None and loose.holds(document, active) and not copies:
            return loose
        try:
            lifted_box(document, active)
        except Problem as problem:
            self._canvas.refused.emit(problem)
            return None
        return Loose(document, document, edits.TransformSelected(active, copies=copies))

    def _put_down(self, found: Loose, dx: int, dy: int) -> None:
        edit = _shifted(found.edit, dx, dy)
        if found.after is not found.before and not found.is_moved:
            self._make(found, edit)
            return
        if found.after is not found.before:
            self._session.undo()  # one step, however often it was moved on
        if edit.onto != IDENTITY or edit.copies:
            self._apply(found, edit)

    def _make(self, found: Loose, edit: edits.TransformSelected) -> None:
        """A large piece is resampled for a moment: the drag's last picture stays for so long."""
        run, make = self._canvas.moving.run, partial(edits.apply, found.before, edit)
        if run is None:
            self._apply(found, edit, make())
            return
        self._is_making = True
        errand = run(make)
        errand.done.connect(partial(self._made, found, edit, self._session.document))
        errand.failed.connect(self._not_made)

    def _made(
        self, found: Loose, edit: edits.TransformSelected, of: Document, made: Document
    ) -> None:
        self._is_making = False
        if self._session.document is of:
            self._apply(found, edit, made)

    def _not_made(self, problem: Problem) -> None:
        self._is_making = False
        self._session.end_preview()
        self._canvas.refused.emit(problem)

    def _apply(
        self, found: Loose, edit: edits.TransformSelected, made: Document | None = None
    ) -> None:
        text = translate("Edit", "Move selected pixels")
        if self._session.apply(edit, text=text, made=made):
            self._canvas.loose = Loose(found.before, self._session.document, edit)

    def _shown(self, found: Loose) -> Document:
        """What the drag does, as far as it has come."""
        if self._alone is None:
            return edits.apply(found.before, _shifted(found.edit, *self._shift))
        document, piece = self._alone
        return edits.apply(document, edits.ShiftLayer(piece, *self._shift))

    def _let_go(self) -> None:
        self._start = self._from = self._alone = None
        self._shift = (0, 0)
        self._canvas.selection_view.set_offset(0, 0)


def _alone(loose: Loose) -> tuple[Document, str] | None:
    """The piece as a layer of its own, which is dragged in no time; and its id. None where that
    can't be: then it is put down anew at each place."""
    edit, piece = loose.edit, loose.before.new_id()
    if edit.warp is not None:
        return None
    cut = edits.CopySelected if edit.copies else edits.CutSelected
    try:
        document = edits.apply(loose.before, cut(edit.layer, piece, ""))
        return edits.apply(document, edits.TransformLayers((piece,), edit.onto)), piece
    except Problem:
        return None


def _shifted(edit: edits.TransformSelected, dx: int, dy: int) -> edits.TransformSelected:
    onto: Transform = edit.onto.shifted(dx, dy)
    return edits.TransformSelected(edit.layer, onto, edit.warp, edit.copies)


_ONE_LAYER = QT_TRANSLATE_NOOP(
    "Problem", "A selected part of one layer at a time can be transformed. Choose that layer only."
)
