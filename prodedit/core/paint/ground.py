# SPDX-License-Identifier: Apache-2.0
"""What is painted on: one layer's pixels, as a stroke finds them when it begins."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import cv2
import numpy as np

from prodedit.core.bend import Bend, bend_of
from prodedit.core.geometry import Point, Rect, Transform
from prodedit.core.layer import Layer
from prodedit.core.paint.seen import Floats, Region
from prodedit.core.paint.stroke import Brush
from prodedit.core.tiles import Pixels, Tiles


class Room(NamedTuple):
    """Of a layer that was widened, in its pixels. own: what it was; reach: how far can be painted;
    placed: its transform before."""

    own: Rect
    reach: Rect
    placed: Transform


@dataclass(frozen=True, eq=False)
class Ground:
    """layer: with pixels of its own; `selection`: of the document, None: all of it; keeps_alpha:
    only colours may change; sampled: all layers as they show on the canvas, where those are what
    is looked at instead of the layer's own pixels; room: see core/paint/room.py."""

    layer: Layer
    tiles: Tiles
    selection: Tiles | None = None
    keeps_alpha: bool = False
    sampled: Region | None = None
    room: Room | None = None

    @property
    def bounds(self) -> Rect:
        """Where can be painted, in the layer's pixels."""
        return self.tiles.bounds if self.room is None else self.room.reach

    @property
    def bend(self) -> Bend | None:
        return bend_of(self.layer)

    @property
    def placed(self) -> Transform:
        return self.layer.transform

    def to_own(self, point: Point) -> Point:
        """From the canvas to the layer's pixels. Raises ValueError where all is squeezed to a
        line."""
        bend = self.bend
        return self.placed.inverse().map(point) if bend is None else bend.to_own(point)

    def brush(self, brush: Brush) -> Brush:
        """A brush of the canvas in the layer's own pixels; a bent layer's stays as it is there."""
        if self.layer.warp is not None:
            return brush
        placed = self.placed
        enlarged = sqrt(abs(placed.a * placed.d - placed.b * placed.c)) or 1.0
        return brush if enlarged == 1.0 else brush._replace(size=brush.size / enlarged)


def mixed(old: Pixels, new: Pixels, share: Floats) -> Pixels:
    """(h, w, 4): from `old` to `new` by `share`, (h, w) 0..1, rounded to nearest."""
    shares = cv2.merge((share, share, share, share))
    way = cv2.subtract(new, old, dtype=cv2.CV_32F)
    return np.asarray(cv2.add(cv2.multiply(way, shares), old, dtype=cv2.CV_8U), np.uint8)


def over(new: Pixels, old: Pixels) -> Pixels:
    """(h, w, 4) premultiplied: `new` laid over `old`."""
    left = 255 - new[..., 3]
    if not left.any():
        return new
    shown = cv2.multiply(old, cv2.merge((left, left, left, left)), scale=1 / 255)
    return np.asarray(cv2.add(new, shown), np.uint8)


def with_alpha(new: Pixels, alpha: Pixels) -> Pixels:
    """The colours of `new`, (h, w, 4) premultiplied, as opaque as `alpha`, (h, w), says."""
    if (new[..., 3] == alpha).all():
        return new
    wanted = alpha.astype(np.float32)
    times = wanted / np.maximum(new[..., 3], 1)
    colour = np.minimum(new * times[..., None], wanted[..., None])
    kept = np.rint(colour).astype(np.uint8)
    kept[..., 3] = alpha
    return kept
