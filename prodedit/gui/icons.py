# SPDX-License-Identifier: Apache-2.0
"""Icons: Tabler's line drawings, coloured from the palette."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QWidget

from prodedit.core.colour import Colour
from prodedit.data_files import resources_folder
from prodedit.gui.style_sheet import ICON, TARGET
from prodedit.gui.theme import Palette, qcolor

ICON_SIZE = QSize(ICON, ICON)
TARGET_SIZE = QSize(TARGET, TARGET)

_NAME = "prodedit_icon"
_ON = QIcon.State.On
_SELECTED, _DISABLED = QIcon.Mode.Selected, QIcon.Mode.Disabled


def icon(name: str, palette: Palette) -> QIcon:
    """The icon `resources/icons/<name>.svg`. Raises FileNotFoundError where there is none."""
    if not _file(name).is_file():
        raise FileNotFoundError(f"There is no icon {name!r}.")
    return QIcon(_Drawing(name, palette))


class _Drawing(QIconEngine):
    """Draws when it is shown, in just that size: most icons are in menus that nobody opened."""

    def __init__(self, name: str, palette: Palette) -> None:
        super().__init__()
        self._name, self._palette = name, palette

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> Colour:
        if mode == _DISABLED:
            return self._palette.disabled
        return self._palette.on_accent if state == _ON or mode == _SELECTED else self._palette.text

    # Qt's own names

    def clone(self) -> QIconEngine:
        return _Drawing(self._name, self._palette)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return pixmap(self._name, self._colour(mode, state), min(size.width(), size.height()))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side, scale = min(rect.width(), rect.height()), painter.device().devicePixelRatio()
        place = QRect(0, 0, side, side)
        place.moveCenter(rect.center())
        drawing = pixmap(self._name, self._colour(mode, state), side, scale)
        painter.drawPixmap(place, drawing)


def pixmap(name: str, colour: Colour, side: int = ICON, scale: float = 1.0) -> QPixmap:
    """`side` widget units large, for a screen of that scale factor."""
    drawing = QImage(_shape(name, round(side * scale)))
    painter = QPainter(drawing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(drawing.rect(), qcolor(colour))
    painter.end()
    drawing.setDevicePixelRatio(scale)
    return QPixmap.fromImage(drawing)


def set_icon(target: QAction | QAbstractButton, name: str, palette: Palette) -> None:
    """Give an action or button its icon; `recolour` finds it again when the theme changes."""
    target.setProperty(_NAME, name)
    target.setIcon(icon(name, _inks(target, palette)))
    if isinstance(target, QAbstractButton):
        target.setIconSize(ICON_SIZE)


def recolour(root: QWidget, palette: Palette) -> None:
    """Draw all icons in a window anew that `set_icon` gave out."""
    targets: list[QAction | QAbstractButton] = [
        *root.findChildren(QAction),
        *root.findChildren(QAbstractButton),
    ]
    for target in targets:
        name = target.property(_NAME)
        if name is not None:
            target.setIcon(icon(str(name), _inks(target, palette)))


def _inks(target: QAction | QAbstractButton, palette: Palette) -> Palette:
    """A panel's main button is filled with the accent: its icon takes the colour of its text."""
    is_primary = target.property("look") == "primary"
    return replace(palette, text=palette.on_accent) if is_primary else palette


def _file(name: str) -> Path:
    return resources_folder() / "icons" / f"{name}.svg"


@lru_cache(maxsize=512)
def _shape(name: str, pixels: int) -> QImage:
    """The drawing in white on nothing, `pixels` a side."""
    text = _file(name).read_text("utf-8").replace("currentColor", "#ffffff")
    renderer = QSvgRenderer(QByteArray(text.encode()))
    shape = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    shape.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(shape)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return shape
