# SPDX-License-Identifier: Apache-2.0
"""From a folder of photos to what a generator learns from: looked at, cut out, framed, packed.

Each picture counts as soon as a line about it stands in the journal: an intake that is stopped goes
on where it was, and one that is done again takes in only what is new in the folder.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from prodedit.core.pixels import premultiply, scale
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.results import MaskResult
from prodedit.engine.training import packed
from prodedit.engine.training.likeness import Seen
from prodedit.engine.training.packed import PackedPictures, Packing, doubt, framed, product_box
from prodedit.engine.training.report import DataReport, Entry, Verdict
from prodedit.engine.training.setting import Side
from prodedit.files.photo import Photo

Bytes = NDArray[np.uint8]
Cut = Callable[[Bytes], MaskResult]
"""Cuts out the product of an opaque (h, w, 4) uint8 BGRA picture. Raises Problem."""
Report = Callable[[float, str], None]
"""Told the share that is done (0..1) and the file; may raise Cancelled."""

LEAST_PICTURES = 8
"""Fewer are known by heart before anything is learned."""
LEAST_SIDE = 0.5
"""Of the generator's side that a product must have on its long side: more is blur."""
WORKING = 4
"""Times the side at which products are cut out: more costs time and is lost in the frame."""
FULL = 0.97
"""Of a picture that was cropped to its product by whoever cut it out."""
JOURNAL = "intake.jsonl"
PICTURES = "pictures.bin"
REPORT = "report.json"
TEACHES_NOTHING = frozenset({"all-identical", "too-few-pictures"})
"""Codes of the Problems that a folder has no pictures to learn from."""
OTHER = "other"
"""The class of pictures that lie beside folders of classes."""
_EVERYWHERE = frozenset(
    {
        "engine-no-start", "engine-keeps-stopping", "engine-version", "engine-closed",
        "engine-not-reached", "model-missing", "model-mismatch", "model-not-usable",
        "reader-missing",
    }
)  # fmt: skip
"""Failures that are no fault of the picture: all others would meet them, too."""


class Opener(Protocol):
    """What is needed of a files.decoder.Decoder."""

    def decode(self, path: Path) -> Photo: ...


@dataclass(frozen=True)
class Intake:
    """How pictures are taken in.

    folder: its subfolders are the classes; without such, it is one class by its own name.
    cut:    what cuts out; None: photos stay as they are. Pictures that have transparency are
            always used as they are.
    """

    folder: Path
    files: Sequence[Path]
    side: Side
    cut: Cut | None


class _Journal(msgspec.Struct, frozen=True, kw_only=True):
    """The journal's first line: with other choices all is done anew."""

    folder: str
    side: int
    cut: bool


class _Made(NamedTuple):
    """What came of one file."""

    verdict: Verdict
    picture: Bytes | None = None
    more: str = ""


def take_in(intake: Intake, target: Path, opener: Opener, report: Report) -> PackedPictures:
    """Pack the folder's pictures into `target`, with a report beside them. Raises Problem where
    there are too few to learn from; what `report` raises passes."""
    shelf = _Shelf(intake, target)
    try:
        for number, path in enumerate(intake.files):
            report(number / len(intake.files), path.name)
            shelf.look_at(path, opener)
    finally:
        shelf.close()
    found = DataReport(entries=tuple(sorted(shelf.entries, key=lambda entry: entry.name)))
    _write_report(target, found)
    check(found)
    return shelf.finish()


def report_of(target: Path) -> DataReport:
    """What `take_in` found. Raises OSError, msgspec.DecodeError."""
    return msgspec.json.decode((target / REPORT).read_bytes(), type=DataReport)


def was_cut_out(target: Path) -> bool | None:
    """Whether an earlier intake into `target` cut products out; None: there was none."""
    try:
        with (target / JOURNAL).open("rb") as file:
            return msgspec.json.decode(file.readline(), type=_Journal).cut
    except (OSError, msgspec.DecodeError):
        return None


