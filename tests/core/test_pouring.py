# SPDX-License-Identifier: Apache-2.0
"""Fill and gradient, held against plain sums."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.colour import Colour
from prodedit.core.document import PHOTO, Document
from prodedit.core.geometry import Point, Transform
from prodedit.core.layer import Layer, Locks, PixelContent
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.core.warp import Perspective
from tests.core.test_painting import document, noise, pixels_of, with_layer

RED = Colour(200, 30, 10)
PAINTED = [10, 30, 200, 255]
BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)
EXAMPLES = [
    edits.FillArea("a", 3, 4, RED, 0.5, 12, False, True, False),
    edits.DrawGradient("a", Point(1, 2), Point(3, 4.5), RED, Colour(0, 0, 0, 0), "diamond", 0.5),
]


def fields() -> Document:
    """Grey, with two blue squares that do not touch."""
    pixels = np.full((300, 400, 4), (90, 90, 90, 255), np.uint8)
    pixels[50:100, 50:100] = pixels[200:250, 270:330] = (200, 40, 40, 255)
    return document(pixels)


def test_fill_changes_what_hangs_together_and_nothing_else() -> None:
    after = pixels_of(edits.apply(fields(), edits.FillArea(PHOTO, 60, 60, RED, smooth=False)))
    assert (after[50:100, 50:100] == PAINTED).all()
    wanted = pixels_of(fields())
    wanted[50:100, 50:100] = PAINTED
    assert np.array_equal(after, wanted)
    both = edits.FillArea(PHOTO, 60, 60, RED, contiguous=False, smooth=False)
    assert (pixels_of(edits.apply(fields(), both))[200:250, 270:330] == PAINTED).all()


def test_tolerance_opacity_and_selection_limit_a_fill() -> None:
    all_of_it = edits.FillArea(PHOTO, 60, 60, RED, 0.5, tolerance=255, smooth=False)
    chosen = np.zeros((300, 400), np.uint8)
    chosen[:, :200] = 255
    before = replace(fields(), selection=Tiles.from_array(chosen))
    after = pixels_of(edits.apply(before, all_of_it))
    assert after[60, 60].tolist() == [105, 35, 120, 255]
    assert after[10, 10].tolist() == [50, 60, 145, 255]
    assert np.array_equal(after[:, 200:], pixels_of(fields())[:, 200:])


def test_fill_of_all_layers_fills_an_empty_one() -> None:
    empty = Layer("new", "new", PixelContent(Tiles.empty(fields().size)))
    before = Document(fields().size, (*fields().layers, empty))
    fill = edits.FillArea("new", 60, 60, RED, all_layers=True, smooth=False)
    inputs = {"pixels": Tiles.from_array(pixels_of(fields()))}
    after = pixels_of(edits.apply(before, fill, inputs), "new")
    assert (after[50:100, 50:100] == PAINTED).all()
    assert after[..., 3].sum() == 2500 * 255
    with pytest.raises(Problem):
        edits.apply(before, fill)


def test_a_moved_layer_is_filled_where_the_click_was() -> None:
    before = with_layer(fields(), transform=Transform(dx=100, dy=20))
    after = pixels_of(edits.apply(before, edits.FillArea(PHOTO, 170, 90, RED, smooth=False)))
    assert (after[50:100, 50:100] == PAINTED).all()
    assert after[210, 300].tolist() == [200, 40, 40, 255]


def test_a_gradient_is_the_plain_sum_and_has_no_bands() -> None:
    line = edits.DrawGradient(PHOTO, Point(50, 0), Point(350, 0), BLACK, WHITE)
    after = pixels_of(edits.apply(document(), line))[..., 0].astype(float)
    x = np.clip((np.arange(400) + 0.5 - 50) / 300, 0, 1) * 255
    assert np.abs(after - x).max() < 1.05
    assert np.abs(after.mean(axis=0) - x).max() < 0.2
    assert (after[:, 40] == 0).all()
    assert (after[:, 360] == 255).all()


@pytest.mark.parametrize(
    ("shape", "place", "value"),
    [
        ("linear", (250, 150), 127),
        ("radial", (200, 200), 127),
        ("radial", (350, 250), 255),
        ("angle", (200, 250), 64),
        ("reflected", (150, 10), 127),
        ("diamond", (225, 175), 127),
    ],
)
def test_shapes_go_as_they_are_called(shape: str, place: tuple[int, int], value: int) -> None:
    line = edits.DrawGradient(PHOTO, Point(200, 150), Point(300, 150), BLACK, WHITE, shape)  # type: ignore[arg-type]
    after = pixels_of(edits.apply(document(), line))
    assert abs(int(after[place[1], place[0], 1]) - value) <= 3


def test_what_is_transparent_of_a_gradient_shows_what_was_there() -> None:
    line = edits.DrawGradient(
        PHOTO, Point(100, 0), Point(300, 0), RED, replace_alpha(RED), "linear", 1.0
    )
    after = pixels_of(edits.apply(document(), line))
    assert (after[:, :99] == PAINTED).all()
    assert np.array_equal(after[:, 301:], noise()[:, 301:])
    half = np.array(PAINTED) * 0.5 + noise()[100, 200] * 0.5
    assert np.abs(after[100, 200] - half).max() <= 2


def replace_alpha(colour: Colour) -> Colour:
    return Colour(colour.red, colour.green, colour.blue, 0)


def test_a_gradient_keeps_to_selection_and_locked_transparency_and_bent_layers() -> None:
    line = edits.DrawGradient(PHOTO, Point(0, 0), Point(400, 0), BLACK, WHITE)
    chosen = np.zeros((300, 400), np.uint8)
    chosen[:150] = 255
    limited = replace(document(), selection=Tiles.from_array(chosen))
    after = pixels_of(edits.apply(limited, line))
    assert np.array_equal(after[150:], noise()[150:])
    assert after[10, 200, 0] == after[10, 200, 2]
    soft = noise(alpha=100)
    locked = with_layer(document(soft), locks=Locks(alpha=True))
    assert (pixels_of(edits.apply(locked, line))[..., 3] == 100).all()
    bent = Perspective((Point(0, 0), Point(400, 0), Point(300, 300), Point(100, 300)))
    after = pixels_of(edits.apply(with_layer(document(), warp=bent), line))
    assert abs(int(after[290, 5, 0]) - 255 * 103 // 400) < 6
    nothing = edits.DrawGradient(PHOTO, Point(5, 5), Point(5, 5), BLACK, WHITE)
    before = document()
    assert edits.apply(before, nothing) is before
