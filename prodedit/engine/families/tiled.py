# SPDX-License-Identifier: Apache-2.0
"""A picture enlarged by a network piece by piece, so that memory is bounded and no seam shows.

Each piece is shown with what lies round it, as far as its card says (`tiling.overlap`): for the
compact network as far as it can see, so that pieces join exactly. The large one sees 350 pixels
far, and invents a little differently when it sees less; there one piece fades into the next
(`tiling.blend`), so that from pixel to pixel less than a level is added at a seam.

Networks shift colours and lose faint detail. Their answer is therefore made to agree with the
photo: shrunk again it has to be the photo, and what is missing is added, softly (back-projection;
Irani, Peleg, "Improving resolution by image registration", 1991). That lifts the fidelity by about
3 dB over the bare network; tests/benchmarks/ENHANCE_QUALITY.md has the figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect, Size
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.engine.cards import ModelCard
from prodedit.engine.context import Context
from prodedit.engine.enhancing import NETWORK_SCALE
from prodedit.engine.families.shares import Report
from prodedit.engine.service import store_problems
from prodedit.engine.service.networks import Network
from prodedit.engine.service.runner import free_caches, is_out_of_memory

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

LEAST_SIDE = 32
"""Pieces are never smaller: most of the work would be done twice."""
UNKNOWN_SIDE = 256
"""Of pieces for a network whose card does not say."""
_SOFT = 2.0
"""Pixels of the answer: sharper, the grain and the blocks of the photo come back, too."""
_FARTHEST = 0.15
"""Mean distance, 0..1, of a shrunk answer from the photo: beyond it the weights are not sound."""

_ENLARGING = QT_TRANSLATE_NOOP("Progress", "Enlarging")
_SMALLER = QT_TRANSLATE_NOOP("Progress", "Memory is short: going on in smaller pieces")


class Enlarged(NamedTuple):
    """colours: (scale h, scale w, 3) uint8; side: of the pieces that fitted into memory;
    short: whether that is less than was tried first."""

    colours: Bytes
    side: int
    short: bool


class Piece(NamedTuple):
    """Part of a picture: what is wanted of it, and what the network is shown. To the right and
    below a piece may reach over the next one, which then fades in."""

    wanted: Rect
    shown: Rect


def enlarge(
    colours: Bytes, classic: Floats | None, network: Network, scale: int, context: Context,
    report: Report,
) -> Enlarged:  # fmt: skip
    """`colours`, (h, w, 3) uint8 RGB, 4 or 2 times as wide and high.

    classic: (h, w) 0..1, how far a place is to be resampled without the network.
    Raises Problem where the answer is unusable, Cancelled, and MemoryError where not even the
    smallest pieces fit.
    """
    first = network.piece_side or UNKNOWN_SIDE
    side = first
    while True:
        try:
            made = _all(colours, classic, network, scale, side, context, report)
            return Enlarged(made, side, side < first)
        except Exception as error:
            if not is_out_of_memory(error) or side <= LEAST_SIDE:
                raise
        # Outside the except clause: the traceback held what filled the memory.
        side = max(LEAST_SIDE, side // 2)
        free_caches()
        report(0.0, _SMALLER)


def pieces(size: Size, side: int, overlap: int, blend: int = 0) -> Iterator[list[Piece]]:
    """The picture in about equal parts of at most `side`, in rows."""
    whole = Rect.of(size)
    across, down = ceil(size.width / side), ceil(size.height / side)
    width, height = ceil(size.width / across), ceil(size.height / down)
    for top in range(0, size.height, height):
        lefts = range(0, size.width, width)
        parts = [Rect(left, top, width + blend, height + blend) for left in lefts]
        wanted = [part.intersect(whole) for part in parts]
        yield [Piece(part, part.inflate(overlap).intersect(whole)) for part in wanted]


def part_of(array: NDArray[Any], rect: Rect) -> NDArray[Any]:
    """The view of (h, w, ...) that `rect` names."""
    return array[rect.y : rect.bottom, rect.x : rect.right]


def agreeing(enlarged: Floats, small: Floats, soft: float = 0.0) -> Floats:
    """`enlarged` (k h, k w, ...) changed so that shrunk by areas it comes near to `small` (h, w,
    ...). soft: what is added is blurred by so many pixels, so that no grain comes with it."""
    size, shrunk = enlarged.shape[1::-1], small.shape[1::-1]
    missing = small - _resized(enlarged, shrunk, cv2.INTER_AREA)
    added = _resized(missing, size, cv2.INTER_CUBIC)
    if soft:
        added = np.asarray(cv2.GaussianBlur(added, (0, 0), soft), np.float32)
    made: Floats = enlarged + added
    return made


def _all(
    colours: Bytes, classic: Floats | None, network: Network, scale: int, side: int,
    context: Context, report: Report,
) -> Bytes:  # fmt: skip
    height, width = colours.shape[:2]
    tiling = network.card.tiling
    overlap, blend = (tiling.overlap, tiling.blend) if tiling else (0, 0)
    rows = list(pieces(Size(width, height), side, overlap, blend))
    made = np.empty((scale * height, scale * width, 3), np.uint8)
    distance = _Distance(network.card)
    for row, parts in enumerate(rows):
        top, bottom = parts[0].wanted.y, parts[0].wanted.bottom
        band = np.empty((scale * (bottom - top), scale * width, 3), np.uint8)
        for number, part in enumerate(parts):
            told = _share_of(
                report, (row + number / len(parts)) / len(rows), len(rows) * len(parts)
            )
            small = part_of(colours, part.shown).astype(np.float32) / np.float32(255)
            answer = _answer(small, network, context, told)
            distance.count(answer, small)
            kept = None if classic is None else part_of(classic, part.shown)
            large = _with_classic(agreeing(answer, small, _SOFT), small, kept)
            left, right = scale * part.wanted.x, scale * part.wanted.right
            fading = scale * blend if number else 0
            _laid_over(band[:, left:right], _cut(large, part, scale), fading, axis=1)
        _laid_over(made[scale * top : scale * bottom], band, scale * blend if row else 0, axis=0)
    distance.check()
    return made


class _Distance:
    """How far the network's answers are from the photo, over all pieces."""

    def __init__(self, card: ModelCard) -> None:
        self._card = card
        self._off, self._area = 0.0, 0

    def count(self, answer: Floats, small: Floats) -> None:
        shrunk = _resized(answer, small.shape[1::-1], cv2.INTER_AREA)
        self._off += float(np.abs(shrunk - small).sum())
        self._area += small.size

    def check(self) -> None:
        off = self._off / self._area
        if off > _FARTHEST:
            raise store_problems.bad_answer(
                self._card.title.en, f"it is {off:.2f} away from the photo"
            )


