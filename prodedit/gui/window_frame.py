# SPDX-License-Identifier: Apache-2.0
"""Where the window's parts stand. What loads late moves into places that were kept free for it, so
that nothing which is seen already moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from prodedit.gui.tool_room import ToolRoom

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

RAIL_WIDTH, PANEL_WIDTH = 44, 320
SIDE_WIDTH = PANEL_WIDTH + RAIL_WIDTH


class WindowFrame(QWidget):
    """`top` over all of the width; below it the tools, the tabs over `pages`, and the side; below
    these two, beside the tools, the strip: on a low screen the tools need all of the height."""

    def __init__(
        self, top: QWidget, pages: QWidget, side_width: int = 0, parent: QWidget | None = None
    ) -> None:
        """`side_width`: as it was left; 0: as it is at first."""
        super().__init__(parent)
        self._wanted = max(SIDE_WIDTH, side_width)
        self._has_room = False
        picture = QWidget(self)
        self._picture = _column(picture)
        self._picture.addWidget(pages, 1)
        self._centre = QSplitter(Qt.Orientation.Horizontal, self)
        self._centre.addWidget(picture)
        self._centre.addWidget(_kept_free())
        self._centre.setStretchFactor(0, 1)
        self._centre.setChildrenCollapsible(False)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._tools: QWidget = ToolRoom(self)
        self._middle.addWidget(self._tools)
        right = QWidget(self)
        self._right = _column(right)
        self._right.addWidget(self._centre, 1)
        self._middle.addWidget(right, 1)
        self._rows = _column(self)
        self._rows.addWidget(top)
        self._rows.addLayout(self._middle, 1)

    def move_in(self, tools: QWidget, tabs: QWidget, side: QWidget, strip: QWidget) -> None:
        """What comes after the first paint. To be called once."""
        self._middle.replaceWidget(self._tools, tools)
        self._tools.deleteLater()
        self._tools = tools
        self._picture.insertWidget(0, tabs)
        side.setMinimumWidth(SIDE_WIDTH)
        if kept_free := self._centre.replaceWidget(1, side):
            kept_free.deleteLater()
        self._right.addWidget(strip)

    @property
    def side_width(self) -> int:
        """0 while it is hidden."""
        return self._centre.sizes()[1]

    def reset(self) -> None:
        """The widths as they were at first."""
        self._set_side(SIDE_WIDTH)

    def _set_side(self, width: int) -> None:
        """Never more than half of the window: it may have been a larger one."""
        room = self.width() - self._tools.width()
        width = max(SIDE_WIDTH, min(width, room // 2))
        self._centre.setSizes([room - width, width])

    # Qt's own names

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if isinstance(self._tools, ToolRoom):
            self._tools.fit(self._middle.geometry().height())
        if not self._has_room:  # the first time, before anything is painted
            self._has_room = True
            self._rows.activate()
            self._set_side(self._wanted)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def _kept_free() -> QWidget:
    """Looks like the side without anything on it."""
    place, panel = QWidget(), QWidget()
    panel.setProperty("role", "panel")
    row = QHBoxLayout(place)
    row.setContentsMargins(0, 0, RAIL_WIDTH, 0)
    row.addWidget(panel)
    place.setMinimumWidth(SIDE_WIDTH)
    return place
