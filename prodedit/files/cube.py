# SPDX-License-Identifier: Apache-2.0
"""Colour tables from .cube files: the Adobe "Cube LUT Specification", version 1.0, and the input
ranges that DaVinci Resolve writes instead of its domain."""

from __future__ import annotations

import errno
import math
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from prodedit.core.adjust.values import Lut
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.files.refusals import refusal

LARGEST = 65
LONGEST = 65536
LIMIT = 32 << 20
"""Bytes; 65 colours a side take less than 9 million."""
_NUMBERS = frozenset(b"+-.0123456789")
_RANGES = ("LUT_3D_INPUT_RANGE", "LUT_1D_INPUT_RANGE")

NOT_A_TABLE = QT_TRANSLATE_NOOP("Problem", "This is not a colour table. Choose a .cube file.")
TOO_LARGE = QT_TRANSLATE_NOOP(
    "Problem", "This colour table has {size} steps a side. 2 to {limit} can be used."
)
WRONG_COUNT = QT_TRANSLATE_NOOP(
    "Problem", "This colour table is damaged: it has {found} colours instead of {wanted}."
)
NOT_A_NUMBER = QT_TRANSLATE_NOOP(
    "Problem", "This colour table is damaged: line {line} is not a colour."
)
TWO_TABLES = QT_TRANSLATE_NOOP(
    "Problem", "This file holds two colour tables, one for the other. Export it as one 3D table."
)
BAD_DOMAIN = QT_TRANSLATE_NOOP(
    "Problem", "This colour table is damaged: the range of its colours is empty."
)
_READ_ERRORS = {
    errno.ENOENT: "not-found",
    errno.ENOTDIR: "not-found",
    errno.ELOOP: "not-found",
    errno.EISDIR: "folder",
    errno.EACCES: "no-permission",
    errno.EPERM: "no-permission",
    errno.ENAMETOOLONG: "name-too-long",
}


class _Head(NamedTuple):
    """sides: 1 or 3; low and high: the colours that the first and the last entry stand for."""

    title: str
    sides: int
    size: int
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def read_cube(path: Path) -> Lut:
    """The table in the file at `path`, named as the file says, or else as it is called.

    A table for each channel becomes one of 65 colours a side, and one for another range of colours
    than 0..1 is measured anew at as many places in 0..1. Raises Problem for everything else.
    """
    return parse_cube(_bytes(path), path.stem)


def parse_cube(data: bytes, name: str) -> Lut:
    """See `read_cube`."""
    lines = _lines(data)
    start = next((n for n, line in enumerate(lines) if line[1][0] in _NUMBERS), len(lines))
    head = _head([line.decode("utf-8", "replace") for _, line in lines[:start]], name)
    colours = _colours(lines[start:], head.size**head.sides)
    if head.sides == 1:
        return _lut(head.title, _from_channels(colours, head))
    table = colours.reshape(head.size, head.size, head.size, 3)
    plain = not head.low.any() and (head.high == 1).all()
    return _lut(head.title, table if plain else _in_range(table, head))


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_file() and size > LIMIT:
            raise refusal("file-too-big", megabytes=size >> 20, limit=LIMIT >> 20)
        if not path.is_file():
            raise refusal("folder" if path.is_dir() else "not-a-file")
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as error:
        code = _READ_ERRORS.get(error.errno or 0, "read-failed")
        raise refusal(code, details=str(error)) from error
    if not data:
        raise refusal("empty-file")
    return data


def _lines(data: bytes) -> list[tuple[int, bytes]]:
    """Lines that say something, each with its number."""
    if b"\0" in data:
        raise Problem(NOT_A_TABLE, code="not-a-lut")
    stripped = (line.strip() for line in data.removeprefix(b"\xef\xbb\xbf").splitlines())
    return [(n, line) for n, line in enumerate(stripped, 1) if line and not line.startswith(b"#")]


