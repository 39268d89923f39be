# SPDX-License-Identifier: Apache-2.0
"""Frames of JSON on a pipe: four bytes of length, big-endian, then an object in UTF-8."""

import json
import struct
from collections.abc import Mapping
from typing import IO, Any

_LENGTH = struct.Struct(">I")
LONGEST = 16 << 20


def write_frame(sink: IO[bytes], message: Mapping[str, Any]) -> None:
    """Send one message; OSError when the other side is gone."""
    data = json.dumps(message).encode("ascii")
    sink.write(_LENGTH.pack(len(data)) + data)
    sink.flush()


def read_frame(source: IO[bytes]) -> dict[str, Any] | None:
    """The next message, None at the end of the stream. Raises ValueError for what is no frame."""
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > LONGEST:
        raise ValueError(f"a frame of {length} bytes")
    data = source.read(length)
    if len(data) < length:
        return None
    message = json.loads(data)
    if not isinstance(message, dict):
        raise ValueError("a frame that is no object")
    return message
