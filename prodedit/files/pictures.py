# SPDX-License-Identifier: Apache-2.0
"""A file on disk -> a document: photos through the decoder process, projects through OpenRaster."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from prodedit.core.document import Document, from_photo
from prodedit.core.pixels import opaque_and_alpha, tiles_from_rgb
from prodedit.core.tiles import Tiles
from prodedit.files.decoder import Decoder
from prodedit.files.metadata import Metadata
from prodedit.files.openraster import Saved
from prodedit.files.openraster_decoder import isolated
from prodedit.files.openraster_notes import ProjectNote
from prodedit.files.openraster_read import load
from prodedit.files.photo import Note, Photo

PROJECT_SUFFIX = ".ora"


@dataclass(frozen=True, eq=False)
class Opened:
    """`project`: the file to save to, for a project; None for a photo, which is never overwritten.

    `notes`: what a person should know, such as a colour conversion or a damaged layer; `saved`:
    for the next save of a project, so that it writes only what changes."""

    document: Document
    name: str
    source: Path
    project: Path | None
    notes: tuple[Note | ProjectNote, ...]
    metadata: Metadata | None = None
    saved: Saved | None = None


def open_picture(path: Path, decoder: Decoder, *, accept_damaged: bool = False) -> Opened:
    """Raises Problem with the sentence for a person where the file can't be opened."""
    if path.suffix.lower() == PROJECT_SUFFIX:
        loaded = load(path, png=isolated(decoder))
        return Opened(loaded.document, path.name, path, path, loaded.notes, None, loaded.saved)
    photo = decoder.decode(path, accept_damaged=accept_damaged)
    tiles, alpha = photo_tiles(photo)
    document = from_photo(tiles, path.stem, alpha)
    return Opened(document, path.name, path, None, photo.notes, photo.metadata)


def photo_tiles(photo: Photo) -> tuple[Tiles, Tiles | None]:
    """(opaque colour, alpha or None where the photo is opaque)."""
    if photo.pixels.shape[2] == 3:
        return tiles_from_rgb(photo.pixels), None
    colour, alpha = opaque_and_alpha(photo.pixels)
    return colour, None if (photo.pixels[..., 3] == 255).all() else alpha
