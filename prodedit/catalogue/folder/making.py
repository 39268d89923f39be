# SPDX-License-Identifier: Apache-2.0
"""Thumbnails are made in the background: those that are looked at first, then all others."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from prodedit.catalogue.batch.mishaps import no_memory, unexpected
from prodedit.catalogue.folder.listing import Picture
from prodedit.catalogue.folder.thumbnails import SIDE, Thumbnail, ThumbnailCache, made_of
from prodedit.core.problem import Cancelled, Problem
from prodedit.files.decoder import Decoder

_log = logging.getLogger(__name__)


class Listener(Protocol):
    """Called on a thread of the maker's. `problem`: why there is none."""

    def __call__(self, picture: Picture, made: Thumbnail | Problem) -> None: ...


class ThumbnailMaker:
    """Takes them from the cache, or has `decoder` make them; so many threads as it has processes.

    Threads begin with the first wish. The decoder, and the cache, are closed with it."""

    def __init__(
        self, decoder: Decoder, cache: ThumbnailCache, on_made: Listener, at_once: int = 1
    ) -> None:
        self._decoder, self._cache, self._tell = decoder, cache, on_made
        self._at_once = at_once
        self._near: deque[Picture] = deque()  # looked at now, and not in the cache as it seems
        self._asked: deque[Picture] = deque()  # looked at now
        self._far: deque[Picture] = deque()
        self._under_way: set[Picture] = set()
        self._wanted: frozenset[Picture] = frozenset()
        self._threads: list[threading.Thread] = []
        self._turn = threading.Condition()
        self._closed = False

    @property
    def left(self) -> int:
        """So many of all are not looked for yet."""
        with self._turn:
            return len(self._asked) + len(self._near) + len(self._far) + len(self._under_way)

    def want(self, pictures: Sequence[Picture]) -> None:
        """These are looked at now, the most wanted first; those wanted before are not any more,
        unless they are under way."""
        with self._turn:
            self._near.clear()
            self._wanted = frozenset(pictures)
            self._asked = deque(one for one in pictures if one not in self._under_way)
            self._begin()

    def fill(self, pictures: Iterable[Picture]) -> None:
        """Make these, too, when nothing else is wanted. They are not told of: whoever looks at one
        wants it then."""
        with self._turn:
            self._far = deque(pictures)
            self._begin()

    def close(self) -> None:
        """May be repeated."""
        with self._turn:
            self._closed = True
            for waiting in (self._asked, self._near, self._far):
                waiting.clear()
            self._turn.notify_all()
        self._decoder.close()
        for thread in self._threads:
            thread.join()
        self._cache.close()

    def _begin(self) -> None:
        if not self._threads and not self._closed:
            works: list[Callable[[], None]] = [self._read, *[self._make] * self._at_once]
            self._threads = [
                threading.Thread(target=work, name=f"thumbnails {n}", daemon=True)
                for n, work in enumerate(works)
            ]
            for thread in self._threads:
                thread.start()
        self._turn.notify_all()

    def _read(self) -> None:
        """What is in the cache comes at once, whatever else is being made."""
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._asked or self._closed)
                if self._closed:
                    return
                picture = self._asked.popleft()
                self._under_way.add(picture)
            kept = self._cache.get(picture)
            if kept is not None:
                self._tell(picture, kept)
            with self._turn:
                self._under_way.discard(picture)
                if kept is None and not self._closed:
                    self._near.append(picture)
                    self._turn.notify_all()

    def _make(self) -> None:
        _step_back()
        while (turn := self._next()) is not None:
            picture, is_near = turn
            try:
                self._one(picture, is_near)
            except Cancelled:
                return
            except Exception:  # noqa: BLE001 - told in the log; the next one may do
                _log.exception("a thumbnail could not be made")
            finally:
                with self._turn:
                    self._under_way.discard(picture)

    def _next(self) -> tuple[Picture, bool] | None:
        with self._turn:
            self._turn.wait_for(lambda: self._near or self._far or self._closed)
            if self._closed:
                return None
            is_near = bool(self._near)
            picture = (self._near if is_near else self._far).popleft()
            self._under_way.add(picture)
            return picture, is_near

    def _one(self, picture: Picture, is_near: bool) -> None:
        """Raises Cancelled."""
        if not is_near and self._cache.has(picture):
            return
        made: Thumbnail | Problem
        try:
            made = made_of(self._decoder.thumbnail(picture.path, SIDE))
            self._cache.put(picture, made)
        except Problem as problem:
            made = problem
        except MemoryError:
            made = no_memory()
        except OSError as error:
            made = unexpected(error)
        if is_near or picture in self._wanted or isinstance(made, Problem):
            self._tell(picture, made)


def _step_back() -> None:
    """What the person does goes first: this thread, and the decoder that it starts, get what is
    left."""
    if sys.platform == "linux":  # elsewhere it would count for the whole process
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
