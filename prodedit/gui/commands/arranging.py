# SPDX-License-Identifier: Apache-2.0
"""The chosen layers put in line, or at even distances, by what can be seen of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from types import MappingProxyType

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from prodedit.core import edits, selection
from prodedit.core.document import Document
from prodedit.core.geometry import Rect, Transform
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.editing.workspace import Workspace
from prodedit.gui.commands.several import together
from prodedit.render.visible import visible_bounds

Places = Mapping[str, Rect]
"""Layer's id -> what of the canvas it can be seen on."""
Shift = Callable[[Rect, Rect], tuple[int, int]]
"""(a layer's place, what it is aligned to) -> by how much it moves."""

ALIGN: Mapping[str, Shift] = MappingProxyType(
    {
        "left": lambda of, to: (to.x - of.x, 0),
        "centre": lambda of, to: (_middle(to.x, to.width) - _middle(of.x, of.width), 0),
        "right": lambda of, to: (to.right - of.right, 0),
        "top": lambda of, to: (0, to.y - of.y),
        "middle": lambda of, to: (0, _middle(to.y, to.height) - _middle(of.y, of.height)),
        "bottom": lambda of, to: (0, to.bottom - of.bottom),
    }
)
_FEWEST = 3
"""Layers of which the distances can be even."""


class ArrangingCommands(QObject):
    """Works on the chosen layers, each as a whole; groups, too."""

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace

    def align_left(self) -> None:
        self._align("left")

    def align_centre(self) -> None:
        self._align("centre")

    def align_right(self) -> None:
        self._align("right")

    def align_top(self) -> None:
        self._align("top")

    def align_middle(self) -> None:
        self._align("middle")

    def align_bottom(self) -> None:
        self._align("bottom")

    def distribute_across(self) -> None:
        self._arrange(partial(distributed, across=True), self.tr("Distribute"))

    def distribute_down(self) -> None:
        self._arrange(partial(distributed, across=False), self.tr("Distribute"))

    def _align(self, side: str) -> None:
        self._arrange(partial(aligned, side=side), self.tr("Align"))

    def _arrange(self, make: Callable[..., edits.Edit | None], text: str) -> None:
        """By the layers' pixels, which are looked at away from the window's thread."""
        session = self._workspace.current
        if session is None:
            return
        document, layers = session.document, session.document.outermost(session.chosen)

        def put(edit: edits.Edit | None) -> None:
            if edit is not None:
                session.apply(edit, text=text)

        errand = self._workspace.run(lambda: make(document, layers))
        errand.done.connect(put)
        errand.failed.connect(self._workspace.failed)


def aligned(document: Document, layers: tuple[str, ...], side: str) -> edits.Edit | None:
    """To the selection where there is one, else to the canvas. Raises Problem where none of the
    layers can be seen anywhere."""
    target = Rect.of(document.size)
    if document.selection is not None:
        target = selection.bounds(document.selection)
    places = _places(document, layers)
    return together(
        edit for i, rect in places.items() for edit in _shifted(i, *ALIGN[side](rect, target))
    )


def distributed(document: Document, layers: tuple[str, ...], across: bool) -> edits.Edit | None:
    """The same distance between each two; the first and the last stay. Raises Problem where there
    are fewer than three."""
    places = _places(document, layers)
    if len(places) < _FEWEST:
        text = QT_TRANSLATE_NOOP("Problem", "Choose at least three layers that can be seen.")
        raise Problem(text, code="too-few-layers")
    spans = {i: (r.x, r.width) if across else (r.y, r.height) for i, r in places.items()}
    ordered = sorted(spans, key=lambda i: spans[i][0] * 2 + spans[i][1])
    gaps = [spans[b][0] - spans[a][0] - spans[a][1] for a, b in pairwise(ordered)]
    gap, at = sum(gaps) / len(gaps), float(spans[ordered[0]][0])
    found: list[edits.Edit] = []
    for layer_id in ordered:
        by = round(at) - spans[layer_id][0]
        found += _shifted(layer_id, by if across else 0, 0 if across else by)
        at += spans[layer_id][1] + gap
    return together(found)


def _places(document: Document, layers: tuple[str, ...]) -> dict[str, Rect]:
    found = {layer_id: visible_bounds(document, layer_id) for layer_id in layers}
    places = {layer_id: rect for layer_id, rect in found.items() if not rect.is_empty}
    if not places:
        text = QT_TRANSLATE_NOOP("Problem", "There is nothing to see of these layers.")
        raise Problem(text, code="nothing-shown")
    return places


def _shifted(layer_id: str, dx: int, dy: int) -> tuple[edits.Edit, ...]:
    return (edits.TransformLayers((layer_id,), Transform(dx=dx, dy=dy)),) if dx or dy else ()


def _middle(start: int, length: int) -> int:
    return start + length // 2
