# SPDX-License-Identifier: Apache-2.0
"""Compositing as the standards write it down, one formula a line, in float64 and without haste.

What the program computes is held against this. Colours are straight, (h, w, 3) B, G, R in 0..1,
unless they are called premultiplied. Source: W3C Compositing and Blending Level 1, sections 5 to
10; for modes it lacks, Adobe's definitions as ISO 32000-2 and the PSD readers have them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from prodedit.core.document import Document
from prodedit.core.layer import FillContent, GroupContent, Layer, PixelContent, SolidFill

Doubles = NDArray[np.float64]
Bytes = NDArray[np.uint8]


def lum(c: Doubles) -> Doubles:
    return (c @ np.array([0.11, 0.59, 0.30]))[..., None]


def sat(c: Doubles) -> Doubles:
    return c.max(-1, keepdims=True) - c.min(-1, keepdims=True)


def clip_color(c: Doubles) -> Doubles:
    light, low, high = lum(c), c.min(-1, keepdims=True), c.max(-1, keepdims=True)
    with np.errstate(all="ignore"):
        c = np.where(low < -1e-12, light + (c - light) * light / (light - low), c)
        return np.where(high > 1 + 1e-12, light + (c - light) * (1 - light) / (high - light), c)


def set_lum(c: Doubles, light: Doubles) -> Doubles:
    return clip_color(c + (light - lum(c)))


def set_sat(c: Doubles, s: Doubles) -> Doubles:
    spread = sat(c)
    with np.errstate(all="ignore"):
        return np.where(spread > 1e-5, (c - c.min(-1, keepdims=True)) * s / spread, 0)


def dodge(b: Doubles, s: Doubles) -> Doubles:
    with np.errstate(all="ignore"):
        bright = np.where(s >= 1, 1.0, np.minimum(1, b / (1 - s)))
    return np.where(b <= 0, 0.0, bright)


def burn(b: Doubles, s: Doubles) -> Doubles:
    with np.errstate(all="ignore"):
        dark = np.where(s <= 0, 0.0, 1 - np.minimum(1, (1 - b) / s))
    return np.where(b >= 1, 1.0, dark)


def soft_light(b: Doubles, s: Doubles) -> Doubles:
    d = np.where(b <= 0.25, ((16 * b - 12) * b + 4) * b, np.sqrt(b))
    return np.where(s <= 0.5, b - (1 - 2 * s) * b * (1 - b), b + (2 * s - 1) * (d - b))


def hard_light(b: Doubles, s: Doubles) -> Doubles:
    return np.where(s <= 0.5, b * 2 * s, b + (2 * s - 1) - b * (2 * s - 1))


def divide(b: Doubles, s: Doubles) -> Doubles:
    with np.errstate(all="ignore"):
        return np.where(b <= 0, 0.0, np.where(s <= 0, 1.0, np.minimum(1, b / s)))


FORMULAS: dict[str, Callable[[Doubles, Doubles], Doubles]] = {
    "normal": lambda b, s: s,
    "darken": np.minimum,
    "multiply": lambda b, s: b * s,
    "color-burn": burn,
    "linear-burn": lambda b, s: np.maximum(0, b + s - 1),
    "darker-color": lambda b, s: np.where(lum(s) <= lum(b) + 1e-5, s, b),
    "lighten": np.maximum,
    "screen": lambda b, s: 1 - (1 - b) * (1 - s),
    "color-dodge": dodge,
    "linear-dodge": lambda b, s: np.minimum(1, b + s),
    "lighter-color": lambda b, s: np.where(lum(s) >= lum(b) - 1e-5, s, b),
    "overlay": lambda b, s: hard_light(s, b),
    "soft-light": soft_light,
    "hard-light": hard_light,
    "vivid-light": lambda b, s: np.where(
        s <= 0.5, burn(b, np.minimum(1, 2 * s)), dodge(b, np.maximum(0, 2 * s - 1))
    ),
    "linear-light": lambda b, s: np.clip(b + 2 * s - 1, 0, 1),
    "pin-light": lambda b, s: np.where(s <= 0.5, np.minimum(b, 2 * s), np.maximum(b, 2 * s - 1)),
    "hard-mix": lambda b, s: (b + s >= 1 - 1e-5).astype(float),
    "difference": lambda b, s: np.abs(b - s),
    "exclusion": lambda b, s: b + s - 2 * b * s,
    "subtract": lambda b, s: np.maximum(0, b - s),
    "divide": divide,
    "hue": lambda b, s: set_lum(set_sat(s, sat(b)), lum(b)),
    "saturation": lambda b, s: set_lum(set_sat(b, sat(s)), lum(b)),
    "color": lambda b, s: set_lum(s, lum(b)),
    "luminosity": lambda b, s: set_lum(b, lum(s)),
}


def over(backdrop: Doubles, source: Doubles, mode: str, opacity: float = 1.0) -> Doubles:
    """Both (h, w, 4) premultiplied B, G, R, A in 0..1."""
    source = source * opacity
    ab, as_ = backdrop[..., 3:], source[..., 3:]
    mixed = FORMULAS[mode](straight(backdrop), straight(source))
    colour = source[..., :3] * (1 - ab) + backdrop[..., :3] * (1 - as_) + as_ * ab * mixed
    return np.concatenate([colour, as_ + ab - as_ * ab], axis=-1)


def straight(pixels: Doubles) -> Doubles:
    with np.errstate(all="ignore"):
        colour = np.nan_to_num(pixels[..., :3] / pixels[..., 3:], nan=0, posinf=0)
    return np.minimum(colour, 1)


def composited(document: Document) -> Doubles:
    """The whole canvas, premultiplied 0..1. Layers may be moved by whole pixels only."""
    empty = np.zeros((document.size.height, document.size.width, 4))
    return _levels(empty, document.layers)


def as_bytes(pixels: Doubles) -> NDArray[np.int64]:
    return np.rint(pixels * 255).astype(np.int64)


def _levels(backdrop: Doubles, layers: tuple[Layer, ...]) -> Doubles:
    for layer in layers:
        if layer.visible:
            backdrop = _with_layer(backdrop, layer)
    return backdrop


def _with_layer(backdrop: Doubles, layer: Layer) -> Doubles:
    if isinstance(layer.content, GroupContent):
        if not layer.content.isolated:
            inner = _levels(backdrop, layer.content.layers)
            share = _mask(layer, backdrop) * layer.opacity
            return backdrop + (inner - backdrop) * share
        inner = _levels(np.zeros_like(backdrop), layer.content.layers)
    else:
        inner = _pixels(layer, backdrop)
    return over(backdrop, inner * _mask(layer, backdrop), layer.blend, layer.opacity)


def _pixels(layer: Layer, like: Doubles) -> Doubles:
    if isinstance(layer.content, FillContent):
        assert isinstance(layer.content.fill, SolidFill)
        red, green, blue, alpha = layer.content.fill.colour
        colour = np.array([blue, green, red, 255]) * (alpha / 255 / 255)
        return np.broadcast_to(colour, like.shape)
    assert isinstance(layer.content, PixelContent)
    own = layer.content.tiles.to_array().astype(float)
    if layer.mask is not None and layer.mask.enabled and layer.mask.foreground is not None:
        paint = layer.mask.foreground.to_array()
        own = np.where(paint[..., 3:] > 0, paint, own)
    return placed(own / 255, layer, like)


def _mask(layer: Layer, like: Doubles) -> Doubles:
    if layer.mask is None or not layer.mask.enabled:
        return np.ones((*like.shape[:2], 1))
    alpha = layer.mask.alpha.to_array()[..., None] / 255
    return placed(alpha, layer, like) if isinstance(layer.content, PixelContent) else alpha


def placed(own: Doubles, layer: Layer, like: Doubles) -> Doubles:
    """`own` moved to where the layer stands, on a canvas of the size of `like`."""
    dx, dy = int(layer.transform.dx), int(layer.transform.dy)
    height, width = like.shape[:2]
    canvas = np.zeros((height, width, own.shape[2]))
    left, top = max(0, dx), max(0, dy)
    right, bottom = min(width, dx + own.shape[1]), min(height, dy + own.shape[0])
    if left < right and top < bottom:
        canvas[top:bottom, left:right] = own[top - dy : bottom - dy, left - dx : right - dx]
    return canvas
