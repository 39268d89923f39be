# SPDX-License-Identifier: Apache-2.0
"""Slow formats are made in a process of their own, for whoever has a window to keep moving.

Pillow keeps Python's lock for as long as it makes a TIFF (a second or more for 12 megapixels), and
a fine-grained AVIF can take half a minute, which only the end of its process cuts short. The
process makes one file and ends: nothing stays in memory, and starting it takes a fraction of the
time that these formats do.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from typing import IO, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from prodedit.core.export_setting import ExportSetting, Format
from prodedit.core.path import NamedPath
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.values import to_json
from prodedit.files.encode import encode
from prodedit.files.frames import read_frame, write_frame
from prodedit.files.metadata import Metadata
from prodedit.files.own_programs import NO_WINDOW, module_command, own_code_first
from prodedit.files.shared_arrays import SharedArray
from prodedit.files.stop import Stop

Pixels = NDArray[np.uint8]
COMMAND = module_command("prodedit.files.encoder_process")
SLOW: frozenset[Format] = frozenset({"webp", "avif", "tiff"})
_ROWS = 256
"""Copied at once: numpy keeps Python's lock meanwhile."""


def encode_aside(
    pixels: Pixels,
    setting: ExportSetting,
    metadata: Metadata | None = None,
    clipping: NamedPath | None = None,
    *,
    stop: Stop | None = None,
    command: Sequence[str] = COMMAND,
) -> bytes:
    """The bytes that `encode` gives, without ever keeping other threads waiting for long.

    `stop`: ends it, slow formats in the middle. Raises as `encode`, Problem("encoder-stopped"),
    Problem("no-memory") and Cancelled.
    """
    stop = stop or Stop()
    stop.check()
    if setting.format not in SLOW:
        return encode(pixels, setting, metadata, clipping)
    with SharedArray.create(pixels.shape) as shared:
        for top in range(0, len(pixels), _ROWS):
            shared.array[top : top + _ROWS] = pixels[top : top + _ROWS]
        order = {
            "pixels": shared.describe(),
            "setting": msgspec.to_builtins(setting),
            "metadata": None if metadata is None else metadata.to_json(),
            "clipping": None if clipping is None else to_json(clipping),
        }
        return _made(order, stop, command)


def _made(order: dict[str, Any], stop: Stop, command: Sequence[str]) -> bytes:
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=own_code_first(os.environ), creationflags=NO_WINDOW,
        )  # fmt: skip
    except OSError as error:
        raise stopped(str(error)) from error
    with stop.calling(process.kill):
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            write_frame(process.stdin, order)
            return _answer(process.stdout)
        except (OSError, ValueError, KeyError) as error:
            raise stopped(f"exit code {process.poll()}, {error!r}") from error
        finally:
            ended(process)


def _answer(source: IO[bytes]) -> bytes:
    """Raises the Problem that is told; ValueError where the process has ended."""
    answer = read_frame(source)
    if answer is None:
        raise ValueError("no answer")
    if "problem" in answer:
        told = answer["problem"]
        raise Problem(told["text"], code=told["code"], details=told["details"], **told["values"])
    data = source.read(answer["bytes"])
    if len(data) != answer["bytes"]:
        raise ValueError(f"{len(data)} of {answer['bytes']} bytes")
    return data


def ended(process: subprocess.Popen[bytes]) -> None:
    """It has nothing to do any more, whether it knows that or not."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        try:
            assert pipe is not None
            pipe.close()
        except OSError:
            continue  # it took unsent bytes with it
    process.wait()


def stopped(details: str) -> Problem:
    """What is told where such a process ended by itself."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The picture was not written: the part of the program that makes such files stopped. "
            "Try again, or choose another format.",
        ),
        code="encoder-stopped",
        details=details,
    )
