# SPDX-License-Identifier: Apache-2.0
"""Edits of the picture's frame: cropped, straightened, turned, in another size.

All that is on the canvas goes along: layers, masks (linked or not), selection, guides, paths.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import cos, isfinite, radians, sin
from types import MappingProxyType

import cv2
import msgspec
import numpy as np

from prodedit.core import coverage, selection
from prodedit.core.document import Document
from prodedit.core.edits.bending import Bending, Corners
from prodedit.core.edits.carrying import carried_layer, patterned
from prodedit.core.edits.layers import EditTable, Inputs
from prodedit.core.edits.scaling import Scaling
from prodedit.core.geometry import IDENTITY, Point, Rect, Size, Transform
from prodedit.core.guides import Guide
from prodedit.core.layer import GroupContent, Layer, Mask, PixelContent
from prodedit.core.path import NamedPath
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.resample import turned
from prodedit.core.tiles import Tiles
from prodedit.core.values import Value

LONGEST = 60_000
MOST_PIXELS = 400_000_000


class CropCanvas(Value, frozen=True):
    """The canvas becomes what lies in `rect` (it may reach beyond the canvas, which so grows) after
    the picture was turned clockwise by `angle` degrees about the middle of `rect`.

    No layer loses pixels: what lies outside comes back when the canvas grows again."""

    rect: Rect
    angle: float = 0.0


class CropPerspective(Value, frozen=True):
    """What lies between four corners (top left, top right, bottom right, bottom left) becomes an
    upright canvas of `size`."""

    corners: Corners
    size: Size


class ResizeImage(Value, frozen=True):
    """All of the picture in another size."""

    size: Size


class TurnCanvas(Value, frozen=True):
    """Mirrored left to right if asked, then turned clockwise by quarters."""

    quarters: int = 0
    mirrored: bool = False


def crop_canvas(document: Document, edit: CropCanvas, inputs: Inputs) -> Document:
    checked(edit.rect.size)
    if not isfinite(edit.angle):
        raise _no_size()
    onto = Transform(dx=-edit.rect.x, dy=-edit.rect.y).after(_turn(edit.rect, edit.angle))
    if onto == IDENTITY and edit.rect.size == document.size:
        return document
    return carried(document, edit.rect.size, onto, lambda layer: carried_layer(layer, onto))


def _turn(rect: Rect, angle: float) -> Transform:
    if angle % 360 == 0:
        return IDENTITY
    a, b = cos(radians(angle)), sin(radians(angle))
    x, y = rect.x + rect.width / 2, rect.y + rect.height / 2
    return Transform(a, b, -b, a, x - a * x + b * y, y - b * x - a * y)


def resize_image(document: Document, edit: ResizeImage, inputs: Inputs) -> Document:
    checked(edit.size)
    if edit.size == document.size:
        return document
    across = edit.size.width / document.size.width
    down = edit.size.height / document.size.height
    onto = Transform(a=across, d=down)
    scaling = Scaling(onto, document.size, edit.size)
    return carried(document, edit.size, onto, scaling.layer)


def turn_canvas(document: Document, edit: TurnCanvas, inputs: Inputs) -> Document:
    quarters = edit.quarters % 4
    if not quarters and not edit.mirrored:
        return document
    onto = Transform(-1, 0, 0, 1, document.size.width, 0) if edit.mirrored else IDENTITY
    size = document.size
    for _ in range(quarters):
        onto = Transform(0, 1, -1, 0, size.height, 0).after(onto)
        size = Size(size.height, size.width)
    return carried(document, size, onto, lambda layer: _turned(layer, onto, edit))


def crop_perspective(document: Document, edit: CropPerspective, inputs: Inputs) -> Document:
    checked(edit.size)
    source = np.array(edit.corners, np.float32)
    if not np.isfinite(source).all() or not cv2.isContourConvex(source):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "The four corners cross each other. Drag them to the product's corners."
            ),
            code="crossed-corners",
        )
    width, height = edit.size
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = np.asarray(cv2.getPerspectiveTransform(source, target), np.float64)
    bent = Bending(matrix, edit.size)
    chosen = None if document.selection is None else selection.tidy(bent.alpha(document.selection))
    return replace(
        document,
        size=edit.size,
        layers=tuple(bent.layer(layer) for layer in document.layers),
        selection=chosen,
        guides=(),
    )


def carried(
    document: Document, size: Size, onto: Transform, change: Callable[[Layer], Layer]
) -> Document:
    """All that lies on the canvas mapped by `onto`, the layers by `change`."""
    chosen = document.selection
    if chosen is not None:
        moved = coverage.moved(chosen, onto, Rect.of(size))
        chosen = selection.tidy(Tiles.from_array(moved))
    return Document(
        size,
        tuple(change(layer) for layer in document.layers),
        chosen,
        tuple(g for guide in document.guides for g in _guide(guide, onto)),
        tuple(_path(path, onto) for path in document.paths),
    )


def _guide(guide: Guide, onto: Transform) -> tuple[Guide, ...]:
    """Nothing where it would be slanted."""
    along = onto.map(Point(guide.position, guide.position))
    if onto.b == onto.c == 0:
        return (Guide(guide.direction, along.x if guide.direction == "upright" else along.y),)
    if onto.a == onto.d == 0:
        if guide.direction == "upright":
            return (Guide("level", along.y),)
        return (Guide("upright", along.x),)
    return ()


def _path(path: NamedPath, onto: Transform) -> NamedPath:
    return msgspec.structs.replace(path, path=path.path.mapped(onto))


def _turned(layer: Layer, onto: Transform, edit: TurnCanvas) -> Layer:
    """Pixels that lie straight stay so: they are turned themselves, to the pixel."""
    if isinstance(layer.content, GroupContent):
        inner = tuple(_turned(child, onto, edit) for child in layer.children)
        mask = _turned_mask(layer.mask, onto, edit)
        return replace(layer, mask=mask).with_children(inner)
    if layer.own_bounds is None:
        return patterned(replace(layer, mask=_turned_mask(layer.mask, onto, edit)), onto)
    if layer.tiles is None or layer.warp is not None or not layer.transform.is_whole_shift:
        return carried_layer(layer, onto)
    corner = onto.map_rect(layer.transform.map_rect(layer.tiles.bounds))
    own = Transform(dx=-corner.x, dy=-corner.y).after(onto.after(layer.transform))
    return replace(
        layer,
        content=PixelContent(turned(layer.tiles, edit.quarters, edit.mirrored)),
        transform=Transform(dx=corner.x, dy=corner.y),
        mask=_turned_mask(layer.mask, own, edit),
    )


def _turned_mask(mask: Mask | None, onto: Transform, edit: TurnCanvas) -> Mask | None:
    if mask is None or mask.transform != IDENTITY:
        return mask and replace(mask, transform=onto.after(mask.transform))
    return mask.changed(lambda tiles: turned(tiles, edit.quarters, edit.mirrored))


def checked(size: Size) -> None:
    """Raises Problem where a canvas can't be so large, or so small."""
    if min(size) < 1:
        raise _no_size()
    if max(size) > LONGEST or size.area > MOST_PIXELS:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "{width} x {height} pixels are too many. Choose at most {longest} on a side and "
                "{most} megapixels.",
            ),
            code="too-large",
            width=size.width,
            height=size.height,
            longest=LONGEST,
            most=MOST_PIXELS // 1_000_000,
        )


def _no_size() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem", "There is nothing in this frame. Choose one of at least one pixel."
        ),
        code="no-size",
    )


CanvasEdit = CropCanvas | CropPerspective | ResizeImage | TurnCanvas
EDITS: EditTable = MappingProxyType(
    {
        CropCanvas: (QT_TRANSLATE_NOOP("Edit", "Crop"), crop_canvas),
        CropPerspective: (QT_TRANSLATE_NOOP("Edit", "Crop with perspective"), crop_perspective),
        ResizeImage: (QT_TRANSLATE_NOOP("Edit", "Image size"), resize_image),
        TurnCanvas: (QT_TRANSLATE_NOOP("Edit", "Turn or flip picture"), turn_canvas),
    }
)
