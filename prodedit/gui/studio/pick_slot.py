# SPDX-License-Identifier: Apache-2.0
"""A place for one picture, and a menu of those that can be put there."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from prodedit.gui.icons import set_icon
from prodedit.gui.studio.framed import framed
from prodedit.gui.studio.picks import Pick
from prodedit.gui.studio.studio import Studio
from prodedit.gui.theme import palette_now

SIDE = 88
_SMALL = 32


class PickSlot(QWidget):
    changed = Signal()
    photo_wanted = Signal()
    """The photo of the chosen layer is to be put here."""

    def __init__(self, studio: Studio, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.pick: Pick | None = None
        self.button = QToolButton(self)
        self.button.setFixedSize(SIDE + 8, SIDE + 8)
        self.button.setIconSize(QSize(SIDE, SIDE))
        self.button.setAccessibleName(title)
        self.button.setToolTip(self.tr("Choose a picture"))
        self.menu = QMenu(self.button)
        self.menu.aboutToShow.connect(self._fill)
        self.button.clicked.connect(self._open_menu)
        label = QLabel(title, self)
        label.setProperty("role", "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.button, label):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self.put(None)

    def put(self, pick: Pick | None) -> None:
        self.pick = pick
        if pick is None:
            set_icon(self.button, "photo-plus", palette_now())
            self.button.setIconSize(QSize(_SMALL, _SMALL))
        else:
            self.button.setProperty("prodedit_icon", None)  # the theme may change: it stays
            self.button.setIcon(QIcon(framed(pick.image, SIDE, self.devicePixelRatio())))
            self.button.setIconSize(QSize(SIDE, SIDE))
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
        if kept:
            self.menu.addSeparator()
        for number, pick in enumerate(kept, 1):
            text = self.tr("Favourite {number}").format(number=number)
            entry = self.menu.addAction(QIcon(framed(pick.image, _SMALL)), text)
            entry.triggered.connect(lambda _checked=False, pick=pick: self.put(pick))
