# SPDX-License-Identifier: Apache-2.0
"""`prodedit presets`: what marketplaces demand, and copies of that to be changed."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
import typer

from prodedit.catalogue.check.words import CheckWords
from prodedit.cli.options import AsJson
from prodedit.cli.telling import DONE, SOME_FAILED, Voice
from prodedit.core.presets import title
from prodedit.core.problem import Problem
from prodedit.engine.preset_library import Entry, PresetLibrary

_SAID = CheckWords()
app = typer.Typer(no_args_is_help=True, help="What marketplaces demand of a picture.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="As `prodedit presets list` names it.")]


@app.command("list")
def list_presets(as_json: AsJson = False) -> None:
    """The presets that come with the program, and your own.

    Exit code 1 where the file of one can't be used; it is named with its reason.
    """
    voice = Voice(as_json=as_json)
    entries = PresetLibrary().entries()
    voice.give({"command": "presets list", "presets": [_told(entry) for entry in entries]})
    for entry in () if as_json else entries:
        if entry.preset is not None:
            voice.out.print(f"{entry.id:20}{entry.name:28}{_slot(entry)}")
    bad = [entry for entry in entries if entry.problem is not None]
    for entry in bad:
        voice.say(f"failed: {entry.path}: {entry.problem}")
    raise typer.Exit(SOME_FAILED if bad else DONE)


@app.command()
def show(name: Name, as_json: AsJson = False) -> None:
    """All rules of a preset, each with its source, its date, and how far that may be trusted."""
    voice = Voice(as_json=as_json)
    try:
        found, preset = PresetLibrary().find(name)
    except Problem as problem:
        raise voice.refuse(problem) from None
    voice.give({"command": "presets show", "id": found, **msgspec.to_builtins(preset)})
    for rule in () if as_json else preset.rules:
        kind = "advice" if rule.weight == "advice" else "must"
        wanted = _SAID.demanded(rule)
        told = f"{title(rule)}: {wanted}" if wanted else title(rule)
        voice.out.print(f"{kind:8}{told}  ({_SAID.source(rule)})")


@app.command()
def copy(
    name: Name,
    new: Annotated[str, typer.Argument(metavar="NEW", help="What to call the copy.")],
    as_json: AsJson = False,
) -> None:
    """Make a preset of your own of one that there is: a file that you may change."""
    voice = Voice(as_json=as_json)
    try:
        entry = PresetLibrary().copy(name, new)
    except Problem as problem:
        usage = problem.code in ("unknown-preset", "name-taken", "no-name")
        raise voice.refuse(problem, 2 if usage else SOME_FAILED) from None
    voice.give({"command": "presets copy", **_told(entry)})
    if not as_json:
        voice.out.print(f"{entry.id}: {entry.path}")


def _slot(entry: Entry) -> str:
    assert entry.preset is not None
    making = entry.preset.making
    width, height = making.size
    shape = f"{width} × {height}" if making.exact else f"up to {width} × {height}"
    behind = {"keep": "own backdrop", "transparent": "transparent", "#FFFFFF": "white"}
    return f"{shape:18}{behind.get(making.backdrop, making.backdrop):14}{making.format.upper()}"


def _told(entry: Entry) -> dict[str, Any]:
    preset, problem = entry.preset, entry.problem
    return {
        "id": entry.id,
        "name": entry.name,
        "platform": None if preset is None else preset.platform,
        "built_in": entry.is_built_in,
        "file": str(entry.path),
        "making": None if preset is None else msgspec.to_builtins(preset.making),
        "rules": 0 if preset is None else len(preset.rules),
        "problem": None if problem is None else str(problem),
    }
