# SPDX-License-Identifier: Apache-2.0
"""Effects against their definitions, in float and at full size."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import get_args

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from prodedit.core import effects as fx
from prodedit.core.document import Document
from prodedit.core.geometry import Rect, Size, Transform
from prodedit.core.layer import Colour, GroupContent, Layer, Mask, PixelContent
from prodedit.core.tiles import Pixels, Tiles
from prodedit.render.cache import PixelCache
from prodedit.render.compositor import Compositor
from prodedit.render.silhouette import Silhouettes

SIZE = Size(700, 600)
ALL = (*(kind() for kind in get_args(fx.Effect)), fx.Reflection(follow=0.5, gap=-30.0, blur=3.0))
by_name = pytest.mark.parametrize("effect", ALL, ids=lambda effect: type(effect).__name__)


def shape() -> Pixels:
    """A bottle's outline with a hole in its handle, its edges soft over a pixel or two."""
    drawn = np.zeros((SIZE.height * 4, SIZE.width * 4), np.uint8)
    cv2.ellipse(drawn, (1300, 900), (420, 700), 0, 0, 360, 255, -1)
    cv2.rectangle(drawn, (1100, 300), (1500, 1800), 255, -1)
    cv2.ellipse(drawn, (1800, 1000), (260, 320), 0, 0, 360, 255, 90)
    return np.asarray(cv2.resize(drawn, SIZE, interpolation=cv2.INTER_AREA))


def product(*effects: fx.Effect, alpha: Pixels | None = None) -> Layer:
    colour = np.empty((SIZE.height, SIZE.width, 4), np.uint8)
    colour[:] = (40, 160, 90, 255)
    mask = Mask(Tiles.from_array(shape() if alpha is None else alpha))
    return Layer("p", "p", PixelContent(Tiles.from_array(colour)), mask=mask, effects=effects)


def shown(*layers: Layer, rect: Rect | None = None) -> Pixels:
    return Compositor().render(Document(SIZE, layers), rect)


def under(
    layer: Layer, tint: NDArray[np.floating], colour: Colour, opacity: float
) -> NDArray[np.float64]:
    """The layer over a colour of coverage `tint`, premultiplied, 0..255."""
    alpha = tint[..., None] * opacity
    shadow = np.concatenate([alpha * np.array(colour[2::-1]), alpha * 255], axis=2)
    top = shown(Layer("t", "t", layer.content, mask=layer.mask)).astype(float)
    return np.asarray(top + shadow * (1 - top[..., 3:] / 255))


def blurred(alpha: Pixels, sigma: float) -> NDArray[np.float64]:
    return np.asarray(
        cv2.GaussianBlur(alpha / 255.0, (0, 0), sigma, borderType=cv2.BORDER_CONSTANT)
    )


@pytest.mark.parametrize("sigma", [0.0, 2.5, 7.0, 40.0])
def test_a_drop_shadow_is_the_shape_blurred_and_moved(sigma: float) -> None:
    effect = fx.DropShadow(Colour(20, 0, 60), 0.5, angle=135.0, distance=20 * 2**0.5, blur=sigma)
    layer = product(effect)
    moved = np.zeros_like(shape())
    moved[20:, 20:] = shape()[:-20, :-20]
    tint = blurred(moved, sigma) if sigma else moved / 255.0
    wanted = under(layer, tint, effect.colour, effect.opacity)
    # What lies beyond the canvas is not known to the reference: stay away from its edges.
    found = shown(layer).astype(float)
    margin = int(sigma * 1.5) + 1
    inner = (slice(margin, -margin), slice(margin, -margin))
    assert np.abs(found[inner] - wanted[inner]).max() <= 2


def test_a_spread_shadow_is_as_much_larger() -> None:
    spread = fx.DropShadow(opacity=1.0, distance=0.0, blur=0.0, spread=9.0)
    alpha = np.zeros((SIZE.height, SIZE.width), np.uint8)
    alpha[200:300, 200:300] = 255
    found = shown(product(spread, alpha=alpha))[..., 3]
    assert found[250, 191:309].min() >= 250
    assert found[250, 189] == found[250, 310] == 0


