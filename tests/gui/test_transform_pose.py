# SPDX-License-Identifier: Apache-2.0
"""Where handles lie, and what dragging them does, as numbers."""

from dataclasses import replace
from itertools import pairwise
from math import hypot

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodedit.core import edits
from prodedit.core.colour import Colour
from prodedit.core.document import Document
from prodedit.core.geometry import Point, Rect, Size, Transform
from prodedit.core.layer import (
    FillContent,
    GroupContent,
    Layer,
    Locks,
    PixelContent,
    SolidFill,
)
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.core.warp import MeshWarp, Perspective
from prodedit.gui.tools.transform_pose import (
    CORNERS,
    EDGES,
    MIDDLE,
    Numbers,
    Pose,
    opposite,
    subject,
)

BOX = Rect(10, 20, 200, 100)
HANDLES = (*CORNERS, *EDGES)
near = pytest.approx

turns = st.floats(-170, 170)
poses = st.builds(
    lambda angle, dx, dy: Pose(BOX).turned(angle, Point(50, 60)).moved(dx, dy),
    turns,
    st.floats(-300, 300),
    st.floats(-300, 300),
)


def away(one: Point, other: Point) -> float:
    return hypot(one.x - other.x, one.y - other.y)


@given(poses, st.sampled_from(HANDLES), st.floats(-60, 60), st.floats(-60, 60))
def test_the_handle_follows_the_mouse_and_the_opposite_one_stays(
    pose: Pose, handle: tuple[float, float], dx: float, dy: float
) -> None:
    held = pose.at(handle)
    to = Point(held.x + dx, held.y + dy)
    after = pose.scaled(handle, to, keep=False, centred=False)
    assert away(after.at(opposite(handle)), pose.at(opposite(handle))) < 1e-6
    if handle in CORNERS:
        assert away(after.at(handle), to) < 1e-6
    centred = pose.scaled(handle, to, keep=False, centred=True)
    assert away(centred.at(MIDDLE), pose.at(MIDDLE)) < 1e-6


@given(poses, st.sampled_from(HANDLES), st.floats(-60, 60), st.floats(-60, 60))
def test_proportions_are_kept(
    pose: Pose, handle: tuple[float, float], dx: float, dy: float
) -> None:
    held = pose.at(handle)
    after = pose.scaled(handle, Point(held.x + dx, held.y + dy), keep=True, centred=False)
    assert abs(after.numbers.width) == near(2 * abs(after.numbers.height), abs=1e-6)


@given(poses, st.sampled_from(EDGES), st.floats(-60, 60))
def test_skewing_moves_an_edge_along_itself(
    pose: Pose, handle: tuple[float, float], by: float
) -> None:
    ends = [c for c in CORNERS if handle[0] in (0.5, c[0]) and handle[1] in (0.5, c[1])]
    one, other = (pose.at(end) for end in ends)
    length = away(one, other)
    way = Point((other.x - one.x) / length * by, (other.y - one.y) / length * by)
    after = pose.skewed(handle, way, centred=False)
    assert (
        away(after.at(handle), Point(pose.at(handle).x + way.x, pose.at(handle).y + way.y)) < 1e-6
    )
    assert away(after.at(opposite(handle)), pose.at(opposite(handle))) < 1e-6
    assert away(after.at(ends[0]), after.at(ends[1])) == near(length)


@given(poses, st.floats(20, 900), st.floats(20, 900), turns, st.floats(-60, 60))
def test_typed_numbers_are_there_afterwards(
    pose: Pose, width: float, height: float, angle: float, skew: float
) -> None:
    now = pose.numbers
    wanted = now._replace(width=width, height=height, angle=angle, skew=skew)
    after = pose.with_numbers(wanted)
    assert after.numbers[2:] == near(wanted[2:], abs=1e-6)
    assert away(after.at(MIDDLE), pose.at(MIDDLE)) < 1e-6
    moved = after.with_numbers(after.numbers._replace(x=7.0, y=-9.0))
    assert moved.numbers[:2] == near((7.0, -9.0), abs=1e-6)
    assert moved.numbers[2:] == near(wanted[2:], abs=1e-6)


def test_a_quarter_is_exact() -> None:
    pose = Pose(BOX)
    for _ in range(4):
        pose = pose.turned(90, Point(50.5, 60.25))
    assert pose.placed == Transform()
    assert Pose(BOX).flipped(True).flipped(True).placed == Transform()


def test_flipped_is_a_negative_size_and_can_be_typed_away() -> None:
    flipped = Pose(BOX).flipped(False)
    assert flipped.numbers.height == near(-100)
    back = flipped.with_numbers(flipped.numbers._replace(height=100))
    assert back.placed == near(Transform())


def test_zero_is_no_size() -> None:
    pose = Pose(BOX)
    assert pose.with_numbers(Numbers(10, 20, 0, 100, 0, 0)).numbers.width == near(200)


def test_one_corner_in_perspective_leaves_the_others() -> None:
    pose = Pose(BOX).turned(30, Point(0, 0))
    after = pose.bent_to(CORNERS[1], Point(300, 150))
    assert after.at(CORNERS[1]) == near((300, 150))
    for corner in (CORNERS[0], *CORNERS[2:]):
        assert after.at(corner) == near(pose.at(corner))


