# SPDX-License-Identifier: Apache-2.0
"""The two colours at hand: who changes them, who draws with them, what they fill."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Protocol
from weakref import WeakSet

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from prodedit.core import edits
from prodedit.core.colour import Colour
from prodedit.core.fill import SolidFill
from prodedit.core.layer import FillContent, Layer, ShapeContent, TextContent
from prodedit.core.shape import LineShape
from prodedit.editing.colour_pair import ColourPair
from prodedit.editing.settings import Settings
from prodedit.editing.workspace import Workspace
from prodedit.gui.document_view import DocumentView


class Stage(Protocol):
    """The main window, as far as these commands need it."""

    @property
    def view(self) -> DocumentView | None: ...


class ColourCommands(QObject):
    """They belong to the person, not to a picture: all pictures have the same."""

    def __init__(self, workspace: Workspace, stage: Stage, window: QWidget) -> None:
        super().__init__(window)
        self._workspace, self._stage = workspace, stage
        self._watched: WeakSet[DocumentView] = WeakSet()
        workspace.settings_changed.connect(self._show)
        workspace.current_changed.connect(self._current_changed)
        self._show(workspace.settings)

    def swap_colours(self) -> None:
        self._set(self._pair.swapped)

    def reset_colours(self) -> None:
        self._set(ColourPair())

    def fill_foreground(self) -> None:
        """What is selected, or all of the layer; what is drawn takes the colour."""
        self._fill(self._pair.foreground)

    def fill_background(self) -> None:
        self._fill(self._pair.background)

    @property
    def _pair(self) -> ColourPair:
        return self._workspace.settings.colours

    def _set(self, pair: ColourPair) -> None:
        if pair != self._pair:
            self._workspace.change_settings(colours=pair)

    def _show(self, settings: Settings) -> None:
        for view in self._watched:
            view.set_colours(settings.colours)

    def _current_changed(self, _session: object) -> None:
        view = self._stage.view
        if view is not None and view not in self._watched:
            self._watched.add(view)
            view.set_colours(self._pair)
            view.colour_taken.connect(self._taken)

    def _taken(self, colour: Colour, behind: bool) -> None:
        """By the eyedropper."""
        self._set(self._pair.with_colour("background" if behind else "foreground", colour))

    def _fill(self, colour: Colour) -> None:
        session = self._workspace.current
        if session is None or session.active_layer is None:
            return
        layer = session.active_layer
        edit = _FILLS.get(type(layer.content), _pixels)(layer, colour)
        session.apply(edit)


def _pixels(layer: Layer, colour: Colour) -> edits.Edit:
    return edits.FillSelected(layer.id, colour)


def _fill(layer: Layer, colour: Colour) -> edits.Edit:
    return edits.SetFill(layer.id, SolidFill(colour))


def _text(layer: Layer, colour: Colour) -> edits.Edit:
    content = layer.content
    assert isinstance(content, TextContent)
    text = msgspec.structs.replace(content.text, colour=colour)
    return edits.SetText(layer.id, text, content.extent)


def _shape(layer: Layer, colour: Colour) -> edits.Edit:
    content = layer.content
    assert isinstance(content, ShapeContent)
    shape = partial(edits.SetShape, layer.id, content.shape)
    if isinstance(content.shape, LineShape) and content.stroke is not None:
        return shape(content.fill, msgspec.structs.replace(content.stroke, colour=colour))
    return shape(SolidFill(colour), content.stroke)


_FILLS: Mapping[type, Callable[[Layer, Colour], edits.Edit]] = MappingProxyType(
    {FillContent: _fill, TextContent: _text, ShapeContent: _shape}
)
