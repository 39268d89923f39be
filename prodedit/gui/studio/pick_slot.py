# SPDX-License-Identifier: Apache-2.0
"""A place for one picture, and a menu of those that can be put there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QMenu,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from prodedit.gui.icons import set_icon
from prodedit.gui.panels.section import secondary
from prodedit.gui.studio.framed import framed
from prodedit.gui.studio.grid import COLUMNS, PickGrid
from prodedit.gui.studio.picks import Pick
from prodedit.gui.studio.studio import Studio
from prodedit.gui.theme import palette_now

SIDE = 88
_SMALL = 32
_CELL, _MOST_ROWS, _BAR = 72, 4, 14
"""Of the pictures in the menu; more rows are scrolled to."""


class PickSlot(QWidget):
    changed = Signal()
    photo_wanted = Signal()
    """The photo of the chosen layer is to be put here."""

    def __init__(
        self,
        studio: Studio,
        title: str,
        generated: Callable[[], Sequence[Pick]],
        parent: QWidget | None = None,
    ) -> None:
        """generated: the pictures that can be chosen besides the favourites."""
        super().__init__(parent)
        self._studio, self._generated = studio, generated
        self.pick: Pick | None = None
        self.button = QToolButton(self)
        self.button.setText(title)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.button.setFixedSize(SIDE + 8, SIDE + 32)
        self.button.setIconSize(QSize(SIDE, SIDE))
        self.button.setToolTip(self.tr("Choose a picture"))
        self.menu = QMenu(self.button)
        self.menu.aboutToShow.connect(self._fill)
        self.button.clicked.connect(self._open_menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.put(None)

    def put(self, pick: Pick | None) -> None:
        self.pick = pick
        if pick is None:
            set_icon(self.button, "photo-plus", palette_now())
            self.button.setIconSize(QSize(_SMALL, _SMALL))
            self.button.setProperty("look", "slot")
        else:
            self.button.setProperty("prodedit_icon", None)  # the theme may change: it stays
            self.button.setIcon(QIcon(framed(pick.image, SIDE, self.devicePixelRatio())))
            self.button.setIconSize(QSize(SIDE, SIDE))
            self.button.setProperty("look", "")
        self.button.style().unpolish(self.button)
        self.button.style().polish(self.button)
        self.changed.emit()

    def _open_menu(self) -> None:
        self.menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    @Slot()
    def _fill(self) -> None:
        self.menu.clear()
        chosen = self.menu.addAction(self.tr("The chosen picture"))
        chosen.setEnabled(self._studio.chosen is not None)
        chosen.triggered.connect(lambda: self.put(self._studio.chosen))
        self.menu.addAction(self.tr("My photo")).triggered.connect(self.photo_wanted)
        kept = self._studio.favourites
        others = [pick for pick in self._generated() if not self._studio.keeps(pick)]
        for title, picks in ((self.tr("Favourites"), kept), (self.tr("Generated"), others)):
            if picks:
                self.menu.addSeparator()
                self.menu.addAction(self._grid(title, picks))

    def _grid(self, title: str, picks: Sequence[Pick]) -> QWidgetAction:
        """As large as they are in the panel: what is to be chosen must be seen."""
        entry, box = QWidgetAction(self.menu), QWidget(self.menu)
        scroll, column = QScrollArea(box), QVBoxLayout(box)
        grid = PickGrid(title, self._studio.keeps, scroll, hearts=False)
        grid.setFixedWidth(COLUMNS * _CELL)
        grid.show_picks(picks, None)
        grid.picked.connect(self._choose)
        scroll.setWidget(grid)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        height = min(grid.height(), _MOST_ROWS * _CELL)
        scroll.setFixedSize(grid.width() + (_BAR if height < grid.height() else 0), height)
        column.setContentsMargins(8, 0, 8, 4)
        column.setSpacing(4)
        column.addWidget(secondary(title, box))
        column.addWidget(scroll)
        entry.setDefaultWidget(box)
        return entry

    def _choose(self, pick: Pick) -> None:
        self.menu.close()
        self.put(pick)
