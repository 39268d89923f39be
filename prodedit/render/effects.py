# SPDX-License-Identifier: Apache-2.0
"""Pictures of a layer's effects, block by block, made from the layer's shape.

Soft ones are computed on a reduced shape and enlarged: the same light on a whole catalogue in
milliseconds. Sharp ones look at the pixels round a block. A pixel never depends on which block or
rectangle was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil
from types import MappingProxyType
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.colour import Colour
from prodedit.core.effects import (
    CastShadow,
    ColourOverlay,
    ContactShadow,
    DropShadow,
    Effect,
    Glow,
    Outline,
    Reflection,
    light,
)
from prodedit.core.geometry import Rect
from prodedit.core.tiles import Pixels
from prodedit.render.ground import Ground, ground
from prodedit.render.silhouette import Field, Floats, Silhouette, empty_field

_SIGMAS = 3
_CELLS_A_SIGMA = 3
"""A Gaussian of so many cells is drawn by linear interpolation to within 1/255."""
_SHARP = 0.3
"""Of a contact shadow's blur, what lies where the product touches."""
_WIDE = 0.6
"""How strong its soft part is."""
_FINE = 16
"""A mirror's line is rounded to such parts of a pixel: the same in every block."""
_SMOOTHED, _ROUGH = 10, 1.03
"""Pixels, as far as smoothing looks and more; OpenCV's own distances are off by up to 2 %."""
_STEEPEST = 0.12
"""A cast shadow never collapses to a line: the ground is seen from at least so far above."""


def effect_pixels(shape: Silhouette, effect: Effect, area: Rect) -> Pixels | None:
    """(h, w, 4) premultiplied BGRA of `area` of the canvas, without the effect's opacity.

    Of effects inside of a layer: as if the layer covered everything. None where nothing shows."""
    pixels: Pixels | None = _PAINTERS[type(effect)](shape, effect, area)
    return pixels


def _drop(shape: Silhouette, effect: DropShadow, area: Rect) -> Pixels | None:
    moved = light(effect.angle, effect.distance)
    return _tinted(_soft(shape, area, effect.blur, effect.spread, *moved), effect.colour)


def _glow(shape: Silhouette, effect: Glow, area: Rect) -> Pixels | None:
    covered = _soft(shape, area, effect.size / 2, 0.0)
    if effect.side == "inside":
        return _tinted(np.clip(2 - 2 * covered, 0, 1), effect.colour)
    return _tinted(np.clip(2 * covered, 0, 1), effect.colour)


def _outline(shape: Silhouette, effect: Outline, area: Rect) -> Pixels | None:
    margin = ceil(effect.width) + 8  # what is smoothed looks a little farther
    alpha = shape.alpha(area.inflate(margin)).astype(np.float32) / np.float32(255)
    inside = effect.side == "inside"
    distance = _distance(1 - alpha if inside else alpha, effect.width + 1)
    near = np.clip(np.float32(effect.width) + np.float32(0.5) - distance, 0, 1)
    return _tinted(near[margin:-margin, margin:-margin], effect.colour)


def _overlay(shape: Silhouette, effect: ColourOverlay, area: Rect) -> Pixels:
    del shape
    solid = np.ones((area.height, area.width), np.float32)
    pixels = _tinted(solid, effect.colour)
    assert pixels is not None
    return pixels


def _contact(shape: Silhouette, effect: ContactShadow, area: Rect) -> Pixels | None:
    if shape.box().is_empty:
        return None
    field = shape.made.get(effect)
    if field is None:
        shape.made[effect] = field = _contact_field(shape, effect)
    return _tinted(field.sampled(area), effect.colour)


