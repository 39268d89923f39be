# SPDX-License-Identifier: Apache-2.0
"""Colour without its alpha and back, in bytes: adjustments are made of straight colour."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from prodedit.core.pixels import scale
from prodedit.core.tiles import Pixels


class Straight(NamedTuple):
    """colour: (h, w, 4) straight BGRA; alpha: (h, w), None where everything is opaque."""

    colour: Pixels
    alpha: Pixels | None


def straight(pixels: Pixels) -> Straight:
    """(h, w, 4) premultiplied BGRA to straight colour, rounded to nearest; black at alpha 0.

    Premultiplied again the same bytes come out: a rounding of at most half a level shrinks by
    alpha / 255. Opaque pixels are handed on, not copied.
    """
    pixels = np.ascontiguousarray(pixels)
    alpha: Pixels = np.asarray(cv2.extractChannel(pixels, 3), np.uint8)
    if alpha.size == 0 or alpha.min() == 255:
        return Straight(pixels, None)
    colour = pixels.copy()
    flat, flat_alpha = colour.reshape(-1, 4), alpha.ravel()
    soft = np.flatnonzero(flat_alpha - np.uint8(1) < 254)
    a = flat_alpha[soft].astype(np.uint32)[:, None]
    new = (flat[soft, :3].astype(np.uint32) * 255 + a // 2) // a
    flat[soft, :3] = np.minimum(new, 255)
    return Straight(colour, alpha)


def premultiplied(planes: list[Pixels], alpha: Pixels | None) -> Pixels:
    """(h, w) uint8 planes blue, green, red and alpha to (h, w, 4) premultiplied BGRA."""
    if alpha is None:
        alpha = np.full_like(planes[0], 255)
    else:
        planes = [scale(plane, alpha) for plane in planes]
    return np.asarray(cv2.merge([*planes, alpha]), np.uint8)
