# SPDX-License-Identifier: Apache-2.0
"""Few smooth curves along a line of many corners (P. J. Schneider, "An algorithm for automatically
fitting digitized curves", Graphics Gems, 1990)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Point
from prodedit.core.path import Knot

Points = NDArray[np.float64]
"""(n, 2): x and y in pixels."""

_ARM = 6
"""Points to each side that tell whether the line turns sharply."""
_SHARP = np.cos(np.radians(42.0))
_SIDE = 5
"""Points to each side of a corner that its sides are known by; the nearest ones are cut off."""
_CUT_OFF = 1.0
"""Pixels by which a corner is cut off at most."""
_NEAR = 3
"""Points to each side that tell its direction."""
_ROUNDS = 6
"""Times that the points' parameters are made better before a curve is given up."""
_GAIN = 0.95
"""Each time the square of what it misses must fall below this share."""
_MEAN = 0.25
"""Of the tolerance, that a curve may miss its points by on the whole: no bulge between them."""
_HOPEFUL = 4.0
"""A curve that misses by no more tolerances than this may get better by them."""
_TINY = 1e-12


class _Run(NamedTuple):
    """A part of the line that one curve may follow; unit directions at its ends, both inwards."""

    first: int
    last: int
    start: Points
    end: Points


class _Curve(NamedTuple):
    """(4, 2) control points; `last`: the number of the line's point at its end."""

    control: Points
    last: int


