# SPDX-License-Identifier: Apache-2.0
"""A framed document becomes the file that a slot takes."""

import io

import msgspec
import numpy as np
import pytest
from PIL import Image

from prodedit.core.document import Document, from_photo
from prodedit.core.presets import Making
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.files.encode import encode
from prodedit.render.export import flat_pixels
from prodedit.render.preset_export import preset_file

MAKING = Making(size=(96, 96), least=48, quality=90, least_quality=80, resolution=72)


def document(side: int = 96) -> Document:
    pixels = np.random.default_rng(2).integers(0, 255, (side, side, 4)).astype(np.uint8)
    pixels[..., 3] = 255
    return from_photo(Tiles.from_array(pixels), "grain")


def sized(nbytes: int) -> Making:
    return msgspec.structs.replace(MAKING, bytes=(0, nbytes))


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_the_same_bytes_as_an_export_with_that_setting() -> None:
    made = preset_file(document(), MAKING)
    assert made.setting.quality == 90
    assert made.data == encode(flat_pixels(document(), made.setting), made.setting)
    with opened(made.data) as image:
        assert (image.format, image.size, image.info["dpi"]) == ("JPEG", (96, 96), (72, 72))


def test_a_lower_quality_comes_before_a_smaller_picture() -> None:
    whole = len(preset_file(document(), MAKING).data)
    made = preset_file(document(), sized(round(0.85 * whole)))
    assert 80 <= made.setting.quality < 90
    with opened(made.data) as image:
        assert image.size == (96, 96)


def test_a_smaller_picture_where_no_quality_is_enough() -> None:
    whole = len(preset_file(document(), MAKING).data)
    made = preset_file(document(), sized(round(0.4 * whole)))
    assert len(made.data) <= 0.4 * whole
    with opened(made.data) as image:
        assert 48 <= image.width == image.height < 96
    with pytest.raises(Problem, match="even at the lowest quality"):
        preset_file(document(), sized(round(0.1 * whole)))
    with pytest.raises(Problem, match="even at the lowest quality"):
        preset_file(document(48), sized(600))


def test_transparency_is_kept_in_png() -> None:
    pixels = np.zeros((32, 32, 4), np.uint8)
    pixels[8:24, 8:24] = (10, 20, 30, 255)
    mask = Tiles.from_array(np.ascontiguousarray(pixels[..., 3]))
    pixels[..., 3] = 255
    making = msgspec.structs.replace(MAKING, backdrop="transparent", format="png")
    made = preset_file(from_photo(Tiles.from_array(pixels), "cut", mask), making)
    with opened(made.data) as image:
        assert image.mode == "RGBA"
        assert image.getpixel((0, 0)) == (0, 0, 0, 0)
        assert image.getpixel((10, 10)) == (30, 20, 10, 255)


@pytest.mark.parametrize(("at", "faint", "stays"), [(6, 150, False), (6, 90, True), (0, 150, True)])
def test_a_soft_edge_leaves_no_trace_at_a_white_border(at: int, faint: int, stays: bool) -> None:
    """But what is clearly there, or reaches the border, is somebody's own."""
    pixels = np.full((96, 96, 4), 255, np.uint8)
    pixels[10:86, 10:86, :3] = 20
    pixels[40:50, at, :3] = faint
    tight = msgspec.structs.replace(MAKING, fill=0.8)
    made = preset_file(from_photo(Tiles.from_array(pixels), "thing"), tight)
    with opened(made.data) as image:
        rim = np.array(image.convert("RGB"))[:, :8]
    assert (int(rim.min()) < 250) is stays
