# SPDX-License-Identifier: Apache-2.0
"""The whole picture in another size, in numbers that follow each other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.core import edits
from prodedit.core.edits.canvas import LONGEST
from prodedit.core.geometry import Size
from prodedit.editing.session import EditSession
from prodedit.gui.translation import translate

_PIXELS, _PERCENT = 0, 1
MUCH = 2.0
"""Enlarged more than this a photo looks soft."""


class ImageSizeDialog(QDialog):
    """Blocks nothing: it is for the picture that it was opened for, whatever happens beside it."""

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._before = session.document.size
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Image size"))
        self.width_field = number_field(self, self.tr("Width"))
        self.height_field = number_field(self, self.tr("Height"))
        self.unit = QComboBox(self)
        self.unit.addItems([self.tr("Pixels"), self.tr("Percent")])
        self.unit.setAccessibleName(self.tr("Unit"))
        self.linked = QCheckBox(self.tr("Keep the proportions"), self)
        self.linked.setChecked(True)
        self.summary, self.warning = QLabel(self), QLabel(self)
        self.summary.setProperty("role", "secondary")
        self.warning.setWordWrap(True)
        self._lay_out()
        self.unit.currentIndexChanged.connect(self._show_size)
        self.width_field.valueChanged.connect(lambda value: self._typed(value, None))
        self.height_field.valueChanged.connect(lambda value: self._typed(None, value))
        self.linked.toggled.connect(self._linked)
        self._size = self._before
        self._show_size()
        self.width_field.setFocus()
        self.width_field.selectAll()
        # A picture that was closed has no size any more.
        session.destroyed.connect(self.close)

    @property
    def size_wanted(self) -> Size:
        return self._size

    def accept(self) -> None:
        """Closes once it is done; a size that can't be is told, and can be mended."""
        if self._session.apply(edits.ResizeImage(self._size)):
            super().accept()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.addRow(self.tr("Width"), self.width_field)
        form.addRow(self.tr("Height"), self.height_field)
        form.addRow(self.tr("Unit"), self.unit)
        form.addRow("", self.linked)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self.summary)
        column.addWidget(self.warning)
        column.addWidget(apply_and_cancel(self, self.tr("Change size")))
        self.setMinimumWidth(380)

    @property
    def _is_percent(self) -> bool:
        return self.unit.currentIndex() == _PERCENT

    def _typed(self, across: float | None, down: float | None) -> None:
        width, height = self._before
        if across is not None:
            pixels = round(across * width / 100 if self._is_percent else across)
            other = max(1, round(pixels * height / width)) if pixels else 0
            self._size = Size(pixels, other if self.linked.isChecked() else self._size.height)
        if down is not None:
            pixels = round(down * height / 100 if self._is_percent else down)
            other = max(1, round(pixels * width / height)) if pixels else 0
            self._size = Size(other if self.linked.isChecked() else self._size.width, pixels)
        # Only the other field: who types 33.3 shall not see 33.2 for it.
        self._show_size(keep=self.width_field if across is not None else self.height_field)

    def _linked(self, linked: bool) -> None:
        if linked:
            width, height = self._before
            self._size = Size(self._size.width, max(1, round(self._size.width * height / width)))
            self._show_size()

    def _show_size(self, *_ignored: object, keep: QDoubleSpinBox | None = None) -> None:
        sides = zip((self.width_field, self.height_field), self._size, self._before, strict=True)
        for field, now, was in sides:
            if field is not keep:
                blocked = field.blockSignals(True)
                field.setDecimals(1 if self._is_percent else 0)
                field.setSuffix(" %" if self._is_percent else " px")
                field.setValue(100 * now / was if self._is_percent else now)
                field.blockSignals(blocked)
        self._show_summary()

    def _show_summary(self) -> None:
        text = self.tr("{before} becomes {after} ({megapixels} megapixels)")
        self.summary.setText(
            text.format(
                before=f"{self._before.width} × {self._before.height}",
                after=f"{self._size.width} × {self._size.height}",
                megapixels=f"{self._size.area / 1e6:.1f}",
            )
        )
        factor = max(now / was for now, was in zip(self._size, self._before, strict=True))
        self.warning.setVisible(factor > MUCH)
        text = self.tr(
            "Enlarged {factor} times: it will look soft, since there is no more detail in the "
            "photo. Twice is the most that still looks good."
        )
        self.warning.setText("⚠ " + text.format(factor=f"{factor:.1f}"))
        self.adjustSize()


def number_field(parent: QWidget, title: str, lowest: float = 0.0) -> QDoubleSpinBox:
    """Wide enough for what is far too large: that is told by a sentence when it is applied."""
    field = QDoubleSpinBox(parent)
    field.setDecimals(0)
    field.setRange(lowest, 10.0 * LONGEST)
    field.setAccessibleName(title)
    field.lineEdit().setAccessibleName(title)
    field.lineEdit().setTextMargins(4, 0, 0, 0)
    return field


def apply_and_cancel(dialog: QDialog, text: str) -> QDialogButtonBox:
    buttons = QDialogButtonBox(dialog)
    apply = QPushButton(text, dialog)
    apply.setProperty("look", "primary")
    apply.setDefault(True)
    buttons.addButton(apply, QDialogButtonBox.ButtonRole.AcceptRole)
    cancel = translate("ImageSizeDialog", "Cancel")
    buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons
