# SPDX-License-Identifier: Apache-2.0
"""Edits that put something behind the product."""

from __future__ import annotations

from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.document import BACKGROUND, PHOTO, Document
from prodedit.core.edits.layers import EditTable, Inputs, existing, unlocked
from prodedit.core.geometry import IDENTITY, Rect, Size
from prodedit.core.layer import FillContent, GradientFill, Layer, PixelContent, SolidFill
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.core.values import Value

Pixels = NDArray[np.uint8]

_WORKING_SIDE = 1024
"""A blurred backdrop has no detail to lose: it is made at this size and enlarged."""


_MUCH_OVER = 8
"""How many times the canvas' pixels a covering picture may have."""


class PictureBackground(Value, frozen=True):
    """Input `picture` (4 channels), scaled to cover the canvas, cut evenly."""


class BlurredBackground(Value, frozen=True):
    """The photo's own surroundings out of focus; `strength` 0..1."""

    strength: float = 0.5


class SetBackground(Value, frozen=True):
    """What shows behind the cut-out; None: nothing, the picture is transparent there."""

    background: SolidFill | GradientFill | PictureBackground | BlurredBackground | None = None
    name: str = "Background"
    layer: str = PHOTO
    """The product's layer: its surroundings are what BlurredBackground blurs."""


def set_background(document: Document, edit: SetBackground, inputs: Inputs) -> Document:
    old = document.find(BACKGROUND)
    if old is not None:
        document = document.remove(unlocked(document, old.id, "pixels").id)
    if edit.background is None:
        return document
    content: PixelContent | FillContent
    if isinstance(edit.background, PictureBackground):
        content = PixelContent(_covering(inputs["picture"], document.size))
    elif isinstance(edit.background, BlurredBackground):
        content = PixelContent(_blurred(document, edit.layer, edit.background.strength))
    else:
        content = FillContent(edit.background)
    return document.insert(Layer(BACKGROUND, edit.name, content), None, 0)


def _covering(picture: Tiles, size: Size) -> Tiles:
    """`picture` enlarged or reduced to cover `size`, what is over cut off evenly."""
    picture = _without_much_over(picture, size)
    scale = max(size.width / picture.size.width, size.height / picture.size.height)
    width = max(size.width, round(picture.size.width * scale))
    height = max(size.height, round(picture.size.height * scale))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    scaled: Pixels = np.asarray(
        cv2.resize(picture.to_array(), (width, height), interpolation=method), np.uint8
    )
    x, y = (width - size.width) // 2, (height - size.height) // 2
    cut = scaled[y : y + size.height, x : x + size.width]
    cut[..., :3] = np.minimum(cut[..., :3], cut[..., 3:])  # cubic may overshoot its alpha
    return Tiles.from_array(cut)


def _without_much_over(picture: Tiles, size: Size) -> Tiles:
    """The middle of a picture that is far longer than `size` (a strip one pixel wide, as gradients
    are often kept): enlarged as a whole it would not fit into memory."""
    width, height = picture.size
    scale = max(size.width / width, size.height / height)
    if width * height * scale**2 <= _MUCH_OVER * size.area:
        return picture
    # Even numbers are taken away, so that the middle stays where it is; two pixels more on each
    # side are for the interpolation.
    left = max(0, int((width - size.width / scale) / 2) - 2)
    top = max(0, int((height - size.height / scale) / 2) - 2)
    middle = Rect(left, top, width - 2 * left, height - 2 * top)
    return Tiles.from_array(picture.to_array(middle))


def _blurred(document: Document, layer_id: str, strength: float) -> Tiles:
    layer = existing(document, layer_id)
    if layer.tiles is None or layer.mask is None:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "The layer “{name}” has no cut-out yet. Remove its background first."
            ),
            code="no-mask",
            name=layer.name,
        )
    small = layer.tiles.size.fit(_WORKING_SIDE)
    colour = cv2.resize(layer.tiles.to_array(), small, interpolation=cv2.INTER_AREA)
    alpha = cv2.resize(layer.mask.alpha.to_array(), small, interpolation=cv2.INTER_AREA)
    blurred = _surroundings(np.asarray(colour), np.asarray(alpha), strength)
    size = layer.tiles.size
    large = cv2.resize(blurred, size, interpolation=cv2.INTER_LINEAR)
    canvas = Tiles.from_array(np.asarray(large))
    if size == document.size and layer.transform == IDENTITY:
        return canvas
    return _covering(canvas, document.size)


def _surroundings(colour: Pixels, alpha: Pixels, strength: float) -> Pixels:
    """Blur only what is background: each pixel is weighted by how surely it is, so that the
    product's colour does not glow round its edge. Normalised convolution (Knutsson 1993)."""
    side = max(colour.shape[:2])
    sigma = side * (0.005 + 0.045 * min(1.0, max(0.0, strength)))
    weight = (np.asarray(cv2.dilate(alpha, np.ones((5, 5), np.uint8))) == 0).astype(np.float32)
    total = np.zeros(colour.shape[:2], np.float32)
    filled = np.zeros((*colour.shape[:2], 3), np.float32)
    for factor in (1, 4, 16):  # the wide ones reach the middle of a large product
        part = (sigma * factor, weight * 0.001 ** (factor // 4))
        total += _gauss(part[1], part[0])
        filled += _gauss(colour[..., :3].astype(np.float32) * part[1][..., None], part[0])
    known = total > 1e-12
    mean = colour[..., :3].mean(axis=(0, 1))
    result = np.where(known[..., None], filled / np.maximum(total, 1e-12)[..., None], mean)
    opaque = np.full((*colour.shape[:2], 1), 255, np.uint8)
    return np.concatenate([np.clip(result + 0.5, 0, 255).astype(np.uint8), opaque], axis=2)


def _gauss(array: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    """Gaussian blur; very wide ones on a reduced copy, where they look the same."""
    if sigma <= 24:
        blurred = cv2.GaussianBlur(array, (0, 0), sigma, borderType=cv2.BORDER_REFLECT)
        return np.asarray(blurred, np.float32)
    height, width = array.shape[:2]
    factor = sigma / 12
    small = (max(1, round(width / factor)), max(1, round(height / factor)))
    reduced = cv2.resize(array, small, interpolation=cv2.INTER_AREA)
    blurred = cv2.GaussianBlur(reduced, (0, 0), 12, borderType=cv2.BORDER_REFLECT)
    enlarged = cv2.resize(blurred, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(enlarged, np.float32)


BackgroundEdit = SetBackground
EDITS: EditTable = MappingProxyType(
    {
        SetBackground: (QT_TRANSLATE_NOOP("Edit", "Background"), set_background),
    }
)
