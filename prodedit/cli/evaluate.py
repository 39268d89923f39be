# SPDX-License-Identifier: Apache-2.0
"""`prodedit evaluate`: how good a generator is, measured against real pictures."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.table import Table

from prodedit.cli import choices
from prodedit.cli.options import AsJson
from prodedit.cli.taking_in import check_folder, taken_in
from prodedit.cli.telling import DONE, SOME_FAILED, STOPPED, USAGE, Voice
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.generators.container import read_card
from prodedit.engine.generators.library import default_library
from prodedit.engine.service.store import FEATURES, default_store
from prodedit.engine.training.client import TrainingProcess
from prodedit.engine.training.gate import Measures, refusals
from prodedit.files.own_programs import module_command

_LISTEN = 0.5
_ODD = 10
"""Pictures that are named on the screen as unlike the rest."""
_MEANING = {
    "frechet": ("Fréchet distance", "less is better"),
    "kernel": ("kernel distance", "less is better"),
    "precision": ("precision", "look like real ones"),
    "recall": ("recall", "of the real ones' variety"),
    "density": ("density", "how surely they look real"),
    "coverage": ("coverage", "real ones with a likeness"),
    "diversity": ("diversity", "1: as different as real ones"),
    "memorised": ("nearly copies", "of real ones"),
    "detail": ("detail", "1: as sharp as real ones"),
    "agreement": ("class told", "recognised as their class"),
}


def command(
    generator: Annotated[
        str, typer.Argument(metavar="GENERATOR", help="A generator's file, or its name.")
    ],
    against: Annotated[
        Path,
        typer.Option(
            metavar="FOLDER",
            help="Real pictures, best such as it has not learned from; folders in it are classes.",
        ),
    ],
    count: Annotated[
        int, typer.Option(min=16, max=50_000, help="How many pictures are made for it.")
    ] = 200,
    seed: Annotated[int, typer.Option(min=0, help="Of the first picture.")] = 0,
    cut_out: Annotated[
        bool,
        typer.Option("--cut-out/--no-cut-out", help="Cut the real products out onto white first."),
    ] = True,
    inception: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.onnx",
            help="Inception v3 as ONNX, for its score too; default: the one in the data folder.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure how good a generator is.

    One of the family vae also tells which of the real pictures are unlike the rest.

    Exit code 0: it is good enough to be used; 1: it is not, and it is said why and what to change;
    2: wrong usage; 130: stopped by Ctrl+C.
    """
    voice = Voice(as_json=as_json)
    try:
        code = evaluate(generator, against, count, seed, inception, voice, cut_out=cut_out)
        raise typer.Exit(code)
    except Problem as problem:
        raise voice.refuse(problem, USAGE) from None
    except KeyboardInterrupt:
        voice.say("Stopped.")
        raise typer.Exit(STOPPED) from None


def evaluate(
    generator: str,
    against: Path,
    count: int,
    seed: int,
    inception: Path | None,
    voice: Voice,
    *,
    cut_out: bool,
) -> int:
    """Do it, and return the exit code. Raises Problem."""
    check_folder(against)
    choices.check_present(FEATURES, default_store())
    path = default_library().find(generator)
    side = read_card(path).side
    with tempfile.TemporaryDirectory(prefix="prodedit-evaluate-") as name:
        taken_in(against, Path(name), side, voice, cut_out=cut_out)
        measures = measured(path, Path(name), count, seed, inception, voice)
    found = refusals(measures)
    show(measures, voice)
    for refusal in found:
        voice.say(str(refusal))
    if not found:
        voice.say("The generator is good enough to be used.")
    voice.give(
        {
            "command": "evaluate",
            "generator": str(path),
            "good": not found,
            "refusals": [{"code": one.code, "message": str(one)} for one in found],
            **msgspec.to_builtins(measures),
        }
    )
    return SOME_FAILED if found else DONE


def measured(
    generator: Path, folder: Path, count: int, seed: int, inception: Path | None, voice: Voice
) -> Measures:
    """The measures, from a process of their own. Raises Problem."""
    program = module_command("prodedit.engine.training.evaluating")
    more = () if inception is None else (str(inception.absolute()),)
    command = (*program, str(generator.absolute()), str(count), str(seed), *more)
    found: Measures | None = None
    with TrainingProcess(folder, command) as process, voice.progress(100) as bar:
        for event in process.events(_LISTEN):
            if event is not None and "share" in event:
                bar.move_to("measuring", 100 * event["share"])
            elif event is not None and "measures" in event:
                found = msgspec.convert(event["measures"], Measures)
        process.finish()
    if found is None:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "The measuring ended without a result. Try it again."),
            code="no-measures",
        )
    return found


def show(measures: Measures, voice: Voice) -> None:
    """The figures, and what a perfect generator would reach, as a table on stdout."""
    if voice.as_json:
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("", "found", "best", ""):
        table.add_column(heading, justify="right" if heading else "left")
    for field, (name, meaning) in _MEANING.items():
        found, best = (getattr(one, field) for one in (measures.found, measures.reference))
        if found is not None:
            table.add_row(name, f"{found:.3f}", "" if best is None else f"{best:.3f}", meaning)
    if measures.inception is not None:
        table.add_row("Inception Score", f"{measures.inception:.3f}", "", "more is better")
    voice.out.print(table)
    for odd in measures.odd[:_ODD]:
        voice.out.print(f"unlike the rest: {odd.name} ({odd.strangeness:.2f}; 1 is usual)")
    voice.out.print(
        f"{measures.made} pictures against {measures.real}, by {measures.eye}; best: one half of "
        "the real ones against the other."
    )
