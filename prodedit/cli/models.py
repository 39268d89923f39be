# SPDX-License-Identifier: Apache-2.0
"""`prodedit models`: which networks there are, and bringing, checking, adding, removing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.table import Table

from prodedit.cli.telling import DONE, SOME_FAILED, Voice
from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.service.store import ALL, ModelState, ModelStore, Status, default_store

app = typer.Typer(no_args_is_help=True, help="The models that cut products out.")

AsJson = Annotated[bool, typer.Option("--json", help="Print the result on stdout, for programs.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="As `prodedit models list` names it.")]

_WORDS = {
    Status.MISSING: "not here",
    Status.PRESENT: "here",
    Status.VERIFIED: "here, checked",
    Status.MISMATCH: "damaged",
}


@app.command("list")
def list_models(as_json: AsJson = False) -> None:
    """Which models there are, and which of them are on this computer."""
    _run(as_json, lambda store, voice: _show(store.states(), voice, "list"))


@app.command()
def pull(
    model: Annotated[
        str, typer.Argument(metavar="[ID]", help="Default: the default models.")
    ] = ALL,
    as_json: AsJson = False,
) -> None:
    """Bring models to this computer. The only command that uses the network."""

    def work(store: ModelStore, voice: Voice) -> int:
        with voice.progress(100) as bar:
            states = store.pull(model, lambda share, text: bar.move_to(text, round(100 * share)))
        return _show(states, voice, "pull")

    _run(as_json, work)


@app.command()
def verify(
    model: Annotated[str, typer.Argument(metavar="[ID]", help="Default: all that are here.")] = ALL,
    as_json: AsJson = False,
) -> None:
    """Compare the models on this computer with what they should be, byte for byte."""

    def work(store: ModelStore, voice: Voice) -> int:
        names = [s.card.id for s in store.states() if s.status is not Status.MISSING]
        states = [store.verify(name) for name in (names if model == ALL else [model])]
        _show(states, voice, "verify")
        if not states:
            voice.say("No model is on this computer yet. Run: prodedit models pull")
        sound = states and all(state.status is Status.VERIFIED for state in states)
        return DONE if sound else SOME_FAILED

    _run(as_json, work)


@app.command()
def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An ONNX file.")],
    task: Annotated[str, typer.Option(metavar="cutout", help="What the model is for.")] = "cutout",
    name: Annotated[str, typer.Option(help="What to call it; default: as the file.")] = "",
    as_json: AsJson = False,
) -> None:
    """Take a model of your own; it is tried first."""

    def work(store: ModelStore, voice: Voice) -> int:
        card = store.add(file, task, name=name)
        return _show([store.verify(card.id)], voice, "add")

    _run(as_json, work)


@app.command()
def remove(model: Id, as_json: AsJson = False) -> None:
    """Delete a model from this computer; `pull` brings it back, unless it was your own."""

    def work(store: ModelStore, voice: Voice) -> int:
        store.remove(model)
        voice.remark(f"{model} was removed.")
        voice.give({"command": "models remove", "removed": model})
        return DONE

    _run(as_json, work)


def _run(as_json: bool, work: Callable[[ModelStore, Voice], int]) -> None:
    voice = Voice(as_json=as_json)
    try:
        code = work(default_store(), voice)
    except Problem as problem:
        usage = problem.code in ("unknown-model", "unknown-task")
        raise voice.refuse(problem, 2 if usage else SOME_FAILED) from None
    except (KeyboardInterrupt, Cancelled):
        voice.say("Stopped: nothing was changed.")
        raise typer.Exit(130) from None
    raise typer.Exit(code)


def _show(states: Sequence[ModelState], voice: Voice, verb: str) -> int:
    """The table on stdout, or JSON."""
    if voice.as_json:
        voice.give({"command": f"models {verb}", "models": [_as_json(state) for state in states]})
        return DONE
    table = Table(box=None, pad_edge=False, header_style="bold")
    rows = [
        (
            state.card.id,
            state.card.task,
            _WORDS[state.status],
            f"{_size(state) / 1e6:.0f}",
            state.card.licence,
            state.card.title.en,
        )
        for state in states
    ]
    for place, heading in enumerate(("ID", "for", "state", "MB", "licence", "name")):
        # A narrow terminal takes from the names, which come last, and from nothing else.
        width = 0 if heading == "name" else max(len(row[place]) for row in (*rows, [heading] * 6))
        justify: Literal["left", "right"] = "right" if heading == "MB" else "left"
        table.add_column(heading, justify=justify, no_wrap=True, min_width=width)
    for row in rows:
        table.add_row(*row)
    voice.out.print(table)
    return DONE


def _size(state: ModelState) -> int:
    return state.bytes or sum(file.bytes for file in state.card.files)


def _as_json(state: ModelState) -> dict[str, Any]:
    card = state.card
    return {
        "id": card.id,
        "title": card.title.en,
        "task": card.task,
        "status": state.status.value,
        "bytes": state.bytes,
        "licence": card.licence,
        "origin": card.origin,
        "added": state.added,
        "files": [{"name": file.name, "sha256": file.sha256} for file in card.files],
    }
