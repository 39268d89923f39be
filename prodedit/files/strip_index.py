# SPDX-License-Identifier: Apache-2.0
"""Where the strips of a PNG of ours lie, and the pixels that can be had from them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from concurrent.futures import Executor
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import TILE, Block, Place, Tiles, places, slices
from prodedit.files.strips import (
    CHANNELS,
    MARK,
    SIGNATURE,
    SUMS,
    DamagedError,
    Kind,
    Strip,
    decode,
    rows_of,
)

Pixels = NDArray[np.uint8]


class Span(NamedTuple):
    """Bytes of a strip within the PNG; crc as its chunk says; adler of the unpacked strip."""

    offset: int
    length: int
    crc: int
    adler: int


class Head(NamedTuple):
    """What the first bytes of a PNG say; kind None: another program wrote it."""

    size: Size
    kind: Kind | None


class StripIndex(NamedTuple):
    """`spans` may be fewer than the picture has strips where the file was cut.

    has_sums: whether the strips can go into another PNG unread.
    """

    size: Size
    kind: Kind
    spans: tuple[Span, ...]
    has_sums: bool

    @property
    def is_whole(self) -> bool:
        return self.has_sums and len(self.spans) == rows_of(self.size)


def read_size(png: bytes) -> Size:
    """Raises DamagedError where this is not the beginning of a PNG."""
    if len(png) < 33 or png[:8] != SIGNATURE or png[12:16] != b"IHDR":
        raise DamagedError("not a PNG")
    width, height, crc = struct.unpack(">II5xI", png[16:33])
    if zlib.crc32(png[12:29]) != crc:
        raise DamagedError("a size that is damaged")
    if width < 1 or height < 1:
        raise DamagedError(f"a size of {width} x {height}")
    return Size(width, height)


HEAD_BYTES = 8 + 25 + 13 + 14
"""Signature, IHDR, sRGB and our mark."""


def read_head(png: bytes) -> Head:
    """From at least HEAD_BYTES. Raises DamagedError where this is not the beginning of a PNG."""
    marks = [png[at : at + n] for name, at, n, _ in _chunks(png[:HEAD_BYTES]) if name == MARK]
    return Head(read_size(png), _kind(marks[0]) if marks else None)


def index_of(png: bytes) -> StripIndex | None:
    """None where another program wrote this PNG. Raises DamagedError where it is none at all."""
    size = read_size(png)
    kind: Kind | None = None
    spans: list[Span] = []
    sums: tuple[int, ...] = ()
    for name, offset, length, crc in _chunks(png):
        if name == MARK and zlib.crc32(png[offset - 4 : offset + length]) == crc:
            kind = _kind(png[offset : offset + length])
        elif name == b"IDAT" and kind is not None:
            spans.append(Span(offset, length, crc, 0))
        elif name == SUMS and length % 4 == 0:
            sums = struct.unpack(f">{length // 4}I", png[offset : offset + length])
    if kind is None:
        return None
    spans = spans[1 : 1 + rows_of(size)]
    if len(sums) != len(spans):
        return StripIndex(size, kind, tuple(spans), has_sums=False)
    pairs = zip(spans, sums, strict=True)
    return StripIndex(size, kind, tuple(s._replace(adler=a) for s, a in pairs), has_sums=True)


def is_intact(png: bytes) -> bool:
    """Whether every chunk, to the last, has the sum that it says."""
    chunks = list(_chunks(png))
    view = memoryview(png)
    whole = all(zlib.crc32(view[at - 4 : at + length]) == crc for _, at, length, crc in chunks)
    return whole and bool(chunks) and chunks[-1][0] == b"IEND"


def strip_at(png: bytes, index: StripIndex, row: int) -> Strip:
    """The strip as it stands in the file. Raises DamagedError where its CRC is wrong."""
    span = index.spans[row]
    data = png[span.offset : span.offset + span.length]
    if zlib.crc32(data, zlib.crc32(b"IDAT")) != span.crc:
        raise DamagedError(f"strip {row}")
    return Strip(data, strip_height(index.size, row) * _line(index), span.adler)


def strip_height(size: Size, row: int) -> int:
    return min(TILE, size.height - row * TILE)


def read_tiles(png: bytes, index: StripIndex, pool: Executor) -> tuple[Tiles, tuple[int, ...]]:
    """The picture without what is damaged, and the damaged rows of blocks."""
    rows = range(rows_of(index.size))
    blocks: dict[Place, Block] = {}
    damaged: list[int] = []
    for row, found in zip(rows, pool.map(lambda r: _row(png, index, r), rows), strict=True):
        if found is None:
            damaged.append(row)
        else:
            blocks.update(found)
    channels = 1 if index.kind is Kind.GREY else 4
    return Tiles(index.size, channels, MappingProxyType(blocks)), tuple(damaged)


def _row(png: bytes, index: StripIndex, row: int) -> dict[Place, Block] | None:
    pixels = _strip_pixels(png, index, row)
    return None if pixels is None else dict(_blocks(pixels, row))


def _strip_pixels(png: bytes, index: StripIndex, row: int) -> Pixels | None:
    if row >= len(index.spans):
        return None
    try:
        strip = strip_at(png, index, row)
        return decode(strip.data, index.size.width, strip_height(index.size, row), index.kind)
    except DamagedError:
        return None


def _blocks(pixels: Pixels, row: int) -> Iterator[tuple[Place, Block]]:
    """The strip cut into whole blocks; blank ones are left out, as in any sparse picture."""
    height, width = pixels.shape[:2]
    for (column, _), part in places(Rect(0, 0, width, height)):
        piece = slices(pixels, part)
        if piece.any():
            whole = np.zeros((TILE, TILE, *pixels.shape[2:]), np.uint8)
            whole[: part.height, : part.width] = piece
            yield (column, row), Block(whole)


def _chunks(png: bytes) -> Iterator[tuple[bytes, int, int, int]]:
    """(name, offset of the data, length, crc) up to where the bytes end or make no sense."""
    at = 8
    while at + 12 <= len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        if at + 12 + length > len(png):
            return
        (crc,) = struct.unpack(">I", png[at + 8 + length : at + 12 + length])
        yield name, at + 8, length, crc
        at += 12 + length


def _kind(data: bytes) -> Kind | None:
    """None for a layout of strips that this program does not know: then it is read as any PNG."""
    if len(data) != 2 or data[0] != 1 or data[1] not in CHANNELS:
        return None
    return Kind(data[1])


def _line(index: StripIndex) -> int:
    return 1 + index.size.width * CHANNELS[index.kind]
