# SPDX-License-Identifier: Apache-2.0
"""`prodedit cutout`: one picture or ten thousand, cut out as the window does it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

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
from prodedit.core.problem import Problem
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.store import default_store
from prodedit.engine.tasks import RemoveBackground
from prodedit.files.decoder import Decoder


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
    inputs: Inputs,
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
    format: FormatOption = None,  # noqa: A002 - the option's name
    quality: Quality = None,
    as_json: AsJson = False,
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
    return run_batch(
        "cutout", plan, lambda decoder: _setting(order, export, decoder), new_engine, voice
    )


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


def _setting(order: Order, export: ExportSetting, decoder: Decoder) -> Setting:
    # Only here: it brings Qt, which a wrong call need not wait for.
    from prodedit.catalogue.batch.saving import save_mask, save_picture

    remove = RemoveBackground(order.model, order.refine)
    backdrop = choices.backdrop(order.background, decoder)
    save = save_mask if order.mask else save_picture
    if backdrop.step is None:
        return Setting((remove,), export, save, at_once=at_once())
    return Setting((remove, backdrop.step), export, save, {1: backdrop.inputs}, at_once())