def check(report: DataReport) -> None:
    """Raises Problem where nothing can be learned from what is left."""
    copies = report.reasons.get("same-file", 0) + report.reasons.get("copy", 0)
    if report.used == 1 and copies:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "All pictures in this folder are the same one. Add different ones."
            ),
            code="all-identical",
        )
    if report.used < LEAST_PICTURES:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Of {found} pictures in this folder {used} can be learned from; {least} are the "
                "least, and some hundreds are better.",
            ),
            code="too-few-pictures",
            found=len(report.entries),
            used=report.used,
            least=LEAST_PICTURES,
        )


def class_of(folder: Path, file: Path, has_classes: bool) -> str:
    """The class of a file by the folder below `folder` that it lies in."""
    parts = file.relative_to(folder).parts
    if len(parts) > 1:
        return parts[0]
    return OTHER if has_classes else folder.resolve().name or OTHER


class _Shelf:
    """The journal and the packed file, growing together."""

    def __init__(self, intake: Intake, target: Path) -> None:
        self._intake, self._target = intake, target
        self._head = _Journal(
            folder=str(intake.folder.resolve()), side=intake.side, cut=intake.cut is not None
        )
        self._has_classes = any(len(f.relative_to(intake.folder).parts) > 1 for f in intake.files)
        self.entries = self._known()
        kept = [entry for entry in self.entries if entry.verdict == "used"]
        self._packing = Packing(target / PICTURES, intake.side, len(kept))
        self._names = [entry.name for entry in kept]
        self._seen = Seen()
        for picture in self._packing.pictures():
            self._seen.add(picture)
        self._hashes = {entry.sha256: entry.name for entry in self.entries}
        self._looked_at = {(entry.name, entry.size, entry.changed) for entry in self.entries}
        self._journal = (target / JOURNAL).open("ab")

    def look_at(self, path: Path, opener: Opener) -> None:
        """Take one file in, unless it was before."""
        name = self._name(path)
        try:
            status = path.stat()
            if (name, status.st_size, status.st_mtime_ns) in self._looked_at:
                return
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            size, changed = status.st_size, status.st_mtime_ns
        except OSError as error:
            size, changed, sha256 = 0, 0, ""
            made = _Made("unreadable", more=error.strerror or str(error))
        else:
            made = self._made(path, sha256, opener)
        entry = Entry(
            name=name,
            size=size,
            changed=changed,
            sha256=sha256,
            verdict=made.verdict,
            class_name=class_of(self._intake.folder, path, self._has_classes),
            more=made.more,
        )
        self._keep(entry, made.picture)

    def close(self) -> None:
        self._packing.close()
        self._journal.close()

    def finish(self) -> PackedPictures:
        """Write what the packed file holds."""
        by_name = {entry.name: entry.class_name for entry in self.entries}
        classes = tuple(dict.fromkeys(by_name[name] for name in self._names))
        labels = tuple(classes.index(by_name[name]) for name in self._names)
        contents = packed.Contents(
            side=self._intake.side, classes=classes, labels=labels, names=tuple(self._names)
        )
        return packed.finish(self._target / PICTURES, contents)

    def _known(self) -> list[Entry]:
        """What an earlier intake has found, as far as its lines are whole."""
        path = self._target / JOURNAL
        lines = path.read_bytes().split(b"\n") if path.is_file() else []
        try:
            same = msgspec.json.decode(lines[0], type=_Journal) == self._head
        except (IndexError, msgspec.DecodeError):
            same = False
        entries = list(_whole(lines[1:], self._there())) if same else []
        entries = self._still_true(entries)
        encoded = [msgspec.json.encode(line) for line in (self._head, *entries)]
        path.write_bytes(b"".join(line + b"\n" for line in encoded))
        return entries

    def _still_true(self, entries: list[Entry]) -> list[Entry]:
        """Those whose files are as they were; the pictures of others leave the packed file."""
        states = {self._name(path): _state(path) for path in self._intake.files}
        kept = [entry for entry in entries if states.get(entry.name) == (entry.size, entry.changed)]
        if len(kept) < len(entries):
            # Without its journal the packed file counts for nothing, should this be broken off.
            (self._target / JOURNAL).unlink()
            names = {entry.name for entry in kept}
            used = [entry for entry in entries if entry.verdict == "used"]
            packed.keep(
                self._target / PICTURES,
                self._intake.side,
                [place for place, entry in enumerate(used) if entry.name in names],
            )
        return kept

    def _name(self, path: Path) -> str:
        return path.relative_to(self._intake.folder).as_posix()

    def _there(self) -> int:
        """Pictures that the packed file holds."""
        path = self._target / PICTURES
        length = path.stat().st_size if path.is_file() else 0
        return length // packed.picture_bytes(self._intake.side)

    def _made(self, path: Path, sha256: str, opener: Opener) -> _Made:
        if sha256 in self._hashes:
            return _Made("same-file", more=self._hashes[sha256])
        try:
            made = made_of(_pixels(opener.decode(path)), self._intake.side, self._intake.cut)
        except Problem as problem:
            if problem.code in _EVERYWHERE:
                raise
            nothing = problem.code == "nothing-found"
            return _Made("too-little" if nothing else "unreadable", more=str(problem))
        if made.picture is not None and (like := self._seen.like(made.picture)) is not None:
            return _Made("copy", more=self._names[like])
        return made

    def _keep(self, entry: Entry, picture: Bytes | None) -> None:
        if picture is not None:
            self._packing.add(picture)
            self._seen.add(picture)
            self._names.append(entry.name)
        self._journal.write(msgspec.json.encode(entry) + b"\n")
        self._journal.flush()
        self.entries.append(entry)
        self._hashes.setdefault(entry.sha256, entry.name)


