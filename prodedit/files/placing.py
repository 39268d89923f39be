# SPDX-License-Identifier: Apache-2.0
"""Putting a loaded picture upright into an array, strip by strip."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_STRIP = 128  # rows: small enough to stay in the processor's cache, measured on 24 megapixels
_TRANSPOSE = Image.Transpose


class _Turn(NamedTuple):
    """How a strip is turned; whether strips become columns, and whether they run backwards."""

    method: Image.Transpose | None
    columns: bool
    backwards: bool


# EXIF 2.32, tag 0x0112.
_TURNS = {
    1: _Turn(None, False, False),
    2: _Turn(_TRANSPOSE.FLIP_LEFT_RIGHT, False, False),
    3: _Turn(_TRANSPOSE.ROTATE_180, False, True),
    4: _Turn(_TRANSPOSE.FLIP_TOP_BOTTOM, False, True),
    5: _Turn(_TRANSPOSE.TRANSPOSE, True, False),
    6: _Turn(_TRANSPOSE.ROTATE_270, True, True),
    7: _Turn(_TRANSPOSE.TRANSVERSE, True, True),
    8: _Turn(_TRANSPOSE.ROTATE_90, True, False),
}


def place(
    image: Image.Image,
    orientation: int,
    convert: Callable[[Image.Image, int], Image.Image],
    out: NDArray[np.uint8],
) -> None:
    """Write `image` into `out` (h, w, 3|4), turned by the EXIF orientation 1..8.

    `convert(strip, top)` gives each strip of rows its final mode, RGB or RGBA as `out` has it.
    """
    turn = _TURNS[orientation]
    for top in range(0, image.height, _STRIP):
        bottom = min(top + _STRIP, image.height)
        strip = convert(image.crop((0, top, image.width, bottom)), top)
        turned = strip if turn.method is None else strip.transpose(turn.method)
        first, last = (
            (image.height - bottom, image.height - top) if turn.backwards else (top, bottom)
        )
        target = out[:, first:last] if turn.columns else out[first:last]
        target[...] = np.asarray(turned)