def _share_of(report: Report, begun: float, pieces: int) -> Report:
    """A report for one of so many pieces, told at once that it begins."""

    def told(fraction: float, text: str) -> None:
        report(begun + fraction / pieces, text or _ENLARGING)

    told(0.0, "")
    return told


def _answer(small: Floats, network: Network, context: Context, told: Report) -> Floats:
    """The network's (4 h, 4 w, 3), 0..1, for (h, w, 3)."""
    x = np.ascontiguousarray(small.transpose(2, 0, 1)[np.newaxis])
    answer = network.run(x, context.cancelled, report=told)
    expected = (1, 3, *(NETWORK_SCALE * side for side in small.shape[:2]))
    if answer.shape != expected:
        raise store_problems.bad_answer(
            network.card.title.en, f"shape {answer.shape} for {x.shape}"
        )
    return np.asarray(np.clip(answer[0].transpose(1, 2, 0), 0, 1), np.float32, order="C")


def _with_classic(large: Floats, small: Floats, share: Floats | None) -> Floats:
    if share is None or not share.any():
        return large
    size = large.shape[1::-1]
    weight = _resized(share, size, cv2.INTER_LINEAR)[..., np.newaxis]
    mixed: Floats = large + weight * (_resized(small, size, cv2.INTER_LANCZOS4) - large)
    return mixed


def _cut(large: Floats, part: Piece, scale: int) -> Bytes:
    """What is wanted of an answer, in the wanted scale."""
    inner = part.wanted.translate(-part.shown.x, -part.shown.y)
    cut: Floats = part_of(large, _times(inner, NETWORK_SCALE))
    if scale != NETWORK_SCALE:
        size = (scale * inner.width, scale * inner.height)
        cut = _resized(np.ascontiguousarray(cut), size, cv2.INTER_AREA)
    return np.clip(np.rint(cut * 255), 0, 255).astype(np.uint8)


def _laid_over(target: Bytes, piece: Bytes, fading: int, axis: int) -> None:
    """`piece` put into `target`, faded in over its first pixels, where another one lies already."""
    fading = min(fading, target.shape[axis])
    first = (slice(None),) * axis + (slice(0, fading),)
    rest = (slice(None),) * axis + (slice(fading, None),)
    shape = [1, 1, 1]
    shape[axis] = fading
    share = ((np.arange(fading, dtype=np.float32) + 0.5) / max(1, fading)).reshape(shape)
    old = target[first].astype(np.float32)
    target[first] = np.rint(old + share * (piece[first] - old)).astype(np.uint8)
    target[rest] = piece[rest]


def _times(rect: Rect, scale: int) -> Rect:
    return Rect(*(scale * number for number in rect))


def _resized(picture: Floats, size: tuple[int, ...], how: int) -> Floats:
    return np.asarray(cv2.resize(picture, size[:2], interpolation=how), np.float32)
