# SPDX-License-Identifier: Apache-2.0
"""Selections as paths: the line where they are half selected, and few smooth curves along it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.curve_fitting import fitted
from prodedit.core.path import Path, Subpath
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Pixels

Line = NDArray[np.float64]
"""(n, 2): corners of a closed line, x and y."""

HALF = 127.5
"""Where coverage passes this the line goes."""
MOST_LINES = 4000
MOST_CORNERS = 2_000_000
"""More are the grain of a photo and no outline."""

# The line through a cell of four pixels, by which of them are inside (1: upper left, 2: upper
# right, 4: lower right, 8: lower left): from which side to which, with the inside at its right.
# Sides: 0 above, 1 right, 2 below, 3 left. (W. Lorensen and H. Cline, "Marching cubes", 1987, in
# two dimensions; 5 and 10 are taken as two corners that do not touch.)
_WAYS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((0, 3),), 2: ((1, 0),), 3: ((1, 3),), 4: ((2, 1),), 5: ((0, 3), (2, 1)),
    6: ((2, 0),), 7: ((2, 3),), 8: ((3, 2),), 9: ((0, 2),), 10: ((1, 0), (3, 2)),
    11: ((1, 2),), 12: ((3, 1),), 13: ((0, 1),), 14: ((3, 0),),
}  # fmt: skip


def traced(area: Pixels, x: int, y: int, tolerance: float) -> Path:
    """Closed subpaths round what is inside of `area`, (h, w) uint8 coverage whose upper left pixel
    lies at (x, y); they miss its outline by about `tolerance` pixels at most.

    Raises Problem for what is too fine for a path. An empty path where nothing is inside."""
    lines = outlines(area)
    least = max(1.0, tolerance) ** 2
    found = []
    for line in lines:
        if abs(_area(line)) >= least:
            knots = fitted(line + np.array([x, y]), tolerance)
            if len(knots) > 1:
                found.append(Subpath(knots, closed=True))
    return Path(tuple(found))


def outlines(area: Pixels) -> list[Line]:
    """Closed lines at half of coverage, between pixels to a fraction of one; what lies beyond the
    edges of `area` is outside. Raises Problem where there are too many."""
    padded = cv2.copyMakeBorder(area, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(0,))
    inside = (padded > HALF).astype(np.uint8)
    codes = inside[:-1, :-1] + 2 * inside[:-1, 1:] + 4 * inside[1:, 1:] + 8 * inside[1:, :-1]
    cells = np.flatnonzero((codes > 0) & (codes < 15))
    if len(cells) > MOST_CORNERS:
        raise _too_fine()
    starts, ends = _steps(codes.ravel()[cells], cells, codes.shape[1], padded.shape[1])
    chains = _chained(starts, ends)
    if len(chains) > MOST_LINES:
        raise _too_fine()
    return [_placed(padded, chain) for chain in chains]


def _steps(
    codes: Pixels, cells: NDArray[np.int64], across: int, width: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """From which edge between two pixels to which the line goes. An edge's number is twice that of
    its left or upper pixel, and one more where it goes down."""
    pixel = cells // across * width + cells % across
    sides = np.stack([2 * pixel, 2 * (pixel + 1) + 1, 2 * (pixel + width), 2 * pixel + 1])
    starts, ends = [], []
    for code, ways in _WAYS.items():
        here = np.flatnonzero(codes == code)
        for start, end in ways:
            starts.append(sides[start, here])
            ends.append(sides[end, here])
    return np.concatenate(starts), np.concatenate(ends)


def _chained(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Each edge is left once and reached once: closed rows of edges."""
    following = dict(zip(starts.tolist(), ends.tolist(), strict=True))
    chains = []
    while following:
        first, edge = following.popitem()
        chain = [first]
        while edge != first:
            chain.append(edge)
            edge = following.pop(edge)
        chains.append(np.array(chain, np.int64))
    return chains


def _placed(padded: cv2.typing.MatLike, chain: NDArray[np.int64]) -> Line:
    """Where along its edge the line crosses each, in pixels of the area that was padded."""
    pixel, down = chain // 2, chain % 2
    flat, width = padded.reshape(-1), padded.shape[1]
    one = flat[pixel].astype(np.float64)
    other = flat[pixel + np.where(down, width, 1)].astype(np.float64)
    part = (HALF - one) / (other - one)
    x = pixel % width - 0.5 + part * (1 - down)
    y = pixel // width - 0.5 + part * down
    return np.stack([x, y], axis=1)


def _area(line: Line) -> float:
    x, y = line[:, 0], line[:, 1]
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def _too_fine() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem", "This selection is too fine for a path. Smooth it first, or feather it less."
        ),
        code="too-fine-for-path",
    )
