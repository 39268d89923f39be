# SPDX-License-Identifier: Apache-2.0
"""Lanczos resampling that gives what Pillow gives, in less time: the filter of rembg.

A network's answer changes by several levels with the last bit of what it is shown, so an alpha that
shall equal the peer's needs Pillow's own arithmetic: three lobes, widened where it shrinks; across
first, rounded to bytes, then down. Here each pass is a row of products of small matrices, in which
a block of the result meets the part of the picture that it depends on; empty parts are left out.
(Tall pictures that shrink are left to Pillow itself: from version 13 on it goes down first with
some of them.)
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

_LOBES = 3.0
_FRACTION = 1 << 22
"""Pillow's weights are whole numbers of this part (`PRECISION_BITS` of libImaging/Resample.c)."""
_BLOCK = 16
_BAND = 256
_UNSURE = 5e-4
"""So near to a half a sum in single precision is worked out again, exactly: weights and values are
whole numbers of a fraction that double precision holds."""


class _Block(NamedTuple):
    """The weights (count, last - first) of `count` results from `at` on."""

    at: int
    first: int
    last: int
    weights: Floats


def resized(plane: Bytes, size: tuple[int, int]) -> Bytes:
    """(h, w) uint8 at (width, height): where it shrinks as Pillow's LANCZOS does it, to the last
    bit; where it grows seldom off by 1, and nothing is computed for columns that are all zero."""
    width, height = size
    shrinks, tall = plane.shape[0] > height, plane.shape[0] > plane.shape[1]
    if shrinks and (tall or plane.shape[0] * width > plane.shape[1] * height):
        return np.asarray(Image.fromarray(plane).resize(size, Image.Resampling.LANCZOS))
    across, down = _blocks(plane.shape[1], width), _blocks(plane.shape[0], height)
    middle = np.empty((plane.shape[0], width), np.float32)
    for top in range(0, plane.shape[0], _BAND):
        band = plane[top : top + _BAND].astype(np.float32)
        _across(band, across, middle[top : top + _BAND])
    if height < plane.shape[0]:
        return _shrunk(middle, down)
    result = np.zeros((height, width), np.uint8)
    filled = np.flatnonzero(middle.any(axis=0))
    if filled.size:
        inside = slice(int(filled[0]), int(filled[-1]) + 1)
        _down(np.ascontiguousarray(middle[:, inside]), down, result[:, inside])
    return result


def _across(band: Floats, blocks: tuple[_Block, ...], result: Floats) -> None:
    for at, first, last, weights in blocks:
        sums = band[:, first:last] @ weights.T
        for row, column in _unsure(sums):
            sums[row, column] = _rounded(band[row, first:last], weights[column])
        result[:, at : at + len(weights)] = sums
    np.floor(result + np.float32(0.5), out=result)
    np.clip(result, 0, 255, out=result)


def _shrunk(middle: Floats, blocks: tuple[_Block, ...]) -> Bytes:
    parts = []
    for _, first, last, weights in blocks:
        sums = weights @ middle[first:last]
        for row, column in _unsure(sums):
            sums[row, column] = _rounded(middle[first:last, column], weights[row])
        parts.append(np.clip(np.floor(sums + np.float32(0.5)), 0, 255).astype(np.uint8))
    return np.concatenate(parts)


def _unsure(sums: Floats) -> list[list[int]]:
    """The places (row, column) of sums whose rounding the last bits of their precision decide."""
    off = np.abs(sums - np.floor(sums) - np.float32(0.5))
    return np.argwhere(off < _UNSURE).tolist()


def _rounded(values: Floats, weights: Floats) -> float:
    return float(np.floor(np.dot(values.astype(np.float64), weights.astype(np.float64)) + 0.5))


def _down(middle: Floats, blocks: tuple[_Block, ...], result: Bytes) -> None:
    for at, first, last, weights in blocks:
        part = middle[first:last]
        if part.any():
            rows = weights @ part
            # Rounded and clipped in one pass; the stubs do not know of numbers.
            bytes_ = cv2.add(rows, 0.0, dtype=cv2.CV_8U)  # type: ignore[call-overload]
            result[at : at + len(weights)] = bytes_


@lru_cache(maxsize=8)  # pictures of a batch mostly have the same size
def _blocks(length: int, wanted: int) -> tuple[_Block, ...]:
    """Weights for `wanted` results from `length` values."""
    scale = length / wanted
    wide = max(scale, 1.0)
    centres = (np.arange(wanted) + 0.5) * scale
    firsts = np.maximum(np.trunc(centres - _LOBES * wide + 0.5), 0).astype(int)
    lasts = np.minimum(np.trunc(centres + _LOBES * wide + 0.5), length).astype(int)
    parts = [slice(at, at + _BLOCK) for at in range(0, wanted, _BLOCK)]
    return tuple(_block(p.start, centres[p], firsts[p], lasts[p], wide) for p in parts)


def _block(
    at: int,
    centres: NDArray[Any],
    firsts: NDArray[np.int_],
    lasts: NDArray[np.int_],
    wide: float,
) -> _Block:
    first, last = int(firsts.min()), int(lasts.max())
    places = np.arange(first, last)
    x = (places - centres[:, None] + 0.5) / wide
    inside = (places >= firsts[:, None]) & (places < lasts[:, None]) & (np.abs(x) < _LOBES)
    weights = np.where(inside, np.sinc(x) * np.sinc(x / _LOBES), 0)
    weights = np.rint(weights / weights.sum(axis=1, keepdims=True) * _FRACTION) / _FRACTION
    return _Block(at, first, last, weights.astype(np.float32))
