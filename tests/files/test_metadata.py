# SPDX-License-Identifier: Apache-2.0
"""Only what is safe comes in, and nothing private goes out, in any format."""

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, TiffImagePlugin

from prodedit.core.export_setting import FLAT, ExportSetting, Format
from prodedit.files.decoder import Decoder
from prodedit.files.encode import encode
from prodedit.files.metadata import SAFE_TAGS, Metadata, exif_bytes, orientation, read_metadata

SECRETS = (b"SECRETMAKER", b"SERIAL4711", b"Jane Owner", b"SECRETCOMMENT", b"SECRETXMP")
GPS, CAMERA, MAKER_NOTE = 0x8825, 0x8769, 0x927C
FORMATS = FLAT


def telling_photo() -> bytes:
    """A JPEG that tells everything a phone might."""
    exif = Image.Exif()
    exif[271], exif[0x0112] = "Canon", 6
    camera = exif.get_ifd(CAMERA)
    camera[MAKER_NOTE] = SECRETS[0]
    camera[42033] = SECRETS[1].decode()
    camera[42032] = SECRETS[2].decode()
    camera[37510] = b"ASCII\0\0\0" + SECRETS[3]
    camera[34855] = 400
    place = exif.get_ifd(GPS)
    place[1], place[2] = "N", (52.0, 31.0, 12.0)
    place[3], place[4] = "E", (13.0, 24.0, 18.0)
    file = io.BytesIO()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRETS[4] + b"</x:xmpmeta>"
    Image.new("RGB", (20, 10), (90, 80, 70)).save(
        file, "JPEG", exif=exif, xmp=xmp, comment=SECRETS[3]
    )
    return file.getvalue()


def test_only_the_safe_part_comes_in(tmp_path: Path) -> None:
    data = telling_photo()
    assert all(secret in data for secret in SECRETS)
    (tmp_path / "a.jpg").write_bytes(data)
    with Decoder() as decoder:
        photo = decoder.decode(tmp_path / "a.jpg")
    assert photo.metadata.exif == ((271, "Canon"), (34855, 400))
    assert photo.pixels.shape == (20, 10, 3)


@pytest.mark.parametrize("keep", ["none", "keep"])
@pytest.mark.parametrize("file_format", FORMATS)
def test_nothing_private_goes_out(tmp_path: Path, file_format: Format, keep: str) -> None:
    (tmp_path / "a.jpg").write_bytes(telling_photo())
    with Decoder() as decoder:
        photo = decoder.decode(tmp_path / "a.jpg")
    setting = ExportSetting(format=file_format, metadata="keep" if keep == "keep" else "none")
    data = encode(photo.pixels, setting, photo.metadata)
    assert not any(secret in data for secret in SECRETS)
    exif = Image.open(io.BytesIO(data)).getexif()
    assert GPS not in exif
    assert not exif.get_ifd(GPS)
    assert 0x0112 not in exif or exif[0x0112] == 1
    assert set(exif.get_ifd(CAMERA)) <= set(SAFE_TAGS)
    assert (exif.get(271) == "Canon") == (keep == "keep")


VALUES = st.one_of(
    st.text(max_size=40),
    st.integers(-(2**31), 2**33),
    st.binary(max_size=20),
    st.builds(TiffImagePlugin.IFDRational, st.integers(-9, 2**33), st.integers(0, 2**33)),
)


POINTERS = {CAMERA, GPS, 0xA005}
"""Tags whose value is the place of another directory: Pillow cannot be given a text for these."""
TAGS = st.one_of(
    st.sampled_from(sorted(SAFE_TAGS)), st.integers(1, 65535).filter(lambda t: t not in POINTERS)
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(TAGS, VALUES, max_size=8),
    st.dictionaries(TAGS, VALUES, max_size=8),
    st.sampled_from(FORMATS),
)
def test_no_tag_but_the_safe_ones_in_any_export(
    main: dict[int, object], camera: dict[int, object], file_format: Format
) -> None:
    """Whatever a photo carries under whatever tag."""
    image = Image.new("RGB", (4, 4))
    exif = image.getexif()
    for tag, value in main.items():
        exif[tag] = value
    exif.get_ifd(CAMERA).update(camera)
    metadata = read_metadata(image, "JPEG")
    assert {tag for tag, _ in metadata.exif} <= set(SAFE_TAGS)
    assert Metadata.from_json(metadata.to_json()) == metadata
    assert 1 <= orientation(image) <= 8
    setting = ExportSetting(format=file_format, metadata="keep")
    data = encode(np.zeros((4, 4, 3), np.uint8), setting, metadata)
    written = Image.open(io.BytesIO(data)).getexif()
    assert set(written) <= set(SAFE_TAGS) | {CAMERA} | (LAYOUT if file_format == "tiff" else set())
    assert set(written.get_ifd(CAMERA)) <= set(SAFE_TAGS)


# What a TIFF needs to be one: size, compression, strips, profile ...
LAYOUT = {256, 257, 258, 259, 262, 273, 277, 278, 279, 284, 317, 338, 339, 34675, 700}


def test_metadata_returns_from_exif_and_json() -> None:
    metadata = Metadata("JPEG", ((270, "Hé 商品"), (33434, (1, 125)), (34855, 200)), 72.0, "sRGB")
    assert Metadata.from_json(metadata.to_json()) == metadata
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG", exif=exif_bytes(metadata))
    assert read_metadata(Image.open(file), "JPEG").exif == metadata.exif


@pytest.mark.parametrize("value", [0, 9, 99, -1, "6", b"\x06", None, 3.0, (6, 6)])
def test_bogus_orientations_are_ignored(value: object) -> None:
    image = Image.new("RGB", (1, 1))
    image.getexif()[0x0112] = value
    assert orientation(image) == 1


def test_unsafe_tags_are_refused_from_the_decoder() -> None:
    told = {"format": "JPEG", "exif": [[GPS, 1]], "resolution": 0, "profile": ""}
    with pytest.raises(ValueError, match="not a safe one"):
        Metadata.from_json(told)
