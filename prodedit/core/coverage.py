# SPDX-License-Identifier: Apache-2.0
"""What a person points at, as coverage of pixels: shapes, colours, what hangs together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import ceil, cos, pi, sin
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Point, Rect, Transform
from prodedit.core.tiles import Pixels, Tiles

_BAND = 16
"""Rows that are worked on at once, so that all they need stays in the cache."""
_SAGITTA = 0.05
"""Pixels by which an ellipse's chords may miss it."""
_CORNERS = 20_000
"""Of an ellipse, at most: enough for any that fits a canvas."""


_Rule = Callable[[NDArray[np.float32]], Pixels]
"""(h, w) winding numbers -> (h, w) coverage."""


class Region(NamedTuple):
    """(h, w) uint8, 0 = outside, 255 = inside, whose upper left pixel lies at (x, y) of the
    canvas; what lies beyond it is outside. It may reach over the canvas' edge."""

    pixels: Pixels
    x: int
    y: int

    @property
    def rect(self) -> Rect:
        return Rect(self.x, self.y, self.pixels.shape[1], self.pixels.shape[0])


NOWHERE = Region(np.zeros((0, 0), np.uint8), 0, 0)


def rectangle(
    left: float, top: float, right: float, bottom: float, limit: Rect, smooth: bool = True
) -> Region:
    """smooth: edges between two pixels cover the pixel in part. `limit`: nothing beyond it."""
    (left, right), (top, bottom) = sorted((left, right)), sorted((top, bottom))
    rect = Rect.between(left, top, right, bottom).intersect(limit)
    if rect.is_empty:
        return NOWHERE
    across = _shares(left - rect.x, right - rect.x, rect.width)
    down = _shares(top - rect.y, bottom - rect.y, rect.height)
    pixels = np.empty((rect.height, rect.width), np.uint8)
    pixels[...] = (across * 255 + 0.5).astype(np.uint8)
    for row in np.flatnonzero(down < 1):
        pixels[row] = (across * (down[row] * 255) + 0.5).astype(np.uint8)
    return Region(pixels if smooth else _hard(pixels), rect.x, rect.y)


def ellipse(
    left: float, top: float, right: float, bottom: float, limit: Rect, smooth: bool = True
) -> Region:
    """The one that touches all four edges."""
    rx, ry = abs(right - left) / 2, abs(bottom - top) / 2
    x, y = (left + right) / 2, (top + bottom) / 2
    count = max(16, ceil(pi / (2 * _SAGITTA / max(rx, ry, 1.0)) ** 0.5))
    count = min(count, _CORNERS)
    turns = (2 * pi * step / count for step in range(count))
    return polygon([Point(x + rx * cos(t), y + ry * sin(t)) for t in turns], limit, smooth)


def polygon(points: Sequence[Point], limit: Rect, smooth: bool = True) -> Region:
    """The area inside of the closed line through `points`; what it goes round twice is inside.

    Each pixel gets the exact share of its area (signed areas, summed along a row, as font
    rasterisers do: R. Levien, "font-rs", 2016); not smooth: inside from a half on."""
    return _filled([points], limit, smooth, _wound)


def polygons(lines: Sequence[Sequence[Point]], limit: Rect, smooth: bool = True) -> Region:
    """As `polygon`, of several closed lines at once by the even-odd rule: what an even number of
    them goes round is outside."""
    return _filled([line for line in lines if len(line) > 2], limit, smooth, _even_odd)


def _filled(lines: Sequence[Sequence[Point]], limit: Rect, smooth: bool, rule: _Rule) -> Region:
    rect = _bounds([point for line in lines for point in line]).intersect(limit)
    if max(map(len, lines), default=0) < 3 or rect.is_empty:
        return NOWHERE
    corners = [np.asarray(line, np.float64) - (rect.x, rect.y) for line in lines]
    cells = _cells(corners, rect.width, rect.height)
    pixels = np.empty((rect.height, rect.width), np.uint8)
    for top in range(0, rect.height, _BAND):
        band = pixels[top : top + _BAND]
        _fill_band(band, top, cells, rule)
    return Region(pixels if smooth else _hard(pixels), rect.x, rect.y)


def _wound(winding: NDArray[np.float32]) -> Pixels:
    return np.asarray(cv2.convertScaleAbs(winding, alpha=255), np.uint8)  # cut at 255


def _even_odd(winding: NDArray[np.float32]) -> Pixels:
    """How far from the nearest even number, which is outside."""
    return _wound(winding - 2 * np.rint(winding / 2))


def _shares(start: float, end: float, count: int) -> NDArray[np.float64]:
    """How much of each of `count` pixels in a row lies between `start` and `end`, 0..1."""
    left = np.arange(count, dtype=np.float64)
    shares: NDArray[np.float64] = np.minimum(end, left + 1) - np.maximum(start, left)
    return shares.clip(0.0, 1.0)


def _hard(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.compare(pixels, np.array([127.0]), cv2.CMP_GT), np.uint8)


class _Cells(NamedTuple):
    """Steps of coverage by row, in order of rows: at column `x` of `y` it grows by `step`."""

    y: NDArray[np.int64]
    x: NDArray[np.int64]
    step: NDArray[np.float64]


def _cells(lines: Sequence[NDArray[np.float64]], width: int, height: int) -> _Cells:
    edges = (edge for corners in lines for edge in _edges(corners, height))
    found = [part for edge in edges for part in _edge_cells(*edge, width)]
    if not found:
        none = np.zeros(0, np.int64)
        return _Cells(none, none, np.zeros(0))
    y, x, step = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.argsort(y, kind="stable")
    return _Cells(y[order], x[order], step[order])


