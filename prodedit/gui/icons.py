# SPDX-License-Identifier: Apache-2.0
"""Icons: Tabler's line drawings, coloured from the palette."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QWidget

from prodedit.core.layer import Colour
from prodedit.data_files import resources_folder
from prodedit.gui.style_sheet import ICON, TARGET
from prodedit.gui.theme import Palette, qcolor

ICON_SIZE = QSize(ICON, ICON)
TARGET_SIZE = QSize(TARGET, TARGET)

_SCALES = (1.0, 1.25, 1.5, 2.0, 3.0)
"""The screens' usual scale factors: at these an icon is drawn sharp, between them it is scaled."""
_NAME = "prodedit_icon"


def icon(name: str, palette: Palette) -> QIcon:
    """The icon `resources/icons/<name>.svg`. Raises FileNotFoundError where there is none."""
    looks = (
        (QIcon.Mode.Normal, QIcon.State.Off, palette.text),
        (QIcon.Mode.Normal, QIcon.State.On, palette.on_accent),
        (QIcon.Mode.Selected, QIcon.State.Off, palette.on_accent),
        (QIcon.Mode.Disabled, QIcon.State.Off, palette.disabled),
        (QIcon.Mode.Disabled, QIcon.State.On, palette.disabled),
    )
    result = QIcon()
    for mode, state, colour in looks:
        for scale in _SCALES:
            result.addPixmap(pixmap(name, colour, ICON, scale), mode, state)
    return result


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
    target.setIcon(icon(name, palette))
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
            target.setIcon(icon(str(name), palette))


@lru_cache(maxsize=512)
def _shape(name: str, pixels: int) -> QImage:
    """The drawing in white on nothing, `pixels` a side."""
    path = resources_folder() / "icons" / f"{name}.svg"
    text = path.read_text("utf-8").replace("currentColor", "#ffffff")
    renderer = QSvgRenderer(QByteArray(text.encode()))
    shape = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    shape.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(shape)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return shape
