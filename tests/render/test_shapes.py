# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import Literal

import numpy as np
import pytest

from prodedit.core import shape as shapes
from prodedit.core.document import Document
from prodedit.core.geometry import Point, Rect, Size, Transform
from prodedit.core.layer import Colour, GradientFill, Layer, PatternFill, ShapeContent, SolidFill
from prodedit.core.path import Knot, Path, Subpath
from prodedit.core.shape import Shape, Stroke
from prodedit.core.tiles import Pixels
from prodedit.render.compositor import Compositor
from prodedit.render.drawn import draw

RED, BLUE = Colour(255, 0, 0), Colour(0, 0, 255)
SIDES: tuple[Literal["centre", "inside", "outside"], ...] = ("centre", "inside", "outside")
AREA = Rect(0, 0, 300, 200)
SQUARE = Subpath((Knot.corner(0, 0), Knot.corner(90, 0), Knot.corner(90, 90), Knot.corner(0, 90)))
HOLE = Subpath(
    (Knot.corner(30, 30), Knot.corner(60, 30), Knot.corner(60, 60), Knot.corner(30, 60)), True
)
CLOSED = Subpath(SQUARE.knots, True)
ALL: dict[str, Shape] = {
    "rectangle": shapes.RectangleShape(90, 60),
    "rounded": shapes.RectangleShape(90, 60, 15),
    "ellipse": shapes.EllipseShape(90, 60),
    "line": shapes.LineShape(Point(0, 10), Point(80, 60)),
    "polygon": shapes.PolygonShape(90, 90, 6),
    "star": shapes.PolygonShape(90, 90, 5, 0.5),
    "path": shapes.PathShape(Path((CLOSED, HOLE))),
}


def drawn(content: ShapeContent, transform: Transform | None = None) -> Pixels:
    return draw(content, transform or Transform(dx=100, dy=60), AREA)


def test_a_rectangle_fills_its_pixels_and_no_others() -> None:
    pixels = drawn(ShapeContent(shapes.RectangleShape(90, 60), SolidFill(RED)))
    expected = np.zeros_like(pixels)
    expected[60:120, 100:190] = (0, 0, 255, 255)
    np.testing.assert_array_equal(pixels, expected)


def test_half_covered_pixels_are_half_there() -> None:
    content = ShapeContent(shapes.RectangleShape(10.5, 10), SolidFill(RED))
    assert abs(int(drawn(content)[65, 110, 3]) - 128) <= 1


def test_areas_are_those_of_geometry() -> None:
    ellipse = drawn(ShapeContent(shapes.EllipseShape(90, 60), SolidFill(RED)))
    assert ellipse[..., 3].sum() / 255 == pytest.approx(np.pi * 45 * 30, rel=0.003)
    hexagon = drawn(ShapeContent(shapes.PolygonShape(100, 100, 6), SolidFill(RED)))
    assert hexagon[..., 3].sum() / 255 == pytest.approx(3 * np.sqrt(3) / 2 * 50**2, rel=0.003)
    rounded = drawn(ShapeContent(shapes.RectangleShape(90, 60, 15), SolidFill(RED)))
    area = 90 * 60 - (4 - np.pi) * 15**2
    assert rounded[..., 3].sum() / 255 == pytest.approx(area, rel=0.003)


def test_a_path_within_a_path_is_a_hole() -> None:
    pixels = drawn(ShapeContent(shapes.PathShape(Path((CLOSED, HOLE))), SolidFill(RED)))
    assert pixels[..., 3].sum() / 255 == 90 * 90 - 30 * 30
    assert not pixels[95:115, 135:155].any()


@pytest.mark.parametrize("side", SIDES)
def test_a_stroke_lies_where_it_is_said(side: Literal["centre", "inside", "outside"]) -> None:
    content = ShapeContent(
        shapes.RectangleShape(90, 60), SolidFill(RED), Stroke(BLUE, 8, side, join="miter")
    )
    pixels = drawn(content)
    blue = np.nonzero(pixels[90, :, 0] == 255)[0]
    first = {"centre": 96, "inside": 100, "outside": 92}[side]
    assert blue.min() == first
    assert (blue < 140).sum() == 8
    assert (pixels[90, 110:180, 2] == 255).all()
    assert pixels[90, first, 3] == 255


