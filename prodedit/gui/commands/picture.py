# SPDX-License-Identifier: Apache-2.0
"""What changes the picture's frame and size, and what turns, flips and transforms layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from prodedit.core import edits
from prodedit.core.problem import Problem
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.dialogs.canvas_size import CanvasSizeDialog
from prodedit.gui.dialogs.image_size import ImageSizeDialog
from prodedit.gui.tools.transform_pose import subject

if TYPE_CHECKING:
    from prodedit.gui.document_view import DocumentView


class Stage(Protocol):
    @property
    def view(self) -> DocumentView | None: ...


class PictureCommands(QObject):
    """Works on the current picture, or on its chosen layers."""

    def __init__(self, workspace: Workspace, stage: Stage, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._stage = stage
        self._window = window

    def transform(self) -> None:
        """By handles, over the canvas."""
        if self._stage.view is not None:
            self._stage.view.lent.begin_transform()

    def transform_handles(self) -> None:
        """Show them while the Move tool is chosen, or do not."""
        if self._stage.view is not None:
            self._stage.view.lent.toggle_handles()

    def image_size(self) -> None:
        if self._session is not None:
            ImageSizeDialog(self._session, self._window).show()

    def canvas_size(self) -> None:
        if self._session is not None:
            CanvasSizeDialog(self._session, self._window).show()

    def turn_left(self) -> None:
        self._turn(edits.TurnCanvas(3), self.tr("Turn picture left"))

    def turn_right(self) -> None:
        self._turn(edits.TurnCanvas(1), self.tr("Turn picture right"))

    def turn_round(self) -> None:
        self._turn(edits.TurnCanvas(2), self.tr("Turn picture by 180°"))

    def flip_across(self) -> None:
        self._turn(edits.TurnCanvas(0, True), self.tr("Flip picture left to right"))

    def flip_down(self) -> None:
        self._turn(edits.TurnCanvas(2, True), self.tr("Flip picture upside down"))

    def flip_layer_across(self) -> None:
        self._flip(True, self.tr("Flip layer left to right"))

    def flip_layer_down(self) -> None:
        self._flip(False, self.tr("Flip layer upside down"))

    @property
    def _session(self) -> EditSession | None:
        return self._workspace.current

    def _turn(self, edit: edits.TurnCanvas, text: str) -> None:
        if self._session is not None:
            self._session.apply(edit, text=text)

    def _flip(self, across: bool, text: str) -> None:
        """Where they lie: round the middle of all of them."""
        session = self._session
        if session is None:
            return
        try:
            whose = subject(session.document, session.chosen)
        except Problem as problem:
            session.failed.emit(problem)
            return
        pose = whose.pose(session.document).flipped(across)
        edit = whose.edit(session.document, pose)
        if edit is not None:
            session.apply(edit, text=text)
