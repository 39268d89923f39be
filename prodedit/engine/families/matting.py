# SPDX-License-Identifier: Apache-2.0
"""From a network's coarse matte to alpha at the photo's own resolution, in the unknown band alone.

In the band round the coarse edge, the product's and the background's colours are known from both
sides. A pixel's place on the line between them is its alpha, wherever the two colours differ more
than each varies and the pixel does lie on that line (no shadow, no third colour) and the network
does not plainly say otherwise; elsewhere the network's value stays. A colour-guided filter (He,
Sun, Tang 2013), weighted by the same trust, ties the band together. All of it is a local linear
model, alpha = a . colour + b, found on a reduced picture and applied to the full one (as in He,
Sun 2015, "Fast guided filter"), so 12 megapixels cost little more than one.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.engine.families.reduced import Reduced, scaled
from prodedit.engine.families.soft_tiles import soft_tiles

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]

_SOFT = (0.06, 0.94)  # outside of these a network's value is taken as decided
_NOISE = 6 / 255  # how far a photo's colours vary on their own
_SEPARATION = 6.0  # ratio of distance to spread at which a colour line is half trusted
_DEVIATION = 0.5  # how far alpha may comfortably leave the network's value
_STILL = 0.3  # weight of an untrusted band pixel in the filter
_EPSILON = 1e-4
_RADIUS = 2
_ONES = np.ones((1, 3), np.float32)
_ONES_4 = np.ones((1, 4), np.float32)


class Refined(NamedTuple):
    """A finished matte and how it came about."""

    alpha: Bytes  # (h, w) at the photo's size
    small: Floats  # (h', w') alpha at working size
    trust: Floats  # (h', w') at working size: 1 decided by colour, 0 by the network alone
    unknown: Flags  # (h', w') the band


class _Line(NamedTuple):
    """The colour line of each pixel: alpha = clip(slope . colour + offset)."""

    slope: Floats  # (h, w, 3)
    offset: Floats  # (h, w)
    trust: Floats  # (h, w) 0..1
    alpha: Floats  # (h, w) 0..1


def refine(picture: Reduced, coarse: Floats, cells: int) -> Refined:
    """Alpha of `picture` from `coarse` (any size) 0..1.

    `cells`: pixels that the network saw along the picture's long side; the true edge lies within
    about a cell of the coarse one.
    """
    prior = np.clip(scaled(coarse, picture.size), 0, 1)
    reach = max(1, round(0.65 * max(picture.size) / cells))
    unknown = unknown_band(prior, reach)
    model = np.zeros((*prior.shape, 4), np.float32)
    alpha = (prior > 0.5).astype(np.float32)
    trust = np.ones_like(alpha)
    box = _box(unknown, 10 * reach)
    if box is not None:
        colour = np.multiply(picture.small[box][..., :3], 1 / 255, dtype=np.float32)
        model[box], alpha[box], trust[box] = _solve(colour, prior[box], unknown[box], reach)
    whole = _bytes(alpha)
    if picture.small is not picture.source:
        whole = _apply(picture.source, model, unknown, prior)
    return Refined(whole, alpha, trust, unknown)


def unknown_band(prior: Floats, reach: int) -> Flags:
    """Where the matte is not decided: soft values and the edge, widened by `reach` pixels."""
    soft = (prior > _SOFT[0]) & (prior < _SOFT[1])
    hard = (prior > 0.5).astype(np.uint8)
    edge = np.asarray(cv2.morphologyEx(hard, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))) > 0
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    return np.asarray(cv2.dilate((soft | edge).astype(np.uint8), disc) > 0)


def _box(unknown: Flags, margin: int) -> tuple[slice, slice] | None:
    rows, columns = np.flatnonzero(unknown.any(1)), np.flatnonzero(unknown.any(0))
    if rows.size == 0:
        return None
    return (
        slice(max(0, int(rows[0]) - margin), int(rows[-1]) + margin + 1),
        slice(max(0, int(columns[0]) - margin), int(columns[-1]) + margin + 1),
    )


def _solve(
    colour: Floats, prior: Floats, unknown: Flags, reach: int
) -> tuple[Floats, Floats, Floats]:
    """The linear model (h, w, 4), alpha (h, w) and trust (h, w)."""
    line = _colour_line(colour, prior, unknown, reach)
    weight = np.where(unknown, _STILL + line.trust, 1).astype(np.float32)
    slope, offset = _guided(colour, line.alpha, weight)
    filtered = np.clip(_dot(slope, colour) + offset, 0, 1)
    alpha = np.where(unknown, (filtered + line.alpha) / 2, line.alpha).astype(np.float32)
    own = line.trust[..., None]
    model = np.empty((*prior.shape, 4), np.float32)
    model[..., :3] = (own * line.slope + slope) / 2
    model[..., 3] = (line.trust * line.offset + (1 - line.trust) * prior + offset) / 2
    return model, alpha, np.where(unknown, line.trust, 1).astype(np.float32)


def _colour_line(colour: Floats, prior: Floats, unknown: Flags, reach: int) -> _Line:
    product = (~unknown & (prior > 0.5)).astype(np.float32)
    ground = (~unknown & (prior <= 0.5)).astype(np.float32)
    f, spread_f, near_f = _local_colour(colour, product, reach)
    b, spread_b, near_b = _local_colour(colour, ground, reach)
    way = f - b
    length = _dot(way, way)
    slope = way / _at_least(length, 1e-5)[..., None]
    offset = -_dot(b, slope)
    alpha = np.clip(_dot(colour, slope) + offset, 0, 1)
    variance = spread_f + spread_b + _NOISE**2
    beside = colour - b - alpha[..., None] * way
    off_line = _dot(beside, beside)
    separation = length / variance
    doubt = off_line / (2 * variance) + (alpha - prior) ** 2 / (2 * _DEVIATION**2)
    apart = separation / (separation + _SEPARATION) * (near_f & near_b)
    trust: Floats = (apart * np.exp(-doubt)).astype(np.float32)
    mixed = trust * alpha + (1 - trust) * prior
    decided = np.where(unknown, mixed, prior > 0.5).astype(np.float32)
    return _Line(slope, offset, trust, decided)


def _local_colour(colour: Floats, known: Floats, reach: int) -> tuple[Floats, Floats, Flags]:
    """Mean (h, w, 3) and variance (h, w) of the known pixels about, and whether there are any.

    A small window where it holds enough of them, wider ones where it does not; the wider ones are
    worked out on a smaller copy.
    """
    mean, spread, share = _moments(colour, known, 2 * reach + 1)
    size = (known.shape[1], known.shape[0])
    quarter = (max(1, size[0] // 4), max(1, size[1] // 4))
    weight = scaled(known, quarter, cv2.INTER_AREA)
    tinted = scaled(colour * known[..., None], quarter, cv2.INTER_AREA)
    thin = tinted / _at_least(weight, 1e-6)[..., None]
    for radius in (reach + 1, (5 * reach + 1) // 2):
        wide = (scaled(w, size, cv2.INTER_LINEAR) for w in _moments(thin, weight, radius))
        wide_mean, wide_spread, wide_share = wide
        missing = np.clip(1 - share / 0.04, 0, 1)
        mean += (wide_mean - mean) * missing[..., None]
        spread += (wide_spread - spread) * missing
        share = np.maximum(share, wide_share * missing)
    return mean, spread, share > 1e-4


def _moments(colour: Floats, weight: Floats, radius: int) -> tuple[Floats, Floats, Floats]:
    share = _mean(weight, radius)
    whole = _at_least(share, 1e-6)
    mean = _mean(colour * weight[..., None], radius) / whole[..., None]
    square = _mean(_dot(colour, colour) * weight, radius) / whole
    return mean, _at_least(square - _dot(mean, mean), 0), share


def _guided(colour: Floats, target: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Weighted colour-guided filter: slope (h, w, 3) and offset (h, w) fitting `target`."""
    total = _at_least(_mean(weight, _RADIUS), 1e-6)
    mean = _mean(colour * weight[..., None], _RADIUS) / total[..., None]
    goal = _mean(target * weight, _RADIUS) / total
    joint = _mean(colour * (target * weight)[..., None], _RADIUS) / total[..., None]
    joint -= mean * goal[..., None]
    slope = _solve_symmetric(_covariance(colour, weight, mean, total), joint)
    offset = goal - _dot(slope, mean)
    return _mean(slope, _RADIUS), _mean(offset, _RADIUS)


