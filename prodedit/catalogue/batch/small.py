# SPDX-License-Identifier: Apache-2.0
"""Small pictures of photos and of what was made of them, for reports and for the window."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from prodedit.core.problem import Problem
from prodedit.files.decoder import Decoder

_QUALITY = (cv2.IMWRITE_JPEG_QUALITY, 80)
_CHECKS = (255, 225)
"""Of the pattern under what is transparent; and pixels of a square of it."""
_SQUARE = 8


def small_jpeg(decoder: Decoder, path: Path, side: int) -> bytes:
    """At most `side` pixels wide and high; b"" where the file can't be read. Raises Cancelled."""
    try:
        pixels = decoder.thumbnail(path, side).pixels
    except Problem:
        return b""
    if pixels.shape[2] == 4:
        pixels = _on_checks(pixels)
    done, data = cv2.imencode(".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), _QUALITY)
    return data.tobytes() if done else b""


def _on_checks(rgba: np.ndarray) -> np.ndarray:
    """(h, w, 4) straight RGBA -> (h, w, 3) RGB on grey and white squares."""
    rows, columns = np.indices(rgba.shape[:2]) // _SQUARE
    ground = np.where((rows + columns) % 2, *_CHECKS).astype(np.float32)[..., None]
    share = rgba[..., 3:].astype(np.float32) / 255
    return np.rint(rgba[..., :3] * share + ground * (1 - share)).astype(np.uint8)
