# SPDX-License-Identifier: Apache-2.0
"""The command line: the same engine and the same functions as the window, without a display.

Exit codes: 0 all done; 1 some pictures failed, each named with its reason, the others done;
2 wrong usage, nothing was done; 130 stopped by Ctrl+C.
"""

from __future__ import annotations

from typing import Annotated

import typer

from prodedit import __version__
from prodedit.cli import (
    batch,
    check,
    cutout,
    enhance,
    evaluate,
    generate,
    gpu,
    invert,
    models,
    presets,
    recipes,
    selftest,
    sheet,
    similar,
    style,
    train,
)
from prodedit.cli.telling import USAGE

app = typer.Typer(
    name="prodedit",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Product pictures without a window. `prodedit FILE` opens the window; "
    "`prodedit -- FILE` also where the file has the name of a command.",
)
app.command("batch")(batch.command)
app.command("check")(check.command)
app.command("cutout")(cutout.command)
app.command("enhance")(enhance.command)
app.command("sheet")(sheet.command)
app.command("similar")(similar.command)
app.command("style")(style.command)
app.command("train")(train.command)
app.command("evaluate")(evaluate.command)
app.command("generate")(generate.command)
app.command("invert")(invert.command)
app.add_typer(gpu.app, name="gpu")
app.add_typer(models.app, name="models")
app.add_typer(presets.app, name="presets")
app.add_typer(recipes.app, name="recipes")
app.add_typer(style.styles_app, name="styles")
app.command("selftest")(selftest.command)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"prodedit {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    del version


def main(arguments: list[str]) -> int:
    """Run the command that `arguments` name and return its exit code."""
    try:
        app(arguments, prog_name="prodedit")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else USAGE
    return 0
