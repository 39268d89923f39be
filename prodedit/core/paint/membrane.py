# SPDX-License-Identifier: Apache-2.0
"""Values carried smoothly from an area's edge over all of it.

Laplace's equation with the edge's values held (a membrane; T. Georgiev, "Photoshop healing brush:
a tool for seamless cloning", 2004; P. Pérez et al., "Poisson image editing", 2003), solved from
coarse to fine: each size begins with the answer of the one half as large and only has to smooth
what that could not know.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]

_SWEEPS, _MOST_SWEEPS = 12, 200
"""At full size, and at the smaller ones, where they cost little: twice as many with each."""
_SMALLEST = 8
_CROSS = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.float32) / 5
"""With the middle itself, so that a checkerboard dies away, too."""


def membrane(values: Floats, inside: Bools, sweeps: int = _SWEEPS) -> Floats:
    """(h, w, c): `values`, and where `inside`, (h, w), what is spanned between them. Beyond the
    array's border it goes on as at it; zero where there is nothing outside at all."""
    if inside.all():
        return np.zeros_like(values)
    if not inside.any():
        return values
    if min(values.shape[:2]) <= _SMALLEST:
        known = values[~inside].mean(axis=0)
        start = np.where(inside[..., None], known, values).astype(np.float32)
        return _relaxed(start, inside, _MOST_SWEEPS)
    small, still = _halved(values, inside)
    coarse = membrane(small, still, min(_MOST_SWEEPS, 2 * sweeps))
    height, width = values.shape[:2]
    grown = cv2.resize(coarse, (2 * coarse.shape[1], 2 * coarse.shape[0]))
    grown = grown.reshape(*grown.shape[:2], -1)[:height, :width]
    start = np.where(inside[..., None], grown, values)
    return _relaxed(start.astype(np.float32), inside, sweeps)


def smoothed(values: Floats, inside: Bools, sweeps: int) -> Floats:
    """`values`, (h, w, c), that are nearly right `inside`, a little nearer."""
    return _relaxed(values, inside, sweeps)


def _halved(values: Floats, inside: Bools) -> tuple[Floats, Bools]:
    """Means of what is known in each two by two; where that is nothing it is inside."""
    height, width = values.shape[:2]
    edges = ((0, height % 2), (0, width % 2))
    weight = np.pad((~inside).astype(np.float32), edges)
    weighted = np.pad(np.where(inside[..., None], 0, values), (*edges, (0, 0)))
    total = weight[::2, ::2] + weight[1::2, ::2] + weight[::2, 1::2] + weight[1::2, 1::2]
    summed = weighted[::2, ::2] + weighted[1::2, ::2] + weighted[::2, 1::2] + weighted[1::2, 1::2]
    return (summed / np.maximum(total, 1)[..., None]).astype(np.float32), total == 0


def _relaxed(values: Floats, inside: Bools, sweeps: int) -> Floats:
    """Each value inside becomes the mean of its four neighbours, so often."""
    mask = inside.view(np.uint8)
    for _ in range(sweeps):
        mean = cv2.filter2D(values, -1, _CROSS, borderType=cv2.BORDER_REPLICATE)
        cv2.copyTo(mean.reshape(values.shape), mask, values)
    return values
