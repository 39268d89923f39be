# SPDX-License-Identifier: Apache-2.0
"""Which pictures of a batch are made alike, and what becomes of their sizes: one row."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from prodedit.catalogue.batch.alike import Alike


class AlikeRow(QWidget):
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by = QComboBox(self)
        self.by.setAccessibleName(self.tr("Make alike"))
        for text, by in (
            (self.tr("Each by itself"), ""),
            (self.tr("Those of one folder"), "folder"),
            (self.tr("By the table"), "table"),
            (self.tr("All of them"), "all"),
        ):
            self.by.addItem(text, by)
        self.by.setToolTip(
            self.tr(
                "Pictures that belong together get the same light, and their products sizes that "
                "go together. All of them are looked at before the first file is made. A table "
                "names groups in its column “group”."
            )
        )
        self.scale = QComboBox(self)
        self.scale.setAccessibleName(self.tr("Sizes"))
        self.scale.addItem(self.tr("Same fill"), "fill")
        self.scale.addItem(self.tr("True to size"), "real")
        self.scale.setToolTip(
            self.tr(
                "Same fill: each product fills its frame. True to size: what is smaller in the "
                "photos stays so, for photos taken from the same distance."
            )
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.by, 1)
        row.addWidget(self.scale)
        self._show()
        self.by.currentIndexChanged.connect(self._show)
        for box in (self.by, self.scale):
            box.currentIndexChanged.connect(self.changed)

    @property
    def alike(self) -> Alike | None:
        """As a batch takes it; None: each is by itself."""
        by = self.by.currentData()
        return Alike(by, self.scale.currentData()) if by else None

    def choose(self, by: str, scale: str) -> None:
        """by: "" for each by itself."""
        self.by.setCurrentIndex(max(0, self.by.findData(by)))
        self.scale.setCurrentIndex(self.scale.findData(scale))

    def _show(self) -> None:
        self.scale.setEnabled(bool(self.by.currentData()))
