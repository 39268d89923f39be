# SPDX-License-Identifier: Apache-2.0
"""A small picture of what a recipe does, made of a sample that comes with the program, and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import cv2
import msgspec
import numpy as np
import platformdirs

from prodedit.core import edits
from prodedit.core.document import Document, from_photo
from prodedit.core.export_setting import ExportSetting
from prodedit.core.pixels import Pixels
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.data_files import resources_folder
from prodedit.engine.recipe import Recipe
from prodedit.engine.replay import RunTask, Step
from prodedit.engine.replaying import replay
from prodedit.engine.tasks import Enhance, RemoveBackground
from prodedit.files.atomic import write_atomic
from prodedit.render.export import flat_pixels

SIDE = 96
"""Pixels of the picture's longer side: twice what is shown, for screens that are dense."""
SAMPLE = "mug.jpg"
_VERSION = 1
_WORKED_AT = 320
"""Pixels: the sample is made so small first, and no larger on the way."""
_QUICK = "u2net"
"""What cuts out here, where a recipe leaves it open: it looks at 320 pixels in any case."""
_MOST_KEPT = 300
_SQUARE, _LIGHT, _GREY = 26, 255, 214


def sample() -> Document:
    """The photo that recipes are shown on. Raises Problem where it is not there."""
    path = resources_folder() / "samples" / SAMPLE
    with suppress(OSError, cv2.error):
        data = np.frombuffer(path.read_bytes(), np.uint8)
        photo = cv2.imdecode(data, cv2.IMREAD_COLOR)
        if photo is not None:
            height, width = photo.shape[:2]
            scale = _WORKED_AT / max(height, width)
            size = (round(width * scale), round(height * scale))
            small = cv2.resize(photo, size, interpolation=cv2.INTER_AREA)
            pixels = cv2.cvtColor(small, cv2.COLOR_BGR2BGRA)
            return from_photo(Tiles.from_array(np.asarray(pixels, np.uint8)), path.stem)
    raise Problem(QT_TRANSLATE_NOOP("Problem", "A file of the program is missing."), code="missing")


def picture_of(recipe: Recipe, document: Document, run: RunTask) -> bytes:
    """PNG, at most SIDE by SIDE; what is transparent lies on squares. Raises Problem, Cancelled."""
    done = replay(document, simplified(recipe.steps), run)
    pixels = _on_squares(flat_pixels(done, ExportSetting("png")))
    height, width = pixels.shape[:2]
    scale = SIDE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    _, data = cv2.imencode(".png", cv2.cvtColor(small, cv2.COLOR_RGB2BGR))
    return data.tobytes()


def simplified(steps: Sequence[Step]) -> tuple[Step, ...]:
    """What looks the same in a small picture, and takes no longer than that."""
    return tuple(simple for step in steps if (simple := _simple(step)) is not None)


def _simple(step: Step) -> Step | None:
    if isinstance(step, RemoveBackground) and step.model == "auto":
        return msgspec.structs.replace(step, model=_QUICK)
    if isinstance(step, edits.ResizeImage):
        return edits.ResizeImage(step.size.fit(_WORKED_AT))
    if isinstance(step, Enhance):
        plain = Enhance(model="classic", label_safe=False)
        same = msgspec.structs.replace(
            step, upscale=1.0, size=None, model=plain.model, label_safe=plain.label_safe
        )
        return None if same == plain else same
    return step


def _on_squares(pixels: Pixels) -> Pixels:
    """(h, w, 3) of RGB or straight RGBA."""
    if pixels.shape[2] == 3:
        return pixels
    rows, columns = np.indices(pixels.shape[:2]) // _SQUARE
    ground = np.where((rows + columns) % 2, _GREY, _LIGHT)[..., None]
    share = pixels[..., 3:] / 255
    return np.rint(pixels[..., :3] * share + ground * (1 - share)).astype(np.uint8)


class KeptPictures:
    """On the disk, by what the recipe does. Where the disk refuses there are none."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or platformdirs.user_cache_path("prodedit", False) / "recipes"

    def get(self, recipe: Recipe) -> bytes | None:
        with suppress(OSError):
            return self._path(recipe).read_bytes()
        return None

    def put(self, recipe: Recipe, data: bytes) -> None:
        with suppress(OSError, Problem):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomic(self._path(recipe), data)
            files = sorted(self._folder.glob("*.png"), key=lambda path: path.stat().st_mtime)
            for old in files[:-_MOST_KEPT]:
                old.unlink(missing_ok=True)

    def _path(self, recipe: Recipe) -> Path:
        told = msgspec.json.encode((_VERSION, SAMPLE, simplified(recipe.steps)))
        return self._folder / f"{hashlib.sha256(told).hexdigest()[:32]}.png"
