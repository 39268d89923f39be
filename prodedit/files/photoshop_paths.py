# SPDX-License-Identifier: Apache-2.0
"""A clipping path as the image resources that layout programs read from TIFF and JPEG files.

Blocks "8BIM" of Adobe's "Photoshop File Formats Specification" (2019): resource 2000, the path in
records of 26 bytes, and resource 2999, the name of the path that clips.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from prodedit.core.geometry import Point, Size
from prodedit.core.path import NamedPath, Subpath
from prodedit.core.path_changes import is_smooth

TIFF_TAG = 34377
_PATH, _CLIPPING_NAME = 2000, 2999
_CLOSED_LENGTH, _CLOSED_LINKED, _CLOSED_LOOSE = 0, 1, 2
_OPEN_LENGTH, _OPEN_LINKED, _OPEN_LOOSE = 3, 4, 5
_FILL_RULE, _INITIAL_FILL = 6, 8
_ONE = 1 << 24
_RANGE = 127.99
"""Times the picture's side: what 8 bits before the point can hold."""
_MARKER = b"\xff\xed"
_OWNER = b"Photoshop 3.0\0"
_MOST = 65_533
"""Bytes in one segment of a JPEG file."""
_MOST_KNOTS = 65_535
_PLAIN_NAME = "Path 1"


def resources(path: NamedPath, size: Size) -> bytes:
    """The blocks for a picture of that size; b"" for a path without knots."""
    if not path.path.subpaths:
        return b""
    name = _name(path.name)
    return _block(_PATH, name, records(path, size)) + _block(_CLIPPING_NAME, b"\0\0", name)


def records(path: NamedPath, size: Size) -> bytes:
    """The path itself, for a picture of that size."""
    return b"".join(_records(path, size))


def plain_name(text: str, number: int, taken: set[str]) -> str:
    """`text` where the format can hold it, else a plain name with that number; one that is not in
    `taken`, where it is put."""
    name = text if text and _letters(text) is not None else f"Path {number}"
    name = name[:250]
    while name in taken:
        number += 1
        name = f"Path {number}"
    taken.add(name)
    return name


def jpeg_segments(blocks: bytes) -> bytes:
    """APP13 segments with them; readers join what is too long for one."""
    room = _MOST - len(_OWNER)
    parts = (blocks[start : start + room] for start in range(0, len(blocks), room))
    return b"".join(
        _MARKER + struct.pack(">H", 2 + len(_OWNER) + len(part)) + _OWNER + part for part in parts
    )


def _records(path: NamedPath, size: Size) -> Iterator[bytes]:
    yield struct.pack(">H24x", _FILL_RULE)
    yield struct.pack(">HH22x", _INITIAL_FILL, 0)
    for sub in path.path.subpaths:
        yield from _subpath(sub, size)


def _subpath(sub: Subpath, size: Size) -> Iterator[bytes]:
    knots = sub.knots[:_MOST_KNOTS]
    yield struct.pack(">HH22x", _CLOSED_LENGTH if sub.closed else _OPEN_LENGTH, len(knots))
    linked, loose = (_CLOSED_LINKED, _CLOSED_LOOSE) if sub.closed else (_OPEN_LINKED, _OPEN_LOOSE)
    for knot in knots:
        places = (_fixed(p, size) for p in (knot.arriving, knot.point, knot.leaving))
        yield struct.pack(
            ">H6i", linked if is_smooth(knot) else loose, *(n for p in places for n in p)
        )


def _fixed(point: Point, size: Size) -> tuple[int, int]:
    """(down, across) as shares of the picture's sides, with 24 bits behind the point."""
    shares = (point.y / size.height, point.x / size.width)
    down, across = (round(max(-_RANGE, min(_RANGE, share)) * _ONE) for share in shares)
    return down, across


def _block(number: int, name: bytes, data: bytes) -> bytes:
    padding = b"\0" * (len(data) % 2)
    return (
        b"8BIM" + struct.pack(">H", number) + name + struct.pack(">I", len(data)) + data + padding
    )


def _name(text: str) -> bytes:
    """Length and letters, of an even number of bytes altogether. The format knows Mac Roman alone,
    so that a name in other scripts is written as a plain one: it must be readable twice."""
    letters = _letters(text) or _PLAIN_NAME.encode()
    string = bytes([len(letters)]) + letters
    return string + b"\0" * (len(string) % 2)


def _letters(text: str) -> bytes | None:
    try:
        return text.encode("mac_roman")[:255]
    except UnicodeEncodeError:
        return None
