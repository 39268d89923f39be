# SPDX-License-Identifier: Apache-2.0
"""Which pictures a step sees, and how they are varied: known from the seed and the step alone, so
that a run that resumes goes on exactly as it would have."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.engine.training.packed import WHITE, PackedPictures, planes

Floats = NDArray[np.float32]

MOST_TURN = 4.0
MOST_SCALE = 0.08
MOST_SHIFT = 0.03
MOST_GAIN = 0.06


@dataclass(frozen=True)
class Draw:
    """One step's pictures (n, 3, side, side) in -1 .. 1 and their classes (n)."""

    pictures: Floats
    labels: NDArray[np.int64]


def draw(pictures: PackedPictures, seed: int, step: int, count: int) -> Draw:
    """`count` pictures, varied a little: each epoch shows all of them once, in an order of its
    own."""
    places = [_place(len(pictures), seed, step * count + number) for number in range(count)]
    chance = np.random.default_rng((seed, 1, step))
    varied = np.stack([vary(pictures.pixels[place], chance) for place in places])
    return Draw(np.ascontiguousarray(planes(varied)), pictures.labels[places])


def vary(picture: NDArray[np.uint8], chance: np.random.Generator) -> NDArray[np.uint8]:
    """The picture (s, s, 3) mirrored or not, a little turned, moved, larger or smaller, brighter
    or darker; white comes in at the borders and stays white."""
    side = picture.shape[0]
    turn, scale, gain = chance.uniform(-1.0, 1.0, 3)
    middle = (side - 1) / 2.0
    matrix = cv2.getRotationMatrix2D((middle, middle), turn * MOST_TURN, 1.0 + scale * MOST_SCALE)
    matrix[:, 2] += chance.uniform(-MOST_SHIFT, MOST_SHIFT, 2) * side
    if chance.random() < 0.5:
        picture = picture[:, ::-1]
    moved = cv2.warpAffine(
        np.ascontiguousarray(picture),
        matrix,
        (side, side),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(WHITE,) * 3,
    )
    table = (255.0 * (np.arange(256) / 255.0) ** (1.0 + gain * MOST_GAIN) + 0.5).astype(np.uint8)
    return np.asarray(cv2.LUT(moved, table), np.uint8)


def _place(length: int, seed: int, position: int) -> int:
    """The picture at a position of the endless row of shuffled epochs."""
    epoch, place = divmod(position, length)
    return int(_order(length, seed, epoch)[place])


def _order(length: int, seed: int, epoch: int) -> NDArray[np.int64]:
    return np.random.default_rng((seed, 0, epoch)).permutation(length)
