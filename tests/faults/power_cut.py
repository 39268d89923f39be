# SPDX-License-Identifier: Apache-2.0
"""What a disk may hold after the power went: `Recorded` keeps what a program asked of the disk,
`crashes` gives every state that the disk may then be in.

The rules are those of Pillai et al., "All File Systems Are Not Created Equal" (OSDI 2014), for the
least careful of file systems. Until a file is synced, each write to it may be there, be missing, be
there in part, or be there as zeros; later ones may be there without earlier ones. Until a folder is
synced, each of its new, gone and changed names may be there or not, in any combination; one rename
is there as a whole or not at all. What was synced stays.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from prodedit.files.operating_system import OperatingSystem

SECTOR = 512
EXHAUSTIVE = 6
"""Up to so many unsynced names all combinations are tried; above, each alone and all but each."""


class Write(NamedTuple):
    file: int
    offset: int
    data: bytes


class Sync(NamedTuple):
    file: int


class Name(NamedTuple):
    """A change of names: `new` (if any) means `file` from then on, `gone` (if any) nothing."""

    new: Path | None
    file: int
    gone: Path | None = None
    is_folder: bool = False


class SyncFolder(NamedTuple):
    folder: Path


class Mark(NamedTuple):
    """The program has said that so much is safe; `begun`: so much it had begun to write."""

    safe: int
    begun: int


Op = Write | Sync | Name | SyncFolder | Mark


class Recorded(OperatingSystem):
    """Does it all for real, and keeps what was done in `ops`."""

    def __init__(self) -> None:
        self.ops: list[Op] = []
        self._names: dict[Path, int] = {}
        self._open: dict[int, int] = {}
        self._count = itertools.count(1)

    def already_there(self, path: Path) -> None:
        """A file from long ago: as it is, it is on the disk."""
        file = self._names[path] = next(self._count)
        self.ops += [Name(path, file), Write(file, 0, path.read_bytes()), Sync(file)]
        self.ops.append(SyncFolder(path.parent))

    def mark(self, safe: int, begun: int | None = None) -> None:
        self.ops.append(Mark(safe, safe if begun is None else begun))

    def create(self, path: Path, mode: int) -> int:
        descriptor = super().create(path, mode)
        self._names[path] = self._open[descriptor] = next(self._count)
        self.ops.append(Name(path, self._names[path]))
        return descriptor

    def open_to_overwrite(self, path: Path) -> int:
        """For broken writers: the old file, cut to nothing."""
        descriptor = os.open(path, os.O_RDWR | os.O_TRUNC)
        self._open[descriptor] = self._names[path]
        self.ops.append(Write(self._names[path], -1, b""))
        return descriptor

    def write(self, descriptor: int, data: memoryview) -> int:
        offset = os.lseek(descriptor, 0, os.SEEK_CUR)
        written = super().write(descriptor, data)
        self.ops.append(Write(self._open[descriptor], offset, bytes(data[:written])))
        return written

    def fsync(self, descriptor: int) -> None:
        super().fsync(descriptor)
        self.ops.append(Sync(self._open[descriptor]))

    def close(self, descriptor: int) -> None:
        super().close(descriptor)
        self._open.pop(descriptor)

    def link(self, source: Path, target: Path) -> None:
        super().link(source, target)
        self._names[target] = self._names[source]
        self.ops.append(Name(target, self._names[target]))

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        self._names[target] = self._names.pop(source)
        self.ops.append(Name(target, self._names[target], source))

    def unlink(self, path: Path) -> None:
        super().unlink(path)
        self.ops.append(Name(None, 0, path))
        self._names.pop(path)

    def make_folder(self, folder: Path) -> None:
        super().make_folder(folder)
        self._names[folder] = next(self._count)
        self.ops.append(Name(folder, self._names[folder], is_folder=True))

    def fsync_folder(self, folder: Path) -> None:
        super().fsync_folder(folder)
        self.ops.append(SyncFolder(folder))


Files = dict[Path, bytes]


class Crash(NamedTuple):
    """One state of the disk. `safe` and `begun` as they were marked before the power went."""

    files: Files
    folders: frozenset[Path]
    safe: int
    begun: int


@dataclass
class _File:
    durable: bytes = b""
    pending: list[Write] = field(default_factory=list)


class _Disk:
    """What is surely on the disk, and what may be."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.files: dict[int, _File] = {}
        self.names: dict[Path, int] = {}
        self.pending: list[Name] = []
        self.mark: Mark | None = None

    def do(self, op: Op) -> None:
        match op:
            case Write():
                self.files.setdefault(op.file, _File()).pending.append(op)
            case Sync():
                file = self.files.setdefault(op.file, _File())
                file.durable, file.pending = _written(file.durable, file.pending), []
            case Name():
                self.pending.append(op)
                if not op.is_folder:
                    self.files.setdefault(op.file, _File())
            case SyncFolder():
                here = [name for name in self.pending if _folder_of(name) == op.folder]
                self.names = _named(self.names, here)
                self.pending = [name for name in self.pending if name not in here]
            case Mark():
                self.mark = op

    def states(self) -> Iterator[Crash]:
        for chosen in _subsets(self.pending):
            names = _named(self.names, chosen)
            folders = {self._folder}
            for path, file in sorted(names.items()):  # a folder before what is in it
                if file not in self.files and path.parent in folders:
                    folders.add(path)
            seen = {p: f for p, f in names.items() if f in self.files and p.parent in folders}
            for contents in self._contents({p: f for p, f in seen.items() if not is_left(p)}):
                files = {path: contents.get(file, b"") for path, file in seen.items()}
                yield Crash(files, frozenset(folders), *(self.mark or Mark(0, 0)))

    def _contents(self, wanted: dict[Path, int]) -> Iterator[dict[int, bytes]]:
        numbers = sorted(set(wanted.values()))
        variants = [list(_variants(self.files[number])) for number in numbers]
        for choice in itertools.product(*variants):
            yield dict(zip(numbers, choice, strict=True))


