# SPDX-License-Identifier: Apache-2.0
"""The tree of layers: what a click, a drag and a key mean in each part of a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from prodedit.core import edits
from prodedit.core.layer import UNLOCKED, Layer
from prodedit.core.selection import Mode
from prodedit.editing.session import EditSession
from prodedit.gui.commands.several import each
from prodedit.gui.opacity_keys import OpacityKeys
from prodedit.gui.panels.layer_row import LayerRow, Part
from prodedit.gui.panels.layers_model import LayersModel

_LEFT = Qt.MouseButton.LeftButton
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_CLEAR = QItemSelectionModel.SelectionFlag.ClearAndSelect


class LayerTree(QTreeView):
    pixels_wanted = Signal(str, object)
    """(a layer's id, a selection's Mode)"""
    opened = Signal(str)
    """The picture of a layer was double-clicked."""

    def __init__(self, model: LayersModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._session: EditSession | None = None
        self._model = model
        self._keys = OpacityKeys()
        self._gesture: object = None
        self._swept: bool | None = None
        self._following = False
        self.row = LayerRow(self)
        self.setModel(model)
        self.setItemDelegate(self.row)
        self.setHeaderHidden(True)
        self.setIndentation(16)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setAccessibleName(self.tr("Layers"))
        self.setMinimumHeight(90)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setExpandsOnDoubleClick(False)
        model.reset_done.connect(self._begin_anew)

    def set_session(self, session: EditSession | None) -> None:
        if self._session is not None:
            self._session.active_changed.disconnect(self.follow)
            self._session.chosen_changed.disconnect(self.follow)
        self._session = session
        if session is not None:
            session.active_changed.connect(self.follow)
            session.chosen_changed.connect(self.follow)
        self.follow()

    @Slot()
    def follow(self, *_ignored: object) -> None:
        """Mark the rows of what is chosen in the session."""
        if self._session is None:
            return
        wanted = QItemSelection()
        for layer_id in self._session.chosen:
            index = self._model.index_of(layer_id)
            if index.isValid():
                wanted.select(index, index)
        self._following = True
        active = self._model.index_of(self._session.active_id)
        self.selectionModel().setCurrentIndex(active, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(wanted, _CLEAR)
        self._following = False
        self.viewport().update()

    @Slot()
    def _begin_anew(self) -> None:
        self.expandAll()
        self.follow()

    def _choose(self) -> None:
        """What a person has marked; where that is nothing, what was marked before."""
        if self._session is None or self._following:
            return
        chosen = [layer.id for i in self.selectedIndexes() if (layer := self._model.layer_at(i))]
        current = self._model.layer_at(self.currentIndex())
        if current is not None and current.id in chosen:
            self._session.choose(chosen, current.id)
        elif chosen:
            self._session.choose(chosen, chosen[-1])
        else:
            self.follow()

    # What is pressed in a row

    def _begin_sweep(self, layer: Layer, event: QMouseEvent) -> bool:
        """Dragging over eyes gives all of them the state of the first."""
        self._swept, self._gesture = not layer.visible, object()
        self._show(layer, self._swept)
        return True

    def _toggle_lock(self, layer: Layer, event: QMouseEvent) -> bool:
        """The row's lock is for everything; one press more unlocks."""
        locked = layer.locks == UNLOCKED
        parts = ("pixels", "position", "alpha")
        self._apply(each(parts, lambda part: edits.SetLock(layer.id, part, locked)))  # type: ignore[arg-type]
        return True

    def _toggle_link(self, layer: Layer, event: QMouseEvent) -> bool:
        if layer.mask is not None:
            self._apply(edits.LinkMask(layer.id, not layer.mask.linked))
        return True

    def _press_picture(self, layer: Layer, event: QMouseEvent) -> bool:
        if not event.modifiers() & _CONTROL:
            return False
        self.pixels_wanted.emit(layer.id, _mode(event))
        return True

    def _press_mask(self, layer: Layer, event: QMouseEvent) -> bool:
        """Ctrl selects what it shows, Shift switches it off or on."""
        if event.modifiers() & _CONTROL:
            self._apply(edits.SelectionFromMask(layer.id, _mode(event)))
        elif event.modifiers() & _SHIFT and layer.mask is not None:
            self._apply(edits.EnableMask(layer.id, not layer.mask.enabled))
        else:
            return False
        return True

    def _pressed(self, event: QMouseEvent) -> bool:
        found = self._part(event)
        if found is None or event.button() != _LEFT:
            return False
        layer, part = found
        press = _PRESSES.get(part)
        return press is not None and press(self, layer, event)

    def _part(self, event: QMouseEvent) -> tuple[Layer, Part] | None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        layer = self._model.layer_at(index)
        if layer is None:
            return None
        return layer, self.row.part_at(self.visualRect(index), layer, place)

    def _show(self, layer: Layer, visible: bool) -> None:
        if self._session is not None and layer.visible != visible:
            self._session.apply(edits.SetVisible(layer.id, visible), gesture=self._gesture)

    def _flip_chosen(self) -> None:
        """Space does to all chosen layers what a click on the eye does to one."""
        layer = None if self._session is None else self._session.active_layer
        if self._session is not None and layer is not None:
            visible = not layer.visible
            self._apply(each(self._session.chosen, lambda i: edits.SetVisible(i, visible)))

    def _apply(self, edit: edits.Edit | None) -> None:
        if self._session is not None and edit is not None:
            self._session.apply(edit)

    # Qt's own names

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._choose()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._pressed(event):
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On the name it is renamed, on its picture its settings open; elsewhere it is a second
        press."""
        found = self._part(event)
        if self._pressed(event) or found is None:
            return
        if found[1] == "name":
            super().mouseDoubleClickEvent(event)
        else:
            self.opened.emit(found[0].id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._swept is None:
            super().mouseMoveEvent(event)
        elif found := self._part(event):
            self._show(found[0], self._swept)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._swept is None:
            super().mouseReleaseEvent(event)
        self._swept = self._gesture = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._flip_chosen()
        elif self._session is None or not self._keys.pressed(self._session, event):
            super().keyPressEvent(event)


def _mode(event: QMouseEvent) -> Mode:
    """As with the tools that select: Shift adds, Alt takes away, both leave what is in both."""
    keys = event.modifiers()
    adds, takes = bool(keys & _SHIFT), bool(keys & _ALT)
    modes: dict[tuple[bool, bool], Mode] = {
        (True, False): "add", (False, True): "subtract", (True, True): "intersect",
    }  # fmt: skip
    return modes.get((adds, takes), "replace")


_PRESSES: Mapping[Part, Callable[[LayerTree, Layer, QMouseEvent], bool]] = MappingProxyType(
    {
        "eye": LayerTree._begin_sweep,
        "lock": LayerTree._toggle_lock,
        "link": LayerTree._toggle_link,
        "thumbnail": LayerTree._press_picture,
        "mask": LayerTree._press_mask,
    }
)
