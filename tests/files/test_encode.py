# SPDX-License-Identifier: Apache-2.0
import io
import itertools

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from prodedit.core.export_setting import FLAT, ExportSetting, Format
from prodedit.core.problem import Problem
from prodedit.files.encode import encode, srgb_profile
from prodedit.files.metadata import Metadata, read_metadata

FORMATS: tuple[Format, ...] = FLAT
WITH_ALPHA = [name for name in FORMATS if name != "jpeg"]
LOSSLESS = ("png", "tiff")
EXIF = ((271, "Canon"), (315, "Zoë 王"), (33434, (1, 125)), (34855, 200), (37380, (-1, 3)))


def scene(channels: int = 3) -> NDArray[np.uint8]:
    """A soft picture, with a round hole in its alpha."""
    y, x = np.mgrid[0:96, 0:128].astype(np.float32)
    planes = [x * 2, y * 2, 255 - x, 255 * np.clip(50 - np.hypot(x - 64, y - 48), 0, 1)]
    return np.ascontiguousarray(np.stack(planes[:channels], axis=-1).clip(0, 255).astype(np.uint8))


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("file_format", FORMATS)
def test_pixels_come_back(file_format: Format) -> None:
    pixels = scene()
    image = opened(encode(pixels, ExportSetting(format=file_format, quality=95)))
    assert (image.format or "").lower() == file_format
    off = np.abs(np.asarray(image.convert("RGB")).astype(int) - pixels)
    assert off.max() == 0 if file_format in LOSSLESS else off.mean() < 2


@pytest.mark.parametrize("file_format", WITH_ALPHA)
def test_alpha_comes_back(file_format: Format) -> None:
    pixels = scene(4)
    image = opened(encode(pixels, ExportSetting(format=file_format, quality=95)))
    assert image.mode == "RGBA"
    result = np.asarray(image)
    if file_format in LOSSLESS:
        assert (result == pixels).all()
    off = np.abs(result[..., 3].astype(int) - pixels[..., 3])
    assert off.max() <= 6  # AVIF loses a little at the edge
    assert off.mean() < 0.1


def test_jpeg_refuses_alpha() -> None:
    with pytest.raises(Problem, match="background colour") as caught:
        encode(scene(4), ExportSetting(format="jpeg"))
    assert caught.value.code == "no-alpha"


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_profile_is_srgb(file_format: Format) -> None:
    icc = opened(encode(scene(), ExportSetting(format=file_format))).info["icc_profile"]
    assert icc == srgb_profile()
    name = ImageCms.getProfileDescription(ImageCms.getOpenProfile(io.BytesIO(icc)))
    assert "sRGB" in name


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_same_bytes_every_time(file_format: Format) -> None:
    setting = ExportSetting(format=file_format, metadata="keep", provenance="composite")
    files = {encode(scene(), setting, Metadata("JPEG", EXIF)) for _ in range(3)}
    assert len(files) == 1


@pytest.mark.parametrize("file_format", FORMATS)
def test_nothing_is_told_unless_asked_for(file_format: Format) -> None:
    data = encode(scene(), ExportSetting(format=file_format), Metadata("JPEG", EXIF))
    image = opened(data)
    assert read_metadata(image, "").exif == ()
    assert "xmp" not in image.info
    assert b"Canon" not in data


@pytest.mark.parametrize("file_format", FORMATS)
def test_safe_metadata_is_kept_on_wish(file_format: Format) -> None:
    setting = ExportSetting(format=file_format, metadata="keep")
    image = opened(encode(scene(), setting, Metadata("JPEG", EXIF)))
    expected = EXIF[:2] if file_format == "tiff" else EXIF
    assert read_metadata(image, "").exif == expected


@pytest.mark.parametrize("file_format", FORMATS)
def test_provenance_is_told_on_wish(file_format: Format) -> None:
    setting = ExportSetting(format=file_format, provenance="compositeWithTrainedAlgorithmicMedia")
    data = encode(scene(), setting)
    packet = b'DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/composite'
    assert packet in data
    assert packet in opened(data).info["xmp"]


def test_unknown_provenance() -> None:
    with pytest.raises(Problem, match="“magic”"):
        encode(scene(), ExportSetting(provenance="magic"))


def test_colour_resolution_follows_quality() -> None:
    files = {q: encode(scene(), ExportSetting(format="jpeg", quality=q)) for q in (89, 90)}
    sampling = {q: opened(data).layer for q, data in files.items()}  # type: ignore[attr-defined]
    assert [layers[0][1:3] for layers in sampling.values()] == [(2, 2), (1, 1)]


@pytest.mark.parametrize("progressive", [True, False])
def test_progressive(progressive: bool) -> None:
    data = encode(scene(), ExportSetting(format="jpeg"), progressive=progressive)
    assert ("progressive" in opened(data).info) == progressive


def test_too_large_for_webp() -> None:
    with pytest.raises(Problem, match="WEBP files can be 16383 pixels"):
        encode(np.zeros((1, 16384, 3), np.uint8), ExportSetting(format="webp"))


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 2)])
def test_other_arrays_are_mistakes(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="RGB or RGBA"):
        encode(np.zeros(shape, np.uint8), ExportSetting())


@pytest.mark.parametrize(
    ("file_format", "size"), list(itertools.product(FORMATS, [(1, 1), (1, 7), (300, 1)]))
)
def test_small_pictures(file_format: Format, size: tuple[int, int]) -> None:
    pixels = np.full((*size, 3), 200, np.uint8)
    image = opened(encode(pixels, ExportSetting(format=file_format)))
    assert image.size == (size[1], size[0])


@pytest.mark.parametrize("channels", [3, 4])
def test_png_is_no_larger_than_pillows(channels: int) -> None:
    """On pictures with and without a photo's noise, as the strategies differ there."""
    noise = np.random.default_rng(1).normal(0, 4, (96, 128, channels))
    noisy = (scene(channels) + noise).clip(0, 255).astype(np.uint8)
    for pixels in (
        np.tile(noisy, (4, 4, 1)),
        np.kron(scene(channels), np.ones((4, 4, 1), np.uint8)),
    ):
        file = io.BytesIO()
        Image.fromarray(pixels).save(file, "PNG")
        ours = encode(pixels, ExportSetting())
        assert len(ours) <= 1.25 * len(file.getvalue()) + 3000  # the profile


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("quality", [92, 100])
def test_a_picture_that_is_all_grain_is_written_too(quality: int, progressive: bool) -> None:
    grain = np.random.default_rng(3).integers(0, 256, (200, 300, 3), np.uint8)
    setting = ExportSetting(format="jpeg", quality=quality)
    data = encode(grain, setting, progressive=progressive)
    shown = np.asarray(Image.open(io.BytesIO(data))).astype(int)
    assert np.abs(shown - grain).mean() < 12
