# SPDX-License-Identifier: Apache-2.0
"""A hole in a picture, filled with pieces of the picture itself.

For each place round the hole the piece of the picture is sought that looks most like it
(PatchMatch: C. Barnes et al., "A randomized correspondence algorithm for structural image
editing", 2009), and what those pieces show is put together (Y. Wexler et al., "Space-time
completion of video", 2007); from coarse to fine, so that the large comes before the small. At full
size each pixel is taken from one place, so that grain and weave stay what they are. Then the
difference to what lies round the hole is carried over it as by a membrane, so that no edge shows.

All places are worked on at once, by looking whole pictures up (cv2.remap): no loop over pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.paint.membrane import membrane
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.engine.families.seams import joined

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]
Report = Callable[[float, str], None]

_HALF = 4
"""A piece is 9 x 9 pixels, of which every other one is compared."""
_TAPS = tuple((x, y) for y in range(-_HALF, _HALF + 1, 2) for x in range(-_HALF, _HALF + 1, 2))
_SMALLEST = 24
"""Pixels of the shorter side at which it begins."""
_HOLE = 5
"""Pixels that the hole is about wide at the beginning."""
_FAR = 16
"""Pixels beyond what was found at the last size that are searched."""
_SHARP = 0.4
"""From this share of the sizes on, each pixel is of the best piece over it, not a mean."""
_ROUNDS = 10, 2
"""How often pieces are sought and put together at the coarsest size, and at the finest."""
_STEEP = 1.5
"""Levels a pixel, in a softened picture."""
_MOSTLY = 0.4
_RIM = 12
"""Pixels beside the hole in which things are passed over, where shading is spanned."""
_MOST = 160_000
"""Pixels of a hole that are still sought one by one; of larger ones what was found at half the size
tells where each pixel is taken from."""
_NEVER = np.float32(1e12)
_FILLING = QT_TRANSLATE_NOOP("Progress", "looking for what could be there")


class _Size(NamedTuple):
    """The picture, where it is not known, and what must not be used, at one size."""

    picture: Bytes
    hole: Bools
    avoid: Bools


def filled(
    picture: Bytes, hole: Bools, seed: int, report: Report, avoid: Bools | None = None
) -> Bytes:
    """(h, w, 3) uint8 with something likely where `hole`, (h, w); all else keeps each bit. Another
    seed gives another answer; nothing is taken from where `avoid`. Raises Cancelled where `report`
    does."""
    if not hole.any() or hole.all():
        return picture
    sizes = _pyramid(picture, hole, np.zeros_like(hole) if avoid is None else avoid)
    chance = np.random.default_rng(seed)
    offsets: Floats | None = None
    for number, size in enumerate(reversed(sizes)):
        share = number / len(sizes)
        report(share * share, _FILLING)
        offsets = _at_one_size(size, offsets, number, len(sizes), chance)
    assert offsets is not None
    return _closed(sizes[0], offsets)


def smoothly_filled(picture: Bytes, hole: Bools, seed: int, report: Report) -> Bytes:
    """As `filled`, for what has shading and grain but no things: the shading is spanned over the
    hole, and only what is finer is filled with pieces."""
    if not hole.any() or hole.all():
        return picture
    shading = _shading(picture, hole)
    fine = np.clip(np.rint(picture - shading + 128), 0, 255).astype(np.uint8)
    things = _things(picture, hole)
    beside = things & _grown(hole, _RIM)
    grain = filled(fine, hole | beside, seed, report, things)
    new = np.clip(np.rint(shading + grain - np.float32(128)), 0, 255).astype(np.uint8)
    return np.where(hole[..., None], new, picture)


def is_plain(picture: Bytes, hole: Bools) -> bool:
    """Whether what lies round the hole is for the most part shading and grain, as a backdrop."""
    ring = _grown(hole, max(8, min(hole.shape) // 8)) & ~_grown(hole, 2)
    return bool(ring.any()) and float(_things(picture, hole)[ring].mean()) < _MOSTLY


def _things(picture: Bytes, hole: Bools) -> Bools:
    """Where there is more than shading and grain: the light changes within a few pixels."""
    soft = cv2.GaussianBlur(picture, (0, 0), 2.0).astype(np.float32)
    x, y = (cv2.Sobel(soft, cv2.CV_32F, *way, ksize=3) / 8 for way in ((1, 0), (0, 1)))
    steep = (np.abs(x) + np.abs(y)).max(axis=2) > _STEEP
    return _grown(_grown(steep & ~hole, 3), max(3, min(hole.shape) // 64))


def _shading(picture: Bytes, hole: Bools) -> Floats:
    """What lies behind things and the hole, as far as it is known round them."""
    sigma = max(3.0, min(hole.shape) / 80)
    hidden = hole | (_things(picture, hole) & _grown(hole, max(8, min(hole.shape) // 4)))
    hidden = hole if hidden.all() else hidden
    known = (~hidden).astype(np.float32)
    weight = cv2.GaussianBlur(known, (0, 0), sigma)
    soft = cv2.GaussianBlur(picture * known[..., None], (0, 0), sigma)
    mean = soft / np.maximum(weight, np.float32(1e-3))[..., None]
    return membrane(mean.astype(np.float32), hidden)


def _pyramid(picture: Bytes, hole: Bools, avoid: Bools) -> list[_Size]:
    """From the full size down, each half as large."""
    sizes = [_Size(np.ascontiguousarray(picture), hole, avoid)]
    while True:
        last = sizes[-1]
        deep = float(cv2.distanceTransform(last.hole.view(np.uint8), cv2.DIST_L2, 3).max())
        if min(last.hole.shape) < 2 * _SMALLEST or deep < _HOLE:
            return sizes
        sizes.append(_halved(last))


def _halved(size: _Size) -> _Size:
    """Means of what is known."""
    height, width = size.hole.shape
    known = (~size.hole).astype(np.float32)
    half = (-(-width // 2), -(-height // 2))
    edges = ((0, height % 2), (0, width % 2))
    known = np.pad(known, edges, mode="edge")
    colour = np.pad(size.picture, (*edges, (0, 0)), mode="edge") * known[..., None]
    avoid = np.pad(size.avoid.astype(np.float32), edges, mode="edge")
    weight, summed, avoided = (
        np.asarray(cv2.resize(one, half, interpolation=cv2.INTER_AREA), np.float32)
        for one in (known, colour, avoid)
    )
    mean = np.rint(summed / np.maximum(weight, np.float32(1e-6))[..., None])
    return _Size(mean.astype(np.uint8), weight < 0.5, avoided > 0.25)


def _begun(size: _Size) -> Bytes:
    spanned = membrane(size.picture.astype(np.float32), size.hole)
    return np.clip(np.rint(spanned), 0, 255).astype(np.uint8)


def _larger(offsets: Floats, shape: tuple[int, ...]) -> Floats:
    """(h, w, 2) of the next size."""
    grown = cv2.resize(offsets, (shape[1], shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.asarray(2 * grown, np.float32)


def _at_one_size(
    size: _Size,
    offsets: Floats | None,
    number: int,
    count: int,
    chance: np.random.Generator,
) -> Floats:
    """(h, w, 2) after some rounds, in which less and less is averaged: first what fits together
    matters, then how sharp it is. Only round the hole there is work to do."""
    if offsets is not None and size.hole.sum() > _MOST:
        return _larger(offsets, size.hole.shape)
    seeker = _Seeker(size, chance)
    rows, columns = seeker.area
    shown = _begun(size)
    if offsets is None:
        local = seeker.begun(None)
    else:
        local = seeker.begun(_larger(offsets, size.hole.shape)[rows, columns])
        shown = seeker.put_together(shown, local, seeker.flat, best=True)
    share = number / max(1, count - 1)
    farthest = max(size.hole.shape) if number == 0 else _FAR
    rounds = round(_ROUNDS[0] + (_ROUNDS[1] - _ROUNDS[0]) * share)
    for step in range(rounds):
        local, cost = seeker.sought(shown, local, farthest)
        is_last = step + 1 == rounds
        shown = seeker.put_together(shown, local, cost, best=is_last or share > _SHARP)
    whole = np.zeros((*size.hole.shape, 2), np.float32)
    whole[rows, columns] = local
    return whole


class _Seeker:
    """At one size: what lies where, and which pieces may be used."""

    def __init__(self, size: _Size, chance: np.random.Generator) -> None:
        self._size = size
        self._chance = chance
        height, width = size.hole.shape
        near = _grown(size.hole, _HALF)
        x, y, w, h = cv2.boundingRect(near.view(np.uint8))
        self.area = slice(y, y + h), slice(x, x + w)
        self.wanted = near[self.area]
        grid = np.meshgrid(np.arange(x, x + w), np.arange(y, y + h))
        self._x, self._y = (one.astype(np.float32) for one in grid)
        whole = np.zeros((height, width), np.uint8)
        whole[_HALF : height - _HALF, _HALF : width - _HALF] = 1
        usable = (whole > 0) & ~near
        free = usable & ~size.avoid
        self._usable = (free if free.any() else usable).astype(np.uint8)
        if not self._usable.any():  # the hole is almost all: any known pixel has to do
            self._usable = (~size.hole).astype(np.uint8)
        self._places = np.argwhere(self._usable > 0)
        self.flat = np.zeros(self._x.shape, np.float32)

    def begun(self, offsets: Floats | None) -> Floats:
        """Those of a smaller size where they may be used; else by chance."""
        chosen = self._places[self._chance.integers(0, len(self._places), self._x.shape)]
        by_chance = np.dstack([chosen[..., 1] - self._x, chosen[..., 0] - self._y])
        if offsets is None:
            return by_chance.astype(np.float32)
        good = self._may_be(offsets)
        return np.where(good[..., None], offsets, by_chance).astype(np.float32)

    def sought(self, shown: Bytes, offsets: Floats, farthest: float) -> tuple[Floats, Floats]:
        """Better pieces: those next to what neighbours use, and some by chance."""
        cost = self._cost(shown, offsets)
        for step in (1, 4, 1):
            for dx, dy in ((step, 0), (-step, 0), (0, step), (0, -step)):
                other = _moved(offsets, dx, dy)
                offsets, cost = self._better(shown, offsets, cost, other)
        radius = farthest
        while radius >= 1:
            jump = self._chance.uniform(-radius, radius, offsets.shape)
            other = np.rint(offsets + jump).astype(np.float32)
            offsets, cost = self._better(shown, offsets, cost, other)
            radius /= 2 if radius <= 32 else 4
        return offsets, cost

    def put_together(self, shown: Bytes, offsets: Floats, cost: Floats, *, best: bool) -> Bytes:
        """Each pixel is the mean of what the pieces over it show, the better ones counting more;
        or as the best one shows it."""
        near = cost[self.wanted & (cost < _NEVER)]
        usual = float(np.quantile(near, 0.5)) if near.size else 1.0
        weight = np.exp(-np.minimum(cost / max(usual, 1.0), 60)).astype(np.float32)
        weight *= self.wanted
        summed = np.zeros((*cost.shape, 3), np.float32)
        total = np.zeros(cost.shape, np.float32)
        for dx, dy in _TAPS:
            there, share = _moved(offsets, dx, dy), _moved(weight, dx, dy, 0.0)
            seen = self._looked_up(self._size.picture, there, 0, 0)
            if best:
                wins = share > total
                summed[wins] = seen[wins]
                total = np.maximum(total, share)
            else:
                summed += seen * share[..., None]
                total += share
        mean = summed if best else summed / np.maximum(total, 1e-12)[..., None]
        made = np.clip(np.rint(mean), 0, 255).astype(np.uint8)
        hole = self._size.hole[self.area] & (total > 0)
        after = shown.copy()
        after[self.area][hole] = made[hole]
        return after

    def _better(
        self, shown: Bytes, offsets: Floats, cost: Floats, other: Floats
    ) -> tuple[Floats, Floats]:
        asked = self._cost(shown, other)
        wins = asked < cost
        return np.where(wins[..., None], other, offsets), np.where(wins, asked, cost)

    def _may_be(self, offsets: Floats) -> Bools:
        seen = self._looked_up(self._usable, offsets, 0, 0, border=0)
        return np.asarray(seen > 0)

    def _cost(self, shown: Bytes, offsets: Floats) -> Floats:
        """(h, w): how unlike the pieces are, by squares."""
        cost = np.zeros(self._x.shape, np.float32)
        here = np.zeros((*self._x.shape, 2), np.float32)
        for dx, dy in _TAPS:
            wanted = self._looked_up(shown, here, dx, dy)
            found = self._looked_up(self._size.picture, offsets, dx, dy)
            off = cv2.absdiff(wanted, found)
            cost += cv2.transform(cv2.multiply(off, off, dtype=cv2.CV_32F), _SUM)
        cost[~self._may_be(offsets)] = _NEVER
        return cost

    def _looked_up(
        self, picture: Bytes, offsets: Floats, dx: int, dy: int, border: int | None = None
    ) -> Bytes:
        how = cv2.BORDER_REPLICATE if border is None else cv2.BORDER_CONSTANT
        x, y = self._x + offsets[..., 0] + dx, self._y + offsets[..., 1] + dy
        found = cv2.remap(picture, x, y, cv2.INTER_NEAREST, borderMode=how, borderValue=0)
        return np.asarray(found, np.uint8)


_SUM = np.ones((1, 3), np.float32)


def _moved(values: Floats, dx: int, dy: int, border: float | None = None) -> Floats:
    """What the neighbour so far away has; at the border the last one, or `border`."""
    height, width = values.shape[:2]
    pad = max(abs(dx), abs(dy))
    how = cv2.BORDER_REPLICATE if border is None else cv2.BORDER_CONSTANT
    wide = cv2.copyMakeBorder(values, pad, pad, pad, pad, how, value=(0, 0, 0, 0))
    return np.asarray(wide[pad - dy : pad - dy + height, pad - dx : pad - dx + width], np.float32)


def _closed(size: _Size, offsets: Floats) -> Bytes:
    """Each pixel from its one place, without seams."""
    rows, columns = _rim_area(size.hole)
    height, width = size.hole.shape
    x, y = np.meshgrid(np.arange(width)[columns], np.arange(height)[rows])
    there = offsets[rows, columns]
    u, v = (x + there[..., 0]).astype(np.float32), (y + there[..., 1]).astype(np.float32)
    old, hole = size.picture[rows, columns], size.hole[rows, columns]
    new = np.clip(np.rint(joined(size.picture, old, hole, u, v)), 0, 255).astype(np.uint8)
    after = size.picture.copy()
    after[rows, columns] = np.where(hole[..., None], new, old)
    return after


def _rim_area(hole: Bools) -> tuple[slice, slice]:
    x, y, w, h = cv2.boundingRect(_grown(hole, 2 * _HALF).view(np.uint8))
    return slice(y, y + h), slice(x, x + w)


def _grown(area: Bools, pixels: int) -> Bools:
    kernel = np.ones((2 * pixels + 1, 2 * pixels + 1), np.uint8)
    return np.asarray(cv2.dilate(area.view(np.uint8), kernel) > 0)
