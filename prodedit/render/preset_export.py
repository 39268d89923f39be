# SPDX-License-Identifier: Apache-2.0
"""A document that was framed for a slot becomes the file for it: the same bytes from window,
command line and batch. (What is done to the document before: engine/preset_steps.py.)"""

from __future__ import annotations

from math import sqrt

import msgspec
import numpy as np
from numpy.typing import NDArray

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.export_setting import ExportSetting
from prodedit.core.geometry import Size
from prodedit.core.presets import Making
from prodedit.core.problem import Problem
from prodedit.files.byte_window import TOO_MANY, ByteWindow, Fitted, Pixels, fitted
from prodedit.files.encode import encode as encode_here
from prodedit.files.metadata import Metadata
from prodedit.render.export import Encode, clipping_path, flat_pixels

_BLOCK = 8
"""Pixels of a side of what JPEG makes waves of."""
_BORDER, _WHITE = 2, 250
"""Pixels at the very border, and levels: what is less white there is meant."""
_FAINT = 128
"""Levels: where at most half of a product is seen. What counts as product lies further in."""
_SMALLER = 0.95
"""The picture is made a little smaller than a file proportional to its area would need."""


def preset_file(
    document: Document,
    making: Making,
    metadata: Metadata | None = None,
    encode: Encode = encode_here,
    provenance: str = "",
) -> Fitted:
    """The file's bytes, and how they were made.

    Where no quality allowed makes the file small enough, the picture is made smaller, down to
    `making.least`. Raises Problem where that does not help either, and what `encode` raises.
    """
    setting = msgspec.structs.replace(making.setting, provenance=provenance)
    while True:
        try:
            return _fitted(document, making, setting, metadata, encode)
        except Problem as problem:
            smaller = _smaller(document.size, making, problem)
            if smaller is None:
                raise
            document = edits.apply(document, edits.ResizeImage(smaller))


def _fitted(
    document: Document,
    making: Making,
    setting: ExportSetting,
    metadata: Metadata | None,
    encode: Encode,
) -> Fitted:
    clipping = clipping_path(document)

    def written(pixels: Pixels, how: ExportSetting) -> bytes:
        return encode(pixels, how, metadata, clipping)

    pixels = flat_pixels(document, setting)
    if making.is_tight and making.backdrop.upper() == "#FFFFFF":
        pixels = _white_rim(pixels)
    return fitted(pixels, setting, ByteWindow(*making.bytes), making.least_quality, written)


def _white_rim(pixels: Pixels) -> Pixels:
    """Without the last faint trace of a soft edge in the outermost blocks of JPEG, which would
    ripple through all of them: nothing but white stays white. Where something else lies there, all
    is left as it is."""
    rim, border = (_frame(pixels.shape[:2], width) for width in (_BLOCK, _BORDER))
    darkest = pixels[..., :3].min(axis=2)
    if darkest[rim].min() < _FAINT or darkest[border].min() < _WHITE:
        return pixels
    clean = pixels.copy()
    clean[rim, :3] = 255
    return clean


def _frame(shape: tuple[int, ...], width: int) -> NDArray[np.bool_]:
    frame = np.ones(shape, bool)
    frame[width:-width, width:-width] = False
    return frame


def _smaller(size: Size, making: Making, problem: Problem) -> Size | None:
    """The next size to try; None where none is allowed, or would not help."""
    if problem.code != TOO_MANY or max(size) <= making.least:
        return None
    share = _SMALLER * sqrt(making.bytes[1] / int(str(problem.values["nbytes"])))
    long = max(making.least, min(max(size) - 1, round(max(size) * share)))
    scale = long / max(size)
    return Size(max(1, round(size.width * scale)), max(1, round(size.height * scale)))
