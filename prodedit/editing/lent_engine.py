# SPDX-License-Identifier: Apache-2.0
"""The window's engine, lent to work on many pictures: behind what the person waits for, and ending
that work ends nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

from prodedit.core.problem import Cancelled
from prodedit.editing.worker import Worker
from prodedit.engine.results import Result
from prodedit.engine.service.client import Ticket
from prodedit.engine.service.jobs import Job, Lane
from prodedit.engine.tasks import Task


class LentEngine:
    """To be used from any thread but the window's."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._lock = threading.Lock()
        self._tickets: set[Ticket] = set()
        self._closed = False

    def start(self, *tasks: Task) -> None:
        """It starts by itself; it gets ready for these."""
        for task in tasks:
            self._worker.warm_up(task)

    def run(
        self,
        task: Task,
        inputs: Mapping[str, Any],
        *,
        lane: Lane = "batch",
        on_progress: Callable[[Job], None] = lambda job: None,
    ) -> Result:
        """Do it, and wait; `on_progress` is called by another thread. Raises Problem, and Cancelled
        once this is closed."""
        del lane  # the person always comes first
        with self._lock:
            if self._closed:
                raise Cancelled
            ticket = self._worker.hand_in(task, inputs, on_progress)
            self._tickets.add(ticket)
        try:
            return ticket.result()
        finally:
            with self._lock:
                self._tickets.discard(ticket)

    def close(self) -> None:
        """Let go of what is under way. May be repeated."""
        with self._lock:
            self._closed = True
            tickets = tuple(self._tickets)
        for ticket in tickets:
            ticket.cancel()
