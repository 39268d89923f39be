# SPDX-License-Identifier: Apache-2.0
"""The pixels of a layer that is drawn or bent, for the edit that puts them in its place."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from prodedit.core.document import Document
from prodedit.core.edits import Rasterise
from prodedit.core.edits.layers import Inputs, existing
from prodedit.core.geometry import IDENTITY, Rect, Transform
from prodedit.core.layer import Layer, Mask, PixelContent
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Pixels, Tiles
from prodedit.render.compositor import Compositor
from prodedit.render.masks import to_canvas
from prodedit.render.resample import resampled

_MARGIN = 64
"""Pixels; more than interpolation reaches."""
_MOST = 400_000_000
"""Pixels of a layer: what an open picture may have, twice."""


def rasterised(document: Document, layer_id: str) -> tuple[Rasterise, Inputs]:
    """The edit and its inputs. What lies beyond the canvas is kept, too. Raises Problem for a layer
    that is not there, shows nothing, or would be larger than any picture."""
    layer = existing(document, layer_id)
    own = layer.own_bounds
    bounds = Rect.of(document.size) if own is None else layer.content_bounds(document.size)
    _check(layer, bounds, own)
    inputs = {"pixels": _tiles(_rendered(without_mask(layer), bounds))}
    if layer.mask is not None:
        inputs["alpha"] = alpha_in(layer, layer.mask, bounds)
    return Rasterise(layer_id, bounds.x, bounds.y), inputs


def _check(layer: Layer, bounds: Rect, own: Rect | None) -> None:
    if bounds.is_empty or (own is not None and own.is_empty):
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "“{name}” is empty: there is nothing to make pixels of."),
            code="empty-layer",
            name=layer.name,
        )
    if bounds.size.area > _MOST:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "“{name}” is too large to become pixels. Make it smaller first."
            ),
            code="layer-too-large",
            name=layer.name,
        )


def without_mask(layer: Layer) -> Layer:
    """The layer without its mask, but with the colours that came with that."""
    mask = layer.mask
    if mask is not None and (mask.foreground is None or not mask.enabled):
        mask = None
    if mask is not None:
        size = mask.alpha.size
        whole = np.full((size.height, size.width), 255, np.uint8)
        mask = replace(mask, alpha=Tiles.from_array(whole))
    return replace(
        layer, mask=mask, opacity=1.0, blend="normal", visible=True, clip=False, effects=()
    )


def _rendered(layer: Layer, bounds: Rect) -> Pixels:
    moved = replace(layer, transform=layer.transform.shifted(-bounds.x, -bounds.y))
    return Compositor().merged(Document(bounds.size, (moved,)))


def alpha_in(layer: Layer, mask: Mask, bounds: Rect) -> Tiles:
    """The mask as it lies in `bounds` of the canvas' plane."""
    if layer.warp is not None and layer.tiles is not None:
        size = layer.tiles.size
        white = PixelContent(_tiles(np.full((size.height, size.width, 4), 255, np.uint8)))
        bent = replace(without_mask(layer), content=white, mask=replace(mask, enabled=True))
        return _tiles(np.ascontiguousarray(_rendered(bent, bounds)[..., 3]))
    alpha, onto = mask.alpha, to_canvas(mask, layer).shifted(-bounds.x, -bounds.y)
    if layer.tiles is not None and not onto.is_whole_shift and mask.transform == IDENTITY:
        # The soft edge is in the pixels' own alpha; counted in the mask too, it would be thinner.
        alpha, onto = _continued(alpha), onto.after(Transform(dx=-_MARGIN, dy=-_MARGIN))
    return _mapped(alpha, onto, Rect.of(bounds.size))


def _continued(alpha: Tiles) -> Tiles:
    """The mask with its outermost pixels going on beyond its edge."""
    sides = (_MARGIN,) * 4
    return _tiles(np.asarray(cv2.copyMakeBorder(alpha.to_array(), *sides, cv2.BORDER_REPLICATE)))


def _mapped(alpha: Tiles, onto: Transform, area: Rect) -> Tiles:
    if onto == IDENTITY and alpha.size == area.size:
        return alpha
    if onto.is_whole_shift:
        return _tiles(alpha.to_array(area.translate(-int(onto.dx), -int(onto.dy))))
    found = resampled(alpha, onto, area)
    return Tiles.empty(area.size, 1) if found is None else _tiles(found)


def _tiles(pixels: Pixels) -> Tiles:
    return Tiles.from_array(pixels).without_blank()
