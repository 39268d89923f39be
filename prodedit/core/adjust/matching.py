# SPDX-License-Identifier: Apache-2.0
"""Recolouring a picture: which colour the product clicked on has on the whole, and how near to
the one that was asked for it comes."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.adjust import adjusted
from prodedit.core.adjust.delta_e import difference
from prodedit.core.adjust.oklab import Oklab, colour_of, lab_of
from prodedit.core.adjust.planes import Plane, Planes
from prodedit.core.adjust.recolour import weight
from prodedit.core.adjust.straight import straight
from prodedit.core.adjust.values import Recolour
from prodedit.core.colour import Colour
from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import Pixels

SIDE = 384
"""Pixels; larger pictures are measured on a smaller copy."""
_CORE = 0.5
"""From this weight on a pixel is the product's, and not its edge or another thing of that hue."""


class Match(NamedTuple):
    """reached: the mean colour of what became new; difference: CIEDE2000 between that and what was
    asked for (the target, or with `keep_lightness` the target as light as it may be); share: 0..1,
    how much of the picture became new, what is transparent counted with the rest."""

    reached: Colour
    difference: float
    share: float


class _Picture(NamedTuple):
    pixels: Pixels
    lab: Planes
    alpha: Plane


def fitted(pixels: Pixels, recolour: Recolour) -> Recolour:
    """With the mean colour of what is like `source` as its source, so that on the whole the target
    comes out: a click finds a fold or a highlight, the product is what lies round it.

    pixels: (h, w, 4) premultiplied BGRA. Unchanged where nothing visible is like the source.
    """
    picture = _picture(pixels)
    found = _mean(picture.lab, _region(picture, recolour))
    if found is None:
        return recolour
    colour = colour_of(found)
    return Recolour(colour, recolour.target, recolour.tolerance, recolour.keep_lightness)


def match(pixels: Pixels, recolour: Recolour) -> Match | None:
    """How `recolour` does on (h, w, 4) premultiplied BGRA; None where nothing changes."""
    picture = _picture(pixels)
    region = _region(picture, recolour)
    if not region.any():
        return None
    reached = colour_of(_reached(picture, recolour, region))
    off = difference(reached, colour_of(_wanted(recolour)))
    return Match(reached, off, float(region.mean()))


def _picture(pixels: Pixels) -> _Picture:
    size = Size(pixels.shape[1], pixels.shape[0])
    if max(size) > SIDE:
        new = size.fit(SIDE)
        pixels = np.asarray(cv2.resize(pixels, new, interpolation=cv2.INTER_AREA), np.uint8)
    return _Picture(pixels, _lab(pixels), pixels[..., 3].astype(np.float32) / 255)


def _lab(pixels: Pixels) -> Planes:
    return Oklab().lab(_planes(pixels))


def _planes(pixels: Pixels) -> Planes:
    colour = straight(pixels).colour
    return np.stack([colour[..., n].astype(np.float32) / 255 for n in (2, 1, 0)])


def _region(picture: _Picture, recolour: Recolour) -> Plane:
    found = weight(recolour)(_planes(picture.pixels))
    return np.asarray(np.where(found >= _CORE, found, 0) * picture.alpha)


def _mean(lab: Planes, weights: Plane) -> NDArray[np.float64] | None:
    total = float(weights.sum(dtype=np.float64))
    if total <= 0:
        return None
    return np.asarray((lab * weights).sum(axis=(1, 2), dtype=np.float64) / total)


def _reached(picture: _Picture, recolour: Recolour, region: Plane) -> NDArray[np.float64]:
    size = Size(picture.pixels.shape[1], picture.pixels.shape[0])
    new = adjusted(picture.pixels, recolour, Rect.of(size), size)
    mean = _mean(_lab(new), region)
    return _wanted(recolour) if mean is None else mean


def _wanted(recolour: Recolour) -> NDArray[np.float64]:
    source, target = lab_of(recolour.source), lab_of(recolour.target)
    target[0] += np.clip(recolour.keep_lightness, 0, 1) * (source[0] - target[0])
    return target
