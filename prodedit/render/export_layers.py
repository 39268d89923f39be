# SPDX-License-Identifier: Apache-2.0
"""A document becomes a file that keeps its layers, for other programs."""

from __future__ import annotations

import zlib
from functools import partial
from pathlib import Path
from typing import IO

from prodedit.core.document import Document
from prodedit.core.export_setting import ExportSetting
from prodedit.core.geometry import Size
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.files.atomic import write_atomic
from prodedit.files.metadata import Metadata
from prodedit.files.photoshop_aside import Written, photoshop_aside, photoshop_here
from prodedit.files.photoshop_layers import LONGEST_PSD_SIDE as LONGEST_PSD_SIDE
from prodedit.files.stop import Stop
from prodedit.render.photoshop import PhotoshopPlan

BIG_SUFFIX = ".psb"
_LONGEST = 300_000
_PIECE = 1 << 20


def export_layers(
    document: Document,
    path: Path,
    setting: ExportSetting,
    metadata: Metadata | None = None,
    stop: Stop | None = None,
) -> int:
    """Write a PSD, or a PSB where it is too large for that or `path` says so, whole or not at all;
    the number of bytes. `stop`: in a process of its own, which it ends. Raises Problem, Cancelled.
    """
    _check(document.size)
    plan = PhotoshopPlan(document, 0.0 if metadata is None else metadata.resolution)
    big = path.suffix.lower() == BIG_SUFFIX
    written: list[Written] = []

    def write(stream: IO[bytes]) -> None:
        make = photoshop_here if stop is None else partial(photoshop_aside, stop=stop)
        written.append(make(plan.picture, plan.paint, setting, metadata, stream, big=big))

    write_atomic(path, write, verify=lambda found: _verify(found, written[0]))
    return written[0].nbytes


def _check(size: Size) -> None:
    if max(size) > _LONGEST:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "{format} files can be {limit} pixels wide and high at most; this picture is "
                "{width} × {height}.",
            ),
            code="too-large-for-format",
            format="PSB",
            limit=_LONGEST,
            width=size.width,
            height=size.height,
        )


def _verify(path: Path, written: Written) -> None:
    """Raises ValueError where the disk holds other bytes."""
    nbytes = crc = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            nbytes, crc = nbytes + len(piece), zlib.crc32(piece, crc)
    if (nbytes, crc) != (written.nbytes, written.crc):
        raise ValueError("the bytes differ")
