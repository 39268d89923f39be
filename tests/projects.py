# SPDX-License-Identifier: Apache-2.0
"""Documents for tests of project file and journal, and a baker that needs no compositor."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.document import Document
from prodedit.core.geometry import Rect, Size, Transform
from prodedit.core.layer import (
    Colour,
    FillContent,
    GradientFill,
    GroupContent,
    Layer,
    Mask,
    PixelContent,
    SolidFill,
)
from prodedit.core.pixels import premultiply, scale
from prodedit.core.tiles import Tiles

Pixels = NDArray[np.uint8]


def photo(width: int, height: int, seed: int = 0) -> Pixels:
    """(h, w, 4) opaque BGRA: smooth, with a little noise, as photos are."""
    random = np.random.default_rng(seed)
    small = random.integers(0, 256, (max(2, height // 40), max(2, width // 40), 3), np.uint8)
    picture = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.int16)
    picture += random.integers(-3, 4, picture.shape, np.int16)
    return np.dstack(
        [np.clip(picture, 0, 255).astype(np.uint8), np.full((height, width), 255, np.uint8)]
    )


def soft(width: int, height: int, seed: int = 0) -> Pixels:
    """(h, w, 4) premultiplied BGRA of every alpha, with noise in the colours."""
    random = np.random.default_rng(seed)
    return premultiply(random.integers(0, 256, (height, width, 4), np.uint8))


def disc(width: int, height: int) -> Pixels:
    """(h, w) a soft disc."""
    mask = np.zeros((height, width), np.uint8)
    cv2.circle(mask, (width // 2, height // 2), min(width, height) // 3, 255, -1)
    return np.asarray(cv2.GaussianBlur(mask, (9, 9), 0))


def cut_out(width: int, height: int) -> Mask:
    """A mask with everything a network gives."""
    alpha = disc(width, height)
    band = ((alpha > 0) & (alpha < 255))[..., None]
    return Mask(
        alpha=Tiles.from_array(alpha),
        confidence=Tiles.from_array(255 - (alpha >> 2)),
        foreground=Tiles.from_array(np.where(band, photo(width, height, 9), 0).astype(np.uint8)),
        score=0.875,
        task={"type": "RemoveBackground", "model": "auto", "refine": True},
    )


def document(width: int = 700, height: int = 600) -> Document:
    """One layer of each kind that a project file treats differently."""
    size = Size(width, height)
    tiles = Tiles.from_array(photo(width, height))
    group = GroupContent(
        (
            Layer("shift", "moved", PixelContent(Tiles.from_array(soft(300, 280, 1))),
                  opacity=0.5, transform=Transform(dx=-20, dy=40)),
            Layer("turned", "turned", PixelContent(Tiles.from_array(photo(200, 100, 2))),
                  transform=Transform(0.8, 0.6, -0.6, 0.8, 200, 100), blend="multiply"),
        ),
        isolated=False,
    )  # fmt: skip
    return Document(
        size,
        (
            Layer("back", "Verlauf", FillContent(GradientFill(Colour(255, 0, 0), Colour(0, 0, 9)))),
            Layer("photo", "产品 <&> 🛍", PixelContent(tiles), mask=cut_out(width, height)),
            Layer("hidden", "hidden", PixelContent(tiles), visible=False, blend="screen"),
            Layer("group", "Gruppe", group, opacity=0.75),
            Layer("masked", "masked group", GroupContent((
                Layer("inner", "inner", PixelContent(Tiles.from_array(soft(50, 40, 3)))),
            )), mask=Mask(Tiles.from_array(disc(width, height)))),
            Layer("odd", "odd mode", FillContent(SolidFill(Colour(9, 200, 30, 128))),
                  blend="exclusion"),
        ),
        selection=Tiles.from_array(disc(width, height)),
    )  # fmt: skip


class Baker:
    """Bakes without transforms and modes: enough where only the file is looked at."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.baked: list[str] = []

    def merged(self, rect: Rect) -> Pixels:
        self.baked.append("merged")
        whole = np.zeros((rect.height, rect.width, 4), np.uint8)
        for layer in self._document.walk():
            if layer.visible:
                _over(whole, self._pixels(layer, rect))
        return whole

    def layer(self, layer: Layer, rect: Rect, as_normal: bool) -> Pixels:
        self.baked.append(layer.id)
        return self._pixels(layer, rect)

    def _pixels(self, layer: Layer, rect: Rect) -> Pixels:
        pixels = np.zeros((rect.height, rect.width, 4), np.uint8)
        if isinstance(layer.content, FillContent):
            pixels[:] = (40, 80, 120, 255)
        elif layer.tiles is not None:
            dx, dy = round(layer.transform.dx), round(layer.transform.dy)
            pixels = layer.tiles.to_array(rect.translate(-dx, -dy))
            if layer.mask is not None and layer.mask.enabled:
                alpha = layer.mask.alpha.to_array(rect.translate(-dx, -dy))
                pixels = np.dstack([scale(pixels[..., c], alpha) for c in range(4)])
        return pixels


def painted(before: Document, layer_id: str, x: int, y: int, seed: int = 0) -> Document:
    """The document after a dab of 40 x 40 pixels on one layer."""
    dab = photo(40, 40, seed + 50)

    def paint(layer: Layer) -> Layer:
        assert layer.tiles is not None
        return replace(layer, content=PixelContent(layer.tiles.paste(dab, x, y)))

    return before.replace_layer(layer_id, paint)


def differences(one: Document, other: Document) -> list[str]:
    """What is not the same in two documents, to the last bit of every pixel."""
    found = [] if one.size == other.size else ["size"]
    if not _same(one.selection, other.selection):
        found.append("selection")
    a, b = list(one.walk()), list(other.walk())
    if [layer.id for layer in a] != [layer.id for layer in b]:
        return [*found, "layers"]
    return found + [x.id for x, y in zip(a, b, strict=True) if not _same_layer(x, y)]


def _same_layer(a: Layer, b: Layer) -> bool:
    if (a.mask is None) != (b.mask is None) or type(a.content) is not type(b.content):
        return False
    if a.mask is not None and b.mask is not None:
        names = ("alpha", "confidence", "foreground")
        if not all(_same(getattr(a.mask, n), getattr(b.mask, n)) for n in names):
            return False
        plain = ("score", "task", "enabled")
        if any(getattr(a.mask, n) != getattr(b.mask, n) for n in plain):
            return False
    if isinstance(a.content, GroupContent) and isinstance(b.content, GroupContent):
        same_content = a.content.isolated == b.content.isolated
    elif a.tiles is not None:
        same_content = _same(a.tiles, b.tiles)
    else:
        same_content = a.content == b.content
    fields = ("name", "opacity", "visible", "locks", "blend", "transform")
    return same_content and all(getattr(a, n) == getattr(b, n) for n in fields)


def _same(a: Tiles | None, b: Tiles | None) -> bool:
    if a is None or b is None:
        return a is b
    return (a.size, a.channels) == (b.size, b.channels) and np.array_equal(
        a.to_array(), b.to_array()
    )


def _over(below: Pixels, above: Pixels) -> None:
    rest = 255 - above[..., 3]
    for channel in range(4):
        below[..., channel] = above[..., channel] + scale(below[..., channel], rest)
