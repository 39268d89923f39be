# SPDX-License-Identifier: Apache-2.0
"""Where on the canvas a layer can be seen, to the pixel."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from prodedit.core.document import Document
from prodedit.core.edits.carrying import carried_layer
from prodedit.core.edits.layers import existing
from prodedit.core.geometry import Rect, Transform, bounding
from prodedit.core.layer import AdjustmentContent, FillContent, GroupContent, Layer
from prodedit.render.compositor import Compositor

_BAND = 1024
"""Rows that are looked at together: a layer may reach far over the canvas."""


def visible_bounds(document: Document, layer_id: str) -> Rect:
    """The smallest rectangle round all of the layer that is not wholly transparent, also beyond the
    canvas (far beyond it only roughly), without its effects. Empty of what covers the canvas
    (fills, adjustments), and of a group that holds nothing else. Raises Problem where there is no
    such layer."""
    return bounding(_seen(document, layer) for layer in _placed(existing(document, layer_id)))


def _placed(layer: Layer) -> list[Layer]:
    """Those in it that have a place, each with the group's mask left out."""
    if isinstance(layer.content, GroupContent):
        return [one for child in layer.children for one in _placed(child)]
    covers = isinstance(layer.content, FillContent | AdjustmentContent)
    return [] if covers or not layer.visible else [layer]


def _seen(document: Document, layer: Layer) -> Rect:
    plain = replace(layer, opacity=1.0, visible=True, blend="normal", clip=False, effects=())
    whole = plain.content_bounds(document.size)
    bounds = whole.intersect(Rect.of(document.size).inflate(max(document.size)))
    if bounds.is_empty:
        return whole  # nobody sees by how much it misses
    bands = (
        Rect(bounds.x, y, bounds.width, min(_BAND, bounds.bottom - y))
        for y in range(bounds.y, bounds.bottom, _BAND)
    )
    return bounding(_in_band(plain, band) for band in bands)


def _in_band(layer: Layer, band: Rect) -> Rect:
    onto = Transform(dx=-band.x, dy=-band.y)
    pixels = Compositor().merged(Document(band.size, (carried_layer(layer, onto),)))
    alpha = np.ascontiguousarray(pixels[..., 3])
    x, y, width, height = cv2.boundingRect(alpha)
    return Rect(x, y, width, height).translate(band.x, band.y) if width else Rect(0, 0, 0, 0)
