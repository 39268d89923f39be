# SPDX-License-Identifier: Apache-2.0
"""`prodedit batch`: a recipe done to one picture or ten thousand, as the window does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from prodedit.catalogue.batch.asking import NO_ENGINE
from prodedit.catalogue.batch.inputs import gather
from prodedit.catalogue.batch.pipeline import Setting
from prodedit.catalogue.batch.plan import Planned, plan_file, plan_folder
from prodedit.cli import choices, enhance, style
from prodedit.cli.options import AsJson, FormatOption, Inputs, Quality
from prodedit.cli.running import at_once, run_batch
from prodedit.cli.telling import SOME_FAILED, USAGE, Voice
from prodedit.core.export_setting import SUFFIXES, ExportSetting, Format
from prodedit.core.problem import Problem
from prodedit.engine.recipe import Recipe
from prodedit.engine.recipe_library import SUFFIX, RecipeLibrary, read_recipe
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.device import best_device
from prodedit.engine.service.store import ModelStore, default_store
from prodedit.engine.tasks import Enhance, RemoveBackground, TransferStyle


@dataclass(frozen=True)
class Order:
    """What was asked for, as it was said; `recipe`: a name, or a file."""

    inputs: tuple[str, ...]
    output: str
    recipe: str
    keep_recipe: bool
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
    recipe: Annotated[
        str,
        typer.Option(
            metavar="NAME|FILE",
            help="What is done: a recipe that `prodedit recipes list` names, or a recipe's file.",
        ),
    ],
    keep_recipe: Annotated[
        bool,
        typer.Option("--keep-recipe", help="Write the recipe beside each picture: a.jpg.json."),
    ] = False,
    format: FormatOption = None,  # noqa: A002 - the option's name
    quality: Quality = None,
    as_json: AsJson = False,
) -> None:
    """Do a recipe to pictures.

    Inputs are never changed; outputs are written whole or not at all. Exit code 0: all done; 1:
    some failed, each is named with its reason; 2: wrong usage; 130: stopped by Ctrl+C.
    """
    voice = Voice(as_json=as_json)
    try:
        order = Order(tuple(inputs), output, recipe, keep_recipe, format, quality)
        raise typer.Exit(do(order, voice))
    except Problem as problem:
        code = SOME_FAILED if problem.code == NO_ENGINE else USAGE
        raise voice.refuse(problem, code) from None


def do(order: Order, voice: Voice) -> int:
    """Do it, and return the exit code. Raises Problem where it can't even begin."""
    recipe = recipe_of(order.recipe, RecipeLibrary())
    plan, export = planned(order, recipe.export)
    check_models(recipe, default_store())
    # Only here: it brings Qt, which a wrong call need not wait for.
    from prodedit.catalogue.batch.saving import save_picture, with_recipe

    save = with_recipe(recipe) if order.keep_recipe else save_picture
    setting = Setting(recipe.steps, export, save, at_once=at_once())
    return run_batch("batch", plan, lambda decoder: setting, new_engine, voice)


def recipe_of(word: str, library: RecipeLibrary) -> Recipe:
    """By name, or from a file. Raises Problem."""
    path = Path(word)
    if path.suffix.lower() == SUFFIX or path.is_file():
        return read_recipe(path)
    found = library.find(word).recipe
    assert found is not None
    return found


def planned(order: Order, export: ExportSetting) -> tuple[tuple[Planned, ...], ExportSetting]:
    """Which pictures go where, and how they are written: as the recipe says, but for what the
    command says. Raises Problem."""
    gathered = gather(order.inputs, leave_out=Path(order.output))
    one = len(gathered.pictures) == 1 and not gathered.folders
    target = choices.target(order.output, order.format, one=one)
    kind = target.format if target.is_file or order.format else export.format
    quality = export.quality if order.quality is None else order.quality
    export = msgspec.structs.replace(export, format=kind, quality=quality)
    if target.is_file:
        return plan_file(gathered, target.path), export
    return plan_folder(gathered, target.path, SUFFIXES[kind]), export


def check_models(recipe: Recipe, store: ModelStore) -> None:
    """Raises Problem where a network that a step asks is not on this computer."""
    for step in recipe.steps:
        check = _NEEDED.get(type(step))
        if check is not None:
            check(step, store)


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
