# SPDX-License-Identifier: Apache-2.0
"""What program this is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from prodedit import __version__


class About(QDialog):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About ProdEdit"))
        title = QLabel(f"ProdEdit {__version__}", self)
        title.setProperty("role", "heading")
        text = QLabel(
            self.tr(
                "An editor for product pictures. It works offline: no photo leaves this computer."
                "\n\n"
                "Free software under the Apache License 2.0. Qt is used under the LGPL; the icons "
                "are Tabler's (MIT); the cut-out networks are U²-Net and IS-Net (Apache 2.0)."
            ),
            self,
        )
        text.setWordWrap(True)
        text.setMinimumWidth(400)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        column.addWidget(buttons)
