# SPDX-License-Identifier: Apache-2.0
"""Pixels that are bent: in perspective, or by a mesh.

For each canvas pixel the place in the layer's own plane is found, and the picture is looked up
there between two reduced sizes of it (trilinear), so that nothing flickers where it shrinks and
no seam shows where the reduction changes. Edges are cut off by coverage, as with plain transforms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from math import ceil, floor
from types import MappingProxyType
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect, Transform
from prodedit.core.mesh import Floats, mesh_places
from prodedit.core.resample import faded, reduced
from prodedit.core.tiles import Pixels
from prodedit.core.warp import MeshWarp, Perspective, Warp

OwnPixels = Callable[[Rect], Pixels]
"""The unbent layer's own pixels in a rectangle of its plane: (h, w, 4) premultiplied, or (h, w)."""
Plane = tuple[Transform, Rect]
"""How the plane that is bent lies on that of the pixels, and what there is of those."""

_SLENDER = 4.0
"""A pixel that is seen so much more from one side is sharp along the other one no more."""
_SHARP = 0.5
"""Levels of reduction later than a picture would shrink: a little sharper, not yet flickering."""
_COARSEST = 8
_APART = 8
"""Pixels between those at which the slopes are known."""


def bent(
    warp: Warp | None,
    transform: Transform,
    own: Rect,
    pixels: OwnPixels,
    area: Rect,
    *,
    on: Plane | None = None,
    finely: bool = False,
    channels: tuple[int, ...] = (4,),
) -> Pixels:
    """(h, w, *channels) of `area` of the canvas. own: what the unbent layer covers of its plane.

    on: where the pixels lie in another plane than that which is bent. finely: bicubic where nothing
    shrinks, for pixels that stay so (R. Keys, "Cubic convolution interpolation", 1981)."""
    u, v = _PLACES[type(warp)](warp, transform, own, area)
    if on is not None:
        (a, b, c, d, dx, dy), own = on
        one, other = a * u + c * v + dx, b * u + d * v + dy
        u, v = one.astype(np.float32), other.astype(np.float32)
    slopes = _slopes(u, v)
    cover = _cover(u, v, own, slopes)
    if cover is not None and not cover.any():
        return np.zeros((area.height, area.width, *channels), np.uint8)
    levels = _levels(slopes)
    first, last = floor(float(levels.min())), ceil(float(levels.max()))
    look = partial(_looked_up, pixels, own, u, v, finely=finely)
    if first == last and cover is None:
        return look(None, first, channels)
    if first == last and cover is not None:
        return np.asarray(faded(look(_seen(cover), first, channels), cover), np.uint8)
    level, found = _at_each(levels, u), None
    for number in range(first, last + 1):
        weight = np.clip(1 - np.abs(level - number), 0, 1)
        weight = weight if cover is None else weight * cover
        seen = _seen(weight)
        if seen.any():
            part = faded(look(seen, number, channels), weight, cv2.CV_32F)
            found = part if found is None else cv2.add(found, part, dst=found)
    assert found is not None  # somewhere it is covered, and each place has a level
    return np.asarray(cv2.convertScaleAbs(found))


def _seen(weight: Floats) -> NDArray[np.uint8]:
    return (weight > 0).view(np.uint8)


