# SPDX-License-Identifier: Apache-2.0
"""The foreground and the background colour below the tools."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QColorDialog, QToolButton, QWidget

from prodedit.core.colour import Colour
from prodedit.editing.colour_pair import ColourPair, Role
from prodedit.gui.icons import set_icon
from prodedit.gui.theme import Palette, palette_now, qcolor

_SIDE, _STEP, _SMALL = 25, 11, 18
"""Of a swatch; between the two; of the buttons above them."""


class Swatch(QAbstractButton):
    """A field of colour: a click asks for another."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.colour = Colour(0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    # Qt's own names

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = palette_now()
        painter = QPainter(self)
        frame = self.rect().adjusted(0, 0, -1, -1)
        lit = self.hasFocus() or self.underMouse()
        painter.setPen(QPen(qcolor(palette.accent if lit else palette.edge)))
        painter.setBrush(qcolor(palette.panel))
        painter.drawRect(frame)
        painter.fillRect(frame.adjusted(2, 2, -1, -1), qcolor(self.colour))
        painter.end()


class ColourPairBox(QWidget):
    """Two fields, the one in front over the other; above them what swaps and what resets them."""

    changed = Signal(object)
    """The ColourPair that a person wants."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pair = ColourPair()
        self.setFixedSize(_SIDE + _STEP, _SMALL + 2 + _SIDE + _STEP)
        self.background = Swatch(self)
        self.foreground = Swatch(self)
        top = _SMALL + 2
        self.foreground.setGeometry(QRect(0, top, _SIDE, _SIDE))
        self.background.setGeometry(QRect(_STEP, top + _STEP, _SIDE, _SIDE))
        self.foreground.clicked.connect(partial(self._ask, "foreground"))
        self.background.clicked.connect(partial(self._ask, "background"))
        self.reset = self._small(0, "contrast-2", self.tr("Black and white"), "D", palette)
        self.swap = self._small(_SMALL, "arrows-exchange", self.tr("Swap colours"), "X", palette)
        self.reset.clicked.connect(lambda: self.changed.emit(ColourPair()))
        self.swap.clicked.connect(lambda: self.changed.emit(self._pair.swapped))
        self.show_pair(self._pair)

    @property
    def pair(self) -> ColourPair:
        return self._pair

    def show_pair(self, pair: ColourPair) -> None:
        self._pair = pair
        titles = (
            (self.foreground, pair.foreground, self.tr("Foreground colour")),
            (self.background, pair.background, self.tr("Background colour")),
        )
        for swatch, colour, title in titles:
            swatch.colour = colour
            swatch.setToolTip(f"{title}: {colour.hex}")
            swatch.setAccessibleName(f"{title}: {colour.hex}")
            swatch.update()

    def _ask(self, role: Role) -> None:
        swatch = self.foreground if role == "foreground" else self.background
        dialog = QColorDialog(qcolor(swatch.colour), self.window())
        dialog.setWindowTitle(swatch.accessibleName().rpartition(":")[0])
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.colorSelected.connect(lambda chosen: self._take(role, chosen))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take(self, role: Role, chosen: QColor) -> None:
        colour = Colour(chosen.red(), chosen.green(), chosen.blue())
        self.changed.emit(self._pair.with_colour(role, colour))

    def _small(self, x: int, icon: str, title: str, key: str, palette: Palette) -> QToolButton:
        button = QToolButton(self)
        button.setGeometry(QRect(x, 0, _SMALL, _SMALL))
        button.setIconSize(QSize(16, 16))
        button.setStyleSheet("padding: 0px")
        set_icon(button, icon, palette)
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{title} ({shown})")
        button.setAccessibleName(title)
        return button
