# SPDX-License-Identifier: Apache-2.0
"""A mask's alpha where it lies on the canvas."""

from __future__ import annotations

import numpy as np

from prodedit.core.geometry import IDENTITY, Rect, Transform
from prodedit.core.layer import Mask
from prodedit.core.tiles import TILE, Pixels, Place, block_rect, slices
from prodedit.render.resample import resampled


def coverage_part(mask: Mask, place: Place, part: Rect, own: Transform = IDENTITY) -> Pixels:
    """(h, w) alpha of `part` of the block of canvas at `place`; 0 beyond the mask. own: the map
    from the layer's plane to the canvas, where the layer has one."""
    onto = own.after(mask.transform)
    if onto.is_whole_shift:
        return mask.alpha.to_array(part.translate(-int(onto.dx), -int(onto.dy)))
    # The whole block in any case: a pixel must not depend on which part was asked for.
    whole = _mapped(mask, onto, block_rect(place))
    return np.ascontiguousarray(slices(whole, part.translate(-place[0] * TILE, -place[1] * TILE)))


def _mapped(mask: Mask, onto: Transform, area: Rect) -> Pixels:
    found = resampled(mask.alpha, onto, area)
    return np.zeros((area.height, area.width), np.uint8) if found is None else found
