# SPDX-License-Identifier: Apache-2.0
"""Magic wand: click on a colour and all that looks like it is selected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from math import floor
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import msgspec

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.geometry import Point, Rect
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.core.tiles import Tiles
from prodedit.editing.errands import Errand
from prodedit.editing.session import EditSession
from prodedit.gui.late import while_there
from prodedit.gui.tools.selecting import SelectTool
from prodedit.gui.tools.tool import Pointer
from prodedit.render.compositor import Compositor

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

Run = Callable[[Callable[[], object]], Errand]
"""Does something away from the window's thread."""


class WandOptions(NamedTuple):
    """tolerance: 0..255. layer_only: looks at the active layer, not at the picture as it shows."""

    tolerance: int = 32
    contiguous: bool = True
    layer_only: bool = True


class Wand(SelectTool):
    id: ClassVar[str] = "wand"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Magic wand")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Click a colour to select all that looks like it. Shift adds, Alt takes away."
    )
    icon: ClassVar[str] = "wand"
    shortcut: ClassVar[str] = "W"

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self.wand = WandOptions()
        self.run: Run | None = None
        """None: at once, while the window waits."""

    def set_wand(self, options: WandOptions) -> None:
        self.wand = options
        self.options_changed.emit()

    def clicked(self, pointer: Pointer) -> None:
        place = Rect(floor(pointer.point.x), floor(pointer.point.y), 1, 1)
        document = self.session.document
        if place.intersect(Rect.of(document.size)).is_empty:
            super().clicked(pointer)
            return
        edit = self._edit(place)
        if self.run is None:
            self._select(edit, found(document, edit))
            return
        errand = self.run(partial(found, document, edit))
        errand.done.connect(while_there(self, self._select, edit))
        errand.failed.connect(self.canvas.refused)

    def _edit(self, place: Rect) -> edits.SelectWand:
        return edits.SelectWand(
            place.x,
            place.y,
            self.wand.tolerance,
            self.wand.contiguous,
            self.session.active_id if self._is_on_layer(place) else "",
            self._mode,
            self.options.smooth,
            float(self.options.feather),
        )

    def _is_on_layer(self, place: Rect) -> bool:
        """Whether the active layer's pixels are looked at: beside them it is what shows."""
        layer = self.session.active_layer
        if not self.wand.layer_only or layer is None or layer.tiles is None or layer.warp:
            return False
        try:
            back = layer.transform.inverse()
        except ValueError:  # squeezed to a line
            return False
        return layer.tiles.bounds.contains(back.map(Point(place.x + 0.5, place.y + 0.5)))

    def _select(self, edit: edits.SelectWand, tiles: Tiles) -> None:
        if tiles.size == self.session.document.size:  # else the picture has changed meanwhile
            self.session.apply(edit, {"found": tiles})


def found(document: Document, edit: edits.SelectWand | edits.SelectColour) -> Tiles:
    """What the edit finds by itself, without the selection there is; for any thread."""
    inputs = {} if edit.layer else {"pixels": Tiles.from_array(Compositor().merged(document))}
    alone = replace(document, selection=None)
    return only(edits.apply(alone, msgspec.structs.replace(edit, mode="replace"), inputs))


def only(document: Document) -> Tiles:
    return document.selection or Tiles.empty(document.size, 1)
