# SPDX-License-Identifier: Apache-2.0
"""What a task function is handed besides its inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from prodedit.engine.service.device import Device
    from prodedit.engine.service.store import ModelStore


class Context(Protocol):
    """A job's surroundings: where to report, which networks there are, what they run on."""

    @property
    def store(self) -> ModelStore: ...

    @property
    def device(self) -> Device: ...

    def report(self, fraction: float, text: str) -> None:
        """Tell how far the job is (0..1) and what it does. Raises Cancelled when it is to stop."""

    def cancelled(self) -> bool:
        """Whether the job is to stop. Costs nothing and does nothing else: an inner loop may ask,
        where `report` might let another job pass first."""


def quiet(fraction: float, text: str) -> None:
    """A report that nobody reads."""
    del fraction, text


def never() -> bool:
    """For what nobody can cancel."""
    return False
