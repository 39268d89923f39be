# SPDX-License-Identifier: Apache-2.0
"""Click to add or remove an object: the network's map as a first guess, then GrabCut.

Where the network does not see the object under a click in the whole picture, it looks again at a
window round the click, where the object is the largest thing. GrabCut (Rother, Kolmogorov, Blake
2004) on a small copy of the surroundings separates it by colour; its edge is refined like any
other. Clicks of both kinds divide what they share between them, by a watershed on its edges.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.context import Context
from prodedit.engine.families.foreground import foreground
from prodedit.engine.families.matting import refine
from prodedit.engine.families.reduced import Reduced, scaled
from prodedit.engine.results import MaskResult
from prodedit.engine.tasks import Seed

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Look = Callable[[Reduced], Floats]

WORKING_SIDE = 448
"""Long side of the copy on which GrabCut works: it takes a fraction of a second there."""

_WINDOW = 0.45  # of the long side: the closer look round a click
_ROUNDS = 4
_LEAST = 2.0  # an object is at least this many times the marked disc
_RIM = 5  # pixels of the working copy: what is left of a removed object's edge
_MOST = 0.6
_LARGEST = 0.85  # of the surroundings: more is no object

_LOOKING = QT_TRANSLATE_NOOP("Progress", "Looking at what was clicked")
_EDGE = QT_TRANSLATE_NOOP("Progress", "Refining the edge")


def select(
    seeds: Sequence[Seed], inputs: Mapping[str, Bytes], context: Context, look: Look
) -> MaskResult:
    """inputs["mask"] (h, w) with the objects under the seeds of inputs["source"] added or removed.

    Raises Problem where nothing can be told apart under the clicks.
    """
    picture, mask = Reduced(inputs["source"]), inputs["mask"]
    wanted, unwanted = _inside(seeds, mask.shape)
    context.report(0.05, _LOOKING)
    first = look(picture)
    alpha, doubt = mask, np.zeros(picture.small.shape[:2], np.float32)
    for here, there, add in _to_do(mask, wanted, unwanted):
        context.report(0.35 if add else 0.6, _LOOKING)
        region = object_at(picture, first, mask, here, there, look, add)
        context.report(0.8, _EDGE)
        found = refine(picture, region, WORKING_SIDE)
        alpha = np.maximum(alpha, found.alpha) if add else _without(alpha, found.alpha, region)
        doubt = np.maximum(doubt, found.unknown * (1 - found.trust))
    colour = foreground(picture, alpha)
    area = float(scaled(alpha, picture.size).sum()) / 255
    share = float(doubt.sum()) / max(1.0, area + float(doubt.sum()))
    confidence = np.rint(255 * (1 - np.clip(doubt, 0, 1))).astype(np.uint8)
    size = (mask.shape[1], mask.shape[0])
    return MaskResult(alpha, scaled(confidence, size), colour, 1 - share, "u2net")


def _to_do(
    mask: Bytes, wanted: list[Seed], unwanted: list[Seed]
) -> list[tuple[list[Seed], list[Seed], bool]]:
    """What is to be added and what removed: not what is as the clicks want it already."""
    missing = [s for s in wanted if mask[s.y, s.x] < 128]
    present = [s for s in unwanted if mask[s.y, s.x] > 127]
    steps = [(missing, unwanted, True), (present, wanted, False)]
    if not missing and not present:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "This is already part of the product.")
            if wanted
            else QT_TRANSLATE_NOOP("Problem", "There is nothing to take away here."),
            code="nothing-selected",
        )
    return [step for step in steps if step[0]]


def object_at(
    picture: Reduced,
    first: Floats,
    mask: Bytes,
    here: Sequence[Seed],
    there: Sequence[Seed],
    look: Look,
    add: bool,
) -> Floats:
    """Coarse matte (h', w') 0..1 of the object under the clicks `here` and not under `there`."""
    size = _working_size(picture)
    guess = _guess(picture, scaled(first, size), here, look)
    small = scaled(picture.small, size)
    current = scaled(mask, size) > 127
    points = _scaled(here, mask.shape, size)
    others = _scaled(there, mask.shape, size)
    box = _surroundings(guess, points, size)
    marks = _marks(guess, current, points, others, add)
    region = _cut(small[..., :3], marks, box)
    region = _connected(_divided(small[..., :3], region, points, others), points)
    region = region & ~current if add else _whole_part(region & current, current, points, others)
    _check(region, points, box)
    return np.asarray(cv2.GaussianBlur(region.astype(np.float32), (0, 0), 0.8), np.float32)


def _guess(picture: Reduced, map_: Floats, seeds: Sequence[Seed], look: Look) -> Floats:
    """The network's map, with a closer look round each click that the first one passed over."""
    height, width = picture.source.shape[:2]
    guess = map_.copy()
    for seed in seeds:
        x, y = seed.x * map_.shape[1] // width, seed.y * map_.shape[0] // height
        if guess[y, x] > 0.5:
            continue
        half = max(16, round(_WINDOW * max(width, height) / 2))
        box = Rect(seed.x - half, seed.y - half, 2 * half, 2 * half).intersect(
            Rect(0, 0, width, height)
        )
        close = look(picture.crop(box))
        _paste(guess, close, box, (width, height))
    return guess


