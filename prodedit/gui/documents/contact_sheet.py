# SPDX-License-Identifier: Apache-2.0
"""A contact sheet: which pictures, how many on a page, seen before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from prodedit.core.contact_sheet import Paper, Sheet
from prodedit.gui.dialogs.image_size import apply_and_cancel
from prodedit.render.contact_sheet import Pictured, paint_page

_SHOWN = 400
"""Widget units of the longer side of the page that is shown."""
Source = tuple[str, Sequence[Path]]


class SheetWindow(QDialog):
    """sources: (what they are, the pictures), the first is chosen."""

    wanted = Signal(object, object)
    """(Sheet, list of Paths)"""

    def __init__(self, sheet: Sheet, sources: Sequence[Source], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Contact sheet"))
        self.page = QLabel(self)
        self.page.setFixedSize(_SHOWN, _SHOWN)
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page.setAccessibleName(self.tr("The first page"))
        self.source, self.paper = QComboBox(self), QComboBox(self)
        for text, paths in sources:
            self.source.addItem(text, list(paths))
        for paper in get_args(Paper):
            self.paper.addItem(paper, paper)
        self.paper.setCurrentIndex(self.paper.findData(sheet.paper))
        self.columns = self._number(sheet.columns, 12, self.tr("Columns"))
        self.rows = self._number(sheet.rows, 16, self.tr("Rows"))
        self.landscape = QCheckBox(self.tr("On its side"), self)
        self.landscape.setChecked(sheet.landscape)
        self.captions = QCheckBox(self.tr("Names below the pictures"), self)
        self.captions.setChecked(sheet.captions)
        self.title_field = QLineEdit(sheet.title, self)
        self.title_field.setPlaceholderText(self.tr("No title"))
        self.told = QLabel(self)
        self.told.setProperty("role", "secondary")
        self._lay_out()
        self._connect()
        self._show()

    @property
    def sheet(self) -> Sheet:
        return Sheet(
            columns=self.columns.value(),
            rows=self.rows.value(),
            paper=self.paper.currentData(),
            landscape=self.landscape.isChecked(),
            captions=self.captions.isChecked(),
            title=self.title_field.text().strip(),
        )

    @property
    def pictures(self) -> list[Path]:
        return list(self.source.currentData() or ())

    def accept(self) -> None:
        self.wanted.emit(self.sheet, self.pictures)
        super().accept()

    def _number(self, value: int, most: int, name: str) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(1, most)
        box.setValue(value)
        box.setAccessibleName(name)
        box.lineEdit().setAccessibleName(name)
        box.lineEdit().setTextMargins(4, 0, 0, 0)
        return box

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        names = (self.tr("Pictures"), self.tr("Paper"), self.tr("Title"))
        for name, field in zip(names, (self.source, self.paper, self.title_field), strict=True):
            field.setAccessibleName(name)
        form.addRow(names[0], self.source)
        form.addRow(names[1], self.paper)
        form.addRow("", self.landscape)
        form.addRow(self.tr("Columns"), self.columns)
        form.addRow(self.tr("Rows"), self.rows)
        form.addRow(names[2], self.title_field)
        form.addRow("", self.captions)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addLayout(form)
        right.addWidget(self.told)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.page)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(row, 1)
        column.addWidget(apply_and_cancel(self, self.tr("Save as PDF…")))
        self.setMinimumWidth(760)

    def _connect(self) -> None:
        for box in (self.source, self.paper):
            box.currentIndexChanged.connect(self._show)
        for number in (self.columns, self.rows):
            number.valueChanged.connect(self._show)
        for switch in (self.landscape, self.captions):
            switch.toggled.connect(self._show)
        self.title_field.textChanged.connect(self._show)

    @Slot()
    def _show(self) -> None:
        """The first page with grey places: what it will look like, at once."""
        sheet, pictures = self.sheet, self.pictures
        scale = self.devicePixelRatioF()
        per_mm = _SHOWN * scale / max(sheet.page)
        page = QPixmap(*(round(side * per_mm) for side in sheet.page))
        page.fill(QColor(255, 255, 255))
        grey = QImage(4, 3, QImage.Format.Format_RGB32)
        grey.fill(QColor(205, 205, 205))
        pages = max(1, -(-len(pictures) // sheet.on_a_page))
        first = [Pictured(path.stem, grey) for path in pictures[: sheet.on_a_page]]
        painter = QPainter(page)
        try:
            paint_page(painter, per_mm, sheet, first, f"1 / {pages}")
        finally:
            painter.end()
        page.setDevicePixelRatio(scale)
        self.page.setPixmap(page)
        text = self.tr("Pictures: {count}. Pages: {pages}.")
        self.told.setText(text.format(count=len(pictures), pages=pages))
