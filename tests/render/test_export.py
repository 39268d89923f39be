# SPDX-License-Identifier: Apache-2.0
"""A document's flat pixels: block by block the same as all at once."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.export_setting import FLAT, ExportSetting, Format
from prodedit.core.pixels import rgb_over, straight_rgba, tiles_from_rgb
from prodedit.core.tiles import Tiles
from prodedit.render.compositor import Compositor
from prodedit.render.export import export_picture, flat_pixels


def photo(alpha: np.ndarray | None) -> Document:
    """Of noise; 700 x 300 pixels, so with whole, cut and empty blocks."""
    rgb = np.random.default_rng(3).integers(0, 256, (300, 700, 3), np.uint8)
    document = from_photo(tiles_from_rgb(rgb), "photo", None)
    if alpha is None:
        return document
    pixels = {"alpha": Tiles.from_array(alpha).without_blank()}
    return edits.apply(document, edits.SetMask(PHOTO, score=0.5, task={}), pixels)


def soft() -> np.ndarray:
    alpha = np.zeros((300, 700), np.uint8)
    alpha[:, :256] = 255
    alpha[:, 256:500] = np.random.default_rng(4).integers(0, 256, (300, 244), np.uint8)
    return alpha


@pytest.mark.parametrize("setting", [ExportSetting("png"), ExportSetting("webp")])
def test_transparent_pictures_are_straight(setting: ExportSetting) -> None:
    document = photo(soft())
    got = flat_pixels(document, setting)
    np.testing.assert_array_equal(got, straight_rgba(Compositor().merged(document)))
    assert got[:, 512:].max() == 0


def test_opaque_pictures_have_three_channels() -> None:
    document = photo(None)
    got = flat_pixels(document, ExportSetting("png"))
    assert got.shape == (300, 700, 3)
    np.testing.assert_array_equal(got, Compositor().merged(document)[..., 2::-1])


def test_without_alpha_the_background_shows_where_nothing_is() -> None:
    document = photo(soft())
    got = flat_pixels(document, ExportSetting("jpeg", background="#1080F0"))
    np.testing.assert_array_equal(got, rgb_over(Compositor().merged(document), (16, 128, 240)))
    assert (got[:, 512:] == (16, 128, 240)).all()


@pytest.mark.parametrize("file_format", [*FLAT, "psd"])
def test_what_was_generated_is_told_in_every_format(file_format: Format, tmp_path: Path) -> None:
    """Also where nothing of the photo's own data is to be passed on, which is the default."""
    document, path = photo(None), tmp_path / "picture"
    export_picture(document, path, ExportSetting(file_format))
    assert b"AlgorithmicMedia" not in path.read_bytes()
    made = document.replace_layer(PHOTO, lambda one: replace(one, made_by={"type": "Generate"}))
    export_picture(made, path, ExportSetting(file_format))
    assert b"/digitalsourcetype/trainedAlgorithmicMedia" in path.read_bytes()
    above = document.insert(replace(made.layers[0], id="made"), None, 1)
    export_picture(above, path, ExportSetting(file_format, metadata="keep"))
    assert b"/digitalsourcetype/compositeWithTrained" in path.read_bytes()
