# SPDX-License-Identifier: Apache-2.0
"""A contact sheet of files: each is read small, one after the other; a bad one stops nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QImage

from prodedit.core.contact_sheet import Sheet
from prodedit.core.problem import Problem
from prodedit.files.atomic import write_atomic
from prodedit.files.decoder import Decoder
from prodedit.files.openraster_decoder import isolated
from prodedit.files.openraster_read import load_preview
from prodedit.files.pictures import is_project
from prodedit.files.stop import Stop
from prodedit.render.contact_sheet import Pictured, picture_side, to_pdf
from prodedit.render.images import image_of


class Made(NamedTuple):
    """failed: what could not be read, and why; its place on the sheet is crossed out."""

    path: Path
    nbytes: int
    pages: int
    failed: tuple[tuple[Path, Problem], ...]


def make_contact_sheet(
    pictures: Sequence[Path],
    target: Path,
    sheet: Sheet,
    decoder: Decoder,
    on_done: Callable[[Path], None] = lambda _: None,
    stop: Stop | None = None,
) -> Made:
    """Write the PDF, whole or not at all. on_done: called after each picture. Raises Problem where
    it can't be written, and Cancelled once `stop` is wanted."""
    failed: list[tuple[Path, Problem]] = []
    side = picture_side(sheet)

    def read() -> Iterator[Pictured]:
        for path in pictures:
            if stop is not None:
                stop.check()
            try:
                image = small_image(path, side, decoder)
            except Problem as problem:
                image = QImage()
                failed.append((path, problem))
            on_done(path)
            yield Pictured(path.stem, image)

    data = to_pdf(read(), len(pictures), sheet)
    write_atomic(target, data)
    pages = max(1, -(-len(pictures) // sheet.on_a_page))
    return Made(target, len(data), pages, tuple(failed))


def small_image(path: Path, side: int, decoder: Decoder) -> QImage:
    """A photo or a project, at most `side` pixels wide and high where it can be had so small.
    Raises Problem."""
    if is_project(path):
        pixels, _ = load_preview(path, png=isolated(decoder))
        return image_of(pixels).copy()
    photo = decoder.thumbnail(path, side).pixels
    height, width, channels = photo.shape
    kind = QImage.Format.Format_RGB888 if channels == 3 else QImage.Format.Format_RGBA8888
    return QImage(photo.tobytes(), width, height, width * channels, kind).copy()
