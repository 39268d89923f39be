# SPDX-License-Identifier: Apache-2.0
"""`prodedit cutout`: one picture or ten thousand, cut out as the window does it."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from prodedit.catalogue.batch.inputs import gather
from prodedit.catalogue.batch.pipeline import NO_ENGINE, Batch, Setting
from prodedit.catalogue.batch.plan import Planned, plan_file, plan_folder
from prodedit.catalogue.batch.report import Outcome, Report
from prodedit.cli import choices
from prodedit.cli.telling import DONE, ENDED, SOME_FAILED, STOPPED, USAGE, Voice
from prodedit.core.export_setting import SUFFIXES, ExportSetting, Format
from prodedit.core.problem import Problem
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.store import default_store
from prodedit.engine.tasks import RemoveBackground
from prodedit.files.atomic import remove_leftovers
from prodedit.files.decoder import Decoder

_OLD = 600.0
"""Seconds after which a temporary file is surely nobody's any more."""


@dataclass(frozen=True)
class Order:
    """What was asked for, as it was said."""

    inputs: tuple[str, ...]
    output: str
    model: str
    background: str | None
    mask: bool
    refine: bool
    format: Format | None
    quality: int | None


def command(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="IN...", help="Pictures, folders with all in them, or patterns."),
    ],
    output: Annotated[
        str,
        typer.Option(
            "-o",
            "--output",
            metavar="OUT",
            help="A file for one picture, else a folder, in which the tree of the input folder is "
            "built anew (each under its name, where several folders are given). Two pictures that "
            "would meet keep their old endings: a-jpg.png, a-webp.png.",
        ),
    ],
    model: Annotated[
        str, typer.Option(help="auto (the best there is), u2net (fast), isnet, or an own one.")
    ] = choices.AUTO,
    background: Annotated[
        str | None,
        typer.Option(
            metavar="transparent|#RRGGBB|FILE",
            help="What is behind the product; default transparent, white for JPEG.",
        ),
    ] = None,
    mask: Annotated[
        bool, typer.Option("--mask", help="Write the mask instead, as a grey PNG.")
    ] = False,
    no_refine: Annotated[
        bool, typer.Option("--no-refine", help="Leave the edge as the network draws it: faster.")
    ] = False,
    format: Annotated[  # noqa: A002 - the option's name
        Format | None, typer.Option(help="Default: by OUT's ending, else png.")
    ] = None,
    quality: Annotated[
        int | None, typer.Option(min=1, max=100, help="Of JPEG, WebP and AVIF; default 92.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the results on stdout, for programs.")
    ] = False,
) -> None:
    """Cut products out of their background.

    Inputs are never changed; outputs are written whole or not at all. Exit code 0: all done; 1:
    some failed, each is named with its reason; 2: wrong usage; 130: stopped by Ctrl+C.
    """
    refine = not no_refine
    order = Order(tuple(inputs), output, model, background, mask, refine, format, quality)
    voice = Voice(as_json=as_json)
    try:
        raise typer.Exit(cut_out(order, voice))
    except Problem as problem:
        code = SOME_FAILED if problem.code == NO_ENGINE else USAGE
        raise voice.refuse(problem, code) from None


def cut_out(order: Order, voice: Voice) -> int:
    """Do it, and return the exit code. Raises Problem where it can't even begin."""
    plan, export = planned(order)
    choices.check_model(order.model, default_store())
    with ExitStack() as stack:
        decoder = stack.enter_context(Decoder(decoders()))
        setting = _setting(order, export, decoder)
        engine = stack.enter_context(new_engine())
        batch = Batch(setting, decoder, engine)
        for folder in {picture.output.parent for picture in plan}:
            remove_leftovers(folder, time.time() - _OLD)
        with _stopped_by_signals(batch) as heard:
            report = _watched(batch, plan, voice)
    _tell(report, voice)
    voice.give({"command": "cutout", **report.to_json()})
    return _exit_code(report, heard)


def planned(order: Order) -> tuple[tuple[Planned, ...], ExportSetting]:
    """Which pictures go where, and how they are written. Raises Problem."""
    gathered = gather(order.inputs, leave_out=Path(order.output))
    one = len(gathered.pictures) == 1 and not gathered.folders
    wanted = "png" if order.mask else order.format
    target = choices.target(order.output, wanted, one=one)
    export = choices.setting(target.format, order.quality, order.background)
    if target.is_file:
        return plan_file(gathered, target.path), export
    return plan_folder(gathered, target.path, SUFFIXES[target.format]), export


def new_engine() -> EngineClient:
    """This installation's engine."""
    return EngineClient()


def decoders() -> int:
    """How many pictures are read at the same time: the network needs the other processors."""
    return max(1, min(4, (os.cpu_count() or 1) // 4))


def at_once() -> int:
    """How many pictures are under way: one each being read, in the engine, and being written."""
    return max(3, min(8, (os.cpu_count() or 1) // 2))


def _setting(order: Order, export: ExportSetting, decoder: Decoder) -> Setting:
    # Only here: it brings Qt, which a wrong call need not wait for.
    from prodedit.catalogue.batch.saving import save_mask, save_picture

    remove = RemoveBackground(order.model, order.refine)
    backdrop = choices.backdrop(order.background, decoder)
    save = save_mask if order.mask else save_picture
    if backdrop.step is None:
        return Setting((remove,), export, save, at_once=at_once())
    return Setting((remove, backdrop.step), export, save, {1: backdrop.inputs}, at_once())


def _watched(batch: Batch, plan: tuple[Planned, ...], voice: Voice) -> Report:
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


def _exit_code(report: Report, heard: list[int]) -> int:
    if report.stopped:
        return ENDED if signal.SIGTERM in heard else STOPPED
    return SOME_FAILED if report.failed else DONE


@contextmanager
def _stopped_by_signals(batch: Batch) -> Iterator[list[int]]:
    """Ctrl+C and a polite kill stop the batch between pictures; a second one ends the program."""
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
