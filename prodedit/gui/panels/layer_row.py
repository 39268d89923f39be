# SPDX-License-Identifier: Apache-2.0
"""One row of the Layers panel: eye, clip arrow, pictures, name, effects, lock; what lies where."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QApplication, QLineEdit, QStyle, QStyledItemDelegate, QWidget
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from prodedit.core.blend import BLEND_MODES
from prodedit.core.layer import (
    UNLOCKED,
    AdjustmentContent,
    Colour,
    GroupContent,
    Layer,
    ShapeContent,
    TextContent,
)
from prodedit.gui.icons import pixmap
from prodedit.gui.panels.layers_model import LayerRole
from prodedit.gui.panels.thumbnails import SIDE, Thumbnails
from prodedit.gui.theme import Palette, palette_now, qcolor
from prodedit.gui.translation import translate

Index = QModelIndex | QPersistentModelIndex
Part = Literal["eye", "clip", "thumbnail", "link", "mask", "name", "effects", "lock"]

HEIGHT = 44
_ICON = 16
_BADGE = 12
_EYE, _LOCK, _CLIP, _LINK, _EFFECTS = 28, 24, 16, 14, 22
_PICTURES: Mapping[type, str] = MappingProxyType(
    {GroupContent: "folder", AdjustmentContent: "adjustments"}
)
"""The icon of what has no picture of its own."""
_BADGES: Mapping[type, str] = MappingProxyType({TextContent: "typography", ShapeContent: "hexagon"})
"""The sign in the corner of a picture that is drawn anew each time."""


class LayerRow(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = Thumbnails()

    @property
    def _palette(self) -> Palette:
        return palette_now()

    def part_at(self, rect: QRect, layer: Layer, place: QPoint) -> Part:
        """What of a row of this rectangle lies under `place`."""
        for part, where in self.parts(rect, layer).items():
            if where.contains(place):
                return part
        return "name"

    def parts(self, rect: QRect, layer: Layer) -> dict[Part, QRect]:
        """Those that the layer has, and where in a row of this rectangle."""
        x, top = rect.left(), rect.top() + (rect.height() - SIDE) // 2
        found: dict[Part, QRect] = {}
        wide: dict[Part, int] = {"eye": _EYE + 4, "clip": _CLIP * layer.clip, "thumbnail": SIDE}
        if layer.mask is not None:
            wide |= {"link": _LINK, "mask": SIDE}
        for part, width in wide.items():
            square = part in ("thumbnail", "mask")
            found[part] = QRect(x, top if square else rect.top(), width, SIDE if square else HEIGHT)
            x += width
        right = rect.right() - _LOCK
        found["lock"] = QRect(right, rect.top(), _LOCK, rect.height())
        if layer.effects:
            right -= _EFFECTS
            found["effects"] = QRect(right, rect.top(), _EFFECTS, rect.height())
        found["name"] = QRect(x + 8, rect.top(), max(0, right - x - 8), rect.height())
        return found

    def _draw_signs(
        self,
        painter: QPainter,
        parts: dict[Part, QRect],
        layer: Layer,
        ink: Colour,
        held: Colour | None,
    ) -> None:
        """`held`: what the lock of a group that it lies in is drawn with; None: none is locked."""
        hidden = ink if layer.visible else self._palette.disabled
        eye = parts["eye"].adjusted(0, 0, -4, 0)
        self._draw_icon(painter, eye, "eye" if layer.visible else "eye-off", hidden)
        if layer.clip:
            self._draw_icon(painter, parts["clip"], "corner-left-down", ink)
        lock = ink if layer.locks != UNLOCKED else held
        if lock is not None:
            self._draw_icon(painter, parts["lock"], "lock", lock)
        if layer.effects:
            shown = any(effect.enabled for effect in layer.effects)
            painter.setPen(qcolor(ink if shown else self._palette.disabled))
            font = painter.font()
            slanted = painter.font()
            slanted.setItalic(True)
            painter.setFont(slanted)
            painter.drawText(parts["effects"], Qt.AlignmentFlag.AlignCenter, "fx")
            painter.setFont(font)

    def _draw_pictures(
        self, painter: QPainter, parts: dict[Part, QRect], layer: Layer, ink: Colour
    ) -> None:
        where, kind = parts["thumbnail"], type(layer.content)
        picture = self._thumbnails.of_layer(layer)
        if picture is None:
            self._draw_icon(painter, where, _PICTURES[kind], ink)
        else:
            painter.drawPixmap(where, picture)
        if kind in _BADGES:
            corner = QRect(where.right() - _BADGE, where.bottom() - _BADGE, _BADGE + 1, _BADGE + 1)
            painter.fillRect(corner, qcolor(self._palette.panel))
            self._draw_icon(painter, corner, _BADGES[kind], self._palette.text, _BADGE)
        if layer.mask is not None:
            self._draw_mask(painter, parts, layer, ink)

    def _draw_mask(
        self, painter: QPainter, parts: dict[Part, QRect], layer: Layer, ink: Colour
    ) -> None:
        """A chain where it moves with the layer; crossed out where it is off."""
        assert layer.mask is not None
        where = parts["mask"]
        painter.drawPixmap(where, self._thumbnails.of_tiles(layer.mask.alpha))
        if layer.mask.linked:
            self._draw_icon(painter, parts["link"], "link", ink, _BADGE)
        if not layer.mask.enabled:
            painter.setPen(QPen(qcolor(self._palette.danger), 2))
            inner = where.adjusted(2, 2, -2, -2)
            painter.drawLine(inner.topLeft(), inner.bottomRight())
            painter.drawLine(inner.topRight(), inner.bottomLeft())

    def _draw_icon(
        self, painter: QPainter, where: QRect, name: str, colour: Colour, side: int = _ICON
    ) -> None:
        scale = painter.device().devicePixelRatioF()
        drawing = pixmap(name, colour, side, scale)
        corner = where.center() - QPoint(side // 2, side // 2)
        painter.drawPixmap(QRect(corner, QSize(side, side)), drawing)

    def _draw_texts(
        self, painter: QPainter, where: QRect, layer: Layer, ink: Colour, faint: Colour
    ) -> None:
        painter.setPen(qcolor(ink))
        name = painter.fontMetrics().elidedText(
            layer.name, Qt.TextElideMode.ElideRight, where.width()
        )
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if layer.opacity == 1.0 and layer.blend == "normal":
            painter.drawText(where, middle, name)
            return
        half = where.height() // 2
        painter.drawText(where.adjusted(0, 4, 0, -half), middle, name)
        painter.setPen(qcolor(faint))
        blend = "" if layer.blend == "normal" else f"  {_blend_title(layer.blend)}"
        text = f"{layer.opacity * 100:.0f} %{blend}"
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where.adjusted(0, half - 2, 0, -4), middle, shown)

    # Qt's own names

    def sizeHint(self, option: Option, index: Index) -> QSize:
        return QSize(0, HEIGHT)

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        layer = index.data(LayerRole.LAYER)
        if not isinstance(layer, Layer):
            return
        state, rect, palette = option.state, option.rect, self._palette
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        ink, faint = (palette.on_accent,) * 2 if chosen else (palette.text, palette.secondary)
        painter.save()
        style = QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter)
        parts = self.parts(rect, layer)
        held = faint if index.data(LayerRole.LOCKED_BY) else None
        self._draw_signs(painter, parts, layer, ink, held)
        self._draw_pictures(painter, parts, layer, ink)
        self._draw_texts(painter, parts["name"], layer, ink, faint)
        painter.restore()

    def createEditor(self, parent: QWidget, option: Option, index: Index) -> QWidget:
        return QLineEdit(parent)

    def updateEditorGeometry(self, editor: QWidget, option: Option, index: Index) -> None:
        layer = index.data(LayerRole.LAYER)
        where = self.parts(option.rect, layer)["name"]
        editor.setGeometry(where.adjusted(-4, 6, 0, -6))


def _blend_title(blend: str) -> str:
    return translate("BlendMode", BLEND_MODES[blend].title)
