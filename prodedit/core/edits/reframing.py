# SPDX-License-Identifier: Apache-2.0
"""The edit that gives a picture the proportions of a slot, with its product in the middle."""

from __future__ import annotations

from math import ceil
from types import MappingProxyType
from typing import Annotated

import cv2
import msgspec

from prodedit.core.document import PHOTO, Document
from prodedit.core.edits.canvas import CropCanvas, crop_canvas
from prodedit.core.edits.layers import EditTable, Inputs
from prodedit.core.edits.selection import mask_region
from prodedit.core.geometry import Rect
from prodedit.core.layer import Mask
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.core.values import Value

_VISIBLE = 128
"""Of a soft edge, what is fainter does not count as product."""
_Side = Annotated[int, msgspec.Meta(ge=1, le=10_000)]


class FrameProduct(Value, frozen=True):
    """The canvas becomes `width` to `height`, as large as it has to be so that what shows of the
    layer's cut-out fills `fill` of the side that it reaches first, and lies in the middle. The
    canvas may so grow beyond the photo. No pixel is resampled."""

    layer: str = PHOTO
    width: _Side = 1
    height: _Side = 1
    fill: Annotated[float, msgspec.Meta(ge=0.05, le=1.0)] = 0.85


def frame_product(document: Document, edit: FrameProduct, inputs: Inputs) -> Document:
    frame = frame_round(product_bounds(document, edit.layer), edit)
    return crop_canvas(document, CropCanvas(frame), inputs)


def product_bounds(document: Document, layer_id: str) -> Rect:
    """The smallest rectangle round what a layer's cut-out lets show on the canvas.

    Raises Problem where the layer has no mask, or one that hides all."""
    layer = document.find(layer_id)
    mask = None if layer is None else layer.mask
    if layer is not None and layer.tiles is not None and layer.warp is None and mask is not None:
        onto = layer.transform.after(mask.transform)
        if onto.b == onto.c == 0:  # nothing is turned: no need to move the pixels themselves
            bounds = _box(mask)
            return onto.map_rect(_seen(bounds, layer.name))
    pixels = Mask(Tiles.from_array(mask_region(document, layer_id).pixels))
    return _seen(_box(pixels), layer_id if layer is None else layer.name)


def frame_round(product: Rect, wanted: FrameProduct) -> Rect:
    """The frame on the canvas, in whole pixels."""
    ratio = wanted.width / wanted.height
    width = ceil(max(product.width / wanted.fill, product.height / wanted.fill * ratio))
    height = max(1, round(width / ratio))
    x = round(product.x + (product.width - width) / 2)
    y = round(product.y + (product.height - height) / 2)
    return Rect(x, y, width, height)


def _box(mask: Mask) -> Rect:
    visible = (mask.alpha.to_array() >= _VISIBLE).view("uint8")
    return Rect(*cv2.boundingRect(visible))


def _seen(bounds: Rect, name: str) -> Rect:
    if bounds.is_empty:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "The cut-out of “{name}” hides all of it. Correct it first."
            ),
            code="nothing-shown",
            name=name,
        )
    return bounds


FramingEdit = FrameProduct
EDITS: EditTable = MappingProxyType(
    {FrameProduct: (QT_TRANSLATE_NOOP("Edit", "Frame product"), frame_product)}
)
