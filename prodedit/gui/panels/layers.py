# SPDX-License-Identifier: Apache-2.0
"""The Layers panel: the tree, and the opacity and blend mode of the chosen layer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from prodedit.core import edits
from prodedit.core.blend import BLEND_MODES
from prodedit.core.layer import UNLOCKED, Layer
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.actions import Actions, tooltip
from prodedit.gui.icons import ICON_SIZE, TARGET_SIZE, set_icon
from prodedit.gui.panels.layer_row import LayerRow
from prodedit.gui.panels.layers_model import LayersModel
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.theme import Palette
from prodedit.gui.translation import translate

BUTTONS = (("group", "folder-plus"), ("duplicate", "copy"), ("raise_layer", "arrow-up"),
           ("lower_layer", "arrow-down"), ("delete", "trash"))  # fmt: skip


class LayersPanel(QWidget):
    def __init__(
        self,
        workspace: Workspace,
        actions: Actions,
        palette: Palette,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._actions = actions
        self._session: EditSession | None = None
        self._gesture: object = None
        self._swept: bool | None = None
        self.model = LayersModel(self)
        title = QLabel(self.tr("Layers"), self)
        title.setProperty("role", "heading")
        above = self._button_row(palette)  # first, because Tab goes in the order of making
        above.insertWidget(0, title)
        self._blend = self._blend_box()
        self._opacity = SliderRow(self.tr("Opacity"), 0, 100, 100, " %", self)
        self._opacity.hide_name()
        self._opacity.changed.connect(self._opacity_moved)
        self._opacity.finished.connect(self._opacity_rested)
        self.tree = self._tree()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 8, 8)
        column.setSpacing(8)
        column.addLayout(above)
        values = QHBoxLayout()
        values.setSpacing(8)
        values.addWidget(self._blend, 2)
        values.addWidget(self._opacity, 3)
        column.addLayout(values)
        column.addWidget(self.tree, 1)
        self._empty = QLabel(self.tr("The layers of the open picture are listed here."), self.tree)
        self._empty.setProperty("role", "secondary")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = QVBoxLayout(self.tree)
        inside.addWidget(self._empty)
        self.model.reset_done.connect(self._show_active)

    def set_session(self, session: EditSession | None) -> None:
        if self._session is not None:
            self._session.active_changed.disconnect(self._show_active)
            self._session.changed.disconnect(self._show_values)
        self._session = session
        self.model.set_session(session)
        if session is not None:
            session.active_changed.connect(self._show_active)
            session.changed.connect(self._show_values)
        self.setEnabled(session is not None)
        self._empty.setVisible(session is None)
        self._show_active()

    def _tree(self) -> QTreeView:
        tree = QTreeView(self)
        tree.setModel(self.model)
        self._row = LayerRow(tree)
        tree.setItemDelegate(self._row)
        tree.setHeaderHidden(True)
        tree.setIndentation(16)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        tree.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        tree.setAccessibleName(self.tr("Layers"))
        tree.setMinimumHeight(90)
        tree.viewport().installEventFilter(self)
        tree.installEventFilter(self)
        tree.selectionModel().currentChanged.connect(self._chosen)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._menu)
        return tree

    def _blend_box(self) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(self.tr("Blend mode"))
        box.setToolTip(self.tr("How this layer mixes with those below"))
        group = None
        for mode in BLEND_MODES.values():
            if group is not None and mode.group != group:
                box.insertSeparator(box.count())
            group = mode.group
            box.addItem(translate("BlendMode", mode.title), mode.id)
        box.setMaxVisibleItems(40)
        box.setMinimumContentsLength(7)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.activated.connect(self._blend_chosen)
        return box

    def _button_row(self, palette: Palette) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addStretch(1)
        for action_id, icon in BUTTONS:
            action = self._actions[action_id]
            set_icon(action, icon, palette)
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setFixedSize(TARGET_SIZE)
            button.setIconSize(ICON_SIZE)
            button.setAccessibleName(tooltip(action.text(), ()))
            row.addWidget(button)
        return row

    # What the session has -> what is shown

    @Slot()
    def _show_active(self, *_ignored: object) -> None:
        self.tree.expandAll()
        if self._session is not None:
            selection = self.tree.selectionModel()
            blocked = selection.blockSignals(True)
            self.tree.setCurrentIndex(self.model.index_of(self._session.active_id))
            selection.blockSignals(blocked)
            self.tree.viewport().update()
        self._show_values()

    def _show_values(self, *_ignored: object) -> None:
        layer = None if self._session is None else self._session.active_layer
        self._opacity.setEnabled(layer is not None)
        self._blend.setEnabled(layer is not None)
        if layer is not None:
            self._opacity.set_value(round(layer.opacity * 100))
            self._blend.setCurrentIndex(self._blend.findData(layer.blend))

    # What the person does -> Edits

    @Slot(QModelIndex, QModelIndex)
    def _chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        layer = self.model.layer_at(current)
        if self._session is not None and layer is not None:
            self._session.activate(layer.id)

    def _opacity_moved(self, percent: int) -> None:
        if self._session is not None:
            self._gesture = self._gesture or object()
            edit = edits.SetOpacity(self._session.active_id, percent / 100)
            self._session.apply(edit, gesture=self._gesture)

    def _opacity_rested(self, _percent: int) -> None:
        self._gesture = None

    def _blend_chosen(self) -> None:
        if self._session is not None:
            blend = self._blend.currentData()
            self._session.apply(edits.SetBlendMode(self._session.active_id, blend))

    def _menu(self, place: QPoint) -> None:
        layer = self.model.layer_at(self.tree.indexAt(place))
        if layer is None:
            return
        menu = QMenu(self)
        for action_id in ("duplicate", "group", "ungroup", "delete"):
            menu.addAction(self._actions[action_id])
        menu.addAction(translate("Edit", "Show or hide layer"), partial(self._flip, layer))
        menu.addAction(translate("Edit", "Lock layer"), partial(self._toggle_lock, layer))
        menu.addSeparator()
        for action_id in ("toggle_mask", "invert_mask", "export_mask", "remove_mask"):
            menu.addAction(self._actions[action_id])
        menu.exec(self.tree.viewport().mapToGlobal(place))

    def _pressed(self, event: QMouseEvent) -> bool:
        """A press on the eye or the lock; the rest is the tree's."""
        index = self.tree.indexAt(event.position().toPoint())
        layer = self.model.layer_at(index)
        if layer is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        part = self._row.part_at(self.tree.visualRect(index), layer, event.position().toPoint())
        if part == "eye":
            self._swept = not layer.visible
            self._gesture = object()
            self._show_layer(layer, self._swept)
            return True
        if part == "lock":
            self._toggle_lock(layer)
            return True
        return False

    def _swept_over(self, event: QMouseEvent) -> bool:
        """Dragging over eyes gives all of them the state of the first."""
        if self._swept is None:
            return False
        layer = self.model.layer_at(self.tree.indexAt(event.position().toPoint()))
        if layer is not None:
            self._show_layer(layer, self._swept)
        return True

    def _show_layer(self, layer: Layer, visible: bool) -> None:
        if self._session is not None and layer.visible != visible:
            self._session.apply(edits.SetVisible(layer.id, visible), gesture=self._gesture)

    def _eye_by_key(self, event: QKeyEvent) -> bool:
        """Space shows or hides the chosen layer, as a click on its eye does."""
        pressed = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space
        layer = self.model.layer_at(self.tree.currentIndex()) if pressed else None
        if layer is not None and not event.isAutoRepeat():
            self._flip(layer)
        return layer is not None

    def _flip(self, layer: Layer) -> None:
        self._gesture = object()
        self._show_layer(layer, not layer.visible)
        self._gesture = None

    def _toggle_lock(self, layer: Layer) -> None:
        """The row's lock is for everything; one press more unlocks."""
        if self._session is None:
            return
        locked, gesture = layer.locks == UNLOCKED, object()
        for part in ("pixels", "position", "alpha"):
            self._session.apply(edits.SetLock(layer.id, part, locked), gesture=gesture)

    # Qt's own names

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self._eye_by_key(event):
            return True
        if isinstance(event, QMouseEvent):
            kind = event.type()
            if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
                if self._pressed(event):
                    return True
            elif kind == QEvent.Type.MouseMove and self._swept_over(event):
                return True
            elif kind == QEvent.Type.MouseButtonRelease and self._swept is not None:
                self._swept = self._gesture = None
                return True
        return super().eventFilter(watched, event)