def _paste(guess: Floats, close: Floats, box: Rect, full: tuple[int, int]) -> None:
    scale_x, scale_y = guess.shape[1] / full[0], guess.shape[0] / full[1]
    left, top = round(box.x * scale_x), round(box.y * scale_y)
    right = max(left + 1, round(box.right * scale_x))
    bottom = max(top + 1, round(box.bottom * scale_y))
    part = guess[top:bottom, left:right]
    np.maximum(part, scaled(close, (part.shape[1], part.shape[0])), out=part)


def _marks(
    guess: Floats,
    current: NDArray[np.bool_],
    points: NDArray[np.intp],
    others: NDArray[np.intp],
    add: bool,
) -> Bytes:
    """GrabCut's first labels: what is sure, what is likely."""
    likely = _connected(guess > 0.5, points)
    if not likely.any():
        likely = _near(guess.shape, points, 0.08)
    marks = np.where(likely, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    marks[current if add else ~current] = cv2.GC_BGD
    marks[_near(guess.shape, others, 0.012)] = cv2.GC_BGD
    marks[_near(guess.shape, points, 0.012)] = cv2.GC_FGD
    return marks


def _cut(colours: Bytes, marks: Bytes, box: Rect) -> NDArray[np.bool_]:
    """GrabCut inside `box`; nothing outside. Same answer every time."""
    region = np.zeros(marks.shape, bool)
    part = (slice(box.y, box.bottom), slice(box.x, box.right))
    labels = np.ascontiguousarray(marks[part])
    if not np.isin(labels, (cv2.GC_BGD, cv2.GC_PR_BGD)).any():
        return region
    cv2.setRNGSeed(1)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    picture = np.ascontiguousarray(colours[part])
    cv2.grabCut(picture, labels, (0, 0, 1, 1), *models, _ROUNDS, cv2.GC_INIT_WITH_MASK)
    region[part] = (labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD)
    return region


def _divided(
    colours: Bytes, region: NDArray[np.bool_], points: NDArray[np.intp], others: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """The part of the region that belongs to `points` rather than to `others`."""
    marked = _near(region.shape, others, 0.012)
    if not (_near(region.shape, others, 0.02) & region).any():
        return region
    markers = np.where(region | marked, 0, 3).astype(np.int32)
    markers[marked] = 2
    markers[_near(region.shape, points, 0.012)] = 1
    cv2.watershed(np.ascontiguousarray(colours), markers)
    ours, theirs = (
        cv2.distanceTransform((markers != label).astype(np.uint8), cv2.DIST_L2, 5)
        for label in (1, 2)
    )
    return np.asarray(
        region & (ours < theirs)
    )  # the rim, which the ground took, goes to the nearer one


def _whole_part(
    region: NDArray[np.bool_],
    current: NDArray[np.bool_],
    points: NDArray[np.intp],
    others: NDArray[np.intp],
) -> NDArray[np.bool_]:
    """A part of the mask goes as a whole where most of it is to go and no click wants it kept."""
    part = _connected(current, points)
    most = region.sum() > _MOST * part.sum()
    return part if most and not part[others[:, 1], others[:, 0]].any() else region


def _surroundings(guess: Floats, points: NDArray[np.intp], size: tuple[int, int]) -> Rect:
    """The likely object with as much again round it, and no less than a window round the clicks."""
    likely = _connected(guess > 0.3, points) | _near(guess.shape, points, _WINDOW / 3)
    rows, columns = np.flatnonzero(likely.any(1)), np.flatnonzero(likely.any(0))
    width, height = columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1
    air = int(0.25 * max(width, height)) + 8
    box = Rect(int(columns[0]), int(rows[0]), int(width), int(height)).inflate(air)
    return box.intersect(Rect(0, 0, *size))


def _connected(region: NDArray[np.bool_], points: NDArray[np.intp]) -> NDArray[np.bool_]:
    """The parts of a region that the points lie in."""
    _, labels = cv2.connectedComponents(region.astype(np.uint8))
    touched = np.unique(labels[points[:, 1], points[:, 0]])
    return np.asarray(np.isin(labels, touched[touched > 0]))


def _near(shape: tuple[int, ...], points: NDArray[np.intp], share: float) -> NDArray[np.bool_]:
    """Discs round the points; their radius is a share of the long side."""
    disc = np.zeros(shape[:2], np.uint8)
    for x, y in points.tolist():
        cv2.circle(disc, (x, y), max(2, round(share * max(shape[:2]))), 1, -1)
    return disc > 0


def _check(region: NDArray[np.bool_], points: NDArray[np.intp], box: Rect) -> None:
    disc = _near(region.shape, points, 0.012).sum()
    if region.sum() < _LEAST * disc or region.sum() > _LARGEST * box.width * box.height:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "No object could be told apart here. Click nearer to its middle, or paint it with "
                "the brush.",
            ),
            code="nothing-selected",
        )


