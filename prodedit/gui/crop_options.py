# SPDX-License-Identifier: Apache-2.0
"""What can be told to the crop tool, over the canvas while it is chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
)

from prodedit.core.geometry import Rect
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.gui.canvas_bar import CanvasBar
from prodedit.gui.tools.crop import CropTool
from prodedit.gui.tools.crop_frame import parsed_aspect
from prodedit.gui.tools.tool import Tool
from prodedit.render.visible import visible_bounds

if TYPE_CHECKING:
    from prodedit.core.document import Document
    from prodedit.gui.document_view import DocumentView

PRESETS = ("1:1", "3:4", "4:3", "16:9")
_STEEPEST = 45
_MOST_MARGIN = 100


class CropOptions(CanvasBar):
    """Proportions, the turn, perspective; the product with a margin; and the buttons."""

    def __init__(self, view: DocumentView, tool: CropTool) -> None:
        super().__init__(view)
        self._view = view
        self._tool = tool
        self._is_showing = False
        rows = QVBoxLayout()
        rows.setSpacing(4)
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        for row in (self._upper, self._lower):
            row.setSpacing(8)
            rows.addLayout(row)
        self.row.addLayout(rows)
        self._add_shape()
        self._add_angle()
        self._add_product()
        self._add_ends()
        tool.frame_changed.connect(self._show_frame)
        tool.levelling_changed.connect(self.level.setChecked)
        self.hide()

    def show_for(self, tool: Tool | None) -> None:
        """Seen while the crop tool is chosen."""
        self.setVisible(tool is self._tool)
        if self.isVisible():
            self._show_frame()
            self.place()
            self.raise_()

    def _add_shape(self) -> None:
        self.aspect = QComboBox(self)
        self.typed = QLineEdit(self)
        self.aspect.setLineEdit(self.typed)
        self.aspect.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.aspect.addItems([self.tr("Free"), self.tr("As the picture"), *PRESETS])
        text = self.tr("Proportions, such as 4:5")
        self.aspect.setAccessibleName(text)
        self.typed.setAccessibleName(text)
        self.aspect.setToolTip(text)
        self.aspect.setMinimumWidth(128)
        self.aspect.activated.connect(self._shape_chosen)
        self.typed.returnPressed.connect(self._shape_chosen)
        self.perspective = self._toggle(self.tr("Perspective"))
        self.perspective.setToolTip(
            self.tr("Put the four corners on the corners of something flat, such as a box")
        )
        self.perspective.toggled.connect(self._set_perspective)
        self._upper.addWidget(self.aspect)
        self._upper.addWidget(self.perspective)

    def _add_angle(self) -> None:
        label = QLabel(self.tr("Straighten"), self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(-10 * _STEEPEST, 10 * _STEEPEST)
        self.slider.setAccessibleName(self.tr("Straighten"))
        self.slider.setMinimumWidth(110)
        self.slider.valueChanged.connect(lambda value: self._set_angle(value / 10))
        self.angle = QDoubleSpinBox(self)
        self.angle.setDecimals(1)
        self.angle.setRange(-180, 180)
        self.angle.setSuffix("°")
        self.angle.setKeyboardTracking(False)
        self.angle.setAccessibleName(self.tr("Angle"))
        self.angle.lineEdit().setAccessibleName(self.tr("Angle"))
        self.angle.lineEdit().setTextMargins(4, 0, 0, 0)
        self.angle.setFixedWidth(80)
        self.angle.valueChanged.connect(self._set_angle)
        label.setBuddy(self.angle)
        self.level = self._toggle(self.tr("Draw a level line"))
        self.level.setToolTip(self.tr("Drag along what should be level, or upright"))
        self.level.toggled.connect(self._tool.set_levelling)
        for widget in (label, self.slider, self.angle, self.level):
            self._upper.addWidget(widget)

    def _add_product(self) -> None:
        self.product = QPushButton(self.tr("Crop to product"), self)
        self.product.clicked.connect(self._look_for_product)
        self.margin = QSpinBox(self)
        self.margin.setRange(0, _MOST_MARGIN)
        self.margin.setValue(5)
        self.margin.setSuffix(" %")
        self.margin.setAccessibleName(self.tr("Margin"))
        self.margin.lineEdit().setAccessibleName(self.tr("Margin"))
        self.margin.lineEdit().setTextMargins(4, 0, 0, 0)
        label = QLabel(self.tr("Margin"), self)
        label.setBuddy(self.margin)
        for widget in (self.product, label, self.margin):
            self._lower.addWidget(widget)

    def _add_ends(self) -> None:
        self.size_label = QLabel(self)
        self.size_label.setProperty("role", "secondary")
        self._lower.addWidget(self.size_label)
        self._lower.addStretch(1)
        for text, act, look in (
            (self.tr("Crop"), self._tool.apply, "primary"),
            (self.tr("Reset"), self._reset, ""),
        ):
            button = QPushButton(text, self)
            button.setProperty("look", look)
            button.clicked.connect(act)
            self._lower.addWidget(button)

    def _toggle(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setCheckable(True)
        return button

    def _shape_chosen(self, *_ignored: object) -> None:
        """One of the list, or typed."""
        number, text = self.aspect.currentIndex(), self.aspect.currentText()
        listed = self.aspect.itemText(number) == text
        size = self._view.session.document.size
        try:
            if listed and number <= 1:
                aspect = None if number == 0 else size.width / size.height
            else:
                aspect = parsed_aspect(text)
        except Problem as problem:
            self._view.canvas.refused.emit(problem)
            return
        self._tool.set_aspect(aspect)
        self._view.canvas.setFocus()

    def _set_perspective(self, on: bool) -> None:
        if not self._is_showing:
            self._tool.set_perspective(on)

    def _set_angle(self, angle: float) -> None:
        if not self._is_showing:
            self._tool.set_angle(angle)

    def _reset(self) -> None:
        self.aspect.setCurrentIndex(0)
        self._tool.set_aspect(None)
        self._tool.reset()

    def _look_for_product(self) -> None:
        """What can be seen of the cut-out, away from the window's thread."""
        document, layer_id = self._view.session.document, self._cut_out()
        work = partial(_bounds, document, layer_id)
        if self._view.run is None:
            self._frame_product(work())
            return
        errand = self._view.run(work)
        errand.done.connect(self._frame_product)
        errand.failed.connect(self._view.session.failed)

    def _frame_product(self, bounds: Rect) -> None:
        if bounds.is_empty:
            self._view.session.failed.emit(Problem(_NOTHING, code="nothing-shown"))
        elif self._view.canvas.tool is self._tool:
            self._tool.frame_product(bounds, self.margin.value())

    def _cut_out(self) -> str:
        """The active layer, unless another one is the only cut-out."""
        session = self._view.session
        masked = [layer.id for layer in session.document.walk() if layer.mask is not None]
        return masked[0] if len(masked) == 1 else session.active_id

    def _show_frame(self) -> None:
        frame = self._tool.frame
        self._is_showing = True
        self.angle.setValue(frame.angle)
        self.slider.setValue(round(frame.angle * 10))
        self.perspective.setChecked(frame.free is not None)
        is_upright = frame.free is None
        for widget in (self.angle, self.slider, self.level):
            widget.setEnabled(is_upright)
        width, height = frame.size
        self.size_label.setText(f"{width} × {height} px")
        self._is_showing = False

    # Qt's own names

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._view.canvas.setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.typed.hasFocus():
                self._tool.apply()
        else:
            super().keyPressEvent(event)


def _bounds(document: Document, layer_id: str) -> Rect:
    return visible_bounds(document, layer_id) if layer_id else Rect(0, 0, 0, 0)


_NOTHING = QT_TRANSLATE_NOOP(
    "Problem", "There is no product to be seen in this layer. Choose its layer first."
)
