# SPDX-License-Identifier: Apache-2.0
"""How a recovery journal stands on the disk: records, each of which says whether it is whole.

    record: "PEj1", kind (1 byte), length of the payload (4), CRC-32 of both (4), payload
    block:  id (8), form (1), channels (1), pixels
    tiles:  id (8), width, height (4 each), channels (1), then of each block column, row (2), id (8)
    step:   JSON {text, time, step, document}, the document as core/serial.py describes it

All little-endian. Pixels are not compressed: the disk takes a block in a tenth of the time deflate
needs, and a journal lives only until the next save. A block of one colour is one pixel, and an
opaque one goes without its alpha.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Size
from prodedit.core.tiles import TILE, Place, Tiles

Pixels = NDArray[np.uint8]
Buffer = Any
"""bytes, memoryview or mmap."""

MARK = b"PEj1"
LONGEST = 64 << 20
_HEAD = struct.Struct("<4sBII")
_BLOCK = struct.Struct("<QBB")
_TILES = struct.Struct("<QIIB")
_PLACE = np.dtype([("column", "<u2"), ("row", "<u2"), ("block", "<u8")])


class Kind(IntEnum):
    BLOCK = 1
    TILES = 2
    STEP = 3


class Form(IntEnum):
    RAW = 0
    OPAQUE = 1
    CONSTANT = 2


class JournalError(ValueError):
    """Bytes that no journal of ours has."""


class Record(NamedTuple):
    """Where a record's payload lies; nothing has been checked but the frame."""

    kind: int
    offset: int
    length: int
    crc: int


def record(kind: Kind, payload: bytes) -> bytes:
    crc = zlib.crc32(payload, zlib.crc32(bytes([kind])))
    return _HEAD.pack(MARK, kind, len(payload), crc) + payload


def block_record(number: int, pixels: Pixels) -> bytes:
    """(256, 256) or (256, 256, 4) uint8."""
    form, data = _pack(pixels)
    channels = 1 if pixels.ndim == 2 else 4
    return record(Kind.BLOCK, _BLOCK.pack(number, form, channels) + data)


def tiles_record(number: int, tiles: Tiles, blocks: dict[Place, int]) -> bytes:
    table = np.array([(c, r, block) for (c, r), block in blocks.items()], _PLACE)
    head = _TILES.pack(number, *tiles.size, tiles.channels)
    return record(Kind.TILES, head + table.tobytes())


def step_record(text: str, time: float, step: Any, document: Any) -> bytes:
    data = {"text": text, "time": time, "step": step, "document": document}
    return record(Kind.STEP, json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))


def records(data: Buffer) -> Iterator[Record]:
    """All that look like records; after damage it goes on at the next mark."""
    at = data.find(MARK, 0)
    while at >= 0 and at + _HEAD.size <= len(data):
        _, kind, length, crc = _HEAD.unpack(data[at : at + _HEAD.size])
        found = Record(kind, at + _HEAD.size, length, crc)
        if _is_framed(data, found):
            yield found
            at = data.find(MARK, found.offset + length)
        else:
            at = data.find(MARK, at + 1)


def payload_of(data: Buffer, found: Record) -> bytes:
    """Raises JournalError where the bytes are not those written."""
    payload = bytes(data[found.offset : found.offset + found.length])
    if zlib.crc32(payload, zlib.crc32(bytes([found.kind]))) != found.crc:
        raise JournalError(f"damaged at {found.offset}")
    return payload


def read_number(data: Buffer, found: Record) -> int:
    """The id in a block's or a tiles' payload, not yet checked."""
    (number,) = struct.unpack("<Q", data[found.offset : found.offset + 8])
    return int(number)


def read_block(payload: bytes) -> Pixels:
    """(256, 256) or (256, 256, 4), a new array. Raises JournalError."""
    if len(payload) < _BLOCK.size:
        raise JournalError("a block without pixels")
    _, form, channels = _BLOCK.unpack(payload[: _BLOCK.size])
    if channels not in (1, 4):
        raise JournalError(f"a block of {channels} channels")
    shape = (TILE, TILE) if channels == 1 else (TILE, TILE, 4)
    data = np.frombuffer(payload, np.uint8, offset=_BLOCK.size)
    stored = {Form.RAW: TILE * TILE * channels, Form.OPAQUE: TILE * TILE * 3}
    if data.size != stored.get(form, channels):
        raise JournalError(f"a block of {data.size} bytes")
    return _unpack(form, data, shape)


def read_tiles(payload: bytes) -> tuple[Size, int, dict[Place, int]]:
    """(size, channels, the id of each block). Raises JournalError."""
    body = len(payload) - _TILES.size
    if body < 0 or body % _PLACE.itemsize:
        raise JournalError("a cut table of blocks")
    _, width, height, channels = _TILES.unpack(payload[: _TILES.size])
    table = np.frombuffer(payload, _PLACE, offset=_TILES.size)
    columns, rows = -(-width // TILE), -(-height // TILE)
    if channels not in (1, 4) or (table["column"] >= columns).any() or (table["row"] >= rows).any():
        raise JournalError("blocks outside of their picture")
    blocks = {(int(c), int(r)): int(block) for c, r, block in table}
    return Size(width, height), channels, blocks


def read_step(payload: bytes) -> dict[str, Any]:
    """Raises JournalError."""
    try:
        data = json.loads(payload)
        return {
            "text": str(data["text"]),
            "time": float(data["time"]),
            "step": data["step"],
            "document": data["document"],
        }
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise JournalError(str(error)) from error


def _is_framed(data: Buffer, found: Record) -> bool:
    """Whether the next record, or the end, stands behind it; else its sum must tell."""
    end = found.offset + found.length
    if found.length > LONGEST or end > len(data):
        return False
    if bytes(data[end : end + len(MARK)]) == MARK[: max(0, len(data) - end)]:
        return True
    try:
        payload_of(data, found)
    except JournalError:
        return False
    return True


def _pack(pixels: Pixels) -> tuple[Form, bytes]:
    first = pixels[0, 0]
    if (pixels == first).all():
        return Form.CONSTANT, first.tobytes()
    if pixels.ndim == 3 and (pixels[..., 3] == 255).all():
        return Form.OPAQUE, pixels[..., :3].tobytes()
    return Form.RAW, pixels.tobytes()


def _unpack(form: int, data: Pixels, shape: tuple[int, ...]) -> Pixels:
    pixels = np.empty(shape, np.uint8)
    if form == Form.OPAQUE:
        if len(shape) != 3:
            raise JournalError("an opaque mask")
        pixels[..., :3] = data.reshape(TILE, TILE, 3)
        pixels[..., 3] = 255
    elif form == Form.CONSTANT:
        pixels[...] = data if len(shape) == 3 else data[0]
    elif form == Form.RAW:
        pixels[...] = data.reshape(shape)
    else:
        raise JournalError(f"a block of form {form}")
    return pixels
