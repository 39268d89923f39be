# SPDX-License-Identifier: Apache-2.0
"""A document becomes a picture file: the same bytes from window, command line and batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import cv2
import msgspec
import numpy as np

from prodedit.core.document import Document
from prodedit.core.export_setting import HAS_ALPHA, HAS_LAYERS, ExportSetting
from prodedit.core.geometry import Rect
from prodedit.core.layer import Colour
from prodedit.core.path import NamedPath
from prodedit.core.pixels import Pixels, rgb_over, straight_rgba
from prodedit.core.provenance import source_type
from prodedit.core.tiles import TILE, places, slices
from prodedit.files.atomic import write_atomic
from prodedit.files.encode import encode as encode_here
from prodedit.files.metadata import Metadata
from prodedit.files.stop import Stop
from prodedit.render.compositor import Compositor
from prodedit.render.export_layers import export_layers
from prodedit.render.images import Surface
from prodedit.render.program import compiled

Encode = Callable[[Pixels, ExportSetting, Metadata | None, NamedPath | None], bytes]
"""`files.encode.encode`, or the one that goes to a process of its own."""


class _Piece(NamedTuple):
    """A block of the merged picture; its pixels are written over when the next one is made."""

    area: Rect
    pixels: Pixels  # premultiplied BGRA
    least: int  # alpha
    most: int


def flat_pixels(document: Document, setting: ExportSetting) -> Pixels:
    """The merged picture as the format can hold it: (h, w, 4) straight RGBA where something is
    transparent and the format has alpha, else (h, w, 3) RGB on `setting.background`."""
    if setting.format not in HAS_ALPHA:
        red, green, blue, _ = Colour.from_hex(setting.background)
        return _on_colour(document, (red, green, blue))
    rgba, opaque = _straight(document)
    return np.asarray(cv2.cvtColor(rgba, cv2.COLOR_RGBA2RGB)) if opaque else rgba


def _straight(document: Document) -> tuple[Pixels, bool]:
    """Straight RGBA, and whether all of it is opaque. What is empty is never written to."""
    rgba = np.zeros((document.size.height, document.size.width, 4), np.uint8)
    opaque = True
    for piece in _pieces(document):
        opaque = opaque and piece.least == 255
        if piece.least == 255:
            cv2.cvtColor(piece.pixels, cv2.COLOR_BGRA2RGBA, dst=slices(rgba, piece.area))
        elif piece.most > 0:
            slices(rgba, piece.area)[...] = straight_rgba(piece.pixels)
    return rgba, opaque


def _on_colour(document: Document, colour: tuple[int, int, int]) -> Pixels:
    """RGB over a colour (red, green, blue)."""
    rgb = np.empty((document.size.height, document.size.width, 3), np.uint8)
    plain = np.full((TILE, TILE, 3), colour, np.uint8)
    for piece in _pieces(document):
        target = slices(rgb, piece.area)
        if piece.most == 0:
            target[...] = plain[: piece.area.height, : piece.area.width]
        else:
            target[...] = rgb_over(piece.pixels, colour)
    return rgb


def _pieces(document: Document) -> Iterator[_Piece]:
    """The merged picture block by block, each while it is in the processor's cache. (Also because
    numpy keeps Python's lock while it converts, and a window may be waiting for it.)"""
    compositor, program = Compositor(), compiled(document.layers)
    room = np.empty((TILE * TILE, 4), np.uint8)
    for place, area in places(Rect.of(document.size)):
        pixels = room[: area.size.area].reshape(area.height, area.width, 4)
        compositor.paint(program, document.size, place, area, Surface(pixels))
        least, most, _, _ = cv2.minMaxLoc(cv2.extractChannel(pixels, 3))
        yield _Piece(area, pixels, int(least), int(most))


def picture_bytes(
    document: Document,
    setting: ExportSetting,
    metadata: Metadata | None = None,
    encode: Encode = encode_here,
) -> bytes:
    """The whole file. Raises Problem where the format can't hold this picture, and what `encode`
    raises."""
    setting = telling(document, setting)
    return encode(flat_pixels(document, setting), setting, metadata, clipping_path(document))


def clipping_path(document: Document) -> NamedPath | None:
    """What of the picture is shown where a layout program obeys it; None: all."""
    return next((path for path in document.paths if path.is_clipping), None)


def telling(document: Document, setting: ExportSetting) -> ExportSetting:
    """The setting with which a file says that something in it was generated, where that is so:
    whatever is left out of it, marketplaces and laws want to know that."""
    source = setting.provenance or source_type(document)
    return msgspec.structs.replace(setting, provenance=source)


def export_picture(
    document: Document,
    path: Path,
    setting: ExportSetting,
    metadata: Metadata | None = None,
    encode: Encode = encode_here,
    stop: Stop | None = None,
) -> int:
    """Write the picture to `path`, whole or not at all; the number of bytes. Raises Problem, and
    what `encode` raises. `stop`: layers are packed in a process of their own, and it ends that."""
    if setting.format in HAS_LAYERS:
        return export_layers(document, path, telling(document, setting), metadata, stop)
    data = picture_bytes(document, setting, metadata, encode)
    write_atomic(path, data)
    return len(data)