def _contact_field(shape: Silhouette, effect: ContactShadow) -> Field:
    """What stands on the ground as a strip along it, sharp and soft at once: dark where the
    product touches, and light all round."""
    box, sharp = shape.box(), effect.blur * _SHARP
    stands = _stands(shape, effect)
    depth = max(2.0, box.height * effect.height)
    top = float(stands.line.min()) + effect.offset - depth
    strip = Rect.between(box.x, top, box.right, float(stands.line.max()) + effect.offset + depth)
    field = empty_field(strip.inflate(ceil(effect.blur * _SIGMAS) + 1), sharp / _CELLS_A_SIGMA)
    line, touch = stands.at(field.x + field.factor * (np.arange(field.values.shape[1]) + 0.5))
    below = (_rows(field) + field.y - line - effect.offset) / np.float32(field.factor)
    half, lowered = depth / field.factor / 2, sharp / field.factor / 2
    core = touch * _band(below, -2 * half, lowered)
    wide = touch * _band(below, -half, half)
    core = _blurred(core, sharp / field.factor)
    wide = _blurred(wide, effect.blur / field.factor)
    return field._replace(values=1 - (1 - core) * (1 - np.float32(_WIDE) * wide))


def _stands(shape: Silhouette, effect: ContactShadow | Reflection) -> Ground:
    found: Ground | None = shape.made.get(("ground", effect.follow))
    if found is None:
        shape.made["ground", effect.follow] = found = ground(shape, effect.follow)
    return found


def _band(rows: Floats, first: float, last: float) -> Floats:
    """1 between, 0 outside, a cell of ramp on each side."""
    ends = np.float32(first - 0.5), np.float32(last + 0.5)
    return np.asarray(np.clip(rows - ends[0], 0, 1) * np.clip(ends[1] - rows, 0, 1), np.float32)


def _cast(shape: Silhouette, effect: CastShadow, area: Rect) -> Pixels | None:
    box = shape.box()
    if box.is_empty or effect.length == 0:
        return None
    field = shape.made.get(effect)
    if field is None:
        shape.made[effect] = field = _cast_field(shape, effect, box)
    return _tinted(field.sampled(area), effect.colour)


def _cast_field(shape: Silhouette, effect: CastShadow, box: Rect) -> Field:
    dx, dy = light(effect.angle, effect.length)
    flattest = _STEEPEST * abs(effect.length)
    dy = dy if abs(dy) >= flattest else flattest
    detail, margin = max(1.0, effect.blur / (2 * _CELLS_A_SIGMA)), effect.blur * _SIGMAS
    seen = _laid(shape.reach, box.bottom, dx, dy).intersect(Rect.of(shape.canvas))
    onto = empty_field(seen.inflate(ceil(margin) + 2), detail)
    lying = _lying(shape.field(detail, 0), onto, box.bottom, dx, dy)
    far = (_rows(onto) + np.float32(onto.y - box.bottom)) / np.float32(dy * box.height)
    values = _softer(lying, np.clip(far, 0, 1), effect.blur / onto.factor)
    values *= 1 - np.float32(effect.fade) * np.clip(far, 0, 1)
    return onto._replace(values=values)


def _laid(reach: Rect, bottom: int, dx: float, dy: float) -> Rect:
    """What of the ground is touched by what may stand on it."""
    heights = (bottom - reach.y, bottom - reach.bottom)
    x, y = [dx * height for height in heights], [bottom + dy * height for height in heights]
    return Rect.between(reach.x + min(x), min(y), reach.right + max(x), max(y))


def _rows(field: Field) -> Floats:
    """Canvas y of each row's middle, from the field's top."""
    rows = np.arange(field.values.shape[0], dtype=np.float32)[:, None]
    return np.asarray((rows + np.float32(0.5)) * field.factor, np.float32)


def _lying(field: Field, onto: Field, bottom: int, dx: float, dy: float) -> Floats:
    """The shape laid on the ground, in the cells of `onto`: what is `h` above the bottom falls
    (dx h, dy h) from there."""
    # A place (x, y) of the ground shows what is h = (y - bottom) / dy high, at x - dx h.
    matrix = np.array(
        [[1, -dx / dy, dx / dy * bottom - field.x], [0, -1 / dy, bottom + bottom / dy - field.y]]
    )
    matrix[:, 2] += matrix[:, :2] @ (onto.x + onto.factor / 2, onto.y + onto.factor / 2)
    matrix[:, :2] *= onto.factor
    matrix /= field.factor
    matrix[:, 2] -= 0.5
    height, width = onto.values.shape
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = cv2.warpAffine(field.values, matrix, (width, height), flags=flags)
    return np.asarray(laid, np.float32)


