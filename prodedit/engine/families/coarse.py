# SPDX-License-Identifier: Apache-2.0
"""Where the product is, roughly: networks asked, and their answers joined.

U²-Net (Qin et al. 2020) sees the whole picture at 320 pixels and finds whole objects; IS-Net (Qin
et al. 2022) sees 1024 and draws edges. Asked together, IS-Net's matte is the base. Where the two
differ over a whole region, not just along an edge, the region is voted on: by both networks, by
U²-Net again on the object's own box, and by the photo's colours where all agree. Where product and
ground share their colours (fur on a carpet), U²-Net takes the one for the other: there a region
has to show colours that only the product has.
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
Flags = NDArray[np.bool_]

Ask = Callable[[Reduced], Floats]
"""A network: picture -> matte (h', w') float32 0..1."""

VOTING_SIDE = 512
_MARGIN = 0.12  # of the box's side, left free round the object
_REGION = 0.0008  # of the picture: smaller differences are left to the edge refinement
_LEVELS = 8  # per colour channel, of the colour histograms
_SPECK = 0.0001
_DEEP = 14
_TRACE, _FAINT = 0.04, 0.25  # of a matte: less is nothing; less is a trace at most
_RIM = 5  # pixels at voting size: how far a network's edge may be off
_OWN = 0.5  # a colour vote above it: a colour that the ground hardly has
_ALIKE = 0.6  # overlap of the two colour histograms from which own colours are asked for
_MOST_ASKED = 0.3  # share of own colours about a pixel that settles any case
_CROSS = np.ones((3, 3), np.uint8)

_CLOSER = QT_TRANSLATE_NOOP("Progress", "Looking closer")
_DRAWING = QT_TRANSLATE_NOOP("Progress", "Drawing the edge")
_COMPARING = QT_TRANSLATE_NOOP("Progress", "Comparing")


class Coarse(NamedTuple):
    """A coarse matte and how sure it is."""

    matte: Floats  # (h', w') 0..1
    doubt: Floats  # (h', w') 0..1, how far the votes differ
    cells: int  # pixels along the long side that its edge is known to


class Mattes(NamedTuple):
    """The three answers at voting size, (h, w) 0..1 each."""

    whole: Floats  # U²-Net on the picture
    close: Floats  # U²-Net on the object's box
    fine: Floats  # IS-Net on the picture


class Colours(NamedTuple):
    """What the photo's colours say, learned where all mattes agree."""

    votes: Floats  # (h, w) -1..1: the ground's colour .. the product's
    overlap: float  # 0..1, how far product and ground have the same colours


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
    """`fine`, corrected in the regions where it is undecided or outvoted."""
    size = _fitted(picture.shape, VOTING_SIDE)
    mattes = Mattes(*(np.clip(scaled(m, size), 0, 1) for m in (whole, close, fine)))
    colours = _colour_votes(scaled(picture, size)[..., :3], mattes)
    grid = (fine.shape[1], fine.shape[0])
    lift = scaled(_to_lift(mattes, colours), grid, cv2.INTER_LINEAR)
    press = scaled(_to_press(mattes, colours), grid, cv2.INTER_LINEAR)
    high = scaled(np.maximum(mattes.whole, mattes.close), grid, cv2.INTER_LINEAR)
    low = scaled(np.minimum(mattes.whole, mattes.close), grid, cv2.INTER_LINEAR)
    matte = fine + lift * np.maximum(high - fine, 0) - press * np.maximum(fine - low, 0)
    matte = _without_haze(np.clip(matte, 0, 1), mattes, colours)
    doubt = np.ptp(np.stack(mattes), axis=0).astype(np.float32)
    return Coarse(matte, doubt, max(fine.shape))


def _without_haze(matte: Floats, mattes: Mattes, colours: Colours) -> Floats:
    """The matte without its faint traces in the ground's colours, that neither touch nor lie near
    what a network takes for product; a stalk or a strap that fades away touches it."""
    size = (mattes.fine.shape[1], mattes.fine.shape[0])
    small = scaled(matte, size)
    solid = np.maximum(small, np.maximum.reduce(mattes)) > _FAINT
    _, labels = cv2.connectedComponents(((small > _TRACE) | solid).astype(np.uint8))
    touching = np.isin(labels, np.unique(labels[solid])) & (labels > 0)
    near = _softened(_grown(solid, _DEEP) | _grown(touching, _RIM) | (colours.votes > -0.2))
    grid = (matte.shape[1], matte.shape[0])
    return np.asarray(matte * scaled(near, grid, cv2.INTER_LINEAR), np.float32)


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