def test_mirrored_corners_go_apart_as_far() -> None:
    after = Pose(BOX).bent_to(CORNERS[0], Point(-20, 23), mirrored=True)
    assert after.corners[:2] == ((-20, 20), (240, 20))
    after = Pose(BOX).bent_to(CORNERS[0], Point(11, 0), mirrored=True)
    assert (after.corners[0], after.corners[3]) == ((10, 0), (10, 140))


def test_a_grid_begins_where_the_corners_are_and_has_the_same_horizon() -> None:
    bent = replace(Pose(BOX), bent=(Point(0, 0), Point(100, 20), Point(100, 80), Point(0, 100)))
    mesh = bent.meshed().mesh
    assert mesh is not None
    corners = (mesh.points[0], mesh.points[3], mesh.points[15], mesh.points[12])
    assert all(away(one, other) < 1e-6 for one, other in zip(corners, bent.corners, strict=True))
    rising = [mesh.points[i].x for i in range(4)]
    steps = [b - a for a, b in pairwise(rising)]
    assert steps == sorted(steps, reverse=True)  # what is further away is smaller
    flat = Pose(Rect(0, 0, 30, 30)).meshed().mesh
    assert flat == MeshWarp.resting(Size(30, 30))


# As edits


def layer(name: str, **more: object) -> Layer:
    tiles = Tiles.from_array(np.full((60, 80, 4), 255, np.uint8))
    return Layer(name, name, PixelContent(tiles), **more)  # type: ignore[arg-type]


def document(*layers: Layer) -> Document:
    return Document(Size(400, 300), layers)


def test_a_single_layer_keeps_its_pixels_and_can_be_put_back() -> None:
    start = Transform(0.5, 0.1, -0.1, 0.5, 30, 40)
    before = document(layer("a", transform=start))
    whose = subject(before, ["a"])
    pose = whose.pose(before)
    assert pose.numbers.width == near(80 * hypot(0.5, 0.1))
    assert whose.edit(before, pose) is None
    edit = whose.edit(before, pose.with_numbers(Numbers(0, 0, 80, 60, 0, 0)))
    assert edit is not None
    after = edits.apply(before, edit).layers[0]
    assert after.transform == Transform()  # and so shown as it was, pixel by pixel
    assert after.tiles is before.layers[0].tiles


def test_perspective_of_a_single_layer_can_be_gone_on_with() -> None:
    before = document(layer("a", transform=Transform(dx=10, dy=20)))
    whose = subject(before, ["a"])
    edit = whose.edit(before, whose.pose(before).bent_to(CORNERS[2], Point(150, 120)).moved(3, 0))
    assert edit is not None
    after = edits.apply(before, edit)
    assert isinstance(after.layers[0].warp, Perspective)
    assert whose.pose(after).at(CORNERS[2]) == near((153, 120))
    assert whose.pose(after).at(CORNERS[0]) == near((13, 20))
    straight = whose.edit(after, whose.pose(after).straight())
    assert straight is not None
    assert edits.apply(after, straight).layers[0].warp is None


def test_several_layers_go_together() -> None:
    inner = GroupContent((layer("a"), layer("b", transform=Transform(dx=100, dy=50))))
    before = document(Layer("g", "g", inner), layer("c", transform=Transform(dx=300)))
    whose = subject(before, ["a", "g", "c"])
    assert whose.layers == ("g", "c")
    pose = whose.pose(before)
    assert pose.box == Rect(0, 0, 380, 110)
    edit = whose.edit(before, pose.scaled((1, 1), Point(190, 55), keep=True, centred=False))
    assert edit is not None
    after = edits.apply(before, edit)
    b = after.find("b")
    assert b is not None
    assert b.transform == near(Transform(0.5, 0, 0, 0.5, 50, 25))
    bent = whose.edit(before, pose.bent_to((1, 1), Point(300, 90)))
    assert isinstance(bent, edits.DistortLayers)


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ((layer("a", locks=Locks(position=True)),), "locked"),
        ((Layer("a", "a", FillContent(SolidFill(Colour(1, 2, 3)))),), "covers the whole picture"),
        ((Layer("a", "a", GroupContent()),), "covers the whole picture"),
    ],
)
def test_what_has_no_place_is_refused(layers: tuple[Layer, ...], words: str) -> None:
    with pytest.raises(Problem, match=words):
        subject(document(*layers), ["a"])


@given(poses, st.sampled_from([2, 4, 8]))
def test_in_a_smaller_picture_it_lies_at_the_same_place(pose: Pose, step: int) -> None:
    pose = pose.bent_to(CORNERS[2], Point(400, 300))
    small = Transform(a=1 / step, d=1 / step)
    own = Transform(a=0.25, d=0.25, dx=3, dy=4)
    there = pose.into(small, own, Rect(5, 9, 50, 25), Transform())
    for handle in HANDLES:
        assert away(there.at(handle), small.map(pose.at(handle))) < 1e-6