def _looked_up(
    pixels: OwnPixels,
    own: Rect,
    u: Floats,
    v: Floats,
    seen: NDArray[np.uint8] | None,
    level: int,
    channels: tuple[int, ...],
    *,
    finely: bool,
) -> Pixels:
    """The picture at (u, v), reduced `level` times by halves. seen: where it counts; None: all."""
    step = 1 << level
    (left, right), (top, bottom) = (cv2.minMaxLoc(one, seen)[:2] for one in (u, v))
    near = Rect.between(left, top, right, bottom).inflate(2 * step)
    region = _whole_steps(near.intersect(own), step, own)
    if region.is_empty:
        return np.zeros((*u.shape, *channels), np.uint8)
    source = reduced(pixels(region), step)
    x = (u - np.float32(region.x)) / np.float32(step) - np.float32(0.5)
    y = (v - np.float32(region.y)) / np.float32(step) - np.float32(0.5)
    how = cv2.INTER_CUBIC if finely and level == 0 else cv2.INTER_LINEAR
    return np.asarray(cv2.remap(source, x, y, how, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _whole_steps(near: Rect, step: int, own: Rect) -> Rect:
    if near.is_empty:
        return near
    x, y = near.x // step * step, near.y // step * step
    right = min(max(own.right, x + step), ceil(near.right / step) * step)
    bottom = min(max(own.bottom, y + step), ceil(near.bottom / step) * step)
    return Rect(x, y, right - x, bottom - y)


class _Slopes(NamedTuple):
    """How much the places change from one pixel to the next, to the right and downwards: at every
    few pixels, since that itself changes slowly."""

    u_across: Floats
    u_down: Floats
    v_across: Floats
    v_down: Floats


def _slopes(u: Floats, v: Floats) -> _Slopes:
    step = max(1, min(_APART, u.shape[0] // 4, u.shape[1] // 4))
    first = step // 2
    along = np.gradient(
        np.stack([u[first::step, first::step], v[first::step, first::step]]), step, axis=(1, 2)
    )
    down, across = (np.asarray(one, np.float32) for one in along)
    return _Slopes(across[0], down[0], across[1], down[1])


def _at_each(values: Floats, pixels: Floats) -> Floats:
    """Between those few pixels, for each one."""
    size = (pixels.shape[1], pixels.shape[0])
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_LINEAR), np.float32)


def _cover(u: Floats, v: Floats, own: Rect, slopes: _Slopes) -> Floats | None:
    """How much of each pixel the picture covers, 0..1; None: all of all."""
    du = np.hypot(slopes.u_across, slopes.u_down)
    dv = np.hypot(slopes.v_across, slopes.v_down)
    if _is_within(u, own.x, own.right, du) and _is_within(v, own.y, own.bottom, dv):
        return None
    across = _within(u - np.float32(own.x), own.width, _at_each(du, u))
    return across * _within(v - np.float32(own.y), own.height, _at_each(dv, v))


def _is_within(position: Floats, low: int, high: int, pixel: Floats) -> bool:
    half = 0.5 * float(pixel.max())
    return float(position.min()) - half >= low and float(position.max()) + half <= high


def _levels(slopes: _Slopes) -> Floats:
    """How often the picture is halved before it is looked up, at those few pixels."""
    one = np.hypot(slopes.u_across, slopes.v_across)
    other = np.hypot(slopes.u_down, slopes.v_down)
    larger, smaller = np.maximum(one, other), np.minimum(one, other)
    shrunk = np.minimum(larger, np.maximum(smaller, 1e-6) * _SLENDER)
    levels = np.log2(np.maximum(shrunk, 1e-6)) - _SHARP
    return np.asarray(np.clip(levels, 0, _COARSEST), np.float32)


def _within(position: Floats, length: int, pixel: Floats) -> Floats:
    """The share of a canvas pixel, `pixel` wide in the layer, that lies in 0..length."""
    width = np.maximum(pixel, np.float32(1e-6))
    if float(width.max()) <= length:  # no pixel reaches over both ends: the nearer one cuts it
        nearer = np.minimum(position, np.float32(length) - position)
        nearer /= width
        nearer += np.float32(0.5)
        return np.asarray(np.clip(nearer, 0, 1, out=nearer), np.float32)
    left = np.clip(position / width + 0.5, 0, 1)
    right = np.clip((length - position) / width + 0.5, 0, 1)
    return np.asarray(np.clip(left + right - 1, 0, 1), np.float32)


def _plain(warp: None, transform: Transform, own: Rect, area: Rect) -> tuple[Floats, Floats]:
    del warp, own
    a, b, c, d, dx, dy = transform.inverse()
    x = area.x + np.arange(area.width) + 0.5
    y = (area.y + np.arange(area.height) + 0.5)[:, None]
    return (a * x + c * y + dx).astype(np.float32), (b * x + d * y + dy).astype(np.float32)


def _perspective(
    warp: Perspective, transform: Transform, own: Rect, area: Rect
) -> tuple[Floats, Floats]:
    corners = [transform.map(corner) for corner in warp.corners]
    source = [(own.x, own.y), (own.right, own.y), (own.right, own.bottom), (own.x, own.bottom)]
    back = cv2.getPerspectiveTransform(
        np.array(corners, np.float32) - np.array((area.x, area.y), np.float32),
        np.array(source, np.float32),
    )
    x = np.arange(area.width) + 0.5
    y = (np.arange(area.height) + 0.5)[:, None]
    depth = back[2, 0] * x + (back[2, 1] * y + back[2, 2])
    across = back[0, 0] * x + (back[0, 1] * y + back[0, 2])
    down = back[1, 0] * x + (back[1, 1] * y + back[1, 2])
    # Behind the horizon nothing is seen; the layer itself gives the sign of "in front".
    middle = np.linalg.inv(back) @ (own.x + own.width / 2, own.y + own.height / 2, 1)
    front = np.sign((back @ (middle / middle[2]))[2])
    nearest = depth.min() if front > 0 else -depth.max()
    if nearest > 1e-12:
        return (across / depth).astype(np.float32), (down / depth).astype(np.float32)
    outside = depth * front <= 1e-12
    depth[outside] = np.inf
    far = own.x - 4.0 * max(own.width, own.height)
    u, v = (np.where(outside, far, one / depth) for one in (across, down))
    return u.astype(np.float32), v.astype(np.float32)


_PLACES: Mapping[type, Callable[[Any, Transform, Rect, Rect], tuple[Floats, Floats]]] = (
    MappingProxyType({type(None): _plain, Perspective: _perspective, MeshWarp: mesh_places})
)
