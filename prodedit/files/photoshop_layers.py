# SPDX-License-Identifier: Apache-2.0
"""What of a document a Photoshop file can hold, as values that fit into JSON, both ways.

Pixels go beside them, one raster after the other, in the order that `rasters` gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import msgspec

from prodedit.core.geometry import Rect, Size
from prodedit.core.guides import Guide
from prodedit.core.layer import UNLOCKED, Colour, Locks
from prodedit.core.path import NamedPath

LONGEST_PSD_SIDE = 30_000
"""Pixels; what is larger goes into a PSB."""
DEEPEST = 64
"""Groups within groups."""
NOWHERE = Rect(0, 0, 0, 0)


class PhotoshopLayer(msgspec.Struct, frozen=True):
    """rect: where its pixels lie on the canvas, empty for none. mask: "on", "off" or "" for none;
    it lies on the pixels where there are such, else on the canvas. layers: those of a group, from
    the lowest; None for what is no group. fill: a colour that covers the canvas.
    """

    name: str
    rect: Rect = NOWHERE
    opacity: float = 1.0
    visible: bool = True
    blend: str = "normal"
    clip: bool = False
    locks: Locks = UNLOCKED
    mask: Literal["", "on", "off"] = ""
    layers: tuple[PhotoshopLayer, ...] | None = None
    isolated: bool = True
    fill: Colour | None = None


class PhotoshopPicture(msgspec.Struct, frozen=True):
    """layers: from the lowest. resolution: pixels per inch, 0 where nobody said."""

    size: Size
    layers: tuple[PhotoshopLayer, ...] = ()
    guides: tuple[Guide, ...] = ()
    paths: tuple[NamedPath, ...] = ()
    resolution: float = 0.0


class Wanted(NamedTuple):
    """One raster: (h, w, 4) premultiplied BGRA, or (h, w) for a mask."""

    layer: PhotoshopLayer
    is_mask: bool
    rect: Rect

    @property
    def shape(self) -> tuple[int, ...]:
        shape = (self.rect.height, self.rect.width)
        return shape if self.is_mask else (*shape, 4)


def rasters(picture: PhotoshopPicture) -> Iterator[Wanted]:
    """All rasters of its layers, in the order of the file: what is in a group before the group."""
    for layer in walk(picture.layers):
        if not layer.rect.is_empty:
            yield Wanted(layer, False, layer.rect)
        if layer.mask:
            yield Wanted(layer, True, mask_rect(layer, picture.size))


def walk(layers: tuple[PhotoshopLayer, ...]) -> Iterator[PhotoshopLayer]:
    for layer in layers:
        yield from walk(layer.layers or ())
        yield layer


def mask_rect(layer: PhotoshopLayer, canvas: Size) -> Rect:
    return Rect.of(canvas) if layer.rect.is_empty else layer.rect
