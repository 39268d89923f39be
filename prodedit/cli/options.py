# SPDX-License-Identifier: Apache-2.0
"""Arguments and options that every command on pictures has."""

from typing import Annotated

import typer

from prodedit.core.export_setting import Format

Inputs = Annotated[
    list[str],
    typer.Argument(metavar="IN...", help="Pictures, folders with all in them, or patterns."),
]
FormatOption = Annotated[
    Format | None, typer.Option("--format", help="Default: by OUT's ending, else png.")
]
Quality = Annotated[
    int | None, typer.Option(min=1, max=100, help="Of JPEG, WebP and AVIF; default 92.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the results on stdout, for programs.")]
