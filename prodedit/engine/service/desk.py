# SPDX-License-Identifier: Apache-2.0
"""The jobs that an engine process has on its desk, and how long it may be silent about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from prodedit.engine.service.frames import ProtocolError
from prodedit.engine.service.jobs import LANES, Job, Lane
from prodedit.engine.service.transfer import Parcel


class Patience(NamedTuple):
    """How many seconds to wait before a process is taken for hung, and killed.

    start:  from its start until it says hello.
    silent: without a report of progress, while it uses no processor time either.
    busy:   without a report of progress, while it computes.
    cancel: from a cancelled job until it lets go of it.
    """

    start: float = 120.0
    silent: float = 30.0
    busy: float = 120.0
    cancel: float = 1.0


PATIENCE = Patience()


@dataclass(eq=False)
class Sent:
    """A job that the process has; times are of the monotonic clock."""

    job: Job
    parcel: Parcel
    heard: float
    started: bool = False
    cancelled: float | None = None


class Desk:
    """At most two jobs: one, and an interactive one that passes it if it is a batch job."""

    def __init__(self) -> None:
        self._sent: list[Sent] = []
        self._top_since = 0.0

    def __iter__(self) -> Iterator[Sent]:
        return iter(tuple(self._sent))

    def __len__(self) -> int:
        return len(self._sent)

    @property
    def room(self) -> tuple[Lane, ...]:
        """The lanes of which one more job may be sent."""
        if not self._sent:
            return LANES
        alone = len(self._sent) == 1 and self._sent[0].job.lane == "batch"
        return ("interactive",) if alone else ()

    @property
    def top(self) -> Sent | None:
        """The job that the process works on: of two that are started, the one that passed."""
        candidates = [sent for sent in self._sent if sent.started] or self._sent
        return candidates[-1] if candidates else None

    def put(self, job: Job, parcel: Parcel, now: float) -> None:
        """The job was sent."""
        if not self._sent:
            self._top_since = now
        self._sent.append(Sent(job, parcel, heard=now))

    def find(self, job_id: str) -> Sent | None:
        """The job of that id; None where the process does not have it."""
        return next((sent for sent in self._sent if sent.job.id == job_id), None)

    def known(self, job_id: str) -> Sent:
        """The same, for a process that says something of it. Raises ProtocolError."""
        sent = self.find(job_id)
        if sent is None:
            raise ProtocolError(f"there is no job {job_id!r}")
        return sent

    def start(self, sent: Sent, now: float) -> None:
        """Its turn has come: from now on it is the top one."""
        sent.started = True
        sent.heard = self._top_since = now
        self._sent.remove(sent)
        self._sent.append(sent)

    def forget(self, sent: Sent, now: float) -> None:
        """The job is over; the one below, if there is one, goes on."""
        self._sent.remove(sent)
        sent.parcel.free()
        self._top_since = now
        for below in self._sent:
            below.heard = now

    def clear(self) -> list[Sent]:
        """Forget all, as with a lost process; the last put first."""
        lost, self._sent = self._sent, []
        for sent in lost:
            sent.parcel.free()
        return lost[::-1]

    def ignores_cancel(self, now: float, patience: Patience) -> bool:
        """Whether the process works on a cancelled job for too long."""
        top = self.top
        if top is None or top.cancelled is None:
            return False
        return now - max(top.cancelled, self._top_since) > patience.cancel

    def hangs(self, now: float, worked: float, patience: Patience) -> bool:
        """Whether it was silent for too long; `worked`: when it last used processor time."""
        top = self.top
        if top is None:
            return False
        unheard = now - top.heard
        asleep = min(unheard, now - worked)
        return asleep > patience.silent or unheard > patience.busy
