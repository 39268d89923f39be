# SPDX-License-Identifier: Apache-2.0
"""One number for the selection, asked for over the canvas, with its effect while it moves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from prodedit.core import edits
from prodedit.core.colour import Colour
from prodedit.core.document import Document
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.gui.canvas_bar import CanvasBar
from prodedit.gui.colour_button import ColourButton
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.tools import Eyedropper
from prodedit.gui.tools.wand import found

if TYPE_CHECKING:
    from prodedit.gui.document_view import DocumentView

WIDTH = 300
"""Of the slider with its name and number."""


class Preview(QObject):
    """Shows what edits would select, computed away from the window's thread; of those that come
    while one is computed only the last counts."""

    def __init__(self, view: DocumentView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._wanted: edits.Edit | None = None
        self._is_running = False
        self._has_ended = False
        self._known: tuple[edits.Edit, Tiles] | None = None

    def found_by(self, edit: edits.Edit) -> Tiles | None:
        """What that edit selects, where it was the last one that was computed."""
        return self._known[1] if self._known is not None and self._known[0] == edit else None

    def show(self, edit: edits.Edit) -> None:
        self._wanted = edit
        if not self._is_running:
            self._start()

    def end(self) -> None:
        self._has_ended = True
        self._view.canvas.selection_view.end_preview()

    def _start(self) -> None:
        edit, self._wanted = self._wanted, None
        if edit is None or self._has_ended:
            return
        work = partial(previewed, self._view.session.document, edit)
        done = partial(self._done, edit)
        if self._view.run is None:
            done(work())
            return
        self._is_running = True
        errand = self._view.run(work)
        errand.done.connect(done)
        errand.failed.connect(done)

    def _done(self, edit: edits.Edit, selection: Tiles | Problem) -> None:
        self._is_running = False
        if not self._has_ended and isinstance(selection, Tiles):
            self._known = (edit, selection)
            self._view.canvas.selection_view.show(selection)
        self._start()


def previewed(document: Document, edit: edits.Edit) -> Tiles:
    """The selection after `edit`; empty where that is refused."""
    nothing = Tiles.empty(document.size, 1)
    try:
        if isinstance(edit, edits.SelectColour):
            return found(document, edit)
        return edits.apply(document, edit).selection or nothing
    except Problem:
        return nothing


class SelectionBar(CanvasBar):
    """Apply or Enter does it, Cancel or Esc does not; another one takes its place."""

    def __init__(self, view: DocumentView) -> None:
        super().__init__(view)
        self.view = view
        self._preview = Preview(view, self)

    def open(self) -> None:
        if not self._can_begin():
            self.deleteLater()
            return
        self.view.show_bar(self)
        self.view.session.changed.connect(self.close_down)
        self.refresh()

    def edit(self) -> edits.Edit:
        """What Apply does."""
        raise NotImplementedError

    def refresh(self, *_ignored: object) -> None:
        self._preview.show(self.edit())

    def apply(self) -> None:
        """With what the preview has computed, so that it is done at once."""
        edit = self.edit()
        inputs = self.inputs(edit, self._preview.found_by(edit))
        self.close_down()
        self.view.session.apply(edit, inputs)

    def inputs(self, edit: edits.Edit, found: Tiles | None) -> edits.Inputs:
        """What is told to the edit; where nothing was found it tells itself why."""
        return {} if found is None or not found.blocks else {"found": found}

    def close_down(self, *_ignored: object) -> None:
        self.view.session.changed.disconnect(self.close_down)
        self._preview.end()
        self.view.show_bar(None)
        self.hide()
        self.deleteLater()
        self.view.canvas.setFocus()

    def add_buttons(self) -> None:
        for text, act, look in (
            (self.tr("Apply"), self.apply, "primary"),
            (self.tr("Cancel"), self.close_down, ""),
        ):
            button = QPushButton(text, self)
            button.setProperty("look", look)
            button.clicked.connect(act)
            self.row.addWidget(button)

    def _can_begin(self) -> bool:
        return True

    # Qt's own names

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_down()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.apply()
        else:
            super().keyPressEvent(event)


class PixelsBar(SelectionBar):
    """A number of pixels for the selection that there is."""

    def __init__(
        self,
        view: DocumentView,
        title: str,
        first: int,
        most: int,
        edit: Callable[[int], edits.Edit],
    ) -> None:
        super().__init__(view)
        self._edit = edit
        self.slider = SliderRow(title, 1, most, first, " px", self)
        self.slider.setFixedWidth(WIDTH)
        self.slider.changed.connect(self.refresh)
        self.row.addWidget(self.slider)
        self.add_buttons()

    def edit(self) -> edits.Edit:
        return self._edit(round(self.slider.value))

    def _can_begin(self) -> bool:
        """Told at once where nothing is selected."""
        try:
            edits.selection.chosen_part(self.view.session.document)
        except Problem as problem:
            self.view.session.failed.emit(problem)
            return False
        return True


class ColourBar(SelectionBar):
    """All that is near a colour: taken from the picture by a click, or from the swatch."""

    def __init__(self, view: DocumentView) -> None:
        super().__init__(view)
        self.colour = ColourButton(self.tr("Colour"), Colour(255, 255, 255), self)
        self.colour.previewed.connect(self._set)
        self.colour.picked.connect(self._set)
        self.slider = SliderRow(self.tr("Tolerance"), 1, 255, 32, "", self)
        self.slider.setFixedWidth(WIDTH)
        self.slider.changed.connect(self.refresh)
        self.row.addWidget(self.colour)
        self.row.addWidget(self.slider)
        self.add_buttons()

    def open(self) -> None:
        super().open()
        eyedropper = self._eyedropper
        eyedropper.picked.connect(self._set)
        self.view.canvas.set_tool(eyedropper)

    def edit(self) -> edits.Edit:
        layer = self.view.session.active_layer
        by_layer = layer is not None and layer.tiles is not None
        layer_id = self.view.session.active_id if by_layer else ""
        return edits.SelectColour(self.colour.colour, round(self.slider.value), layer_id)

    def inputs(self, edit: edits.Edit, found: Tiles | None) -> edits.Inputs:
        return {"found": found or previewed(self.view.session.document, edit)}

    def close_down(self, *_ignored: object) -> None:
        self._eyedropper.picked.disconnect(self._set)
        self.view.restore_tool()
        super().close_down()

    @property
    def _eyedropper(self) -> Eyedropper:
        tool = self.view.tool(Eyedropper.id)
        assert isinstance(tool, Eyedropper)
        return tool

    def _set(self, colour: Colour) -> None:
        self.colour.set_colour(colour)
        self.refresh()