def _colour_votes(small: Bytes, mattes: Mattes) -> Colours:
    """Is a pixel's colour the ground's or the product's? No vote where too little is agreed on."""
    product = np.minimum.reduce(mattes) > 0.8
    ground = np.maximum.reduce(mattes) < 0.2
    if product.sum() < 50 or ground.sum() < 50:
        return Colours(np.zeros(small.shape[:2], np.float32), 0)
    bins = (small // (256 // _LEVELS)).astype(np.int64)
    index = (bins[..., 0] * _LEVELS + bins[..., 1]) * _LEVELS + bins[..., 2]
    ours, theirs = _histogram(index[product]), _histogram(index[ground])
    votes = np.asarray(((ours - theirs) / (ours + theirs))[index], np.float32)
    return Colours(votes, float(np.minimum(ours, theirs).sum()))


def _backed(colours: Colours) -> Flags:
    """Where U²-Net may overrule: everywhere while colours tell product from ground, else only
    among colours that the product alone has."""
    asked = min(_MOST_ASKED, 2 * max(0.0, colours.overlap - _ALIKE))
    side = 2 * _DEEP + 1
    own = (colours.votes > _OWN).astype(np.float32)
    return np.asarray(cv2.blur(own, (side, side), borderType=cv2.BORDER_REFLECT) >= asked)


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


def _to_lift(mattes: Mattes, colours: Colours) -> Floats:
    """Where U²-Net's product is to be believed, 0..1.

    What the fine matte leaves out well inside U²-Net's (stripes and prints, where IS-Net follows
    the pattern), unless U²-Net wavers and the colours are the ground's (a handle's hole); and whole
    regions with the product's colours. The rim beside such a place goes along with it.
    """
    sure = np.minimum(mattes.whole, mattes.close)
    trusted = (sure > 0.95) | (colours.votes > -0.3)
    deep = _thick(sure > 0.8, _DEEP) & (mattes.fine < 0.92)
    shallow = _thick(sure > 0.8) & (mattes.fine < 0.3)
    inside = (deep | shallow) & trusted & _backed(colours)
    left_out = _regions((sure > 0.7) & (mattes.fine < 0.5), colours.votes > 0.0)
    return _softened(inside | left_out | (_alongside(inside, mattes.fine) & (sure > 0.5)))


def _alongside(inside: Flags, fine: Floats) -> Flags:
    """The rim of large lifted places: close by where the fine matte left them out, and out to
    U²-Net's edge where it is as undecided there as within."""
    left_out = _grown(_large(inside & (fine < 0.5)), _RIM + 2)
    undecided = _grown(_large(inside & (fine < 0.7)), _DEEP + 3) & (fine > 0.08) & (fine < 0.92)
    return left_out | undecided


def _grown(region: NDArray[np.generic], by: int) -> Flags:
    return np.asarray(cv2.dilate(region.astype(np.uint8), _CROSS, iterations=by) > 0)


def _large(region: Flags) -> Bytes:
    """The parts of a region that are more than specks, as 0 and 1."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(region.astype(np.uint8))
    keep = stats[:, cv2.CC_STAT_AREA] >= _SPECK * region.size
    keep[0] = False
    return np.asarray(keep[labels], np.uint8)


def _to_press(mattes: Mattes, colours: Colours) -> Floats:
    """Where U²-Net's ground is to be believed, 0..1: as `_to_lift`, the other way round."""
    most = np.maximum(mattes.whole, mattes.close)
    outside = _thick(most < 0.2, _DEEP)
    undecided = outside & (mattes.fine > 0.08) & (mattes.fine < 0.92) & (colours.votes < -0.2)
    put_in = _regions(_thick(most < 0.3, _DEEP - _RIM) & (mattes.fine > 0.5), colours.votes < -0.2)
    return _softened(undecided | put_in)


def _thick(region: Flags, rim: int = _RIM) -> Flags:
    """The region without its rim: edges are the fine matte's own."""
    padded = cv2.copyMakeBorder(region.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    inner = cv2.erode(padded, _CROSS, iterations=rim, borderValue=1)
    return np.asarray(inner[1:-1, 1:-1] > 0)


def _regions(differs: Flags, won: Flags) -> Flags:
    """Regions thicker than an edge's uncertainty, large, and by majority won."""
    core = _thick(differs).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(core)
    result = np.zeros(differs.shape, bool)
    for label in range(1, count):
        here = labels == label
        if stats[label, cv2.CC_STAT_AREA] >= _REGION * differs.size and won[here].mean() > 0.5:
            result |= here
    return _grown(result, _RIM) & differs


def _softened(region: Flags) -> Floats:
    return np.asarray(cv2.GaussianBlur(region.astype(np.float32), (0, 0), 1.5), np.float32)


def _fitted(shape: tuple[int, ...], side: int) -> tuple[int, int]:
    height, width = shape[:2]
    scale = min(1.0, side / max(height, width))
    return max(1, round(width * scale)), max(1, round(height * scale))
