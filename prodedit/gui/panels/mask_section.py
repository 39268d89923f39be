# SPDX-License-Identifier: Apache-2.0
"""Corrections of the cut-out: brush, clicks, the edge as a whole, ways of looking at it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from prodedit.core import edits
from prodedit.gui.actions import Actions, tooltip
from prodedit.gui.document_view import DocumentView
from prodedit.gui.mask_view import MaskView
from prodedit.gui.panels.section import Choices, Section, reveal
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.tools import ClickSelect, MaskBrush
from prodedit.gui.translation import translate

SIZE_MAX = 500
EDGE_MAX = 50
_BRUSHES = ("restore", "erase")
_BESIDE = ("toggle_mask", "import_mask", "export_mask")
"""Actions that have a button here, too."""


class MaskSection(Section):
    tool_wanted = Signal(str)
    """A tool's id."""

    def __init__(self, actions: Actions | None, parent: QWidget | None = None) -> None:
        """actions: of the window whose pictures are corrected; without them those buttons are left
        out that begin one."""
        super().__init__(translate("MaskSection", "Correct"), parent)
        self._actions = actions
        self._view: DocumentView | None = None
        self.add_beside_title(self._looks())  # first, because Tab goes in the order of making
        self.choices = Choices(
            {
                "restore": self.tr("Restore"),
                "erase": self.tr("Erase"),
                "click": self.tr("Click on it"),
            },
            3,
            self.tr("Correct"),
            self,
        )
        self.choices.chosen.connect(self._chosen)
        self._size = SliderRow(self.tr("Size"), 1, SIZE_MAX, 60, " px", self)
        self._hardness = SliderRow(self.tr("Hardness"), 0, 100, 70, " %", self)
        self._size.changed.connect(self._brush_set)
        self._hardness.changed.connect(self._brush_set)
        self._hint = QLabel(self)
        self._hint.setProperty("role", "secondary")
        self._hint.setWordWrap(True)
        brush = QVBoxLayout()
        brush.setSpacing(4)
        brush.addWidget(self._size)
        brush.addWidget(self._hardness)
        self.add(self.choices)
        self.column.addLayout(brush)
        self.add(self._hint)
        self._more = self._edge()
        self.add(self._more)

    def set_view(self, view: DocumentView | None) -> None:
        if self._view is not None:
            self._view.brush.settings_changed.disconnect(self._show_brush)
            self._view.canvas.tool_changed.disconnect(self._show_brush)
            self._view.canvas.mask_view_changed.disconnect(self._show_look)
            self._view.session.changed.disconnect(self._show_state)
        self._view = view
        if view is not None:
            view.brush.settings_changed.connect(self._show_brush)
            view.canvas.tool_changed.connect(self._show_brush)
            view.canvas.mask_view_changed.connect(self._show_look)
            view.session.changed.connect(self._show_state)
            self._show_look(view.canvas.mask_view)
        self._show_brush()
        self._show_state()

    def _looks(self) -> QWidget:
        self._look = QComboBox(self)
        self._look.setAccessibleName(self.tr("Cut-out view"))
        texts = {
            MaskView.OFF: self.tr("View: result"),
            MaskView.OVERLAY: self.tr("View: hidden part in red"),
            MaskView.OVERLAY_GREEN: self.tr("View: hidden part in green"),
            MaskView.ALONE: self.tr("View: mask alone"),
            MaskView.ON_BLACK: self.tr("View: on black"),
            MaskView.ON_WHITE: self.tr("View: on white"),
            MaskView.UNCERTAINTY: self.tr("View: doubtful places"),
        }
        for view, text in texts.items():
            self._look.addItem(text, view)
        self._look.activated.connect(self._look_chosen)
        return self._look

    @property
    def _width(self) -> int:
        return round(self._amount.value)

    def _edge(self) -> Section:
        section = Section(self.tr("More"), self, folds=True)
        self._amount = SliderRow(self.tr("Width"), 1, EDGE_MAX, 2, " px", self)
        section.add(self._amount)
        grid = QGridLayout()
        grid.setSpacing(4)
        buttons = (
            (self.tr("Grow"), lambda: edits.GrowMask(self._layer_id, self._width)),
            (self.tr("Shrink"), lambda: edits.GrowMask(self._layer_id, -self._width)),
            (self.tr("Feather"), lambda: edits.FeatherMask(self._layer_id, self._width)),
            (self.tr("Defringe"), lambda: edits.Defringe(self._layer_id, self._width)),
            (self.tr("Invert"), lambda: edits.InvertMask(self._layer_id)),
        )
        for number, (text, make) in enumerate(buttons):
            button = QPushButton(text, self)
            button.clicked.connect(lambda _checked=False, make=make: self._apply(make()))
            grid.addWidget(button, number // 2, number % 2)
        actions = [] if self._actions is None else [self._actions[name] for name in _BESIDE]
        for number, action in enumerate(actions, len(buttons)):
            grid.addWidget(_action_button(action, self), number // 2, number % 2)
        section.column.addLayout(grid)
        return section

    @property
    def _layer_id(self) -> str:
        return "" if self._view is None else self._view.session.active_id

    def _apply(self, edit: edits.Edit) -> None:
        if self._view is not None:
            self._view.session.apply(edit)

    def _chosen(self, choice: str) -> None:
        if self._view is None:
            return
        if choice in _BRUSHES:
            self._view.brush.set_restores(choice == "restore")
        self.tool_wanted.emit(ClickSelect.id if choice == "click" else MaskBrush.id)

    def _brush_set(self, _value: int) -> None:
        if self._view is not None:
            brush = self._view.brush.brush
            size, hardness = float(self._size.value), self._hardness.value / 100
            self._view.brush.set_brush(brush._replace(size=size, hardness=hardness))

    @Slot()
    def _show_brush(self, *_ignored: object) -> None:
        tool = None if self._view is None else self._view.canvas.tool
        painting, clicking = isinstance(tool, MaskBrush), isinstance(tool, ClickSelect)
        if isinstance(tool, MaskBrush):
            self._size.set_value(round(tool.brush.size))
            self._hardness.set_value(round(tool.brush.hardness * 100))
            self.choices.show_choice("restore" if tool.restores else "erase")
        else:
            self.choices.show_choice("click" if clicking else "")
        self._size.setVisible(painting)
        self._hardness.setVisible(painting)
        if painting:
            reveal(self._hardness)
        self._hint.setVisible(clicking)
        self._hint.setText(
            self.tr("Click an object to add it; hold Alt and click to take one away.")
        )

    def _show_look(self, view: MaskView) -> None:
        self._look.setCurrentIndex(self._look.findData(view))

    def _look_chosen(self) -> None:
        if self._view is not None:
            self._view.canvas.set_mask_view(self._look.currentData())

    def _show_state(self, *_ignored: object) -> None:
        """A click can start a cut-out; the brush and the edge need one to correct."""
        layer = None if self._view is None else self._view.session.active_layer
        has_mask = layer is not None and layer.mask is not None
        self.body.setEnabled(layer is not None and layer.tiles is not None)
        for choice in _BRUSHES:
            reason = self.tr("Remove the background first, or click on the product.")
            self.choices.enable(choice, has_mask, reason)
        self._look.setEnabled(has_mask)
        self._more.setEnabled(has_mask)


def _action_button(action: QAction, parent: QWidget) -> QPushButton:
    button = QPushButton(tooltip(action.text(), ()), parent)
    button.clicked.connect(action.trigger)
    button.setEnabled(action.isEnabled())
    action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
    return button
