# SPDX-License-Identifier: Apache-2.0
"""Colour without its alpha and back, in bytes: adjustments are made of straight colour."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from prodedit.core.pixels import scale
from prodedit.core.tiles import Pixels


def _divided() -> Pixels:
    """(65536,): at 256 * alpha + value the straight value, rounded to nearest; 0 at alpha 0."""
    alpha, value = np.divmod(np.arange(1 << 16, dtype=np.uint32), 256)
    straight = (value * 255 + alpha // 2) // np.maximum(alpha, 1)
    return np.where(alpha == 0, 0, np.minimum(straight, 255)).astype(np.uint8)


_DIVIDED = _divided()
"""Looked up: a division takes five times as long."""


class Planes(NamedTuple):
    """(h, w) uint8 each; alpha: None where everything is opaque."""

    blue: Pixels
    green: Pixels
    red: Pixels
    alpha: Pixels | None


class Straight(NamedTuple):
    """colour: (h, w, 4) straight BGR and the alpha it had; alpha: (h, w), None where opaque."""

    colour: Pixels
    alpha: Pixels | None


def straight_planes(pixels: Pixels) -> Planes:
    """(h, w, 4) premultiplied BGRA to straight colour, rounded to nearest; black at alpha 0.

    Premultiplied again the same bytes come out: a rounding of at most half a level shrinks by
    alpha / 255.
    """
    blue, green, red, alpha = (np.asarray(plane, np.uint8) for plane in cv2.split(pixels))
    if alpha.min() == 255:
        return Planes(blue, green, red, None)
    row = alpha.astype(np.uint16) << 8
    blue, green, red = (np.take(_DIVIDED, row | plane) for plane in (blue, green, red))
    return Planes(blue, green, red, alpha)


def straight(pixels: Pixels) -> Straight:
    """The same in one array. Opaque pixels are handed on, not copied."""
    blue, green, red, alpha = straight_planes(pixels)
    if alpha is None:
        return Straight(pixels, None)
    return Straight(np.asarray(cv2.merge([blue, green, red, alpha]), np.uint8), alpha)


def premultiplied(planes: list[Pixels], alpha: Pixels | None) -> Pixels:
    """(h, w) uint8 planes blue, green, red and alpha to (h, w, 4) premultiplied BGRA."""
    if alpha is None:
        alpha = np.full_like(planes[0], 255)
    else:
        planes = [scale(plane, alpha) for plane in planes]
    return np.asarray(cv2.merge([*planes, alpha]), np.uint8)
