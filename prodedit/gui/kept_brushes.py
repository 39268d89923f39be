# SPDX-License-Identifier: Apache-2.0
"""What each painting tool was told: it belongs to the person, so all pictures have the same, and so
does the next start."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from prodedit.editing.settings import Settings
from prodedit.editing.workspace import Workspace
from prodedit.gui.document_view import DocumentView
from prodedit.gui.document_views import DocumentViews
from prodedit.gui.paint_options import FIELDS, takes
from prodedit.gui.tools import MaskBrush, Tool
from prodedit.gui.tools.told import Kept, Told

_REST_MS = 400
"""A brush that is made larger step by step is written down once."""
_OF_ONE_STROKE = ("variant",)
"""Which answer was laid says nothing about the next."""
_OF_MASKS = ("size", "hardness", "opacity")
"""The brush for masks is told in a panel."""


class KeptBrushes(QObject):
    """Writes down what differs from how a tool is at first."""

    def __init__(self, workspace: Workspace, views: DocumentViews, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._views = workspace, views
        self._brushes = dict(workspace.settings.brushes)
        self._is_telling = False
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self._keep)
        views.added.connect(self._added)
        workspace.current_changed.connect(self._current_changed)
        workspace.settings_changed.connect(self._settings_changed)

    @Slot(object)
    def _added(self, view: DocumentView) -> None:
        self._tell(view)
        for tool in view.tools:
            if isinstance(tool, Kept):
                tool.settings_changed.connect(partial(self._heard, tool))

    def _heard(self, tool: Tool) -> None:
        if self._is_telling or not isinstance(tool, Kept):
            return
        now = {name: tool.value_of(name) for name in _fields(tool)}
        other: dict[str, Any] = {
            name: value for name, value in now.items() if value != tool.first_of(name)
        }
        rest = {key: kept for key, kept in self._brushes.items() if key != tool.id}
        self._brushes = {**rest, tool.id: other} if other else rest
        self._resting.start()

    def _tell(self, view: DocumentView) -> None:
        self._is_telling = True
        for tool in view.tools:
            if isinstance(tool, Kept):
                kept = self._brushes.get(tool.id, {})
                for name, field in _fields(tool).items():
                    value = kept.get(name)
                    wanted = value if takes(FIELDS[field], value) else tool.first_of(name)
                    if wanted != tool.value_of(name):
                        tool.set_value(name, wanted)
        self._is_telling = False

    @Slot()
    def _keep(self) -> None:
        self._resting.stop()
        if self._brushes != self._workspace.settings.brushes:
            self._workspace.change_settings(brushes=self._brushes)

    @Slot(object)
    def _current_changed(self, _session: object) -> None:
        if self._resting.isActive():
            self._keep()
        if self._views.current is not None:
            self._tell(self._views.current)

    @Slot(object)
    def _settings_changed(self, settings: Settings) -> None:
        """They may have been carried here from another computer."""
        if not self._resting.isActive() and settings.brushes != self._brushes:
            self._brushes = dict(settings.brushes)
            self._current_changed(None)


def _fields(tool: Kept) -> Mapping[str, str]:
    """Names of what is kept of a tool, each with the field in which it is told."""
    if isinstance(tool, MaskBrush):
        return {name: name for name in _OF_MASKS}
    if not isinstance(tool, Told):
        return {}
    fields = {FIELDS[field].name: field for field in (*tool.fields, *tool.more_fields)}
    return {name: field for name, field in fields.items() if name not in _OF_ONE_STROKE}
