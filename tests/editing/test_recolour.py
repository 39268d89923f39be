# SPDX-License-Identifier: Apache-2.0
"""Colour where the brush moved the edge: the product's own, without the old background's."""

from dataclasses import replace

import numpy as np

from prodedit.core.document import PHOTO, from_photo
from prodedit.core.geometry import Rect
from prodedit.core.layer import Layer, Mask
from prodedit.core.pixels import tiles_from_rgb
from prodedit.core.tiles import Tiles
from prodedit.editing.recolour import recoloured

RED, GREEN = np.array([220, 30, 30]), np.array([20, 200, 20])


def red_disc() -> tuple[Layer, np.ndarray]:
    """A photo of a red disc on green with an edge six pixels soft, and its exact alpha."""
    y, x = np.mgrid[:600, :800]
    alpha = np.clip((200 - np.hypot(x - 400, y - 300)) / 6 + 0.5, 0, 1)
    rgb = alpha[..., None] * RED + (1 - alpha[..., None]) * GREEN
    layer = from_photo(tiles_from_rgb(rgb.astype(np.uint8)), "disc").find(PHOTO)
    assert layer is not None
    return layer, (alpha * 255).astype(np.uint8)


def test_soft_edge_is_the_products_colour() -> None:
    layer, alpha = red_disc()
    made = recoloured(layer, Mask(Tiles.from_array(alpha)), Rect(0, 0, 800, 600))
    assert made is not None
    soft = (alpha > 20) & (alpha < 235)
    colours = made.to_array()[soft]
    assert (colours[:, 3] == 255).all()
    off = np.abs(colours[:, 2::-1].astype(int) - RED).mean()
    assert off < 3  # of the photo's own pixels it is more than 60


def test_only_what_was_touched_is_coloured_anew() -> None:
    layer, alpha = red_disc()
    mask = Mask(Tiles.from_array(alpha))
    made = recoloured(layer, mask, Rect(0, 0, 400, 600))
    assert made is not None
    coloured = made.to_array()[..., 3] > 0
    assert coloured[:, :400].any()
    assert not coloured[:, 400:].any()


def test_where_the_edge_stays_nothing_is_computed() -> None:
    layer, alpha = red_disc()
    mask = Mask(Tiles.from_array(alpha))
    made = recoloured(replace(layer, mask=mask), mask, Rect(0, 0, 800, 600))
    assert made is not None
    assert not made.blocks
