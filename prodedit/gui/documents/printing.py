# SPDX-License-Identifier: Apache-2.0
"""Printing a picture: how large it is on the paper, seen before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPageLayout, QPainter, QPixmap
from PySide6.QtPrintSupport import QPageSetupDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.core.geometry import Size
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.files.atomic import write_atomic
from prodedit.gui.commands.files import with_suffix
from prodedit.render.paper import INCH, Fit, paint_on, place_on, to_pdf

_SHOWN = 340
"""Widget units of the longer side of the page that is shown."""


class PrintWindow(QDialog):
    """`image`: the whole picture; `resolution`: its own pixels per inch, 0 when not told."""

    printed = Signal()
    saved = Signal(object)
    """The Path of a PDF."""
    failed = Signal(object)
    """A Problem"""

    def __init__(
        self, image: QImage, name: str, resolution: float, parent: QWidget, *, fit: Fit = "page"
    ) -> None:
        super().__init__(parent)
        self._image, self._name = image, name
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.printer.setDocName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Print {name}").format(name=name))
        self.page = QLabel(self)
        self.page.setFixedSize(_SHOWN, _SHOWN)
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page.setAccessibleName(self.tr("The page"))
        self.fit = QComboBox(self)
        self.fit.addItem(self.tr("Fit the page"), "page")
        self.fit.addItem(self.tr("Actual size"), "actual")
        self.fit.setAccessibleName(self.tr("Size on paper"))
        self.fit.setCurrentIndex(self.fit.findData(fit))
        self.resolution = QDoubleSpinBox(self)
        self.resolution.setRange(10, 2400)
        self.resolution.setDecimals(0)
        self.resolution.setSuffix(self.tr(" pixels per inch"))
        self.resolution.setAccessibleName(self.tr("Resolution"))
        self.resolution.lineEdit().setAccessibleName(self.tr("Resolution"))
        self.resolution.lineEdit().setTextMargins(4, 0, 0, 0)
        self.resolution.setValue(resolution or 300)
        self.told = QLabel(self)
        self.told.setProperty("role", "secondary")
        self.told.setWordWrap(True)
        self._lay_out()
        self._turn_page()
        self.fit.currentIndexChanged.connect(self._show)
        self.resolution.valueChanged.connect(self._show)
        self._show()

    @property
    def sheet(self) -> QRectF:
        """The paper, in millimetres."""
        return self.printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)

    @property
    def reached(self) -> QRectF:
        """What the printer reaches of it, in millimetres."""
        return self.printer.pageLayout().paintRect(QPageLayout.Unit.Millimeter)

    @property
    def place(self) -> QRectF:
        """Of the picture on the paper, in millimetres."""
        fit: Fit = self.fit.currentData()
        return place_on(self.reached, self._size, fit, self.resolution.value())

    def print_now(self) -> bool:
        """On the printer that was set; False where it refuses."""
        painter = QPainter()
        if not painter.begin(self.printer):
            self.failed.emit(_refused())
            return False
        try:
            per_mm = self.printer.resolution() / INCH
            corner = self.reached.topLeft()  # where the printer's own counting begins
            painter.translate(-corner.x() * per_mm, -corner.y() * per_mm)
            paint_on(painter, per_mm, self.reached, self.place, self._image)
        finally:
            painter.end()
        self.printed.emit()
        self.close()
        return True

    # Building

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.addRow(self.tr("Size on paper"), self.fit)
        form.addRow(self.tr("Resolution"), self.resolution)
        setup = self._button(self.tr("Page set-up…"), self._set_up)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addLayout(form)
        right.addWidget(setup, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self.told)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.page)
        row.addLayout(right, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        self.to_pdf = self._button(self.tr("Save as PDF…"), self._to_pdf)
        self.to_printer = self._button(self.tr("Print…"), self._to_printer)
        self.to_printer.setProperty("look", "primary")
        for button in (self.to_pdf, self.to_printer, self._button(self.tr("Cancel"), self.close)):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(row, 1)
        column.addLayout(buttons)
        self.setMinimumWidth(720)

    def _button(self, text: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(do)
        return button

    def _turn_page(self) -> None:
        """As the picture lies."""
        upright = self._image.height() >= self._image.width()
        lies = QPageLayout.Orientation
        self.printer.setPageOrientation(lies.Portrait if upright else lies.Landscape)

    # What happens

    @property
    def _size(self) -> Size:
        return Size(self._image.width(), self._image.height())

    @Slot()
    def _show(self) -> None:
        is_actual = self.fit.currentData() == "actual"
        self.resolution.setEnabled(is_actual)
        self.page.setPixmap(self._page_picture())
        width, height = self.place.width(), self.place.height()
        text = self.tr("{width} × {height} mm on paper of {page_width} × {page_height} mm.").format(
            width=f"{width:.0f}",
            height=f"{height:.0f}",
            page_width=f"{self.sheet.width():.0f}",
            page_height=f"{self.sheet.height():.0f}",
        )
        if is_actual and not self.reached.adjusted(-0.1, -0.1, 0.1, 0.1).contains(self.place):
            text += " ⚠ " + self.tr("It is larger than the page: its edges are cut off.")
        elif self._size.width / max(width, 0.1) * INCH < 100:
            text += " ⚠ " + self.tr("It will look soft: there are few pixels for that size.")
        self.told.setText(text)

    def _page_picture(self) -> QPixmap:
        scale = self.devicePixelRatioF()
        sheet = self.sheet
        per_mm = (_SHOWN - 2) * scale / max(sheet.width(), sheet.height())
        size = (round(sheet.width() * per_mm), round(sheet.height() * per_mm))
        page = QPixmap(*size)
        page.fill(QColor(255, 255, 255))
        painter = QPainter(page)
        paint_on(painter, per_mm, self.reached, self.place, self._image)
        painter.end()
        page.setDevicePixelRatio(scale)
        return page

    @Slot()
    def _set_up(self) -> None:
        if QPageSetupDialog(self.printer, self).exec():
            self._show()

    @Slot()
    def _to_pdf(self) -> None:
        proposed = str(Path.home() / f"{Path(self._name).stem}.pdf")
        kind = self.tr("PDF document (*.pdf)")
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save as PDF"), proposed, kind)
        if name:
            self.write(with_suffix(Path(name), ".pdf"))

    def write(self, path: Path) -> None:
        """As a PDF, whole or not at all."""
        layout = self.printer.pageLayout()
        try:
            write_atomic(path, to_pdf(layout, self.place, self._image, self._name))
        except Problem as problem:
            self.failed.emit(problem)
            return
        self.saved.emit(path)
        self.close()

    @Slot()
    def _to_printer(self) -> None:
        if QPrintDialog(self.printer, self).exec() == QDialog.DialogCode.Accepted:
            self.print_now()


def _refused() -> Problem:
    text = QT_TRANSLATE_NOOP("Problem", "The printer did not take the picture. Choose another one.")
    return Problem(text, code="not-printed")
