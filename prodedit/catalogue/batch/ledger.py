# SPDX-License-Identifier: Apache-2.0
"""How far a batch is, on the disk: whatever becomes of the program, the next one goes on from here.

OUT/.prodedit-batch/manifest.jsonl   what is done, and what each picture has come to
                    masks/<id>.zip   cut-outs that wait for a person, or were corrected
                    small/<id>-photo.jpg, <id>-amazon-main.jpg
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import NamedTuple

import msgspec

from prodedit.catalogue.batch.alike import Common, group_of
from prodedit.catalogue.batch.doing import Doing
from prodedit.catalogue.batch.errand import Work
from prodedit.catalogue.batch.inputs import Found
from prodedit.catalogue.batch.manifest import Manifest, Record, lines, read
from prodedit.catalogue.batch.mishaps import make_folder
from prodedit.catalogue.batch.naming import Pattern
from prodedit.catalogue.batch.outputs import Existing, Expected, Naming, expected
from prodedit.catalogue.batch.plan import Planned, distinct, harmless
from prodedit.catalogue.batch.standing import (
    MASKS,
    Checked,
    Marks,
    checked,
    id_of,
    mask_file,
    source_of,
)
from prodedit.catalogue.batch.states import Picture, State, changed
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.files.atomic import write_atomic
from prodedit.files.file_lock import FileLock
from prodedit.files.hidden import hide

FOLDER = ".prodedit-batch"
MANIFEST, LOCK, SMALL = "manifest.jsonl", "lock", "small"
VERSION = 1
Row = Mapping[str, str]


@dataclass(frozen=True)
class Order:
    """A whole batch, as it was asked for. rows: what a table says of each picture, or None."""

    pictures: tuple[Found, ...]
    doing: Doing
    target: Path
    pattern: Pattern
    existing: Existing = "overwrite"
    rows: tuple[Row | None, ...] | None = None
    file: Path | None = None
    """Of the one picture, where it is named by hand instead of by the pattern."""

    @property
    def naming(self) -> Naming:
        return Naming(self.target, self.pattern, self.doing.suffixes, self.existing)

    def row(self, number: int) -> Row | None:
        return None if self.rows is None else self.rows[number]

    def group(self, number: int) -> str | None:
        """As `group_of` names it; None where only a table could tell, and there is none."""
        alike = self.doing.alike
        if alike is not None and alike.by == "table" and self.rows is None:
            return None
        return group_of(alike, self.pictures[number], self.row(number))


class Resumed(NamedTuple):
    """What was found of a batch that had begun: pictures that are done and stay so, those whose
    photo has changed, and those whose files are gone; and whether what is done to them, or how
    files are named, is another now."""

    done: int = 0
    changed_inputs: int = 0
    lost_outputs: int = 0
    other_doing: bool = False
    other_names: bool = False


class Recorded(NamedTuple):
    """A batch as its folder tells of it, so that it can be offered again."""

    doing: Doing
    target: Path
    pattern: Pattern
    existing: Existing
    pictures: tuple[Picture, ...]
    commons: Mapping[str, Common] = {}

    @property
    def left(self) -> int:
        """So many pictures were not come to."""
        return sum(each.state not in ("done", "failed", "skipped") for each in self.pictures)

    @property
    def order(self) -> Order:
        """The same again."""
        found = tuple(Found(Path(p.source), PurePath(p.place)) for p in self.pictures)
        return Order(found, self.doing, self.target, self.pattern, self.existing)


class Ledger:
    """The pictures of one batch; `close` it when that is over."""

    def __init__(
        self,
        order: Order,
        folder: Path,
        lock: FileLock | None,
        pictures: Sequence[Picture],
        commons: Mapping[str, Common] | None = None,
    ) -> None:
        """As `opened` makes it. Raises Problem where the folder can't be written to."""
        self.order = order
        self.folder = folder
        self.cut_digest = order.doing.cut_digest()
        self.commons: dict[str, Common] = dict(commons or {})
        """By group; of one whose pictures are not all measured yet there is none."""
        self._lock = lock
        groups = (_common_record(*each) for each in self.commons.items())
        data = lines([_header(order), *groups, *map(_record, pictures)])
        write_atomic(folder / MANIFEST, data)
        self._manifest = Manifest(folder / MANIFEST, len(data))
        self._pictures = list(pictures)

    @classmethod
    def opened(
        cls, order: Order, *, resume: bool = False, folder: Path | None = None
    ) -> tuple[Ledger, Resumed]:
        """A new batch, which forgets what an earlier one has left in the folder, but not its files;
        or with `resume` the same that was begun there.

        Then pictures keep the names of their files, and one is done only where the same was done to
        the same photo, and its files are there. Raises Problem where the folder can't be written
        to, another program is at work in it, or an input would be overwritten.
        """
        make_folder(order.target / "x")
        folder = _made(order.target / FOLDER if folder is None else folder)
        lock = _locked(folder)
        try:
            old = recorded(folder) if resume else None
            if old is None:
                return cls(order, folder, lock, _fresh(order)), Resumed()
            commons = old.commons if old.doing.alike == order.doing.alike else {}
            pictures, told = _taken_up(order, old, folder, commons)
            return cls(order, folder, lock, pictures, commons), told
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """In the order of their numbers."""
        return tuple(self._pictures)

    def picture(self, number: int) -> Picture:
        return self._pictures[number]

    def show(self, picture: Picture) -> None:
        """A state that need not outlive the program."""
        self._pictures[picture.number] = picture

    def keep(self, picture: Picture) -> None:
        """A state that is on the disk when this returns; `show` it, too. Raises Problem."""
        self._manifest.add([_record(picture)])
        if picture.state == "done" and picture.needs_no_mask:
            with contextlib.suppress(OSError):
                self.mask_file(picture.number).unlink(missing_ok=True)

    def keep_common(self, group: str, common: Common) -> None:
        """What a group has in common, for good: it is on the disk when this returns. Raises
        Problem."""
        self._manifest.add([_common_record(group, common)])
        self.commons[group] = common

    def add(self, found: Found, row: Row | None = None) -> Picture:
        """One more picture; its files are none of another's. Raises Problem."""
        naming = self.order.naming._replace(reserved=_paths(self._pictures))
        (files,) = expected([found], naming, [row])
        group = group_of(self.order.doing.alike, found, row)
        picture = _numbered(found, files, len(self._pictures), group)
        self._manifest.add([_record(picture)])
        self._pictures.append(picture)
        return picture

    def work_of(self, picture: Picture) -> Work:
        """What is to be done to it next."""
        file = self.mask_file(picture.number)
        has_mask = picture.cut == self.cut_digest and file.is_file()
        keeps = bool(self.order.doing.review or picture.group) and not has_mask
        return Work(
            picture.source,
            picture.left,
            str(self.order.target),
            str(file) if has_mask else "",
            str(file) if keeps else "",
            bool(picture.group) and picture.facts is None,
            picture.facts,
            self.commons.get(picture.group),
        )

    def mask_file(self, number: int) -> Path:
        return mask_file(self.folder, self._pictures[number].source)

    def small_file(self, number: int, key: str) -> Path:
        """The small picture of a photo ("photo"), or of a file by its preset."""
        name = f"{id_of(self._pictures[number].source)}-{key or 'own'}.jpg"
        return self.folder / SMALL / name

    def keep_small(self, number: int, small: Mapping[str, bytes]) -> None:
        """Nothing depends on them: where the disk refuses, there are none."""
        for key, data in small.items():
            with contextlib.suppress(OSError):
                self.small_file(number, key).write_bytes(data)

    def close(self) -> None:
        """May be repeated."""
        self._manifest.close()
        if self._lock is not None:
            self._lock.release()


