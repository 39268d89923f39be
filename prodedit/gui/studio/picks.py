# SPDX-License-Identifier: Apache-2.0
"""Generated pictures as the studio hands them round: what is seen, and what makes it again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from prodedit.editing.session import EditSession
from prodedit.engine.generating import Generate, Latent
from prodedit.engine.results import LatentsResult
from prodedit.render.images import image_of

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Photo:
    """A layer's pixels that were found again by a generator.

    latent, pixels: what the generator makes of it, (s, s, 4) BGRA. square: the photo itself in that
    size, (s, s, 3) BGR, on white.
    """

    session: EditSession
    layer: str
    latent: Latent
    pixels: Bytes
    square: Bytes

    def with_change(self, pixels: Bytes) -> Bytes:
        """The photo, and to it what differs between its own picture and this one: what is done to
        its layer in the end."""
        changed = pixels.copy()
        moved = self.square.astype(np.int16) + pixels[..., :3] - self.pixels[..., :3]
        changed[..., :3] = np.clip(moved, 0, 255)
        return changed


@dataclass(frozen=True, eq=False)
class Pick:
    """One picture. pixels: (s, s, 4) BGRA, opaque, as the generator makes it; photo: whose change
    it is. Equal to itself alone; `key` tells the same picture made twice."""

    generator: str
    latent: Latent
    pixels: Bytes
    photo: Photo | None = None

    @property
    def key(self) -> tuple[str, Latent]:
        return self.generator, self.latent

    @property
    def shown(self) -> Bytes:
        """(s, s, 4) as it will be on the canvas."""
        return self.pixels if self.photo is None else self.photo.with_change(self.pixels)

    @property
    def image(self) -> QImage:
        return image_of(np.ascontiguousarray(self.shown)).copy()


def picks_of(result: LatentsResult, generator: str, photo: Photo | None = None) -> list[Pick]:
    """What a task of `generator` has made."""
    every = zip(result.latents, result.labels, result.pictures, strict=True)
    return [
        Pick(generator, Latent.of(array, label), np.ascontiguousarray(pixels), photo)
        for array, label, pixels in every
    ]


def task_for(pick: Pick, name: str, *, cut_out: bool, side: int) -> Generate:
    """What puts a picture on the canvas."""
    if pick.photo is not None:
        return Generate(pick.generator, pick.latent, False, base=pick.photo.latent, name=name)
    return Generate(pick.generator, pick.latent, cut_out, side, name=name)
