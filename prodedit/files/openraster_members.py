# SPDX-License-Identifier: Apache-2.0
"""The pictures of a project file, ours and other programs', as far as they can be read."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Callable
from concurrent.futures import Executor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prodedit.core.geometry import Size
from prodedit.core.pixels import premultiply
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.files.openraster_zip import Members
from prodedit.files.photo import LIMITS, Limits
from prodedit.files.stop import Stop
from prodedit.files.strip_index import (
    HEAD_BYTES,
    Head,
    index_of,
    is_intact,
    read_head,
    read_tiles,
)
from prodedit.files.strips import DamagedError, Kind, rows_of

Pixels = NDArray[np.uint8]
PngReader = Callable[[bytes], Pixels | None]
"""Bytes of a PNG of another program -> (h, w, 4) premultiplied BGRA; None where it is damaged."""
ALL_PICTURES = 8 << 30
"""Bytes that the pictures of one file may take in memory."""


class Found(NamedTuple):
    """A picture, and whether parts of it are missing."""

    tiles: Tiles
    is_damaged: bool


class Pictures:
    """Reads each member once. Raises Problem at once where all would not fit into memory."""

    def __init__(
        self,
        members: Members,
        pool: Executor,
        limits: Limits = LIMITS,
        png: PngReader | None = None,
        stop: Stop | None = None,
    ) -> None:
        self._members = members
        self._png = png or foreign_png
        self._stop = stop or Stop()
        self._pool = pool
        self._limits = limits
        self._found: dict[str, Found | None] = {}
        self.heads = dict(self._heads())
        if sum(head.size.area * 4 for head in self.heads.values()) > ALL_PICTURES:
            raise _too_big()

    def get(self, name: str | None) -> Found | None:
        """None where there is no such picture, or nothing of it can be read. Raises Cancelled."""
        self._stop.check()
        if name is None or name not in self.heads:
            return None
        if name not in self._found:
            self._found[name] = self._read(name)
        return self._found[name]

    def _heads(self) -> list[tuple[str, Head]]:
        heads = []
        for name in self._members.names:
            try:
                head = read_head(self._members.head(name, HEAD_BYTES))
            except (DamagedError, struct.error):
                continue
            check_size(head.size, self._limits)
            heads.append((name, head))
        return heads

    def _read(self, name: str) -> Found | None:
        data = self._members.picture(name, _longest(self.heads[name].size))
        if data is None:
            return None
        try:
            index = index_of(data)
        except DamagedError:
            return None
        if index is not None:
            tiles, damaged = read_tiles(data, index, self._pool)
            if len(damaged) < rows_of(index.size):
                return Found(tiles, bool(damaged))
        pixels = None if index is not None and index.kind is Kind.RAW else self._png(data)
        if pixels is None:
            return None
        # Pillow decodes a good deal of nonsense without a word; the sums of the chunks tell.
        return Found(Tiles.from_array(pixels).without_blank(), not is_intact(data))


def _longest(size: Size) -> int:
    """Bytes that a PNG of this size can have: 16 bits a channel that did not pack, and as much
    again of profiles and text. More is no picture but an attack on memory."""
    return size.area * 16 + (64 << 20)


def check_size(size: Size, limits: Limits) -> None:
    """Raises Problem where a picture is larger than we show."""
    if max(size) > limits.side or size.area > limits.pixels:
        raise _too_big()


def foreign_png(data: bytes) -> Pixels | None:
    """(h, w, 4) premultiplied BGRA; None where it cannot be read. The size has been checked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # sizes have our own limits; odd chunks are no matter
            with Image.open(io.BytesIO(data), formats=("PNG",)) as image:
                image.load()
                return premultiply(_rgba(image))
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError):
        return None


def _rgba(image: Image.Image) -> Pixels:
    if image.mode.startswith("I"):
        grey = (np.asarray(image, np.uint32) >> 8).astype(np.uint8)
        return np.dstack([grey, grey, grey, np.full_like(grey, 255)])
    return np.asarray(image.convert("RGBA"))


def _too_big() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "The pictures in this file are too large to be opened."),
        code="project-too-big",
    )
