# SPDX-License-Identifier: Apache-2.0
"""`prodedit enhance`: pictures made larger, cleaner and better lit, as the window does it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

from prodedit.catalogue.batch.asking import NO_ENGINE
from prodedit.catalogue.batch.inputs import gather
from prodedit.catalogue.batch.pipeline import Setting
from prodedit.catalogue.batch.plan import Planned, plan_file, plan_folder
from prodedit.cli import choices
from prodedit.cli.options import AsJson, FormatOption, Inputs, Quality
from prodedit.cli.running import at_once, run_batch
from prodedit.cli.telling import SOME_FAILED, USAGE, Voice
from prodedit.core.export_setting import SUFFIXES, ExportSetting, Format
from prodedit.core.geometry import Size
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine import enhancing
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.device import best_device
from prodedit.engine.service.store import ModelStore, Status, default_store
from prodedit.engine.tasks import Enhance

_MEGAPIXEL = Size(1000, 1000)


@dataclass(frozen=True)
class Order:
    """What was asked for, as it was said."""

    inputs: tuple[str, ...]
    output: str
    task: Enhance
    format: Format | None
    quality: int | None


def command(
    inputs: Inputs,
    output: Annotated[
        str,
        typer.Option(
            "-o",
            "--output",
            metavar="OUT",
            help="A file for one picture, else a folder, in which the tree of the input folder is "
            "built anew.",
        ),
    ],
    upscale: Annotated[
        float, typer.Option(min=1.0, max=8.0, help="Times the width and height: 2 or 4.")
    ] = 1.0,
    size: Annotated[
        str | None,
        typer.Option(
            metavar="WxH",
            help="Instead of it: the box that each picture fills as far as its shape allows.",
        ),
    ] = None,
    model: Annotated[
        Literal["auto", "compact", "large", "classic"],
        typer.Option(
            help="What enlarges: compact (drawn edges, fast), large (photos; slow without a "
            "graphics card), classic (nothing is invented); auto: large where there is a card."
        ),
    ] = "auto",
    denoise: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Take out noise; 0.5: as much as is measured.")
    ] = 0.0,
    clean_jpeg: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Take out blocks and rings that JPEG has left.")
    ] = 0.0,
    low_light: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Brighten what was taken in the dark.")
    ] = 0.0,
    white_balance: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Take out a cast of colour.")
    ] = 0.0,
    auto_tone: Annotated[
        bool, typer.Option("--auto-tone", help="Stretch the tones from black to white.")
    ] = False,
    sharpen: Annotated[float, typer.Option(min=0.0, max=1.0, help="Sharpen at the end.")] = 0.0,
    no_label_safe: Annotated[
        bool, typer.Option("--no-label-safe", help="Let the network redraw text, too.")
    ] = False,
    format: FormatOption = None,  # noqa: A002 - the option's name
    quality: Quality = None,
    as_json: AsJson = False,
) -> None:
    """Make pictures larger, cleaner and better lit.

    Inputs are never changed; outputs are written whole or not at all. Exit code 0: all done; 1:
    some failed, each is named with its reason; 2: wrong usage; 130: stopped by Ctrl+C.
    """
    voice = Voice(as_json=as_json)
    try:
        task = Enhance(
            upscale, _size(size), model, denoise, clean_jpeg, low_light, white_balance,
            float(auto_tone), sharpen, not no_label_safe,
        )  # fmt: skip
        order = Order(tuple(inputs), output, task, format, quality)
        raise typer.Exit(enhance(order, voice))
    except Problem as problem:
        code = SOME_FAILED if problem.code == NO_ENGINE else USAGE
        raise voice.refuse(problem, code) from None


def enhance(order: Order, voice: Voice) -> int:
    """Do it, and return the exit code. Raises Problem where it can't even begin."""
    check_something(order.task)
    plan, export = planned(order)
    on_gpu = best_device().kind != "cpu"
    check_models(order.task, default_store(), on_gpu=on_gpu)
    _foretell(order.task, voice, on_gpu=on_gpu)
    # Only here: it brings Qt, which a wrong call need not wait for.
    from prodedit.catalogue.batch.saving import save_picture

    setting = Setting((order.task,), export, save_picture, at_once=at_once())
    return run_batch("enhance", plan, lambda decoder: setting, new_engine, voice)


def planned(order: Order) -> tuple[tuple[Planned, ...], ExportSetting]:
    """Which pictures go where, and how they are written. Raises Problem."""
    gathered = gather(order.inputs, leave_out=Path(order.output))
    one = len(gathered.pictures) == 1 and not gathered.folders
    target = choices.target(order.output, order.format, one=one)
    export = choices.setting(target.format, order.quality, None)
    if target.is_file:
        return plan_file(gathered, target.path), export
    return plan_folder(gathered, target.path, SUFFIXES[target.format]), export


def new_engine() -> EngineClient:
    """This installation's engine."""
    return EngineClient()


def check_something(task: Enhance) -> None:
    """Raises Problem where nothing is asked for: a mere copy would be a misunderstanding."""
    if task == Enhance(model=task.model, label_safe=task.label_safe):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "Say what is to be done, for example --upscale 4 or --denoise 0.5."
            ),
            code="nothing-asked",
        )


def check_models(task: Enhance, store: ModelStore, *, on_gpu: bool) -> None:
    """Raises Problem where a network that may be asked is not on this computer."""
    if task.size is None and task.upscale < enhancing.LONGEST_NEIGHBOUR:
        return
    larger = Enhance(4.0, model=task.model)
    network = enhancing.network_of(larger, _MEGAPIXEL, on_gpu=on_gpu)
    wanted = [] if network is None else [network, *([enhancing.TEXT] if task.label_safe else [])]
    for name in wanted:
        if store.state(name).status is Status.MISSING:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem", "The model {model} is not on this computer yet. Run: {command}"
                ),
                code="model-missing",
                model=name,
                command=f"prodedit models pull {name}",
            )


def _size(word: str | None) -> Size | None:
    if word is None:
        return None
    found = re.fullmatch(r"([1-9][0-9]{0,5})[xX×]([1-9][0-9]{0,5})", word)
    if found is None:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "“{word}” is no size. Write it like 2000x2000."),
            code="bad-size",
            word=word,
        )
    return Size(int(found[1]), int(found[2]))


def _foretell(task: Enhance, voice: Voice, *, on_gpu: bool) -> None:
    """For a person at a terminal: what each megapixel takes."""
    if voice.is_watched:
        four = task if task.size is None else Enhance(4.0, model=task.model)
        cost = enhancing.cost(four, _MEGAPIXEL, enhancing.calibrated(), on_gpu=on_gpu)
        voice.remark(f"About {cost.seconds:.0f} s for each megapixel that goes in.")
