# SPDX-License-Identifier: Apache-2.0
"""Frames on a pipe between two processes: four bytes of length, big-endian, then that many bytes.

`read_frame` and `write_frame` are for frames that hold one JSON object.
"""

import json
import struct
from collections.abc import Mapping
from typing import IO, Any

_LENGTH = struct.Struct(">I")
LONGEST = 16 << 20
"""Bytes of a frame's body."""


def framed(body: bytes, longest: int = LONGEST) -> bytes:
    """The body as it lies on the pipe. Raises ValueError where it is longer than `longest`."""
    if len(body) > longest:
        raise ValueError(f"a frame of {len(body)} bytes, more than {longest}")
    return _LENGTH.pack(len(body)) + body


def read_body(source: IO[bytes], longest: int = LONGEST) -> bytes | None:
    """The next frame's body; None at the end of the stream. Blocks.

    Raises ValueError where the stream ends within a frame, or one is longer than `longest`.
    """
    head = source.read(_LENGTH.size)
    if not head:
        return None
    length = int.from_bytes(head, "big")
    if len(head) < _LENGTH.size or length > longest:
        raise ValueError(f"the frame's head is {head!r}")
    body = source.read(length)
    if len(body) < length:
        raise ValueError(f"the stream ended {length - len(body)} bytes before the frame")
    return body


def write_frame(sink: IO[bytes], message: Mapping[str, Any]) -> None:
    """Send one message; OSError when the other side is gone."""
    sink.write(framed(json.dumps(message).encode("ascii")))
    sink.flush()


def read_frame(source: IO[bytes]) -> dict[str, Any] | None:
    """The next message, None at the end of the stream. Raises ValueError for what is no frame."""
    body = read_body(source)
    if body is None:
        return None
    try:
        message = json.loads(body)
    except RecursionError as error:
        raise ValueError("a frame that is nested too deeply") from error
    if not isinstance(message, dict):
        raise ValueError("a frame that is no object")
    return message
