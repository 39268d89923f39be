# SPDX-License-Identifier: Apache-2.0
"""`prodedit train`: a generator learned from a folder of pictures."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, cast

import typer
from msgspec.structs import replace

from prodedit.catalogue.batch.asking import NO_ENGINE
from prodedit.catalogue.training import TrainingOrder
from prodedit.cli import choices
from prodedit.cli.taking_in import prepared
from prodedit.cli.telling import DONE, SOME_FAILED, STOPPED, USAGE, Voice
from prodedit.cli.training_words import Watch, tell_data, told_data
from prodedit.core.problem import Problem
from prodedit.engine.generators.container import SUFFIX
from prodedit.engine.generators.library import default_library
from prodedit.engine.service.store import FEATURES, default_store
from prodedit.engine.training.client import TrainingProcess
from prodedit.engine.training.setting import Family, Side

_LISTEN = 0.5
"""Seconds after which a silent training is looked away from, so that Ctrl+C is heard at once."""


def command(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER", help="Pictures; where it has folders in it, each is a class."
        ),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="GENERATOR", help=f"Such as bags{SUFFIX}.")
    ],
    family: Annotated[
        Family | None,
        typer.Option(
            help="What kind of generator; default: two-stage, which learns best without a graphics "
            "card."
        ),
    ] = None,
    resolution: Annotated[
        Literal["64", "128", "256", "512"] | None,
        typer.Option(help="Width and height of the pictures that it will make; default: 128."),
    ] = None,
    start_from: Annotated[
        str | None,
        typer.Option(
            metavar="GENERATOR",
            help="Begin with what this one knows, a generator's file or its name, and be of its "
            "family and resolution: fewer pictures and less time are enough.",
        ),
    ] = None,
    minutes: Annotated[
        float | None, typer.Option(min=0.1, max=100_000.0, help="How long it may take.")
    ] = None,
    steps: Annotated[
        int | None, typer.Option(min=2, max=10_000_000, help="Instead: how many steps of learning.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a training that was stopped.")
    ] = False,
    cut_out: Annotated[
        bool,
        typer.Option(
            "--cut-out/--no-cut-out",
            help="Cut products out onto white first; pictures with transparency are used as they "
            "are.",
        ),
    ] = True,
    seed: Annotated[int, typer.Option(min=0, help="The same seed learns in the same way.")] = 0,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the result on stdout, for programs.")
    ] = False,
) -> None:
    """Let a generator learn from a folder of product pictures.

    The pictures are looked at first, and it is told which of them can be used. Ctrl+C stops: all
    that was learned is kept in GENERATOR.training, and --resume goes on from there. Exit code 0:
    the generator is made; 1: the training failed, or the generator is not good enough to be used,
    which is told with what to change; 2: wrong usage; 130: stopped by Ctrl+C.
    """
    asked = TrainingOrder(
        folder, output, minutes=minutes, steps=steps, resume=resume, cut_out=cut_out, seed=seed
    )
    side = None if resolution is None else cast(Side, int(resolution))
    voice = Voice(as_json=as_json)
    try:
        order = begun_with(asked, start_from).like_start(family, side)
        raise typer.Exit(train(order, voice))
    except Problem as problem:
        wrong = problem.code not in (NO_ENGINE, "training-ended", "training-diverged", "disk-full")
        raise voice.refuse(problem, USAGE if wrong else SOME_FAILED) from None


def begun_with(order: TrainingOrder, generator: str | None) -> TrainingOrder:
    """With that generator, by its name or file. Who goes on does so with what was begun with, which
    need not be there any more. Raises Problem where there is no such one."""
    if generator is None or (order.resume and (order.has_begun or order.start is not None)):
        return order
    return replace(order, start_from=default_library().find(generator))


def train(order: TrainingOrder, voice: Voice) -> int:
    """Do it, and return the exit code. Raises Problem."""
    order.check()
    choices.check_present(FEATURES, default_store())
    with _signals_interrupt():
        return _trained(order, voice)


def _trained(order: TrainingOrder, voice: Voice) -> int:
    try:
        report = prepared(order, voice)
    except KeyboardInterrupt:
        voice.say("Stopped. The pictures looked at so far need not be looked at again: --resume")
        return STOPPED
    tell_data(report, voice, order.place)
    with TrainingProcess(order.place) as process:
        watch = Watch(voice)
        done = _watched(process, watch)
    if not done:
        voice.say(f"Stopped at {watch.where}. Go on with --resume.")
        voice.give({"command": "train", "stopped": True, **told_data(report), **watch.told()})
        return STOPPED
    order.deliver()
    voice.remark(f"Done: {order.output}")
    watch.tell_judgement()
    told = {"generator": str(order.output), "training": str(order.place)}
    voice.give({"command": "train", "stopped": False, **told, **told_data(report), **watch.told()})
    return SOME_FAILED if watch.is_refused else DONE


def _watched(process: TrainingProcess, watch: Watch) -> bool:
    """True where it came to its end; Ctrl+C stops it with a checkpoint, a second one at once."""
    with watch.shown():
        try:
            for event in process.events(_LISTEN):
                watch.see(event)
        except KeyboardInterrupt:
            watch.stopping()
            process.stop()
            for event in process.events(_LISTEN):
                watch.see(event)
    return process.finish()


@contextmanager
def _signals_interrupt() -> Iterator[None]:
    """A polite kill is heard as Ctrl+C is; both also where a shell had them ignored."""
    before = {}
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            before[number] = signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
