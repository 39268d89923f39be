# SPDX-License-Identifier: Apache-2.0
"""Lines round what is selected, and curves along them (core/path_tracing, core/curve_fitting)."""

import cv2
import numpy as np
import pytest

from prodedit.core import coverage, path_tracing
from prodedit.core.curve_fitting import fitted
from prodedit.core.curves import flattened
from prodedit.core.geometry import Rect
from prodedit.core.path import Path
from prodedit.core.problem import Problem
from prodedit.core.tiles import Pixels
from tests.scenes import studio_scene


def filled(path: Path, shape: tuple[int, int]) -> Pixels:
    height, width = shape
    lines = [flattened(sub) for sub in path.subpaths]
    region = coverage.polygons(lines, Rect(0, 0, width, height))
    pixels = np.zeros(shape, np.uint8)
    pixels[region.y : region.rect.bottom, region.x : region.rect.right] = region.pixels
    return pixels


def overlap(a: Pixels, b: Pixels) -> float:
    """Intersection over union."""
    one, other = a > 127, b > 127
    return float((one & other).sum() / (one | other).sum())


def disc(radius: float, side: int = 240) -> Pixels:
    y, x = np.mgrid[0:side, 0:side] + 0.5
    away = np.hypot(x - side / 2, y - side / 2)
    return np.asarray((np.clip(radius + 0.5 - away, 0, 1) * 255).round(), np.uint8)


def knots(path: Path) -> int:
    return sum(len(sub.knots) for sub in path.subpaths)


def test_the_line_goes_where_coverage_is_half() -> None:
    (line,) = path_tracing.outlines(disc(80))
    away = np.hypot(line[:, 0] - 120, line[:, 1] - 120)
    assert np.abs(away - 80).max() < 0.1


def test_a_rectangle_keeps_its_corners() -> None:
    area = np.zeros((100, 120), np.uint8)
    area[20:80, 30:110] = 255
    (sub,) = path_tracing.traced(area, 1000, 500, 1.0).subpaths
    assert sub.closed
    points = sorted((knot.point.x, knot.point.y) for knot in sub.knots)
    wanted = [(1030, 520), (1030, 580), (1110, 520), (1110, 580)]
    assert points == [pytest.approx(corner) for corner in wanted]
    assert (filled(path_tracing.traced(area, 0, 0, 1.0), area.shape) == area).all()


def test_what_reaches_the_edge_is_closed_there() -> None:
    area = np.full((50, 60), 255, np.uint8)
    assert (filled(path_tracing.traced(area, 0, 0, 0.5), area.shape) == area).all()


@pytest.mark.parametrize("tolerance", [0.3, 1.0, 3.0])
def test_curves_miss_the_line_by_the_tolerance_at_most(tolerance: float) -> None:
    (line,) = path_tracing.outlines(disc(90))
    (sub,) = path_tracing.traced(disc(90), 0, 0, tolerance).subpaths
    dense = np.array(flattened(sub, 1e-5))
    for place in line[::5]:
        assert np.hypot(*(dense - place).T).min() <= tolerance + 0.1
    assert len(sub.knots) == len(fitted(line, tolerance))
    assert len(sub.knots) <= {0.3: 16, 1.0: 8, 3.0: 4}[tolerance]


def test_a_ring_is_two_lines_and_a_hole() -> None:
    ring = cv2.subtract(disc(90), disc(50))
    path = path_tracing.traced(np.asarray(ring, np.uint8), 0, 0, 0.5)
    assert len(path.subpaths) == 2
    again = filled(path, ring.shape)
    assert again[120, 120] == 0
    assert overlap(np.asarray(ring, np.uint8), again) > 0.995


def test_there_and_back() -> None:
    """Of a rendered product with its true alpha: soft edges, corners, a hole in the handle."""
    small = studio_scene("mug", "white", (320, 240), 2).alpha
    alpha = np.asarray(cv2.resize(small, (1200, 900), interpolation=cv2.INTER_CUBIC), np.uint8)
    path = path_tracing.traced(alpha, 0, 0, 1.0)
    assert overlap(alpha, filled(path, alpha.shape)) > 0.995
    assert knots(path) < 120


def test_a_drop_has_one_corner() -> None:
    drop = disc(60)
    cv2.fillConvexPoly(drop, np.array([[82, 74], [158, 74], [120, 8]], np.int32), (255,))
    path = path_tracing.traced(drop, 0, 0, 1.0)
    assert overlap(drop, filled(path, drop.shape)) > 0.99


def test_a_soft_edge_goes_through_its_middle() -> None:
    soft = np.asarray(cv2.GaussianBlur(disc(80), (0, 0), 8), np.uint8)
    path = path_tracing.traced(soft, 0, 0, 1.0)
    assert overlap(soft, filled(path, soft.shape)) > 0.995


def test_corners_that_touch_stay_apart() -> None:
    area = np.zeros((40, 40), np.uint8)
    area[5:20, 5:20] = area[20:35, 20:35] = 255
    path = path_tracing.traced(area, 0, 0, 0.5)
    assert len(path.subpaths) == 2
    assert overlap(area, filled(path, area.shape)) > 0.97


def test_specks_are_left_out_and_nothing_is_an_empty_path() -> None:
    area = disc(60)
    area[4, 4] = 255
    assert len(path_tracing.traced(area, 0, 0, 1.5).subpaths) == 1
    assert path_tracing.traced(np.zeros((9, 9), np.uint8), 0, 0, 1.0) == Path()
    assert path_tracing.traced(np.full((9, 9), 100, np.uint8), 0, 0, 1.0) == Path()
    assert fitted(np.zeros((2, 2)), 1.0) == ()


def test_grain_is_refused() -> None:
    grain = np.random.default_rng(2).integers(0, 256, (400, 400)).astype(np.uint8)
    with pytest.raises(Problem) as caught:
        path_tracing.traced(grain, 0, 0, 1.0)
    assert caught.value.code == "too-fine-for-path"
