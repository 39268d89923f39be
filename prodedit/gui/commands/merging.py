# SPDX-License-Identifier: Apache-2.0
"""Layers made into one, and into pixels. All of it is computed away from the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.layer import AdjustmentContent, GroupContent, Layer
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.translation import translate
from prodedit.render.merging import flattened, merged, with_mask_applied
from prodedit.render.rasterise import rasterised


class Made(NamedTuple):
    edit: edits.Edit
    inputs: edits.Inputs


Work = Callable[[Document], Sequence[Made]]


class MergingCommands(QObject):
    """Works on the chosen layers of the current picture."""

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace

    def merge_down(self) -> None:
        """The chosen layers; of one alone, it and the one below, or what is in it."""
        session = self._workspace.current
        if session is not None and session.active_layer is not None:
            chosen = session.document.outermost(session.chosen)
            self._make(session, partial(_merged_down, chosen), self.tr("Merge"))

    def merge_visible(self) -> None:
        session = self._workspace.current
        if session is not None:
            self._make(session, _merged_visible, self.tr("Merge what shows"))

    def flatten(self) -> None:
        session = self._workspace.current
        if session is not None:
            name = translate("MainWindow", "Background")
            self._make(session, partial(_flattened, name), self.tr("Flatten"))

    def rasterise(self) -> None:
        """Text, shapes, fills, bent and turned layers: each its own pixels."""
        session = self._workspace.current
        if session is not None:
            chosen = session.document.outermost(session.chosen)
            self._make(session, partial(_rasterised, chosen), translate("Edit", "Rasterise"))

    def apply_mask(self) -> None:
        session = self._workspace.current
        if session is not None:
            text = translate("Edit", "Apply mask")
            self._make(session, partial(_mask_applied, session.chosen), text)

    def _make(self, session: EditSession, work: Work, text: str) -> None:
        document = session.document

        def put(made: Sequence[Made]) -> None:
            if session.document is document:
                _apply(session, made, text)
            else:
                again = QT_TRANSLATE_NOOP(
                    "Problem", "The picture was changed meanwhile. Please try again."
                )
                session.failed.emit(Problem(again, code="changed-meanwhile"))

        errand = self._workspace.run(lambda: work(document))
        errand.done.connect(put)
        errand.failed.connect(session.failed)


def _apply(session: EditSession, made: Sequence[Made], text: str) -> None:
    """One undo step; a layer that is new is chosen afterwards."""
    gesture = object()
    for edit, inputs in made:
        if not session.apply(edit, inputs, text=text, gesture=gesture):
            return
        if isinstance(edit, edits.MergeLayers):
            session.activate(edit.merged)


def _merged_down(chosen: tuple[str, ...], document: Document) -> list[Made]:
    layers = [layer for i in chosen if (layer := document.find(i))]
    if len(layers) == 1 and not isinstance(layers[0].content, GroupContent):
        layers = [_below(document, layers[0]), *layers]
    _check_shown(layers)
    levels = {document.place(layer.id)[0] for layer in layers}
    if len(levels) > 1:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "Only layers of the same group can be merged."),
            code="levels-differ",
        )
    ids = tuple(layer.id for layer in layers)
    return [Made(*merged(document, ids, document.new_id(), layers[0].name))]


def _below(document: Document, layer: Layer) -> Layer:
    parent, index = document.place(layer.id)
    if not index:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "There is no layer below “{name}” to merge it with."),
            code="nothing-below",
            name=layer.name,
        )
    return document.siblings(parent)[index - 1]


def _check_shown(layers: Sequence[Layer]) -> None:
    hidden = next((layer for layer in layers if not layer.visible), None)
    if hidden is not None:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "“{name}” is hidden. Show it, or choose other layers."),
            code="layer-hidden",
            name=hidden.name,
        )


def _merged_visible(document: Document) -> list[Made]:
    shown = [layer for layer in document.layers if layer.visible]
    if not shown:
        text = QT_TRANSLATE_NOOP("Problem", "These layers show nothing that could be merged.")
        raise Problem(text, code="nothing-shown")
    ids = tuple(layer.id for layer in shown)
    return [Made(*merged(document, ids, document.new_id(), shown[0].name))]


def _flattened(name: str, document: Document) -> list[Made]:
    return [Made(*flattened(document, document.new_id(), name))] if document.layers else []


def _rasterised(chosen: tuple[str, ...], document: Document) -> list[Made]:
    """Groups become one layer each; an adjustment has no pixels of its own."""
    found: list[Made] = []
    for layer_id in chosen:
        layer = document.find(layer_id)
        assert layer is not None
        if isinstance(layer.content, AdjustmentContent):
            text = QT_TRANSLATE_NOOP(
                "Problem", "“{name}” changes what lies below. Merge it with that instead."
            )
            raise Problem(text, code="no-pixels", name=layer.name)
        if isinstance(layer.content, GroupContent):
            made = Made(*merged(document, (layer_id,), document.new_id(), layer.name))
        else:
            made = Made(*rasterised(document, layer_id))
        document = edits.apply(document, *made)
        found.append(made)
    return found


def _mask_applied(chosen: tuple[str, ...], document: Document) -> list[Made]:
    """Of all chosen layers that have both; Problem where one has a mask on something else."""
    found: list[Made] = []
    for layer_id in chosen:
        layer = document.find(layer_id)
        if layer is None or layer.mask is None:
            continue
        if layer.tiles is None:
            text = QT_TRANSLATE_NOOP(
                "Problem", "“{name}” has no pixels that its mask could go into. Rasterise it first."
            )
            raise Problem(text, code="no-pixels", name=layer.name)
        made = Made(*with_mask_applied(document, layer_id))
        document = edits.apply(document, *made)
        found.append(made)
    return found
