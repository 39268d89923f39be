# SPDX-License-Identifier: Apache-2.0
import io
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from prodedit.core.problem import Problem
from prodedit.files.decoder import Decoder
from prodedit.files.decoder_process import Session
from prodedit.files.frames import write_frame
from prodedit.files.photo import LIMITS


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder(processes=2) as opened:
        yield opened


def gradient(width: int, height: int) -> Image.Image:
    y, x = np.mgrid[0:height, 0:width]
    planes = [x * 255 // max(1, width - 1), y * 255 // max(1, height - 1), (x + y) % 256]
    return Image.fromarray(np.stack(planes, axis=-1).astype(np.uint8))


def test_pixels_outlive_the_decoder(tmp_path: Path) -> None:
    picture = gradient(300, 200)
    picture.save(tmp_path / "a.png")
    with Decoder() as short_lived:
        photo = short_lived.decode(tmp_path / "a.png")
    assert (photo.pixels == np.asarray(picture)).all()
    assert (tuple(photo.size), photo.metadata.format, photo.notes) == ((300, 200), "PNG", ())


def test_the_same_pixels_as_pillow(decoder: Decoder, tmp_path: Path) -> None:
    gradient(301, 199).save(tmp_path / "a.jpg", quality=80)
    expected = np.asarray(Image.open(tmp_path / "a.jpg"))
    assert (decoder.decode(tmp_path / "a.jpg").pixels == expected).all()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarm here")
def test_a_process_that_waits_is_under_no_alarm(tmp_path: Path) -> None:
    source, sink = io.BytesIO(), io.BytesIO()
    write_frame(source, {"path": str(tmp_path / "none"), "side": None, "accept_damaged": False})
    source.seek(0)
    Session(source, sink, LIMITS).run()
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_many_threads(decoder: Decoder, tmp_path: Path) -> None:
    for number in range(12):
        Image.new("RGB", (number + 1, 7), (number, 0, 0)).save(tmp_path / f"{number}.png")
    with ThreadPoolExecutor(6) as pool:
        photos = list(pool.map(lambda n: decoder.decode(tmp_path / f"{n}.png"), range(12)))
    found = [(photo.pixels.shape[1] - 1, int(photo.pixels[0, 0, 0])) for photo in photos]
    assert found == [(number, number) for number in range(12)]


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
def test_thumbnails(decoder: Decoder, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    gradient(800, 600).save(path)
    photo = decoder.thumbnail(path, 100)
    assert photo.pixels.shape == (75, 100, 3)
    assert tuple(photo.size) == (800, 600)
    small = np.asarray(gradient(800, 600).resize((100, 75), Image.Resampling.BOX))
    assert np.abs(photo.pixels[..., :2].astype(int) - small[..., :2]).mean() < 4


def test_thumbnails_stand_upright(decoder: Decoder, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    gradient(800, 600).save(tmp_path / "a.jpg", exif=exif)
    photo = decoder.thumbnail(tmp_path / "a.jpg", 100)
    assert (photo.pixels.shape, tuple(photo.size)) == ((100, 75, 3), (600, 800))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "F"])
def test_thumbnails_of_every_mode(decoder: Decoder, tmp_path: Path, mode: str) -> None:
    path = tmp_path / ("a.tif" if mode == "F" else "a.png")
    grey = gradient(400, 300).convert("L")
    image = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257) if mode == "I;16" else None
    (image or grey.convert(mode)).save(path)
    assert decoder.thumbnail(path, 50).pixels.shape[:2] == (38, 50)


def test_a_picture_smaller_than_its_thumbnail(decoder: Decoder, tmp_path: Path) -> None:
    gradient(30, 20).save(tmp_path / "a.png")
    assert decoder.thumbnail(tmp_path / "a.png", 256).pixels.shape == (20, 30, 3)


def test_a_problem_names_the_file(decoder: Decoder, tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        decoder.decode(tmp_path / "gone.jpg")
    assert (caught.value.code, caught.value.values["file"]) == ("not-found", "gone.jpg")


def test_relative_paths(decoder: Decoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gradient(5, 4).save(tmp_path / "a.png")
    monkeypatch.chdir(tmp_path)
    assert decoder.decode(Path("a.png")).pixels.shape == (4, 5, 3)


def test_asking_costs_no_heavy_imports() -> None:
    """The window's process imports this before its first paint."""
    program = (
        "import sys, prodedit.files.decoder; print({'cv2', 'torch', 'PySide6'} & {*sys.modules})"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert result.stdout.strip() == "set()"