def _inside(seeds: Sequence[Seed], shape: tuple[int, ...]) -> tuple[list[Seed], list[Seed]]:
    height, width = shape[:2]
    good = [s for s in seeds if 0 <= s.x < width and 0 <= s.y < height]
    if not good:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "Click inside the picture."), code="nothing-selected"
        )
    return [s for s in good if s.add], [s for s in good if not s.add]


def _scaled(
    seeds: Sequence[Seed], shape: tuple[int, ...], size: tuple[int, int]
) -> NDArray[np.intp]:
    """Seeds in the working copy's pixels, (n, 2) x and y."""
    points = [(s.x * size[0] // shape[1], s.y * size[1] // shape[0]) for s in seeds]
    return np.array(points, np.intp).reshape(-1, 2)


def _working_size(picture: Reduced) -> tuple[int, int]:
    width, height = picture.size
    scale = min(1.0, WORKING_SIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _without(alpha: Bytes, removed: Bytes, region: Floats) -> Bytes:
    """The mask without what was removed, and without the rim that it leaves behind."""
    less = cv2.multiply(alpha, 255 - removed, scale=1 / 255, dtype=cv2.CV_8U)
    size = (region.shape[1], region.shape[0])
    gone = region > 0.5
    kept = ((scaled(alpha, size) > 127) & ~gone).astype(np.uint8)
    square = np.ones((3, 3), np.uint8)
    solid = cv2.dilate(cv2.morphologyEx(kept, cv2.MORPH_OPEN, square, iterations=2), square)
    near = cv2.dilate(gone.astype(np.uint8), square, iterations=_RIM)
    rim = ((near > 0) & (solid == 0)).astype(np.uint8)
    rim = scaled(rim, (alpha.shape[1], alpha.shape[0]), cv2.INTER_NEAREST)
    return np.asarray(cv2.multiply(less, 1 - rim), np.uint8)
