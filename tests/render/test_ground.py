# SPDX-License-Identifier: Apache-2.0
"""Where products stand: along their lower edge, however it runs; and what lies on the ground."""

import cv2
import numpy as np
import pytest

from prodedit.core import effects as fx
from prodedit.core.document import Document
from prodedit.core.geometry import Rect, Size, Transform
from prodedit.core.layer import Layer, Mask, PixelContent
from prodedit.core.tiles import TILE, Pixels, Tiles, block_rect
from prodedit.render.cache import PixelCache
from prodedit.render.compositor import Compositor
from prodedit.render.ground import Ground, ground, lowest
from prodedit.render.silhouette import Silhouette

SIZE = Size(700, 620)


def drawn(*corners: tuple[int, int]) -> Pixels:
    large = np.zeros((SIZE.height * 4, SIZE.width * 4), np.uint8)
    cv2.fillPoly(large, [np.array(corners) * 4], 255)
    return np.asarray(cv2.resize(large, SIZE, interpolation=cv2.INTER_AREA))


SLANTED = drawn((120, 150), (580, 100), (580, 360), (120, 480))
"""A box that stands along a slant, as a shoe does that is seen from above: 120 rows in 460."""
ARCHED = drawn(
    (100, 200), (600, 200), (600, 480), (540, 480), (540, 380), (200, 380), (200, 480), (100, 480)
)  # fmt: skip
FOOTED = drawn(
    (100, 120), (600, 120), (600, 330), (390, 360), (390, 500), (310, 500), (310, 360), (100, 330)
)  # fmt: skip
"""A wide bowl on a narrow foot."""


def product(alpha: Pixels, *effects: fx.Effect, **fields: object) -> Layer:
    colour = np.empty((SIZE.height, SIZE.width, 4), np.uint8)
    colour[:] = (40, 160, 90, 255)
    mask = Mask(Tiles.from_array(alpha))
    content = PixelContent(Tiles.from_array(colour))
    return Layer("p", "p", content, mask=mask, effects=effects, **fields)  # type: ignore[arg-type]


def shown(alpha: Pixels, *effects: fx.Effect) -> Pixels:
    return Compositor().render(Document(SIZE, (product(alpha, *effects),)))


def stood(alpha: Pixels, follow: float = 1.0, **fields: object) -> tuple[Silhouette, Ground]:
    layer = product(alpha, **fields)

    def block(one: Layer, canvas: Size, place: tuple[int, int]) -> Pixels:
        rect = block_rect(place)
        whole = Compositor().render(Document(canvas, (one,)), rect.intersect(Rect.of(canvas)))
        return np.pad(whole, [(0, TILE - whole.shape[0]), (0, TILE - whole.shape[1]), (0, 0)])

    shape = Silhouette(layer, SIZE, block, PixelCache(1 << 24))
    return shape, ground(shape, follow)


def edge(alpha: Pixels, column: int) -> int:
    """The row below the product in that column."""
    return int(np.flatnonzero(alpha[:, column] >= 128).max()) + 1


@pytest.mark.parametrize("moved", [(0, 0), (-90, 61), (37, -140)])
def test_each_column_ends_where_its_lowest_pixel_does(moved: tuple[int, int]) -> None:
    shape, _ = stood(ARCHED, transform=Transform(dx=moved[0], dy=moved[1]))
    found = lowest(shape, shape.box())
    wanted = [edge(ARCHED, column) + moved[1] for column in range(100, 600)]
    assert shape.box().x == 100 + moved[0]
    assert np.abs(found[2:498] - wanted[2:498]).max() == 0


def test_the_ground_runs_along_a_slanted_base() -> None:
    _, found = stood(SLANTED)
    wanted = [edge(SLANTED, column) for column in range(130, 570)]
    line, touch = found.at(np.arange(130, 570) + 0.5)
    assert np.abs(line - wanted).max() <= 1.5
    assert touch.min() > 0.9


def test_without_following_it_is_straight_through_the_lowest_point() -> None:
    _, found = stood(SLANTED, follow=0.0)
    assert (found.line == 480).all()
    assert found.touch[:8].max() > 0.9
    assert found.touch[-100:].max() < 0.01


def test_an_arch_does_not_touch_and_the_ground_goes_on_below_it() -> None:
    _, found = stood(ARCHED)
    line, touch = found.at(np.arange(260, 480) + 0.5)
    assert np.abs(line - 480).max() <= 1
    assert touch.max() < 0.01
    assert found.at(np.array([150.0, 570.0]))[1].min() > 0.9


def test_what_hangs_over_stands_on_the_foots_ground() -> None:
    _, found = stood(FOOTED)
    assert np.abs(found.line - 500).max() <= 1
    assert found.touch[:120].max() < 0.01
    assert found.at(np.array([350.0]))[1] > 0.9


def test_a_hanging_thread_is_nothing_to_stand_on() -> None:
    frayed = SLANTED.copy()
    frayed[:600, 300:302] = 255
    line = stood(frayed)[1].at(np.array([301.0]))[0]
    assert abs(float(line[0]) - edge(SLANTED, 301)) <= 2


def test_nothing_stands_nowhere() -> None:
    with pytest.raises(ValueError, match="empty"):
        stood(np.zeros_like(SLANTED))


@pytest.mark.parametrize(("follow", "gap"), [(1.0, False), (0.0, True)])
def test_a_reflection_begins_where_the_product_ends(follow: float, gap: bool) -> None:
    found = shown(SLANTED, fx.Reflection(1.0, height=0.5, follow=follow))[..., 3]
    below = [found[edge(SLANTED, column) + 3, column] for column in range(300, 570, 10)]
    assert (min(below) < 10) if gap else (min(below) > 180)


def test_a_slanted_mirror_shows_each_column_upside_down() -> None:
    striped = shown(SLANTED, fx.Reflection(1.0, height=1.0))
    for column in (200, 350, 500):
        bottom = edge(SLANTED, column)
        tall = SLANTED[:, column] >= 128
        shares = 1 - (np.arange(200) + 0.5) / (480 - 100)
        reflected = striped[bottom : bottom + 100, column, 3]
        assert tall[bottom - 100 : bottom - 1].all()
        assert np.abs(reflected[2:] - 255 * shares[2:100]).max() <= 4


def test_contact_is_dark_along_the_whole_slant_and_softer_outward() -> None:
    found = shown(SLANTED, fx.ContactShadow(opacity=1.0, blur=10.0))[..., 3].astype(int)
    for column in range(160, 541, 20):
        below = found[edge(SLANTED, column) + 2 :, column][:60]
        assert below[0] > 150
        assert (np.diff(below) <= 1).all()
        assert below[50] < 25


def test_contact_leaves_the_arch_alone() -> None:
    found = shown(ARCHED, fx.ContactShadow(opacity=1.0, blur=6.0))[..., 3]
    assert found[482, 150] > 120
    assert found[400:560, 300:440].max() < 8
