# SPDX-License-Identifier: Apache-2.0
"""The thread that keeps an engine process at work: sends it jobs, and replaces it when it fails.

All its state is touched by its own thread alone; others put calls into its queue. Jobs wait here,
not in the process, so that a lost process loses only what it was doing.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from prodedit.core.problem import Problem
from prodedit.engine.service import frames, problems
from prodedit.engine.service.child import Child
from prodedit.engine.service.desk import Desk, Patience, Sent
from prodedit.engine.service.jobs import Job, JobQueue, State
from prodedit.engine.service.listeners import Listener, tell
from prodedit.engine.service.programs import Programs
from prodedit.engine.service.transfer import Parcel, result_from
from prodedit.engine.tasks import Task, to_json

log = logging.getLogger(__name__)

LOST_LIMIT = 3
"""A job whose process is lost more often than this is given up; so are all where that many
processes in turn did not get to their hello."""


class Supervisor:
    """See the module's text. The process is started when there is something to do for it."""

    def __init__(self, programs: Programs, patience: Patience) -> None:
        self._programs = programs
        self._patience = patience
        self._calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="engine supervisor", daemon=True)
        self._leaving = False
        self._queue = JobQueue()
        self._desk = Desk()
        self._listeners: dict[str, Listener] = {}
        self._warm: tuple[Task, ...] = ()
        self._child: Child | None = None
        self._ready = False
        self._outdated = False
        self._born = 0.0
        self._failed_starts = 0
        self._cpu = 0.0
        self._worked = 0.0

    # For any thread

    def begin(self) -> None:
        """Start the thread."""
        self._thread.start()

    def call(self, function: Callable[..., None], *arguments: object) -> None:
        """Have a method of this object called on its thread."""
        self._calls.put(partial(function, *arguments))

    def join(self, seconds: float) -> None:
        """Wait for the thread's end."""
        self._thread.join(seconds)

    @property
    def is_current(self) -> bool:
        """Whether the caller is on this thread, as every callback is."""
        return threading.current_thread() is self._thread

    @property
    def process_id(self) -> int | None:
        """The number of the process that has said hello."""
        child = self._child
        return child.pid if child is not None and self._ready else None

    # For this thread, by way of `call`

    def warm(self, tasks: tuple[Task, ...]) -> None:
        """Have a process, and have it ready for these tasks; also each that replaces it."""
        self._warm = tasks
        if self._child is None:
            self._start_child()
        else:
            self._send_warm()

    def renew(self) -> None:
        """Another program may be the best now: the process goes when it has nothing to do."""
        self._programs.renew()
        self._outdated = self._child is not None

    def submit(self, job: Job, listener: Listener) -> None:
        """Queue a job."""
        if job.id in self._listeners:
            error = ValueError(f"there is a job {job.id} already")
            tell(listener.on_finished, job.failed(problems.not_sent(error)))
            return
        self._listeners[job.id] = listener
        self._queue.add(job)

    def cancel(self, job_id: str) -> None:
        """The job is cancelled at once for its listener; the process gets a moment to let go."""
        waiting = self._queue.remove(job_id)
        sent = self._desk.find(job_id)
        if waiting is not None:
            self._tell_end(waiting.cancelled())
        elif sent is not None and sent.cancelled is None:
            sent.cancelled = time.monotonic()
            self._say(frames.Cancel(job_id))
            self._tell_end(sent.job.cancelled())

    def leave(self) -> None:
        """Cancel everything and end: the process by itself, or killed."""
        self._leaving = True
        for job in (*self._queue, *(sent.job for sent in self._desk)):
            self.cancel(job.id)
        child, self._child = self._child, None
        if child is not None:
            child.leave()
            if not child.join(self._patience.cancel):
                child.kill()
                child.join(self._patience.cancel)
        self._desk.clear()

    def hear(self, child: Child, frame: frames.FromEngine) -> None:
        """A frame came from the process. One that makes no sense costs the process its life."""
        if child is not self._child:
            return
        try:
            _HEAR[type(frame)](self, frame)
        except Exception:
            log.exception("the engine process said something odd: %r", frame)
            self._lose(problems.stopped(), self._desk.top)

    def ended(self, child: Child, reason: str) -> None:
        """The process is gone."""
        if child is self._child:
            log.error("the engine process is gone (%s)\n%s", reason, child.last_words())
            died = problems.starved() if child.is_starved else problems.stopped()
            self._lose(died, self._desk.top, of_use=child.is_starved)

    # The loop

    def _serve(self) -> None:
        while not self._leaving:
            try:
                self._next_call()()
                if not self._leaving:
                    self._look_after_child(time.monotonic())
                    self._send_next()
            except Exception:
                # Nobody looks after this thread: it must not die of a fault of its own.
                log.exception("the supervisor of the engine failed")
                self._give_up(problems.stopped())

    def _next_call(self) -> Callable[[], None]:
        idle = self._child is None or (self._ready and not len(self._desk))
        look_again = max(0.01, min(0.25, min(self._patience) / 4))
        try:
            return self._calls.get(timeout=None if idle else look_again)
        except queue.Empty:
            return _nothing

    def _look_after_child(self, now: float) -> None:
        if self._child is None:
            return
        if not self._ready:
            if now - self._born > self._patience.start:
                log.error("the engine process did not say hello")
                self._lose(problems.stopped(), None)
        elif self._desk.ignores_cancel(now, self._patience):
            self._lose(problems.stopped(), self._desk.top)
        elif self._desk.hangs(now, self._worked, self._patience):
            log.error("the engine process hangs\n%s", self._child.last_words())
            self._lose(problems.hung(), self._desk.top)

    def _send_next(self) -> None:
        """Give the process what it can take."""
        if self._outdated and not len(self._desk):
            self._retire()
        if self._child is None and len(self._queue):
            self._start_child()
        if self._ready and not self._outdated:
            job = self._queue.take(self._desk.room)
            if job is not None:
                self._send(job)

    def _send(self, job: Job) -> None:
        """Share the inputs and send the job; where that can't be done the job fails."""
        parcel = Parcel()
        device = self._listeners[job.id].device
        try:
            blocks = parcel.share(job.inputs)
            self._say(frames.Work(job.id, job.lane, to_json(job.task), blocks, device))
        except Exception as error:  # noqa: BLE001 - told to the person
            parcel.free()
            self._tell_end(job.failed(problems.not_sent(error)))
            self.call(_nothing)  # so that the loop looks for the next job
        else:
            self._desk.put(job, parcel, time.monotonic())

    def _tell_end(self, job: Job) -> None:
        listener = self._listeners.pop(job.id, None)
        if listener is not None:
            tell(listener.on_finished, job)

    # What the process says

    def _hello(self, frame: frames.Hello) -> None:
        if frame.protocol != frames.PROTOCOL:
            self._go_without(problems.other_version())
            return
        self._ready = True
        self._failed_starts = 0
        self._send_warm()

    def _pulse(self, frame: frames.Pulse) -> None:
        """It works if it used a tenth of a second since that was last said of it: on a busy
        machine it may have got less than that between two pulses."""
        if frame.cpu - self._cpu > 0.1:
            self._worked = time.monotonic()
            self._cpu = frame.cpu

    def _started(self, frame: frames.Started) -> None:
        sent = self._desk.known(frame.job)
        self._desk.start(sent, time.monotonic())
        if sent.cancelled is None:
            sent.job = sent.job.started(sent.heard)
            tell(self._listeners[frame.job].on_progress, sent.job)

    def _progressed(self, frame: frames.Progressed) -> None:
        sent = self._desk.known(frame.job)
        sent.heard = time.monotonic()
        if sent.cancelled is None:
            sent.job = sent.job.progressed(frame.fraction, frame.text, sent.heard)
            tell(self._listeners[frame.job].on_progress, sent.job)

    def _allocate(self, frame: frames.Allocate) -> None:
        sent = self._desk.known(frame.job)
        block = None
        if sent.cancelled is None:
            block = sent.parcel.allocate(frame.name, frame.shape, frame.dtype)
        self._say(frames.Allocated(frame.job, frame.name, block))

    def _finished(self, frame: frames.Finished) -> None:
        sent = self._desk.known(frame.job)
        result = result_from(frame, sent.parcel)
        self._end(sent, lambda: sent.job.finished(result))

    def _failed(self, frame: frames.Failed) -> None:
        sent = self._desk.known(frame.job)
        problem = problems.from_frame(frame)
        if frame.code == frames.DEVICE_LOST:
            self._lose_device(sent, problem)
        elif frame.code == frames.GPU_UNUSABLE:
            self._lose(problem, sent)
        else:
            self._end(sent, lambda: sent.job.failed(problem))

    def _dropped(self, frame: frames.Dropped) -> None:
        sent = self._desk.known(frame.job)
        if sent.cancelled is None:
            raise frames.ProtocolError(f"job {frame.job} was dropped, but not cancelled")
        self._desk.forget(sent, time.monotonic())

    def _end(self, sent: Sent, last_move: Callable[[], Job]) -> None:
        """The process is done with the job; its listener hears it, unless it was cancelled."""
        job = None if sent.cancelled is not None else last_move()
        self._desk.forget(sent, time.monotonic())
        if job is not None:
            self._tell_end(job)

    # The process

    def _retire(self) -> None:
        """The process ends by itself; one that is to be ready gets a successor."""
        child, self._child = self._child, None
        self._ready = self._outdated = False
        if child is not None:
            child.leave()
        if self._warm:
            self._start_child()

    def _start_child(self) -> None:
        """Start a process; where none can be had all jobs fail."""
        self._ready = self._outdated = False
        self._cpu = 0.0
        self._born = self._worked = time.monotonic()
        try:
            self._child = Child(
                *self._programs.now(),
                lambda child, frame: self.call(self.hear, child, frame),
                lambda child, reason: self.call(self.ended, child, reason),
            )
        except (OSError, ValueError) as error:
            self._go_without(problems.no_start(str(error)))

    def _go_without(self, problem: Problem) -> None:
        """The program is of no use: the next best one, or none."""
        if self._programs.fall_back(problem, problem.details):
            self._drop_child()
            self._start_child()
        else:
            self._give_up(problem)

    def _drop_child(self) -> Child | None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
        return child

    def _say(self, frame: frames.Frame) -> None:
        if self._child is not None:
            self._child.say(frame)

    def _send_warm(self) -> None:
        if self._ready and self._warm:
            self._say(frames.Warm(tuple(to_json(task) for task in self._warm)))

    def _lose(self, problem: Problem, guilty: Sent | None, *, of_use: bool = False) -> None:
        """Replace the process: its `guilty` job fails, the others wait again. Where there is a
        second program and this is not `of_use` any more, that one takes over, and no job fails."""
        child = self._drop_child()
        was_ready, self._ready = self._ready, False
        lost = self._desk.clear()
        if not any(sent.started for sent in lost):
            self._warm = ()  # it may have died of that, and would again
        wanted = [sent for sent in lost if sent.cancelled is None]
        on_purpose = guilty is not None and guilty.cancelled is not None
        words = child.last_words() if child else ""
        if not on_purpose and not of_use and self._programs.fall_back(problem, words):
            guilty, was_ready = None, True
        for sent in wanted:
            self._listeners[sent.job.id].lost += not on_purpose
            self._settle(sent.job, problem, guilty=sent is guilty and sent.started)
        self._replace(words, was_ready)

    def _settle(self, job: Job, problem: Problem, *, guilty: bool) -> None:
        """What becomes of a job whose process is lost."""
        if guilty:
            self._tell_end(job.failed(problem))
        elif self._listeners[job.id].lost > LOST_LIMIT:
            self._tell_end(job.failed(problems.lost_again_and_again()))
        else:
            self._put_back(job)

    def _put_back(self, job: Job) -> None:
        if job.state is State.RUNNING:
            job = job.requeued()
            tell(self._listeners[job.id].on_progress, job)
        self._queue.put_back(job)

    def _replace(self, words: str, was_ready: bool) -> None:
        """A new process if it is needed soon, unless the last ones did not even come to life."""
        self._failed_starts = 0 if was_ready else self._failed_starts + 1
        if self._failed_starts >= LOST_LIMIT:
            self._failed_starts = 0
            self._give_up(problems.no_start(words))
        elif len(self._queue) or self._warm:
            self._start_child()

    def _lose_device(self, sent: Sent, problem: Problem) -> None:
        """The graphics card is lost to this process: a new one, and the job again on the CPU."""
        job, wanted = sent.job, sent.cancelled is None
        self._desk.forget(sent, time.monotonic())
        if wanted and self._listeners[job.id].device == "cpu":
            self._tell_end(job.failed(problem))
        elif wanted:
            self._listeners[job.id].device = "cpu"
            self._put_back(job)
        self._lose(problem, None, of_use=True)

    def _give_up(self, problem: Problem) -> None:
        """No process can be had: whatever waits or runs fails. The next job tries again."""
        self._drop_child()
        self._ready = False
        lost = [sent.job for sent in self._desk.clear() if sent.cancelled is None]
        waiting = [job for job in self._queue if self._queue.remove(job.id)]
        for job in (*lost, *waiting):
            self._tell_end(job.failed(problem))


def _nothing() -> None:
    """Nothing to do but what the loop does anyway."""


_HEAR: dict[type[frames.Frame], Callable[[Supervisor, Any], None]] = {
    frames.Hello: Supervisor._hello,
    frames.Pulse: Supervisor._pulse,
    frames.Started: Supervisor._started,
    frames.Progressed: Supervisor._progressed,
    frames.Allocate: Supervisor._allocate,
    frames.Finished: Supervisor._finished,
    frames.Failed: Supervisor._failed,
    frames.Dropped: Supervisor._dropped,
}
