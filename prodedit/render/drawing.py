# SPDX-License-Identifier: Apache-2.0
"""SVG drawings as pixels, without ever reading one here: the asking side of the process."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from prodedit.core.geometry import Size
from prodedit.core.tiles import Pixels
from prodedit.files.frames import read_frame
from prodedit.files.own_programs import NO_WINDOW, module_command, own_code_first
from prodedit.files.photo import LIMITS
from prodedit.files.refusals import refusal

COMMAND = module_command("prodedit.render.drawing_process")
SUFFIX = ".svg"


def drawing_size(path: Path, command: Sequence[str] = COMMAND) -> Size:
    """As the drawing itself says. Raises Problem where it can't be drawn."""
    size, _ = _asked(path, Size(0, 0), command)
    return size


def draw(path: Path, size: Size, command: Sequence[str] = COMMAND) -> Pixels:
    """(h, w, 4) premultiplied BGRA; the drawing keeps its proportions. Raises Problem."""
    _, data = _asked(path, size, command)
    if len(data) != size.area * 4:
        raise refusal("reader-stopped", details=f"{len(data)} bytes")
    return np.frombuffer(data, np.uint8).reshape(size.height, size.width, 4).copy()


def _asked(path: Path, size: Size, command: Sequence[str]) -> tuple[Size, bytes]:
    words = [*command, os.fspath(path.absolute()), str(size.width), str(size.height)]
    environment = {**own_code_first(os.environ), "QT_QPA_PLATFORM": "offscreen"}
    try:
        told = subprocess.run(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=LIMITS.seconds, env=environment, creationflags=NO_WINDOW, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise refusal("too-slow", seconds=round(LIMITS.seconds)) from error
    except OSError as error:
        raise refusal("reader-missing", details=str(error)) from error
    try:
        return _understood(told.stdout)
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
        details = f"exit code {told.returncode}, {error!r}"
        raise refusal("reader-stopped", details=details) from error


def _understood(data: bytes) -> tuple[Size, bytes]:
    """Every word is checked: a hostile drawing may have taken the process over. Raises Problem, and
    others where nothing sensible was said."""
    stream = io.BytesIO(data)
    answer: dict[str, Any] | None = read_frame(stream)
    if answer is None:
        raise ValueError("no answer")
    if "problem" in answer:
        values = {str(k): v if isinstance(v, int) else str(v) for k, v in answer["values"].items()}
        problem = refusal(str(answer["problem"]), details=str(answer["details"]), **values)
        str(problem)  # KeyError unless its values fill it
        raise problem
    width, height = (int(side) for side in answer["size"])
    if min(width, height) < 1:
        raise ValueError(f"size {width} x {height}")
    return Size(width, height), stream.read(int(answer["bytes"]))
