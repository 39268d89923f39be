# SPDX-License-Identifier: Apache-2.0
"""The Select menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol
from weakref import WeakKeyDictionary, ref

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.selection import FARTHEST
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.engine.tasks import RemoveBackground
from prodedit.gui.document_view import DocumentView
from prodedit.gui.product_selection import ask_for_selection, no_pixels_here, select_shown
from prodedit.gui.selection_bar import ColourBar, PixelsBar


class Stage(Protocol):
    @property
    def view(self) -> DocumentView | None: ...


class SelectionCommands(QObject):
    """Works on the selection of the current picture."""

    def __init__(self, workspace: Workspace, stage: Stage, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._stage = stage
        self._left: WeakKeyDictionary[EditSession, Tiles] = WeakKeyDictionary()
        workspace.session_opened.connect(self._opened)

    def select_all(self) -> None:
        self._apply(edits.SelectAll())

    def deselect(self) -> None:
        self._apply(edits.Deselect())

    def reselect(self) -> None:
        """What was selected last."""
        session = self._workspace.current
        left = None if session is None else self._left.get(session)
        if session is None or session.document.selection is not None:
            return
        if left is None or left.size != session.document.size:
            text = QT_TRANSLATE_NOOP("Problem", "Nothing was selected before.")
            session.failed.emit(Problem(text, code="nothing-selected"))
        else:
            session.apply(edits.SetSelection(), {"selection": left}, text=self.tr("Reselect"))

    def invert_selection(self) -> None:
        self._apply(edits.InvertSelection())

    def select_product(self) -> None:
        """From the cut-out there is, else from one that is made for this and shows nowhere."""
        session = self._workspace.current
        layer = None if session is None else session.active_layer
        if session is None or layer is None:
            return
        if layer.mask is not None:
            session.apply(edits.SelectionFromMask(layer.id), text=self.tr("Select product"))
        elif layer.tiles is None:
            session.failed.emit(no_pixels_here())
        else:
            task = RemoveBackground(model=self._workspace.settings.cutout_model)
            ask_for_selection(session, task, layer, "replace")

    def select_layer(self) -> None:
        """Where the active layer shows."""
        session = self._workspace.current
        if session is not None and session.active_layer is not None:
            select_shown(session, self._workspace.run, session.active_id, "replace")

    def select_colour(self) -> None:
        if self._stage.view is not None:
            ColourBar(self._stage.view).open()

    def grow_selection(self) -> None:
        self._ask(self.tr("Grow by"), 5, edits.GrowSelection)

    def shrink_selection(self) -> None:
        self._ask(self.tr("Shrink by"), 5, lambda pixels: edits.GrowSelection(-pixels))

    def feather_selection(self) -> None:
        self._ask(self.tr("Feather by"), 10, edits.FeatherSelection)

    def smooth_selection(self) -> None:
        self._ask(self.tr("Smooth by"), 10, edits.SmoothSelection)

    def border_selection(self) -> None:
        self._ask(self.tr("Width of the border"), 10, edits.BorderSelection)

    def mask_from_selection(self) -> None:
        session = self._workspace.current
        if session is not None and session.active_layer is not None:
            session.apply(edits.MaskFromSelection(session.active_id))

    def selection_from_mask(self) -> None:
        session = self._workspace.current
        if session is not None and session.active_layer is not None:
            session.apply(edits.SelectionFromMask(session.active_id))

    def quick_mask(self) -> None:
        view = self._stage.view
        if view is not None:
            view.set_quick_mask(not view.canvas.selection_view.is_quick_mask)

    def extras(self) -> None:
        """Hide the ants, or show them."""
        view = self._stage.view
        if view is not None:
            view.canvas.selection_view.set_shown(not view.canvas.selection_view.is_shown)

    def via_cut(self) -> None:
        """What is selected of the active layer as a layer of its own."""
        session = self._workspace.current
        layer = None if session is None else session.active_layer
        if session is not None and layer is not None:
            new_id, name = session.document.new_id(), self.tr("{name} part")
            if session.apply(edits.CutSelected(layer.id, new_id, name.format(name=layer.name))):
                session.activate(new_id)

    def _ask(self, title: str, first: int, edit: Callable[[int], edits.Edit]) -> None:
        view = self._stage.view
        if view is not None:
            PixelsBar(view, title, first, FARTHEST, edit).open()

    def _apply(self, edit: edits.Edit) -> None:
        if self._workspace.current is not None:
            self._workspace.current.apply(edit)

    def _opened(self, session: EditSession) -> None:
        # By a weak reference: what a session's own signal holds would keep it, and its pixels.
        session.changed.connect(partial(self._note, ref(session)))

    def _note(self, of: ref[EditSession], before: Document, after: Document, rects: object) -> None:
        session = of()
        if session is not None and before.selection is not None and after.selection is None:
            self._left[session] = before.selection
