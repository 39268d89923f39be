# SPDX-License-Identifier: Apache-2.0
"""`prodedit batch` at work: the batch is run, watched, stopped by signals, and told of."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from prodedit.catalogue.batch.alike import Alike, group_of
from prodedit.catalogue.batch.asking import NO_ENGINE, Engine
from prodedit.catalogue.batch.batch import Batch
from prodedit.catalogue.batch.doing import Doing
from prodedit.catalogue.batch.ledger import Ledger, Order
from prodedit.catalogue.batch.reports import Report
from prodedit.catalogue.batch.standing import source_of
from prodedit.catalogue.batch.table_rows import TableRows
from prodedit.catalogue.batch.watching import Seen, Stillness, Watching, stand_of
from prodedit.catalogue.batch.work import Doer, Workshop
from prodedit.cli.batch_order import Wanted
from prodedit.cli.batch_telling import (
    Screen,
    tell_begun,
    tell_end,
    tell_resumed,
    write_reports,
)
from prodedit.cli.check import able
from prodedit.cli.running import at_once, clear_leftovers, decoders, exit_code, stopped_by_signals
from prodedit.cli.telling import DONE, SOME_FAILED, Voice
from prodedit.core.problem import Problem
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.store import default_store
from prodedit.files.decoder import Decoder

_DEAD = 60.0
"""Seconds after which what a killed part of the same batch has left is nobody's: it had the folder
to itself."""
_LOOK = 1.0
"""Seconds between looks at folders that are watched."""


class _Hands(NamedTuple):
    """Who does the work, and how many pictures they take at once."""

    doer: Doer
    at_once: int


def run(wanted: Wanted, order: Order, new_engine: Callable[[], Engine], voice: Voice) -> int:
    """Do an order, and return the exit code. Raises Problem where it can't even begin."""
    with ExitStack() as stack:
        hands = _hands(wanted, order, new_engine)
        stack.callback(hands.doer.close)
        folder = None
        if order.file is not None:  # there is no folder that it could be gone on with in
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="prodedit-")))
        if not wanted.resume and order.file is None:
            tell_begun(order.target, voice)
        ledger, resumed = Ledger.opened(order, resume=wanted.resume, folder=folder)
        stack.callback(ledger.close)
        tell_resumed(resumed, voice)
        outputs = [Path(path) for each in ledger.pictures for path in each.outputs.values()]
        clear_leftovers(outputs, _DEAD if wanted.resume else None)
        screen = Screen.on(voice, len(ledger.pictures) - resumed.done, watching=wanted.watch)
        listener = stack.enter_context(screen)
        batch = Batch(ledger, hands.doer, listener, hands.at_once, grows=wanted.watch)
        with stopped_by_signals(batch) as heard:
            _run(batch, wanted, order, voice)
        report = Report(batch.pictures, order.doing.presets, batch.small)
        return _ended(batch, wanted, report, heard, voice)


def _hands(wanted: Wanted, order: Order, new_engine: Callable[[], Engine]) -> _Hands:
    """This computer, or a cluster. Raises Problem where that can't be had."""
    here = workshop_for(order.doing, new_engine)
    if wanted.cluster is None:
        return _Hands(here, at_once())
    from prodedit.catalogue.batch.cluster import Cluster  # an extra

    there = Cluster(wanted.cluster, order.doing, order.target, workshop_for, here)
    return _Hands(there, there.at_once)


def workshop_for(doing: Doing, new_engine: Callable[[], Engine] = EngineClient) -> Workshop:
    """With the decoder, the engine and the models of the computer that this is called on."""
    return Workshop(doing, Decoder(decoders()), new_engine(), able(default_store()))


def _run(batch: Batch, wanted: Wanted, order: Order, voice: Voice) -> None:
    """To its end. In short steps: a thread that waits longer hears no signal on Windows."""
    try:
        batch.start()
        if wanted.watch:
            _watch(batch, wanted, order, voice)
        while not batch.wait(0.1):
            pass
    finally:
        batch.close()


def _watch(batch: Batch, wanted: Wanted, order: Order, voice: Voice) -> None:
    """Until somebody stops it, or nothing can be done any more."""
    paths = [Path(each.source) for each in batch.pictures]
    known = {path: stand for path in paths if (stand := stand_of(path)) is not None}
    watching = Watching(wanted.inputs, order.target, known)
    rows = None if wanted.csv is None else TableRows(Path(wanted.csv), order.pattern)
    stillness = Stillness(wanted.group_wait)
    stillness.stir({each.group for each in batch.pictures})
    told: set[str] = set()
    voice.remark(_watches(wanted))
    while batch.progress.phase not in ("stopped", "halted"):
        seen = watching.look()
        for text in _take_up(batch, seen, watching, rows):
            if text not in told:  # a picture may wait for its line for hours
                voice.say(f"prodedit: {text}")
                told.add(text)
        stillness.stir(_stirred(batch, seen, order.doing.alike, rows))
        if still := stillness.still():
            batch.complete(still)
        end = time.monotonic() + _LOOK
        while time.monotonic() < end and batch.progress.phase != "stopped":
            time.sleep(0.05)


def _watches(wanted: Wanted) -> str:
    if wanted.group is None:
        return "Watching. Ctrl+C ends it."
    return (
        f"Watching. A group is measured when nothing has come to it for {wanted.group_wait:g} "
        "seconds; what comes later is made like it. Ctrl+C ends it."
    )


def _stirred(batch: Batch, seen: Seen, alike: Alike | None, rows: TableRows | None) -> set[str]:
    """The groups of what has come, and of what is on its way, where that can be told."""
    if alike is None:
        return set()
    numbers = {each.source: each.group for each in batch.pictures}
    new = {numbers.get(source_of(each.path), "") for each in (*seen.new, *seen.changed)}
    coming = set[str]()
    for found in seen.coming:
        with contextlib.suppress(Problem):  # its line is not there yet, either
            coming.add(group_of(alike, found, None if rows is None else rows.row(found)))
    return new | coming


def _take_up(batch: Batch, seen: Seen, watching: Watching, rows: TableRows | None) -> list[str]:
    """New pictures, and those whose photo is another now; why others can't be taken."""
    problems = list[str]()
    numbers = {each.source: each.number for each in batch.pictures}
    for found in (*seen.new, *seen.changed):
        number = numbers.get(source_of(found.path))
        try:
            if number is None:
                batch.add(found, None if rows is None else rows.row(found))
            else:
                batch.do_again(number)
        except Problem as problem:
            watching.forget(found)
            problems.append(str(problem))
    return problems


def _ended(batch: Batch, wanted: Wanted, report: Report, heard: list[int], voice: Voice) -> int:
    """Reports are written, the sum is told. Raises Problem where no engine could be had at all."""
    problem, counts = batch.progress.problem, report.counts
    if problem is not None and problem.code == NO_ENGINE and not counts["done"]:
        raise problem
    stopped = bool(counts["not_started"]) and bool(heard)
    tell_end(report, problem, voice, stopped=stopped)
    written = write_reports(report, wanted.reports, voice)
    voice.give({"command": "batch", **report.to_json()})
    failed = counts["failed"] + counts["rejected"] > 0 or problem is not None or not written
    if wanted.watch:  # being stopped is how that ends
        return SOME_FAILED if failed else DONE
    return exit_code(heard, stopped=stopped, failed=failed)