def _covariance(colour: Floats, weight: Floats, mean: Floats, total: Floats) -> Floats:
    """The six distinct entries (h, w, 6): 00 11 22 01 02 12, the diagonal made stiff."""
    pairs = ((0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2))
    entries = [
        _mean(colour[..., i] * colour[..., j] * weight, _RADIUS) / total
        - mean[..., i] * mean[..., j]
        + (_EPSILON if i == j else 0)
        for i, j in pairs
    ]
    return np.stack(entries, 2)


def _solve_symmetric(matrix: Floats, right: Floats) -> Floats:
    """x of the 3 x 3 systems matrix x = right, per pixel, by cofactors."""
    a, d, f, b, c, e = (matrix[..., k] for k in range(6))
    c00, c01, c02 = d * f - e * e, c * e - b * f, b * e - c * d
    c11, c12, c22 = a * f - c * c, b * c - a * e, a * d - b * b
    determinant = _at_least(a * c00 + b * c01 + c * c02, 1e-14)
    r0, r1, r2 = right[..., 0], right[..., 1], right[..., 2]
    rows = (
        c00 * r0 + c01 * r1 + c02 * r2,
        c01 * r0 + c11 * r1 + c12 * r2,
        c02 * r0 + c12 * r1 + c22 * r2,
    )
    return np.stack([row / determinant for row in rows], 2).astype(np.float32)


