# SPDX-License-Identifier: Apache-2.0
"""Colour and alpha of a layer in another size, so that its edge stays where it was, and clean."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Size
from prodedit.core.pixels import straight_rgba
from prodedit.core.resample import resized
from prodedit.engine.families.tiled import agreeing

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

_MOST_GAIN = 3.0
_ROUNDS = 3
_NEXT = np.ones((3, 3), np.uint8)
_STRIP = 1 << 22
"""Pixels of the result that are worked on at a time."""
_REACH = 8
"""Pixels of the source round a strip, beyond which nothing counts."""


def filled_out(source: Bytes) -> Bytes:
    """(h, w, 4) premultiplied BGRA to (h, w, 3) straight RGB; where nothing shows, the colour of
    the nearest pixel that does, so that nothing dark creeps in over the edge."""
    rgba = straight_rgba(source)
    shown = rgba[..., 3] > 0
    if not shown.any():
        return np.ascontiguousarray(rgba[..., :3])
    _, labels = cv2.distanceTransformWithLabels(
        (~shown).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    colours = np.zeros((int(labels.max()) + 1, 3), np.uint8)
    colours[labels[shown]] = rgba[shown, :3]
    filled: Bytes = rgba[..., :3].copy()
    filled[~shown] = colours[labels[~shown]]
    return filled


def resized_colour(colours: Bytes, size: Size) -> Bytes:
    """(h, w, 3) or (h, w) uint8 in `size`: means of areas along a side that shrinks, Lanczos along
    one that grows."""
    if colours.ndim == 2:
        return resized(colours, size)
    return np.dstack([resized(np.ascontiguousarray(colours[..., c]), size) for c in range(3)])


def resized_alpha(alpha: Bytes, size: Size) -> Bytes:
    """(h, w) uint8 in `size`. Where it grows the edge is steepened and then made to agree with what
    it was, area by area: as crisp as an enlarged photo's edge, and in its place; what is soft for
    other reasons (fur, glass) stays so. On rendered products four times as large the mean error
    round the edge is 6 levels, that of Lanczos 18 (tests/benchmarks/ENHANCE_QUALITY.md)."""
    height, width = alpha.shape
    growth = (size.width / width, size.height / height)
    if min(growth) <= 1 or int(alpha.min()) == int(alpha.max()):
        return resized_colour(alpha, size)
    whole = Size(width * _whole(growth[0]), height * _whole(growth[1]))
    gain = min(_MOST_GAIN, max(1.0, min(growth) / 2))
    if whole == size:
        return _in_strips(alpha, whole, gain)
    return resized_colour(_in_strips(alpha, whole, gain), size)


def _whole(growth: float) -> int:
    """Areas can agree exactly where a pixel becomes a whole number of pixels."""
    return max(1, min(4, int(np.ceil(growth - 1e-9))))


def _in_strips(alpha: Bytes, size: Size, gain: float) -> Bytes:
    height = alpha.shape[0]
    scale = size.height // height
    made = np.empty((size.height, size.width), np.uint8)
    rows = max(16, _STRIP // (size.width * scale))
    for top in range(0, height, rows):
        bottom = min(height, top + rows)
        first, last = max(0, top - _REACH), min(height, bottom + _REACH)
        strip = _steepened(alpha[first:last], Size(size.width, (last - first) * scale), gain)
        made[top * scale : bottom * scale] = strip[(top - first) * scale : (bottom - first) * scale]
    return made


def _steepened(alpha: Bytes, size: Size, gain: float) -> Bytes:
    small = alpha.astype(np.float32) / np.float32(255)
    soft = np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_CUBIC), np.float32)
    steep: Floats = np.clip((soft - np.float32(0.5)) * np.float32(gain) + np.float32(0.5), 0, 1)
    # Where all round is hidden or all shown, nothing is half: no ring round the edge.
    least, most = (_nearest(near(alpha, _NEXT), size) for near in (cv2.erode, cv2.dilate))
    for _ in range(_ROUNDS):
        steep = np.clip(agreeing(steep, small), 0, 1)
    return np.clip(np.rint(steep * 255).astype(np.uint8), least, most)


def _nearest(alpha: Any, size: Size) -> Bytes:
    return np.asarray(cv2.resize(alpha, size, interpolation=cv2.INTER_NEAREST), np.uint8)
