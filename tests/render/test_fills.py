# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from prodedit.core.document import Document
from prodedit.core.geometry import Rect, Size
from prodedit.core.layer import (
    Colour,
    Fill,
    FillContent,
    GradientFill,
    Layer,
    PatternFill,
    SolidFill,
)
from prodedit.core.tiles import Tiles
from prodedit.render.compositor import Compositor

SIZE = Size(600, 300)
BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)


def filled(fill: Fill) -> NDArray[np.uint8]:
    return Compositor().merged(Document(SIZE, (Layer("fill", "fill", FillContent(fill)),)))


def test_plain_colour() -> None:
    assert (filled(SolidFill(Colour(10, 20, 30))) == [30, 20, 10, 255]).all()
    assert (filled(SolidFill(Colour(255, 100, 0, 128))) == [0, 50, 128, 128]).all()


@pytest.mark.parametrize(
    ("angle", "dark", "light"),
    [
        (0.0, (150, 0), (150, 599)),
        (90.0, (0, 300), (299, 300)),
        (180.0, (150, 599), (150, 0)),
        (270.0, (299, 300), (0, 300)),
        (45.0, (0, 0), (299, 599)),
    ],
)
def test_linear_gradient_runs_along_its_angle(
    angle: float, dark: tuple[int, int], light: tuple[int, int]
) -> None:
    pixels = filled(GradientFill(BLACK, WHITE, angle))
    assert pixels[dark][0] <= 1
    assert pixels[light][0] >= 254
    assert (pixels[..., 3] == 255).all()


def test_linear_gradient_is_linear_across_blocks() -> None:
    pixels = filled(GradientFill(BLACK, WHITE, 0.0))
    expected = (np.arange(600) + 0.5) / 600 * 255
    assert np.abs(pixels[10, :, 0] - expected).max() <= 1
    assert (pixels == pixels[:1]).all()


def test_radial_gradient_goes_from_the_middle_to_the_corners() -> None:
    pixels = filled(GradientFill(WHITE, BLACK, shape="radial"))
    y, x = np.mgrid[0:300, 0:600] + 0.5
    distance = np.hypot(x - 300, y - 150) / np.hypot(300, 150)
    assert np.abs(pixels[..., 1] - 255 * (1 - distance)).max() <= 2


def test_fading_gradient_is_premultiplied() -> None:
    pixels = filled(GradientFill(Colour(255, 0, 0, 255), Colour(255, 0, 0, 0), 0.0))
    np.testing.assert_array_equal(pixels[..., 2], pixels[..., 3])
    assert not pixels[..., :2].any()
    assert np.ptp(pixels[..., 3]) == 255


def test_gradient_does_not_depend_on_the_rectangle() -> None:
    document = Document(
        SIZE, (Layer("fill", "fill", FillContent(GradientFill(BLACK, WHITE, 33.0))),)
    )
    rect = Rect(211, 87, 100, 200)
    part = Compositor().render(document, rect)
    np.testing.assert_array_equal(part, Compositor().merged(document)[87:287, 211:311])


def patterned(fill: PatternFill, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    content = FillContent(fill, Tiles.from_array(picture))
    return Compositor().merged(Document(SIZE, (Layer("fill", "fill", content),)))


def opaque_noise(height: int, width: int) -> NDArray[np.uint8]:
    picture = np.random.default_rng(3).integers(0, 256, (height, width, 4), np.uint8)
    picture[..., 3] = 255
    return picture


def test_a_pattern_repeats_its_picture_to_the_bit() -> None:
    picture = opaque_noise(70, 90)
    pixels = patterned(PatternFill(1.0, 13, -7), picture)
    y, x = np.mgrid[0:300, 0:600]
    np.testing.assert_array_equal(pixels, picture[(y + 7) % 70, (x - 13) % 90])


def test_a_smaller_pattern_is_averaged_and_still_fits_together() -> None:
    picture = opaque_noise(128, 128)
    pixels = patterned(PatternFill(0.25), picture)
    np.testing.assert_array_equal(pixels[:, :568], pixels[:, 32:])
    assert pixels[..., :3].std() < picture[..., :3].std() / 2  # no pixels were just left out


def test_a_larger_pattern_is_interpolated_over_its_seams() -> None:
    picture = np.zeros((64, 64, 4), np.uint8)
    picture[...] = np.abs(np.arange(64) - 32)[None, :, None] * 7
    picture[..., 3] = 255
    pixels = patterned(PatternFill(3.0), picture)
    steps = np.abs(np.diff(pixels[100, :, 0].astype(int)))
    assert steps.max() <= 7
    np.testing.assert_array_equal(pixels[:, :408], pixels[:, 192:])


def test_a_transparent_pattern_shows_what_lies_below() -> None:
    picture = np.zeros((10, 10, 4), np.uint8)
    picture[:5] = (0, 0, 255, 255)
    below = Layer("below", "below", FillContent(SolidFill(WHITE)))
    above = Layer("above", "above", FillContent(PatternFill(), Tiles.from_array(picture)))
    pixels = Compositor().merged(Document(SIZE, (below, above)))
    assert (pixels[0:5, 3] == (0, 0, 255, 255)).all()
    assert (pixels[5:10, 3] == 255).all()
