# SPDX-License-Identifier: Apache-2.0
"""A batch beside the window: its threads tell the window's, and its engine is the window's own."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from prodedit.catalogue.batch import table
from prodedit.catalogue.batch.batch import Batch
from prodedit.catalogue.batch.doing import Doing, check_sense
from prodedit.catalogue.batch.inputs import gather
from prodedit.catalogue.batch.ledger import FOLDER, Ledger, Order, Recorded, Resumed, recorded
from prodedit.catalogue.batch.naming import default_pattern, parsed
from prodedit.catalogue.batch.outputs import Existing
from prodedit.catalogue.batch.progress import Progress
from prodedit.catalogue.batch.states import Picture
from prodedit.catalogue.batch.work import Workshop
from prodedit.editing.lent_engine import LentEngine
from prodedit.editing.worker import Worker
from prodedit.files.decoder import Decoder

AT_ONCE = 3
"""Pictures: one is read, one is in the engine, one is written."""


class Wish(NamedTuple):
    """What a person asks for. inputs: files and folders; pattern: "" for the usual names; csv: a
    table of fields for names, or None; resume: go on with what was begun in that folder."""

    inputs: tuple[Path, ...]
    doing: Doing
    target: Path
    pattern: str = ""
    csv: Path | None = None
    existing: Existing = "number"


class Ready(NamedTuple):
    """Nothing has begun, but it could. unused: names in the table that no picture has."""

    ledger: Ledger
    resumed: Resumed
    unused: tuple[str, ...] = ()


def prepared(wish: Wish) -> Ready:
    """Which pictures, and which file each becomes. Takes as long as looking through the folders
    does. Raises Problem with what stands against it; nothing is written then but the target
    folder."""
    check_sense(wish.doing)
    found = gather([str(path) for path in wish.inputs], leave_out=wish.target).pictures
    shop = None if wish.csv is None else table.read_table(wish.csv)
    columns = () if shop is None else shop.columns
    pattern = default_pattern(len(wish.doing.presets))
    if wish.pattern:
        pattern = parsed(wish.pattern, columns)
    rows: tuple[Mapping[str, str] | None, ...] | None = None
    unused: tuple[str, ...] = ()
    if shop is not None:
        if wish.doing.alike is not None and wish.doing.alike.by == "table":
            table.check_column(wish.doing.alike.column, shop)
        matches = table.matched(shop, found)
        table.check_filled(matches, found, sorted(pattern.columns), shop)
        rows, unused = matches.rows, matches.unused
    order = Order(found, wish.doing, wish.target, pattern, wish.existing, rows)
    ledger, resumed = Ledger.opened(order)
    return Ready(ledger, resumed, unused)


def left_in(target: Path) -> Recorded | None:
    """The batch that was begun in a folder and has something left. Raises Problem where its file
    can't be read."""
    was = recorded(target / FOLDER)
    if was is None or all(each.state in ("done", "skipped") for each in was.pictures):
        return None
    return was


def taken_up(was: Recorded) -> Ready:
    """To go on with it. Raises Problem."""
    return Ready(*Ledger.opened(was.order, resume=True))


class BatchRun(QObject):
    """One batch; its signals come in the window's thread. `end` it when that is over."""

    picture_changed = Signal(object)
    """Picture"""
    progressed = Signal(object)
    """Progress"""

    def __init__(
        self,
        ready: Ready,
        worker: Worker,
        able: Collection[str],
        parent: QObject | None = None,
    ) -> None:
        """able: what the engine can be asked to see (see Eyes)."""
        super().__init__(parent)
        self.doing = ready.ledger.order.doing
        self.target = ready.ledger.order.target
        workshop = Workshop(self.doing, Decoder(AT_ONCE - 1), LentEngine(worker), able)
        self._lock = threading.RLock()
        self._is_over = False
        self.batch = Batch(ready.ledger, workshop, self, AT_ONCE)

    def end(self) -> None:
        """Let go of what is under way, and tell nothing more, even where another thread is still
        closing the batch: by then this may have been deleted."""
        self.batch.close()
        with self._lock:
            self._is_over = True
        self.deleteLater()

    # As a Listener, from the batch's threads

    def on_picture(self, picture: Picture) -> None:
        with self._lock:
            if not self._is_over:
                self.picture_changed.emit(picture)

    def on_progress(self, progress: Progress) -> None:
        with self._lock:
            if not self._is_over:
                self.progressed.emit(progress)
