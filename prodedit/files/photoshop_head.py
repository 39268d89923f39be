# SPDX-License-Identifier: Apache-2.0
"""How a Photoshop file begins: size, colours, resources, and whether layers follow."""

from __future__ import annotations

from typing import IO, NamedTuple

from psd_tools.constants import ColorMode
from psd_tools.psd.color_mode_data import ColorModeData
from psd_tools.psd.header import FileHeader
from psd_tools.psd.image_resources import ImageResources
from psd_tools.psd.parse_limits import ParseLimits, parse_context

from prodedit.core.geometry import Size
from prodedit.files.photo import Limits
from prodedit.files.photoshop_layers import DEEPEST
from prodedit.files.reading import check_size

PARSE_LIMITS = ParseLimits(max_objects=2_000_000, max_nesting_depth=DEEPEST)
"""Far above what files have; it is an attack that reaches them."""


class Head(NamedTuple):
    """layers_at: where the section of layers begins; layers: how many it tells of, -1 where that
    is not known yet. has_alpha: the channel after the colours of the merged picture is its alpha,
    and not one that somebody kept."""

    header: FileHeader
    resources: ImageResources
    layers_at: int
    layers: int
    has_alpha: bool

    @property
    def size(self) -> Size:
        return Size(self.header.width, self.header.height)


def read_head(file: IO[bytes], limits: Limits) -> Head:
    """Raises Problem where the picture is larger than is opened; ValueError and OSError where the
    file is damaged."""
    with parse_context(PARSE_LIMITS):
        header = FileHeader.read(file)
        check_size(Size(header.width, header.height), limits)
        ColorModeData.read(file)
        resources = _resources(file)
    layers_at = file.tell()
    count = _layer_count(file, header)
    # Nobody but Photoshop's own colour modes has another channel that could be meant.
    has_alpha = count < 0 and header.color_mode in (ColorMode.RGB, ColorMode.GRAYSCALE)
    return Head(header, resources, layers_at, abs(count), has_alpha)


def _resources(file: IO[bytes]) -> ImageResources:
    """None of them where they are damaged: a picture can do without."""
    start = file.tell()
    try:
        return ImageResources.read(file)
    except (ValueError, OSError, TypeError):
        file.seek(start)
        length = int.from_bytes(file.read(4), "big")
        file.seek(length, 1)
        return ImageResources()


def _layer_count(file: IO[bytes], header: FileHeader) -> int:
    """Negative where the merged picture has alpha. 16-bit files tell it elsewhere."""
    width = 4 if header.version == 1 else 8
    section = int.from_bytes(file.read(width), "big")
    if section < width + 2:
        return 0
    if int.from_bytes(file.read(width), "big") < 2:
        return 1 if section > 2 * width + 8 else 0
    return int.from_bytes(file.read(2), "big", signed=True)
