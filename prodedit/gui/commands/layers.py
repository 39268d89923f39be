# SPDX-License-Identifier: Apache-2.0
"""The Layer menu."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from prodedit.core import edits
from prodedit.core.layer import GroupContent, Layer
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace


class LayerCommands(QObject):
    """Works on the active layer of the current picture."""

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace

    def duplicate(self) -> None:
        session = self._workspace.current
        layer = None if session is None else session.active_layer
        if session is None or layer is None:
            return
        new_id = session.document.new_id()
        name = self.tr("{name} copy").format(name=layer.name)
        if self._copied(session, layer, new_id, name):
            session.activate(new_id)

    def _copied(self, session: EditSession, layer: Layer, new_id: str, name: str) -> bool:
        """All of the layer, or what is selected of it; what has no pixels gets a mask for that."""
        if session.document.selection is None:
            return session.apply(edits.DuplicateLayer(layer.id, new_id, name))
        if layer.tiles is not None and layer.warp is None:
            return session.apply(edits.CopySelected(layer.id, new_id, name))
        gesture = object()
        copied = session.apply(edits.DuplicateLayer(layer.id, new_id, name), gesture=gesture)
        return copied and session.apply(edits.MaskFromSelection(new_id), gesture=gesture)

    def delete(self) -> None:
        session = self._workspace.current
        if session is not None and session.active_layer is not None:
            session.apply(edits.RemoveLayer(session.active_id))

    def group(self) -> None:
        session = self._workspace.current
        if session is not None and session.active_layer is not None:
            new_id = session.document.new_id()
            chosen = (session.active_id,)
            if session.apply(edits.AddGroup(new_id, self.tr("Group"), chosen)):
                session.activate(new_id)

    def ungroup(self) -> None:
        session = self._workspace.current
        layer = None if session is None else session.active_layer
        if session is not None and layer is not None and isinstance(layer.content, GroupContent):
            session.apply(edits.Ungroup(layer.id))

    def raise_layer(self) -> None:
        self._move(1)

    def lower_layer(self) -> None:
        self._move(-1)

    def raise_to_top(self) -> None:
        self._move(1 << 20)

    def lower_to_bottom(self) -> None:
        self._move(-(1 << 20))

    def layer_above(self) -> None:
        self._choose(1)

    def layer_below(self) -> None:
        self._choose(-1)

    def lock_alpha(self) -> None:
        session = self._workspace.current
        layer = None if session is None else session.active_layer
        if session is not None and layer is not None:
            session.apply(edits.SetLock(layer.id, "alpha", not layer.locks.alpha))

    def _choose(self, steps: int) -> None:
        """Through all layers in the order in which the panel lists them, without wrapping round."""
        session = self._workspace.current
        if session is None or session.active_layer is None:
            return
        ids = [layer.id for layer in session.document.walk()]
        place = ids.index(session.active_id) + steps
        if 0 <= place < len(ids):
            session.activate(ids[place])

    def _move(self, steps: int) -> None:
        session = self._workspace.current
        if session is None or session.active_layer is None:
            return
        parent, index = session.document.place(session.active_id)
        last = len(session.document.siblings(parent)) - 1
        target = max(0, min(index + steps, last))
        if target != index:
            session.apply(edits.MoveLayer(session.active_id, parent, target))
