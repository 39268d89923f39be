# SPDX-License-Identifier: Apache-2.0
"""The networks that paint, asked: which of them, in which mixture, at which size."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Size
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.context import Context
from prodedit.engine.families.reduced import scaled
from prodedit.engine.service import store_problems
from prodedit.engine.service.runner import free_caches, is_out_of_memory
from prodedit.engine.styles import NETWORK, PICTURE, STYLES, row_of

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

TRANSFORMER, PREDICTOR = "style-transformer", "style-predictor"
AREA = 1536 * 1024
"""Pixels at which is painted. The networks look at the whole picture at once, so they can't be
given pieces of a larger one; and brush strokes are of the size that a person saw in the preview."""
LEAST_AREA = 96 * 64
LEAST_SIDE, STEP = 32, 4
"""Pixels: the shortest side that the networks are given, and what sides are multiples of."""
_LEAST_RANGE = 2.0
"""Levels of 255: a painting with less is of one colour, which no style is."""


class Wanted(NamedTuple):
    """A style as an id or PICTURE, the picture (h, w, 3) BGR, and its share of the mixture."""

    style: str
    picture: Bytes | None
    share: float


class Part(NamedTuple):
    """What one network is asked for, and the share of its painting in the result."""

    card: str
    condition: Floats
    """(n, numbers)"""
    share: float


class Painted(NamedTuple):
    """picture, photo: (h, w, 3) float32 0..255 BGR, the painting and the photo at its size."""

    picture: Floats
    photo: Floats
    short_of_memory: bool


def parts(wanted: Sequence[Wanted], context: Context) -> tuple[Part, ...]:
    """Styles of one network are mixed in it, where a mixture of two is a style of its own; those of
    two networks as pictures. Raises Problem where a network is missing or a style unknown."""
    built_in = [one for one in wanted if one.style != PICTURE and one.share > 0]
    pictures = [one for one in wanted if one.style == PICTURE and one.share > 0]
    found = []
    if built_in:
        rows = np.zeros((1, len(STYLES)), np.float32)
        for one in built_in:
            rows[0, row_of(one.style)] += one.share
        found.append(_part(NETWORK, rows, built_in))
    if pictures:
        numbers = [one.share * style_numbers(one.picture, context) for one in pictures]
        found.append(_part(TRANSFORMER, np.sum(numbers, axis=0, dtype=np.float32), pictures))
    return tuple(found)


def _part(card: str, condition: Floats, wanted: Sequence[Wanted]) -> Part:
    share = sum(one.share for one in wanted)
    return Part(card, np.ascontiguousarray(condition / np.float32(share)), share)


def cards_for(styles: Sequence[str]) -> tuple[str, ...]:
    """Ids of the networks that these styles need."""
    pictures = (TRANSFORMER, PREDICTOR) if PICTURE in styles else ()
    built_in = (NETWORK,) if any(style != PICTURE for style in styles) else ()
    return (*built_in, *pictures)


def style_numbers(picture: Bytes | None, context: Context) -> Floats:
    """(1, 100): the style of a picture (h, w, 3) BGR of any size, a single pixel too. The middle
    square of it, as the network was trained. Raises Problem where there is none."""
    if picture is None:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "No picture was chosen whose style is wanted."),
            code="no-style-picture",
        )
    card = context.store.card(PREDICTOR)
    height, width = picture.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    square = picture[top : top + side, left : left + side]
    square = scaled(square, (card.input.side, card.input.side))
    network = context.store.use(card, context.device)
    numbers = network.run(tensor(square.astype(np.float32))[0], context.cancelled)
    return np.ascontiguousarray(numbers.reshape(1, -1))


def paint(photo: Bytes, wanted: Sequence[Part], context: Context) -> Painted:
    """The painting of a photo (h, w, 3) BGR, at its own size or at that of AREA; smaller where
    memory is short. Raises Problem, MemoryError, Cancelled."""
    for number, size in enumerate(working_sizes(Size(photo.shape[1], photo.shape[0]))):
        small = scaled(photo, (size.width, size.height)).astype(np.float32)
        picture = _tried(lambda: _mixed(small, wanted, context))  # noqa: B023 - called at once
        if picture is not None:
            return Painted(picture, small, number > 0)
    raise MemoryError


def paint_each(photo: Bytes, wanted: Sequence[Part], context: Context) -> Iterator[Bytes]:
    """Small paintings, (h, w, 3) uint8 each: those of one network in one batch."""
    small = photo.astype(np.float32)
    for card in dict.fromkeys(part.card for part in wanted):
        conditions = np.concatenate([part.condition for part in wanted if part.card == card])
        for picture in _painted(small, card, conditions, context):
            yield np.rint(picture).astype(np.uint8)


def working_sizes(size: Size) -> Iterator[Size]:
    """The sizes to be tried, each of half the pixels of the one before."""
    area = min(AREA, _cost(*size))
    while True:
        share = _share(size, area)
        yield Size(max(1, round(size.width * share)), max(1, round(size.height * share)))
        area //= 2
        if area < LEAST_AREA:
            return


def _cost(width: float, height: float) -> int:
    """Pixels that are painted: a side too short for the networks is filled up."""
    return round(max(width, LEAST_SIDE) * max(height, LEAST_SIDE))


def _share(size: Size, area: int) -> float:
    """How much smaller a picture has to be that no more than `area` pixels are painted."""
    share = math.sqrt(area / (size.width * size.height))
    if min(size) * share < LEAST_SIDE:
        share = area / (LEAST_SIDE * max(size))
    return min(1.0, share)


def _tried(work: Callable[[], Floats]) -> Floats | None:
    """None where memory runs out."""
    try:
        return work()
    except Exception as error:
        if not is_out_of_memory(error):
            raise
    # Outside the except clause: the traceback held the arrays that filled the memory.
    free_caches()
    return None


def _mixed(small: Floats, wanted: Sequence[Part], context: Context) -> Floats:
    painted = [_painted(small, part.card, part.condition, context)[0] for part in wanted]
    if len(painted) == 1:
        return painted[0]
    shares = [part.share / sum(part.share for part in wanted) for part in wanted]
    return np.asarray(cv2.addWeighted(painted[0], shares[0], painted[1], shares[1], 0), np.float32)


def _painted(small: Floats, card: str, conditions: Floats, context: Context) -> list[Floats]:
    """One painting of `small` for each row of `conditions`, in 0..255."""
    height, width = small.shape[:2]
    network = context.store.use(card, context.device)
    x, (top, left) = tensor(small)
    answer = network.run(x, context.cancelled, conditions)
    whole = [cv2.merge(tuple(picture[::-1])) for picture in answer]
    pictures = [picture[top:, left:][:height, :width] * np.float32(255) for picture in whole]
    varied = any(np.ptp(small[..., channel]) >= _LEAST_RANGE for channel in range(3))
    for picture in pictures:
        if varied and all(np.ptp(picture[..., channel]) < _LEAST_RANGE for channel in range(3)):
            raise store_problems.bad_answer(network.card.title.en, "one colour everywhere")
    return pictures


def tensor(picture: Floats) -> tuple[Floats, tuple[int, int]]:
    """(h, w, 3) BGR 0..255 as (1, 3, h', w') RGB 0..1, filled up by mirroring to what the networks
    take; and where in it the picture begins, as (top, left)."""
    height, width = picture.shape[:2]
    tops, lefts = _filling(height), _filling(width)
    mirrored = cv2.BORDER_REFLECT if min(height, width) < LEAST_SIDE else cv2.BORDER_REFLECT_101
    filled = cv2.copyMakeBorder(picture, *tops, *lefts, borderType=mirrored)
    planes = np.asarray(filled, np.float32)[..., ::-1].transpose(2, 0, 1)[np.newaxis]
    return np.multiply(planes, np.float32(1 / 255), order="C"), (tops[0], lefts[0])


def _filling(side: int) -> tuple[int, int]:
    """Pixels to be added before and after."""
    wanted = max(LEAST_SIDE, -(-side // STEP) * STEP)
    missing = wanted - side
    return (0, missing) if side >= LEAST_SIDE else (missing // 2, missing - missing // 2)
