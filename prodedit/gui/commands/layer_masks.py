# SPDX-License-Identifier: Apache-2.0
"""Masks of the chosen layers: made, linked, switched off, removed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.edits.layers import existing, unlocked
from prodedit.core.edits.selection import no_pixels
from prodedit.core.layer import Mask
from prodedit.core.pixels import opaque_and_alpha, straight_rgba
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.commands.several import each


class LayerMaskCommands(QObject):
    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace

    def mask_show_all(self) -> None:
        self._bare(lambda i: edits.AddMask(i, shows=True))

    def mask_hide_all(self) -> None:
        self._bare(lambda i: edits.AddMask(i, shows=False))

    def add_mask(self) -> None:
        """Of what is selected, or of everything."""
        session = self._workspace.current
        if session is not None and session.document.selection is not None:
            self.mask_selected()
        else:
            self.mask_show_all()

    def mask_selected(self) -> None:
        session = self._workspace.current
        if session is not None:
            self._apply(session, each(session.chosen, edits.MaskFromSelection))

    def mask_from_transparency(self) -> None:
        """The pixels whole again, and what was transparent in a mask that can be changed."""
        session = self._workspace.current
        if session is None or session.active_layer is None:
            return
        document, layer_id = session.document, session.active_id

        def put(made: tuple[Tiles, Tiles]) -> None:
            if session.document is document:
                gesture, text = object(), self.tr("Mask from transparency")
                session.apply(edits.SetPixels(layer_id), {"pixels": made[0]}, gesture=gesture)
                inputs = {"alpha": made[1]}
                session.apply(edits.SetMask(layer_id), inputs, text=text, gesture=gesture)

        errand = self._workspace.run(lambda: _split(document, layer_id))
        errand.done.connect(put)
        errand.failed.connect(session.failed)

    def link_mask(self) -> None:
        self._masked(lambda mask: not mask.linked, edits.LinkMask)

    def layer_mask_on(self) -> None:
        self._masked(lambda mask: not mask.enabled, edits.EnableMask)

    def layer_mask_remove(self) -> None:
        session = self._workspace.current
        if session is not None:
            self._apply(session, each(_with_mask(session), edits.RemoveMask))

    def _masked(
        self, wanted: Callable[[Mask], bool], make: Callable[[str, bool], edits.Edit]
    ) -> None:
        """All as the active layer is not; as the lowest is not where that one has no mask."""
        session = self._workspace.current
        ids = () if session is None else _with_mask(session)
        if session is None or not ids:
            return
        first = session.active_id if session.active_id in ids else ids[0]
        mask = existing(session.document, first).mask
        assert mask is not None  # as _with_mask says
        value = wanted(mask)
        self._apply(session, each(ids, lambda i: make(i, value)))

    def _bare(self, make: Callable[[str], edits.Edit]) -> None:
        """The chosen layers without a mask; where all have one, it is told."""
        session = self._workspace.current
        if session is not None:
            bare = [i for i in session.chosen if i not in _with_mask(session)]
            self._apply(session, each(bare or session.chosen, make))

    def _apply(self, session: EditSession, edit: edits.Edit | None) -> None:
        if edit is not None:
            session.apply(edit)


def _with_mask(session: EditSession) -> tuple[str, ...]:
    return tuple(i for i in session.chosen if existing(session.document, i).mask is not None)


def _split(document: Document, layer_id: str) -> tuple[Tiles, Tiles]:
    """(opaque pixels, alpha) of a layer. Raises Problem."""
    layer = unlocked(document, layer_id, "pixels")
    if layer.tiles is None:
        raise no_pixels(layer)
    if layer.mask is not None:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "“{name}” has a mask already. Remove that one first."),
            code="has-mask",
            name=layer.name,
        )
    colour, alpha = opaque_and_alpha(straight_rgba(np.ascontiguousarray(layer.tiles.to_array())))
    return colour, alpha
