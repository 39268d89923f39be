# SPDX-License-Identifier: Apache-2.0
"""Rulers, guides, grid and snapping in the View menu."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol
from weakref import WeakSet

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from prodedit.core.edits import SetGuides
from prodedit.core.guides import Guide
from prodedit.editing.settings import Settings
from prodedit.editing.workspace import Workspace
from prodedit.gui.actions import Actions
from prodedit.gui.dialogs.guides import GridDialog, GuideDialog, change_aids
from prodedit.gui.document_view import DocumentView
from prodedit.gui.status_line import StatusLine

SWITCHES: Mapping[str, str] = MappingProxyType(
    {
        "rulers": "rulers",
        "show_grid": "grid",
        "show_guides": "guides",
        "lock_guides": "lock_guides",
        "snap": "snap",
        "snap_to_guides": "snap_guides",
        "snap_to_grid": "snap_grid",
        "snap_to_canvas": "snap_canvas",
        "snap_to_layers": "snap_layers",
    }
)
"""Action's id -> the field of Aids that it turns on and off."""


class Stage(Protocol):
    """The main window, as far as these commands need it."""

    status: StatusLine

    @property
    def view(self) -> DocumentView | None: ...


class AidCommands(QObject):
    """Settings for all pictures but the guides, which are the document's."""

    def __init__(
        self, workspace: Workspace, stage: Stage, actions: Actions, window: QWidget
    ) -> None:
        super().__init__(window)
        self._workspace, self._stage, self._window = workspace, stage, window
        self._actions = actions
        for action_id in SWITCHES:
            actions[action_id].setCheckable(True)
        self._watched: WeakSet[DocumentView] = WeakSet()
        stage.status.angle_wanted.connect(self._turn_view)
        workspace.settings_changed.connect(self._show)
        workspace.current_changed.connect(self._current_changed)
        self._show(workspace.settings)

    def _current_changed(self, _session: object) -> None:
        """A picture that is new looks as the others do, and asks for what its rulers offer."""
        view = self._stage.view
        self._stage.status.show_angle(None if view is None else view.canvas.viewport.angle)
        if view is None or view in self._watched:
            return
        self._watched.add(view)
        metadata = self._workspace.metadata_of(view.session)
        resolution = 0.0 if metadata is None else metadata.resolution
        view.set_aids(self._workspace.settings.aids, resolution)
        view.rulers.unit_wanted.connect(lambda unit: change_aids(self._workspace, unit=unit))
        view.canvas.guide_drag.place_wanted.connect(self._ask)
        view.canvas.viewport_changed.connect(
            lambda viewport: self._stage.status.show_angle(viewport.angle)
        )

    def rulers(self) -> None:
        self._turn("rulers")

    def show_grid(self) -> None:
        self._turn("show_grid")

    def show_guides(self) -> None:
        self._turn("show_guides")

    def lock_guides(self) -> None:
        self._turn("lock_guides")

    def snap(self) -> None:
        self._turn("snap")

    def snap_to_guides(self) -> None:
        self._turn("snap_to_guides")

    def snap_to_grid(self) -> None:
        self._turn("snap_to_grid")

    def snap_to_canvas(self) -> None:
        self._turn("snap_to_canvas")

    def snap_to_layers(self) -> None:
        self._turn("snap_to_layers")

    def new_guide(self) -> None:
        self._ask(None)

    def clear_guides(self) -> None:
        session = self._workspace.current
        if session is not None and session.document.guides:
            session.apply(SetGuides(()), text=self.tr("Clear guides"))

    def straight_view(self) -> None:
        self._turn_view(0.0)

    def grid_settings(self) -> None:
        GridDialog(self._workspace, self._window).show()

    def _turn_view(self, angle: float) -> None:
        if self._stage.view is not None:
            self._stage.view.canvas.turn_to(angle)

    def _turn(self, action_id: str) -> None:
        field = SWITCHES[action_id]
        change_aids(self._workspace, **{field: not getattr(self._workspace.settings.aids, field)})

    def _ask(self, guide: Guide | None) -> None:
        view = self._stage.view
        if view is not None:
            marks = view.canvas.marks
            if not marks.are_guides_shown:
                self._show_what_is_made(view)
            dialog = GuideDialog(
                view.session, marks.aids.unit, marks.resolution, guide, self._window
            )
            dialog.open()

    def _show_what_is_made(self, view: DocumentView) -> None:
        view.canvas.selection_view.set_shown(True)
        change_aids(self._workspace, guides=True)

    def _show(self, settings: Settings) -> None:
        for action_id, field in SWITCHES.items():
            self._actions[action_id].setChecked(getattr(settings.aids, field))
        for view in self._window.findChildren(DocumentView):
            view.set_aids(settings.aids, view.canvas.marks.resolution)
