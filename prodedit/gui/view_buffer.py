# SPDX-License-Identifier: Apache-2.0
"""The picture as the screen shows it, kept in device pixels and mended piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from time import perf_counter

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QColorTransform, QImage, QPainter, QRegion, QTransform

from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import TILE, block_rect, places
from prodedit.gui.monitor_colours import convert
from prodedit.gui.regions import BAND, bands, few_rects, qrect, rects_of
from prodedit.gui.theme import Palette, qcolor
from prodedit.gui.viewport import Viewport
from prodedit.render.images import is_opaque
from prodedit.render.projection import Projection

Clock = Callable[[], float]
_Block = tuple[int, int, int]
"""(level, column, row)."""

_CHECK = 8
"""Side of a field of the checkerboard, in widget units."""
_DRAWING = 0.7
"""Share of a slice that drawing the whole view takes: no time to compute much in it, too."""
_ENLARGED = 1.5
"""What is enlarged by more has few pixels: it pays to look whether they are opaque, and Qt scales
them in half of the time then."""
_COARSE_BELOW = 0.75
"""While the zoom changes a level that would be reduced to less than this is not drawn, but the next
coarser one, enlarged: it has a quarter of the pixels to read."""
_MUCH = 1_500_000
"""Pixels of the canvas: where more than so many have changed of what shows, it is drawn from
reduced layers first. What a brush does is sooner computed as it is."""


class ViewBuffer:
    """What is dirty is drawn at once from blocks that are known, however coarse or old; the blocks
    that are not fresh are then computed in slices, those in the middle of the view first. Where
    much has changed all of them are made near what they will be before any is made exactly."""

    def __init__(
        self,
        projection: Projection,
        viewport: Viewport,
        palette: Palette,
        clock: Clock = perf_counter,
    ) -> None:
        self._projection = projection
        self._viewport = viewport
        self._clock = clock
        self._dirty = QRegion()
        self._blurred = QRegion()
        self._hurried = False
        self._stale: set[_Block] = set()
        self._patch = QImage()
        self._colours: QColorTransform | None = None
        self.set_palette(palette)
        self._new_image()

    @property
    def image(self) -> QImage:
        """The view, RGB32, one pixel per device pixel; drawn up to what `mend` has done."""
        return self._image

    @property
    def is_dirty(self) -> bool:
        """Whether something has to be drawn before `image` may be shown."""
        return not self._dirty.isEmpty()

    @property
    def is_done(self) -> bool:
        """Whether all is drawn, though perhaps coarsely."""
        return self._dirty.isEmpty() and not self._stale and self._blurred.isEmpty()

    @property
    def is_near(self) -> bool:
        """Whether all that is drawn shows the picture as it is now, though perhaps nearly so."""
        drawn = self._dirty.isEmpty() and self._blurred.isEmpty()
        return drawn and all(self._projection.is_near(*block) for block in self._stale)

    @property
    def is_coarse(self) -> bool:
        """Whether `sharpen` would do something."""
        return self._hurried and self._level != self._sharp_level

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette
        self._surround = qcolor(palette.surround)
        self._checker = _checkerboard(palette, max(1, round(_CHECK * self._viewport.ratio)))
        self._dirty = QRegion(QRect(QPoint(), self._size))

    def set_colours(self, colours: QColorTransform | None) -> None:
        """How the monitor has to be told sRGB colours; None: as they are."""
        self._colours = colours
        self._everything()

    def set_projection(self, projection: Projection) -> None:
        self._projection = projection
        self._everything()

    def set_viewport(self, viewport: Viewport, *, hurried: bool = False) -> None:
        """Show another part: after a pan only what came into view is drawn anew.

        `hurried`: the next zoom is on its way; a coarser level will do until `sharpen`."""
        old, self._viewport = self._viewport, viewport
        if viewport.zoom != old.zoom:
            self._hurried = hurried
        if viewport == old:
            return
        if viewport.ratio != old.ratio:
            self.set_palette(self._palette)  # the checkerboard's fields have another size
        if viewport.view != old.view or viewport.ratio != old.ratio:
            self._new_image()
        elif replace(viewport, origin=old.origin) == old:
            dx, dy = (new - was for new, was in zip(viewport.corner, old.corner, strict=True))
            self._scroll(dx, dy)
        else:
            self._everything()

    def sharpen(self) -> None:
        """What is coarse is drawn anew, band by band as `mend` is called."""
        if self.is_coarse:
            self._blurred = QRegion(QRect(QPoint(), self._size))
        self._hurried = False

    def invalidate(self, rect: Rect) -> QRect:
        """These pixels of the document look different now; the device pixels that show them."""
        level = self._level
        margin = 2 << level  # smooth scaling looks at its neighbours
        device = self._viewport.to_device_rect(rect.inflate(margin))
        shown = qrect(device).intersected(QRect(QPoint(), self._size))
        self._dirty += shown
        return shown

    def mend(self, seconds: float, *, exactly: bool = True) -> QRegion:
        """Draw what is dirty, having computed what the time allows; the device pixels drawn.

        `exactly`: without what is only near what it will be, or would be."""
        if self._dirty.isEmpty():
            self._dirty = self._next_blurred()
        deadline = self._clock() + seconds * (1 - _DRAWING * self._dirty_share)
        late = set(self._stale)
        for block in self._needed(self._dirty):
            if not self._projection.is_fresh(*block):
                self._stale.add(block)
        done = QRegion(self._dirty)
        for block in self._improved(deadline, exactly):
            if block in late:  # it was drawn as it was before; what is stale now is dirty, too
                done += self._device_rect(block)
        self._draw(done)
        self._dirty = QRegion()
        return done

    def _improved(self, deadline: float, exactly: bool) -> Iterator[_Block]:
        """Blocks of which more is known, as many as the time allows."""
        blocks, projection = self._in_order(), self._projection
        if not exactly and self._is_much(blocks):
            for block in blocks:
                if projection.missing(*block):
                    if self._clock() > deadline:
                        return
                    projection.sketch(*block)
                    yield block
        for block in blocks:
            if projection.is_near(*block) and not (exactly or projection.is_fresh(*block)):
                continue
            if not self._freshen(*block, deadline):
                return
            self._stale.discard(block)
            yield block

    def _is_much(self, blocks: list[_Block]) -> bool:
        """Whether a near answer comes much sooner, or is on its way; at level 0 there is none."""
        missing = [self._projection.missing(*block) for block in blocks]
        begun = any(
            self._projection.is_near(*block) and not self._projection.is_fresh(*block)
            for block in blocks
        )
        return self._level > 0 and sum(missing) > (0 if begun else _MUCH)

    @property
    def _size(self) -> QSize:
        return QSize(*self._viewport.view)

    @property
    def _dirty_share(self) -> float:
        """0..1: how much of the view has to be drawn."""
        area = sum(rect.width() * rect.height() for rect in rects_of(self._dirty))
        return min(1.0, area / max(1, self._viewport.view.area))

    @property
    def _level(self) -> int:
        """The mip level that is drawn."""
        level = self._sharp_level
        reduced = self._viewport.zoom * (1 << level) < _COARSE_BELOW
        return level + 1 if self._hurried and reduced and level + 1 < self._levels else level

    @property
    def _sharp_level(self) -> int:
        return self._viewport.level(self._levels)

    @property
    def _levels(self) -> int:
        return self._projection.levels

    @property
    def _scale(self) -> float:
        """Device pixels per pixel of the mip level that is drawn."""
        return self._viewport.zoom * (1 << self._level)

    def _new_image(self) -> None:
        self._image = QImage(self._size, QImage.Format.Format_RGB32)
        self._image.fill(self._surround)
        self._everything()

    def _everything(self) -> None:
        self._stale.clear()
        self._blurred = QRegion()
        self._dirty = QRegion(QRect(QPoint(), self._size))

    def _next_blurred(self) -> QRegion:
        """The uppermost bands of what has to be drawn sharply."""
        bounds = self._blurred.boundingRect()
        bands = QRect(bounds.left(), bounds.top(), bounds.width(), 2 * BAND)
        taken = self._blurred.intersected(bands)
        self._blurred -= taken
        return taken

    def _scroll(self, dx: int, dy: int) -> None:
        if (dx, dy) == (0, 0):
            return
        moved = QImage(self._size, QImage.Format.Format_RGB32)
        painter = QPainter(moved)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawImage(dx, dy, self._image)
        painter.end()
        self._image = moved
        whole = QRect(QPoint(), self._size)
        self._blurred = self._blurred.translated(dx, dy).intersected(whole)
        self._dirty.translate(dx, dy)
        self._dirty = (self._dirty + whole - whole.translated(dx, dy)).intersected(whole) + (
            self._dirty.intersected(whole)
        )

    def _needed(self, region: QRegion) -> Iterator[_Block]:
        level = self._level
        for rect in few_rects(region):
            for (column, row), _ in places(self._level_rect(rect)):
                yield level, column, row

    def _level_rect(self, device: QRect) -> Rect:
        """The pixels of the mip level that are needed to draw these device pixels."""
        x, y = self._viewport.corner
        scale = self._scale
        left, top = (device.x() - x) / scale, (device.y() - y) / scale
        right = (device.x() + device.width() - x) / scale
        bottom = (device.y() + device.height() - y) / scale
        size = self._projection.size(self._level)
        return Rect.between(left, top, right, bottom).inflate(2).intersect(Rect.of(size))

    def _device_rect(self, block: _Block) -> QRect:
        x, y = self._viewport.corner
        rect, scale = block_rect(block[1:]).inflate(1), self._scale
        left, top, right, bottom = (
            edge * scale for edge in (rect.x, rect.y, rect.right, rect.bottom)
        )
        device = Rect.between(left + x, top + y, right + x, bottom + y)
        return qrect(device).intersected(QRect(QPoint(), self._size))

    def _in_order(self) -> list[_Block]:
        """The stale blocks that still show, nearest to the middle first; the others are dropped."""
        level, scale = self._level, self._scale
        (x, y), (width, height) = self._viewport.corner, self._viewport.view
        reach = (TILE / 2 + 1) * scale  # how far from its middle a block shows
        found = []
        for block in self._stale:
            away_x = x + (block[1] + 0.5) * TILE * scale - width / 2
            away_y = y + (block[2] + 0.5) * TILE * scale - height / 2
            shows = abs(away_x) < width / 2 + reach and abs(away_y) < height / 2 + reach
            if shows and block[0] == level:
                found.append((away_x**2 + away_y**2, block))
        self._stale = {block for _, block in found}
        return [block for _, block in sorted(found)]

    def _freshen(self, level: int, column: int, row: int, deadline: float) -> bool:
        """Compute a block, its parts one by one; False where the time ran out before."""
        if self._projection.is_fresh(level, column, row):
            return True
        if level > 0:
            size = self._projection.size(level - 1)
            for y in (2 * row, 2 * row + 1):
                for x in (2 * column, 2 * column + 1):
                    inside = x * TILE < size.width and y * TILE < size.height
                    if inside and not self._freshen(level - 1, x, y, deadline):
                        return False
        if self._clock() > deadline:
            return False
        self._projection.image(level, column, row)
        return True

    def _draw(self, region: QRegion) -> None:
        painter = QPainter(self._image)
        # What is enlarged is read from few pixels: in one go Qt shares it out among its threads.
        cut = bands if self._scale <= _ENLARGED else _whole
        for rect in few_rects(region):
            for part in cut(rect):
                painter.setClipRect(part)
                self._draw_rect(painter, part)
        painter.end()
        if self._colours is not None:
            convert(self._image, region, self._colours)

    def _draw_rect(self, painter: QPainter, rect: QRect) -> None:
        picture = qrect(self._picture())
        inside = rect.intersected(picture)
        for part in rects_of(QRegion(rect) - QRegion(picture)):
            painter.fillRect(part, self._surround)
        if inside.isEmpty():
            return
        painter.setClipRect(inside)
        painter.setBrushOrigin(picture.topLeft())
        self._draw_picture(painter, self._level_rect(inside), inside)

    def _picture(self) -> Rect:
        """The document's frame, its edges rounded to the nearest device pixel."""
        x, y = self._viewport.corner
        size, zoom = self._viewport.document, self._viewport.zoom
        return Rect(x, y, max(1, round(size.width * zoom)), max(1, round(size.height * zoom)))

    def _draw_picture(self, painter: QPainter, source: Rect, inside: QRect) -> None:
        """`source` of the level over the checkerboard `inside`: one piece, put together first;
        blocks scaled one by one would show seams."""
        x, y = self._viewport.corner
        if source.is_empty or self._scale == 1.0:
            painter.fillRect(inside, self._checker)
            self._assemble(painter, source, source.x + x, source.y + y)
            return
        patch = self._patch_for(source.size)
        inner = QPainter(patch)
        inner.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        self._assemble(inner, source, 0, 0)
        inner.end()
        painter.save()
        if self._scale > _ENLARGED and is_opaque(patch, source.size):
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        else:
            painter.fillRect(inside, self._checker)
        painter.setTransform(QTransform(self._scale, 0, 0, self._scale, x, y))
        smooth = QPainter.RenderHint.SmoothPixmapTransform
        painter.setRenderHint(smooth, self._viewport.is_smooth)
        painter.drawImage(QPoint(source.x, source.y), patch, QRect(0, 0, *source.size))
        painter.restore()

    def _patch_for(self, size: Size) -> QImage:
        """Room for so many pixels, kept from one paint to the next: new memory is slow memory."""
        old = self._patch.size()
        if old.width() < size.width or old.height() < size.height:
            wanted = old.expandedTo(QSize(*size))
            self._patch = QImage(wanted, QImage.Format.Format_ARGB32_Premultiplied)
        return self._patch

    def _assemble(self, painter: QPainter, source: Rect, x: int, y: int) -> None:
        """Draw the level's pixels `source` with their corner at (x, y)."""
        level = self._level
        for (column, row), _ in places(source):
            known = self._projection.known_image(level, column, row)
            left, top = column * TILE - source.x + x, row * TILE - source.y + y
            target = QRect(left, top, TILE, TILE)
            if known is not None:
                painter.drawImage(target, known[0], qrect(known[1]))
            elif painter.compositionMode() == QPainter.CompositionMode.CompositionMode_Source:
                painter.fillRect(target, Qt.GlobalColor.transparent)


def _whole(rect: QRect) -> Iterator[QRect]:
    yield rect


def _checkerboard(palette: Palette, side: int) -> QBrush:
    """A brush of fields with `side` device pixels; large, because small textures fill slowly."""
    count = max(2, 256 // side // 2 * 2)
    four = QImage(side * 2, side * 2, QImage.Format.Format_RGB32)
    four.fill(QColor(*palette.checker_light))
    painter = QPainter(four)
    for x, y in ((side, 0), (0, side)):
        painter.fillRect(x, y, side, side, QColor(*palette.checker_dark))
    painter.end()
    image = QImage(side * count, side * count, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.fillRect(image.rect(), QBrush(four))
    painter.end()
    return QBrush(image)
