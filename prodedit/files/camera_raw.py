# SPDX-License-Identifier: Apache-2.0
"""Raw files of cameras, developed by LibRaw: an extra, `raw` in pyproject.toml. Decoder process
only."""

from __future__ import annotations

from pathlib import Path

import rawpy
from PIL import Image

from prodedit.core.geometry import Size
from prodedit.core.problem import Problem
from prodedit.files.photo import Limits
from prodedit.files.refusals import refusal

_SRGB = (2.4, 12.92)
"""IEC 61966-2-1, as LibRaw takes it: the power, and the slope near black."""


def developed(path: Path, limits: Limits, *, small: bool) -> Image.Image:
    """Upright and in sRGB, with the camera's white balance and no brightening of its own; `small`:
    in half its size, which takes a quarter of the time. In `info` stands "developed", and as
    "whole" the size it has. Raises Problem."""
    try:
        return _developed(path, limits, small=small)
    except (Problem, MemoryError):
        raise
    except rawpy.LibRawFileUnsupportedError as error:
        raise refusal("camera-raw", details=str(error)) from error
    except Exception as error:
        if isinstance(error, rawpy.LibRawFatalError) and "memory" in str(error).lower():
            raise refusal("no-memory", details=str(error)) from error
        details = f"{type(error).__name__}: {error}"
        raise refusal("unreadable", details=details) from error


def _developed(path: Path, limits: Limits, *, small: bool) -> Image.Image:
    from prodedit.files.reading import check_size  # which asks for this module

    with rawpy.imread(str(path)) as raw:
        sizes = raw.sizes
        check_size(Size(sizes.iwidth, sizes.iheight), limits)
        pixels = raw.postprocess(
            use_camera_wb=True, no_auto_bright=True, gamma=_SRGB, output_bps=8, half_size=small
        )
        is_turned = bool(sizes.flip & 4)
    image = Image.fromarray(pixels)
    whole = (sizes.iheight, sizes.iwidth) if is_turned else (sizes.iwidth, sizes.iheight)
    image.info.update(developed=True, whole=whole)
    return image
