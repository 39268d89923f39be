# SPDX-License-Identifier: Apache-2.0
"""Many pictures are checked beside the window: a thread judges them, the window's engine helps, and
what comes of it comes in the window's thread."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from prodedit.catalogue.batch.inputs import Gathered, gather
from prodedit.catalogue.batch.small import small_jpeg
from prodedit.catalogue.check.fixing import Fixing, Forgiving
from prodedit.catalogue.check.looking import CUTTING, READING, Eyes
from prodedit.catalogue.check.planning import planned
from prodedit.catalogue.check.run import CheckRun, Item, Maker, Row
from prodedit.core.presets import Preset
from prodedit.core.problem import Cancelled
from prodedit.editing.lent_engine import LentEngine
from prodedit.editing.worker import Worker
from prodedit.files.decoder import Decoder

AT_ONCE = 2
"""Pictures: one is in the engine while the other is read and measured."""
SMALL = 160
"""Pixels of the small pictures, in the table and in reports."""
_SECONDS = 5.0


class Ready(NamedTuple):
    """What is to be checked by what: presets by their ids."""

    gathered: Gathered
    presets: Mapping[str, Preset]


def ready(inputs: Iterable[Path], presets: Mapping[str, Preset]) -> Ready:
    """Folders are looked through. Raises Problem where nothing is found."""
    return Ready(gather([str(path) for path in inputs]), presets)


def to_fix(what: Ready, rows: Sequence[Row], folder: Path) -> tuple[Item, ...]:
    """Those that fail and can be helped, with where they go. Raises Problem where a picture would
    be written over."""
    curable = {(row.source, row.preset) for row in rows if can_be_fixed(row)}
    wanted = lambda source, preset: (source, preset) in curable  # noqa: E731
    return planned(what.gathered, folder, what.presets, wanted)


def can_be_fixed(row: Row) -> bool:
    """It fails, and making it anew helps; it was not made yet."""
    return row.output is None and row.verdict is not None and row.verdict.can_be_cured


class FolderCheck(QObject):
    """One folder with all that is found of it; `end` it when it is over."""

    rows_came = Signal(object)
    """A tuple of Rows: all of one picture, again where it was made anew."""
    ended = Signal()
    """Nothing is under way any more, and all rows have come."""
    _done = Signal()
    """The same, out of the thread."""

    def __init__(self, what: Ready, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.what = what
        self._worker = worker
        self._small = tempfile.TemporaryDirectory(
            prefix="prodedit-check-", ignore_cleanup_errors=True
        )
        self._numbers = {one.path: n for n, one in enumerate(what.gathered.pictures)}
        self._lock = threading.RLock()
        self._is_over = False
        self._run: CheckRun | None = None
        self._thread: threading.Thread | None = None
        self._done.connect(self._finish)

    @property
    def is_going(self) -> bool:
        return self._run is not None

    def begin(self) -> None:
        """Look at all of them."""
        self.work(tuple(Item(one.path, {}) for one in self.what.gathered.pictures))

    def work(self, items: Sequence[Item]) -> None:
        """Look at these, and make them anew where they have outputs. Not while it is going."""
        assert not self.is_going
        decoder, engine = Decoder(AT_ONCE), LentEngine(self._worker)
        rules = {rule.rule for preset in self.what.presets.values() for rule in preset.rules}
        eyes = Eyes(decoder, engine, rules, (CUTTING, READING))

        def fix(source: Path) -> Maker:
            return Forgiving(lambda network: Fixing(source, decoder, eyes.run, network=network))

        def let_go() -> None:
            decoder.cancel()
            engine.close()

        run = self._run = CheckRun(eyes, self.what.presets, fix, let_go)
        self._thread = threading.Thread(
            target=self._work, args=(run, items, decoder), name="check", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Begin no further picture, and let those go that are under way. `ended` comes."""
        if self._run is not None:
            self._run.stop()

    def end(self) -> None:
        """Stop, wait a little, and tell nothing more."""
        self.stop()
        with self._lock:
            self._is_over = True
        if self._thread is not None:
            self._thread.join(_SECONDS)
        self._small.cleanup()
        self.deleteLater()

    def small(self, source: Path, key: str) -> Path:
        """Where the small picture of a source ("photo") or of what was made of it (its preset)
        is, once there is one."""
        return Path(self._small.name) / f"{self._numbers.get(source, 0)}-{key}.jpg"

    @Slot()
    def _finish(self) -> None:
        """Comes after the rows, which were told by the same way."""
        if not self._is_over:
            self._run = None
            self.ended.emit()

    # In its thread

    def _work(self, run: CheckRun, items: Sequence[Item], decoder: Decoder) -> None:
        with decoder:
            run.run(items, lambda rows: self._came(run, rows, decoder), AT_ONCE)
        with self._lock:
            if not self._is_over:
                self._done.emit()

    def _came(self, run: CheckRun, rows: Sequence[Row], decoder: Decoder) -> None:
        if not rows:
            return
        if not run.stopped:
            self._make_small(rows, decoder)
        with self._lock:
            if not self._is_over:
                self.rows_came.emit(tuple(rows))

    def _make_small(self, rows: Sequence[Row], decoder: Decoder) -> None:
        wanted = {self.small(row.source, row.preset): row.output for row in rows if row.output}
        first = rows[0]
        photo = self.small(first.source, "photo")
        if first.verdict is not None and not photo.exists():
            wanted[photo] = first.source
        for place, path in wanted.items():
            try:
                place.write_bytes(small_jpeg(decoder, path, SMALL))
            except (OSError, Cancelled):  # the row counts, its picture is only for the eye
                return