@pytest.mark.parametrize(
    ("side", "outer", "inner"), [("outside", 10, 0), ("inside", 0, 10), ("centre", 5, 5)]
)
def test_an_outline_is_as_wide_as_it_says(side: str, outer: int, inner: int) -> None:
    alpha = np.zeros((SIZE.height, SIZE.width), np.uint8)
    alpha[200:400, 200:400] = 255
    red = Colour(255, 0, 0)
    found = shown(product(fx.Outline(red, width=10.0, side=side), alpha=alpha))  # type: ignore[arg-type]
    line = found[300]
    is_red = (line[:, 2] > 200) & (line[:, 1] < 60)
    wanted = np.zeros(SIZE.width, bool)
    wanted[200 - outer : 200 + inner] = wanted[400 - inner : 400 + outer] = True
    assert (is_red == wanted).all()


def test_an_outline_follows_a_slanted_edge_smoothly() -> None:
    """Its own edge is as soft as the shape's, not a staircase of whole pixels."""
    drawn = np.zeros((SIZE.height * 4, SIZE.width * 4), np.uint8)
    cv2.fillPoly(drawn, [np.array([[400, 400], [2400, 900], [1900, 2100], [500, 1500]])], 255)
    alpha = np.asarray(cv2.resize(drawn, SIZE, interpolation=cv2.INTER_AREA), np.uint8)
    found = shown(product(fx.Outline(width=12.0), alpha=alpha))[..., 3].astype(float)
    # The covered length of each column changes evenly along a straight edge.
    lengths = found[:, 180:420].sum(0) / 255
    assert np.abs(np.diff(lengths, 2)).max() < 0.45


def test_an_overlay_colours_and_leaves_the_alpha() -> None:
    plain, coloured = shown(product()), shown(product(fx.ColourOverlay(Colour(200, 30, 30))))
    assert np.abs(plain[..., 3].astype(int) - coloured[..., 3]).max() <= 1
    whole = plain[..., 3] == 255
    assert (coloured[whole] == (30, 30, 200, 255)).all()


def test_an_overlay_in_a_mode_is_that_mode() -> None:
    overlay = fx.ColourOverlay(Colour(128, 128, 128), blend="multiply")
    found = shown(product(overlay))
    whole = found[..., 3] == 255
    assert np.abs(found[whole].astype(int) - (20, 80, 45, 255)).max() <= 1


def test_a_reflection_is_the_mirrored_layer_fading() -> None:
    plain, found = shown(product()), shown(product(fx.Reflection(1.0, height=0.5)))
    bottom = int(np.nonzero((plain[..., 3] >= 128).any(axis=1))[0].max()) + 1
    height = np.nonzero((plain[..., 3] >= 128).any(axis=1))[0]
    tall = (bottom - int(height.min())) * 0.5
    for depth in (5, 40, 80):
        above, below = plain[bottom - 1 - depth].astype(float), found[bottom + depth].astype(float)
        covered = plain[bottom + depth, :, 3] == 0
        wanted = above * (1 - (depth + 0.5) / tall)
        assert np.abs(below - wanted)[covered].max() <= 1.5


def test_contact_is_darkest_where_the_product_stands() -> None:
    found = shown(product(fx.ContactShadow()))[..., 3].astype(int) - shown(product())[..., 3]
    rows = np.nonzero(shape().any(axis=1))[0]
    by_row = found.sum(1)
    assert abs(int(by_row.argmax()) - int(rows.max())) < 12
    assert by_row[: int(rows.max()) - 100].sum() == 0


def test_a_cast_shadow_falls_away_from_the_light_and_fades() -> None:
    effect = fx.CastShadow(angle=135.0, length=0.5, fade=1.0)
    found = shown(product(effect))[..., 3].astype(int) - shown(product())[..., 3]
    _, across = np.nonzero(found > 8)
    middle = np.nonzero(shape().any(axis=0))[0].mean()
    assert across.mean() > middle + 40
    rows = found.max(1)[460:]
    assert rows[:40].max() > 3 * max(1, rows[90:].max())


