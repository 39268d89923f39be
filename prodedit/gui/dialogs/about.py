# SPDX-License-Identifier: Apache-2.0
"""What program this is, and the list of its keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from prodedit import __version__
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.actions import entries, key_text, tooltip
from prodedit.gui.tools import TOOLS
from prodedit.gui.tools.tool import translated
from prodedit.gui.translation import translate


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
        column.addWidget(_close_button(self))


class KeyList(QDialog):
    """Every key that does something, from the same tables that set them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        rows = _rows()
        table = QTableWidget(len(rows), 2, self)
        table.setHorizontalHeaderLabels([self.tr("Action"), self.tr("Keys")])
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(32)
        table.setShowGrid(False)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.horizontalHeader().setHighlightSections(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setAccessibleName(self.tr("Keys"))
        for number, texts in enumerate(rows):
            for place, text in enumerate(texts):
                table.setItem(number, place, QTableWidgetItem(text))
        table.resizeColumnToContents(0)
        table.horizontalHeader().setStretchLastSection(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(table)
        column.addWidget(_close_button(self))
        self.resize(480, 560)


_PRESS = QT_TRANSLATE_NOOP("KeyList", "Ctrl and a click on its picture")


def _rows() -> list[tuple[str, str]]:
    tools = [(translated(tool.title), tool.shortcut) for tool in TOOLS.values()]
    view = [
        (translate("KeyList", "Move the picture"), translate("KeyList", "Space and drag")),
        (translate("KeyList", "Zoom to the pointer"), translate("KeyList", "Ctrl and wheel")),
        (translate("KeyList", "The photo as it was, while held"), "`"),
        (translate("KeyList", "Stop the job"), "Esc"),
        (translate("KeyList", "Opacity of the layers"), "1 – 9, 0"),
        (translate("KeyList", "Blend mode"), translate("KeyList", "Shift+Alt and a letter")),
        (translate("KeyList", "Select what a layer shows"), translate("KeyList", _PRESS)),
    ]
    given = [
        (tooltip(translate("Action", entry.text), ()), ", ".join(map(key_text, entry.keys)))
        for entry in entries()
        if entry.keys
    ]
    return [*tools, *view, *given]


def _close_button(dialog: QDialog) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    buttons.rejected.connect(dialog.close)
    return buttons
