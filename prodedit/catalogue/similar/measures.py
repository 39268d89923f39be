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
Floats = NDArray[np.float32]
SMALL = 16
"""Side of a fingerprint."""
_CROPS = (1.0, 0.94, 0.86)
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


def fingerprint(rgb: Bytes) -> Bytes:
    """(16, 16, 3) uint8: all of the picture, hardly larger than a word. Two photos that are framed
    and lit alike have other ones; one that was made smaller or compressed keeps its own."""
    small = cv2.resize(rgb, (SMALL, SMALL), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def agreement(one: Bytes, other: Bytes) -> float:
    """Correlation of two fingerprints, at most 1, which brightness and contrast do not change:
    the best of them as they are, mirrored, and with a margin cut off from one of them."""
    a, b = one.astype(np.float32), other.astype(np.float32)
    found = []
    for scale in _CROPS:
        for left, right in ((a, _cropped(b, scale)), (_cropped(a, scale), b)):
            found += [_correlation(left, right), _correlation(left[:, ::-1], right)]
    return max(found)


def _cropped(small: Floats, scale: float) -> Floats:
    """Its middle, enlarged."""
    if scale == 1.0:
        return small
    shift = (1.0 - scale) * (SMALL - 1) / 2
    matrix = np.array([[scale, 0, shift], [0, scale, shift]], np.float32)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(small, matrix, (SMALL, SMALL), flags=flags, borderMode=cv2.BORDER_REPLICATE),
        np.float32,
    )


def _correlation(one: Floats, other: Floats) -> float:
    a, b = one - one.mean((0, 1)), other - other.mean((0, 1))
    return float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum() + 1e-6))


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
