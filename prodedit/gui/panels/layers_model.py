# SPDX-License-Identifier: Apache-2.0
"""The layer tree of a session as an item model: topmost first, as panels of layers are read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QGuiApplication

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.layer import GroupContent, Layer
from prodedit.editing.session import EditSession
from prodedit.gui.commands.several import copied_to, moved_to
from prodedit.gui.translation import translate

Index = QModelIndex | QPersistentModelIndex
MIME = "application/x-prodedit-layer-ids"


class LayerRole(IntEnum):
    LAYER = Qt.ItemDataRole.UserRole
    ID = Qt.ItemDataRole.UserRole + 1
    LOCKED_BY = Qt.ItemDataRole.UserRole + 2
    """The name of the innermost group round it that is locked, "" where none is."""


class _Node:
    """A place in the tree that Qt's indexes point to; made anew when the tree's shape changes."""

    __slots__ = ("children", "layer", "parent", "row")

    def __init__(self, layer: Layer | None, parent: _Node | None, row: int) -> None:
        self.layer = layer
        self.parent = parent
        self.row = row
        self.children: list[_Node] = []


class LayersModel(QAbstractItemModel):
    """Reads the session's document and turns what the view does into Edits."""

    reset_done = Signal()
    """Rows were made anew: expand and select again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session: EditSession | None = None
        self._root = _Node(None, None, 0)
        self._nodes: dict[str, _Node] = {}

    def set_session(self, session: EditSession | None) -> None:
        if self._session is not None:
            self._session.changed.disconnect(self._document_changed)
        self._session = session
        if session is not None:
            session.changed.connect(self._document_changed)
        self._rebuild()

    def index_of(self, layer_id: str) -> QModelIndex:
        node = self._nodes.get(layer_id)
        return QModelIndex() if node is None else self._index(node)

    def layer_at(self, index: Index) -> Layer | None:
        return self._node(index).layer

    @Slot(object, object, object)
    def _document_changed(self, before: Document, after: Document, _rects: object) -> None:
        if _shape(before.layers) != _shape(after.layers):
            self._rebuild()
            return
        for layer in after.walk():
            node = self._nodes[layer.id]
            if node.layer is not layer:
                old, node.layer = node.layer, layer
                self._tell(node)
                if old is not None and old.locks != layer.locks:
                    for child in layer.walk():  # their rows show it, too
                        self._tell(self._nodes[child.id])

    def _tell(self, node: _Node) -> None:
        index = self._index(node)
        self.dataChanged.emit(index, index)

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._root = _Node(None, None, 0)
        self._nodes = {}
        if self._session is not None:
            self._add(self._root, self._session.document.layers)
        self.endResetModel()
        self.reset_done.emit()

    def _add(self, parent: _Node, layers: tuple[Layer, ...]) -> None:
        for row, layer in enumerate(reversed(layers)):
            node = _Node(layer, parent, row)
            parent.children.append(node)
            self._nodes[layer.id] = node
            self._add(node, layer.children)

    def _node(self, index: Index) -> _Node:
        node = index.internalPointer() if index.isValid() else None
        return node if isinstance(node, _Node) else self._root

    def _index(self, node: _Node) -> QModelIndex:
        return self.createIndex(node.row, 0, node)

    # Qt's own names

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        children = self._node(parent).children
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self._index(children[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        node = self._node(index).parent
        return QModelIndex() if node is None or node is self._root else self._index(node)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._node(parent).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        layer = self._node(index).layer
        if layer is None:
            return None
        values: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: layer.name,
            Qt.ItemDataRole.EditRole: layer.name,
            Qt.ItemDataRole.ToolTipRole: self._tip(layer.name, _locked_by(self._node(index))),
            LayerRole.LAYER: layer,
            LayerRole.ID: layer.id,
            LayerRole.LOCKED_BY: _locked_by(self._node(index)),
        }
        return values.get(role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        layer = self._node(index).layer
        name = str(value).strip()
        if self._session is None or layer is None or role != Qt.ItemDataRole.EditRole or not name:
            return False
        return name == layer.name or self._session.apply(edits.RenameLayer(layer.id, name))

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        common = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable
        layer = self._node(index).layer
        drop = isinstance(layer.content, GroupContent) if layer is not None else False
        droppable = flag.ItemIsDropEnabled if drop else flag.NoItemFlags
        return common | flag.ItemIsDragEnabled | droppable

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        ids = [layer.id for layer in map(self.layer_at, indexes) if layer is not None]
        mime = QMimeData()
        mime.setData(MIME, json.dumps(ids).encode())
        return mime

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Always False: the layer is moved by an Edit, so the view must not remove the row."""
        if self._session is not None and data.hasFormat(MIME):
            alt = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.AltModifier
            self.drop(json.loads(bytes(data.data(MIME).data())), row, parent, copies=bool(alt))
        return False

    def drop(self, ids: Sequence[str], row: int, parent: Index, *, copies: bool) -> None:
        """Put layers, or copies of them, before `row` (counted from the top) of what is in
        `parent`; row -1: on it."""
        if self._session is None:
            return
        target = self._node(parent)
        if row < 0:  # on a group: on top in it; on the empty place below the rows: lowest
            row = 0 if target.layer is not None else len(target.children)
        group = None if target.layer is None else target.layer.id
        place = group, len(target.children) - row
        document, names = self._session.document, self._copy_names(ids)
        edit = copied_to(document, names, *place) if copies else moved_to(document, ids, *place)
        if edit is not None:
            text = translate("Edit", "Duplicate layer") if copies else ""
            self._session.apply(edit, text=text)

    def _tip(self, name: str, group: str) -> str:
        if not group:
            return name
        return self.tr("{name}\nLocked with the group “{group}”").format(name=name, group=group)

    def _copy_names(self, ids: Sequence[str]) -> dict[str, str]:
        known = (node.layer for i in ids if (node := self._nodes.get(i)))
        name = translate("LayerCommands", "{name} copy")
        return {layer.id: name.format(name=layer.name) for layer in known if layer is not None}


def _locked_by(node: _Node) -> str:
    above = node.parent
    while above is not None and above.layer is not None:
        if any(above.layer.locks):
            return above.layer.name
        above = above.parent
    return ""


def _shape(layers: tuple[Layer, ...]) -> list[object]:
    """Ids and nesting: what rows there are."""
    return [(layer.id, _shape(layer.children)) for layer in layers]
