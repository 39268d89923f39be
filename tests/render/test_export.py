# SPDX-License-Identifier: Apache-2.0
"""A document's flat pixels: block by block the same as all at once."""

import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.export_setting import ExportSetting
from prodedit.core.pixels import rgb_over, straight_rgba, tiles_from_rgb
from prodedit.core.tiles import Tiles
from prodedit.render.compositor import Compositor
from prodedit.render.export import flat_pixels


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
