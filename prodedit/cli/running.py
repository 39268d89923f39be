# SPDX-License-Identifier: Apache-2.0
"""What every command does that works on pictures: it runs the batch, shows how far it is, stops
when it is told to, and says how it went."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Protocol

from prodedit.catalogue.batch.asking import NO_ENGINE, Engine
from prodedit.catalogue.batch.pipeline import Pipeline, Setting
from prodedit.catalogue.batch.plan import Planned
from prodedit.catalogue.batch.report import Outcome, Report
from prodedit.cli.telling import DONE, ENDED, SOME_FAILED, STOPPED, Voice
from prodedit.files.atomic import remove_leftovers
from prodedit.files.decoder import Decoder

ENGINES_FAULT = frozenset({NO_ENGINE, "engine-stopped", "engine-no-memory", "no-memory"})
"""Problems that are none of what was asked."""
_OLD = 600.0
"""Seconds after which a temporary file is surely nobody's any more."""


class Stoppable(Protocol):
    """A run that can be told to begin nothing further."""

    def stop(self) -> None: ...


def run_batch(
    command: str,
    plan: tuple[Planned, ...],
    setting: Callable[[Decoder], Setting],
    new_engine: Callable[[], Engine],
    voice: Voice,
) -> int:
    """Work through the plan and return the exit code; `setting` may have pictures read. Raises
    Problem where it can't even begin."""
    with ExitStack() as stack:
        decoder = stack.enter_context(Decoder(decoders()))
        wanted = setting(decoder)
        engine = new_engine()
        stack.callback(engine.close)
        batch = Pipeline(wanted, decoder, engine)
        clear_leftovers(picture.output for picture in plan)
        with stopped_by_signals(batch) as heard:
            report = _watched(batch, plan, voice)
    _tell(report, voice)
    voice.give({"command": command, **report.to_json()})
    return exit_code(heard, stopped=report.stopped, failed=bool(report.failed))


def clear_leftovers(outputs: Iterable[Path], seconds: float | None = None) -> None:
    """Remove what a run that was killed so many seconds ago has left where these files will be."""
    before = time.time() - (_OLD if seconds is None else seconds)
    for folder in {output.parent for output in outputs}:
        remove_leftovers(folder, before)


def decoders() -> int:
    """How many pictures are read at the same time: the network needs the other processors."""
    return max(1, min(4, (os.cpu_count() or 1) // 4))


def at_once() -> int:
    """How many pictures are under way: one each being read, in the engine, and being written."""
    return max(3, min(8, (os.cpu_count() or 1) // 2))


def _watched(batch: Pipeline, plan: tuple[Planned, ...], voice: Voice) -> Report:
    """The run, with a bar, and each failure told as it comes."""
    with voice.progress(len(plan)) as bar:

        def on_outcome(outcome: Outcome) -> None:
            if not outcome.ok:
                voice.say(f"failed: {outcome.source}: {outcome.message}")
            bar.move(outcome.source.name)

        return batch.run(plan, on_outcome)


def _tell(report: Report, voice: Voice) -> None:
    done = f"{report.done} of {report.planned} pictures done"
    failed = f", {len(report.failed)} failed" if report.failed else ""
    if report.stopped:
        voice.say(f"Stopped: {done}{failed}.")
    elif report.failed:
        voice.say(f"{done}{failed}.")
    else:
        voice.remark(f"{done}.")


def exit_code(heard: list[int], *, stopped: bool, failed: bool) -> int:
    """Of a run that has heard these signals."""
    if stopped:
        return ENDED if signal.SIGTERM in heard else STOPPED
    return SOME_FAILED if failed else DONE


@contextmanager
def stopped_by_signals(batch: Stoppable) -> Iterator[list[int]]:
    """Ctrl+C and a polite kill stop it between pictures; a second one ends the program."""
    heard: list[int] = []
    before = {}

    def hear(number: int, frame: FrameType | None) -> None:
        del frame
        heard.append(number)
        batch.stop()
        signal.signal(number, signal.SIG_DFL)

    if threading.current_thread() is threading.main_thread():
        before = {n: signal.signal(n, hear) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield heard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
