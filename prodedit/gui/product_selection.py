# SPDX-License-Identifier: Apache-2.0
"""Selections that take time: what the engine finds of a layer, and where a layer shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.layer import Layer, Mask
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.selection import Mode
from prodedit.core.tiles import Tiles
from prodedit.editing.orders import Landing
from prodedit.editing.session import EditSession
from prodedit.engine.tasks import Task
from prodedit.gui.tools.wand import Run
from prodedit.render.compositor import Compositor
from prodedit.render.layers_here import alone


def ask_for_selection(session: EditSession, task: Task, layer: Layer, mode: Mode) -> None:
    """Select what `task` finds; see `ask_for_region`."""

    def take(chosen: Tiles | None) -> None:
        if chosen is not None and chosen.size == session.document.size:
            session.apply(edits.SetSelection(mode), {"selection": chosen})

    ask_for_region(session, task, layer, take)


def ask_for_region(
    session: EditSession, task: Task, layer: Layer, take_region: Callable[[Tiles | None], None]
) -> str:
    """The id of a job. `task`: one that gives a mask of `layer`, which it is shown without the mask
    it has; `take_region` gets that as coverage of the canvas, None where nothing was found."""
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
        take_region(chosen)

    return session.ask(task, bare, layer.id, take)


def select_shown(session: EditSession, run: Run, layer_id: str, mode: Mode) -> None:
    """Where a layer of any kind shows, found away from the window's thread."""
    edit = edits.SelectAlpha(layer_id, mode)
    errand = run(partial(_shown_alpha, alone(session.document, layer_id)))
    errand.done.connect(lambda alpha: session.apply(edit, {"alpha": alpha}))
    errand.failed.connect(session.failed)


def _shown_alpha(document: Document) -> Tiles:
    shown = Compositor().merged(document)
    return Tiles.from_array(np.ascontiguousarray(shown[..., 3]))


def no_pixels_here() -> Problem:
    text = QT_TRANSLATE_NOOP(
        "Problem", "There is no photo in this layer. Choose the product's layer first."
    )
    return Problem(text, code="no-pixels")
