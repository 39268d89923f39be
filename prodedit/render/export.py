# SPDX-License-Identifier: Apache-2.0
"""A document becomes a picture file: the same bytes from window, command line and batch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from prodedit.core.document import Document
from prodedit.core.export_setting import HAS_ALPHA, ExportSetting
from prodedit.core.layer import Colour
from prodedit.core.pixels import rgb_over, straight_rgba
from prodedit.files.atomic import write_atomic
from prodedit.files.encode import encode
from prodedit.files.metadata import Metadata
from prodedit.render.compositor import Compositor


def flat_pixels(document: Document, setting: ExportSetting) -> NDArray[np.uint8]:
    """The merged picture as the format can hold it: (h, w, 4) straight RGBA where something is
    transparent and the format has alpha, else (h, w, 3) RGB on `setting.background`."""
    merged = Compositor().merged(document)
    if setting.format in HAS_ALPHA and not (merged[..., 3] == 255).all():
        return straight_rgba(merged)
    red, green, blue, _ = Colour.from_hex(setting.background)
    return rgb_over(merged, (red, green, blue))


def picture_bytes(
    document: Document, setting: ExportSetting, metadata: Metadata | None = None
) -> bytes:
    """The whole file. Raises Problem where the format can't hold this picture."""
    return encode(flat_pixels(document, setting), setting, metadata)


def export_picture(
    document: Document, path: Path, setting: ExportSetting, metadata: Metadata | None = None
) -> int:
    """Write the picture to `path`, whole or not at all; the number of bytes. Raises Problem."""
    data = picture_bytes(document, setting, metadata)
    write_atomic(path, data)
    return len(data)