def recorded(folder: Path) -> Recorded | None:
    """The batch that was begun in a folder; None where there is none that this version can go on
    with. Raises Problem where its file can't be read."""
    records = read(folder / MANIFEST)
    header = next((each for each in records if each.get("kind") == "order"), None)
    if header is None or header.get("version") != VERSION:
        return None
    try:
        return _recorded(header, records)
    except (KeyError, TypeError, msgspec.ValidationError):
        return None  # steps, presets or states that only another version knows


def _recorded(header: Record, records: Sequence[Record]) -> Recorded:
    of_pictures = (each["picture"] for each in records if each.get("kind") == "picture")
    read_ones = [msgspec.convert(each, Picture) for each in of_pictures]
    pictures = {each.source: each for each in read_ones}  # the last word on each
    naming = header["naming"]
    pattern = Pattern(tuple(naming["folders"]), naming["name"])
    doing = msgspec.convert(header["doing"], Doing)
    found = tuple(pictures.values())
    commons = {
        each["group"]: msgspec.convert(each["common"], Common)
        for each in records
        if each.get("kind") == "common"
    }
    return Recorded(doing, Path(naming["target"]), pattern, header["existing"], found, commons)


def _taken_up(
    order: Order, old: Recorded, folder: Path, commons: Mapping[str, Common]
) -> tuple[list[Picture], Resumed]:
    """Each picture of the order as far as it is; new ones get files that no old one has."""
    other_names = (old.target, old.pattern) != (order.target, order.pattern)
    known = {} if other_names else {each.source: each for each in old.pictures}
    named = {source for source, each in known.items() if _is_named(each, order)}
    new = [n for n, found in enumerate(order.pictures) if source_of(found.path) not in named]
    reserved = _paths([known[source] for source in named])
    planned = dict(zip(new, _expected(order, new, reserved), strict=True))
    marks = Marks(order.doing.digests(), order.doing.cut_digest(), order.doing.review, commons)
    now: list[Checked] = []
    for number, found in enumerate(order.pictures):
        picture = known.get(source_of(found.path))
        if number in planned:
            fresh = _numbered(found, planned[number], number, order.group(number) or "")
            picture = fresh if picture is None else changed(picture, outputs=fresh.outputs)
        assert picture is not None
        picture = _regrouped(picture, order.group(number))
        now.append(checked(changed(picture, number=number), marks, folder))
    return [each.picture for each in now], Resumed(
        sum(each.picture.state == "done" for each in now),
        sum(each.is_other for each in now),
        sum(each.is_lost for each in now),
        any(marks.files.get(key, digest) != digest for key, digest in old.doing.digests().items()),
        other_names,
    )


