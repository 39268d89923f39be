# SPDX-License-Identifier: Apache-2.0
"""Selections combined, grown, softened; and what becomes of an empty one."""

import numpy as np
import pytest

from prodedit.core import coverage, selection
from prodedit.core.geometry import Rect, Size
from prodedit.core.selection import Mode
from prodedit.core.tiles import Tiles

SIZE = Size(600, 500)
LIMIT = Rect.of(SIZE)


def square(x: int, y: int, side: int) -> coverage.Region:
    return coverage.rectangle(x, y, x + side, y + side, LIMIT)


def chosen(*regions: coverage.Region) -> Tiles:
    found: Tiles | None = None
    for region in regions:
        found = selection.combined(found, region, "add", SIZE)
    assert found is not None
    return found


def disc(radius: int = 100) -> Tiles:
    box = (300 - radius, 250 - radius, 300 + radius, 250 + radius)
    return chosen(coverage.ellipse(*box, LIMIT))


def area(tiles: Tiles | None) -> float:
    return 0.0 if tiles is None else float(tiles.to_array().sum(dtype=np.int64)) / 255


@pytest.mark.parametrize("mode", ["replace", "add", "subtract", "intersect"])
def test_modes_do_what_they_do_to_sets(mode: Mode) -> None:
    old, new = square(50, 50, 300), square(200, 150, 300)
    result = selection.combined(chosen(old), new, mode, SIZE)
    assert result is not None
    a, b = (chosen(one).to_array() > 0 for one in (old, new))
    sets = {"replace": b, "add": a | b, "subtract": a & ~b, "intersect": a & b}
    assert np.array_equal(result.to_array() == 255, sets[mode])


def test_without_a_selection_everything_is_subtracted_from() -> None:
    left = selection.combined(None, square(0, 0, 100), "subtract", SIZE)
    assert area(left) == SIZE.area - 100 * 100


def test_the_same_taken_away_leaves_nothing() -> None:
    region = coverage.ellipse(10.3, 10.7, 200.1, 190.2, LIMIT)
    assert selection.combined(chosen(region), region, "subtract", SIZE) is None
    assert selection.combined(chosen(region), square(400, 400, 50), "intersect", SIZE) is None
    assert selection.combined(None, coverage.NOWHERE, "replace", SIZE) is None


def test_blocks_that_stay_alike_are_shared() -> None:
    old = chosen(square(0, 0, 300))
    new = selection.combined(old, square(520, 400, 20), "add", SIZE)
    assert new is not None
    assert new.blocks[0, 0] is old.blocks[0, 0]


def test_everything_is_one_block_many_times() -> None:
    big = selection.full(Size(4096, 4096))
    assert len(big.blocks) == 256
    assert len({id(block) for block in big.blocks.values()}) == 1
    assert selection.inverted(big) is None


def test_bounds_and_inverse() -> None:
    tiles = chosen(square(30, 40, 280))
    assert selection.bounds(tiles) == Rect(30, 40, 280, 280)
    inverse = selection.inverted(tiles)
    assert inverse is not None
    assert np.array_equal(inverse.to_array(), 255 - tiles.to_array())
    twice = selection.inverted(inverse)
    assert twice is not None
    assert np.array_equal(twice.to_array(), tiles.to_array())


def test_an_edge_moves_by_so_many_pixels() -> None:
    grown, shrunk = selection.grown(disc(), 20), selection.shrunk(disc(), 20)
    assert area(grown) == pytest.approx(np.pi * 120**2, rel=0.01)
    assert area(shrunk) == pytest.approx(np.pi * 80**2, rel=0.01)
    square_ = chosen(square(100, 100, 100))
    assert selection.bounds(selection.grown(square_, 7) or square_) == Rect(93, 93, 114, 114)


def test_a_soft_edge_stays_as_soft_when_it_moves() -> None:
    soft = selection.feathered(disc(), 40)
    assert soft is not None
    grown = selection.grown(soft, 20)
    assert grown is not None
    before, after = soft.to_array()[250], grown.to_array()[250]
    assert np.abs(after[:200].astype(int) - before[20:220]).max() <= 6


def test_shrinking_stays_at_the_edge_of_the_picture_and_ends_in_nothing() -> None:
    side = chosen(coverage.rectangle(0, 0, 200, SIZE.height, LIMIT))
    assert selection.bounds(selection.shrunk(side, 30) or side) == Rect(0, 0, 170, SIZE.height)
    assert selection.shrunk(chosen(square(100, 100, 20)), 10) is None


def test_feathering_is_a_gaussian_and_full_at_the_edge_of_the_picture() -> None:
    side = chosen(coverage.rectangle(0, 0, 300, SIZE.height, LIMIT))
    for radius in (4, 60):  # a true Gaussian, and boxes
        soft = selection.feathered(side, radius)
        assert soft is not None
        row = soft.to_array()[0]
        assert row[0] == 255
        assert 100 < row[299] < 155
        at_sigma = int(row[300 + radius // 2 - 1]), int(row[299 - radius // 2])
        assert abs(at_sigma[0] / 255 - 0.1587) < 0.08
        assert abs(at_sigma[1] / 255 - 0.8413) < 0.08


def test_smoothing_drops_specks_and_holes_and_keeps_the_rest() -> None:
    holed = selection.combined(disc(), square(300, 250, 4), "subtract", SIZE)
    specked = selection.combined(holed, square(20, 20, 4), "add", SIZE)
    assert specked is not None
    smooth = selection.smoothed(specked, 20)
    assert smooth is not None
    pixels = smooth.to_array()
    assert pixels[22, 22] == 0
    assert pixels[252, 302] == 255
    assert area(smooth) == pytest.approx(area(disc()), rel=0.02)


def test_a_border_lies_on_the_edge_also_on_the_picture_s_own() -> None:
    ring = selection.bordered(disc(), 10)
    assert area(ring) == pytest.approx(np.pi * (105**2 - 95**2), rel=0.06)
    frame = selection.bordered(selection.full(SIZE), 10)
    assert frame is not None
    assert frame.to_array()[4, 300] == 255
    assert frame.to_array()[6, 300] == 0
    thin = selection.bordered(disc(), 1)
    assert thin is not None
    assert area(thin) == pytest.approx(2 * np.pi * 100, rel=0.3)


def test_tidying_drops_what_is_empty() -> None:
    pixels = np.zeros((500, 600), np.uint8)
    assert selection.tidy(Tiles.from_array(pixels)) is None
    pixels[10, 10] = 1
    tidy = selection.tidy(Tiles.from_array(pixels))
    assert tidy is not None
    assert list(tidy.blocks) == [(0, 0)]
