# SPDX-License-Identifier: Apache-2.0
"""Layers and what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from prodedit.core.colour import Colour as Colour  # a part of what layers are made of
from prodedit.core.geometry import IDENTITY, Rect, Size, Transform
from prodedit.core.tiles import Tiles
from prodedit.core.values import Value


class SolidFill(Value, frozen=True):
    colour: Colour


class GradientFill(Value, frozen=True):
    """From `start` to `end`: linear along `angle` (degrees, 0 = to the right, 90 = downwards),
    corner to corner; radial from the middle to the farthest corner."""

    start: Colour
    end: Colour
    angle: float = 90.0
    shape: Literal["linear", "radial"] = "linear"


Fill = SolidFill | GradientFill


@dataclass(frozen=True)
class Mask:
    """How much of a layer shows, in the layer's own pixels. The layer's pixels stay as they are.

    alpha:      1 channel, 0 = hidden, 255 = shown.
    confidence: 1 channel, 255 = certain, 0 = a coin's toss; None where a person drew the mask.
    foreground: sparse BGRA, opaque where the product's own colour was computed anew (the soft
                band), zero elsewhere; painted over the layer's pixels before alpha applies.
    score:      0..1, how far the cut-out may be trusted; task: the JSON of what made it.
    """

    alpha: Tiles
    confidence: Tiles | None = None
    foreground: Tiles | None = None
    score: float | None = None
    task: dict[str, Any] | None = None
    enabled: bool = True


@dataclass(frozen=True)
class PixelContent:
    tiles: Tiles


@dataclass(frozen=True)
class FillContent:
    """Covers the whole canvas."""

    fill: Fill


@dataclass(frozen=True)
class GroupContent:
    """`layers` from the lowest to the topmost. An isolated group is composited on its own first;
    otherwise its layers meet what lies below the group (pass-through)."""

    layers: tuple[Layer, ...] = ()
    isolated: bool = True


Content = PixelContent | FillContent | GroupContent


class Locks(NamedTuple):
    pixels: bool = False
    position: bool = False
    alpha: bool = False


UNLOCKED = Locks()


@dataclass(frozen=True)
class Layer:
    """id: unique in its document and stable; the photo a document began with is "photo".

    opacity is 0..1; blend is an id of BLEND_MODES; transform maps the layer's pixels to the canvas
    (FillContent and GroupContent ignore it)."""

    id: str
    name: str
    content: Content
    opacity: float = 1.0
    visible: bool = True
    locks: Locks = UNLOCKED
    blend: str = "normal"
    transform: Transform = IDENTITY
    mask: Mask | None = None

    @property
    def tiles(self) -> Tiles | None:
        return self.content.tiles if isinstance(self.content, PixelContent) else None

    @property
    def children(self) -> tuple[Layer, ...]:
        return self.content.layers if isinstance(self.content, GroupContent) else ()

    def with_children(self, layers: tuple[Layer, ...]) -> Layer:
        assert isinstance(self.content, GroupContent)
        return replace(self, content=replace(self.content, layers=layers))

    def walk(self) -> Iterator[Layer]:
        """This layer and all below it in the tree."""
        yield self
        for child in self.children:
            yield from child.walk()

    def bounds(self, canvas: Size) -> Rect:
        """The part of the canvas' plane that the layer may touch."""
        if isinstance(self.content, PixelContent):
            bounds = self.transform.map_rect(self.content.tiles.bounds)
            # A slanted edge is smoothed over the pixels on both sides of it.
            return bounds if self.transform.is_whole_shift else bounds.inflate(1)
        return Rect.of(canvas)
