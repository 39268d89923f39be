# SPDX-License-Identifier: Apache-2.0
"""`prodedit sheet`: a PDF with many small pictures and their names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prodedit.catalogue.batch.inputs import gather
from prodedit.cli.options import AsJson, Inputs
from prodedit.cli.telling import DONE, SOME_FAILED, USAGE, Voice
from prodedit.core.contact_sheet import Paper, Sheet
from prodedit.core.problem import Problem
from prodedit.files.decoder import Decoder

if TYPE_CHECKING:  # comes with Qt
    from prodedit.catalogue.contact_sheet import Made


def command(
    inputs: Inputs,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUT.pdf", help="The file to write.")
    ],
    columns: Annotated[int, typer.Option(min=1, max=12, help="Pictures beside each other.")] = 4,
    rows: Annotated[int, typer.Option(min=1, max=16, help="Pictures below each other.")] = 5,
    paper: Annotated[Paper, typer.Option(help="The size of the pages.")] = "A4",
    landscape: Annotated[
        bool, typer.Option("--landscape", help="Pages lie on their side.")
    ] = False,
    captions: Annotated[
        bool, typer.Option("--captions/--no-captions", help="Each picture's name below it.")
    ] = True,
    title: Annotated[str, typer.Option(metavar="TEXT", help="On top of each page.")] = "",
    as_json: AsJson = False,
) -> None:
    """Put many pictures on pages of paper, as a PDF.

    Exit code 0: all are on it; 1: some could not be read, and are crossed out on it; 2: wrong
    usage, nothing was written.
    """
    sheet = Sheet(
        columns=columns, rows=rows, paper=paper, landscape=landscape, captions=captions, title=title
    )
    voice = Voice(as_json=as_json)
    try:
        made = make(tuple(inputs), output, sheet, voice)
    except Problem as problem:
        raise voice.refuse(problem, USAGE) from None
    raise typer.Exit(told(made, voice))


def make(inputs: tuple[str, ...], output: Path, sheet: Sheet, voice: Voice) -> Made:
    """With a bar meanwhile. Raises Problem."""
    from prodedit.catalogue.contact_sheet import make_contact_sheet
    from prodedit.render.fonts import without_screen

    pictures = [found.path for found in gather(inputs).pictures]
    fonts = without_screen()
    try:
        with Decoder() as decoder, voice.progress(len(pictures)) as bar:
            return make_contact_sheet(
                pictures, output, sheet, decoder, lambda path: bar.move(path.name)
            )
    finally:
        del fonts


def told(made: Made, voice: Voice) -> int:
    """Say what came of it; the exit code."""
    for path, problem in made.failed:
        voice.say(f"{path}: {problem}")
    voice.remark(f"{made.path}: {made.pages} pages")
    failed = [{"path": str(p), "code": q.code, "message": str(q)} for p, q in made.failed]
    voice.give(
        {"path": str(made.path), "pages": made.pages, "bytes": made.nbytes, "failed": failed}
    )
    return SOME_FAILED if made.failed else DONE
