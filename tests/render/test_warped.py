# SPDX-License-Identifier: Apache-2.0
"""Bent layers: in their place, without seams, and exactly themselves where nothing is bent."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from prodedit.core.bent import bent
from prodedit.core.document import Document
from prodedit.core.geometry import Point, Rect, Size, Transform
from prodedit.core.layer import Colour, Layer, Mask, PixelContent, ShapeContent, SolidFill
from prodedit.core.shape import EllipseShape
from prodedit.core.tiles import Pixels, Tiles
from prodedit.core.warp import MeshWarp, Perspective, Warp, bounds
from prodedit.render.compositor import Compositor

SIZE = Size(640, 560)
OWN = Size(360, 300)


def picture(size: Size = OWN, seed: int = 1) -> Pixels:
    rough = np.random.default_rng(seed).integers(0, 256, (24, 30, 3), np.uint8)
    pixels = np.full((size.height, size.width, 4), 255, np.uint8)
    pixels[..., :3] = cv2.resize(rough, size, interpolation=cv2.INTER_CUBIC)
    return pixels


def layer(warp: Warp | None, transform: Transform = Transform(), **more: object) -> Layer:  # noqa: B008
    content = PixelContent(Tiles.from_array(picture()))
    return Layer("a", "a", content, transform=transform, warp=warp, **more)  # type: ignore[arg-type]


def shown(one: Layer) -> Pixels:
    return Compositor().render(Document(SIZE, (one,)))


def corners(*points: tuple[float, float]) -> Perspective:
    return Perspective(tuple(Point(*point) for point in points))  # type: ignore[arg-type]


RESTING = [
    corners((0, 0), (360, 0), (360, 300), (0, 300)),
    MeshWarp.resting(OWN),
    MeshWarp.resting(OWN, 1, 1),
    MeshWarp.resting(OWN, 5, 2),
]


@pytest.mark.parametrize("warp", RESTING)
@pytest.mark.parametrize(
    "transform", [Transform(dx=100, dy=80), Transform(0.9, 0.3, -0.3, 0.9, 150, 60)]
)
def test_a_warp_at_rest_changes_nothing(warp: Warp, transform: Transform) -> None:
    difference = shown(layer(warp, transform)).astype(int) - shown(layer(None, transform))
    assert np.abs(difference[90:370, 110:450]).max() <= 4
    assert np.abs(difference).mean() < 0.3


SLANTED = corners((30, 10), (330, 60), (340, 280), (10, 250))


def test_perspective_is_that_of_the_four_corners() -> None:
    found = shown(layer(SLANTED, Transform(dx=100, dy=100)))
    source = np.array([(0, 0), (360, 0), (360, 300), (0, 300)], np.float32)
    matrix = cv2.getPerspectiveTransform(source, np.array(SLANTED.corners, np.float32))
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    wanted = cv2.warpPerspective(picture(), np.linalg.inv(half) @ matrix @ half, (400, 320))
    inner = (slice(70, 240), slice(45, 310))
    difference = found[100:420, 100:500][inner].astype(int) - wanted[inner]
    assert np.abs(difference).max() <= 10  # OpenCV's own interpolation has 32 steps
    assert np.abs(difference).mean() < 0.8


def moved(points: tuple[Point, ...], onto: Transform) -> tuple[Point, ...]:
    return tuple(onto.map(point) for point in points)


@pytest.mark.parametrize("onto", [Transform(dx=40, dy=-10), Transform(1.2, 0.2, -0.1, 0.9, 5, 5)])
def test_a_mesh_moved_as_a_whole_is_a_transform(onto: Transform) -> None:
    rest = MeshWarp.resting(OWN)
    warp = replace_points(rest, moved(rest.points, onto))
    place = Transform(dx=80, dy=90)
    difference = shown(layer(warp, place)).astype(int) - shown(layer(None, place.after(onto)))
    assert np.abs(difference).mean() < 0.5


def replace_points(warp: MeshWarp, points: tuple[Point, ...]) -> MeshWarp:
    return MeshWarp(warp.columns, warp.rows, points)


def bulged() -> MeshWarp:
    rest = MeshWarp.resting(OWN)
    middle = (Point(120, 100), Point(240, 100), Point(120, 200), Point(240, 200))
    bulge = {point: Point(point.x * 1.15 - 27, point.y * 1.2 - 30) for point in middle}
    return replace_points(rest, tuple(bulge.get(point, point) for point in rest.points))


def test_a_mesh_goes_through_its_points() -> None:
    marks = np.zeros((OWN.height, OWN.width, 4), np.uint8)
    for x, y in ((120, 100), (240, 200)):
        cv2.circle(marks, (x, y), 5, (255, 255, 255, 255), -1)
    content = PixelContent(Tiles.from_array(marks))
    alpha = shown(replace(layer(bulged(), Transform(dx=50, dy=50)), content=content))[..., 3]
    for x, y in ((120 * 1.15 - 27, 100 * 1.2 - 30), (240 * 1.15 - 27, 200 * 1.2 - 30)):
        assert alpha[round(y) + 50, round(x) + 50] > 200


@pytest.mark.parametrize("warp", [SLANTED, bulged()])
def test_blocks_meet_without_seams(warp: Warp) -> None:
    pixels = Tiles.from_array(picture())
    whole = bent(warp, Transform(dx=90, dy=60), Rect.of(OWN), pixels.to_array, Rect(0, 0, 640, 560))
    blocks = shown(layer(warp, Transform(dx=90, dy=60)))
    difference = np.abs(whole.astype(int) - blocks)
    inner = difference[80:340, 110:420]
    assert inner[[175, 176], :].max() <= 4  # row 255, 256 of the canvas
    assert inner[:, [145, 146]].max() <= 4
    assert difference.mean() < 0.2


@pytest.mark.parametrize("warp", [SLANTED, bulged()])
def test_nothing_shows_outside_of_the_bounds(warp: Warp) -> None:
    one = layer(warp, Transform(dx=90, dy=60))
    found = shown(one)
    rect = one.bounds(SIZE).intersect(Rect.of(SIZE))
    found[rect.y : rect.bottom, rect.x : rect.right] = 0
    assert not found.any()
    assert bounds(warp).width > 0


def test_a_picture_shrunk_by_perspective_does_not_flicker() -> None:
    """Lines one pixel wide, far away: grey, not a pattern of their own."""
    lines = np.zeros((OWN.height, OWN.width, 4), np.uint8)
    lines[..., 3] = 255
    lines[:, ::2, :3] = 255
    far = corners((150, 20), (190, 20), (360, 300), (0, 300))
    one = replace(layer(far), content=PixelContent(Tiles.from_array(lines)))
    top = shown(one)[24:40, 160:180, 0].astype(int)
    assert top.min() > 90
    assert top.max() < 170


@pytest.mark.parametrize("linked", [True, False])
def test_the_mask_bends_with_the_layer(linked: bool) -> None:
    alpha = np.zeros((OWN.height, OWN.width), np.uint8)
    alpha[:, :180] = 255
    shift = Transform() if linked else Transform(dx=60)
    mask = Mask(Tiles.from_array(alpha), transform=shift, linked=linked)
    found = shown(layer(SLANTED, Transform(dx=100, dy=100), mask=mask))[250, :, 3]
    line = np.array([[[180.0 + shift.dx, v]] for v in range(301)], np.float32)
    source = np.array([(0, 0), (360, 0), (360, 300), (0, 300)], np.float32)
    matrix = cv2.getPerspectiveTransform(source, np.array(SLANTED.corners, np.float32))
    path = cv2.perspectiveTransform(line, matrix)[:, 0] + 100
    wanted = np.interp(250.5, path[:, 1], path[:, 0])
    assert abs(int((found >= 128).nonzero()[0].max()) + 1 - wanted) < 1.5


def test_shapes_bend_too() -> None:
    ellipse = ShapeContent(EllipseShape(360, 300), SolidFill(Colour(200, 10, 10)))
    one = replace(layer(SLANTED, Transform(dx=100, dy=100)), content=ellipse)
    found = shown(one)
    assert (found[250, 270] == (10, 10, 200, 255)).all()
    assert not found[115, 135].any()


def test_a_folded_mesh_shows_something_and_ends() -> None:
    rest = MeshWarp.resting(OWN)
    folded = replace_points(
        rest, tuple(Point(360 - p.x if p.y > 150 else p.x, p.y) for p in rest.points)
    )
    assert shown(layer(folded, Transform(dx=50, dy=50))).any()
