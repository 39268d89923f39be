# SPDX-License-Identifier: Apache-2.0
"""Many small pictures as one: to be looked at."""

from __future__ import annotations

from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray


def sheet(pictures: NDArray[np.floating], columns: int = 0) -> NDArray[np.uint8]:
    """(n, 3, s, s) in -1 .. 1, RGB, row by row: (h, w, 3) uint8 RGB. `columns` 0: nearly
    square, and rather with no place empty."""
    count, _, side, _ = pictures.shape
    columns = columns or _columns(count)
    rows = ceil(count / columns)
    levels = np.clip((pictures + 1.0) * 127.5 + 0.5, 0, 255).astype(np.uint8)
    grid = np.full((rows, columns, side, side, 3), 255, np.uint8)
    grid.reshape(-1, side, side, 3)[:count] = levels.transpose(0, 2, 3, 1)
    return grid.swapaxes(1, 2).reshape(rows * side, columns * side, 3)


def _columns(count: int) -> int:
    square = ceil(sqrt(count))
    wide = range(square, square * 3 // 2 + 1)
    return next((columns for columns in wide if count % columns == 0), square)
