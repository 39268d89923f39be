# SPDX-License-Identifier: Apache-2.0
"""`prodedit train`: a generator learned from a folder of pictures."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, cast

import typer

from prodedit.catalogue.batch.pipeline import NO_ENGINE
from prodedit.cli import choices
from prodedit.cli.taking_in import check_folder, taken_in
from prodedit.cli.telling import DONE, SOME_FAILED, STOPPED, USAGE, Voice
from prodedit.cli.training_words import Watch, tell_data, told_data
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.values import from_json, to_json
from prodedit.engine.generators.container import SUFFIX
from prodedit.engine.service.store import FEATURES, default_store
from prodedit.engine.training.client import TrainingProcess
from prodedit.engine.training.defaults import setting_for
from prodedit.engine.training.intake import report_of, was_cut_out
from prodedit.engine.training.setting import Family, Setting, Side
from prodedit.files.atomic import write_atomic

SETTING, MADE = "setting.json", f"made{SUFFIX}"
PLACE = ".training"
"""Added to the generator's name: the folder of everything that its training needs."""
_LISTEN = 0.5
"""Seconds after which a silent training is looked away from, so that Ctrl+C is heard at once."""


@dataclass(frozen=True)
class Order:
    """What was asked for, as it was said."""

    folder: Path
    output: Path
    family: Family
    side: Side
    minutes: float | None
    steps: int | None
    resume: bool
    cut_out: bool
    seed: int

    @property
    def place(self) -> Path:
        """Where the training keeps what it needs."""
        return self.output.with_name(self.output.name + PLACE)


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
        Family,
        typer.Option(help="What kind of generator; two-stage learns best without a graphics card."),
    ] = "two-stage",
    resolution: Annotated[
        Literal["64", "128", "256", "512"],
        typer.Option(help="Width and height of the pictures that it will make."),
    ] = "128",
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
    the generator is made; 1: the training failed; 2: wrong usage; 130: stopped by Ctrl+C.
    """
    side = cast(Side, int(resolution))
    order = Order(folder, output, family, side, minutes, steps, resume, cut_out, seed)
    voice = Voice(as_json=as_json)
    try:
        raise typer.Exit(train(order, voice))
    except Problem as problem:
        wrong = problem.code not in (NO_ENGINE, "training-ended", "training-diverged", "disk-full")
        raise voice.refuse(problem, USAGE if wrong else SOME_FAILED) from None


def train(order: Order, voice: Voice) -> int:
    """Do it, and return the exit code. Raises Problem."""
    _check(order)
    with _signals_interrupt():
        return _trained(order, voice)


def _trained(order: Order, voice: Voice) -> int:
    try:
        _prepare(order, voice)
    except KeyboardInterrupt:
        voice.say("Stopped. The pictures looked at so far need not be looked at again: --resume")
        return STOPPED
    report = report_of(order.place)
    tell_data(report, voice, order.place)
    with TrainingProcess(order.place) as process:
        watch = Watch(voice)
        done = _watched(process, watch)
    if not done:
        voice.say(f"Stopped at {watch.where}. Go on with --resume.")
        voice.give({"command": "train", "stopped": True, **told_data(report), **watch.told()})
        return STOPPED
    _move(order)
    voice.remark(f"Done: {order.output}")
    watch.tell_judgement()
    told = {"generator": str(order.output), "training": str(order.place)}
    voice.give({"command": "train", "stopped": False, **told, **told_data(report), **watch.told()})
    return DONE


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


def _check(order: Order) -> None:
    """Raises Problem where it can't even begin."""
    check_folder(order.folder)
    if order.minutes is not None and order.steps is not None:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "Say either how many minutes or how many steps."),
            code="minutes-and-steps",
        )
    begun = (order.place / SETTING).is_file()
    if begun and not order.resume:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "A training for “{output}” was begun already. Go on with --resume, or delete the "
                "folder “{place}”.",
            ),
            code="training-begun",
            output=order.output.name,
            place=str(order.place),
        )
    if order.resume and not order.place.is_dir():
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "There is no training for “{output}” to go on with."),
            code="no-training",
            output=order.output.name,
        )
    choices.check_present(FEATURES, default_store())


def _prepare(order: Order, voice: Voice) -> None:
    """Have pictures and setting in the training's folder. Raises Problem."""
    side = _setting(order).side if order.resume and _begun(order) else order.side
    try:
        order.place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "The folder “{folder}” could not be made: {why}."),
            code="no-folder",
            folder=str(order.place),
            why=error.strerror or str(error),
        ) from error
    cut_out = was_cut_out(order.place) if order.resume else None
    pictures = taken_in(
        order.folder,
        order.place,
        side,
        voice,
        cut_out=order.cut_out if cut_out is None else cut_out,
    )
    if not _begun(order):
        setting = setting_for(
            len(pictures),
            side,
            family=order.family,
            seed=order.seed,
            steps=order.steps,
            minutes=order.minutes or 0.0,
        )
        write_atomic(order.place / SETTING, json.dumps(to_json(setting), indent=1).encode())


def _begun(order: Order) -> bool:
    return (order.place / SETTING).is_file()


def _setting(order: Order) -> Setting:
    setting: Setting = from_json(json.loads((order.place / SETTING).read_bytes()), Setting)
    return setting


def _move(order: Order) -> None:
    """The generator to where it was asked for. Raises Problem."""
    made = order.place / MADE
    try:
        os.replace(made, order.output)  # noqa: PTH105 - moves onto what is there everywhere
    except OSError:
        write_atomic(order.output, made.read_bytes())
        with suppress(OSError):
            made.unlink()
