# SPDX-License-Identifier: Apache-2.0
"""Tasks that ask a trained generator. Every picture it makes is known by its Latent, which travels
in the Task itself: what a layer remembers, a recipe replays and a file keeps is the Task alone."""

from __future__ import annotations

import base64
from typing import Annotated, Literal, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.values import Value

MOST_NUMBERS = 1 << 18
"""In one latent. Those of the families there are have 1,024 to 16,384."""
MOST_PICTURES = 256

Unit = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
Seed = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Count = Annotated[int, msgspec.Meta(ge=1, le=MOST_PICTURES)]
Detail = Literal["coarse", "middle", "fine"]


class Latent(NamedTuple):
    """What a generator makes one picture of: float16 numbers in base64, little-endian, row by row;
    and the class it belongs to, by its place in the generator's list."""

    shape: tuple[int, ...]
    numbers: str
    label: int = 0

    @classmethod
    def of(cls, array: NDArray[np.floating], label: int = 0) -> Latent:
        plain = np.ascontiguousarray(array, "<f2")
        return cls(plain.shape, base64.b64encode(plain.tobytes()).decode("ascii"), label)

    def array(self) -> NDArray[np.float16]:
        """The numbers, of this shape. Raises Problem where they are none, or not so many."""
        try:
            data = np.frombuffer(base64.b64decode(self.numbers, validate=True), "<f2")
            array = data.reshape(self.shape)
        except ValueError as error:
            raise _unusable() from error
        if array.size == 0 or array.size > MOST_NUMBERS or not np.isfinite(array).all():
            raise _unusable()
        return array.astype(np.float16)


class Handle(NamedTuple):
    """A point that is dragged: where it is, and where it is to be, as shares of the side; and where
    it was in the picture that the drag began with, None: where it is."""

    x: float
    y: float
    to_x: float
    to_y: float
    from_x: float | None = None
    from_y: float | None = None

    @property
    def start(self) -> tuple[float, float]:
        """Where it was at first."""
        if self.from_x is None or self.from_y is None:
            return self.x, self.y
        return self.from_x, self.from_y


class Sample(Value, frozen=True):
    """New pictures. No inputs; a LatentsResult.

    generator:  its name in the library, or a file's path.
    label:      the class; "": each in turn.
    truncation: below 1 more typical, above it more unusual.
    seed:       of the first; the next ones follow. The same seed gives the same picture.
    """

    generator: str
    count: Count = 16
    seed: Seed = 0
    truncation: Annotated[float, msgspec.Meta(ge=0.0, le=2.0)] = 1.0
    label: str = ""


class Vary(Value, frozen=True):
    """Others like this one: strength 0 is the same picture, 1 another of its class. Input `mask`,
    (h, w) uint8, where only that part is to be made anew. A LatentsResult."""

    generator: str
    latent: Latent
    strength: Unit = 0.5
    count: Count = 16
    seed: Seed = 0


class Morph(Value, frozen=True):
    """The way from one picture to another, both included. A LatentsResult."""

    generator: str
    start: Latent
    end: Latent
    frames: Annotated[int, msgspec.Meta(ge=2, le=MOST_PICTURES)] = 7


class Mix(Value, frozen=True):
    """The first picture with these details of the second. A LatentsResult of one."""

    generator: str
    first: Latent
    second: Latent
    details: tuple[Detail, ...] = ("fine",)


class Shift(Value, frozen=True):
    """A picture moved along the generator's directions, in standard deviations; what is not named
    stays. A LatentsResult of one."""

    generator: str
    latent: Latent
    weights: Annotated[tuple[float, ...], msgspec.Meta(max_length=64)] = ()


class Drag(Value, frozen=True):
    """Some steps towards having each handle at its target. Input `mask`, (h, w) uint8, where only
    that part may move. A LatentsResult of one, with the handles where they are now: with them and
    its latent the next Task goes on."""

    generator: str
    origin: Latent
    latent: Latent
    handles: Annotated[tuple[Handle, ...], msgspec.Meta(min_length=1, max_length=32)]
    steps: Annotated[int, msgspec.Meta(ge=1, le=200)] = 4


class Invert(Value, frozen=True):
    """The latent of a photo. Input `source` (h, w, 4), with `mask` where the layer has one; a
    LatentsResult of one, which is as like the photo as the generator can be.

    label: the class; "": the one that comes nearest.
    steps: of optimisation after the first guess; 0: the guess.
    """

    generator: str
    label: str = ""
    steps: Annotated[int, msgspec.Meta(ge=0, le=5000)] = 60


class Generate(Value, frozen=True):
    """The picture of a latent as a layer's pixels. A PixelsResult.

    cut_out: the product alone, with alpha.
    side:    of the layer; larger than the generator's it is enlarged.
    base:    the latent that a photo was inverted to. With it, input `source` is that photo, and
             only what differs between the two latents is done to it: the same latent gives the
             same photo, bit for bit.
    name:    of the new layer.
    again:   the layer that it is asked for gets the picture, in place of a new one.
    """

    generator: str
    latent: Latent
    cut_out: bool = True
    side: Annotated[int, msgspec.Meta(ge=0, le=8192)] = 0
    base: Latent | None = None
    name: str = ""
    again: bool = False


GeneratingTask = Sample | Vary | Morph | Mix | Shift | Drag | Invert | Generate


def _unusable() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "What this picture was generated from can't be read."),
        code="bad-latent",
    )