def _softer(values: Floats, far: Floats, sigma: float) -> Floats:
    """Blurred from nothing (far 0) to `sigma` cells (far 1), mixed from four blurs."""
    steps = [values, *(_blurred(values, sigma * share) for share in (0.25, 0.5, 1.0))]
    place = np.interp(far[:, 0], (0.0, 0.25, 0.5, 1.0), (0, 1, 2, 3)).astype(np.float32)[:, None]
    mixed = np.zeros_like(values)
    for number, step in enumerate(steps):
        mixed += step * np.clip(1 - np.abs(place - number), 0, 1)
    return mixed


def _reflection(shape: Silhouette, effect: Reflection, area: Rect) -> Pixels | None:
    box = shape.box()
    height = box.height * effect.height
    if box.is_empty or height < 1:
        return None
    margin = ceil(effect.blur * _SIGMAS)
    wanted = area.inflate(margin)
    columns = np.arange(wanted.x, wanted.right, dtype=np.float32) + np.float32(0.5)
    line = np.rint(_stands(shape, effect).at(columns)[0] * _FINE).astype(np.float32) / np.float32(
        _FINE
    )
    if (line == line[0]).all():  # a straight base: each row is one of the product's
        line = line[:1]
    top = line + np.float32(round(effect.gap))
    depth = np.arange(wanted.y, wanted.bottom, dtype=np.float32)[:, None] - top + np.float32(0.5)
    if depth[-1].max() <= 0 or depth[0].min() >= height:
        return None
    pixels = _mirrored(shape, np.asarray(line - depth, np.float32), wanted)
    shown = np.clip(1 - depth / np.float32(height), 0, 1) * np.clip(depth + 0.5, 0, 1)
    pixels *= shown[..., None]
    if effect.blur > 0:
        pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), effect.blur), np.float32)
    inner = pixels[margin : margin + area.height, margin : margin + area.width]
    return np.rint(inner).astype(np.uint8) if inner.any() else None


def _mirrored(shape: Silhouette, heights: Floats, wanted: Rect) -> Floats:
    """(h, w, 4): for each pixel of `wanted` what stands in its column at that canvas y."""
    first, last = float(heights[-1].min()) - 1, float(heights[0].max()) + 1
    reach = shape.reach
    rows = Rect.between(wanted.x, max(first, reach.y), wanted.right, min(last, reach.bottom))
    if rows.is_empty:
        return np.zeros((wanted.height, wanted.width, 4), np.float32)
    seen = shape.pixels(rows)  # cv2 is faster with bytes
    down = heights - np.float32(rows.y + 0.5)
    if down.shape[1] == 1 and (down == np.rint(down)).all():
        return _taken(seen, down[:, 0].astype(np.intp))
    down = np.ascontiguousarray(np.broadcast_to(down, (wanted.height, wanted.width)))
    across = np.broadcast_to(np.arange(rows.width, dtype=np.float32), down.shape)
    return cv2.remap(seen, across, down, cv2.INTER_LINEAR).astype(np.float32)


def _taken(pixels: Pixels, rows: NDArray[np.intp]) -> Floats:
    """These rows of them; nothing for those there are not."""
    found = np.zeros((len(rows), *pixels.shape[1:]), np.float32)
    there = (rows >= 0) & (rows < len(pixels))
    found[there] = pixels[rows[there]]
    return found


