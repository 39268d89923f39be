# SPDX-License-Identifier: Apache-2.0
"""A picture as generators know them, in the middle of a white square, and back. No torch: the
window shows with it what is done to a photo."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
_WHITE = 255


def squared(source: Bytes, mask: Bytes | None, side: int) -> Bytes:
    """(h, w, 4) premultiplied BGRA as a generator knows pictures: on white, in the middle of a
    square. (side, side, 3) BGR. `mask`: (h, w), what of it shows."""
    shown = source.astype(np.float32)
    if mask is not None:
        shown *= mask[..., None].astype(np.float32) / 255
    white = shown[..., :3] + (_WHITE - shown[..., 3:])
    top, bottom, left, right = _margins(source.shape)
    square = cv2.copyMakeBorder(
        white, top, bottom, left, right, cv2.BORDER_CONSTANT, value=(_WHITE,) * 3
    )
    return rounded(resized(np.asarray(square, np.float32), side))


def unsquared(square: NDArray[np.float32], shape: Sequence[int]) -> NDArray[np.float32]:
    """What lies where a picture of (h, w) lay before `squared`: (h, w, channels)."""
    height, width = shape[:2]
    top, _, left, _ = _margins(shape)
    large = resized(square, max(height, width))
    return large[top : top + height, left : left + width]


def resized(picture: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    """A square one in another size."""
    if len(picture) == side:
        return picture
    how = cv2.INTER_AREA if len(picture) > side else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, (side, side), interpolation=how), np.float32)


def rounded(picture: NDArray[np.float32]) -> Bytes:
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def _margins(shape: Sequence[int]) -> tuple[int, int, int, int]:
    height, width = shape[:2]
    side = max(height, width)
    top, left = (side - height) // 2, (side - width) // 2
    return top, side - height - top, left, side - width - left
