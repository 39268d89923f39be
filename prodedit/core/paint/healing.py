# SPDX-License-Identifier: Apache-2.0
"""Healing: the texture of another place, in the colours of what lies round the stroke."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from prodedit.core.geometry import Point, Rect
from prodedit.core.paint.ground import Ground, with_alpha
from prodedit.core.paint.inks import Healing, Spot, source_pixels
from prodedit.core.paint.membrane import Bools, Floats, membrane, smoothed
from prodedit.core.tiles import Pixels

_RIM = 4
"""Pixels round the stroke whose colours count."""
_RING = 6
"""Pixels round a spot that a source has to be like."""
_FAR = 4
"""Times the spot's side, how far a source is looked for."""
_CELL, _MOST_CELLS = 24, 16
"""Pixels each way, at least, of a stroke that look for a source together; pieces each way."""
_STRANGE = 32
_NEAREST_LOOK = 48
_LOOKED_AT = 320
"""Pixels each way, at most, that are compared; of larger areas a smaller copy."""
_AT_ONCE = 1 << 20
"""Pixels that are spanned as one; larger areas piece by piece from a smaller answer."""
_PIECE, _MARGIN = 512, 16
_PLAIN = 0.35
"""How much a source has to be without things of its own, beside fitting at its rim."""


def healed(
    ground: Ground, ink: Healing, touched: Rect, share_in: Callable[[Rect], Floats]
) -> tuple[Rect, Pixels]:
    """(area of the layer, its pixels): `touched` and a rim, as if the stroke covered all of it."""
    area = touched.intersect(ground.tiles.bounds)
    inside = share_in(area) > 0
    if not inside.any():
        return Rect(0, 0, 0, 0), np.zeros((0, 0, 4), np.uint8)
    area = _tight(area, inside).inflate(_RIM).intersect(ground.tiles.bounds)
    inside = share_in(area) > 0
    old = ground.tiles.to_array(area)
    if ink.source is None:
        new = _by_pieces(ground, area, inside, old)
    else:
        new = _fitted(old, source_pixels(ground, ink, Spot(area, old)), inside)
    return area, with_alpha(new, old[..., 3]) if ground.keeps_alpha else new


def _tight(area: Rect, inside: Bools) -> Rect:
    x, y, width, height = cv2.boundingRect(inside.view(np.uint8))
    return Rect(area.x + x, area.y + y, width, height)


