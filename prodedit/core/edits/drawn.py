# SPDX-License-Identifier: Apache-2.0
"""Edits of what is drawn and not stored: text and shapes, until they become pixels."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from types import MappingProxyType
from typing import Any

import msgspec

from prodedit.core.document import Document
from prodedit.core.edits.layers import EditTable, Inputs, added, misfit, unlocked
from prodedit.core.fill import Fill, PatternFill
from prodedit.core.geometry import Rect, Transform
from prodedit.core.layer import (
    AdjustmentContent,
    GroupContent,
    Layer,
    Mask,
    PixelContent,
    ShapeContent,
    TextContent,
)
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.shape import PolygonShape, Shape, Stroke
from prodedit.core.text import Text
from prodedit.core.tiles import Tiles
from prodedit.core.values import Value, to_json

LONGEST_TEXT = 20_000
"""Letters: a leaflet. Beyond it a text can't be set while somebody types."""
SIZE_LEAST, SIZE_MOST = 1.0, 10_000.0
"""Of letters, in pixels."""
SIDES_LEAST, SIDES_MOST = 3, 100
_FARTHEST = 1_000_000.0
"""No length is longer, in pixels."""


class AddTextLayer(Value, frozen=True):
    """A new layer whose text begins at (x, y) of the canvas. extent: see TextContent."""

    layer: str
    name: str
    text: Text
    extent: Rect
    x: float = 0.0
    y: float = 0.0
    parent: str | None = None
    index: int = 1 << 30


class SetText(Value, frozen=True):
    """Other words, or the same in another font. extent: see TextContent; shift: how far the layer
    moves along its own lines, so that text of another alignment stays where it is."""

    layer: str
    text: Text
    extent: Rect
    shift: float = 0.0


class AddShapeLayer(Value, frozen=True):
    """A new layer whose shape's own plane begins at (x, y) of the canvas."""

    layer: str
    name: str
    shape: Shape
    fill: Fill | None = None
    stroke: Stroke | None = None
    x: float = 0.0
    y: float = 0.0
    parent: str | None = None
    index: int = 1 << 30


class SetShape(Value, frozen=True):
    layer: str
    shape: Shape
    fill: Fill | None = None
    stroke: Stroke | None = None


class Rasterise(Value, frozen=True):
    """What was drawn or bent becomes plain pixels at (x, y) of the canvas.

    Input `pixels`: 4 channels, without the mask; input `alpha`: the mask on them, where there is
    one. Made by render.rasterise."""

    layer: str
    x: int
    y: int


def add_text_layer(document: Document, edit: AddTextLayer, inputs: Inputs) -> Document:
    content = TextContent(_sound_text(edit.text), edit.extent)
    layer = Layer(edit.layer, edit.name, content, transform=_at(edit.x, edit.y))
    return added(document, layer, edit.parent, edit.index)


def set_text(document: Document, edit: SetText, inputs: Inputs) -> Document:
    layer = unlocked(document, edit.layer, "pixels")
    if not isinstance(layer.content, TextContent):
        raise misfit(edit.layer)
    content = TextContent(_sound_text(edit.text), edit.extent)
    if content == layer.content and not edit.shift:
        return document
    place = layer.transform.after(Transform(dx=_sound(edit.shift)))
    return document.replace_layer(
        edit.layer, lambda old: replace(old, content=content, transform=place)
    )


def add_shape_layer(document: Document, edit: AddShapeLayer, inputs: Inputs) -> Document:
    content = _sound_shape(edit.shape, edit.fill, edit.stroke)
    layer = Layer(edit.layer, edit.name, content, transform=_at(edit.x, edit.y))
    return added(document, layer, edit.parent, edit.index)


def set_shape(document: Document, edit: SetShape, inputs: Inputs) -> Document:
    layer = unlocked(document, edit.layer, "pixels")
    if not isinstance(layer.content, ShapeContent):
        raise misfit(edit.layer)
    content = _sound_shape(edit.shape, edit.fill, edit.stroke)
    if content == layer.content:
        return document
    return document.replace_layer(edit.layer, lambda old: replace(old, content=content))


