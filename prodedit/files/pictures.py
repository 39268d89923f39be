# SPDX-License-Identifier: Apache-2.0
"""A file on disk -> a document: photos and Photoshop files through the decoder process, projects
through OpenRaster."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from prodedit.core.document import Document, from_photo
from prodedit.core.geometry import Size
from prodedit.core.pixels import Pixels, opaque_and_alpha, tiles_from_rgb
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.files.decoder import Decoder
from prodedit.files.layered import Layered, NoLayers
from prodedit.files.metadata import Metadata
from prodedit.files.openraster import Saved
from prodedit.files.openraster_decoder import isolated
from prodedit.files.openraster_notes import ProjectNote
from prodedit.files.openraster_read import SMALL, load, load_preview
from prodedit.files.photo import Note, Photo
from prodedit.files.photoshop_document import document_of
from prodedit.files.sniff import HEAD, sniff
from prodedit.files.stop import Stop

PROJECT_SUFFIX = ".ora"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
"""How a zip begins that has members, and one that has none."""
_PHOTOSHOP = b"8BPS"


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


@dataclass(frozen=True, eq=False)
class Preview:
    """A project as it was last saved: (h, w, 4) premultiplied BGRA, smaller than the whole, which
    has `size`."""

    pixels: Pixels
    size: Size


def open_picture(
    path: Path, decoder: Decoder, *, accept_damaged: bool = False, stop: Stop | None = None
) -> Opened:
    """What a file is, is told by its content. Raises Problem with the sentence for a person where
    it can't be opened, and Cancelled once `stop` is wanted."""
    stop = stop or Stop()
    stop.check()
    if is_project(path):
        loaded = load(path, png=isolated(decoder), stop=stop)
        return Opened(loaded.document, path.name, path, path, loaded.notes, None, loaded.saved)
    layered = decoder.layers(path) if _is_photoshop(path) else NoLayers(())
    if isinstance(layered, Layered):
        metadata = Metadata("Photoshop", (), layered.picture.resolution, layered.profile)
        document = document_of(layered)
        return Opened(document, path.name, path, None, layered.notes, metadata)
    stop.check()
    photo = decoder.decode(path, accept_damaged=accept_damaged)
    tiles, alpha = photo_tiles(photo)
    document = from_photo(tiles, path.stem, alpha)
    notes = (*layered.notes, *photo.notes)
    return Opened(document, path.name, path, None, notes, photo.metadata)


def preview_of(path: Path, decoder: Decoder) -> Preview | None:
    """What can be shown at once of a file that takes its time to open; None where there is no such
    thing, also where it can't be opened at all, which `open_picture` tells."""
    try:
        if is_project(path):
            return Preview(*load_preview(path, png=isolated(decoder), members=SMALL))
    except Problem:
        pass
    return None


def is_project(path: Path) -> bool:
    """A zip; and what has a project's name without being a picture, so that what is told of it is
    about projects."""
    named = path.suffix.lower() == PROJECT_SUFFIX
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        return named  # whoever reads it says why it can't be read
    if head.startswith(_ZIP):
        return True
    try:
        return named and not sniff(head)
    except Problem:
        return named


def _is_photoshop(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_PHOTOSHOP)) == _PHOTOSHOP
    except OSError:
        return False  # whoever reads it says why it can't be read


def photo_tiles(photo: Photo) -> tuple[Tiles, Tiles | None]:
    """(opaque colour, alpha or None where the photo is opaque)."""
    if photo.pixels.shape[2] == 3:
        return tiles_from_rgb(photo.pixels), None
    colour, alpha = opaque_and_alpha(photo.pixels)
    return colour, None if (photo.pixels[..., 3] == 255).all() else alpha