def fitted(line: Points, tolerance: float) -> tuple[Knot, ...]:
    """Knots of a closed path that misses the points of the closed `line`, (n, 2), by `tolerance`
    pixels at most. Corners stay corners; elsewhere the path is smooth. Empty for fewer than three
    points."""
    line = line[np.any(line != np.roll(line, 1, axis=0), axis=1)]
    if len(line) < 3:
        return ()
    corners = _corners(line)
    line = _sharpened(line, corners)
    first = int(corners[0]) if len(corners) else 0
    line = np.roll(line, -first, axis=0)
    round_ = np.vstack([line, line[:1]])
    breaks = [*(corners - first).tolist()] or [0, len(line) // 2]
    is_corner = len(corners) > 0
    curves: list[_Curve] = []
    for start, end in zip(breaks, [*breaks[1:], len(line)], strict=True):
        curves += _along(round_, start, end, tolerance, is_corner=is_corner)
    return _knots(curves)


def _corners(line: Points) -> NDArray[np.int64]:
    """Where the line turns by more than 42 degrees, sharpest first among neighbours, in order."""
    arm = min(_ARM, len(line) // 4)
    if arm < 1:
        return np.arange(len(line))
    back, forth = line - np.roll(line, arm, axis=0), np.roll(line, -arm, axis=0) - line
    lengths = np.linalg.norm(back, axis=1) * np.linalg.norm(forth, axis=1)
    cosine = np.sum(back * forth, axis=1) / np.maximum(lengths, _TINY)
    least = cosine.copy()
    for step in range(1, arm + 1):
        least = np.minimum(least, np.minimum(np.roll(cosine, step), np.roll(cosine, -step)))
    found = np.flatnonzero((cosine < _SHARP) & (cosine == least))
    # Of several that are equally sharp the first one.
    return found[np.diff(found, prepend=-arm - 1) > arm] if len(found) else found


def _sharpened(line: Points, corners: NDArray[np.int64]) -> Points:
    """Corners where their sides would meet: a line at half of coverage cuts them off."""
    line = line.copy()
    for corner in corners.tolist():
        near = (corner + np.arange(-_SIDE, _SIDE + 1)) % len(line)
        before, behind = line[near[: _SIDE - 1]], line[near[_SIDE + 2 :]]
        meeting = _meeting(before, behind)
        if meeting is not None and np.linalg.norm(meeting - line[corner]) <= _CUT_OFF:
            line[corner] = meeting
            line[near[_SIDE - 1]], line[near[_SIDE + 1]] = before[-1], behind[0]
    return line


def _meeting(one: Points, other: Points) -> Points | None:
    """Where the straight lines through two rows of points cross."""
    a, b = one[-1] - one[0], other[-1] - other[0]
    det = float(a[0] * b[1] - a[1] * b[0])
    if abs(det) < 1e-3 * float(np.linalg.norm(a) * np.linalg.norm(b)) or det == 0.0:
        return None
    off = other[0] - one[0]
    return np.asarray(one[0] + a * (off[0] * b[1] - off[1] * b[0]) / det)


def _along(
    line: Points, first: int, last: int, tolerance: float, *, is_corner: bool
) -> list[_Curve]:
    if is_corner and _misses_chord(line[first : last + 1]) <= tolerance / 2:
        return [_straight(line[first], line[last], last)]
    start, end = _ahead(line, first, last), _ahead(line, last, first)
    if not is_corner:
        start, end = _direction(line, first, closed=True), -_direction(line, last, closed=True)
    done, waiting = [], [_Run(first, last, start, end)]
    while waiting:
        run = waiting.pop()
        curve, worst = _fit(line[run.first : run.last + 1], run, tolerance)
        if curve is not None:
            done.append(_Curve(curve, run.last))
            continue
        middle = run.first + worst
        way = _direction(line, middle, closed=False)
        waiting.append(_Run(middle, run.last, way, run.end))
        waiting.append(_Run(run.first, middle, run.start, -way))
    return done


def _fit(points: Points, run: _Run, tolerance: float) -> tuple[Points | None, int]:
    """(control points, -1), or None and the number of the point that one curve misses most."""
    if len(points) <= 2:
        return _by_chord(points, run), -1
    at, before = _by_length(points), np.inf
    for number in range(_ROUNDS):
        control = _least_squares(points, at, run)
        missed = np.sum((_on(control, at) - points) ** 2, axis=1)
        worst = int(np.argmax(missed))
        most = float(missed[worst])
        near = most <= tolerance**2 and float(np.mean(missed)) <= (_MEAN * tolerance) ** 2
        if near and number > 0:
            return control, -1
        if most > (_HOPEFUL * tolerance) ** 2 or (not near and most > _GAIN * before):
            break
        at, before = _better(control, points, at), most
    return None, min(max(worst, 1), len(points) - 2)


def _by_length(points: Points) -> NDArray[np.float64]:
    """Parameters 0..1 in proportion to the way along the points."""
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    way = np.concatenate([[0.0], np.cumsum(steps)])
    return np.asarray(way / max(float(way[-1]), _TINY))


def _least_squares(points: Points, at: NDArray[np.float64], run: _Run) -> Points:
    """The curve with these directions at its ends that is nearest to the points at `at`."""
    b0, b1, b2, b3 = _weights(at)
    start, end = points[0], points[-1]
    a1, a2 = b1[:, None] * run.start, b2[:, None] * run.end
    rest = points - ((b0 + b1)[:, None] * start + (b2 + b3)[:, None] * end)
    c11, c12, c22 = np.sum(a1 * a1), np.sum(a1 * a2), np.sum(a2 * a2)
    x1, x2 = np.sum(a1 * rest), np.sum(a2 * rest)
    det = c11 * c22 - c12 * c12
    if det <= _TINY:
        return _by_chord(points, run)
    one, other = (x1 * c22 - x2 * c12) / det, (c11 * x2 - c12 * x1) / det
    least = 1e-3 * float(np.linalg.norm(end - start))
    if one < least or other < least:
        return _by_chord(points, run)
    return np.stack([start, start + run.start * one, end + run.end * other, end])


def _by_chord(points: Points, run: _Run) -> Points:
    """Handles of a third of the way: where the points do not tell."""
    start, end = points[0], points[-1]
    third = float(np.linalg.norm(end - start)) / 3
    return np.stack([start, start + run.start * third, end + run.end * third, end])


def _better(control: Points, points: Points, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """One step of Newton's towards the parameters of the curve's nearest points."""
    first = 3 * np.diff(control, axis=0)
    second = 2 * np.diff(first, axis=0)
    s = 1 - at
    off = _on(control, at) - points
    d1 = np.stack([s * s, 2 * s * at, at * at], axis=1) @ first
    d2 = np.stack([s, at], axis=1) @ second
    over = np.sum(off * d1, axis=1)
    under = np.sum(d1 * d1, axis=1) + np.sum(off * d2, axis=1)
    step = np.where(np.abs(under) > _TINY, over / np.where(under == 0, 1, under), 0.0)
    return np.clip(at - step, 0.0, 1.0)


def _on(control: Points, at: NDArray[np.float64]) -> Points:
    return np.asarray(np.stack(_weights(at), axis=1) @ control)


def _weights(at: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    s = 1 - at
    return s**3, 3 * s * s * at, 3 * s * at * at, at**3


def _direction(line: Points, number: int, *, closed: bool) -> Points:
    """Unit vector along the line at a point in the middle of it. `line` ends where it begins."""
    count = len(line) - 1
    near = min(_NEAR, count // 4) or 1
    if closed or near <= number <= count - near:
        way = line[(number + near) % count] - line[(number - near) % count]
    else:
        way = line[min(number + near, count)] - line[max(number - near, 0)]
    return _unit(way)


def _ahead(line: Points, here: int, towards: int) -> Points:
    """Unit vector from an end into its part of the line."""
    near = min(_NEAR, abs(towards - here))
    return _unit(line[here + near if towards > here else here - near] - line[here])


def _unit(way: Points) -> Points:
    return np.asarray(way / max(float(np.linalg.norm(way)), _TINY))


def _misses_chord(points: Points) -> float:
    """By how much the straight line between the ends of a row of points misses the others."""
    off, chord = points - points[0], points[-1] - points[0]
    if not chord.any():
        return float(np.max(np.linalg.norm(off, axis=1)))
    way = _unit(chord)
    return float(np.max(np.abs(off[:, 0] * way[1] - off[:, 1] * way[0])))


def _straight(start: Points, end: Points, last: int) -> _Curve:
    return _Curve(np.stack([start, start, end, end]), last)


def _knots(curves: list[_Curve]) -> tuple[Knot, ...]:
    """Where each curve begins: what arrives there is the end of the one before."""
    knots = []
    for number, curve in enumerate(curves):
        before = curves[number - 1].control
        x, y = curve.control[0].tolist()
        arriving, leaving = before[2].tolist(), curve.control[1].tolist()
        knots.append(Knot(Point(x, y), Point(*arriving), Point(*leaving)))
    return tuple(knots)
