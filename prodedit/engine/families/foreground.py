# SPDX-License-Identifier: Apache-2.0
"""The product's own colour in the soft band of a cut-out, without the old background's light.

Fast multi-level foreground estimation (Germer, Uelwer, Conrad, Harmeling, 2020, arXiv 2006.14970):
colours of product F and background B that explain each pixel, alpha F + (1 - alpha) B, and vary
slowly where alpha does, relaxed on a pyramid from coarse to fine. Here only the band is relaxed,
as lists of pixels, on a reduced picture; each soft pixel of the full picture then takes its share
of what the smooth colours leave unexplained.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.engine.families.reduced import Reduced, scaled
from prodedit.engine.families.soft_tiles import Span, soft_tiles

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_ENOUGH = 640  # long side at which the smooth colours are estimated
_SMALLEST = 6  # stop halving here
_WHOLE = 48  # up to this side every pixel is relaxed, above it the band alone
_ROUNDS_SMALL, _ROUNDS_LARGE = 10, 2
_STIFFNESS, _GRADIENT_STIFFNESS = 1e-5, 0.1
_HARD = 1.5 / 255


class Colours(NamedTuple):
    """Smooth colours (h, w, 3), 0..1, of product and background; only the soft band is meant."""

    product: Floats
    background: Floats


def foreground(picture: Reduced, alpha: Bytes, matte: Floats | None = None) -> Bytes:
    """(h, w, 4) opaque premultiplied BGRA where 0 < alpha < 255, all zero elsewhere.

    `alpha` (h, w) uint8 of the picture's size; `matte`: the same (h', w') 0..1 at working size,
    where it is at hand. The smooth colours are estimated on its smaller
    copy: they carry no detail of their own. Tiles without an edge are never written, so a sparse
    result takes little memory.
    """
    height, width = alpha.shape
    result = np.zeros((height, width, 4), np.uint8)
    spans = list(soft_tiles(alpha))
    if not spans:
        return result
    scale = min(1.0, _ENOUGH / max(picture.size))
    size = (max(1, round(picture.size[0] * scale)), max(1, round(picture.size[1] * scale)))
    if matte is None:
        matte = _bytes_to_unit(scaled(alpha, picture.size, cv2.INTER_AREA))
    matte = scaled(matte, size, cv2.INTER_AREA)
    small = scaled(picture.small, size, cv2.INTER_AREA)
    colours = estimate_colours(_bytes_to_unit(small[..., :3]), matte)
    for span in spans:
        _fill(result, picture.source, alpha, colours, span)
    return result


def _bytes_to_unit(values: NDArray[np.integer[Any]]) -> Floats:
    unit: Floats = np.multiply(values, 1 / 255, dtype=np.float32)
    return unit


def estimate_colours(picture: Floats, alpha: Floats) -> Colours:
    """Smooth product and background colours for a picture (h, w, 3) and alpha (h, w), 0..1."""
    levels = list(_pyramid(picture, alpha))
    product, background = _mean_colours(*levels[-1])
    for image, matte in reversed(levels):
        size = (matte.shape[1], matte.shape[0])
        product = scaled(product, size, cv2.INTER_LINEAR)
        background = scaled(background, size, cv2.INTER_LINEAR)
        np.copyto(product, image, where=(matte >= 1 - _HARD)[..., None])
        np.copyto(background, image, where=(matte <= _HARD)[..., None])
        small = max(size) <= _WHOLE
        band = np.arange(matte.size) if small else _band(matte)
        rounds = _ROUNDS_SMALL if small else _ROUNDS_LARGE
        _relax(product, background, image, matte, band, rounds)
    return Colours(product, background)


def _pyramid(picture: Floats, alpha: Floats) -> Iterator[tuple[Floats, Floats]]:
    while True:
        yield picture, alpha
        height, width = alpha.shape
        if max(height, width) <= _SMALLEST:
            return
        size = (max(1, (width + 1) // 2), max(1, (height + 1) // 2))
        picture = scaled(picture, size, cv2.INTER_AREA)
        alpha = scaled(alpha, size, cv2.INTER_AREA)


def _mean_colours(image: Floats, alpha: Floats) -> tuple[Floats, Floats]:
    product, background = np.empty_like(image), np.empty_like(image)
    product[:] = np.average(image.reshape(-1, 3), 0, alpha.ravel() + 1e-4)
    background[:] = np.average(image.reshape(-1, 3), 0, 1 - alpha.ravel() + 1e-4)
    return product, background


def _band(alpha: Floats) -> NDArray[np.intp]:
    """Flat indices of soft pixels and those beside them."""
    soft = np.asarray((alpha > _HARD) & (alpha < 1 - _HARD), np.uint8)
    return np.flatnonzero(cv2.dilate(soft, np.ones((3, 3), np.uint8)))


def _relax(
    product: Floats,
    background: Floats,
    image: Floats,
    alpha: Floats,
    band: NDArray[np.intp],
    rounds: int,
) -> None:
    """Jacobi rounds on the pixels of `band`, in place: a 2 x 2 system per pixel and channel."""
    neighbours = _neighbours(band, *alpha.shape)
    flat, f, b = alpha.ravel(), product.reshape(-1, 3), background.reshape(-1, 3)
    a = flat[band]
    stiff = [_STIFFNESS + _GRADIENT_STIFFNESS * np.abs(a - flat[n]) for n in neighbours]
    total = np.sum(stiff, axis=0)
    a00, a01, a11 = a * a + total, a * (1 - a), (1 - a) ** 2 + total
    inverse = 1 / (a00 * a11 - a01 * a01)
    seen = image.reshape(-1, 3)[band]
    own_f, own_b = a[:, None] * seen, (1 - a)[:, None] * seen
    m00, m01, m11 = ((m * inverse)[:, None] for m in (a11, a01, a00))
    for _ in range(rounds):
        want_f, want_b = own_f.copy(), own_b.copy()
        for weight, place in zip(stiff, neighbours, strict=True):
            want_f += weight[:, None] * f[place]
            want_b += weight[:, None] * b[place]
        f[band] = np.clip(m00 * want_f - m01 * want_b, 0, 1)
        b[band] = np.clip(m11 * want_b - m01 * want_f, 0, 1)


def _neighbours(band: NDArray[np.intp], height: int, width: int) -> list[NDArray[np.intp]]:
    """Flat indices left, right, above and below, clamped at the frame."""
    y, x = np.divmod(band, width)
    return [
        y * width + np.maximum(x - 1, 0),
        y * width + np.minimum(x + 1, width - 1),
        np.maximum(y - 1, 0) * width + x,
        np.minimum(y + 1, height - 1) * width + x,
    ]


def _fill(result: Bytes, picture: Bytes, alpha: Bytes, colours: Colours, span: Span) -> None:
    """Write the soft pixels of one tile of the full picture."""
    soft = alpha[span.slices]
    a = cv2.merge([soft.astype(np.float32) * np.float32(1 / 255)] * 3)
    f = span.sample(colours.product, alpha.shape)
    b = span.sample(colours.background, alpha.shape)
    unexplained = picture[span.slices][..., :3] * np.float32(1 / 255) - b - a * (f - b)
    own = f + unexplained * (a / (a * a + (1 - a) ** 2))
    filled = np.full((*soft.shape, 4), 255, np.uint8)
    filled[..., :3] = np.clip(own * 255 + 0.5, 0, 255)
    cv2.copyTo(filled, cv2.inRange(soft, np.array(1), np.array(254)), result[span.slices])
