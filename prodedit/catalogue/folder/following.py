# SPDX-License-Identifier: Apache-2.0
"""Keeps a listing of folders true while they change: files come, go, and get another content.

Looked at again and again, because no system tells of changes on all disks and networks; how often
depends on how long a look takes, so that a slow disk is left alone for most of the time.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from prodedit.catalogue.folder.listing import Listing, listed
from prodedit.core.problem import Cancelled, Problem

_log = logging.getLogger(__name__)
OnListing = Callable[[Listing | Problem], None]
PAUSE = 2.0
"""Seconds between two looks, at least."""
_PATIENCE = 1.0
"""Seconds: a disk that does not answer must not keep the program from ending."""
_SHARE = 20.0
"""So many times as long as a look takes it is waited for the next one."""


class Following:
    """Looks from a thread of its own until it is closed. `on_listing` is called there, the first
    time and whenever something has changed; with a Problem where the folders can't be read."""

    def __init__(
        self, folders: Sequence[Path], on_listing: OnListing, pause: float = PAUSE
    ) -> None:
        self.folders = tuple(folders)
        self._tell = on_listing
        self._pause = pause
        self._wanted = threading.Event()
        self._closed = threading.Event()
        self._resting = False
        self._last: Listing | str | None = None
        self._thread = threading.Thread(target=self._run, name="following a folder", daemon=True)
        self._thread.start()

    def look(self) -> None:
        """Now, not only when it is time."""
        self._wanted.set()

    def rest(self, resting: bool) -> None:
        """Nobody looks at the window: nor is the folder looked at."""
        if self._resting and not resting:
            self._wanted.set()
        self._resting = resting

    def close(self) -> None:
        """Tell nothing any more. May be repeated."""
        self._closed.set()
        self._wanted.set()
        if threading.current_thread() is not self._thread:
            self._thread.join(_PATIENCE)

    def _run(self) -> None:
        while not self._closed.is_set():
            self._wanted.clear()
            start = time.monotonic()
            try:
                self._look()
            except Cancelled:
                return
            except Exception:  # noqa: BLE001 - told in the log; the next one may do
                _log.exception("a folder could not be followed")
            self._wait(max(self._pause, _SHARE * (time.monotonic() - start)))

    def _wait(self, seconds: float) -> None:
        self._wanted.wait(seconds)
        while self._resting and not self._wanted.is_set():
            self._wanted.wait(self._pause)

    def _look(self) -> None:
        found: Listing | Problem
        try:
            found = listed(self.folders, stopped=self._closed.is_set)
        except Problem as problem:
            found = problem
        same = found if isinstance(found, Listing) else str(found)
        if same != self._last and not self._closed.is_set():
            self._last = same
            self._tell(found)
