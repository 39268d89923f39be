# SPDX-License-Identifier: Apache-2.0
"""What the window and the engine process say to each other, and how it lies on the pipe.

A frame (files/frames.py) holds JSON here: one object whose "type" is the class's name below. Pixels
never travel in frames: they lie in shared memory that the parent owns, and a frame names the block.
"""

from __future__ import annotations

from typing import Any, BinaryIO, TypeVar

import msgspec

from prodedit.files.frames import framed, read_body

PROTOCOL = 1
LIMIT = 4 << 20
"""The longest frame in bytes. A task with ten thousand clicks stays far below."""

DEVICE_LOST = "device-lost"
"""The code of a failure after which the parent replaces the process, and tries on the CPU."""

GPU_UNUSABLE = "gpu-card-unusable"
"""The code of a failure after which the parent goes on with its own program."""


class ProtocolError(Exception):
    """The other side said something that is not a frame, or not one that it may say."""


class Frame(msgspec.Struct, frozen=True, tag=True, tag_field="type", forbid_unknown_fields=True):
    """The base of all frames."""


class Block(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An array in shared memory: the block's name, the array's shape and its numpy dtype."""

    name: str
    shape: tuple[int, ...]
    dtype: str


class Warm(Frame, frozen=True):
    """Get ready for these tasks as soon as nothing else is to be done."""

    tasks: tuple[dict[str, Any], ...]


class Work(Frame, frozen=True):
    """Do this task. `device` is "auto" or "cpu"."""

    job: str
    lane: str
    task: dict[str, Any]
    inputs: dict[str, Block]
    device: str


class Cancel(Frame, frozen=True):
    """Nobody wants this job's result any more."""

    job: str


class Allocated(Frame, frozen=True):
    """The answer to Allocate; no block where the memory could not be had."""

    job: str
    name: str
    block: Block | None


class Hello(Frame, frozen=True):
    """The first frame of the engine process."""

    protocol: int
    pid: int


class Pulse(Frame, frozen=True):
    """Once a second while there is work: seconds of processor time used so far."""

    cpu: float


class Started(Frame, frozen=True):
    """The job's turn has come."""

    job: str


class Progressed(Frame, frozen=True):
    """How far the job is (0..1), and what it is doing."""

    job: str
    fraction: float
    text: str


class Allocate(Frame, frozen=True):
    """The process asks its parent for the memory of one array of the result."""

    job: str
    name: str
    shape: tuple[int, ...]
    dtype: str


class Finished(Frame, frozen=True):
    """The result: its type's name, its plain fields, and the names of its allocated arrays."""

    job: str
    result: str
    fields: dict[str, Any]
    arrays: tuple[str, ...]


class Failed(Frame, frozen=True):
    """The job failed; the parts of a Problem."""

    job: str
    text: str
    code: str
    details: str
    values: dict[str, Any]


class Dropped(Frame, frozen=True):
    """The cancelled job is out of the way."""

    job: str


ToEngine = Warm | Work | Cancel | Allocated
FromEngine = Hello | Pulse | Started | Progressed | Allocate | Finished | Failed | Dropped

F = TypeVar("F")

_encode = msgspec.json.Encoder().encode
TO_ENGINE: msgspec.json.Decoder[ToEngine] = msgspec.json.Decoder(ToEngine)
FROM_ENGINE: msgspec.json.Decoder[FromEngine] = msgspec.json.Decoder(FromEngine)


def encode_frame(frame: Frame) -> bytes:
    """`frame` as it lies on the pipe. Raises ProtocolError where it would be longer than LIMIT."""
    try:
        return framed(_encode(frame), LIMIT)
    except ValueError as error:
        raise ProtocolError(str(error)) from error


def read_to_engine(stream: BinaryIO) -> ToEngine | None:
    """The engine process's next order; None when the parent has gone. Raises ProtocolError."""
    return _read(stream, TO_ENGINE)


def read_from_engine(stream: BinaryIO) -> FromEngine | None:
    """The engine process's next words; None at its end. Raises ProtocolError."""
    return _read(stream, FROM_ENGINE)


def _read(stream: BinaryIO, decoder: msgspec.json.Decoder[F]) -> F | None:
    try:
        body = read_body(stream, LIMIT)
        return None if body is None else decoder.decode(body)
    except (ValueError, RecursionError) as error:  # msgspec's own errors are ValueErrors
        raise ProtocolError(str(error)) from error