def made_of(picture: Bytes, side: int, cut: Cut | None) -> _Made:
    """(h, w, 4) uint8 premultiplied BGRA to the framed square, or why it is none. Raises Problem
    where the product can't be cut out."""
    picture = _reduced(picture, WORKING * side)
    opaque = bool((picture[..., 3] == 255).all())
    if opaque and cut is not None:
        picture = _cut_out(picture, cut(picture))
        why = doubt(picture)
    else:
        why = None if opaque else _own_doubt(picture)
    if why is not None:
        return _Made(why)  # type: ignore[arg-type]  # doubts are verdicts
    top, bottom, left, right = product_box(picture)
    if max(bottom - top, right - left) < LEAST_SIDE * side:
        return _Made("too-small", more=f"{right - left} x {bottom - top}")
    plain = opaque and cut is None
    return _Made("used", framed(picture, side, 0.0) if plain else framed(picture, side))


def _own_doubt(picture: Bytes) -> str | None:
    """Of a cut-out that came so: one cropped to its product touches all sides and is fine."""
    if product_box(picture) == (0, picture.shape[0], 0, picture.shape[1]):
        return "too-much" if (picture[..., 3] >= packed.SOLID).mean() > FULL else None
    return doubt(picture)


def _cut_out(picture: Bytes, mask: MaskResult) -> Bytes:
    """The product alone, with its own colour in its soft edge."""
    colours = picture.copy()
    if mask.foreground is not None:
        own = mask.foreground[..., 3] > 0
        colours[own] = mask.foreground[own]
    for channel in range(3):
        colours[..., channel] = scale(np.ascontiguousarray(colours[..., channel]), mask.alpha)
    colours[..., 3] = mask.alpha
    return colours


def _pixels(photo: Photo) -> Bytes:
    """(h, w, 4) uint8 premultiplied BGRA."""
    pixels = photo.pixels
    if pixels.shape[2] == 3:
        return np.asarray(cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2BGRA), np.uint8)
    return premultiply(pixels)


def _reduced(picture: Bytes, most: int) -> Bytes:
    scale_down = most / max(picture.shape[:2])
    if scale_down >= 1.0:
        return picture
    size = tuple(max(1, round(n * scale_down)) for n in picture.shape[1::-1])
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _whole(lines: Sequence[bytes], pictures: int) -> Iterator[Entry]:
    """The journal's entries up to the first that is not whole, or whose picture is not there."""
    for line in lines:
        try:
            entry = msgspec.json.decode(line, type=Entry)
        except msgspec.DecodeError:
            return
        pictures -= entry.verdict == "used"
        if pictures < 0:
            return
        yield entry


def _state(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _write_report(target: Path, report: DataReport) -> None:
    temporary = target / f"{REPORT}.part"
    temporary.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1))
    os.replace(temporary, target / REPORT)  # noqa: PTH105 - moves onto what is there everywhere
