# SPDX-License-Identifier: Apache-2.0
"""Edits of a layer's mask: the cut-out and its corrections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.document import Document
from prodedit.core.edits.layers import EditTable, Inputs, existing
from prodedit.core.layer import Layer, Mask
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.core.values import Value

_FARTHEST = 100
"""Pixels by which an edge is moved at most."""
_DISC = 4
_CLEAR = 128
_PART = 0.003
"""Of the largest part's area: what is smaller and lies apart is none of the product."""
_NEAR, _NEAREST = 0.005, 2.0
"""Of the product's long side, and in pixels: a strand of hair may be so far from the rest."""
_SOFT_EDGE = 6
"""Pixels round a thing that goes."""
_REACH = 0.02
"""Of the product's long side: so far from what is clearly seen a soft edge may go."""
_FAINT = 26
"""Opacity below which nobody sees a thing on its own, and a check for pure white does."""


class SetMask(Value, frozen=True):
    """Inputs `alpha`, and where known `confidence` and `foreground`; `task`: what made them."""

    layer: str
    score: float | None = None
    task: dict[str, Any] | None = None


class PaintMask(Value, frozen=True):
    """A person's correction. Inputs `alpha` and, where there is one, `foreground`."""

    layer: str


class RemoveMask(Value, frozen=True):
    layer: str


class EnableMask(Value, frozen=True):
    layer: str
    enabled: bool


class InvertMask(Value, frozen=True):
    layer: str


class GrowMask(Value, frozen=True):
    """Move the edge outwards by `pixels`; inwards where they are negative."""

    layer: str
    pixels: int


class FeatherMask(Value, frozen=True):
    """Soften the edge over about `radius` pixels to both sides."""

    layer: str
    radius: float


class TidyMask(Value, frozen=True):
    """Leave nothing outside the product: no haze, no small things that lie apart. What a white
    backdrop needs, where each such rest is seen."""

    layer: str


class Defringe(Value, frozen=True):
    """Give the outermost `width` pixels of the product the colour that lies just inside of them."""

    layer: str
    width: int = 2


def set_mask(document: Document, edit: SetMask, inputs: Inputs) -> Document:
    mask = Mask(
        alpha=inputs["alpha"],
        confidence=inputs.get("confidence"),
        foreground=inputs.get("foreground"),
        score=edit.score,
        task=edit.task,
    )
    layer = existing(document, edit.layer)
    if layer.tiles is not None and layer.tiles.size != mask.alpha.size:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "The mask is {mask_width} x {mask_height} pixels, the picture {width} x {height}. "
                "Choose a mask of the picture's size.",
            ),
            code="mask-size",
            mask_width=mask.alpha.size.width,
            mask_height=mask.alpha.size.height,
            width=layer.tiles.size.width,
            height=layer.tiles.size.height,
        )
    return _with_mask(document, edit.layer, mask)


def paint_mask(document: Document, edit: PaintMask, inputs: Inputs) -> Document:
    old = _mask(document, edit.layer)
    foreground = inputs.get("foreground", old.foreground)
    return _with_mask(
        document, edit.layer, replace(old, alpha=inputs["alpha"], foreground=foreground)
    )


def remove_mask(document: Document, edit: RemoveMask, inputs: Inputs) -> Document:
    return _with_mask(document, edit.layer, None)


def enable_mask(document: Document, edit: EnableMask, inputs: Inputs) -> Document:
    mask = replace(_mask(document, edit.layer), enabled=edit.enabled)
    return _with_mask(document, edit.layer, mask)


def invert_mask(document: Document, edit: InvertMask, inputs: Inputs) -> Document:
    """The old background is the product now, so colours made for the product's edge are dropped."""
    mask = _mask(document, edit.layer)
    inverted = _changed_alpha(mask, lambda alpha: 255 - alpha)
    return _with_mask(document, edit.layer, replace(inverted, foreground=None))


def grow_mask(document: Document, edit: GrowMask, inputs: Inputs) -> Document:
    def move(alpha: NDArray[np.uint8]) -> NDArray[np.uint8]:
        return _moved_edge(alpha, max(-_FARTHEST, min(edit.pixels, _FARTHEST)))

    return _with_mask(document, edit.layer, _changed_alpha(_mask(document, edit.layer), move))


def feather_mask(document: Document, edit: FeatherMask, inputs: Inputs) -> Document:
    sigma = max(0.1, min(edit.radius, 500.0) / 2)

    def soften(alpha: NDArray[np.uint8]) -> NDArray[np.uint8]:
        return np.asarray(cv2.GaussianBlur(alpha, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE))

    mask = _changed_alpha(_mask(document, edit.layer), soften)
    return _with_mask(document, edit.layer, mask)


def tidy_mask(document: Document, edit: TidyMask, inputs: Inputs) -> Document:
    mask = _changed_alpha(_mask(document, edit.layer), _tidied)
    return _with_mask(document, edit.layer, mask)


