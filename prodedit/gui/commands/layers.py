# SPDX-License-Identifier: Apache-2.0
"""The Layer menu: what is done to the chosen layers as a whole."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from prodedit.core import edits
from prodedit.core.layer import GroupContent, Layer
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.commands.several import Make, each, moved, together


class LayerCommands(QObject):
    """Works on the chosen layers of the current picture."""

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace

    def duplicate(self) -> None:
        """All of the layers, or what is selected of them."""
        session = self._workspace.current
        if session is None:
            return
        document = session.document
        layers = [layer for i in document.outermost(session.chosen) if (layer := document.find(i))]
        copies = dict(zip(document.new_ids(len(layers)), layers, strict=True))
        selected = document.selection is not None
        edit = together(e for i, of in copies.items() for e in self._copies(of, i, selected))
        if edit is not None and session.apply(edit):
            session.choose(copies, next(reversed(copies)))

    def _copies(self, layer: Layer, new_id: str, selected: bool) -> tuple[edits.Edit, ...]:
        """What has no pixels gets a mask for what is selected."""
        name = self.tr("{name} copy").format(name=layer.name)
        if selected and layer.tiles is not None and layer.warp is None:
            return (edits.CopySelected(layer.id, new_id, name),)
        copy = edits.DuplicateLayer(layer.id, new_id, name)
        return (copy, edits.MaskFromSelection(new_id)) if selected else (copy,)

    def delete(self) -> None:
        session = self._workspace.current
        if session is not None:
            self._apply(each(session.document.outermost(session.chosen), edits.RemoveLayer))

    def group(self) -> None:
        session = self._workspace.current
        if session is not None and session.active_layer is not None:
            new_id = session.document.new_id()
            if session.apply(edits.AddGroup(new_id, self.tr("Group"), session.chosen)):
                session.activate(new_id)

    def ungroup(self) -> None:
        """What was in the groups is chosen afterwards."""
        session = self._workspace.current
        if session is None:
            return
        groups = [layer for layer in self._layers(session) if _is_group(layer)]
        inner = [child.id for group in groups for child in group.children]
        edit = each((group.id for group in groups), edits.Ungroup)
        if edit is not None and session.apply(edit) and inner:
            session.choose(inner, inner[-1])

    def isolate_group(self) -> None:
        """Groups on their own, or passing through; all as the active one was not."""
        session = self._workspace.current
        layer = None if session is None else session.active_layer
        if session is None or layer is None or not isinstance(layer.content, GroupContent):
            return
        isolated = not layer.content.isolated
        groups = (of.id for of in self._layers(session) if _is_group(of))
        self._apply(each(groups, lambda i: edits.SetIsolated(i, isolated)))

    def clip(self) -> None:
        session = self._workspace.current
        layer = None if session is None else session.active_layer
        if layer is not None:
            clip = not layer.clip
            self._each(lambda i: edits.SetClip(i, clip))

    def blend_mode(self) -> None:
        """The entry carries a submenu; there is nothing to do of its own."""

    def show_layer(self) -> None:
        session = self._workspace.current
        layer = None if session is None else session.active_layer
        if layer is not None:
            visible = not layer.visible
            self._each(lambda i: edits.SetVisible(i, visible))

    def lock_pixels(self) -> None:
        self._lock("pixels")

    def lock_position(self) -> None:
        self._lock("position")

    def lock_alpha(self) -> None:
        self._lock("alpha")

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

    def _lock(self, part: str) -> None:
        session = self._workspace.current
        layer = None if session is None else session.active_layer
        if layer is not None:
            locked = not getattr(layer.locks, part)
            self._each(lambda i: edits.SetLock(i, part, locked))  # type: ignore[arg-type]

    def _choose(self, steps: int) -> None:
        """Through all layers in the order in which the panel lists them, without wrapping round."""
        session = self._workspace.current
        if session is None or session.active_layer is None:
            return
        ids = session.document.rows()
        place = ids.index(session.active_id) + steps
        if 0 <= place < len(ids):
            session.activate(ids[place])

    def _move(self, steps: int) -> None:
        session = self._workspace.current
        if session is not None:
            self._apply(moved(session.document, session.chosen, steps))

    def _layers(self, session: EditSession) -> list[Layer]:
        return [layer for i in session.chosen if (layer := session.document.find(i))]

    def _each(self, make: Make) -> None:
        session = self._workspace.current
        if session is not None:
            self._apply(each(session.chosen, make))

    def _apply(self, edit: edits.Edit | None) -> None:
        session = self._workspace.current
        if session is not None and edit is not None:
            session.apply(edit)


def _is_group(layer: Layer) -> bool:
    return isinstance(layer.content, GroupContent)
