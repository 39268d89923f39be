# SPDX-License-Identifier: Apache-2.0
"""What the jobs of one engine process share: the store of networks and the device; made when first
needed, since both bring large libraries with them."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from prodedit.engine.context import never, quiet
from prodedit.engine.gpu.problems import card_unusable
from prodedit.engine.service import runner
from prodedit.engine.service.programs import EXPECTED_VARIABLE
from prodedit.engine.tasks import Task

if TYPE_CHECKING:
    from prodedit.engine.generators.shelf import Shelf
    from prodedit.engine.service.device import Device
    from prodedit.engine.service.store import ModelStore

Report = Callable[[float, str], None]
Asked = Callable[[], bool]


class Surroundings:
    """The store, the generators and the device of this process: its best one, or the processor."""

    @cached_property
    def device(self) -> Device:
        """Raises Problem in a GPU pack whose torch can't use the card: the program's own
        environment is the better one then."""
        from prodedit.engine.service.device import best_device

        device = best_device()
        if os.environ.get(EXPECTED_VARIABLE, device.kind) != device.kind:
            raise card_unusable(device.reason)
        return device

    @cached_property
    def cpu(self) -> Device:
        from prodedit.engine.service.device import cpu_device

        return cpu_device()

    @cached_property
    def store(self) -> ModelStore:
        from prodedit.engine.service.store import default_store

        return default_store()

    @cached_property
    def generators(self) -> Shelf:
        from prodedit.engine.generators.library import default_library
        from prodedit.engine.generators.shelf import Shelf

        return Shelf(default_library())

    def release(self) -> None:
        """Give back the memory of loaded networks; they are loaded anew when needed."""
        if "store" in vars(self):
            self.store.evict()
        if "generators" in vars(self):
            self.generators.forget()

    def warm(self, task: Task, families: Mapping[type[Task], str | runner.Function]) -> None:
        """Import the task's module, and call its `warm_up(task, context)` where it has one."""
        function = runner.find_function(type(task), families)
        module = importlib.import_module(function.__module__)
        warm_up: Callable[[Any, JobContext], None] | None = getattr(module, "warm_up", None)
        if warm_up is not None:
            warm_up(task, JobContext(self, quiet, never, cpu_only=False))


class JobContext:
    """The Context of one job (see engine/context.py)."""

    def __init__(
        self, surroundings: Surroundings, report: Report, cancelled: Asked, *, cpu_only: bool
    ) -> None:
        self._surroundings = surroundings
        self.cpu_only = cpu_only
        self.report = report
        self.cancelled = cancelled

    @property
    def store(self) -> ModelStore:
        """The networks that there are."""
        return self._surroundings.store

    @property
    def generators(self) -> Shelf:
        """The generators that there are."""
        return self._surroundings.generators

    @property
    def device(self) -> Device:
        """What they run on."""
        return self._surroundings.cpu if self.cpu_only else self._surroundings.device

    def release(self) -> None:
        """Give back the memory of loaded networks."""
        self._surroundings.release()

    def on_cpu(self) -> JobContext:
        """The same job's context, with the processor as its device."""
        return JobContext(self._surroundings, self.report, self.cancelled, cpu_only=True)