def _tidied(alpha: NDArray[np.uint8]) -> NDArray[np.uint8]:
    seen = (alpha >= _CLEAR).view(np.uint8)
    count, labels, facts, _ = cv2.connectedComponentsWithStats(seen, connectivity=8)
    if count < 2:
        return alpha
    areas = facts[:, cv2.CC_STAT_AREA]
    is_large = areas >= _PART * areas[1:].max()
    is_large[0] = False
    large = np.asarray(is_large[labels])
    side = max(cv2.boundingRect(large.view(np.uint8))[2:])
    distance = np.asarray(cv2.distanceTransform((~large).view(np.uint8), cv2.DIST_L2, 5))
    nearest = np.full(count, np.inf, np.float32)
    np.minimum.at(nearest, labels[seen > 0].astype(np.intp), distance[seen > 0])
    near = max(_NEAREST, _NEAR * side)
    is_apart = ~is_large & (nearest > near)
    is_apart[0] = False
    apart = _moved_edge(np.asarray(is_apart[labels]).view(np.uint8), _SOFT_EDGE) > 0
    gone = (distance > _REACH * side) | (apart & (distance > near))
    tidied: NDArray[np.uint8] = np.where(gone, 0, alpha).astype(np.uint8)
    return tidied


def without_haze(mask: Mask) -> Mask:
    """A mask that a person has corrected, without the faint rests that a soft eraser leaves far
    from the product. All that is seen stays, as it was meant to."""
    return _changed_alpha(mask, _hazeless)


def _hazeless(alpha: NDArray[np.uint8]) -> NDArray[np.uint8]:
    hidden = (alpha < _CLEAR).view(np.uint8)
    side = max(cv2.boundingRect(1 - hidden)[2:])
    if not side:
        return alpha
    distance = np.asarray(cv2.distanceTransform(hidden, cv2.DIST_L2, 5))
    gone = (alpha < _FAINT) & (distance > _REACH * side)
    hazeless: NDArray[np.uint8] = np.where(gone, 0, alpha).astype(np.uint8)
    return hazeless


def defringe(document: Document, edit: Defringe, inputs: Inputs) -> Document:
    layer = existing(document, edit.layer)
    mask = _mask(document, edit.layer)
    if layer.tiles is None:
        return document
    foreground = _inner_colour(layer.tiles.to_array(), mask.alpha.to_array(), edit.width)
    sparse = Tiles.from_array(foreground).without_blank()
    return _with_mask(document, edit.layer, replace(mask, foreground=sparse))


def _moved_edge(alpha: NDArray[np.uint8], pixels: int) -> NDArray[np.uint8]:
    """Grey dilation by a disc of that radius; erosion where `pixels` is negative. Small discs one
    after the other make the large one, and cost its radius instead of its area."""
    morph = cv2.dilate if pixels > 0 else cv2.erode
    left = abs(pixels)
    while left > 0:
        radius = min(left, _DISC)
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
        alpha = np.asarray(morph(alpha, disc), np.uint8)
        left -= radius
    return alpha


def _inner_colour(
    colour: NDArray[np.uint8], alpha: NDArray[np.uint8], width: int
) -> NDArray[np.uint8]:
    """Opaque BGRA in the rim of the product, taken from the nearest pixel deeper inside."""
    width = max(1, min(width, 100))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * width + 1, 2 * width + 1))
    inside = np.asarray(cv2.erode((alpha >= 250).astype(np.uint8), kernel))
    rim = (alpha > 0) & (inside == 0)
    foreground = np.zeros_like(colour)
    if not inside.any():
        return foreground
    _, labels = cv2.distanceTransformWithLabels(
        1 - inside, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    sources = np.zeros((int(labels.max()) + 1, 4), np.uint8)
    sources[labels[inside == 1]] = colour[inside == 1]
    foreground[rim] = sources[labels[rim]]
    foreground[rim, 3] = 255
    return foreground


def _mask(document: Document, layer_id: str) -> Mask:
    """The layer's mask. Raises Problem where it has none."""
    layer = existing(document, layer_id)
    if layer.mask is None:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "The layer “{name}” has no cut-out yet. Remove its background first."
            ),
            code="no-mask",
            name=layer.name,
        )
    return layer.mask


def _with_mask(document: Document, layer_id: str, mask: Mask | None) -> Document:
    existing(document, layer_id)

    def change(layer: Layer) -> Layer:
        return replace(layer, mask=mask)

    return document.replace_layer(layer_id, change)


def _changed_alpha(mask: Mask, change: Callable[[NDArray[np.uint8]], NDArray[np.uint8]]) -> Mask:
    alpha = mask.alpha.updated(change(mask.alpha.to_array()))
    return replace(mask, alpha=alpha)


MaskEdit = (
    SetMask
    | PaintMask
    | RemoveMask
    | EnableMask
    | InvertMask
    | GrowMask
    | FeatherMask
    | TidyMask
    | Defringe
)
EDITS: EditTable = MappingProxyType(
    {
        SetMask: (QT_TRANSLATE_NOOP("Edit", "Cut out"), set_mask),
        PaintMask: (QT_TRANSLATE_NOOP("Edit", "Correct cut-out"), paint_mask),
        RemoveMask: (QT_TRANSLATE_NOOP("Edit", "Remove cut-out"), remove_mask),
        EnableMask: (QT_TRANSLATE_NOOP("Edit", "Cut-out on or off"), enable_mask),
        InvertMask: (QT_TRANSLATE_NOOP("Edit", "Invert cut-out"), invert_mask),
        GrowMask: (QT_TRANSLATE_NOOP("Edit", "Grow or shrink cut-out"), grow_mask),
        FeatherMask: (QT_TRANSLATE_NOOP("Edit", "Feather cut-out"), feather_mask),
        TidyMask: (QT_TRANSLATE_NOOP("Edit", "Tidy cut-out"), tidy_mask),
        Defringe: (QT_TRANSLATE_NOOP("Edit", "Remove colour fringe"), defringe),
    }
)
