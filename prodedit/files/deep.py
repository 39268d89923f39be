# SPDX-License-Identifier: Apache-2.0
"""Colour pictures of 16 bits a channel: Pillow drops the lower byte, so OpenCV reads them."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prodedit.files.colour import Conversion, dithered
from prodedit.files.photo import Note
from prodedit.files.sniff import PNG, TIFF, Kind

_COLOUR_MODES = frozenset({"RGB", "RGBA", "LA"})
_PNG_DEPTH_AT = 24  # offset of the bit depth in the header chunk, ISO/IEC 15948
_TIFF_BITS = 258


def deepened(path: Path, image: Image.Image, shade: Conversion, kind: Kind) -> Conversion:
    """`shade` fed from all 16 bits where the loaded picture's file has them, else as it is."""
    if image.mode not in _COLOUR_MODES or "damage" in image.info or not _is_deep(path, image, kind):
        return shade
    values = _read_deep(path, image)
    if values is None:
        return shade

    def strip(part: Image.Image, top: int) -> Image.Image:
        rows = values[top : top + part.height].astype(np.float32) * np.float32(255 / 65535)
        return shade.strip(Image.fromarray(dithered(rows, top)), top)

    notes = (Note("deep", (("bits", 16),)), *shade.notes)
    return Conversion(strip, notes, shade.profile)


def _is_deep(path: Path, image: Image.Image, kind: Kind) -> bool:
    if kind is PNG:
        with path.open("rb") as file:
            return file.read(_PNG_DEPTH_AT + 1)[-1] == 16
    tags: Any = getattr(image, "tag_v2", {})
    return kind is TIFF and set(tags.get(_TIFF_BITS, (8,))) == {16}


def _read_deep(path: Path, image: Image.Image) -> NDArray[np.uint16] | None:
    """(h, w, 3|4) RGB or RGBA; None where OpenCV sees another picture than Pillow did."""
    import cv2  # only such pictures wait for it

    data = np.fromfile(path, np.uint8)
    values = cv2.imdecode(data, cv2.IMREAD_UNCHANGED | cv2.IMREAD_IGNORE_ORIENTATION)
    channels = 3 if image.mode == "RGB" else 4
    if values is None or values.shape != (image.height, image.width, channels):
        return None
    if values.dtype != np.uint16:
        return None
    swap = cv2.COLOR_BGR2RGB if channels == 3 else cv2.COLOR_BGRA2RGBA
    return np.asarray(cv2.cvtColor(values, swap, dst=values), dtype=np.uint16)
