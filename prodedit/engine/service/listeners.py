# SPDX-License-Identifier: Apache-2.0
"""Who wants to know how a job fares."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from prodedit.engine.service.jobs import Job

log = logging.getLogger(__name__)

Notify = Callable[[Job], None]


@dataclass(eq=False)
class Listener:
    """Who wants to know about a job; on which device it may run; how often its process was lost."""

    on_progress: Notify
    on_finished: Notify
    device: str = "auto"
    lost: int = 0


def tell(notify: Notify, job: Job) -> None:
    """A listener's own faults are its own."""
    try:
        notify(job)
    except Exception:
        log.exception("a listener failed on job %s", job.id)
