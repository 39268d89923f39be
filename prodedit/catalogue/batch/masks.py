# SPDX-License-Identifier: Apache-2.0
"""Cut-outs of a batch that are kept on the disk: those that a person has to look at, and those that
a person has corrected. Nothing is lost on the way, so a picture made with a mask that was kept is
the same, byte for byte, as one made at once."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.core.layer import Mask
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.files.atomic import write_atomic

MASK_LOST = "mask-lost"
"""Code of the Problem that a cut-out which was kept can't be read any more."""
_ABOUT = "about.json"
_CHANNELS: Mapping[str, int] = {"alpha": 1, "confidence": 1, "foreground": 4}
_QUICK = (cv2.IMWRITE_PNG_COMPRESSION, 1)


def write_mask(path: Path, mask: Mask) -> None:
    """Whole or not at all: `alpha.png`, `confidence.png` and `foreground.png` in a zip. Raises
    Problem, also where its folder is not there any more."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        about = {"score": mask.score, "task": mask.task}
        archive.writestr(_ABOUT, json.dumps(about))
        for name in _CHANNELS:
            tiles: Tiles | None = getattr(mask, name)
            if tiles is not None:
                archive.writestr(f"{name}.png", _png(tiles))
    write_atomic(path, file.getvalue())


def read_mask(path: Path) -> tuple[edits.SetMask, edits.Inputs]:
    """The edit that gives it to the photo. Raises Problem where the file is gone or damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read(_ABOUT))
            names = set(archive.namelist())
            pixels = {
                name: _tiles(archive.read(f"{name}.png"), channels)
                for name, channels in _CHANNELS.items()
                if f"{name}.png" in names
            }
        return set_mask(about["score"], about["task"]), {"alpha": pixels.pop("alpha"), **pixels}
    except (OSError, KeyError, ValueError, TypeError, cv2.error, zipfile.BadZipFile) as error:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "The cut-out that was kept for this picture can't be read any more."
            ),
            code=MASK_LOST,
            details=f"{type(error).__name__}: {error}",
        ) from error


def set_mask(score: float | None, task: dict[str, Any] | None) -> edits.SetMask:
    return edits.SetMask(PHOTO, score=score, task=task)


def inputs_of(mask: Mask) -> edits.Inputs:
    """Its pixels, for the edit that gives it to a photo."""
    named = ((name, getattr(mask, name)) for name in _CHANNELS)
    return {name: tiles for name, tiles in named if tiles is not None}


def _png(tiles: Tiles) -> bytes:
    done, data = cv2.imencode(".png", tiles.to_array(), _QUICK)
    if not done:
        raise ValueError("no PNG could be made")
    return data.tobytes()


def _tiles(data: bytes, channels: int) -> Tiles:
    array = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if array is None or (array.ndim == 2) != (channels == 1):
        raise ValueError("no such mask")
    return Tiles.from_array(np.asarray(array, np.uint8)).without_blank()
