# SPDX-License-Identifier: Apache-2.0
"""Opening project files: ours in full, others' as they are, damaged ones as far as they go."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from prodedit.core.document import Document
from prodedit.core.geometry import Size
from prodedit.core.layer import AdjustmentContent, GroupContent, Layer, clip_stacks
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.files.openraster import (
    DOCUMENT,
    MERGED,
    PREVIEW,
    STACK,
    SUMS,
    THUMBNAIL,
    Saved,
    stamp_of,
)
from prodedit.files.openraster_members import Pictures, PngReader, check_size
from prodedit.files.openraster_notes import ProjectNote
from prodedit.files.openraster_originals import Originals, read_originals
from prodedit.files.openraster_plan import Contents, Plan
from prodedit.files.openraster_stack import StackReader, Sums, places
from prodedit.files.openraster_xml import read_stack
from prodedit.files.openraster_zip import Members
from prodedit.files.photo import LIMITS, Limits
from prodedit.files.stop import Stop

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Loaded:
    """document: what was opened; notes: what a person should know about it.

    preview: (h, w, 4) premultiplied BGRA, the picture at most 2048 pixels wide and high, None where
    the file has none. saved: hand it to `save`; None where all has to be written anew.
    """

    document: Document
    notes: tuple[ProjectNote, ...]
    preview: Pixels | None
    saved: Saved | None


SMALL = (PREVIEW, THUMBNAIL)
"""What `load_preview` reads in no time, whoever wrote the file."""


def load(
    path: Path, limits: Limits = LIMITS, png: PngReader | None = None, stop: Stop | None = None
) -> Loaded:
    """Open an OpenRaster file of any program. Raises Problem where nothing in it can be shown, and
    Cancelled once `stop` is wanted.

    Touches no file but this one. Our own pictures are unpacked by zlib and numpy, within bounds;
    only PNGs of other programs go to `png` (default: Pillow, in this process; the window gives
    `isolated(decoder)`).
    """
    stamp = stamp_of(path)
    with _opened(path, limits, png, stop) as (members, pictures):
        reading = _Reading(members, pictures, limits)
        document = reading.document()
        if not document.layers and reading.notes:
            raise _nothing_there()
        preview = reading.preview()
        saved = None
        if stamp is not None and preview is not None and reading.is_unchanged:
            saved = _saved(path, stamp, document, reading, preview)
        return Loaded(document, tuple(dict.fromkeys(reading.notes)), preview, saved)


def load_preview(
    path: Path,
    limits: Limits = LIMITS,
    png: PngReader | None = None,
    members: Sequence[str] = (PREVIEW, MERGED, THUMBNAIL),
) -> tuple[Pixels, Size]:
    """The picture as it was last saved, small where the file has it so, and the size of the whole:
    for the first paint. (h, w, 4) premultiplied BGRA. Of `members` the first that is there counts.

    Raises Problem where the file has none; `load` may still open it.
    """
    with _opened(path, limits, png) as (zipped, pictures):
        stack = read_stack(zipped.text(STACK) or b"")
        if stack is not None:
            check_size(stack.size, limits)
        for name in members:
            outdated = name == PREVIEW and Sums.read(zipped.text(SUMS)).is_changed(MERGED, zipped)
            found = None if outdated else pictures.get(name)
            if found is not None and found.tiles.channels == 4:
                size = stack.size if stack is not None else found.tiles.size
                return found.tiles.to_array(), size
    raise _nothing_there()


class _Reading:
    """One file being read, and what is to be told about it."""

    def __init__(self, members: Members, pictures: Pictures, limits: Limits) -> None:
        self.pictures = pictures
        self.notes: list[ProjectNote] = []
        self.originals: Originals | None = None
        self._members = members
        self._limits = limits
        self._stack = read_stack(members.text(STACK) or b"")
        self._sums = Sums.read(members.text(SUMS))
        if members.is_cut:
            self.notes.append(ProjectNote("cut-file"))

    @property
    def is_unchanged(self) -> bool:
        return self.originals is not None and not self.notes

    def document(self) -> Document:
        if self._stack is not None:
            check_size(self._stack.size, self._limits)
        if DOCUMENT in self._members.names:
            description = self._members.text(DOCUMENT)
            self.originals = read_originals(description, self.pictures, self.notes)
        if self.originals is None:
            return self._as_others_see({})
        check_size(self.originals.document.size, self._limits)
        mended = self.originals.mended(self._shown, self.notes)
        if self._stack is not None and self._sums.is_changed(STACK, self._members):
            self.notes.append(ProjectNote("changed-stack"))
            return self._as_others_see(self._unchanged(mended))
        return self._with_changes(mended)

    def preview(self) -> Pixels | None:
        found = self.pictures.get(PREVIEW)
        return None if found is None or found.is_damaged else found.tiles.to_array()

    def _as_others_see(self, originals: dict[str, Layer]) -> Document:
        if self._stack is None:
            raise _nothing_there()
        return StackReader(self.pictures, self.notes, originals).document(self._stack)

    def _unchanged(self, document: Document) -> dict[str, Layer]:
        """Our layers by the picture that shows them, where that is still the one we wrote, at the
        place where we put it."""
        layers = {layer.id: layer for layer in document.walk()}
        found = {}
        for member, ids in self._sums.layers.items():
            if not self._sums.is_changed(member, self._members) and ids and ids[0] in layers:
                layer = layers[ids[0]]
                clipped = _clipped_to(document, layer)
                found[member] = _together(document, layer, clipped) if clipped else layer
        return found

    def _with_changes(self, document: Document) -> Document:
        """Where another program painted on a layer, its picture wins."""
        for member, ids in self._sums.layers.items():
            if not self._sums.is_changed(member, self._members):
                continue
            for layer in filter(None, map(document.find, ids)):
                shown = self._shown(layer)
                clipped = _clipped_to(document, layer)
                if shown is not None and clipped:
                    self.notes.append(ProjectNote("changed-clips", layer.name))
                    document = _beside(document, layer, clipped, shown)
                elif shown is not None:
                    self.notes.append(ProjectNote("changed-layer", layer.name))
                    document = document.replace_layer(layer.id, lambda _, new=shown: new)  # type: ignore[misc]
        return document

    def _shown(self, layer: Layer) -> Layer | None:
        """What other programs show of the layer, as a layer of its own."""
        members = [member for member, ids in self._sums.layers.items() if layer.id in ids]
        elements = dict(places(self._stack))
        for member in members:
            if member in elements:
                reader = StackReader(self.pictures, self.notes, {})
                picture = reader.picture(elements[member], layer.id)
                return None if picture is None else replace(picture, name=layer.name)
        return None


def _clipped_to(document: Document, layer: Layer) -> tuple[Layer, ...]:
    """What others see in one picture with it."""
    siblings = document.siblings(document.place(layer.id)[0])
    found = (on for base, on in clip_stacks(siblings) if base.id == layer.id)
    return () if isinstance(layer.content, AdjustmentContent) else tuple(next(found, ()))


def _together(document: Document, base: Layer, clipped: tuple[Layer, ...]) -> Layer:
    """A group that shows what others see in the one picture of all of them."""
    plain = replace(base, opacity=1.0, blend="normal", visible=True)
    group_id = f"{base.id}-stack"
    return Layer(
        document.new_id() if document.find(group_id) else group_id,
        base.name,
        GroupContent((plain, *clipped)),
    )


def _beside(document: Document, base: Layer, clipped: tuple[Layer, ...], shown: Layer) -> Document:
    """The picture of all of them in their place, and they themselves hidden below it, as they
    were."""
    parent, index = document.place(base.id)
    group_id, shown_id = document.new_ids(2)
    gone = {layer.id for layer in (base, *clipped)}
    kept = tuple(one for one in document.siblings(parent) if one.id not in gone)
    group = Layer(group_id, base.name, GroupContent((base, *clipped)), visible=False)
    both = (group, replace(shown, id=shown_id))
    return document.with_level(parent, (*kept[:index], *both, *kept[index:]))


@contextmanager
def _opened(
    path: Path, limits: Limits, png: PngReader | None, stop: Stop | None = None
) -> Iterator[tuple[Members, Pictures]]:
    workers = max(1, min(8, os.cpu_count() or 1))
    try:
        with Members(path) as members, ThreadPoolExecutor(workers, "open") as pool:
            yield members, Pictures(members, pool, limits, png, stop)
    except OSError as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "“{file}” can't be read: {why}."),
            code="read-failed",
            file=path.name,
            why=error.strerror or str(error),
        ) from error
    except MemoryError as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "There is not enough memory to open “{file}”."),
            code="no-memory",
            file=path.name,
        ) from error


def _saved(
    path: Path, stamp: tuple[int, int, int], document: Document, reading: _Reading, preview: Pixels
) -> Saved | None:
    """What the file holds of the document just read, so that saving it again is cheap."""
    originals, heads = reading.originals, reading.pictures.heads
    assert originals is not None
    kinds = {i: heads[name].kind for i, name in originals.names.items() if name in heads}
    known = {i: kind for i, kind in kinds.items() if kind is not None}
    plan = Plan(document, None, None, known)
    if any(originals.names[id(tiles)] != name for tiles, name in plan.tiles.values()):
        return None
    contents = Contents(document, plan.tiles, plan.baked, heads)
    return Saved(path, stamp, contents, preview, tuple(plan.unshared))


def _nothing_there() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem", "There is no picture in this file that could be read; it is damaged."
        ),
        code="damaged-project",
    )