@by_name
def test_a_pixel_does_not_depend_on_what_was_asked_for(effect: fx.Effect) -> None:
    layer = product(effect)
    whole = shown(layer)
    rect = Rect(201, 333, 150, 190)
    assert (shown(layer, rect=rect) == whole[333:523, 201:351]).all()


@by_name
def test_nothing_has_no_effect(effect: fx.Effect) -> None:
    assert not shown(product(effect, alpha=np.zeros((SIZE.height, SIZE.width), np.uint8))).any()


@by_name
def test_effects_stay_where_the_document_says(effect: fx.Effect) -> None:
    """What changed_rects relies on: no trace outside of Layer.bounds."""
    alpha = np.zeros((SIZE.height, SIZE.width), np.uint8)
    alpha[60:180, 60:160] = 255
    tight = Tiles.from_array(np.ascontiguousarray(alpha[60:180, 60:160]))
    colour = Tiles.from_array(np.full((120, 100, 4), 255, np.uint8))
    layer = Layer(
        "p", "p", PixelContent(colour), mask=Mask(tight), transform=Transform(dx=260, dy=200),
        effects=(effect,),
    )  # fmt: skip
    found = shown(layer)
    found[tuple(_slices(layer.bounds(SIZE).intersect(Rect.of(SIZE))))] = 0
    assert not found.any()


def _slices(rect: Rect) -> tuple[slice, slice]:
    return slice(rect.y, rect.bottom), slice(rect.x, rect.right)


@by_name
def test_a_group_has_the_effects_of_its_picture(effect: fx.Effect) -> None:
    alone = shown(product(effect))
    group = Layer("g", "g", GroupContent((product(),)), effects=(effect,))
    assert np.abs(shown(group).astype(int) - alone).max() <= 1


def test_a_layer_fades_with_its_shadow_as_one() -> None:
    effect = fx.DropShadow(distance=60.0, blur=3.0)
    full = product(effect)
    half = Layer(**{**vars(full), "opacity": 0.5})
    found, wanted = shown(half), shown(full) * 0.5
    assert np.abs(found - wanted).max() <= 1


def test_the_shadow_of_what_hangs_over_the_edge_has_no_seam_there() -> None:
    effect = fx.DropShadow(opacity=1.0, distance=0.0, blur=30.0)
    solid = Tiles.from_array(np.full((400, 900, 4), 255, np.uint8))
    layer = Layer(
        "p", "p", PixelContent(solid), transform=Transform(dx=-100, dy=100), effects=(effect,)
    )
    row = shown(layer)[520, :, 3].astype(int)
    assert np.ptp(row[5:-5]) <= 2


SOFT: list[Callable[[float], fx.Effect]] = [
    lambda blur: fx.DropShadow(blur=blur),
    lambda blur: fx.Glow(size=blur),
]


@pytest.mark.parametrize("make", SOFT)
def test_a_slightly_larger_blur_looks_slightly_different(
    make: Callable[[float], fx.Effect],
) -> None:
    """Where the reduced shape takes over from the full one nothing jumps."""
    steps = [shown(product(make(blur)))[..., 3].astype(int) for blur in np.arange(10.0, 15.0, 0.5)]
    assert max(int(np.abs(a - b).max()) for a, b in pairwise(steps)) <= 8


def test_a_layer_with_other_effects_has_the_same_shape() -> None:
    """So that a slider of an effect does not have the shape made anew at each movement."""
    shapes = Silhouettes(Compositor().alone, PixelCache(1 << 24))
    first = product(fx.DropShadow())
    shape = shapes.of(first, SIZE)
    for number in range(40):
        shape.made[number] = number
        moved = replace(first, effects=(fx.DropShadow(distance=number),), opacity=0.5)
        assert shapes.of(moved, SIZE) is shape
    assert len(shape.made) < 10, "what was made for other values is let go"
    others = (replace(first, transform=Transform(dx=3)), replace(first, mask=None))
    assert all(shapes.of(other, SIZE) is not shape for other in others)
