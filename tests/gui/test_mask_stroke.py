# SPDX-License-Identifier: Apache-2.0
"""What a brush does to a mask, pixel by pixel."""

import gc
from dataclasses import replace
from itertools import pairwise
from weakref import ref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodedit.core.document import PHOTO, Document
from prodedit.core.geometry import Point, Rect, Size, Transform
from prodedit.core.layer import Layer, Mask, PixelContent
from prodedit.core.paint.stroke import Brush, Stroke, dab, painted, placed_dab
from prodedit.core.tiles import TILE, Tiles
from prodedit.gui.tools.mask_stroke import MaskStroke, all_shown

SIZE = Size(600, 400)
HARD = Brush(size=40, hardness=1.0)


def photo(mask: Mask | None = None, transform: Transform | None = None) -> Layer:
    content = PixelContent(Tiles.from_array(np.full((400, 600, 4), 255, np.uint8)))
    return Layer(PHOTO, "photo", content, mask=mask, transform=transform or Transform())


def hidden() -> Mask:
    return Mask(Tiles.empty(SIZE, 1))


def alpha_after(stroke: MaskStroke) -> np.ndarray:
    mask = stroke.finished(Document(SIZE, (stroke.layer,)))
    assert mask is not None
    return mask.alpha.to_array()


@given(st.floats(1, 300), st.floats(0, 1), st.floats(-50, 900), st.floats(-50, 900))
def test_a_dab_lies_round_its_middle_and_is_as_large_as_asked(
    diameter: float, hardness: float, x: float, y: float
) -> None:
    mask, left, top = placed_dab(Point(x, y), diameter, hardness)
    weight = mask.astype(float)
    rows, columns = np.indices(mask.shape)
    assert weight.sum() > 0
    assert left + 0.5 + (columns * weight).sum() / weight.sum() == pytest.approx(x, abs=0.6)
    assert top + 0.5 + (rows * weight).sum() / weight.sum() == pytest.approx(y, abs=0.6)
    assert np.count_nonzero(mask) <= np.pi * (diameter / 2 + 1.5) ** 2 + 4
    border = np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]])
    assert border.max() == 0


def test_a_hard_dab_covers_the_area_of_its_circle() -> None:
    for diameter in (5.0, 21.0, 100.0):
        area = dab(diameter, 1.0, 0.0, 0.0).sum() / 255
        assert area == pytest.approx(np.pi * diameter**2 / 4, rel=0.03)


def test_large_dabs_of_many_sizes_are_not_all_kept() -> None:
    """A pen's pressure asks for each size that there is."""
    dabs = [ref(dab(float(diameter), 0.5, 0.0, 0.0)) for diameter in range(400, 440)]
    gc.collect()
    assert sum(one() is not None for one in dabs) <= 4


def test_a_softer_dab_covers_less() -> None:
    covered = [int(dab(60.0, hardness, 0.0, 0.0).sum()) for hardness in (0.0, 0.3, 0.7, 1.0)]
    assert covered == sorted(covered)
    assert covered[0] < covered[-1] / 2


@given(st.lists(st.tuples(st.floats(-100, 700), st.floats(-100, 500)), min_size=1, max_size=8))
def test_a_stroke_stays_within_its_layer_and_has_no_gaps(places: list[tuple[float, float]]) -> None:
    stroke = Stroke(Rect(0, 0, 600, 400), HARD)
    for place in places:
        stroke.line_to(Point(*place))
    whole = np.zeros((512, 768), np.uint8)
    for (column, row), block in stroke.coverage.items():
        whole[row * TILE : (row + 1) * TILE, column * TILE : (column + 1) * TILE] = block
    assert not whole[400:].any()
    assert not whole[:, 600:].any()
    for (ax, ay), (bx, by) in pairwise(places):
        for part in np.linspace(0, 1, 50):
            x, y = int(ax + (bx - ax) * part), int(ay + (by - ay) * part)
            if 0 <= x < 600 and 0 <= y < 400:
                assert whole[y, x] == 255


def test_the_stroke_does_not_depend_on_how_often_the_mouse_reports() -> None:
    often, seldom = Stroke(Rect(0, 0, 600, 400), HARD), Stroke(Rect(0, 0, 600, 400), HARD)
    for x in range(50, 551):
        often.line_to(Point(x, 200))
    for x in (50, 550):
        seldom.line_to(Point(x, 200))
    assert often.coverage.keys() == seldom.coverage.keys()
    for place, block in often.coverage.items():
        difference = np.abs(block.astype(int) - seldom.coverage[place])
        assert np.count_nonzero(difference) < 120  # the last dab's place may differ by a step


def test_going_over_a_place_again_adds_nothing_within_a_stroke() -> None:
    stroke = MaskStroke(photo(), Brush(40, 1.0, 0.5), restores=False)
    for _ in range(5):
        stroke.line_to(Point(100, 100))
        stroke.line_to(Point(200, 100))
    assert alpha_after(stroke)[100, 150] == 127


