# SPDX-License-Identifier: Apache-2.0
"""Shapes, colours and what hangs together, against areas that are known and a flood by hand."""

from math import cos, pi, sin

import numpy as np
import pytest

from prodedit.core import coverage
from prodedit.core.geometry import Point, Rect, Transform
from prodedit.core.tiles import Tiles

LIMIT = Rect(0, 0, 300, 200)


def area(region: coverage.Region) -> float:
    return float(region.pixels.sum(dtype=np.int64)) / 255


def test_whole_pixels_are_selected_whole() -> None:
    region = coverage.rectangle(10, 20, 40, 30, LIMIT)
    assert region.rect == Rect(10, 20, 30, 10)
    assert (region.pixels == 255).all()


@pytest.mark.parametrize("smooth", [True, False])
def test_an_edge_within_a_pixel_takes_its_share_or_all(smooth: bool) -> None:
    region = coverage.rectangle(10.25, 20, 40, 30.5, LIMIT, smooth)
    assert region.pixels[0, 0] == (191 if smooth else 255)
    assert region.pixels[10, 5] == (128 if smooth else 255)


def test_corners_in_any_order_and_beyond_the_canvas() -> None:
    region = coverage.rectangle(320, 250, 290, -5, LIMIT)
    assert region.rect == Rect(290, 0, 10, 200)


def test_a_polygon_has_the_area_of_the_shoelace_formula() -> None:
    points = [Point(10.3, 20.7), Point(250.1, 60.2), Point(180.9, 190.4), Point(30.2, 120.6)]
    ahead = [*points[1:], points[0]]
    double = sum(a.x * b.y - b.x * a.y for a, b in zip(points, ahead, strict=True))
    assert area(coverage.polygon(points, LIMIT)) == pytest.approx(abs(double) / 2, abs=2)


def test_a_polygon_is_the_same_whole_and_cut_by_the_canvas() -> None:
    points = [Point(-80.5, 40.2), Point(120.7, -60.9), Point(380.4, 90.3), Point(60.6, 260.8)]
    wide = coverage.polygon(points, Rect(-100, -100, 600, 500))
    cut = coverage.polygon(points, LIMIT)
    x, y = cut.x - wide.x, cut.y - wide.y
    same = wide.pixels[y : y + cut.rect.height, x : x + cut.rect.width]
    assert np.abs(same.astype(int) - cut.pixels).max() <= 1


def test_loops_that_overlap_are_inside_whichever_way_they_run() -> None:
    square = [Point(10, 10), Point(60, 10), Point(60, 60), Point(10, 60)]
    assert area(coverage.polygon(square + square, LIMIT)) == 2500
    assert area(coverage.polygon([*square, square[0], *square[::-1]], LIMIT)) == 0
    assert area(coverage.polygon(square[::-1], LIMIT)) == 2500


def test_a_line_and_a_point_enclose_nothing() -> None:
    assert coverage.polygon([], LIMIT).rect.is_empty
    assert not coverage.polygon([Point(1, 1), Point(9, 9)], LIMIT).pixels.any()
    assert not coverage.polygon([Point(1, 1), Point(9, 9), Point(5, 5)], LIMIT).pixels.any()


def test_an_ellipse_has_its_area_and_touches_its_box() -> None:
    region = coverage.ellipse(20, 30, 220, 150, LIMIT)
    assert area(region) == pytest.approx(pi * 100 * 60, rel=1e-3)
    assert region.rect == Rect(20, 30, 200, 120)
    assert region.pixels[60, 0] > 100


def test_a_lasso_of_many_points_agrees_with_its_circle() -> None:
    turns = np.linspace(0, 2 * pi, 3000)
    lasso = [Point(150 + 80 * cos(t), 100 + 80 * sin(t)) for t in turns]
    assert area(coverage.polygon(lasso, LIMIT)) == pytest.approx(pi * 80 * 80, rel=1e-3)


def flooded(alike: np.ndarray, x: int, y: int) -> np.ndarray:
    found, waiting = np.zeros(alike.shape, bool), [(x, y)]
    while waiting:
        x, y = waiting.pop()
        inside = 0 <= y < alike.shape[0] and 0 <= x < alike.shape[1]
        if inside and alike[y, x] and not found[y, x]:
            found[y, x] = True
            waiting += [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
    return found


def test_the_wand_finds_what_a_flood_by_hand_finds() -> None:
    pixels = np.random.default_rng(5).integers(0, 256, (40, 50, 4), np.uint8)
    seed = pixels[20, 25].astype(int)
    alike = (np.abs(pixels.astype(int) - seed) <= 160).all(axis=2)
    everywhere = coverage.wand(pixels, 25, 20, 160, contiguous=False)
    assert np.array_equal(everywhere > 0, alike)
    near = coverage.wand(pixels, 25, 20, 160)
    assert np.array_equal(near > 0, flooded(alike, 25, 20))
    assert 1 < near.astype(bool).sum() < alike.sum()


def test_the_wand_does_not_leak_through_a_diagonal_line() -> None:
    pixels = np.full((20, 20, 4), 255, np.uint8)
    pixels[np.arange(20), np.arange(20)] = 0
    found = coverage.wand(pixels, 15, 2, 30)
    assert found[2, 15] == 255
    assert found[15, 2] == 0


def test_a_smooth_edge_is_half_at_its_middle() -> None:
    hard = np.zeros((20, 20), np.uint8)
    hard[:, 10:] = 255
    assert coverage.softened(hard)[5, 8:12].tolist() == [0, 64, 191, 255]


def test_colours_fall_off_softly_round_the_tolerance() -> None:
    pixels = np.zeros((1, 5, 4), np.uint8)
    pixels[..., 3] = 255
    pixels[0, :, 2] = [100, 105, 110, 115, 200]  # red
    near = coverage.like_colour(pixels, (100, 0, 0), 10)[0]
    assert near.tolist() == [255, 255, 128, 0, 0]
    pixels[0, 0, 3] = 0
    assert coverage.like_colour(pixels, (100, 0, 0), 10)[0, 0] == 0


def test_a_mask_lands_where_its_transform_puts_it() -> None:
    mask = np.zeros((40, 40), np.uint8)
    mask[10:20, 10:20] = 255
    tiles = Tiles.from_array(mask)
    shifted = coverage.moved(tiles, Transform(dx=5, dy=-3), Rect(0, 0, 60, 60))
    assert np.argwhere(shifted).min(axis=0).tolist() == [7, 15]
    doubled = coverage.moved(tiles, Transform(a=2, d=2), Rect(0, 0, 80, 80))
    assert np.array_equal(doubled > 127, np.kron(mask, np.ones((2, 2))) > 0)
    assert not coverage.moved(tiles, Transform(2, 0, 0, 2, 900, 0), Rect(0, 0, 9, 9)).any()