def _fitted(old: Pixels, source: Pixels, inside: Bools) -> Pixels:
    if inside.size <= _AT_ONCE:
        away = old.astype(np.float32) - source
        return _laid(old, source, inside, membrane(away, inside))
    coarse, step = _coarse(old, source, inside)
    new = old.copy()
    height, width = inside.shape
    for place in np.ndindex(-(-height // _PIECE), -(-width // _PIECE)):
        y, x = (_PIECE * number for number in place)
        if inside[y : y + _PIECE, x : x + _PIECE].any():
            near = Rect(x, y, _PIECE, _PIECE).inflate(_MARGIN).intersect(Rect(0, 0, width, height))
            rows, columns = slice(near.y, near.bottom), slice(near.x, near.right)
            away = old[rows, columns].astype(np.float32) - source[rows, columns]
            start = _grown(coarse, step, near)
            part = np.where(inside[rows, columns, None], start, away).astype(np.float32)
            part = smoothed(part, inside[rows, columns], 6 * step)
            laid = _laid(old[rows, columns], source[rows, columns], inside[rows, columns], part)
            own = laid[y - near.y :, x - near.x :][:_PIECE, :_PIECE]
            new[y : y + own.shape[0], x : x + own.shape[1]] = own
    return new


def _coarse(old: Pixels, source: Pixels, inside: Bools) -> tuple[Floats, int]:
    """What is spanned in a copy of so many times smaller a size, made band by band."""
    step = 2
    while inside.size / step**2 > _AT_ONCE:
        step *= 2
    bands = []
    for top in range(0, len(inside), 64 * step):
        rows = slice(top, top + 64 * step)
        hidden = inside[rows, :, None]
        away = np.where(hidden, 0, old[rows].astype(np.float32) - source[rows])
        known = (~inside[rows]).astype(np.float32)
        size = (-(-known.shape[1] // step), -(-known.shape[0] // step))
        both = np.dstack([away, known]).astype(np.float32)
        edges = ((0, size[1] * step - len(both)), (0, size[0] * step - both.shape[1]), (0, 0))
        bands.append(cv2.resize(np.pad(both, edges), size, interpolation=cv2.INTER_AREA))
    small = np.concatenate(bands)
    still = small[..., 4] < 1e-6
    mean = small[..., :4] / np.maximum(small[..., 4:], np.float32(1e-6))
    return membrane(np.asarray(mean, np.float32), still), step


def _grown(coarse: Floats, step: int, area: Rect) -> Floats:
    x = ((np.arange(area.x, area.right) + 0.5) / step - 0.5).astype(np.float32)
    y = ((np.arange(area.y, area.bottom) + 0.5) / step - 0.5).astype(np.float32)
    across, down = np.meshgrid(x, y)
    border = cv2.BORDER_REPLICATE
    grown = cv2.remap(coarse, across, down, cv2.INTER_LINEAR, borderMode=border)
    return np.asarray(grown, np.float32)


def _laid(old: Pixels, source: Pixels, inside: Bools, spanned: Floats) -> Pixels:
    new = np.clip(np.rint(source + spanned), 0, 255)
    np.minimum(new, new[..., 3:], out=new)
    return np.where(inside[..., None], new, old).astype(np.uint8)


def _by_pieces(ground: Ground, area: Rect, inside: Bools, old: Pixels) -> Pixels:
    """A long scratch crosses many things: each piece of it finds a source of its own, beside what
    was healed before."""
    new, left = old.copy(), inside.copy()
    whole = Rect(0, 0, area.width, area.height)
    side = _cell_side(inside)
    for row, column in np.ndindex(-(-area.height // side), -(-area.width // side)):
        cell = np.s_[row * side : (row + 1) * side, column * side : (column + 1) * side]
        if not left[cell].any():
            continue
        spot = np.zeros_like(inside)
        spot[cell] = left[cell]
        near = _tight(whole, spot).inflate(_RIM).intersect(whole)
        part = np.s_[near.y : near.bottom, near.x : near.right]
        place = near.translate(area.x, area.y)
        offset = found_offset(ground, place, spot[part], area, inside)
        source = np.zeros_like(new[part])  # nowhere else: smooth, as what lies round it
        if offset is not None:
            source = ground.tiles.to_array(place.translate(int(offset.x), int(offset.y)))
        unknown = left[part] | _strange(new[part], source)
        unknown = left[part] if unknown.all() else unknown
        fitted = _fitted(np.ascontiguousarray(new[part]), source, unknown)
        new[part][spot[part]] = fitted[spot[part]]
        left[cell] = False
    return new


def _cell_side(inside: Bools) -> int:
    """Of the pieces: a spot is one, a thin scratch has many, and no stroke takes for ever."""
    framed = cv2.copyMakeBorder(inside.view(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT)
    thick = 2 * float(cv2.distanceTransform(framed, cv2.DIST_L2, 3).max())
    return int(max(_CELL, 2 * thick, max(inside.shape) / _MOST_CELLS))


def _strange(old: Pixels, source: Pixels) -> Bools:
    """Where both show different things: their colours are not to run into one another."""
    return np.asarray(cv2.absdiff(old, source).max(axis=2) > _STRANGE)


def found_offset(
    ground: Ground, place: Rect, spot: Bools, area: Rect, hidden: Bools
) -> Point | None:
    """How far away lies what is most like the ring round `spot`, (h, w) of `place` of the layer,
    and plain within; None where there is no room for it. Never so near that the source would show
    something of `hidden`, (h, w) of `area`."""
    bounds = ground.tiles.bounds
    ring = _RING + max(place.width, place.height) // 16
    framed = place.inflate(ring).intersect(bounds)
    far = max(_NEAREST_LOOK, _FAR * min(128, max(place.width, place.height)))
    window = framed.inflate(far).intersect(bounds)
    step = max(1, -(-max(window.width, window.height) // _LOOKED_AT))
    seen = _smaller(ground.tiles.to_array(window)[..., :3], step)
    mask = _smaller(_pasted(spot, place, framed), step) > 0
    dirt = _smaller(_pasted(hidden, area, window), step) > 0
    own = Point((framed.x - window.x) // step, (framed.y - window.y) // step)
    best = _best(seen, mask, dirt, own, max(1, ring // step))
    if best is None:
        return None
    return Point((best.x - own.x) * step, (best.y - own.y) * step)


def _pasted(mask: Bools, area: Rect, onto: Rect) -> Pixels:
    """(h, w) 0 or 255 of `onto`: where `mask` of `area` lies."""
    pixels = np.zeros((onto.height, onto.width), np.uint8)
    both = area.intersect(onto)
    own, into = both.translate(-area.x, -area.y), both.translate(-onto.x, -onto.y)
    piece = mask[own.y : own.bottom, own.x : own.right]
    pixels[into.y : into.bottom, into.x : into.right] = piece * np.uint8(255)
    return pixels


def _smaller(pixels: Pixels, step: int) -> Pixels:
    if step == 1:
        return np.ascontiguousarray(pixels)
    size = (pixels.shape[1] // step, pixels.shape[0] // step)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _best(seen: Pixels, spot: Bools, dirt: Bools, own: Point, ring: int) -> Point | None:
    height, width = spot.shape
    if height > seen.shape[0] or width > seen.shape[1] or not spot.any():
        return None
    x, y = min(int(own.x), seen.shape[1] - width), min(int(own.y), seen.shape[0] - height)
    here = np.s_[y : y + height, x : x + width]
    look = seen.astype(np.float32)
    wanted = membrane(look[here].copy(), spot | dirt[here])
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * ring + 1, 2 * ring + 1))
    near = (cv2.dilate(spot.view(np.uint8), kernel) > 0) & ~dirt[here]
    weight = np.where(spot, _PLAIN, near.astype(np.float32)).astype(np.float32)
    cost = cv2.matchTemplate(
        look, wanted, cv2.TM_SQDIFF, mask=np.repeat(weight[..., None] ** 0.5, 3, axis=2)
    )
    grown = cv2.dilate(dirt.astype(np.float32), np.ones((3, 3), np.uint8))
    shown = cv2.matchTemplate(grown, spot.astype(np.float32), cv2.TM_CCORR)
    cost[(shown > 0.5) | ~np.isfinite(cost)] = np.inf
    at = int(np.argmin(cost))
    if not np.isfinite(cost.flat[at]):
        return None
    return Point(at % cost.shape[1], at // cost.shape[1])
