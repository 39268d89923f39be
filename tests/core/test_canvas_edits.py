# SPDX-License-Identifier: Apache-2.0
"""Edits of the frame: everything goes along, and nothing is lost that need not be."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.adjust.values import Blur
from prodedit.core.document import PHOTO, Document
from prodedit.core.effects import DropShadow
from prodedit.core.geometry import Point, Rect, Size, Transform
from prodedit.core.guides import Guide
from prodedit.core.layer import (
    AdjustmentContent,
    Colour,
    FillContent,
    GroupContent,
    Layer,
    Mask,
    PixelContent,
    ShapeContent,
    SolidFill,
)
from prodedit.core.path import Knot, NamedPath, Path, Subpath
from prodedit.core.problem import Problem
from prodedit.core.resample import resized
from prodedit.core.shape import RectangleShape
from prodedit.core.tiles import Pixels, Tiles

SIZE = Size(320, 280)
RED = SolidFill(Colour(255, 0, 0))


def colours(size: Size = SIZE, seed: int = 1) -> Pixels:
    rough = np.random.default_rng(seed).integers(0, 256, (9, 11, 3), np.uint8)
    pixels = np.full((size.height, size.width, 4), 255, np.uint8)
    pixels[..., :3] = cv2.resize(rough, size, interpolation=cv2.INTER_CUBIC)
    return pixels


def disc(size: Size = SIZE) -> Pixels:
    alpha = np.zeros((size.height, size.width), np.uint8)
    cv2.circle(alpha, (size.width // 2, size.height // 2), 60, 255, -1, cv2.LINE_AA)
    return alpha


def photo() -> Layer:
    mask = Mask(Tiles.from_array(disc()), foreground=Tiles.from_array(colours(seed=5)))
    return Layer(PHOTO, "p", PixelContent(Tiles.from_array(colours())), mask=mask)


def everything() -> Document:
    box = ShapeContent(RectangleShape(40, 30), RED)
    layers = (
        Layer("fill", "f", FillContent(RED), mask=Mask(Tiles.from_array(disc()))),
        photo(),
        Layer("box", "b", box, transform=Transform(dx=100, dy=50), mask=Mask(
            Tiles.from_array(disc()), transform=Transform(dx=-100, dy=-50), linked=False)),
        Layer("g", "g", GroupContent((Layer("in", "in", PixelContent(Tiles.from_array(
            colours(Size(50, 40), 3))), transform=Transform(dx=10, dy=20)),))),
        Layer("blur", "b", AdjustmentContent(Blur(4.0)), mask=Mask(Tiles.from_array(disc()))),
    )  # fmt: skip
    path = Path((Subpath((Knot.corner(10, 10), Knot.corner(60, 10), Knot.corner(30, 60)), True),))
    return Document(
        SIZE,
        layers,
        Tiles.from_array(disc()),
        (Guide("upright", 40), Guide("level", 30)),
        (NamedPath("p", "p", path),),
    )


def test_a_crop_is_a_shift_and_loses_nothing() -> None:
    before = everything()
    after = edits.apply(before, edits.CropCanvas(Rect(30, 20, 100, 90)))
    assert after.size == Size(100, 90)
    for old, new in zip(before.walk(), after.walk(), strict=True):
        assert new.content is old.content or isinstance(old.content, GroupContent)
    assert after.layers[1].transform == Transform(dx=-30, dy=-20)
    assert after.guides == (Guide("upright", 10), Guide("level", 10))
    assert after.paths[0].path.bounds == Rect(-20, -10, 50, 50)
    assert after.selection is not None
    assert (after.selection.to_array() == disc()[20:110, 30:130]).all()
    grown = edits.apply(after, edits.CropCanvas(Rect(-30, -20, *SIZE)))
    back = [layer.transform for layer in grown.walk()]
    assert back == [layer.transform for layer in before.walk()]


def test_masks_go_along_whether_linked_or_not() -> None:
    after = edits.apply(everything(), edits.CropCanvas(Rect(30, 20, 100, 90)))
    fill, box = after.find("fill"), after.find("box")
    assert fill is not None
    assert fill.mask is not None
    assert fill.mask.transform == Transform(dx=-30, dy=-20)
    assert box is not None
    assert box.mask is not None
    assert box.transform.after(box.mask.transform) == Transform(dx=-30, dy=-20)
    assert not box.mask.linked


def test_straightening_turns_about_the_middle() -> None:
    document = Document(SIZE, (photo(),))
    after = edits.apply(document, edits.CropCanvas(Rect(60, 40, 200, 200), 10.0))
    layer = after.layers[0]
    assert layer.transform.map(Point(160, 140)) == pytest.approx(Point(100, 100))
    # Clockwise: what was to the right of the middle lies lower now.
    assert layer.transform.map(Point(200, 140)).y > 100


@pytest.mark.parametrize("quarters", range(4))
@pytest.mark.parametrize("mirrored", [False, True])
def test_turning_is_exact(quarters: int, mirrored: bool) -> None:
    before = everything()
    after = edits.apply(before, edits.TurnCanvas(quarters, mirrored))

    def turned(pixels: Pixels) -> Pixels:
        return np.rot90(pixels[:, ::-1] if mirrored else pixels, -quarters)

    layer = after.find(PHOTO)
    assert layer is not None
    assert layer.tiles is not None
    assert layer.mask is not None
    assert np.array_equal(layer.tiles.to_array(), turned(colours()))
    assert np.array_equal(layer.mask.alpha.to_array(), turned(disc()))
    assert layer.transform == Transform()
    assert after.selection is not None
    assert np.array_equal(after.selection.to_array(), turned(disc()))
    again = edits.apply(after, edits.TurnCanvas(4 - quarters))
    if not mirrored:
        assert [one.transform for one in again.walk()] == [one.transform for one in before.walk()]
    inner = after.find("in")
    assert inner is not None
    assert inner.transform.is_whole_shift


def test_four_quarters_are_nothing() -> None:
    document = everything()
    assert edits.apply(document, edits.TurnCanvas(4)) is document
    assert edits.apply(document, edits.ResizeImage(SIZE)) is document
    assert edits.apply(document, edits.CropCanvas(Rect.of(SIZE))) is document


@pytest.mark.parametrize("size", [Size(160, 140), Size(100, 200), Size(640, 560)])
def test_an_image_is_resampled_with_all_that_lies_on_it(size: Size) -> None:
    shadow = replace(photo(), effects=(DropShadow(distance=20.0),))
    document = replace(everything(), layers=(shadow, *everything().layers[2:]))
    after = edits.apply(document, edits.ResizeImage(size))
    layer = after.layers[0]
    assert layer.tiles is not None
    assert layer.mask is not None
    assert layer.tiles.size == layer.mask.alpha.size == size
    assert layer.transform == Transform()
    mean = (size.width / SIZE.width + size.height / SIZE.height) / 2
    assert layer.effects == (DropShadow(distance=20 * mean, blur=18 * mean),)
    box, inner = after.find("box"), after.find("in")
    assert box is not None
    assert box.transform.map(Point(40, 30)) == pytest.approx(
        (140 * size.width / SIZE.width, 80 * size.height / SIZE.height)
    )
    assert inner is not None
    assert inner.transform.is_whole_shift
    assert after.selection is not None
    assert after.selection.size == size


def test_shrinking_takes_means_of_areas() -> None:
    pixels = np.zeros((8, 8, 4), np.uint8)
    pixels[::2, ::2] = 255
    assert (resized(pixels, Size(4, 4)) == 64).all()


def test_growing_swings_over_no_alpha() -> None:
    pixels = np.zeros((30, 30, 4), np.uint8)
    pixels[10:20, 10:20] = (255, 0, 128, 255)
    grown = resized(pixels, Size(100, 100))
    assert (grown[..., :3] <= grown[..., 3:]).all()
    assert (grown[50, 50] == (255, 0, 128, 255)).all()


def test_growing_keeps_more_than_linear_interpolation_does() -> None:
    fine = colours(Size(128, 128))
    small = resized(fine, Size(64, 64))
    lanczos = resized(small, Size(128, 128)).astype(float)
    linear = cv2.resize(small, (128, 128), interpolation=cv2.INTER_LINEAR).astype(float)
    assert np.abs(lanczos - fine).mean() < np.abs(linear - fine).mean()


def test_a_perspective_crop_sets_corners_upright() -> None:
    corners = (Point(60, 40), Point(250, 70), Point(240, 250), Point(40, 220))
    after = edits.apply(everything(), edits.CropPerspective(corners, Size(200, 180)))
    layer = after.find(PHOTO)
    assert layer is not None
    assert layer.warp is not None
    matrix = cv2.getPerspectiveTransform(
        np.array([(0, 0), (SIZE.width, 0), SIZE, (0, SIZE.height)], np.float32),
        np.array(layer.warp.corners, np.float32),  # type: ignore[union-attr]
    )
    for corner, wanted in zip(corners, [(0, 0), (200, 0), (200, 180), (0, 180)], strict=True):
        x, y, w = matrix @ (*corner, 1)
        assert (x / w, y / w) == pytest.approx(wanted, abs=0.05)


@pytest.mark.parametrize(
    "edit",
    [
        edits.CropCanvas(Rect(5, 5, 0, 20)),
        edits.CropCanvas(Rect(0, 0, 10, 10), float("nan")),
        edits.ResizeImage(Size(0, 5)),
        edits.ResizeImage(Size(100_000, 5)),
        edits.ResizeImage(Size(50_000, 50_000)),
        edits.CropPerspective(
            (Point(0, 0), Point(9, 9), Point(9, 0), Point(0, 9)), Size(10, 10)
        ),
        edits.CropPerspective((Point(0, 0),) * 4, Size(10, 10)),
    ],
)  # fmt: skip
def test_what_has_no_size_is_told(edit: edits.Edit) -> None:
    with pytest.raises(Problem):
        edits.apply(everything(), edit)


EXAMPLES: list[edits.Edit] = [
    edits.CropCanvas(Rect(1, 2, 3, 4), 5.0),
    edits.CropPerspective((Point(0, 0), Point(9, 0), Point(9, 9), Point(0, 9)), Size(10, 10)),
    edits.ResizeImage(Size(100, 50)),
    edits.TurnCanvas(1, True),
]