def _regrouped(picture: Picture, group: str | None) -> Picture:
    """What was made like others is not like those that it is among now."""
    if group is None or group == picture.group:
        return picture
    return changed(picture, group=group, written={})


def _is_named(picture: Picture, order: Order) -> bool:
    """Its files have names that will do."""
    suffixes = order.doing.suffixes
    fits = all(p.endswith(suffixes.get(key, "\0")) for key, p in picture.outputs.items())
    return fits and (order.existing == "skip" or set(picture.outputs) == set(suffixes))


def _fresh(order: Order) -> list[Picture]:
    every = range(len(order.pictures))
    files = _expected(order, every, frozenset())
    return [_numbered(order.pictures[n], files[n], n, order.group(n) or "") for n in every]


def _expected(
    order: Order, numbers: Sequence[int], reserved: Collection[Path]
) -> tuple[Expected, ...]:
    """The files of these pictures of the order."""
    pictures = [order.pictures[number] for number in numbers]
    if order.file is not None:
        return tuple(_named_by_hand(found, order, order.file) for found in pictures)
    naming = order.naming._replace(reserved=reserved)
    return expected(pictures, naming, [order.row(number) for number in numbers])


def _named_by_hand(found: Found, order: Order, file: Path) -> Expected:
    if order.existing == "skip" and file.exists():
        return Expected(found.path, {})
    if order.existing == "number":
        (name,) = distinct(
            [PurePath(file.name)], [""], lambda place: (file.parent / place).exists()
        )
        file = file.parent / name
    harmless([Planned(found.path, file)])
    return Expected(found.path, dict.fromkeys(order.doing.suffixes, file))


def _numbered(found: Found, files: Expected, number: int, group: str) -> Picture:
    outputs = {key: str(path) for key, path in files.outputs.items()}
    state: State = "waiting" if outputs else "skipped"
    place = found.place.as_posix()
    return Picture(number, source_of(found.path), place, outputs, state, group=group)


def _header(order: Order) -> Record:
    pattern = order.pattern
    return {
        "kind": "order",
        "version": VERSION,
        "existing": order.existing,
        "naming": {
            "target": str(order.target),
            "folders": list(pattern.folders),
            "name": pattern.name,
        },
        "doing": msgspec.to_builtins(order.doing),
    }


def _record(picture: Picture) -> Record:
    return {"kind": "picture", "picture": msgspec.to_builtins(picture)}


def _common_record(group: str, common: Common) -> Record:
    return {"kind": "common", "group": group, "common": msgspec.to_builtins(common)}


def _paths(pictures: Sequence[Picture]) -> frozenset[Path]:
    return frozenset(Path(path) for each in pictures for path in each.outputs.values())


def _made(folder: Path) -> Path:
    """Raises Problem where there can be no such folder."""
    make_folder(folder / MANIFEST)
    if folder.name.startswith("."):
        hide(folder)
    for name in (MASKS, SMALL):
        make_folder(folder / name / "x")
    return folder


def _locked(folder: Path) -> FileLock | None:
    """None where the disk knows no locks. Raises Problem where another program is at work."""
    try:
        lock = FileLock.try_lock(folder / LOCK)
    except OSError:
        return None
    if lock is None:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Another batch is at work in “{folder}”. Wait for it, or choose another folder.",
            ),
            code="batch-at-work",
            folder=str(folder.parent),
        )
    return lock
