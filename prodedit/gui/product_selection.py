# SPDX-License-Identifier: Apache-2.0
"""Selections that the engine finds: its answer is selected, the layer stays as it is."""

from __future__ import annotations

from dataclasses import replace

from prodedit.core import edits
from prodedit.core.layer import Layer, Mask
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.selection import Mode
from prodedit.editing.session import EditSession, Landing
from prodedit.engine.tasks import Task


def ask_for_selection(session: EditSession, task: Task, layer: Layer, mode: Mode) -> None:
    """`task`: one that gives a mask of `layer`, which it is shown without the mask it has."""
    bare = session.document.replace_layer(layer.id, lambda old: replace(old, mask=None))

    def take(landing: Landing) -> None:
        found = replace(layer, mask=Mask(landing.inputs["alpha"]))
        lent = bare.replace_layer(layer.id, lambda old: found)
        try:
            chosen = edits.apply(
                replace(lent, selection=None), edits.SelectionFromMask(layer.id)
            ).selection
        except Problem as problem:
            session.failed.emit(problem)
            return
        if chosen is not None and chosen.size == session.document.size:
            session.apply(edits.SetSelection(mode), {"selection": chosen})

    session.ask(task, bare, layer.id, take)


def no_pixels_here() -> Problem:
    text = QT_TRANSLATE_NOOP(
        "Problem", "There is no photo in this layer. Choose the product's layer first."
    )
    return Problem(text, code="no-pixels")
