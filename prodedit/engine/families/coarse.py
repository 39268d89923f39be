# SPDX-License-Identifier: Apache-2.0
"""Where the product is, roughly: networks asked, and their answers joined.

U²-Net (Qin et al. 2020) sees the whole picture at 320 pixels and finds whole objects; IS-Net (Qin
et al. 2022) sees 1024 and draws edges. Asked together, IS-Net's matte is the base. Where the two
differ over a whole region, not just along an edge, the region is voted on: by both networks, by
U²-Net again on the object's own box, and by the photo's colours where all agree.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.engine.families.reduced import Reduced, scaled

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

Ask = Callable[[Reduced], Floats]
"""A network: picture -> matte (h', w') float32 0..1."""

VOTING_SIDE = 512
_MARGIN = 0.12  # of the box's side, left free round the object
_REGION = 0.0015  # of the picture: smaller differences are left to the edge refinement
_LEVELS = 8  # per colour channel, of the colour histograms
_COLOUR_WEIGHT = 0.5
_DISAGREE = 0.45

_CLOSER = QT_TRANSLATE_NOOP("Progress", "Looking closer")
_DRAWING = QT_TRANSLATE_NOOP("Progress", "Drawing the edge")
_COMPARING = QT_TRANSLATE_NOOP("Progress", "Comparing")


class Coarse(NamedTuple):
    """A coarse matte and how sure it is."""

    matte: Floats  # (h', w') 0..1
    doubt: Floats  # (h', w') 0..1, how far the votes differ
    cells: int  # pixels along the long side that its edge is known to


def single(ask: Ask, picture: Reduced) -> Coarse:
    """One network's matte; its doubt is how far from 0 and 1 it stays."""
    matte = ask(picture)
    return Coarse(matte, 4 * matte * (1 - matte), max(matte.shape))


def joined(
    ask_whole: Ask, ask_fine: Ask, picture: Reduced, report: Callable[[float, str], None]
) -> Coarse:
    """U²-Net and IS-Net together, as the module says."""
    whole = ask_whole(picture)
    report(0.22, _CLOSER)
    close = _on_box(ask_whole, picture, whole)
    report(0.40, _DRAWING)
    fine = ask_fine(picture)
    report(0.80, _COMPARING)
    return vote(picture.small, whole, close, fine)


def vote(picture: Bytes, whole: Floats, close: Floats, fine: Floats) -> Coarse:
    """`fine`, with the regions corrected in which the others outvote it."""
    size = _fitted(picture.shape, VOTING_SIDE)
    mattes = [np.clip(scaled(m, size), 0, 1) for m in (whole, close, fine)]
    small = scaled(picture, size)[..., :3]
    mean = np.mean(mattes, axis=0)
    votes = mean + _COLOUR_WEIGHT * _colour_votes(small, mattes)
    lift, press = _corrections(mattes[2], votes)
    height, width = fine.shape
    lift, press = (scaled(m, (width, height), cv2.INTER_LINEAR) for m in (lift, press))
    rough = scaled((mattes[0] + mattes[1]) / 2, (width, height), cv2.INTER_LINEAR)
    matte = fine + lift * np.maximum(rough - fine, 0) - press * np.maximum(fine - rough, 0)
    doubt = np.asarray(np.ptp(np.stack(mattes), axis=0), np.float32)
    return Coarse(np.clip(matte, 0, 1).astype(np.float32), doubt, max(fine.shape))


def object_box(matte: Floats, shape: tuple[int, ...]) -> Rect:
    """The rectangle of the picture (h, w, ...) that the matte's larger objects lie in, with air."""
    height, width = shape[:2]
    found = (matte > 0.4).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(found)
    if count < 2:
        return Rect(0, 0, width, height)
    stats = stats[1:]
    stats = stats[stats[:, cv2.CC_STAT_AREA] > 0.05 * stats[:, cv2.CC_STAT_AREA].max()]
    left, top = stats[:, 0].min(), stats[:, 1].min()
    right, bottom = (stats[:, 0] + stats[:, 2]).max(), (stats[:, 1] + stats[:, 3]).max()
    air_x, air_y = (right - left) * _MARGIN + 2, (bottom - top) * _MARGIN + 2
    scale_x, scale_y = width / matte.shape[1], height / matte.shape[0]
    x, y = max(0, int((left - air_x) * scale_x)), max(0, int((top - air_y) * scale_y))
    x1 = min(width, int((right + air_x) * scale_x) + 1)
    y1 = min(height, int((bottom + air_y) * scale_y) + 1)
    return Rect(x, y, x1 - x, y1 - y)