def rasterise(document: Document, edit: Rasterise, inputs: Inputs) -> Document:
    layer = unlocked(document, edit.layer, "pixels")
    if isinstance(layer.content, GroupContent | AdjustmentContent):
        raise misfit(edit.layer)
    pixels, alpha = inputs["pixels"], inputs.get("alpha")
    if pixels.channels != 4 or (alpha is not None and alpha.size != pixels.size):
        raise ValueError(f"pixels of {pixels.channels} channels, or a mask of another size")

    def change(old: Layer) -> Layer:
        mask = None if alpha is None else _mask(old, alpha)
        place = Transform(dx=edit.x, dy=edit.y)
        return replace(old, content=PixelContent(pixels), transform=place, warp=None, mask=mask)

    return document.replace_layer(edit.layer, change)


def _mask(old: Layer, alpha: Tiles) -> Mask:
    if old.mask is None:
        return Mask(alpha)
    return Mask(
        alpha,
        score=old.mask.score,
        task=old.mask.task,
        enabled=old.mask.enabled,
        linked=old.mask.linked,
    )


def _at(x: float, y: float) -> Transform:
    return Transform(dx=_sound(x), dy=_sound(y))


def _sound_text(text: Text) -> Text:
    if len(text.text) > LONGEST_TEXT:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "A text layer holds up to {most} letters. Make a second one."
            ),
            code="text-too-long",
            most=LONGEST_TEXT,
        )
    for length in (text.line_height, text.letter_spacing, text.width):
        _sound(length)
    if not SIZE_LEAST <= text.size <= SIZE_MOST:
        raise _out_of_range(text.size)
    # A letter that UTF-8 lacks (half of a pair) could be neither saved nor drawn.
    plain = text.text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    plain = plain.encode("utf-8", "replace").decode()
    return text if plain == text.text else msgspec.structs.replace(text, text=plain)


def _sound_shape(shape: Shape, fill: Fill | None, stroke: Stroke | None) -> ShapeContent:
    for length in _numbers(to_json(shape)):
        _sound(length)
    least = min(getattr(shape, "width", 0.0), getattr(shape, "height", 0.0))
    if least < 0:
        raise _out_of_range(least)
    if isinstance(shape, PolygonShape):
        _check_polygon(shape)
    if stroke is not None and _sound(stroke.width) <= 0:
        raise _out_of_range(stroke.width)
    if isinstance(fill, PatternFill):
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "A shape is filled with a colour or a gradient."),
            code="shape-pattern",
        )
    return ShapeContent(shape, fill, stroke)


def _check_polygon(shape: PolygonShape) -> None:
    if not SIDES_LEAST <= shape.sides <= SIDES_MOST:
        raise _out_of_range(shape.sides)
    if not 0 <= shape.inset <= 1:
        raise _out_of_range(shape.inset)


def _numbers(data: Any) -> list[float]:
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list | tuple):
        return [number for part in data for number in _numbers(part)]
    return [float(data)] if isinstance(data, int | float) else []


def _sound(length: float) -> float:
    if not isfinite(length) or abs(length) > _FARTHEST:
        raise _out_of_range(length)
    return length


def _out_of_range(value: float) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "Text and shapes can't be of that size: {value}."),
        code="bad-length",
        value=f"{value:g}",
    )


DrawnEdit = AddTextLayer | SetText | AddShapeLayer | SetShape | Rasterise
EDITS: EditTable = MappingProxyType(
    {
        AddTextLayer: (QT_TRANSLATE_NOOP("Edit", "Add text"), add_text_layer),
        SetText: (QT_TRANSLATE_NOOP("Edit", "Change text"), set_text),
        AddShapeLayer: (QT_TRANSLATE_NOOP("Edit", "Add shape"), add_shape_layer),
        SetShape: (QT_TRANSLATE_NOOP("Edit", "Change shape"), set_shape),
        Rasterise: (QT_TRANSLATE_NOOP("Edit", "Rasterise"), rasterise),
    }
)
