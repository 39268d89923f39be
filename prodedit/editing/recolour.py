# SPDX-License-Identifier: Apache-2.0
"""The product's own colour where a brush has moved the edge of its cut-out."""

from __future__ import annotations

from prodedit.core.geometry import Rect
from prodedit.core.layer import Layer, Mask
from prodedit.core.tiles import Tiles, block_rect, slices
from prodedit.engine.families.foreground import foreground
from prodedit.engine.families.reduced import Reduced

_AROUND = 32
"""Pixels beside the changed ones that are looked at: colour is drawn from both sides of an edge."""
_AT_MOST = 80
"""Blocks; a longer stroke leaves the photo's colours in the rest, as if there were no estimate."""


def recoloured(layer: Layer, mask: Mask, rect: Rect) -> Tiles | None:
    """The mask's foreground with its colour in the soft band of `rect` computed anew.

    layer: as it was before the stroke; mask: after it; rect: what the stroke touched.
    """
    if layer.tiles is None:
        return mask.foreground
    old = None if layer.mask is None else layer.mask.alpha
    result = mask.foreground or Tiles.empty(layer.tiles.size, 4)
    changed = [part.intersect(rect) for part in mask.alpha.changed(old)]
    touched = [
        part
        for place in mask.alpha.blocks
        for part in (block_rect(place).intersect(one) for one in changed)
        if not part.is_empty
    ]
    for part in touched[:_AT_MOST]:
        area = part.inflate(_AROUND).intersect(layer.tiles.bounds)
        colours = foreground(Reduced(layer.tiles.to_array(area)), mask.alpha.to_array(area))
        inner = slices(colours, part.translate(-area.x, -area.y))
        result = result.paste(inner, part.x, part.y)
    return result.without_blank()
