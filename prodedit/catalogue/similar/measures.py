# SPDX-License-Identifier: Apache-2.0
"""What is measured of a small picture without any network: a fingerprint, and on a plain backdrop
how large the product is, where it stands, and what white looks like."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.catalogue.check.product import by_backdrop, by_transparency, plain_backdrop
from prodedit.core.geometry import Rect

Bytes = NDArray[np.uint8]
_SIDE, _WAVES = 32, 8
FIELDS = ("scale", "x", "y", "lightness", "a", "b")
"""Names of the numbers of a Standing, in the order in which they are kept."""
_NOTHING = float("nan")


class Standing(NamedTuple):
    """scale: the product's long side, as a share of the picture's side along it; x, y: how far its
    middle is right of and below the picture's, as shares; lightness, a, b: of the backdrop, CIE
    Lab. NaN where it can't be told."""

    scale: float = _NOTHING
    x: float = _NOTHING
    y: float = _NOTHING
    lightness: float = _NOTHING
    a: float = _NOTHING
    b: float = _NOTHING


def fingerprint(rgb: Bytes) -> int:
    """64 bits that hardly change when a picture is made smaller, compressed, or a little brighter:
    the signs of its lowest frequencies (Zauner: Implementation and benchmarking of perceptual image
    hash functions, 2010)."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    waves = cv2.dct(small.astype(np.float32))[:_WAVES, :_WAVES].ravel()
    waves[0] = 0.0  # the brightness of all of it
    bits = waves > np.median(waves[1:])
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def standing(rgb: Bytes, alpha: Bytes | None = None) -> Standing:
    """Of (h, w, 3), and (h, w) where something is transparent."""
    product = by_transparency(alpha) or by_backdrop(rgb)
    if product is None or product.box.is_empty:
        return Standing()
    height, width = rgb.shape[:2]
    place = _framing(product.box, width, height)
    backdrop = None if product.how == "transparency" else plain_backdrop(rgb)
    if backdrop is None:
        return Standing(*place)
    return Standing(*place, *_lab(backdrop.colour))


def _framing(box: Rect, width: int, height: int) -> tuple[float, float, float]:
    scale = max(box.width / width, box.height / height)
    x = (box.x + box.width / 2) / width - 0.5
    y = (box.y + box.height / 2) / height - 0.5
    return scale, x, y


def _lab(colour: tuple[int, int, int]) -> tuple[float, float, float]:
    pixel = np.array([[colour]], np.float32) / np.float32(255)
    lightness, a, b = (float(value) for value in cv2.cvtColor(pixel, cv2.COLOR_RGB2LAB)[0, 0])
    return lightness, a, b