def _edges(
    corners: NDArray[np.float64], height: int
) -> Iterator[tuple[float, float, float, float]]:
    """(x, y, x, y) of each edge that is not level, cut to the rows 0 to `height`."""
    for (x0, y0), (x1, y1) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        low, high = max(min(y0, y1), 0.0), min(max(y0, y1), float(height))
        if low >= high:
            continue
        slope = (x1 - x0) / (y1 - y0)
        start, end = (low, high) if y0 < y1 else (high, low)
        yield x0 + (start - y0) * slope, start, x0 + (end - y0) * slope, end


def _edge_cells(
    x0: float, y0: float, x1: float, y1: float, width: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]]:
    """One edge, cut at the borders of pixels; what is left or right of the picture counts there."""
    low, high = sorted((x0, x1))
    columns = np.arange(max(ceil(low), 0), min(int(high), width) + 1)
    rows = np.arange(ceil(min(y0, y1)), int(max(y0, y1)) + 1)
    at = [np.array([0.0, 1.0]), (rows - y0) / (y1 - y0)]
    if high > low:
        at.append((columns - x0) / (x1 - x0))
    t = np.sort(np.clip(np.concatenate(at), 0.0, 1.0))
    x, y = np.clip(x0 + t * (x1 - x0), 0, width), y0 + t * (y1 - y0)
    rise = np.diff(y)
    middle_x, middle_y = (x[1:] + x[:-1]) / 2, (y[1:] + y[:-1]) / 2
    row, column = middle_y.astype(np.int64), np.minimum(middle_x.astype(np.int64), width)
    share = middle_x - column
    yield row, column, rise * (1 - share)
    yield row, np.minimum(column + 1, width), rise * share


def _fill_band(band: Pixels, top: int, cells: _Cells, rule: _Rule) -> None:
    height, width = band.shape
    first, last = np.searchsorted(cells.y, (top, top + height))
    some = slice(first, last)
    steps = np.zeros((height, width + 1), np.float32)
    np.add.at(steps, (cells.y[some] - top, cells.x[some]), cells.step[some])
    if first == last:
        band[...] = 0
        return
    winding = np.cumsum(steps[:, :width], axis=1)
    band[...] = rule(winding)


def _bounds(points: Sequence[Point]) -> Rect:
    if not points:
        return Rect(0, 0, 0, 0)
    xs, ys = [p.x for p in points], [p.y for p in points]
    return Rect.between(min(xs), min(ys), max(xs), max(ys))


def wand(pixels: Pixels, x: int, y: int, tolerance: int, contiguous: bool = True) -> Pixels:
    """(h, w) uint8: where each channel of `pixels`, (h, w, 4), is within `tolerance` of the pixel
    at (x, y); contiguous: and is reached from there over edges of pixels. Hard: see `softened`."""
    seed = pixels[y, x].astype(np.int16)
    low, high = np.clip(seed - tolerance, 0, 255), np.clip(seed + tolerance, 0, 255)
    alike = np.asarray(cv2.inRange(pixels, low, high), np.uint8)
    if not contiguous:
        return alike
    cv2.floodFill(alike, None, (x, y), (128,), flags=4)
    return np.asarray(cv2.compare(alike, np.array([128.0]), cv2.CMP_EQ), np.uint8)


def softened(hard: Pixels) -> Pixels:
    """An edge of steps made smooth over a pixel to each side."""
    kernel = np.array([1, 2, 1], np.float32) / 4
    blurred = cv2.sepFilter2D(hard, cv2.CV_8U, kernel, kernel, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(blurred, np.uint8)


def like_colour(pixels: Pixels, colour: tuple[int, int, int], tolerance: int) -> Pixels:
    """(h, w) uint8: how near `pixels`, (h, w, 4) premultiplied BGRA, are to `colour` (red, green,
    blue): 255 up to half of `tolerance` (the largest difference of a channel), 0 from there on to
    one and a half of it; transparent pixels as far as they show."""
    wanted, table = np.array([*reversed(colour), 255], np.float64), _falling(tolerance)
    near = np.empty(pixels.shape[:2], np.uint8)
    for top in range(0, len(near), _BAND):
        blue, green, red, alpha = cv2.split(cv2.absdiff(pixels[top : top + _BAND], wanted))
        worst = cv2.max(cv2.max(blue, green), cv2.max(red, alpha))
        cv2.LUT(worst, table, dst=near[top : top + _BAND])
    return near


def _falling(tolerance: int) -> Pixels:
    """By difference: 255, falling round `tolerance`."""
    off = np.arange(256, dtype=np.float32)
    width = max(1.0, float(tolerance))
    table: Pixels = (np.clip(1.5 - off / width, 0.0, 1.0) * 255 + 0.5).astype(np.uint8)
    return table


def moved(tiles: Tiles, transform: Transform, target: Rect) -> Pixels:
    """(h, w) uint8: the 1-channel `tiles`, mapped by `transform`, as `target` sees them; zero where
    they do not reach. Raises ValueError where the map squeezes the plane to a line."""
    if transform.is_whole_shift:
        return tiles.to_array(target.translate(-int(transform.dx), -int(transform.dy)))
    back = transform.inverse()
    source = back.map_rect(target).inflate(2).intersect(tiles.bounds)
    if source.is_empty:
        return np.zeros((target.height, target.width), np.uint8)
    a, b, c, d, dx, dy = back
    # From middles of pixels to middles of pixels.
    x, y = target.x + 0.5, target.y + 0.5
    matrix = np.array(
        [
            [a, c, a * x + c * y + dx - 0.5 - source.x],
            [b, d, b * x + d * y + dy - 0.5 - source.y],
        ]
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    size = (target.width, target.height)
    return np.asarray(cv2.warpAffine(tiles.to_array(source), matrix, size, flags=flags), np.uint8)