@pytest.mark.parametrize(("restores", "value"), [(True, 255), (False, 0)])
def test_restore_and_erase_reach_the_end_of_the_scale(restores: bool, value: int) -> None:
    half = Mask(Tiles.from_array(np.full((400, 600), 128, np.uint8)))
    stroke = MaskStroke(photo(half), HARD, restores)
    stroke.line_to(Point(300, 200))
    alpha = alpha_after(stroke)
    assert alpha[200, 300] == value
    assert alpha[200, 100] == 128


@given(st.integers(0, 255), st.integers(0, 255), st.booleans())
def test_painted_is_the_mix_of_old_and_target(old: int, coverage: int, restores: bool) -> None:
    block = np.full((TILE, TILE), old, np.uint8)
    cover = np.full((TILE, TILE), coverage, np.uint8)
    target = 255 if restores else 0
    expected = old + (target - old) * coverage / 255
    assert abs(int(painted(block, cover, 1.0, restores)[0, 0]) - expected) <= 0.5 + 1e-9


def test_a_layer_without_a_mask_gets_one_that_hides_only_the_stroke() -> None:
    stroke = MaskStroke(photo(), HARD, restores=False)
    stroke.line_to(Point(300, 200))
    alpha = alpha_after(stroke)
    assert alpha[200, 300] == 0
    assert alpha[0, 0] == alpha[399, 599] == 255


def test_a_stroke_that_changes_nothing_is_no_change() -> None:
    stroke = MaskStroke(photo(), HARD, restores=True)
    stroke.line_to(Point(300, 200))
    assert stroke.finished(Document(SIZE, (stroke.layer,))) is None


def test_untouched_blocks_are_shared_with_the_old_mask() -> None:
    mask = Mask(all_shown(SIZE))
    stroke = MaskStroke(photo(mask), HARD, restores=False)
    stroke.line_to(Point(100, 100))
    after = stroke.finished(Document(SIZE, (stroke.layer,)))
    assert after is not None
    assert after.alpha.changed(mask.alpha) == (Rect(0, 0, TILE, TILE),)


def test_the_foreground_colour_goes_where_the_alpha_was_painted_and_nowhere_else() -> None:
    colour = np.zeros((400, 600, 4), np.uint8)
    colour[:, 100:500] = (10, 20, 30, 255)
    mask = replace(hidden(), foreground=Tiles.from_array(colour))
    stroke = MaskStroke(photo(mask), HARD, restores=True)
    stroke.line_to(Point(300, 100))
    after = stroke.finished(Document(SIZE, (stroke.layer,)))
    assert after is not None
    assert after.foreground is not None
    kept, alpha = after.foreground.to_array(), after.alpha.to_array()
    assert not kept[alpha > 0].any()
    assert (kept[(alpha == 0)] == colour[alpha == 0]).all()


def test_a_foreground_block_that_is_all_painted_over_is_gone() -> None:
    colour = np.zeros((400, 600, 4), np.uint8)
    colour[95:105, 295:305] = 255
    mask = replace(hidden(), foreground=Tiles.from_array(colour).without_blank())
    stroke = MaskStroke(photo(mask), HARD, restores=True)
    stroke.line_to(Point(300, 100))
    after = stroke.finished(Document(SIZE, (stroke.layer,)))
    assert after is not None
    assert after.foreground is not None
    assert not after.foreground.blocks


def test_nothing_is_painted_outside_of_the_selection() -> None:
    selected = np.zeros((400, 600), np.uint8)
    selected[:, 300:] = 255
    stroke = MaskStroke(photo(), HARD, False, selection=Tiles.from_array(selected))
    stroke.line_to(Point(300, 200))
    alpha = alpha_after(stroke)
    assert (alpha[:, :300] == 255).all()
    assert alpha[200, 305] == 0


@pytest.mark.parametrize(
    "transform",
    [Transform(dx=37, dy=-12), Transform(dx=0.5, dy=0.25), Transform(a=2, d=2, dx=10, dy=20)],
    ids=["whole shift", "part of a pixel", "enlarged"],
)
def test_a_moved_layer_is_painted_where_the_pointer_is(transform: Transform) -> None:
    selected = np.zeros((1000, 1400), np.uint8)
    place = Point(320, 240)
    selected[: int(place.y)] = 255
    layer = photo(transform=transform)
    stroke = MaskStroke(layer, HARD, False, selection=Tiles.from_array(selected))
    stroke.line_to(place)
    alpha = alpha_after(stroke)
    x, y = (int(v) for v in transform.inverse().map(place))
    assert alpha[y - 5, x] == 0  # the upper half is selected
    assert alpha[y + 5, x] == 255
