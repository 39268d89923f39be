# SPDX-License-Identifier: Apache-2.0
"""What a preset makes passes its own rules, also where that is hard: a dark, saturated product with
straight and with soft edges, in a photo that has to be enlarged."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
import pytest
from PIL import Image

from prodedit.catalogue.check.findings import judged
from prodedit.catalogue.check.fixing import Fixing
from prodedit.catalogue.check.looking import Eyes
from prodedit.core.export_setting import SUFFIXES
from prodedit.engine.preset_library import PresetLibrary
from prodedit.engine.results import MaskResult, Result
from prodedit.engine.tasks import RemoveBackground, Task
from prodedit.files.decoder import Decoder

BUILT_IN = {entry.id: entry.preset for entry in PresetLibrary().entries() if entry.is_built_in}
MADE = [name for name, preset in BUILT_IN.items() if preset and preset.making.cuts_out]
BLUE = (20, 10, 120)


class Photo(NamedTuple):
    """rgb: on a green cloth; alpha: exact; foreground: BGRA, of the soft edge alone."""

    rgb: np.ndarray
    alpha: np.ndarray
    foreground: np.ndarray


@cache
def photo(shape: str, side: int, soft: float) -> Photo:
    """soft: pixels of the edge."""
    y, x = np.mgrid[0:side, 0:side] / side - 0.5
    off = {
        "carton": np.maximum(abs(x) - 0.3, abs(y) - 0.3),
        "disc": np.hypot(x, y) - 0.33,
        "slanted": np.maximum(abs(0.95 * x + 0.3 * y) - 0.32, abs(0.95 * y - 0.3 * x) - 0.2),
    }[shape]
    alpha = np.clip(0.5 - off * side / soft, 0, 1)
    rng = np.random.default_rng(1)
    grain = cv2.GaussianBlur(rng.normal(0, 90, (side, side)).astype(np.float32), (0, 0), 3)
    product = np.clip(np.array(BLUE) + grain[..., None], 0, 255)
    cloth = np.array((120, 160, 110)) + rng.integers(-12, 12, (side, side, 1))
    seen = product * alpha[..., None] + cloth * (1 - alpha[..., None])
    edge = np.dstack([product[..., ::-1], np.full((side, side), 255)]).astype(np.uint8)
    edge[(alpha == 0) | (alpha == 1)] = 0
    return Photo(seen.astype(np.uint8), np.rint(255 * alpha).astype(np.uint8), edge)


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder() as made:
        yield made


def failures(known: Photo, name: str, decoder: Decoder, folder: Path) -> dict[str, Any]:
    """What is measured against the rules that a preset's own file fails."""
    preset = BUILT_IN[name]
    assert preset is not None
    Image.fromarray(known.rgb).save(folder / "photo.bmp")

    def run(task: Task, inputs: Mapping[str, Any]) -> Result:
        assert isinstance(task, RemoveBackground)
        certain = np.full_like(known.alpha, 255)
        return MaskResult(known.alpha, certain, known.foreground, 0.9, "exact")

    out = folder / f"made{SUFFIXES[preset.making.format]}"
    fixing = Fixing(folder / "photo.bmp", decoder, run, network=False)
    product = fixing.write(out, preset.making)
    eyes = Eyes(decoder, _NoEngine(), {rule.rule for rule in preset.rules}, ())
    verdict = judged(eyes.look(out, product), name, preset)
    return {each.rule.rule: each.measured for each in verdict.findings if each.outcome == "fails"}


class _NoEngine:
    def run(self, task: Task, inputs: Mapping[str, Any], **named: Any) -> Result:
        raise AssertionError("nobody has to be asked")


@pytest.mark.parametrize("name", MADE)
def test_a_dark_carton_passes_in_every_preset(name: str, decoder: Decoder, tmp_path: Path) -> None:
    assert failures(photo("carton", 700, 3.0), name, decoder, tmp_path) == {}


@pytest.mark.parametrize(
    ("shape", "side", "soft"), [("disc", 600, 3.0), ("slanted", 900, 4.0)], ids=["small", "soft"]
)
def test_ten_pixels_of_margin_are_enough_for_a_white_border(
    shape: str, side: int, soft: float, decoder: Decoder, tmp_path: Path
) -> None:
    assert failures(photo(shape, side, soft), "jd-main", decoder, tmp_path) == {}
