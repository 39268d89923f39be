# SPDX-License-Identifier: Apache-2.0
"""Snapping, by numbers."""

from math import inf

import numpy as np
import pytest

from prodedit.core.document import from_photo
from prodedit.core.geometry import Point, Rect
from prodedit.core.guides import Guide
from prodedit.core.tiles import Tiles
from prodedit.editing.aids import Aids
from prodedit.gui.snap_targets import SeenBounds, alpha_bounds, targets_of
from prodedit.gui.snapping import (
    Box,
    Line,
    Target,
    Targets,
    edges,
    joined,
    shift,
    snap_box,
    snap_point,
)

CANVAS = edges(Box(0, 0, 400, 300), "canvas")


@pytest.mark.parametrize(
    ("values", "targets", "grid", "expected"),
    [
        ((3.0,), (0.0,), 0, -3.0),
        ((7.0,), (0.0,), 0, None),
        ((7.0,), (0.0, 9.0), 0, 2.0),
        ((10.0, 20.0, 30.0), (31.5,), 0, 1.5),
        ((10.0, 20.0, 30.0), (19.0, 32.0), 0, -1.0),
        ((48.0,), (), 25.0, 2.0),
        ((-27.0,), (), 25.0, 2.0),
        ((48.0,), (), 0, None),
    ],
)
def test_the_nearest_line_within_reach_wins(
    values: tuple[float, ...], targets: tuple[float, ...], grid: float, expected: float | None
) -> None:
    lines = [Target(position, "layer") for position in targets]
    assert shift(values, lines, grid, reach=5.0) == expected


def test_of_two_equally_near_a_guide_goes_before_the_grid() -> None:
    targets = joined([Targets(grid=100), Targets((Target(104, "guide"),))])
    assert snap_point(Point(102, 50), targets, 5).dx == 2
    assert snap_point(Point(101, 50), targets, 5).dx == -1


def test_a_box_is_centred_and_told_so_by_a_line_of_both_lengths() -> None:
    snapped = snap_box(Box(148, 20, 248, 60), CANVAS, 6)
    assert (snapped.dx, snapped.dy) == (2, 0)
    assert snapped.lines == (Line("upright", 200, 0, 300, "canvas"),)


def test_a_box_snaps_across_and_down_on_their_own() -> None:
    layer = edges(Box(100, 100, 180, 140), "layer")
    snapped = snap_box(Box(177, 143, 217, 203), layer, 6)
    assert (snapped.dx, snapped.dy) == (3, -3)
    assert set(snapped.lines) == {
        Line("upright", 180, 100, 200, "layer"),
        Line("level", 140, 100, 220, "layer"),
    }


def test_what_may_move_only_one_way_snaps_only_that_way() -> None:
    snapped = snap_box(Box(3, 3, 43, 43), CANVAS, 6, "x")
    assert (snapped.dx, snapped.dy) == (-3, 0)
    assert [line.direction for line in snapped.lines] == ["upright"]


def test_a_guide_reaches_across_everything() -> None:
    snapped = snap_point(Point(52, 10), Targets((Target(50, "guide"),)), 6)
    assert snapped.lines == (Line("upright", 50, -inf, inf, "guide"),)


def test_an_empty_room_snaps_nothing() -> None:
    assert snap_box(Box(1, 2, 3, 4), Targets(), 6) == (0, 0, ())


def photo(left: int, top: int, right: int, bottom: int) -> Tiles:
    """700 x 600, opaque within these edges."""
    pixels = np.zeros((600, 700, 4), np.uint8)
    pixels[top:bottom, left:right] = 255
    return Tiles.from_array(pixels)


@pytest.mark.parametrize(
    "box", [(0, 0, 700, 600), (37, 290, 41, 555), (300, 256, 512, 300), (699, 599, 700, 600)]
)
def test_alpha_bounds_are_exact(box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    assert alpha_bounds(photo(*box)) == Rect(left, top, right - left, bottom - top)


def test_nothing_has_no_bounds() -> None:
    assert alpha_bounds(photo(0, 0, 0, 0)).is_empty


def test_what_is_snapped_to_follows_the_settings() -> None:
    document = from_photo(photo(50, 60, 150, 100), "mug")
    document = type(document)(document.size, document.layers, None, (Guide("upright", 33),))
    seen = SeenBounds()

    def xs(aids: Aids, moving: tuple[str, ...] = ()) -> set[float]:
        return {t.position for t in targets_of(document, aids, seen, moving).upright}

    assert xs(Aids()) == {33, 0, 350, 700, 50, 100, 150}
    assert xs(Aids(), (document.layers[0].id,)) == {33, 0, 350, 700}
    assert xs(Aids(snap_guides=False, snap_canvas=False)) == {50, 100, 150}
    assert xs(Aids(guides=False, snap_layers=False)) == {0, 350, 700}
    assert xs(Aids(snap=False)) == set()
    assert targets_of(document, Aids(grid=True), seen).grid == 25
    assert targets_of(document, Aids(), seen).grid == 0