def _soft(
    shape: Silhouette, area: Rect, sigma: float, spread: float, dx: float = 0, dy: float = 0
) -> Floats:
    """The shape grown by `spread`, blurred by `sigma` and moved, 0..1 in `area`."""
    if sigma / _CELLS_A_SIGMA >= 2:
        field = shape.made.get((sigma, spread))
        if field is None:
            field = shape.field(sigma / _CELLS_A_SIGMA, sigma * _SIGMAS + max(0.0, spread))
            grown = _grown(field.values, spread / field.factor)
            field = field._replace(values=_blurred(grown, sigma / field.factor))
            shape.made[sigma, spread] = field
        return field.sampled(area, dx, dy)
    margin = ceil(sigma * _SIGMAS + abs(spread)) + 1
    near = area.translate(-round(dx), -round(dy)).inflate(margin)
    values = _blurred(_grown(shape.alpha(near).astype(np.float32) / np.float32(255), spread), sigma)
    return values[margin : margin + area.height, margin : margin + area.width]


def _grown(values: Floats, pixels: float) -> Floats:
    if abs(pixels) < 0.5:
        return values
    if pixels > 0:
        distance = _distance(values, pixels + 1)
        return np.asarray(np.clip(np.float32(pixels + 0.5) - distance, 0, 1), np.float32)
    return np.asarray(1 - _grown(np.asarray(1 - values, np.float32), -pixels), np.float32)


def _distance(covered: Floats, farthest: float) -> Floats:
    """Pixels from each pixel's middle to the shape's edge, where half is covered; 0 inside. What is
    farther away than `farthest` is only said to be so.

    To a fraction of a pixel: between the nearest covered pixel and the one beside it the edge runs
    where the coverage, taken as a ramp, passes one half."""
    outside = (covered < 0.5).astype(np.uint8)
    if outside.all():
        return np.full(covered.shape, 1e6, np.float32)
    rough, labels = cv2.distanceTransformWithLabels(
        outside, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    edge = np.zeros(int(labels.max()) + 1, np.intp)
    edge[labels[outside == 0]] = np.flatnonzero(outside == 0)
    y, x = np.nonzero((rough > 0) & (rough < farthest * _ROUGH + _SMOOTHED))
    near_y, near_x = np.divmod(edge[labels[y, x]], covered.shape[1])
    length = np.hypot(y - near_y, x - near_x)
    beside_y = near_y + np.rint((y - near_y) / length).astype(np.intp)
    beside_x = near_x + np.rint((x - near_x) / length).astype(np.intp)
    inner, outer = covered[near_y, near_x], covered[beside_y, beside_x]
    step = np.hypot(beside_y - near_y, beside_x - near_x)
    exact = np.asarray(rough, np.float32)
    exact[y, x] = length - step * (inner - 0.5) / np.maximum(inner - outer, 1e-3)
    exact = np.maximum(exact, 0)
    # Each ray has its own small error; a distance is smooth, so its neighbours take that away.
    smooth = np.asarray(cv2.GaussianBlur(exact, (0, 0), 1.2), np.float32)
    return np.where(exact > 4, smooth, exact)


def _blurred(values: Floats, sigma: float) -> Floats:
    if sigma < 0.2:
        return values
    return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma), np.float32)


def _tinted(values: Floats, colour: Colour) -> Pixels | None:
    """A colour, as opaque as `values` (0..1) say."""
    alpha = np.rint(values * np.float32(colour.alpha)).astype(np.uint8)
    if not alpha.any():
        return None
    share = alpha.astype(np.float32) * np.float32(1 / 255)
    planes = [np.rint(share * part).astype(np.uint8) for part in colour[2::-1]]
    return np.asarray(cv2.merge([*planes, alpha]))


_PAINTERS: Mapping[type, Callable[[Silhouette, Any, Rect], Pixels | None]] = MappingProxyType(
    {
        DropShadow: _drop,
        ContactShadow: _contact,
        CastShadow: _cast,
        Reflection: _reflection,
        Outline: _outline,
        Glow: _glow,
        ColourOverlay: _overlay,
    }
)
