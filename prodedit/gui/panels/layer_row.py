# SPDX-License-Identifier: Apache-2.0
"""One row of the Layers panel: eye, thumbnail, mask, name, lock; what is clicked in it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QLineEdit, QStyle, QStyledItemDelegate, QWidget
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from prodedit.core.blend import BLEND_MODES
from prodedit.core.layer import UNLOCKED, Colour, Layer
from prodedit.gui.icons import pixmap
from prodedit.gui.panels.layers_model import LayerRole
from prodedit.gui.panels.thumbnails import SIDE, Thumbnails
from prodedit.gui.theme import Palette, palette_now, qcolor
from prodedit.gui.translation import translate

Index = QModelIndex | QPersistentModelIndex
Part = Literal["eye", "thumbnail", "mask", "name", "lock"]

HEIGHT = 44
_ICON = 16
_EYE, _LOCK = 28, 28


class LayerRow(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = Thumbnails()

    @property
    def _palette(self) -> Palette:
        return palette_now()

    def part_at(self, rect: QRect, layer: Layer, place: QPoint) -> Part:
        """What of a row of this rectangle lies under `place`."""
        for part, where in self._parts(rect, layer).items():
            if where.contains(place):
                return part
        return "name"

    def _parts(self, rect: QRect, layer: Layer) -> dict[Part, QRect]:
        x, top = rect.left(), rect.top() + (rect.height() - SIDE) // 2
        parts: dict[Part, QRect] = {"eye": QRect(x, rect.top(), _EYE, rect.height())}
        x += _EYE + 4
        parts["thumbnail"] = QRect(x, top, SIDE, SIDE)
        x += SIDE + 8
        if layer.mask is not None:
            parts["mask"] = QRect(x, top, SIDE, SIDE)
            x += SIDE + 8
        right = rect.right() - _LOCK
        parts["lock"] = QRect(right, rect.top(), _LOCK, rect.height())
        parts["name"] = QRect(x, rect.top(), max(0, right - x), rect.height())
        return parts

    def _draw_eye(self, painter: QPainter, where: QRect, layer: Layer, *, chosen: bool) -> None:
        name = "eye" if layer.visible else "eye-off"
        palette = self._palette
        plain = palette.text if layer.visible else palette.disabled
        colour = palette.on_accent if chosen else plain
        self._draw_icon(painter, where, name, colour)

    def _draw_pictures(
        self, painter: QPainter, parts: dict[Part, QRect], layer: Layer, *, chosen: bool
    ) -> None:
        picture = self._thumbnails.of_layer(layer)
        if picture is None:
            colour = self._palette.on_accent if chosen else self._palette.text
            self._draw_icon(painter, parts["thumbnail"], "folder", colour)
        else:
            painter.drawPixmap(parts["thumbnail"], picture)
        if layer.mask is not None:
            painter.drawPixmap(parts["mask"], self._thumbnails.of_tiles(layer.mask.alpha))
            if not layer.mask.enabled:
                painter.setPen(qcolor(self._palette.danger))
                painter.drawLine(parts["mask"].topLeft(), parts["mask"].bottomRight())

    def _draw_icon(self, painter: QPainter, where: QRect, name: str, colour: Colour) -> None:
        scale = painter.device().devicePixelRatioF()
        drawing = pixmap(name, colour, _ICON, scale)
        corner = where.center() - QPoint(_ICON // 2, _ICON // 2)
        painter.drawPixmap(QRect(corner, QSize(_ICON, _ICON)), drawing)

    def _draw_texts(
        self, painter: QPainter, parts: dict[Part, QRect], layer: Layer, *, chosen: bool
    ) -> None:
        palette = self._palette
        painter.setPen(qcolor(palette.on_accent if chosen else palette.text))
        where = parts["name"]
        plain = layer.opacity == 1.0 and layer.blend == "normal"
        name = painter.fontMetrics().elidedText(
            layer.name, Qt.TextElideMode.ElideRight, where.width()
        )
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if plain:
            painter.drawText(where, middle, name)
            return
        half = where.height() // 2
        painter.drawText(where.adjusted(0, 4, 0, -half), middle, name)
        painter.setPen(qcolor(palette.on_accent if chosen else palette.secondary))
        blend = "" if layer.blend == "normal" else f"  {_blend_title(layer.blend)}"
        text = f"{layer.opacity * 100:.0f} %{blend}"
        painter.drawText(where.adjusted(0, half - 2, 0, -4), middle, text)

    # Qt's own names

    def sizeHint(self, option: Option, index: Index) -> QSize:
        return QSize(0, HEIGHT)

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        layer = index.data(LayerRole.LAYER)
        if not isinstance(layer, Layer):
            return
        state, rect = option.state, option.rect
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        style = QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter)
        parts = self._parts(rect, layer)
        self._draw_eye(painter, parts["eye"], layer, chosen=chosen)
        self._draw_pictures(painter, parts, layer, chosen=chosen)
        self._draw_texts(painter, parts, layer, chosen=chosen)
        if layer.locks != UNLOCKED:
            colour = self._palette.on_accent if chosen else self._palette.text
            self._draw_icon(painter, parts["lock"], "lock", colour)
        painter.restore()

    def createEditor(self, parent: QWidget, option: Option, index: Index) -> QWidget:
        return QLineEdit(parent)

    def updateEditorGeometry(self, editor: QWidget, option: Option, index: Index) -> None:
        layer = index.data(LayerRole.LAYER)
        where = self._parts(option.rect, layer)["name"]
        editor.setGeometry(where.adjusted(-4, 6, 0, -6))


def _blend_title(blend: str) -> str:
    return translate("BlendMode", BLEND_MODES[blend].title)
