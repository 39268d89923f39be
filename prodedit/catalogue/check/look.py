# SPDX-License-Identifier: Apache-2.0
"""All that is known of a picture which is looked at: what its measures are taken from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.catalogue.check.product import Product
from prodedit.core.geometry import Size
from prodedit.files.facts import Facts
from prodedit.files.photo import Photo

Bytes = NDArray[np.uint8]

GROWN = 16
"""Pixels round the product that JPEG may have touched."""
_SEVERAL = frozenset({"animation", "long-animation", "pages"})
_CONVERTED = frozenset({"profile", "profile-broken", "cmyk", "lab"})
_FAINT = 16
"""Of alpha: what is fainter is no product, and had better not be there."""


@dataclass(frozen=True, eq=False)
class Look:
    """name: of the file; rgb: (h, w, 3) uint8; alpha: (h, w) uint8, None of an opaque picture.

    is_srgb: programs that know no profiles show its colours right.
    frames:  pictures in the file, as far as they were counted; 2 for "several".
    product: None where it can't be told apart.
    text:    (h, w) uint8, 255 in lines of text; None where nobody has looked for any.
    """

    name: str
    nbytes: int
    facts: Facts
    rgb: Bytes
    alpha: Bytes | None = None
    is_srgb: bool = True
    frames: int = 1
    product: Product | None = None
    text: Bytes | None = None

    @property
    def size(self) -> Size:
        return Size(self.rgb.shape[1], self.rgb.shape[0])

    @cached_property
    def grey(self) -> Bytes:
        return np.asarray(cv2.cvtColor(self.rgb, cv2.COLOR_RGB2GRAY), np.uint8)

    @cached_property
    def ground(self) -> NDArray[np.bool_] | None:
        """(h, w): what is surely backdrop, GROWN pixels from the product on. None where the product
        is not known, or nothing is left."""
        if self.product is None:
            return None
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (2 * GROWN + 1, 2 * GROWN + 1))
        near = cv2.dilate((self.product.alpha >= _FAINT).view(np.uint8), kernel)
        ground = np.asarray(near) == 0
        return ground if ground.any() else None


def look_of(photo: Photo, name: str, nbytes: int) -> Look:
    """Of a decoded picture; what is transparent lies on white, as a marketplace shows it."""
    pixels = photo.pixels
    codes = {note.code for note in photo.notes}
    frames = 2 if codes & _SEVERAL else 1
    is_srgb = not codes & _CONVERTED
    if pixels.shape[2] == 3 or int(pixels[..., 3].min()) == 255:
        rgb = np.ascontiguousarray(pixels[..., :3])
        return Look(name, nbytes, photo.facts, rgb, None, is_srgb, frames)
    alpha = np.ascontiguousarray(pixels[..., 3])
    share = alpha[..., None].astype(np.float32) / 255
    rgb = np.rint(pixels[..., :3] * share + 255 * (1 - share)).astype(np.uint8)
    return Look(name, nbytes, photo.facts, rgb, alpha, is_srgb, frames)
