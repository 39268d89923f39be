# SPDX-License-Identifier: Apache-2.0
"""A contact sheet of style transfer with the real networks: photos of clothing (CC0) in built-in
styles and in those of paintings in the public domain.

`python -m tests.engine.style_sheet` draws it anew into style_sheet.jpg, to be looked at.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.engine.families.style import preview_styles, transfer_style
from prodedit.engine.service.device import Device, cpu_device
from prodedit.engine.service.store import ModelStore, Status, default_store
from prodedit.engine.tasks import PICTURE, PreviewStyles, TransferStyle

Bytes = NDArray[np.uint8]

GOLDEN = Path(__file__).with_name("style_sheet.jpg")
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
NETWORKS = ("multistyle26", "style-predictor", "style-transformer")
SIDE = 160
SHOWN = 96
CLASSES = ("dress", "hat", "shoes", "t-shirt")
STYLES = ("starry-sky", "bold-lines", "soft-pastel", "stained-glass", "wave-print")
PAINTINGS = (0, 7, 13)
_JPEG = [
    cv2.IMWRITE_JPEG_QUALITY, 90, cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
]  # fmt: skip


class Context:
    """The person's own models, on the processor."""

    def __init__(self) -> None:
        self.store: ModelStore = default_store()
        self.device: Device = cpu_device()

    def report(self, fraction: float, text: str) -> None:
        del fraction, text

    def cancelled(self) -> bool:
        return False


def is_possible() -> bool:
    """Whether data and weights are here."""
    here = (SHARED / "styles").is_dir()
    return here and all(default_store().state(n).status is not Status.MISSING for n in NETWORKS)


def sheet() -> Bytes:
    """(h, w, 3) BGR: a row for each photo, itself first."""
    context = Context()
    files = sorted((SHARED / "styles").iterdir())
    paintings = [_bgra(files[number], 256) for number in PAINTINGS]
    return np.vstack([_row(photo, paintings, context) for photo in _photos()])


def _photos() -> list[Bytes]:
    folder = SHARED / "train" / "clothing" / "test"
    return [_bgra(sorted((folder / name).iterdir())[5], SIDE) for name in CLASSES]


def _row(photo: Bytes, paintings: list[Bytes], context: Context) -> Bytes:
    built_in = preview_styles(PreviewStyles(STYLES, SIDE), {"source": photo}, context).pictures
    own = [
        transfer_style(TransferStyle(PICTURE), {"source": photo, "style": one}, context).pixels
        for one in paintings
    ]
    return np.hstack([_shown(picture) for picture in (photo, *built_in, *own)])


def _shown(picture: Bytes) -> Bytes:
    size = (SHOWN, SHOWN)
    return np.asarray(cv2.resize(picture[..., :3], size, interpolation=cv2.INTER_AREA), np.uint8)


def _bgra(path: Path, side: int) -> Bytes:
    """The middle square of a picture."""
    picture = cv2.imread(str(path))
    short = min(picture.shape[:2])
    top, left = (picture.shape[0] - short) // 2, (picture.shape[1] - short) // 2
    square = picture[top : top + short, left : left + short]
    small = cv2.resize(square, (side, side), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2BGRA), np.uint8)


if __name__ == "__main__":
    cv2.imwrite(str(GOLDEN), sheet(), _JPEG)
