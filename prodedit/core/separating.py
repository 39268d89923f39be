# SPDX-License-Identifier: Apache-2.0
"""One photo of several products, cut out, taken apart: a document for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.document import Document
from prodedit.core.edits.canvas import CropCanvas, crop_canvas
from prodedit.core.geometry import Rect
from prodedit.core.layer import Layer
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles

Bytes = NDArray[np.uint8]
_SIDE = 1024
"""The parts are told apart at this size: what is one to the eye is one there."""
_VISIBLE = 64
_JOINED = 0.006
"""Of the long side: things that are nearer to each other are one product."""
_LEAST = 0.02
"""Of the largest product's area: smaller things are parts of their neighbour."""
MOST = 100


class Part(NamedTuple):
    """One product: what of the mask is its own, and where that lies on it."""

    alpha: Bytes
    box: Rect


def parts(alpha: Bytes) -> list[Part]:
    """The products of a cut-out (h, w), as they are read: by rows, from the left. Each pixel that
    shows belongs to the nearest of them, soft edges too."""
    labels = _labels(alpha)
    if not labels.any():
        return []
    nearest = _territories(labels)
    size = (alpha.shape[1], alpha.shape[0])
    own = np.asarray(cv2.resize(nearest, size, interpolation=cv2.INTER_NEAREST))
    found = []
    for number in range(1, int(labels.max()) + 1):
        masked = np.where(own == number, alpha, np.uint8(0)).astype(np.uint8)
        box = Rect(*cv2.boundingRect(masked))
        if not box.is_empty:
            found.append(Part(masked, box))
    return _as_read(found)


def separated(
    document: Document, layer_id: str, *, padding: float = 0.08, square: bool = False
) -> tuple[Document, ...]:
    """A document for each product of that layer's cut-out: all layers, of this one only that
    product, the canvas round it. padding: of the product's long side, on each side. Raises Problem
    where there is no cut-out, or only one product."""
    layer = document.find(layer_id)
    if layer is None or layer.mask is None:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "Cut the products out first, then take them apart."),
            code="no-cut-out",
        )
    found = parts(layer.mask.alpha.to_array())
    if len(found) < 2:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "There is only one product on this cut-out. Products that touch each other count "
                "as one.",
            ),
            code="one-product",
        )
    plain = replace(document, selection=None, guides=())
    return tuple(_alone(plain, layer, part, padding, square) for part in found[:MOST])


def _alone(document: Document, layer: Layer, part: Part, padding: float, square: bool) -> Document:
    assert layer.mask is not None
    mask = replace(layer.mask, alpha=Tiles.from_array(part.alpha), confidence=None, enabled=True)
    alone = document.replace_layer(layer.id, lambda one: replace(one, mask=mask))
    place = layer.transform.map_rect(layer.mask.transform.map_rect(part.box))
    return crop_canvas(alone, CropCanvas(framed(place, padding, square=square)), {})


def framed(box: Rect, padding: float, *, square: bool) -> Rect:
    """`box` with room on all sides."""
    room = round(max(box.width, box.height) * padding)
    wide = box.inflate(room)
    if not square:
        return wide
    side = max(wide.width, wide.height)
    left = wide.x - (side - wide.width) // 2
    return Rect(left, wide.y - (side - wide.height) // 2, side, side)


def _labels(alpha: Bytes) -> NDArray[np.int32]:
    """Of a reduced mask: 1 for one product, 2 for the next; what is small has none."""
    share = min(1.0, _SIDE / max(alpha.shape))
    size = tuple(max(1, round(side * share)) for side in alpha.shape[::-1])
    small = np.asarray(cv2.resize(alpha, size, interpolation=cv2.INTER_AREA), np.uint8)
    shown = (small >= _VISIBLE).view(np.uint8)
    reach = max(1, round(_JOINED * max(small.shape)))
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    # With a border, or what lies at the edge would be joined to what is beyond it.
    bordered = np.pad(shown, reach)
    joined = np.asarray(cv2.morphologyEx(bordered, cv2.MORPH_CLOSE, kernel), np.uint8)
    joined = np.ascontiguousarray(joined[reach:-reach, reach:-reach])
    count, labels, facts, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    areas = facts[1:, cv2.CC_STAT_AREA]
    if not len(areas):
        return np.zeros(joined.shape, np.int32)
    numbers = np.zeros(count, np.int32)
    kept = 1 + np.flatnonzero(areas >= max(4, _LEAST * areas.max()))
    numbers[kept] = np.arange(1, len(kept) + 1)
    return np.asarray(numbers[labels])


def _territories(labels: NDArray[np.int32]) -> NDArray[np.int32]:
    """For each pixel the product that is nearest."""
    empty = (labels == 0).view(np.uint8)
    _, nearest = cv2.distanceTransformWithLabels(
        empty, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    at = np.zeros(int(nearest.max()) + 1, np.int32)
    inside = labels > 0
    at[nearest[inside]] = labels[inside]
    return np.asarray(at[nearest])


def _as_read(found: Iterable[Part]) -> list[Part]:
    """By rows: what lies beside another by half its height is in its row."""
    rest = sorted(found, key=lambda part: part.box.y + part.box.height / 2)
    ordered: list[Part] = []
    while rest:
        first = rest[0].box
        end = first.y + first.height
        row = [part for part in rest if part.box.y + part.box.height / 2 <= end]
        ordered += sorted(row, key=lambda part: part.box.x)
        rest = [part for part in rest if not any(part is one for one in row)]
    return ordered
