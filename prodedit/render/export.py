# SPDX-License-Identifier: Apache-2.0
"""A document becomes a picture file: the same bytes from window, command line and batch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from prodedit.core.document import Document
from prodedit.core.export_setting import HAS_ALPHA, ExportSetting
from prodedit.core.layer import Colour
from prodedit.core.pixels import Pixels, rgb_over, straight_rgba
from prodedit.files.atomic import write_atomic
from prodedit.files.encode import encode as encode_here
from prodedit.files.metadata import Metadata
from prodedit.render.compositor import Compositor

Encode = Callable[[Pixels, ExportSetting, Metadata | None], bytes]
"""`files.encode.encode`, or the one that goes to a process of its own."""
_ROWS = 256
"""Converted at once: numpy keeps Python's lock meanwhile, and a window may be waiting for it."""


def flat_pixels(document: Document, setting: ExportSetting) -> Pixels:
    """The merged picture as the format can hold it: (h, w, 4) straight RGBA where something is
    transparent and the format has alpha, else (h, w, 3) RGB on `setting.background`."""
    merged = Compositor().merged(document)
    bands = [slice(top, top + _ROWS) for top in range(0, len(merged), _ROWS)]
    if setting.format in HAS_ALPHA and not all((merged[b, :, 3] == 255).all() for b in bands):
        for band in bands:
            merged[band] = straight_rgba(merged[band])
        return merged
    red, green, blue, _ = Colour.from_hex(setting.background)
    flat = np.empty((*merged.shape[:2], 3), np.uint8)
    for band in bands:
        flat[band] = rgb_over(merged[band], (red, green, blue))
    return flat


def picture_bytes(
    document: Document,
    setting: ExportSetting,
    metadata: Metadata | None = None,
    encode: Encode = encode_here,
) -> bytes:
    """The whole file. Raises Problem where the format can't hold this picture, and what `encode`
    raises."""
    return encode(flat_pixels(document, setting), setting, metadata)


def export_picture(
    document: Document,
    path: Path,
    setting: ExportSetting,
    metadata: Metadata | None = None,
    encode: Encode = encode_here,
) -> int:
    """Write the picture to `path`, whole or not at all; the number of bytes. Raises Problem, and
    what `encode` raises."""
    data = picture_bytes(document, setting, metadata, encode)
    write_atomic(path, data)
    return len(data)
