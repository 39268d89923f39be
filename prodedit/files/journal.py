# SPDX-License-Identifier: Apache-2.0
"""The recovery journal: every step and every new block of pixels, on the disk within a second.

The window's thread only hands over a reference to the immutable Document; a thread of the journal's
own writes what the disk doesn't have yet. Each block is written once, however many versions share
it. One folder a document: recovery/<id>/{lock, manifest.json, journal-<n>.bin}. The folder comes
with the first step and goes when the document is saved or closed.
"""

from __future__ import annotations

import json
import os
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from prodedit.core.document import Document
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.serial import describe
from prodedit.core.tiles import Block, Pixels, Place, Tiles
from prodedit.files.atomic import write_atomic
from prodedit.files.file_lock import FileLock
from prodedit.files.journal_format import block_record, step_record, tiles_record
from prodedit.files.operating_system import OperatingSystem

LOCK = "lock"
MANIFEST = "manifest.json"
GROWTH = 3
"""Compacted once it is so many times what the document needs ..."""
SLACK = 64 << 20
"""... and this many bytes more."""
RETRY_SECONDS = 5.0


class Entry(NamedTuple):
    """A step as it was handed over."""

    document: Document
    text: str
    step: Any
    time: float
    kept: Callable[[], object] | None = None


class JournalWriter:
    """Keeps one document's steps. All methods return at once but `flush` and `close`.

    folder: where all journals lie. name, path: of the document, for the recovery dialog. source:
    the file it came from, which tells where to save it.
    on_problem: told once, from the journal's thread, when steps can't be kept (disk full); it goes
    on trying.
    """

    def __init__(
        self,
        folder: Path,
        *,
        name: str = "",
        path: Path | None = None,
        source: Path | None = None,
        on_problem: Callable[[Problem], None] | None = None,
        system: OperatingSystem | None = None,
        slack: int = SLACK,
    ) -> None:
        self._book = _Book(folder / uuid.uuid4().hex, system or OperatingSystem(), slack)
        self._about: dict[str, Any] = {"version": 1, "name": name}
        self._about |= {"path": _text(path), "source": _text(source)}
        self._on_problem = on_problem
        self._turn = threading.Condition()
        self._pending: list[Entry] = []
        self._last: Entry | None = None
        self._owed: list[Callable[[], object]] = []
        self._is_busy = self._is_closing = self._has_failed = False
        self._forget = self._is_told_anew = False
        self._thread: threading.Thread | None = None

    @property
    def folder(self) -> Path:
        return self._book.folder

    def record(
        self,
        document: Document,
        text: str,
        step: Any = None,
        kept: Callable[[], object] | None = None,
    ) -> None:
        """Keep `document` as it is after the step `text`; `step`: its JSON, for the history.

        `kept` is called, from the journal's thread, once it is on the disk: an older journal of
        the same work may go then.
        """
        entry = Entry(document, text, step, time.time(), kept)
        with self._turn:
            self._pending.append(entry)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
                self._thread.start()
            self._turn.notify_all()

    def tried(self, times: int) -> None:
        """What is kept from now on was brought back, for the so-manieth time; 0: that has gone
        well."""
        with self._turn:
            self._about["tries"] = times
            self._is_told_anew = True
            self._turn.notify_all()

    def saved(self, name: str, path: Path) -> None:
        """The document is on the disk: what was kept is not needed any more."""
        with self._turn:
            self._about |= {"name": name, "path": str(path)}
            self._pending.clear()
            self._forget = True
            self._turn.notify_all()

    def flush(self, seconds: float = 10.0) -> bool:
        """Wait until all is on the disk; whether it is."""
        with self._turn:
            idle = self._turn.wait_for(
                lambda: not (self._pending or self._is_busy or self._forget or self._is_told_anew),
                seconds,
            )
            return idle and not self._has_failed

    def close(self, *, keep: bool = False) -> None:
        """The person closed the document: nothing is left behind, unless it is to be kept."""
        with self._turn:
            self._is_closing = True
            if not keep:
                self._pending.clear()
                self._book.is_unwanted = True
            self._turn.notify_all()
        if self._thread is not None:
            self._thread.join()
        self._book.close(keep)

    def _run(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(self._has_work, RETRY_SECONDS if self._has_failed else None)
                entries, self._pending = self._pending, []
                forget, self._forget = self._forget, False
                told_anew, self._is_told_anew = self._is_told_anew, False
                self._is_busy = True
                if self._is_closing and not (entries or forget):
                    self._is_busy = False
                    return
            self._write(entries, forget)
            if told_anew and not entries:
                _quietly(lambda: self._book.tell_anew(self._about))
            with self._turn:
                self._is_busy = False
                self._turn.notify_all()

    def _has_work(self) -> bool:
        told_anew = self._is_told_anew
        return bool(self._pending or self._forget or told_anew or self._is_closing)

    def _write(self, entries: list[Entry], forget: bool) -> None:
        self._owed += [entry.kept for entry in entries if entry.kept is not None]
        try:
            if forget:
                self._last = None
                self._book.empty()
            if not entries and self._has_failed and self._last is not None:
                entries = [self._last]
            if entries:
                self._last = entries[-1]
                self._book.append(entries, self._about)
                self._tell_kept()
            self._has_failed = False
        except Exception as error:  # noqa: BLE001 - the thread lives on: the next step may succeed
            self._book.mark_broken()
            self._tell(error)

    def _tell_kept(self) -> None:
        owed, self._owed = self._owed, []
        for kept in owed:
            kept()

    def _tell(self, error: Exception) -> None:
        told, self._has_failed = self._has_failed, True
        if told or self._book.is_unwanted or self._on_problem is None:
            return
        self._on_problem(
            Problem(
                QT_TRANSLATE_NOOP(
                    "Problem",
                    "Your steps can't be kept against a crash: {why}. Save the document soon.",
                ),
                code="journal-failed",
                details=f"{type(error).__name__}: {error}",
                why=getattr(error, "strerror", None) or str(error),
            )
        )


class _Book:
    """The files of one journal; only the journal's thread touches it."""

    def __init__(self, folder: Path, system: OperatingSystem, slack: int) -> None:
        self.folder = folder
        self._system = system
        self._slack = slack
        self._lock: FileLock | None = None
        self._descriptor: int | None = None
        self._number = 0
        self.is_unwanted = False
        self._forget_pixels()

    def append(self, entries: list[Entry], about: dict[str, Any]) -> None:
        """Raises OSError; then `mark_broken`."""
        if self._lock is None:
            self._open_folder()
        if self._descriptor is None or self._is_overgrown(entries[-1].document):
            self._begin(entries, about)
        else:
            self._write_entries(entries)
        assert self._descriptor is not None
        self._system.fsync(self._descriptor)

    def tell_anew(self, about: dict[str, Any]) -> None:
        """In the manifest, where there is one."""
        if self._descriptor is not None:
            self._write_manifest(about)

    def mark_broken(self) -> None:
        """The last file may end in half a record: the next step begins a new one."""
        if self._descriptor is not None:
            _quietly(lambda descriptor=self._descriptor: self._system.close(descriptor))  # type: ignore[misc]
            self._descriptor = None

    def empty(self) -> None:
        """Remove what is kept; the folder stays ours."""
        self.mark_broken()
        for path in self.folder.glob("journal-*.bin"):
            self._system.unlink(path)

    def close(self, keep: bool) -> None:
        self.mark_broken()
        if self._lock is None:
            return
        if not keep:
            for path in (*self.folder.glob("journal-*.bin"), self.folder / MANIFEST):
                _quietly(lambda path=path: self._system.unlink(path))  # type: ignore[misc]
        self._lock.release()
        self._lock = None
        if not keep:
            _quietly((self.folder / LOCK).unlink)
            _quietly(self.folder.rmdir)

    def _open_folder(self) -> None:
        _make_folder(self.folder, self._system)
        lock = FileLock.try_lock(self.folder / LOCK)
        for _ in range(20):  # another ProdEdit may be looking whether we live
            if lock is not None:
                break
            time.sleep(0.05)
            lock = FileLock.try_lock(self.folder / LOCK)
        if lock is None:
            raise OSError("the journal's folder is in use")
        self._lock = lock

    def _write_manifest(self, about: dict[str, Any]) -> None:
        data = about | {"pid": os.getpid(), "time": time.time()}
        write_atomic(self.folder / MANIFEST, json.dumps(data).encode(), system=self._system)

    def _begin(self, entries: list[Entry], about: dict[str, Any]) -> None:
        """A new file with all that the document needs; then the old ones may go."""
        self.mark_broken()
        self._number += 1
        self._forget_pixels()
        self._write_manifest(about)
        path = self.folder / f"journal-{self._number:06}.bin"
        self._descriptor = self._system.create(path, 0o600)
        try:
            self._write_entries(entries)
            self._system.fsync(self._descriptor)
        except BaseException:
            # Half of it helps nobody, and would keep a full disk full when the person saves.
            self.mark_broken()
            _quietly(lambda: self._system.unlink(path))
            raise
        self._system.fsync_folder(self.folder)
        for old in self.folder.glob("journal-*.bin"):
            if old != path:
                self._system.unlink(old)

    def _forget_pixels(self) -> None:
        self._blocks: WeakKeyDictionary[Block, int] = WeakKeyDictionary()
        self._tiles: WeakKeyDictionary[Tiles, int] = WeakKeyDictionary()
        self._sizes: WeakKeyDictionary[Block, int] = WeakKeyDictionary()
        self._next = 1
        self._length = 0

    def _is_overgrown(self, document: Document) -> bool:
        if self._length < self._slack:
            return False
        needed = sum(self._sizes.get(block, 0) for block in set(document.blocks()))
        return self._length > GROWTH * needed + self._slack

    def _write_entries(self, entries: list[Entry]) -> None:
        """Steps that came together need only the last one's pixels."""
        *skipped, last = entries
        for entry in skipped:
            self._write(step_record(entry.text, entry.time, entry.step, None))
        document = describe(last.document, self._key)
        self._write(step_record(last.text, last.time, last.step, document))

    def _key(self, tiles: Tiles) -> str:
        """The id of the pixels, once they are written."""
        number = self._tiles.get(tiles)
        if number is None:
            blocks: dict[Place, int] = {}
            for place, block in tiles.blocks.items():
                blocks[place] = self._block(block)
            self._tiles[tiles] = number = self._new_number()
            self._write(tiles_record(number, tiles, blocks))
        return str(number)

    def _block(self, block: Block) -> int:
        number = self._blocks.get(block)
        if number is None:
            number = self._new_number()
            data = block_record(number, _pixels(block))
            self._write(data)
            self._blocks[block] = number
            self._sizes[block] = len(data)
        return number

    def _new_number(self) -> int:
        self._next += 1
        return self._next

    def _write(self, data: bytes) -> None:
        assert self._descriptor is not None
        if self.is_unwanted:  # closing need not wait for a hundred megabytes
            raise InterruptedError("the document was closed")
        rest = memoryview(data)
        while rest:
            rest = rest[self._system.write(self._descriptor, rest) :]
        self._length += len(data)


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _make_folder(folder: Path, system: OperatingSystem) -> None:
    """With those above it, and their names on the disk: what is synced in a folder is lost where
    the folder's own name was not."""
    if folder.is_dir():
        return
    _make_folder(folder.parent, system)
    with suppress(FileExistsError):
        system.make_folder(folder)
    system.fsync_folder(folder.parent)


def _pixels(block: Block) -> Pixels:
    """The bytes, though the window's thread may put them away or take them back meanwhile."""
    for _ in range(100):
        try:
            pixels: Pixels | None = block.pixels
        except (AssertionError, TypeError):
            pixels = None
        if pixels is not None:
            return pixels
    return block.pixels


def _quietly(call: Callable[[], object]) -> None:
    """For tidying up: what is left behind is found at the next start."""
    try:
        call()
    except OSError:
        return
