# SPDX-License-Identifier: Apache-2.0
"""What the controls of one adjustment layer work with: its picture, its preview, its undo steps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from prodedit.core import edits
from prodedit.core.adjust.values import Adjustment
from prodedit.core.colour import Colour
from prodedit.core.document import Document
from prodedit.core.geometry import Point
from prodedit.core.layer import AdjustmentContent, Layer, Mask
from prodedit.core.problem import Problem
from prodedit.core.tiles import Pixels
from prodedit.editing.errands import Errand
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.document_view import DocumentView
from prodedit.gui.late import while_there
from prodedit.gui.panels.adjustments.below_eyedropper import BelowEyedropper
from prodedit.gui.panels.adjustments.preview import AdjustPreview
from prodedit.gui.panels.adjustments.tone_handle import Grip, ToneHandle
from prodedit.gui.recipes.words import step_text
from prodedit.render.small import Reduced, below, small_part

SIDE = 512
"""Pixels of the small picture that histograms and colours are read off."""
_REST = 1.0
"""Seconds: steps of one field that come faster after one another are one undo step."""
_IDLE = 120


class Bench(QObject):
    """For the adjustment layer that is shown; `show_layer` says which. It is the Surroundings of
    the controls."""

    pixels_changed = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._view: DocumentView | None = None
        self._layer_id = ""
        self.pixels: Pixels | None = None
        self.reduced = Reduced()
        self._below: tuple[Layer, ...] = ()
        self._where: Mask | None = None
        self._is_looking = False
        self._preview: AdjustPreview | None = None
        self._field, self._gesture, self._stepped_at = "", object(), 0.0
        self._idle = QTimer(self, singleShot=True, interval=_IDLE)
        self._idle.timeout.connect(self._look)
        self._lent: BelowEyedropper | None = None
        self.clicked: Point | None = None
        self._take: Callable[[Colour], None] | None = None
        self._ended: Callable[[], None] | None = None

    @property
    def session(self) -> EditSession | None:
        return None if self._view is None else self._view.session

    @property
    def layer(self) -> Layer | None:
        return None if self.session is None else self.session.document.find(self._layer_id)

    @property
    def cutout_model(self) -> str:
        """By which products are found."""
        return self._workspace.settings.cutout_model

    @property
    def adjustment(self) -> Adjustment | None:
        content = None if self.layer is None else self.layer.content
        return content.adjustment if isinstance(content, AdjustmentContent) else None

    def show_layer(self, view: DocumentView | None, layer_id: str) -> None:
        """Work on this layer from now on; "" for none."""
        if view is not self._view or layer_id != self._layer_id:
            self.give_up_picking()
            self._end_preview()
            self._view, self._layer_id = view, layer_id
            self._field, self.pixels, self._below = "", None, ()
            self.pixels_changed.emit()
        self._idle.start()

    # What the controls ask for

    def pick(self, take: Callable[[Colour], None], ended: Callable[[], None] | None = None) -> None:
        if self._view is not None:
            eyedropper = BelowEyedropper(self._view.session, self._view.canvas)
            eyedropper.picked.connect(self._picked)
            self._lend(self._view, eyedropper, ended)
            self._take = take

    def pull(self, grip: Grip) -> None:
        if self._view is not None:
            handle = ToneHandle(self._view.session, self._view.canvas, grip)
            self._lend(self._view, handle, grip.ended)

    def give_up_picking(self) -> None:
        """The tool that was there before comes back."""
        lent, self._lent = self._lent, None
        ended, self._take, self._ended = self._ended, None, None
        if lent is not None and self._view is not None:
            self._view.canvas.tool_changed.disconnect(self._follow_tool)
            if self._view.canvas.tool is lent:
                self._view.restore_tool()
            lent.deleteLater()
        if ended is not None:
            ended()

    def run(self, work: Callable[[], object]) -> Errand:
        return self._workspace.run(work, optional=True)

    def tell(self, problem: Problem) -> None:
        self._workspace.failed.emit(problem)

    def preview(self, adjustment: Adjustment) -> None:
        """Show it for now; see AdjustPreview."""
        if self._view is None or self.layer is None:
            return
        if self._preview is None:
            self._preview = AdjustPreview(self._view, self._layer_id, self.run, self)
        self._preview.show(adjustment)

    def apply(self, adjustment: Adjustment, field: str) -> None:
        """One undo step; with the last one if that was of the same field and just now."""
        session = self.session
        if session is None:
            return
        now = monotonic()
        if field != self._field or now - self._stepped_at > _REST:
            self._field, self._gesture = field, object()
        self._stepped_at = now
        if self.adjustment == adjustment:
            session.end_preview()
        else:
            edit = edits.SetAdjustment(self._layer_id, adjustment)
            session.apply(edit, gesture=self._gesture, text=step_text(edit))
        if self._preview is not None:
            self._preview.settle()

    def begin_step(self) -> None:
        """What comes now is no longer of the last undo step."""
        self._field = ""

    # How it is done

    def _lend(
        self, view: DocumentView, tool: BelowEyedropper, ended: Callable[[], None] | None
    ) -> None:
        self.give_up_picking()
        tool.layer_id = self._layer_id
        tool.given_up.connect(self.give_up_picking)
        self._lent, self._ended = tool, ended
        view.canvas.set_tool(tool)
        view.canvas.tool_changed.connect(self._follow_tool)
        view.canvas.setFocus()

    def _follow_tool(self, tool: object) -> None:
        if tool is not self._lent:  # another one was chosen
            self.give_up_picking()

    def _picked(self, colour: Colour) -> None:
        take, lent = self._take, self._lent
        self.clicked = None if lent is None else lent.place
        self.give_up_picking()
        if take is not None:
            take(colour)

    def _end_preview(self) -> None:
        preview, self._preview = self._preview, None
        if preview is not None:
            preview.end()

    def _look(self) -> None:
        """Make the small picture of what is adjusted, where that has changed."""
        session = self.session
        if session is None or self.adjustment is None or self._is_looking:
            return
        under = below(session.document, self._layer_id)
        where = None if self.layer is None else self.layer.mask
        known = _same(under.layers, self._below) and where is self._where
        if known and self.pixels is not None:
            return
        self._is_looking = True
        errand = self.run(partial(small_part, under, where, SIDE, self.reduced))
        errand.done.connect(while_there(self, self._looked, self._layer_id, under, where))
        errand.failed.connect(self._not_looked)

    def _looked(self, layer_id: str, under: Document, where: Mask | None, pixels: Pixels) -> None:
        self._is_looking = False
        if layer_id == self._layer_id:
            self.pixels, self._below, self._where = pixels, under.layers, where
            self.pixels_changed.emit()
        self._idle.start()  # what has changed meanwhile

    def _not_looked(self, _problem: Problem) -> None:
        self._is_looking = False


def _same(one: tuple[Layer, ...], other: tuple[Layer, ...]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))
