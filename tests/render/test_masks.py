# SPDX-License-Identifier: Apache-2.0
"""Masks that do not lie on their layer's pixels, and masks of what has none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from prodedit.core.document import Document
from prodedit.core.geometry import IDENTITY, Size, Transform
from prodedit.core.layer import (
    Colour,
    Content,
    FillContent,
    GroupContent,
    Layer,
    Mask,
    PixelContent,
    ShapeContent,
    SolidFill,
)
from prodedit.core.shape import RectangleShape
from prodedit.core.text import Text
from prodedit.core.tiles import Tiles
from prodedit.render.cache import PixelCache
from prodedit.render.compositor import Compositor
from prodedit.render.masks import canvas_block
from prodedit.render.text import content_of

SIZE = Size(600, 400)
WHITE = Colour(255, 255, 255)
TURNED = Transform(0.8, 0.5, -0.5, 0.8, 140.3, 30.6)
SHIFTED = Transform(dx=37, dy=-21)


def left_half(width: int = 600, height: int = 400) -> Tiles:
    alpha = np.zeros((height, width), np.uint8)
    alpha[:, : width // 2] = 255
    return Tiles.from_array(alpha)


def white(width: int = 600, height: int = 400) -> Tiles:
    return Tiles.from_array(np.full((height, width, 4), 255, np.uint8))


def shown(layer: Layer) -> NDArray[np.uint8]:
    return Compositor().merged(Document(SIZE, (layer,)))


def kinds() -> dict[str, Content]:
    return {
        "pixels": PixelContent(white()),
        "shape": ShapeContent(RectangleShape(600, 400), SolidFill(WHITE)),
        "fill": FillContent(SolidFill(WHITE)),
        "group": GroupContent((Layer("in", "in", FillContent(SolidFill(WHITE))),)),
    }


@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("onto", [IDENTITY, SHIFTED, TURNED])
def test_every_kind_is_masked_the_same(kind: str, onto: Transform) -> None:
    """White all over, so that the alpha of the picture is the mask's on the canvas."""
    layer = Layer("a", "a", kinds()[kind], mask=Mask(left_half(), transform=onto))
    expected = shown(
        Layer("a", "a", FillContent(SolidFill(WHITE)), mask=Mask(left_half(), transform=onto))
    )
    assert expected[..., 3].any()
    assert not expected[..., 3].all()
    assert np.abs(shown(layer)[..., 3].astype(int) - expected[..., 3]).max() <= 1


@pytest.mark.parametrize("kind", ["pixels", "shape"])
def test_a_mask_goes_with_its_layer_where_that_has_a_place(kind: str) -> None:
    layer = Layer("a", "a", kinds()[kind], transform=SHIFTED, mask=Mask(left_half()))
    alpha = shown(layer)[..., 3]
    assert (alpha[:370, 40:337] == 255).all()
    assert not alpha[:, 337:].any()


def test_a_mask_that_stays_behind_shows_another_part_of_the_layer() -> None:
    """The layer moved right by 100, its mask did not."""
    stays = Transform(dx=100).inverse()
    layer = Layer(
        "a",
        "a",
        PixelContent(white()),
        transform=Transform(dx=100),
        mask=Mask(left_half(), transform=stays),
    )
    alpha = shown(layer)[..., 3]
    assert (alpha[:, 100:300] == 255).all()
    assert not alpha[:, :100].any()
    assert not alpha[:, 300:].any()


@pytest.mark.usefixtures("qapp")
def test_a_mask_of_the_canvas_on_a_turned_text() -> None:
    content = content_of(Text("MMMMMMMM", size=120))
    bare = Layer("t", "t", content, transform=TURNED)
    masked = replace(bare, mask=Mask(left_half(), transform=TURNED.inverse()))
    whole, cut = shown(bare), shown(masked)
    assert whole[:, 320:].any()
    assert not cut[:, 302:].any()
    assert np.abs(cut[:, :298].astype(int) - whole[:, :298]).max() <= 1


def test_the_foreground_goes_with_the_mask() -> None:
    paint = Tiles.empty(SIZE, 4).paste(
        np.broadcast_to(np.array([0, 0, 255, 255], np.uint8), (50, 50, 4)).copy(), 10, 10
    )
    mask = Mask(left_half(), foreground=paint, transform=SHIFTED)
    pixels = shown(Layer("a", "a", PixelContent(white()), mask=mask))
    assert tuple(pixels[30, 60]) == (0, 0, 255, 255)
    assert tuple(pixels[100, 60]) == (255, 255, 255, 255)


def test_a_disabled_mask_hides_nothing() -> None:
    mask = Mask(left_half(), transform=TURNED, enabled=False)
    assert (shown(Layer("a", "a", kinds()["shape"], mask=mask))[..., 3] == 255).all()


def test_blocks_in_place_are_not_copied_and_far_ones_not_made() -> None:
    cache, alpha = PixelCache(1 << 20), left_half()
    assert canvas_block(cache, alpha, IDENTITY, (0, 0)) is alpha.block(0, 0)
    for transform in (IDENTITY, SHIFTED, TURNED, Transform(1, 1, 1, 1)):
        assert canvas_block(cache, alpha, transform, (40, 40)) is None
    assert cache.nbytes == 0


def test_a_reduced_mask_is_averaged() -> None:
    """A checkerboard of single pixels, at a quarter of its size, is an even grey."""
    board = (np.indices((400, 600)).sum(0) % 2 * 255).astype(np.uint8)
    mask = Mask(Tiles.from_array(board), transform=Transform(0.25, 0, 0, 0.25))
    alpha = shown(Layer("f", "f", FillContent(SolidFill(WHITE)), mask=mask))[5:95, 5:145, 3]
    assert np.abs(alpha.astype(int) - 128).max() <= 2