@pytest.mark.parametrize("name", ["ellipse", "star", "rounded"])
@pytest.mark.parametrize("side", ["inside", "outside"])
def test_no_seam_between_stroke_and_fill(name: str, side: Literal["inside", "outside"]) -> None:
    """Of one colour the two are one area: opaque within, and as soft at the rim as the area."""
    stroke = Stroke(RED, 6, side)
    pixels = drawn(ShapeContent(ALL[name], SolidFill(RED), stroke))
    plain = drawn(ShapeContent(ALL[name], SolidFill(RED)))
    if side == "inside":
        assert np.abs(pixels.astype(int) - plain).max() <= 3
    else:
        assert (pixels[..., 3][plain[..., 3] > 0] >= 252).all()


def test_a_translucent_area_does_not_show_the_inner_half_of_an_outer_stroke() -> None:
    thin = SolidFill(Colour(255, 0, 0, 100))
    pixels = drawn(ShapeContent(shapes.EllipseShape(90, 60), thin, Stroke(BLUE, 10, "outside")))
    assert tuple(pixels[64, 145]) == (0, 0, 100, 100)


def test_without_fill_or_stroke_nothing_shows() -> None:
    assert not drawn(ShapeContent(ALL["star"])).any()
    assert not drawn(ShapeContent(ALL["line"], SolidFill(RED))).any()
    assert not drawn(ShapeContent(ALL["rounded"], PatternFill())).any()  # it has no picture


def test_dashes_leave_gaps() -> None:
    line = shapes.LineShape(Point(0, 20), Point(100, 20))
    pixels = drawn(ShapeContent(line, None, Stroke(RED, 4, dashes=(2, 1))))
    row = pixels[80, 100:200, 3]
    assert list(row[:12]) == [255] * 8 + [0] * 4
    dots = drawn(ShapeContent(line, None, Stroke(RED, 4, dashes=(0, 2), cap="round")))
    assert 0 < (dots[80, 100:200, 3] > 128).mean() < 0.7


@pytest.mark.parametrize("dashes", [(0.0, 0.0), (1e-9, 1e-9), (-3.0, -1.0), (5.0,), (1e9, 1e9)])
def test_odd_dashes_end_and_draw(dashes: tuple[float, ...]) -> None:
    line = shapes.LineShape(Point(0, 20), Point(100, 20))
    assert drawn(ShapeContent(line, None, Stroke(RED, 4, dashes=dashes))).any()


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("side", SIDES)
def test_everything_lies_within_its_bounds(
    name: str, side: Literal["centre", "inside", "outside"]
) -> None:
    """What is drawn beyond would be left on the canvas when it is moved."""
    for transform in (Transform(dx=100, dy=60), Transform(0.9, 0.4, -0.4, 0.9, 130.3, 40.7)):
        content = ShapeContent(ALL[name], SolidFill(RED), Stroke(BLUE, 9, side))
        layer = Layer("s", "s", content, transform=transform)
        rows, columns = np.nonzero(drawn(content, transform)[..., 3])
        found = Rect.between(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        assert layer.bounds(AREA.size).intersect(found) == found


@pytest.mark.parametrize("name", ALL)
def test_it_does_not_depend_on_the_rectangle(name: str) -> None:
    fill = GradientFill(RED, BLUE, 30.0)
    content = ShapeContent(ALL[name], fill, Stroke(BLUE, 3, "inside", dashes=(3, 1)))
    layer = Layer("s", "s", content, transform=Transform(4.9, 1.7, -1.7, 4.9, 190.3, 10.7))
    document = Document(Size(800, 800), (layer,))
    picture = Compositor().merged(document)
    assert picture[..., 3].any()
    part = Rect(201, 87, 317, 300)
    np.testing.assert_array_equal(
        Compositor().render(document, part), picture[part.y : part.bottom, part.x : part.right]
    )


def test_a_gradient_runs_over_the_shape() -> None:
    fill = GradientFill(Colour(0, 0, 0), Colour(255, 255, 255), 0.0)
    row = drawn(ShapeContent(shapes.RectangleShape(100, 60), fill))[90, 100:200, 0]
    assert row[0] <= 2
    assert row[-1] >= 253
    assert (np.diff(row.astype(int)) >= 0).all()


@pytest.mark.parametrize("shape", [
    shapes.RectangleShape(0, 0), shapes.RectangleShape(0, 50, 10), shapes.EllipseShape(40, 0),
    shapes.PolygonShape(0, 0, 3), shapes.LineShape(Point(5, 5), Point(5, 5)),
    shapes.PathShape(Path()), shapes.PathShape(Path((Subpath(()), Subpath((Knot.corner(1, 1),))))),
    shapes.PolygonShape(50, 50, 3, 1.0),
])  # fmt: skip
def test_shapes_without_area_are_harmless(shape: Shape) -> None:
    for side in SIDES:
        drawn(ShapeContent(shape, SolidFill(RED), Stroke(BLUE, 2, side)))
