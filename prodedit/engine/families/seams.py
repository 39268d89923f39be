# SPDX-License-Identifier: Apache-2.0
"""Pieces of a picture joined so that no seam shows: of each piece the differences from pixel to
pixel are kept, not the levels (P. Pérez et al., "Poisson image editing", 2003)."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]

_STRANGE = 14.0
"""Levels at the rim that are no matter of shading, but of other things: they are let be."""
_WAYS = ((1, 0), (-1, 0), (0, 1), (0, -1))
_SWEEPS, _MOST_SWEEPS, _CYCLES = 8, 64, 3
_SMALLEST = 6
_CROSS = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.float32) / 5


def joined(picture: Bytes, old: Bytes, hole: Bools, x: Floats, y: Floats) -> Floats:
    """(h, w, 3): what of `picture` lies at (x, y), (h, w) each, with the levels that make it fit
    to itself and to `old`, (h, w, 3), round the hole."""
    taken = _looked_up(picture, x, y)
    laid = np.where(hole[..., None], taken, old.astype(np.float32))
    amiss = np.zeros_like(laid)
    good = np.zeros(hole.shape, bool)
    for dx, dy in _WAYS:
        beside = _shifted(laid, dx, dy)
        ahead = _looked_up(picture, x + dx, y + dy) - taken
        back = _shifted(taken - _looked_up(picture, x - dx, y - dy), dx, dy)
        inner = _shifted(hole.view(np.uint8), dx, dy) > 0
        step = np.where(inner[..., None], (ahead + back) / 2, ahead)
        off = step - (beside - laid)
        fits = inner | (np.abs(off).max(axis=2) < _STRANGE)
        counts = hole & fits & _has_beside(hole.shape, dx, dy)
        amiss += np.where(counts[..., None], off, 0)
        good |= _shifted((counts & ~inner).view(np.uint8), -dx, -dy) > 0
    free = ~(good & ~hole)
    if free.all():  # nothing round it fits: the pieces stay as they are
        return laid
    return laid + np.where(hole[..., None], _levels(amiss.astype(np.float32), free), 0)


def _levels(amiss: Floats, free: Bools) -> Floats:
    """(h, w, 3) whose Laplacian is `amiss` where `free`, and which is 0 elsewhere."""
    found = np.zeros_like(amiss)
    for _ in range(_CYCLES):
        left = amiss - (5 * _crossed(found) - 5 * found)
        left[~free] = 0
        found += _solved(left, free, _SWEEPS)
    return found


def _solved(amiss: Floats, free: Bools, sweeps: int) -> Floats:
    start = np.zeros_like(amiss)
    if min(free.shape) > _SMALLEST:
        height, width = free.shape
        edges = ((0, height % 2), (0, width % 2))
        half = (-(-width // 2), -(-height // 2))
        wide = np.pad(amiss, (*edges, (0, 0)))
        coarse = 4 * cv2.resize(wide, half, interpolation=cv2.INTER_AREA)
        some = np.pad(free, edges, mode="edge").reshape(half[1], 2, half[0], 2)
        still = np.asarray(some.all(axis=(1, 3)), np.bool_)
        wanted = np.asarray(coarse, np.float32).reshape(half[1], half[0], -1)
        small = _solved(wanted, still, min(_MOST_SWEEPS, 2 * sweeps))
        grown = cv2.resize(small, (2 * half[0], 2 * half[1]), interpolation=cv2.INTER_LINEAR)
        start = np.asarray(grown[:height, :width], np.float32).reshape(amiss.shape).copy()
    start[~free] = 0
    for _ in range(sweeps):
        start = _crossed(start) - amiss * np.float32(0.2)
        start[~free] = 0
    return start


def _crossed(values: Floats) -> Floats:
    found = cv2.filter2D(values, -1, _CROSS, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(found, np.float32).reshape(values.shape)


def _looked_up(picture: Bytes, x: Floats, y: Floats) -> Floats:
    how = cv2.INTER_NEAREST
    found = cv2.remap(picture, x, y, how, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(found, np.float32)


def _has_beside(shape: tuple[int, ...], dx: int, dy: int) -> Bools:
    """Where there is a pixel (dx, dy) away: beyond the picture's border nothing has to fit."""
    has = np.ones(shape, bool)
    has[_last(dy), :] &= not dy
    has[:, _last(dx)] &= not dx
    return has


def _last(step: int) -> int:
    """The row or column from which a step leads out."""
    return -1 if step > 0 else 0


def _shifted(values: NDArray, dx: int, dy: int) -> NDArray:  # type: ignore[type-arg]
    """What lies beside each pixel, (dx, dy) away."""
    wide = cv2.copyMakeBorder(values, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    height, width = values.shape[:2]
    return wide[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width]
