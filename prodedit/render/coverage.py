# SPDX-License-Identifier: Apache-2.0
"""A mask's alpha where it lies on the canvas."""

from __future__ import annotations

import cv2
import numpy as np

from prodedit.core.geometry import IDENTITY, Rect, Transform
from prodedit.core.layer import Mask
from prodedit.core.tiles import TILE, Pixels, Place, block_rect, slices


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
    if onto.a * onto.d == onto.b * onto.c:
        return np.zeros((area.height, area.width), np.uint8)
    inverse = onto.inverse()
    region = inverse.map_rect(area).inflate(2)
    a, b, c, d, dx, dy = inverse
    x = a * (area.x + 0.5) + c * (area.y + 0.5) + dx - region.x - 0.5
    y = b * (area.x + 0.5) + d * (area.y + 0.5) + dy - region.y - 0.5
    matrix = np.array([[a, c, x], [b, d, y]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    alpha = mask.alpha.to_array(region.intersect(mask.alpha.bounds))
    inside = region.intersect(mask.alpha.bounds)
    if inside.is_empty:
        return np.zeros((area.height, area.width), np.uint8)
    matrix[:, 2] += (region.x - inside.x, region.y - inside.y)
    return np.asarray(cv2.warpAffine(alpha, matrix, area.size, flags=flags))
