# SPDX-License-Identifier: Apache-2.0
"""What is measured of a cut-out photo, so that it can be made like others of its group."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.catalogue.batch.alike import Facts, Rgb
from prodedit.core.document import PHOTO, Document
from prodedit.core.edits.reframing import product_bounds
from prodedit.core.geometry import IDENTITY
from prodedit.core.layer import Layer, Mask

Bytes = NDArray[np.uint8]
_SIDE = 384
"""Pixels of the long side at which light is measured."""
_OUTSIDE, _INSIDE = 8, 250
"""Of alpha: what is surely backdrop, and what is surely product."""
_LEAST_SHARE = 0.05
"""Of the picture, that a backdrop has at least."""
_LEAST_LIGHT, _MOST_TINT, _PLAIN_LEVELS, _PLAIN_SHARE = 140, 45, 28, 0.6
"""A backdrop tells of the light where it is as light, as grey, and so much of it as even."""


def facts_of(document: Document) -> Facts:
    """Of a document with a photo that has a cut-out; nothing is known of others. Raises Problem
    where the cut-out hides all."""
    photo = document.find(PHOTO)
    if photo is None or photo.mask is None:
        return Facts()
    bounds, long = product_bounds(document, PHOTO), max(document.size)
    light, backdrop = _lights(photo, photo.mask)
    return Facts(round(bounds.width / long, 6), round(bounds.height / long, 6), light, backdrop)


def _lights(photo: Layer, mask: Mask) -> tuple[float, Rgb | None]:
    """(product, backdrop), as Facts has them."""
    tiles = photo.tiles
    if tiles is None or mask.transform != IDENTITY or mask.alpha.size != tiles.size:
        return 0.0, None
    pixels = _small(tiles.to_array())
    alpha = _small(mask.alpha.to_array())
    whole = pixels[..., 3] >= _INSIDE
    product = cv2.erode((alpha >= _INSIDE).view(np.uint8), np.ones((3, 3), np.uint8)) > 0
    outside = cv2.erode((alpha < _OUTSIDE).view(np.uint8), np.ones((7, 7), np.uint8)) > 0
    return _product(pixels[product & whole]), _backdrop(pixels[outside & whole], whole.size)


def _product(colours: Bytes) -> float:
    """Mean luma (Rec. 601) of (n, 4) BGRA."""
    if not len(colours):
        return 0.0
    blue, green, red = colours[:, :3].astype(np.float64).mean(axis=0)
    return round(float(0.114 * blue + 0.587 * green + 0.299 * red), 3)


def _backdrop(colours: Bytes, area: int) -> Rgb | None:
    """The colour of (n, 4) BGRA where it is one, and light; area: pixels of the picture."""
    if len(colours) < _LEAST_SHARE * area:
        return None
    middle = np.median(colours[:, :3], axis=0)
    off = np.abs(colours[:, :3] - middle).max(axis=1)
    is_plain = float((off <= _PLAIN_LEVELS).mean()) >= _PLAIN_SHARE
    if not is_plain or middle.min() < _LEAST_LIGHT or np.ptp(middle) > _MOST_TINT:
        return None
    blue, green, red = (float(value) for value in middle)
    return red, green, blue


def _small(pixels: Bytes) -> Bytes:
    height, width = pixels.shape[:2]
    scale = _SIDE / max(height, width)
    if scale >= 1:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
