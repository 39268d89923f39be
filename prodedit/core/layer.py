# SPDX-License-Identifier: Apache-2.0
"""Layers and what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from prodedit.core import effects, shape, warp
from prodedit.core.adjust.values import Adjustment
from prodedit.core.colour import Colour as Colour  # a part of what layers are made of
from prodedit.core.effects import Effect
from prodedit.core.fill import Fill as Fill
from prodedit.core.fill import GradientFill as GradientFill
from prodedit.core.fill import PatternFill as PatternFill
from prodedit.core.fill import SolidFill as SolidFill
from prodedit.core.geometry import IDENTITY, Rect, Size, Transform
from prodedit.core.shape import Shape, Stroke
from prodedit.core.text import Text
from prodedit.core.tiles import Tiles
from prodedit.core.warp import Warp

TRANSPARENCY: dict[str, Any] = {"type": "Transparency"}
"""In place of a task: of a mask that was a file's own transparency."""


@dataclass(frozen=True)
class Mask:
    """How much of a layer shows. The layer's pixels stay as they are.

    Its pixels lie on the layer's own, or of what has none of its own (fill, group, adjustment)
    on the canvas; `transform` maps them there where they do not (a mask that stayed behind when
    its layer moved, or one that was made for text or a shape).

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
    transform: Transform = IDENTITY
    linked: bool = True
    """Whether it moves with its layer."""

    @property
    def is_transparency(self) -> bool:
        """It came with the photo: what it hides was never to be seen."""
        return self.task == TRANSPARENCY

    def changed(self, change: Callable[[Tiles], Tiles]) -> Mask:
        """All of its pixels changed in the same way."""
        confidence = None if self.confidence is None else change(self.confidence)
        foreground = None if self.foreground is None else change(self.foreground)
        alpha = change(self.alpha)
        return replace(self, alpha=alpha, confidence=confidence, foreground=foreground)


@dataclass(frozen=True)
class PixelContent:
    tiles: Tiles


@dataclass(frozen=True)
class TextContent:
    """extent: what of the layer's plane the drawn text may touch, measured where it was set, since
    the fonts are known there."""

    text: Text
    extent: Rect


@dataclass(frozen=True)
class ShapeContent:
    shape: Shape
    fill: Fill | None = None
    stroke: Stroke | None = None


@dataclass(frozen=True)
class FillContent:
    """Covers the whole canvas. pattern: the picture of a PatternFill, 4 channels."""

    fill: Fill
    pattern: Tiles | None = None


@dataclass(frozen=True)
class AdjustmentContent:
    """Changes the colours of what lies below, over the whole canvas."""

    adjustment: Adjustment


@dataclass(frozen=True)
class GroupContent:
    """`layers` from the lowest to the topmost. An isolated group is composited on its own first;
    otherwise its layers meet what lies below the group (pass-through)."""

    layers: tuple[Layer, ...] = ()
    isolated: bool = True


Content = PixelContent | TextContent | ShapeContent | FillContent | AdjustmentContent | GroupContent


class Locks(NamedTuple):
    pixels: bool = False
    position: bool = False
    alpha: bool = False


UNLOCKED = Locks()


@dataclass(frozen=True)
class Layer:
    """id: unique in its document and stable; the photo a document began with is "photo".

    opacity is 0..1; blend is an id of BLEND_MODES; transform maps the layer's pixels to the canvas
    (fills, adjustments and groups ignore it), after `warp` has bent them. clip: the layer shows
    only where the next layer below that is not clipped itself does. made_by: the JSON of the Task
    whose result the layer is."""

    id: str
    name: str
    content: Content
    opacity: float = 1.0
    visible: bool = True
    locks: Locks = UNLOCKED
    blend: str = "normal"
    transform: Transform = IDENTITY
    mask: Mask | None = None
    clip: bool = False
    warp: Warp | None = None
    effects: tuple[Effect, ...] = ()
    made_by: dict[str, Any] | None = None

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

    @property
    def straight_bounds(self) -> Rect | None:
        """What it may touch of its own plane unwarped; None of what covers the canvas."""
        content = self.content
        if isinstance(content, PixelContent):
            return content.tiles.bounds
        if isinstance(content, TextContent):
            return content.extent
        if isinstance(content, ShapeContent):
            return shape.bounds(content.shape, content.stroke)
        return None

    @property
    def own_bounds(self) -> Rect | None:
        """What it may touch of its own plane; None of what covers the canvas."""
        own = self.straight_bounds
        return own if own is None or self.warp is None else warp.bounds(self.warp)

    def content_bounds(self, canvas: Size) -> Rect:
        """The part of the canvas' plane that the layer may touch without its effects."""
        own = self.own_bounds
        if own is None:
            return Rect.of(canvas)
        bounds = self.transform.map_rect(own)
        # A slanted edge is smoothed over the pixels on both sides of it.
        return bounds if self.transform.is_whole_shift and self.warp is None else bounds.inflate(1)

    def bounds(self, canvas: Size) -> Rect:
        """The part of the canvas' plane that the layer may touch."""
        bounds = self.content_bounds(canvas)
        return effects.reach(self.effects, bounds, bounds)


def clip_stacks(layers: Iterable[Layer]) -> Iterator[tuple[Layer, list[Layer]]]:
    """Each layer that is not clipped, with those that are clipped to it."""
    base: Layer | None = None
    clipped: list[Layer] = []
    for layer in layers:
        if layer.clip and base is not None:
            clipped.append(layer)
            continue
        if base is not None:
            yield base, clipped
        base, clipped = layer, []
    if base is not None:
        yield base, clipped
