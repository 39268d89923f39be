# SPDX-License-Identifier: Apache-2.0
"""Photo filter: glasses by their names, or a colour of one's own."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from prodedit.core.adjust.values import Adjustment, PhotoFilter
from prodedit.core.colour import Colour
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.icons import ICON_SIZE
from prodedit.gui.panels.adjustments.fields import FIELDS, FieldsSection
from prodedit.gui.panels.adjustments.section import Surroundings
from prodedit.gui.theme import palette_now, qcolor
from prodedit.gui.translation import translate

_T = QT_TRANSLATE_NOOP


class Glass(NamedTuple):
    """`title` in the context "Adjust"."""

    title: str
    colour: Colour


GLASSES: tuple[Glass, ...] = (
    Glass(_T("Adjust", "Warming (85)"), Colour(236, 138, 0)),
    Glass(_T("Adjust", "Warming (LBA)"), Colour(250, 150, 0)),
    Glass(_T("Adjust", "Warming (81)"), Colour(235, 177, 19)),
    Glass(_T("Adjust", "Cooling (80)"), Colour(0, 109, 255)),
    Glass(_T("Adjust", "Cooling (LBB)"), Colour(0, 93, 255)),
    Glass(_T("Adjust", "Cooling (82)"), Colour(0, 181, 255)),
    Glass(_T("Adjust", "Red"), Colour(234, 26, 26)),
    Glass(_T("Adjust", "Orange"), Colour(243, 132, 23)),
    Glass(_T("Adjust", "Yellow"), Colour(249, 227, 28)),
    Glass(_T("Adjust", "Green"), Colour(25, 201, 25)),
    Glass(_T("Adjust", "Cyan"), Colour(29, 203, 234)),
    Glass(_T("Adjust", "Blue"), Colour(29, 53, 234)),
    Glass(_T("Adjust", "Violet"), Colour(155, 29, 234)),
    Glass(_T("Adjust", "Magenta"), Colour(227, 24, 227)),
    Glass(_T("Adjust", "Sepia"), Colour(172, 122, 51)),
    Glass(_T("Adjust", "Deep red"), Colour(255, 0, 0)),
    Glass(_T("Adjust", "Deep yellow"), Colour(255, 213, 0)),
    Glass(_T("Adjust", "Deep emerald"), Colour(0, 140, 0)),
    Glass(_T("Adjust", "Deep blue"), Colour(0, 34, 205)),
    Glass(_T("Adjust", "Underwater"), Colour(0, 194, 177)),
)
"""What filters of these names let through: the Kodak Wratten numbers and the common dyes, in sRGB,
as editors of photos have them."""


class PhotoFilterSection(FieldsSection):
    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, PhotoFilter(), FIELDS[PhotoFilter], parent)
        self.glasses = QComboBox(self)
        self.glasses.setAccessibleName(self.tr("Filter"))
        self.glasses.setIconSize(ICON_SIZE)
        self.glasses.setMaxVisibleItems(len(GLASSES) + 1)
        for glass in GLASSES:
            self.glasses.addItem(_swatch(glass.colour), translate("Adjust", glass.title))
        self.glasses.addItem(self.tr("Own colour"))
        self.glasses.activated.connect(self._choose)
        label = QLabel(self.tr("Filter"), self)
        label.setBuddy(self.glasses)
        self.column.insertWidget(0, label)
        self.column.insertWidget(1, self.glasses)
        self._show_glass(PhotoFilter().colour)

    def show_value(self, adjustment: Adjustment) -> None:
        super().show_value(adjustment)
        assert isinstance(adjustment, PhotoFilter)
        self._show_glass(adjustment.colour)

    def settle(self, name: str, value: object) -> None:
        super().settle(name, value)
        self.show_value(self.value)

    def _show_glass(self, colour: Colour) -> None:
        own = len(GLASSES)
        known = (n for n, glass in enumerate(GLASSES) if glass.colour[:3] == colour[:3])
        self.glasses.setItemIcon(own, _swatch(colour))
        self.glasses.setCurrentIndex(next(known, own))

    def _choose(self, number: int) -> None:
        """A glass, or the dialog for one's own colour, which begins with the one there is."""
        if number < len(GLASSES):
            self.settle("colour", GLASSES[number].colour)
        else:
            self.swatches["colour"].click()


def _swatch(colour: Colour) -> QIcon:
    drawing = QPixmap(ICON_SIZE)
    drawing.fill(qcolor(palette_now().edge))
    painter = QPainter(drawing)
    painter.fillRect(drawing.rect().adjusted(1, 1, -1, -1), qcolor(colour))
    painter.end()
    return QIcon(drawing)
