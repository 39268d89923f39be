# SPDX-License-Identifier: Apache-2.0
"""More or less room round the picture: nothing is made larger or smaller, and nothing is lost."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFormLayout,
    QGridLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.core import edits
from prodedit.core.edits.canvas import LONGEST
from prodedit.core.geometry import Rect, Size
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.editing.session import EditSession
from prodedit.gui.dialogs.image_size import apply_and_cancel, number_field
from prodedit.gui.translation import translate

_T = QT_TRANSLATE_NOOP
ANCHORS = (
    _T("CanvasSize", "Upper left"),
    _T("CanvasSize", "Top"),
    _T("CanvasSize", "Upper right"),
    _T("CanvasSize", "Left"),
    _T("CanvasSize", "Middle"),
    _T("CanvasSize", "Right"),
    _T("CanvasSize", "Lower left"),
    _T("CanvasSize", "Bottom"),
    _T("CanvasSize", "Lower right"),
)
_MIDDLE = 4
_ARROWS = {(-1, -1): "↖", (0, -1): "↑", (1, -1): "↗", (-1, 0): "←", (1, 0): "→"} | {
    (-1, 1): "↙",
    (0, 1): "↓",
    (1, 1): "↘",
}


class CanvasSizeDialog(QDialog):
    """Where the picture stays is chosen from nine places."""

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._before = session.document.size
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Canvas size"))
        self.width_field = number_field(self, self.tr("Width"), -LONGEST)
        self.height_field = number_field(self, self.tr("Height"), -LONGEST)
        self.relative = QCheckBox(self.tr("As much more or less"), self)
        self.summary = QLabel(self)
        self.summary.setProperty("role", "secondary")
        self.summary.setWordWrap(True)
        self.anchors = QButtonGroup(self)
        self._lay_out(self._grid())
        for field, now in ((self.width_field, 0), (self.height_field, 1)):
            field.setSuffix(" px")
            field.setValue(self._before[now])
            field.valueChanged.connect(self._show_all)
        self.relative.toggled.connect(self._relative)
        self.anchors.idClicked.connect(self._show_all)
        self._show_all()
        session.destroyed.connect(self.close)

    @property
    def size_wanted(self) -> Size:
        width, height = round(self.width_field.value()), round(self.height_field.value())
        if self.relative.isChecked():
            return Size(self._before.width + width, self._before.height + height)
        return Size(width, height)

    @property
    def rect_wanted(self) -> Rect:
        """Of the canvas as it is."""
        column, row = self._anchor
        size = self.size_wanted
        x = -((size.width - self._before.width) * (column + 1) // 2)
        y = -((size.height - self._before.height) * (row + 1) // 2)
        return Rect(x, y, *size)

    def accept(self) -> None:
        """Closes once it is done; a size that can't be is told, and can be mended."""
        edit = edits.CropCanvas(self.rect_wanted)
        if self._session.apply(edit, text=self.tr("Canvas size")):
            super().accept()

    @property
    def _anchor(self) -> tuple[int, int]:
        """-1, 0, 1: left, middle, right; top, middle, bottom."""
        chosen = self.anchors.checkedId()
        return chosen % 3 - 1, chosen // 3 - 1

    def _lay_out(self, grid: QGridLayout) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.addRow(self.tr("Width"), self.width_field)
        form.addRow(self.tr("Height"), self.height_field)
        form.addRow("", self.relative)
        form.addRow(self.tr("The picture stays"), grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self.summary)
        column.addWidget(apply_and_cancel(self, self.tr("Change canvas")))
        self.setMinimumWidth(360)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(2)
        for number, title in enumerate(ANCHORS):
            button = QToolButton(self)
            button.setCheckable(True)
            button.setFixedSize(32, 32)
            button.setChecked(number == _MIDDLE)
            button.setToolTip(translate("CanvasSize", title))
            button.setAccessibleName(translate("CanvasSize", title))
            self.anchors.addButton(button, number)
            grid.addWidget(button, number // 3, number % 3)
        grid.setColumnStretch(3, 1)
        return grid

    def _relative(self, relative: bool) -> None:
        """The same canvas in the other numbers."""
        sign = -1 if relative else 1
        for field, was in zip((self.width_field, self.height_field), self._before, strict=True):
            blocked = field.blockSignals(True)
            field.setValue(field.value() + sign * was)
            field.blockSignals(blocked)
        self._show_all()

    def _show_all(self, *_ignored: object) -> None:
        """Arrows say where the room comes from."""
        column, row = self._anchor
        for number, button in enumerate(self.anchors.buttons()):
            way = (number % 3 - 1 - column, number // 3 - 1 - row)
            button.setText("●" if way == (0, 0) else _ARROWS.get(way, ""))
        text = self.tr("{before} becomes {after} ({megapixels} megapixels)")
        size = self.size_wanted
        self.summary.setText(
            text.format(
                before=f"{self._before.width} × {self._before.height}",
                after=f"{size.width} × {size.height}",
                megapixels=f"{max(0, size.width) * max(0, size.height) / 1e6:.1f}",
            )
        )
