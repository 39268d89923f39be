# SPDX-License-Identifier: Apache-2.0
"""`prodedit recipes`: what `prodedit batch` can do."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from prodedit.cli.telling import DONE, SOME_FAILED, Voice
from prodedit.engine.recipe import title
from prodedit.engine.recipe_library import Entry, RecipeLibrary

app = typer.Typer(no_args_is_help=True, help="What can be done to many pictures at once.")


@app.callback()
def _options() -> None:
    """So that `list` is a word to be said."""


@app.command("list")
def list_recipes(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the result on stdout, for programs.")
    ] = False,
) -> None:
    """The recipes that come with the program, and those that were saved in its window.

    Exit code 1 where the file of one can't be used; it is named with its reason.
    """
    voice = Voice(as_json=as_json)
    library = RecipeLibrary()
    entries = library.entries()
    voice.give({"command": "recipes list", "recipes": [_told(entry) for entry in entries]})
    for entry in () if as_json else entries:
        steps = () if entry.recipe is None else entry.recipe.steps
        voice.out.print(f"{entry.id:20}{entry.name}: {', '.join(map(title, steps))}")
    bad = [entry for entry in entries if entry.problem is not None]
    for entry in bad:
        voice.say(f"failed: {entry.path}: {entry.problem}")
    raise typer.Exit(SOME_FAILED if bad else DONE)


def _told(entry: Entry) -> dict[str, Any]:
    recipe, problem = entry.recipe, entry.problem
    return {
        "id": entry.id,
        "name": entry.name,
        "built_in": entry.is_built_in,
        "file": str(entry.path),
        "steps": [] if recipe is None else [title(step) for step in recipe.steps],
        "format": None if recipe is None else recipe.export.format,
        "problem": None if problem is None else str(problem),
    }