def is_left(path: Path) -> bool:
    """A temporary file: nobody reads it, so what is in it does not matter."""
    return path.name.startswith(".prodedit-")


def at_the_end(ops: list[Op], folder: Path) -> Files:
    """The files after all of `ops`, without any cut."""
    disk = _Disk(folder)
    for op in ops:
        disk.do(op)
    names = _named(disk.names, disk.pending)
    held = {path: disk.files[file] for path, file in names.items() if file in disk.files}
    return {path: _written(file.durable, file.pending) for path, file in held.items()}


def crashes(ops: list[Op], folder: Path) -> Iterator[Crash]:
    """Each state that the disk may be in if the power goes after any of `ops` from the first mark
    on, once. `folder` was there before."""
    disk, known = _Disk(folder), set()
    for op in ops:
        disk.do(op)
        for crash in disk.states() if disk.mark is not None else ():
            key = _key(crash)
            if key not in known:
                known.add(key)
                yield crash


def build(crash: Crash, folder: Path, place: Path) -> None:
    """Make the state real: what was in `folder` then is in `place` now."""
    for path in sorted(crash.folders):
        (place / path.relative_to(folder)).mkdir(exist_ok=True)
    for path, data in crash.files.items():
        (place / path.relative_to(folder)).write_bytes(data)


def _key(crash: Crash) -> bytes:
    digest = hashlib.sha256(repr((crash.safe, crash.begun, sorted(crash.folders))).encode())
    for path, data in sorted(crash.files.items()):
        digest.update(f"{path}:{len(data)}:".encode() + data)
    return digest.digest()


def _folder_of(name: Name) -> Path:
    path = name.new or name.gone
    assert path is not None
    return path.parent


def _named(names: dict[Path, int], changes: Iterable[Name]) -> dict[Path, int]:
    result = dict(names)
    for change in changes:
        if change.gone is not None:
            result.pop(change.gone, None)
        if change.new is not None:
            result[change.new] = change.file
    return result


def _subsets(pending: list[Name]) -> Iterator[list[Name]]:
    count = len(pending)
    if count <= EXHAUSTIVE:
        for flags in itertools.product((False, True), repeat=count):
            yield [name for name, kept in zip(pending, flags, strict=True) if kept]
        return
    yield from (pending[:end] for end in range(count + 1))
    yield from ([name] for name in pending)
    yield from (pending[:at] + pending[at + 1 :] for at in range(count))


def _variants(file: _File) -> Iterator[bytes]:
    """What the file may hold, each once."""
    known = set()
    for data in _all_variants(file.durable, file.pending):
        if data not in known:
            known.add(data)
            yield data


def _all_variants(durable: bytes, pending: list[Write]) -> Iterator[bytes]:
    for end, last in enumerate(pending):
        before = _written(durable, pending[:end])
        yield before
        if last.offset < 0:
            continue
        cut = len(last.data) // 2 // SECTOR * SECTOR or len(last.data) // 2
        yield _written(before, [last._replace(data=last.data[:cut])])  # in part
        yield _written(before, [last._replace(data=bytes(len(last.data)))])  # as zeros
        yield _written(durable, [last])  # without those before it
        yield _written(durable, pending[:end] + pending[end + 1 :])  # without this one alone
    whole = _written(durable, pending)
    yield whole
    if pending:
        yield durable[: len(whole)].ljust(len(whole), b"\0")  # only the length has come


def _written(data: bytes, writes: Iterable[Write]) -> bytes:
    """The file after these; a gap reads as zeros."""
    result = bytearray(data)
    for write in writes:
        if write.offset < 0:
            result.clear()
            continue
        result.extend(bytes(max(0, write.offset - len(result))))
        result[write.offset : write.offset + len(write.data)] = write.data
    return bytes(result)


Check = Callable[[Crash, Path], bool]


class Outcome(NamedTuple):
    """How many states were tried; the first wrong one, in words, at which it ended."""

    tried: int
    wrong: str = ""


def tried(ops: list[Op], folder: Path, scratch: Path, is_right: Check) -> Outcome:
    """`is_right(crash, place)` for each state, made real in `place`, until it is not."""
    number = 0
    for number, crash in enumerate(crashes(ops, folder), 1):
        place = scratch / f"{number}"
        place.mkdir()
        build(crash, folder, place)
        if not is_right(crash, place):
            held = {str(path): len(data) for path, data in crash.files.items()}
            return Outcome(number, f"{crash.safe} of {crash.begun} safe: {held}")
        shutil.rmtree(place)
    return Outcome(number)
