# SPDX-License-Identifier: Apache-2.0
"""Whether the path shows while another tool than the pen is in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QToolButton, QWidget

from prodedit.gui.icons import ICON_SIZE, TARGET_SIZE, set_icon
from prodedit.gui.theme import palette_now
from prodedit.gui.tools import Pen

if TYPE_CHECKING:
    from prodedit.gui.document_view import DocumentView


class PathEye(QToolButton):
    """Down: the chosen path shows for as long as its panel does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view: DocumentView | None = None
        text = self.tr("Show the path with every tool")
        self.setCheckable(True)
        self.setChecked(True)
        set_icon(self, "eye", palette_now())
        self.setFixedSize(TARGET_SIZE)
        self.setIconSize(ICON_SIZE)
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.toggled.connect(self._tell)

    def set_view(self, view: DocumentView | None) -> None:
        if self._view is not None and view is not self._view:
            self._view.canvas.marks.show_quietly(None)
        self._view = view
        self._tell()

    def _tell(self, *_ignored: object) -> None:
        if self._view is not None:
            pen = self._view.tool(Pen.id)
            assert isinstance(pen, Pen)
            shown = self.isChecked() and self.isVisible()
            self._view.canvas.marks.show_quietly(pen if shown else None)

    # Qt's own names

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tell()