def _head(lines: list[str], name: str) -> _Head:
    words = {parts[0]: parts[1:] for parts in (line.split() for line in lines)}
    sizes = [
        (sides, words[f"LUT_{sides}D_SIZE"]) for sides in (1, 3) if f"LUT_{sides}D_SIZE" in words
    ]
    if not sizes:
        raise Problem(NOT_A_TABLE, code="not-a-lut")
    if len(sizes) > 1:
        raise Problem(TWO_TABLES, code="lut-of-two")
    sides, size = sizes[0][0], _size(*sizes[0])
    low, high = _domain(words)
    if not (high > low).all():
        raise Problem(BAD_DOMAIN, code="lut-domain")
    return _Head(_title(lines) or name, sides, size, low, high)


def _title(lines: list[str]) -> str:
    titles = (line.removeprefix("TITLE") for line in lines if line.startswith("TITLE"))
    return next((title.strip().strip('"').strip()[:200] for title in titles), "")


def _size(sides: int, words: list[str]) -> int:
    limit = LARGEST if sides == 3 else LONGEST
    if len(words) != 1 or not words[0].isdecimal():
        raise Problem(NOT_A_TABLE, code="not-a-lut")
    size = int(words[0][:9])
    if not 2 <= size <= limit:
        raise Problem(TOO_LARGE, code="lut-too-large", size=size, limit=limit)
    return size


def _domain(words: dict[str, list[str]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    for key in _RANGES:
        if key in words:
            low, high = _floats(words[key], 2)
            return np.full(3, low), np.full(3, high)
    low = _floats(words.get("DOMAIN_MIN", ["0"] * 3), 3)
    return low, _floats(words.get("DOMAIN_MAX", ["1"] * 3), 3)


def _floats(words: list[str], count: int) -> NDArray[np.float64]:
    try:
        numbers = np.array([float(word) for word in words])
    except ValueError:
        numbers = np.empty(0)
    if len(numbers) != count or not np.isfinite(numbers).all():
        raise Problem(BAD_DOMAIN, code="lut-domain")
    return numbers


def _colours(lines: list[tuple[int, bytes]], wanted: int) -> NDArray[np.float64]:
    """(wanted, 3)."""
    try:
        numbers = np.array([line.split() for _, line in lines], np.float64)
    except ValueError:
        numbers = np.empty((0, 0))
    if lines and (numbers.shape != (len(lines), 3) or not np.isfinite(numbers).all()):
        raise Problem(NOT_A_NUMBER, code="lut-not-a-number", line=_first_bad(lines))
    if len(lines) != wanted:
        raise Problem(WRONG_COUNT, code="lut-count", found=len(lines), wanted=wanted)
    return numbers


def _first_bad(lines: list[tuple[int, bytes]]) -> int:
    return next((n for n, line in lines if not _is_colour(line)), lines[0][0])


def _is_colour(line: bytes) -> bool:
    try:
        numbers = [float(word) for word in line.split()]
    except ValueError:
        return False
    return len(numbers) == 3 and all(math.isfinite(number) for number in numbers)


def _from_channels(colours: NDArray[np.float64], head: _Head) -> NDArray[np.float64]:
    at = np.linspace(0, 1, LARGEST)
    red, green, blue = (
        np.interp(at, np.linspace(head.low[n], head.high[n], head.size), colours[:, n])
        for n in range(3)
    )
    grid = np.meshgrid(blue, green, red, indexing="ij")
    return np.stack(grid[::-1], axis=-1)


def _in_range(table: NDArray[np.float64], head: _Head) -> NDArray[np.float64]:
    """Linear along one colour after the other is the same as trilinear."""
    at = np.linspace(0, 1, LARGEST)
    for axis, n in enumerate((2, 1, 0)):
        places = np.clip((at - head.low[n]) / (head.high[n] - head.low[n]), 0, 1) * (head.size - 1)
        below = np.minimum(places.astype(int), head.size - 2)
        share = (places - below).reshape([-1 if side == axis else 1 for side in range(4)])
        low, high = np.take(table, below, axis), np.take(table, below + 1, axis)
        table = low + (high - low) * share
    return table


def _lut(title: str, table: NDArray[np.float64]) -> Lut:
    """table: (size, size, size, 3), blue, green, red; values beyond 0..1 are cut."""
    numbers = np.rint(np.clip(table, 0, 1) * 65535).astype("<u2")
    return Lut(title, table.shape[0], numbers.tobytes())
