# SPDX-License-Identifier: Apache-2.0
"""`prodedit batch`: a recipe, presets, or both, for one picture or ten thousand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from prodedit.catalogue.batch.alike import Scale
from prodedit.catalogue.batch.asking import NO_ENGINE
from prodedit.catalogue.batch.doing import Doing
from prodedit.catalogue.batch.outputs import Existing
from prodedit.cli import choices, enhance, style
from prodedit.cli.batch_order import Wanted, ordered
from prodedit.cli.check import needs_cutting
from prodedit.cli.options import AsJson, FormatOption, Inputs, Quality
from prodedit.cli.telling import SOME_FAILED, USAGE, Voice
from prodedit.core.problem import Problem
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.device import best_device
from prodedit.engine.service.store import ModelStore, default_store
from prodedit.engine.tasks import Enhance, RemoveBackground, TransferStyle


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
    recipe: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE",
            help="What is done: a recipe that `prodedit recipes list` names, or a recipe's file.",
        ),
    ] = None,
    preset: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="What the files are for, as `prodedit presets list` names it; may be given "
            "several times: then there is a file of each picture for each, in a folder of its own.",
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            metavar="PATTERN",
            help="Names of the files: {stem}, {preset}, {n} and columns of the --csv, such as "
            "{sku}-{n}; a slash makes folders. {n} counts those of the same name.",
        ),
    ] = None,
    csv: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="A table with a line for each picture: its name in the first column, or in one "
            "called “file”. With --watch it is read again when it has changed, and a picture "
            "waits until it has a line.",
        ),
    ] = None,
    group: Annotated[
        str | None,
        typer.Option(
            metavar="folder|all|COLUMN",
            help="Make pictures that belong together alike: those of one folder, all, or those "
            "with the same word in a column of the --csv. All are measured before one is made.",
        ),
    ] = None,
    group_scale: Annotated[
        Scale,
        typer.Option(
            help="fill: each product fills its frame as it would alone. real: what is smaller in "
            "the photos stays so beside the others, as far as a preset's rules allow; for photos "
            "taken from the same distance."
        ),
    ] = "fill",
    no_group_light: Annotated[
        bool,
        typer.Option(
            "--no-group-light",
            help="Leave the light of a group as it is. Otherwise the white of their backdrops, or "
            "where they have none the brightness of the products, is brought together, gently.",
        ),
    ] = False,
    group_wait: Annotated[
        float,
        typer.Option(
            min=1.0,
            metavar="SECONDS",
            help="With --watch: a group is measured when nothing has come to it for so long. What "
            "comes later is made like it, and nothing that was made is made anew.",
        ),
    ] = 60.0,
    existing: Annotated[
        Existing,
        typer.Option(
            help="What becomes of files that are there already; inputs are never touched."
        ),
    ] = "overwrite",
    resume: Annotated[
        bool,
        typer.Option(
            "--resume",
            help="Go on with the batch that was begun in OUT: only what is missing is done, and "
            "what a changed photo, recipe or preset concerns.",
        ),
    ] = False,
    watch: Annotated[
        bool,
        typer.Option(
            "--watch",
            help="Go on watching the input folders, and do new pictures once they are written "
            "whole. Ctrl+C ends it.",
        ),
    ] = False,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Let a dask.distributed cluster do the work, such as tcp://10.0.0.5:8786; its "
            "workers need ProdEdit, its models, and the same folders.",
        ),
    ] = None,
    report: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="Write what became of each picture: .csv, .json, or .html with small pictures; "
            "may be given several times.",
        ),
    ] = None,
    keep_recipe: Annotated[
        bool,
        typer.Option("--keep-recipe", help="Write the recipe beside each picture: a.jpg.json."),
    ] = False,
    no_enlarge: Annotated[
        bool,
        typer.Option("--no-enlarge", help="Let no network enlarge photos too small for a preset."),
    ] = False,
    no_check: Annotated[
        bool, typer.Option("--no-check", help="Do not look at the files again.")
    ] = False,
    format: FormatOption = None,  # noqa: A002 - the option's name
    quality: Quality = None,
    as_json: AsJson = False,
) -> None:
    """Do a recipe to pictures, make them for marketplaces, or both.

    Inputs are never changed; outputs are written whole or not at all, and each is checked against
    its preset. Exit code 0: all done; 1: some failed, or a file fails a rule of its preset, each is
    named with its reason; 2: wrong usage; 130: stopped by Ctrl+C.
    """
    wanted = Wanted(
        inputs=tuple(inputs),
        output=output,
        recipe=recipe,
        presets=tuple(preset or ()),
        name=name,
        csv=csv,
        existing=existing,
        resume=resume,
        watch=watch,
        cluster=cluster,
        reports=tuple(report or ()),
        keep_recipe=keep_recipe,
        enlarge=not no_enlarge,
        check=not no_check,
        group=group,
        group_scale=group_scale,
        group_light=not no_group_light,
        group_wait=group_wait,
        format=format,
        quality=quality,
    )
    voice = Voice(as_json=as_json)
    try:
        raise typer.Exit(do(wanted, voice))
    except Problem as problem:
        code = SOME_FAILED if problem.code == NO_ENGINE else USAGE
        raise voice.refuse(problem, code) from None


def do(wanted: Wanted, voice: Voice) -> int:
    """Do it, and return the exit code. Raises Problem where it can't even begin."""
    order = ordered(wanted, voice)
    if wanted.cluster is None:
        check_models(order.doing, default_store())
    # Only here: it brings Qt, which a wrong call need not wait for.
    from prodedit.cli.batch_doing import run

    return run(wanted, order, new_engine, voice)


def check_models(doing: Doing, store: ModelStore) -> None:
    """Raises Problem where a network that a step or a preset asks is not on this computer."""
    for step in doing.steps:
        check = _NEEDED.get(type(step))
        if check is not None:
            check(step, store)
    if any(needs_cutting(preset.making) for preset in doing.presets.values()):
        choices.check_model(choices.AUTO, store)


def new_engine() -> EngineClient:
    """This installation's engine."""
    return EngineClient()


def _check_enhancing(task: Enhance, store: ModelStore) -> None:
    enhance.check_models(task, store, on_gpu=best_device().kind != "cpu")


_NEEDED: Mapping[type, Callable[[Any, ModelStore], None]] = {
    RemoveBackground: lambda task, store: choices.check_model(task.model, store),
    TransferStyle: lambda task, store: style.check_models(store),
    Enhance: _check_enhancing,
}
