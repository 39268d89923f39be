# SPDX-License-Identifier: Apache-2.0
"""What a file says of itself, through the decoder process."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from prodedit.core.export_setting import ExportSetting
from prodedit.files.decoder import Decoder
from prodedit.files.encode import encode
from prodedit.files.facts import Facts, facts_from

PIXELS = np.random.default_rng(5).integers(0, 255, (24, 32, 3)).astype(np.uint8)


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder() as made:
        yield made


@pytest.mark.parametrize("quality", [30, 75, 92, 100])
def test_our_own_jpeg(decoder: Decoder, tmp_path: Path, quality: int) -> None:
    path = tmp_path / "a.jpg"
    setting = ExportSetting(
        "jpeg", quality, resolution=72, provenance="compositeWithTrainedAlgorithmicMedia"
    )
    path.write_bytes(encode(PIXELS, setting))
    assert decoder.decode(path).facts == Facts(
        "JPEG", "RGB", 8, False, True, 72.0, quality, "compositeWithTrainedAlgorithmicMedia"
    )


def test_resolution_and_provenance_of_png_and_tiff(decoder: Decoder, tmp_path: Path) -> None:
    for kind in ("png", "tiff"):
        path = tmp_path / f"a.{kind}"
        setting = ExportSetting(kind, resolution=300, provenance="composite")
        path.write_bytes(encode(PIXELS, setting))
        facts = decoder.decode(path).facts
        assert round(facts.resolution) == 300
        assert (facts.provenance, facts.jpeg_quality) == ("composite", 0)


@pytest.mark.parametrize(
    ("mode", "name", "suffix", "bits", "alpha"),
    [
        ("CMYK", "CMYK", "jpg", 8, False),
        ("L", "grey", "jpg", 8, False),
        ("LA", "grey", "png", 8, True),
        ("P", "indexed", "png", 8, False),
        ("RGBA", "RGB", "png", 8, True),
        ("1", "grey", "png", 8, False),
        ("I;16", "grey", "png", 16, False),
    ],
)
def test_modes(
    decoder: Decoder, tmp_path: Path, mode: str, name: str, suffix: str, bits: int, alpha: bool
) -> None:
    path = tmp_path / f"a.{suffix}"
    if mode == "I;16":
        Image.fromarray(PIXELS[..., 0].astype(np.uint16) * 250).save(path)
    else:
        Image.fromarray(PIXELS).convert(mode).save(path)
    facts = decoder.decode(path).facts
    assert (facts.mode, facts.bits, facts.has_alpha) == (name, bits, alpha)


def test_what_tells_of_a_person_is_noticed(decoder: Decoder, tmp_path: Path) -> None:
    for number, (directory, tag, value) in enumerate(
        ((0x8825, 1, "N"), (0x8769, 0x927C, b"maker"), (0x8769, 0x829A, (1, 60)))
    ):
        exif = Image.Exif()
        exif.get_ifd(directory)[tag] = value
        path = tmp_path / f"{number}.jpg"
        Image.fromarray(PIXELS).save(path, exif=exif.tobytes())
        assert decoder.decode(path).facts.is_private == (number < 2)


def test_facts_of_a_hostile_process_are_refused() -> None:
    for told in ({"mode": 3}, {"color": "x"}, [], {"jpeg_quality": "92"}):
        with pytest.raises((ValueError, TypeError)):
            facts_from(told)
