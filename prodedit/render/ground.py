# SPDX-License-Identifier: Apache-2.0
"""Where a product stands: for each column of its shape the ground below it, and how near that is.

A shoe seen from above stands along a slant, a bottle along an arc. Ground rises no steeper than
`_STEEPEST` in the picture; what is steeper is the product's side, or hangs over."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect
from prodedit.render.silhouette import Floats, Silhouette

_STEEPEST = 0.8
"""Rows per column."""
_STANDS = 0.45
"""Rows per column that an edge may rise and still lie on the ground, wholly."""
_TOUCHES = 0.025
"""What is no farther above the ground than this share of the height stands on it."""
_WISP = 0.006
"""What is narrower than this share of the width is a hair or a fringe, nothing to stand on."""
_CLIFF = 0.03
"""An edge that rises so much of the height within a wisp's width has a part that may hang."""
_HANGS = 0.25
"""So much of the height above what it borders on, a part hangs (a bowl above its foot)."""
_SMOOTH = 0.008
"""Sigma of the line's smoothing, as a share of the width."""
_NOWHERE = np.float32(-1e6)


class Ground(NamedTuple):
    """Of each column from `x` on. line: canvas y of the ground, the lower edge of what stands on
    it; touch: 0..1, how much the product touches it there. Two arrays of the box's width."""

    x: int
    line: Floats
    touch: Floats

    def at(self, columns: Floats) -> tuple[Floats, Floats]:
        """line and touch at these canvas x; beyond the ends the line goes on as it is there."""
        own = columns - np.float32(self.x) - np.float32(0.5)
        places = np.arange(len(self.line))
        line = np.interp(own, places, self.line)
        touch = np.interp(own, places, self.touch, 0.0, 0.0)
        return line.astype(np.float32), touch.astype(np.float32)


def ground(shape: Silhouette, follow: float) -> Ground:
    """follow: 1 = along the product's lower edge, 0 = straight through its lowest point.

    Raises ValueError where nothing of the shape is at least half covered."""
    box = shape.box()
    if box.is_empty:
        raise ValueError("an empty shape stands nowhere")
    low = _standing(_without_wisps(lowest(shape, box), _wisp(box)), box)
    near = max(1.5, box.height * _TOUCHES)
    straight = np.float32(1 - follow) * box.bottom
    line = straight + np.float32(follow) * _line(low, near, box)
    above = straight + np.float32(follow) * _reachable(low, _STANDS) - low
    touch = _smooth(np.exp(-np.square(above / np.float32(2 * near))), box.width * _SMOOTH)
    return Ground(box.x, np.asarray(line, np.float32), np.asarray(touch, np.float32))


def lowest(shape: Silhouette, box: Rect) -> Floats:
    """(box.width,) canvas y below the lowest pixel of each column that is at least half covered;
    far above everything where there is none."""
    found = np.full(box.width, _NOWHERE, np.float32)
    for area, rows in shape.lowest(box):
        room = found[area.x - box.x : area.right - box.x]
        below = np.where(rows > 0, rows + np.float32(area.y), _NOWHERE).astype(np.float32)
        np.maximum(room, below, out=room)
    return found


def _without_wisps(low: Floats, width: int) -> Floats:
    """Without what hangs down in fewer columns than `width`."""
    kernel = np.ones((1, width), np.uint8)
    opened = cv2.morphologyEx(low[None], cv2.MORPH_OPEN, kernel, borderType=cv2.BORDER_REPLICATE)
    kept = np.asarray(opened[0], np.float32)
    return kept if kept.max() > _NOWHERE else low


def _standing(low: Floats, box: Rect) -> Floats:
    """Without the parts that hang: enclosed by lower ones, or far above the one they border on."""
    runs = _runs(low, box)
    kept = low.copy()
    for number, (run, lowest_of, joined) in enumerate(runs):
        left = runs[number - 1][1] if joined else _NOWHERE
        right = runs[number + 1][1] if number + 1 < len(runs) and runs[number + 1][2] else _NOWHERE
        enclosed = min(left, right) > lowest_of + _CLIFF * box.height
        if enclosed or max(left, right) > lowest_of + _HANGS * box.height:
            kept[run] = _NOWHERE
    return kept


def _runs(low: Floats, box: Rect) -> list[tuple[slice, float, bool]]:
    """(its columns, its lowest edge, whether only a cliff parts it from the one before) of each
    stretch without a cliff and without a column in which there is nothing."""
    step = _wisp(box)
    ahead = np.concatenate([low[step:], np.full(step, low[-1], np.float32)])
    steep = np.abs(ahead - low) >= max(3.0, _CLIFF * box.height)
    steep = np.roll(steep, step // 2)
    nothing = low <= _NOWHERE / 2
    flat = np.flatnonzero(np.diff(np.concatenate([[0], ~(steep | nothing), [0]]).astype(np.int8)))
    runs: list[tuple[slice, float, bool]] = []
    before = 0
    for first, last in zip(flat[::2], flat[1::2], strict=True):
        joined = bool(runs) and not nothing[before:first].any()
        runs.append((slice(int(first), int(last)), float(low[first:last].max()), joined))
        before = int(last)
    return runs


def _wisp(box: Rect) -> int:
    return max(1, round(box.width * _WISP))


def _line(low: Floats, near: float, box: Rect) -> Floats:
    """Through all places that touch, straight between them, in the whole's direction beyond;
    within the box."""
    stands = np.flatnonzero(_reachable(low, _STEEPEST) - low <= near)
    slope = _direction(stands, low[stands])
    more = ceil(3 * box.width * _SMOOTH) + 3  # so that smoothing bends nothing at the ends
    columns = np.arange(-more, box.width + more, dtype=np.float32)
    line = np.interp(columns, stands, low[stands]).astype(np.float32)
    beyond = np.minimum(columns - stands[0], 0) + np.maximum(columns - stands[-1], 0)
    line += (slope * beyond).astype(np.float32)
    smooth = _smooth(line, box.width * _SMOOTH)[more : more + box.width]
    return np.clip(smooth, np.float32(box.y), np.float32(box.bottom))


def _smooth(values: Floats, sigma: float) -> Floats:
    row = values[None].astype(np.float32)
    blurred = cv2.GaussianBlur(row, (0, 0), max(1.0, sigma))
    return np.asarray(blurred[0], np.float32)


def _reachable(low: Floats, steepest: float) -> Floats:
    """The highest ground that nothing sinks into and that is nowhere steeper than this."""
    rise = np.float32(steepest) * np.arange(len(low), dtype=np.float32)
    left = np.maximum.accumulate(low + rise) - rise
    right = np.maximum.accumulate((low - rise)[::-1])[::-1] + rise
    return np.asarray(np.maximum(left, right), np.float32)


def _direction(columns: NDArray[np.intp], rows: Floats) -> float:
    """Rows per column of the straight line through what touches, by least squares."""
    away = columns - columns.mean()
    spread = float(np.square(away).sum())
    return float((away * (rows - rows.mean())).sum()) / spread if spread else 0.0
