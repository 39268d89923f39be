# SPDX-License-Identifier: Apache-2.0
"""The program that makes one file: `python -m prodedit.files.encoder_process`.

It reads one order from stdin, a frame of JSON that tells setting, metadata and where the pixels lie
in shared memory, and answers on stdout with a frame and the bytes. For a Photoshop file it asks for
the pixels of one layer after the other. It ends with its stdin.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import IO, Any

import msgspec

from prodedit.core.export_setting import ExportSetting
from prodedit.core.path import NamedPath
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.values import from_json
from prodedit.files import photoshop_aside
from prodedit.files.encode import encode
from prodedit.files.frames import read_frame, write_frame
from prodedit.files.metadata import Metadata
from prodedit.files.shared_arrays import SharedArray

_POLITENESS = 5
"""The window's threads go first."""


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the asking process
    if hasattr(os, "nice"):
        os.nice(_POLITENESS)
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever libraries print
    order = read_frame(sys.stdin.buffer)
    if order is not None and "photoshop" in order:
        _serve_photoshop(order, sink)
    elif order is not None:
        threading.Thread(target=_end_with, args=(sys.stdin.buffer,), daemon=True).start()
        _serve(order, sink)


def _serve_photoshop(order: dict[str, Any], sink: IO[bytes]) -> None:
    """One frame after the other: whoever asked is missed at the next."""
    try:
        photoshop_aside.serve(order, sys.stdin.buffer, sink)
    except EOFError:
        return
    except MemoryError:
        write_frame(sink, {"problem": _told(_no_memory())})


def _serve(order: dict[str, Any], sink: IO[bytes]) -> None:
    try:
        data = _encoded(order)
    except Problem as problem:
        write_frame(sink, {"problem": _told(problem)})
        return
    except MemoryError:
        write_frame(sink, {"problem": _told(_no_memory())})
        return
    write_frame(sink, {"bytes": len(data)})
    sink.write(data)
    sink.flush()


def _encoded(order: dict[str, Any]) -> bytes:
    setting = msgspec.convert(order["setting"], ExportSetting)
    metadata = None if order["metadata"] is None else Metadata.from_json(order["metadata"])
    clipping = None if order["clipping"] is None else from_json(order["clipping"], NamedPath)
    with SharedArray.attach_described(order["pixels"]) as shared:
        return encode(shared.array, setting, metadata, clipping)


def _told(problem: Problem) -> dict[str, Any]:
    values = {"code": problem.code, "details": problem.details, "values": problem.values}
    return {"text": problem.text, **values}


def _no_memory() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "There is not enough memory to write this picture."),
        code="no-memory",
    )


def _end_with(source: IO[bytes]) -> None:
    """Nobody is left to take the file once the asking process has gone."""
    source.read(1)
    os._exit(1)


if __name__ == "__main__":
    main()
