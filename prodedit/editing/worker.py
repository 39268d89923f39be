# SPDX-License-Identifier: Apache-2.0
"""The QThread between the window and the engine process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

from prodedit.core.problem import Problem
from prodedit.editing.errands import unexpected
from prodedit.editing.orders import LandedJob, Order, landing_of
from prodedit.editing.settings import Settings
from prodedit.engine import replay
from prodedit.engine.results import Result
from prodedit.engine.service.client import EngineClient, Ticket
from prodedit.engine.service.jobs import Job, State
from prodedit.engine.tasks import GetModel, Task


def engine_variables(settings: Settings, around: Mapping[str, str]) -> dict[str, str]:
    """What the engine process is to know of the settings; `around`, the person's own environment,
    comes first."""
    wished = {
        "PRODEDIT_DEVICE": "" if settings.device == "auto" else settings.device,
        "PRODEDIT_THREADS": str(settings.threads or ""),
    }
    return {name: text for name, text in wished.items() if text and not around.get(name)}


class _Bench(QObject):
    """Lives in the thread: copies pixels out of tiles and talks to the engine process."""

    moved = Signal(object)
    _ended = Signal(object)

    def __init__(self, client: EngineClient) -> None:
        super().__init__()
        self._client = client
        self._orders: dict[str, Order] = {}
        self._ended.connect(self._land)

    @Slot(object)
    def take(self, order: Order) -> None:
        job = Job(order.job_id, order.task, layer=order.label)
        try:
            inputs = replay.inputs_for(order.task, order.document, order.layer_id, order.inputs)
            self._client.submit(
                order.task,
                inputs,
                job_id=order.job_id,
                layer=order.label,
                lane="batch" if isinstance(order.task, GetModel) else "interactive",
                on_progress=self.moved.emit,
                on_finished=self._ended.emit,
            )
            self._orders[order.job_id] = order
        except Problem as problem:
            self.moved.emit(job.failed(problem))
        except Exception as error:  # noqa: BLE001 - or the job would wait for ever
            self.moved.emit(job.failed(unexpected(error)))

    @Slot(object)
    def _land(self, job: Job) -> None:
        """Make tiles of the result here: the window's thread has better things to do."""
        order = self._orders.pop(job.id, None)
        if job.state is State.DONE and order is not None:
            try:
                if replay.becomes_edit(order.task):
                    job = LandedJob(**vars(job), landing=landing_of(job, order))
            except Exception as error:  # noqa: BLE001 - or the job would wait for ever
                problem = unexpected(error)
                job = replace(job, state=State.FAILED, result=None, problem=problem)
        self.moved.emit(job)

    @Slot(str)
    def drop(self, job_id: str) -> None:
        self._client.cancel(job_id)

    @Slot(object)
    def warm(self, task: Task) -> None:
        self._client.start(task)


class Worker(QObject):
    """Takes orders from sessions and tells, in the window's thread, how their jobs fare."""

    job_moved = Signal(object)
    """A Job in its new state."""
    fell_back = Signal(object)
    """A Problem: the engine's better program failed, the other one goes on."""
    _fell = Signal(object)
    _ordered = Signal(object)
    _dropped = Signal(str)
    _warmed = Signal(object)

    def __init__(
        self,
        client: Callable[[], EngineClient] = EngineClient,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client = client()
        self._client.listen(self._fell.emit)
        self._fell.connect(self._fell_back)
        self._thread = QThread()
        self._thread.setObjectName("engine")
        self._bench = _Bench(self._client)
        self._bench.moveToThread(self._thread)
        self._ordered.connect(self._bench.take)
        self._dropped.connect(self._bench.drop)
        self._warmed.connect(self._bench.warm)
        self._bench.moved.connect(self._moved)
        self._thread.start()

    def submit(self, order: Order) -> None:
        self.job_moved.emit(Job(order.job_id, order.task, layer=order.label))
        self._ordered.emit(order)

    def cancel(self, job_id: str) -> None:
        """The job is cancelled for the window at once, whatever the engine process is doing."""
        self._dropped.emit(job_id)

    def warm_up(self, task: Task) -> None:
        """Load what `task` needs while the person is still looking."""
        self._warmed.emit(task)

    def renew_engine(self) -> None:
        """A GPU pack came or went."""
        self._client.renew()

    def run(self, task: Task, inputs: Mapping[str, Any]) -> Result:
        """Do `task` after what the person waits for, and wait; for threads other than the window's.
        Raises Problem or Cancelled."""
        return self._client.run(task, inputs, lane="batch")

    def hand_in(
        self,
        task: Task,
        inputs: Mapping[str, Any],
        on_progress: Callable[[Job], None] = lambda job: None,
    ) -> Ticket:
        """As `run`, without waiting: the ticket can be waited for or cancelled. `on_progress` is
        called by another thread. Raises Problem."""
        return self._client.submit(task, inputs, lane="batch", on_progress=on_progress)

    def close(self) -> None:
        self._thread.quit()
        self._thread.wait()
        self._client.close()

    @Slot(object)
    def _fell_back(self, problem: Problem) -> None:
        """Of another thread: a slot, so that it is told in this one."""
        self.fell_back.emit(problem)

    @Slot(object)
    def _moved(self, job: Job) -> None:
        self.job_moved.emit(job)
