# SPDX-License-Identifier: Apache-2.0
"""The wish that work should end before it is done, carried to the thread that does it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prodedit.core.problem import Cancelled


class Stop:
    """Handed to the work by whoever may want it to end; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_wanted = False
        self._calls: list[Callable[[], object]] = []

    @property
    def is_wanted(self) -> bool:
        return self._is_wanted

    def want(self) -> None:
        """Let the work raise Cancelled at its next look. May be repeated."""
        with self._lock:
            self._is_wanted = True
            for call in self._calls:
                call()

    def check(self) -> None:
        """For the work, between its pieces. Raises Cancelled."""
        if self._is_wanted:
            raise Cancelled

    @contextmanager
    def calling(self, call: Callable[[], object]) -> Iterator[None]:
        """For work that waits for something else: `call`, which must be quick, ends that at once.

        Raises Cancelled at the end, whatever the work itself made of being ended."""
        with self._lock:
            self.check()
            self._calls.append(call)
        try:
            yield
        except Exception:
            self.check()
            raise
        finally:
            with self._lock:
                self._calls.remove(call)
        self.check()