def _on_box(ask: Ask, picture: Reduced, matte: Floats) -> Floats:
    """The network's second look, at the object's box; nothing is outside of it."""
    shape = picture.source.shape
    height, width = shape[:2]
    box = object_box(matte, shape)
    if box.width * box.height > 0.9 * width * height:
        return matte
    part = ask(picture.crop(box))
    size = _fitted(shape, 1024)
    scale_x, scale_y = size[0] / width, size[1] / height
    inner = (max(1, round(box.width * scale_x)), max(1, round(box.height * scale_y)))
    x, y = (
        min(round(box.x * scale_x), size[0] - inner[0]),
        min(round(box.y * scale_y), size[1] - inner[1]),
    )
    result = np.zeros((size[1], size[0]), np.float32)
    result[y : y + inner[1], x : x + inner[0]] = scaled(part, inner)
    return result


def _colour_votes(small: Bytes, mattes: list[Floats]) -> Floats:
    """-1..1: is a pixel's colour the product's or the ground's, where all mattes agree?"""
    sure_product = np.min(mattes, axis=0) > 0.8
    sure_ground = np.max(mattes, axis=0) < 0.2
    step = 256 // _LEVELS
    bins = (small // step).astype(np.int64)
    index = (bins[..., 0] * _LEVELS + bins[..., 1]) * _LEVELS + bins[..., 2]
    ours = _histogram(index[sure_product])
    theirs = _histogram(index[sure_ground])
    if sure_product.sum() < 50 or sure_ground.sum() < 50:
        return np.zeros(small.shape[:2], np.float32)
    return np.asarray(((ours - theirs) / (ours + theirs))[index], np.float32)


def _histogram(index: NDArray[np.int64]) -> Floats:
    """Smoothed frequencies of the colour bins."""
    count = np.bincount(index.ravel(), minlength=_LEVELS**3).reshape((_LEVELS,) * 3)
    frequency = count / max(1, index.size)
    for axis in range(3):
        padded = np.pad(frequency, [(1, 1) if k == axis else (0, 0) for k in range(3)], mode="edge")
        low, high = (
            np.take(padded, range(_LEVELS), axis),
            np.take(padded, range(2, _LEVELS + 2), axis),
        )
        frequency = 0.5 * frequency + 0.25 * (low + high)
    return (frequency.ravel() + 2e-4).astype(np.float32)


def _corrections(fine: Floats, votes: Floats) -> tuple[Floats, Floats]:
    """Soft masks of the regions to lift towards product, and to press towards ground."""
    least = _REGION * fine.size
    lift = _regions((fine < 0.5) & (votes - fine > _DISAGREE * 0.6), votes > 0.5, least)
    press = _regions((fine > 0.5) & (fine - votes > _DISAGREE * 0.6), votes < 0.5, least)
    return lift, press


def _regions(differs: NDArray[np.bool_], won: NDArray[np.bool_], least: float) -> Floats:
    """Regions that are thick and large and mostly won, spread a little, with soft rims."""
    kernel = np.ones((3, 3), np.uint8)
    core = cv2.morphologyEx(differs.astype(np.uint8), cv2.MORPH_OPEN, kernel, iterations=3)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(core)
    result = np.zeros(differs.shape, np.uint8)
    for label in range(1, count):
        here = labels == label
        if stats[label, cv2.CC_STAT_AREA] >= least and won[here].mean() > 0.5:
            result[here] = 1
    grown = cv2.dilate(result, kernel, iterations=6).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(grown, (0, 0), 2.0), np.float32)


def _fitted(shape: tuple[int, ...], side: int) -> tuple[int, int]:
    height, width = shape[:2]
    scale = min(1.0, side / max(height, width))
    return max(1, round(width * scale)), max(1, round(height * scale))