def _at_least(values: Floats, low: float) -> Floats:
    raised: Floats = np.maximum(values, np.float32(low))
    return raised


def _dot(a: Floats, b: Floats) -> Floats:
    """Sum over the three channels: (h, w, 3), (h, w, 3) -> (h, w)."""
    return np.asarray(cv2.transform(a * b, _ONES), np.float32)


def _mean(values: Floats, radius: int) -> Floats:
    side = 2 * radius + 1
    return np.asarray(cv2.blur(values, (side, side), borderType=cv2.BORDER_REFLECT), np.float32)


def _apply(picture: Bytes, model: Floats, unknown: Flags, prior: Floats) -> Bytes:
    """The model on the full picture (h, w, 4): only in the tiles that the band touches."""
    height, width = picture.shape[:2]
    hard = _bytes((prior > 0.5).astype(np.float32))
    alpha = scaled(hard, (width, height), cv2.INTER_NEAREST)
    band = np.asarray(unknown, np.uint8) * np.uint8(255)
    full = scaled(band, (width, height), cv2.INTER_NEAREST)
    scaled_model = model * np.array([1, 1, 1, 255], np.float32)  # opaque pixels: the offset
    for span in soft_tiles(full, 127, 256):
        colour = picture[span.slices].astype(np.float32)
        colour[..., 3] = 1
        colour *= span.sample(scaled_model, (height, width))
        value = cv2.transform(colour, _ONES_4)
        there = full[span.slices]
        cv2.copyTo(np.clip(np.rint(value), 0, 255).astype(np.uint8), there, alpha[span.slices])
    return alpha


def _bytes(values: Floats) -> Bytes:
    return np.asarray(np.clip(values * 255 + 0.5, 0, 255), np.uint8)
