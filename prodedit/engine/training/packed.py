# SPDX-License-Identifier: Apache-2.0
"""The pictures that a generator learns from: all of one size, in one file that is mapped."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.files.atomic import write_atomic

Bytes = NDArray[np.uint8]

WHITE = 255
LEAST_SHARE, MOST_SHARE = 0.08, 0.85
"""Of the frame that a cut-out product covers; outside of it the cut-out has mostly failed."""
SOLID = 128


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What lies in a packed file: written beside it as JSON."""

    side: int
    classes: tuple[str, ...]
    labels: tuple[int, ...]
    """The class of each picture, by its place in `classes`."""
    names: tuple[str, ...]
    """Where each picture came from, relative to its folder."""


@dataclass(frozen=True, eq=False)
class PackedPictures:
    """`pixels`: (n, side, side, 3) uint8 sRGB in the order R, G, B, mapped from the disk."""

    pixels: Bytes
    contents: Contents

    def __len__(self) -> int:
        return len(self.contents.labels)

    @property
    def labels(self) -> NDArray[np.int64]:
        return np.asarray(self.contents.labels, np.int64)


def planes(pictures: Bytes) -> NDArray[np.float32]:
    """(n, s, s, 3) uint8 RGB as networks take them: (n, 3, s, s) in -1 .. 1."""
    return pictures.transpose(0, 3, 1, 2).astype(np.float32) / np.float32(127.5) - np.float32(1.0)


def framed(picture: Bytes, side: int, margin: float = 0.06) -> Bytes:
    """A cut-out product in the middle of a white square: (side, side, 3) uint8 RGB.

    `picture`: (h, w, 4) uint8 premultiplied BGRA; its product is what is more than half opaque (all
    of it where nothing is). `margin`: free space round the product, as a share of the side.
    """
    top, bottom, left, right = product_box(picture)
    cut = picture[top:bottom, left:right]
    room = max(1, round(side * (1.0 - 2.0 * margin)))
    scale = room / max(cut.shape[:2])
    size = tuple(max(1, round(n * scale)) for n in cut.shape[1::-1])
    how = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_CUBIC
    small = np.asarray(cv2.resize(cut, size, interpolation=how), np.float32)
    on_white = small[..., 2::-1] + (WHITE - small[..., 3:])
    square = np.full((side, side, 3), WHITE, np.uint8)
    y, x = ((side - n) // 2 for n in small.shape[:2])
    square[y : y + small.shape[0], x : x + small.shape[1]] = np.clip(on_white + 0.5, 0, 255)
    return square


def product_box(picture: Bytes) -> tuple[int, int, int, int]:
    """Top, bottom, left and right of what is more than half opaque; everything where nothing is."""
    solid = picture[..., 3] >= SOLID
    rows, columns = (np.flatnonzero(solid.any(axis)) for axis in (1, 0))
    if not len(rows):
        return 0, picture.shape[0], 0, picture.shape[1]
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def doubt(picture: Bytes) -> str | None:
    """Why a cut-out is probably none: "too-little", "too-much", "cut-off"; None: it looks right."""
    solid = picture[..., 3] >= SOLID
    share = float(solid.mean())
    if share < LEAST_SHARE:
        return "too-little"
    if share > MOST_SHARE:
        return "too-much"
    both_sides = solid[:, 0].mean() > 0.05 and solid[:, -1].mean() > 0.05
    return "cut-off" if both_sides else None


class Packing:
    """A packed file that grows. `kept`: how many of its pictures count; what lies behind is cut."""

    def __init__(self, path: Path, side: int, kept: int = 0) -> None:
        self._side, self._kept = side, kept
        self._path = path
        self._file = path.open("ab")
        self._file.truncate(kept * picture_bytes(side))

    def pictures(self) -> Iterator[Bytes]:
        """Those that were there already, (side, side, 3)."""
        if self._kept:
            shape = (self._kept, self._side, self._side, 3)
            yield from np.memmap(self._path, np.uint8, "r", shape=shape)

    def add(self, picture: Bytes) -> None:
        """(side, side, 3) uint8 RGB, written through. Raises OSError."""
        if picture.shape != (self._side, self._side, 3) or picture.dtype != np.uint8:
            raise ValueError(f"{picture.shape} {picture.dtype}, side {self._side}")
        self._file.write(np.ascontiguousarray(picture).data)
        self._file.flush()

    def close(self) -> None:
        """It is all on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()


def keep(path: Path, side: int, places: Sequence[int]) -> None:
    """Leave only the pictures at these places in a packed file. Raises OSError."""
    if not places:
        path.write_bytes(b"")
        return
    aside = path.with_suffix(".part")
    old = np.memmap(path, np.uint8, "r").reshape(-1, picture_bytes(side))
    with aside.open("wb") as file:
        for place in places:
            file.write(old[place].data)
    del old
    os.replace(aside, path)  # noqa: PTH105 - moves onto what is there everywhere


def picture_bytes(side: int) -> int:
    """What one picture takes in a packed file."""
    return side * side * 3


def finish(path: Path, contents: Contents) -> PackedPictures:
    """The file counts only once its contents lie beside it. Raises Problem."""
    write_atomic(_beside(path), msgspec.json.encode(contents))
    return opened(path)


def pack(
    pictures: Iterator[tuple[str, int, Bytes]], path: Path, side: int, classes: Sequence[str]
) -> PackedPictures:
    """Write (name, class, (side, side, 3) RGB) into one file, as they come. Raises Problem."""
    labels: list[int] = []
    names: list[str] = []
    packing = Packing(path, side)
    for name, label, picture in pictures:
        packing.add(picture)
        labels.append(label)
        names.append(name)
    packing.close()
    return finish(
        path,
        Contents(side=side, classes=tuple(classes), labels=tuple(labels), names=tuple(names)),
    )


def opened(path: Path) -> PackedPictures:
    """A packed file. Raises Problem where it is not whole."""
    try:
        contents = msgspec.json.decode(_beside(path).read_bytes(), type=Contents)
        shape = (len(contents.labels), contents.side, contents.side, 3)
        if not shape[0] or path.stat().st_size != int(np.prod(shape)):
            raise ValueError(f"{path.stat().st_size} bytes for {shape}")
        pixels = np.memmap(path, np.uint8, "r", shape=shape)
    except (OSError, ValueError, msgspec.DecodeError) as error:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "The prepared pictures of this training are damaged. Prepare them again."
            ),
            code="training-data-damaged",
            details=f"{path.name}: {error}",
        ) from error
    return PackedPictures(pixels, contents)


def _beside(path: Path) -> Path:
    return path.with_suffix(".json")
