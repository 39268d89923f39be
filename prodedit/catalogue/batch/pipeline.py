# SPDX-License-Identifier: Apache-2.0
"""The run: pictures are read, worked on and written at the same time, a few at once.

Each of a few threads takes one picture all the way: decoder process, engine process, file. While
one picture is in the engine the next is being read and the last one written, and no more than
`Setting.at_once` are in memory. The functions are those of the window, so the bytes are the same.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from prodedit.catalogue.batch.asking import NO_ENGINE, Asking, Engine
from prodedit.catalogue.batch.mishaps import make_folder, no_memory, unexpected
from prodedit.catalogue.batch.plan import Planned
from prodedit.catalogue.batch.report import Outcome, Report, in_order
from prodedit.core import edits
from prodedit.core.document import PHOTO, Document
from prodedit.core.export_setting import ExportSetting
from prodedit.core.problem import QT_TRANSLATE_NOOP, Cancelled, Problem
from prodedit.engine.replay import Step
from prodedit.engine.replaying import replay
from prodedit.engine.results import Fidelity, PixelsResult, Result
from prodedit.engine.tasks import Task
from prodedit.files.decoder import Decoder
from prodedit.files.metadata import Metadata
from prodedit.files.pictures import open_picture

OnOutcome = Callable[[Outcome], None]
Save = Callable[[Document, Planned, ExportSetting, Metadata | None], None]

_VISIBLE = 128


@dataclass(frozen=True)
class Setting:
    """What is done with each picture: `steps`, with the pixels that they need by their number,
    then a file as `export` says, written by `save`.

    first_cut:  done before them where the picture has no transparency of its own.
    least_ssim: a picture whose product is less like itself after a step is not written.
    """

    steps: tuple[Step, ...]
    export: ExportSetting
    save: Save
    inputs: Mapping[int, edits.Inputs] = field(default_factory=dict)
    at_once: int = 3
    first_cut: tuple[Step, ...] = ()
    least_ssim: float | None = None


class _Made(NamedTuple):
    """score: of the cut-out, if there is one; notes: what a person should know of the photo, and of
    what was made of it; fidelity: of the last new pixels, if there are any."""

    score: float | None
    notes: tuple[str, ...]
    fidelity: Fidelity | None


class Pipeline:
    """One run. `run` blocks; `stop` may be called from any thread."""

    def __init__(self, setting: Setting, decoder: Decoder, engine: Engine) -> None:
        self._setting = setting
        self._decoder = decoder
        self._engine = engine
        self._stopped = threading.Event()
        self._no_engine: Problem | None = None
        self._lock = threading.Lock()
        self._asking = Asking(engine, self._stopped.is_set)

    def stop(self) -> None:
        """Begin no further picture; those under way are let go, but for what is being written.

        Only sets a flag, so that a signal may call it at any moment; `run` does the rest.
        """
        self._stopped.set()

    def run(self, plan: Sequence[Planned], on_outcome: OnOutcome = lambda outcome: None) -> Report:
        """Work through the plan. `on_outcome` is called by one thread at a time.

        Raises Problem where the engine can't be started at all and so no picture was done; where
        it can't be started again later, the pictures that are left fail at once.
        """
        steps = (*self._setting.first_cut, *self._setting.steps)
        self._engine.start(*(step for step in steps if isinstance(step, Task)))
        outcomes: list[tuple[int, Outcome]] = []
        waiting = iter(list(enumerate(plan)))
        work = (waiting, outcomes, on_outcome)
        threads = [
            threading.Thread(target=self._work, args=work, name=f"batch {number}", daemon=True)
            for number in range(min(self._setting.at_once, len(plan)))
        ]
        for thread in threads:
            thread.start()
        self._wait(threads)
        self._asking.close()
        if self._no_engine is not None and not any(outcome.ok for _, outcome in outcomes):
            raise self._no_engine
        return in_order(outcomes, len(plan))

    def _wait(self, threads: Sequence[threading.Thread]) -> None:
        """In short steps: a thread that waits longer hears no signal on Windows, nor of a stop."""
        let_go = False
        while alive := [thread for thread in threads if thread.is_alive()]:
            alive[0].join(0.1)
            if self._stopped.is_set() and not let_go:
                let_go = True
                self._decoder.cancel()
                self._engine.close()

    def _work(
        self,
        waiting: Iterable[tuple[int, Planned]],
        outcomes: list[tuple[int, Outcome]],
        on_outcome: OnOutcome,
    ) -> None:
        step_back()
        while (turn := self._next(waiting)) is not None:
            number, picture = turn
            try:
                outcome = self.one(picture)
            except Cancelled:
                return
            with self._lock:
                outcomes.append((number, outcome))
                on_outcome(outcome)

    def _next(self, waiting: Iterable[tuple[int, Planned]]) -> tuple[int, Planned] | None:
        with self._lock:
            return None if self._stopped.is_set() else next(iter(waiting), None)

    def one(self, picture: Planned) -> Outcome:
        """One picture all the way; whatever goes wrong is its outcome. Raises Cancelled."""
        start = time.monotonic()
        try:
            made = self._made(picture)
        except Problem as problem:
            failure = problem
            if problem.code == NO_ENGINE:
                self._no_engine = problem
        except MemoryError:
            failure = no_memory()
        except Exception as error:  # noqa: BLE001 - one picture must not end a night's run
            failure = unexpected(error)
        else:
            taken = time.monotonic() - start
            return Outcome(
                picture.source,
                picture.output,
                True,
                score=made.score,
                seconds=taken,
                notes=made.notes,
                fidelity=made.fidelity,
            )
        if self._stopped.is_set():
            raise Cancelled
        taken = time.monotonic() - start
        code, message = failure.code, str(failure)
        return Outcome(picture.source, picture.output, False, code, message, seconds=taken)

    def _made(self, picture: Planned) -> _Made:
        if self._no_engine is not None:
            raise self._no_engine
        make_folder(picture.output)
        opened = open_picture(picture.source, self._decoder)
        results: list[PixelsResult] = []
        document = self._replayed(opened.document, results)
        score = checked_score(document)
        fidelity = results[-1].fidelity if results else None
        _refuse_drift(fidelity, self._setting.least_ssim)
        if self._stopped.is_set():
            raise Cancelled
        self._setting.save(document, picture, self._setting.export, opened.metadata)
        remarks = [remark for result in results for remark in result.remarks]
        return _Made(score, tuple(str(note) for note in (*opened.notes, *remarks)), fidelity)

    def _replayed(self, document: Document, results: list[PixelsResult]) -> Document:
        """After all steps; `results` gets the new pixels that came."""

        def ask(task: Task, inputs: Mapping[str, Any]) -> Result:
            result = self._asking.run(task, inputs)
            if isinstance(result, PixelsResult):
                results.append(result)
            return result

        photo = document.find(PHOTO)
        if photo is not None and photo.mask is None:
            document = replay(document, self._setting.first_cut, ask)
        return replay(document, self._setting.steps, ask, self._setting.inputs)


def _refuse_drift(fidelity: Fidelity | None, least: float | None) -> None:
    """Raises Problem where the product is less like itself than was asked for."""
    if fidelity is not None and least is not None and fidelity.ssim < least:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "The product has changed too much: SSIM {ssim}, at least {least} was asked for. "
                "Nothing was written.",
            ),
            code="product-changed",
            ssim=round(fidelity.ssim, 3),
            least=least,
        )


def _nothing_found() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "Nothing would be left of this picture: no product found."),
        code="nothing-found",
    )


def _nothing_shows() -> Problem:
    """Its mask is the file's own, not one that was cut out."""
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "This picture is transparent everywhere: nothing shows."),
        code="nothing-found",
    )


def checked_score(document: Document) -> float | None:
    """The cut-out's score. Raises Problem where nothing is left of the picture."""
    photo = document.find(PHOTO)
    if photo is None or photo.mask is None:
        return None
    if not any((block.pixels >= _VISIBLE).any() for block in photo.mask.alpha.blocks.values()):
        raise _nothing_shows() if photo.mask.score is None else _nothing_found()
    return photo.mask.score


def step_back() -> None:
    """The network goes first: this thread, and the decoder that it starts, get what is left."""
    if sys.platform == "linux":  # elsewhere it would count for the whole process
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 5)
