# SPDX-License-Identifier: Apache-2.0
"""A colour table: each colour is mixed of the eight round it (trilinear interpolation, as the
Adobe "Cube LUT Specification", 1.0, has it)."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.adjust.planes import Plane, Planes
from prodedit.core.adjust.values import Lut


def lut(values: Lut) -> Callable[[Planes], Planes]:
    """Raises ValueError where `cube` holds more or less than size^3 colours."""
    table, size = _table(values)
    strength = np.float32(np.clip(values.strength, 0, 1))

    def change(planes: Planes) -> Planes:
        planes = np.clip(planes, 0, 1)
        new = np.stack(cv2.split(_looked_up(table, size, planes)))
        return new if strength == 1 else np.asarray(planes + (new - planes) * strength)

    return change


def _table(values: Lut) -> tuple[NDArray[np.float32], int]:
    """(size^2, size, 3), a row for each blue and green, red along it; and its size, 2 at least."""
    size = values.size
    if size < 1 or len(values.cube) != size**3 * 6:
        raise ValueError(f"{len(values.cube)} bytes are no table of {size} colours a side")
    numbers = np.frombuffer(values.cube, "<u2").astype(np.float32) / np.float32(65535)
    table = numbers.reshape(size * size, size, 3)
    return (np.tile(table, (4, 2, 1)), 2) if size == 1 else (table, size)


def _looked_up(table: NDArray[np.float32], size: int, planes: Planes) -> Plane:
    """(h, w, 3). Red and green by OpenCV's bilinear lookup in two slices, blue between them."""
    red, green, blue = planes * np.float32(size - 1)
    slice_ = np.minimum(np.floor(blue), size - 2)
    rows = slice_ * size + green
    low = cv2.remap(table, red, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    high = cv2.remap(table, red, rows + size, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(low + (high - low) * (blue - slice_)[..., None])
