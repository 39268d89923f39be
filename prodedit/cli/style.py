# SPDX-License-Identifier: Apache-2.0
"""`prodedit style`: pictures painted anew in a style, as the window does it; and `styles list`."""

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
from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.core.export_setting import SUFFIXES, ExportSetting, Format
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.scope import Scope
from prodedit.engine.replay import Step
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.store import STYLES as STYLE_MODELS
from prodedit.engine.service.store import ModelStore, Status, default_store
from prodedit.engine.styles import PICTURE, STYLES, unknown_style
from prodedit.engine.tasks import RemoveBackground, SecondStyle, TransferStyle
from prodedit.files.decoder import Decoder
from prodedit.files.pictures import photo_tiles

styles_app = typer.Typer(no_args_is_help=True, help="The styles that pictures can be painted in.")


@dataclass(frozen=True)
class Order:
    """What was asked for, as it was said; `style` and `blend`: names of styles, or of files."""

    inputs: tuple[str, ...]
    output: str
    style: str
    blend: str | None
    weight: float
    strength: float
    keep_colour: bool
    scope: Scope
    refuse_below: float | None
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
    style: Annotated[
        str,
        typer.Option(
            metavar="NAME|FILE",
            help="A style that `prodedit styles list` names, or a picture whose style is wanted.",
        ),
    ],
    blend: Annotated[
        str | None, typer.Option(metavar="NAME|FILE", help="A second style, mixed into the first.")
    ] = None,
    weight: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="How much of the second: 0 nothing, 1 all.")
    ] = 0.5,
    strength: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="0: the photo, 1: the painting.")
    ] = 1.0,
    keep_colour: Annotated[
        bool, typer.Option("--keep-colour", help="Take only light and dark from the style.")
    ] = False,
    scope: Annotated[
        Scope,
        typer.Option(
            help="What is painted; the rest keeps each bit. Where the picture has no transparency, "
            "the product is cut out first."
        ),
    ] = "all",
    refuse_below: Annotated[
        float | None,
        typer.Option(
            metavar="SSIM",
            min=0.0,
            max=1.0,
            help="Write no picture whose product is less like itself than this (1: unchanged).",
        ),
    ] = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
    quality: Quality = None,
    as_json: AsJson = False,
) -> None:
    """Paint pictures anew in a style.

    Inputs are never changed; outputs are written whole or not at all. Exit code 0: all done; 1:
    some failed, each is named with its reason; 2: wrong usage; 130: stopped by Ctrl+C.
    """
    order = Order(
        tuple(inputs), output, style, blend, weight, strength, keep_colour, scope, refuse_below,
        format, quality,
    )  # fmt: skip
    voice = Voice(as_json=as_json)
    try:
        raise typer.Exit(paint(order, voice))
    except Problem as problem:
        code = SOME_FAILED if problem.code == NO_ENGINE else USAGE
        raise voice.refuse(problem, code) from None


@styles_app.command("list")
def list_styles(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the result on stdout, for programs.")
    ] = False,
) -> None:
    """The built-in styles. Any picture is a style, too: give its file to `prodedit style`."""
    voice = Voice(as_json=as_json)
    voice.give(
        {"command": "styles list", "styles": [{"id": s.id, "title": s.title} for s in STYLES]}
    )
    if not as_json:
        for known in STYLES:
            voice.out.print(f"{known.id:18}{known.title}")


def paint(order: Order, voice: Voice) -> int:
    """Do it, and return the exit code. Raises Problem where it can't even begin."""
    plan, export = planned(order)
    words = (order.style, *(() if order.blend is None else (order.blend,)))
    names = tuple(style_of(word) for word in words)
    check_models(default_store())
    if order.scope != "all":
        choices.check_model(choices.AUTO, default_store())
    return run_batch(
        "style", plan, lambda decoder: _setting(order, names, export, decoder), new_engine, voice
    )


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


def style_of(word: str) -> str:
    """A built-in style's id, or PICTURE for the name of a file. Raises Problem."""
    if word in {style.id for style in STYLES}:
        return word
    if Path(word).is_file():
        return PICTURE
    raise unknown_style(word)


def check_models(store: ModelStore) -> None:
    """Raises Problem where a network that paints is not on this computer."""
    for name in STYLE_MODELS:
        if store.state(name).status is Status.MISSING:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem", "The model {model} is not on this computer yet. Run: {command}"
                ),
                code="model-missing",
                model=name,
                command="prodedit models pull",
            )


def _setting(
    order: Order, names: tuple[str, ...], export: ExportSetting, decoder: Decoder
) -> Setting:
    # Only here: it brings Qt, which a wrong call need not wait for.
    from prodedit.catalogue.batch.saving import save_picture

    second = None if order.blend is None else SecondStyle(names[1], order.weight)
    task = TransferStyle(names[0], order.strength, second, order.keep_colour, order.scope)
    files = zip(("style", "blend"), names, (order.style, order.blend or ""), strict=False)
    pictures = {
        role: photo_tiles(decoder.decode(Path(word)))[0]
        for role, name, word in files
        if name == PICTURE
    }
    return Setting(
        (task,),
        export,
        save_picture,
        {0: pictures},
        at_once(),
        first_cut=_cut(order.scope),
        least_ssim=order.refuse_below,
    )


def _cut(scope: Scope) -> tuple[Step, ...]:
    """What tells the product. Where it is to be painted itself, its backdrop stays in sight; where
    the backdrop is, the product lies over it, with its own colours in its soft edge."""
    steps: dict[Scope, tuple[Step, ...]] = {
        "all": (),
        "product": (RemoveBackground(), edits.EnableMask(PHOTO, False)),
        "background": (RemoveBackground(),),
    }
    return steps[scope]
