# SPDX-License-Identifier: Apache-2.0
"""The Layers panel: the tree, opacity, blend mode and locks of the chosen layers, new ones."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from prodedit.core import edits
from prodedit.core.adjust.values import Adjustment
from prodedit.core.blend import BLEND_MODES
from prodedit.core.layer import AdjustmentContent, TextContent
from prodedit.core.selection import Mode
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.actions import Actions, key_text
from prodedit.gui.blend_menu import keys_of
from prodedit.gui.commands.new_layers import NewLayerCommands
from prodedit.gui.commands.several import each
from prodedit.gui.panels.layer_bar import LayerBar, LockButtons
from prodedit.gui.panels.layer_tree import LayerTree
from prodedit.gui.panels.layers_model import LayersModel
from prodedit.gui.product_selection import select_shown
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.theme import Palette
from prodedit.gui.translation import translate

CONTEXT_MENU = (
    ("duplicate", "delete", "show_layer"),
    ("group", "ungroup", "isolate_group", "clip"),
    ("mask_show_all", "mask_selected", "link_mask", "layer_mask_on", "apply_mask",
     "layer_mask_remove", "invert_mask", "export_mask"),
    ("copy_effects", "paste_effects", "clear_effects"),
    ("merge_down", "rasterise"),
)  # fmt: skip
"""Actions by group; what can't be done now is left out."""


class LayersPanel(QWidget):
    settings_wanted = Signal(str)
    """What can be set of the active layer is to be shown: the panel's id."""
    text_wanted = Signal(str)
    """That layer's text is to be changed on the canvas."""

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
        self._workspace = workspace
        self._actions = actions
        self._session: EditSession | None = None
        self._gesture: object = None
        self._new = NewLayerCommands(workspace, self)
        self.model = LayersModel(self)
        self.setAccessibleName(self.tr("Layers"))
        self.locks = LockButtons(actions, palette, self)
        self.bar = LayerBar(actions, self._add_adjustment, palette, self)
        self._blend = self._blend_box()
        self._opacity = SliderRow(self.tr("Opacity"), 0, 100, 100, " %", self)
        self._opacity.hide_name()
        self._opacity.changed.connect(self._opacity_moved)
        self._opacity.finished.connect(self._opacity_rested)
        self.tree = LayerTree(self.model, self)
        self.tree.customContextMenuRequested.connect(self._menu)
        self.tree.pixels_wanted.connect(self._select_pixels)
        self.tree.opened.connect(self._open)
        self._empty = QLabel(self.tr("The layers of the open picture are listed here."), self.tree)
        self._lay_out()

    def set_session(self, session: EditSession | None) -> None:
        if self._session is not None:
            self._session.active_changed.disconnect(self._show_values)
            self._session.changed.disconnect(self._show_values)
        self._session = session
        self.model.set_session(session)
        self.tree.set_session(session)
        if session is not None:
            session.active_changed.connect(self._show_values)
            session.changed.connect(self._show_values)
        self.setEnabled(session is not None)
        self._empty.setVisible(session is None)
        self._show_values()

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self.locks)
        above.addStretch(1)
        above.addWidget(self.bar)
        values = QHBoxLayout()
        values.setSpacing(8)
        values.addWidget(self._blend, 2)
        values.addWidget(self._opacity, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 8, 8)
        column.setSpacing(4)
        column.addLayout(above)
        column.addLayout(values)
        column.addWidget(self.tree, 1)
        self._empty.setProperty("role", "secondary")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = QVBoxLayout(self.tree)
        inside.addWidget(self._empty)

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
            box.setItemData(
                box.count() - 1, key_text(keys_of(mode.id)), Qt.ItemDataRole.ToolTipRole
            )
        box.setMaxVisibleItems(40)
        box.setMinimumContentsLength(7)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.activated.connect(self._blend_chosen)
        return box

    @Slot()
    def _show_values(self, *_ignored: object) -> None:
        layer = None if self._session is None else self._session.active_layer
        self._opacity.setEnabled(layer is not None)
        self._blend.setEnabled(layer is not None)
        self.locks.show_layer(layer)
        if layer is not None:
            self._opacity.set_value(round(layer.opacity * 100))
            self._blend.setCurrentIndex(self._blend.findData(layer.blend))

    # What the person does -> Edits

    def _opacity_moved(self, percent: int) -> None:
        if self._session is not None:
            self._gesture = self._gesture or object()
            edit = each(self._session.chosen, lambda i: edits.SetOpacity(i, percent / 100))
            if edit is not None:
                self._session.apply(edit, gesture=self._gesture)

    def _opacity_rested(self, _percent: int) -> None:
        self._gesture = None

    def _blend_chosen(self) -> None:
        blend = self._blend.currentData()
        if self._session is not None:
            edit = each(self._session.chosen, lambda i: edits.SetBlendMode(i, blend))
            if edit is not None:
                self._session.apply(edit)

    @Slot(str, object)
    def _select_pixels(self, layer_id: str, mode: Mode) -> None:
        if self._session is not None:
            select_shown(self._session, self._workspace.run, layer_id, mode)

    def _add_adjustment(self, name: str, adjustment: Adjustment) -> None:
        self._new.add_adjustment(name, adjustment)
        self.settings_wanted.emit("adjust")

    @Slot(str)
    def _open(self, layer_id: str) -> None:
        layer = None if self._session is None else self._session.document.find(layer_id)
        if self._session is not None and layer is not None:
            self._session.activate(layer_id)
            adjusts = isinstance(layer.content, AdjustmentContent)
            self.settings_wanted.emit("adjust" if adjusts else "properties")
            if isinstance(layer.content, TextContent):
                self.text_wanted.emit(layer_id)

    def _menu(self, place: QPoint) -> None:
        layer = self.model.layer_at(self.tree.indexAt(place))
        if layer is None:
            return
        menu = QMenu(self)
        for group in CONTEXT_MENU:
            menu.addSeparator()
            for action_id in group:
                if self._actions[action_id].isEnabled():
                    menu.addAction(self._actions[action_id])
        select = partial(self._select_pixels, layer.id, "replace")
        menu.addAction(self.tr("Select what shows of it"), select)
        menu.exec(self.tree.viewport().mapToGlobal(place))
        menu.deleteLater()
