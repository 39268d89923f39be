# SPDX-License-Identifier: Apache-2.0
"""What a command says: results for programs on stdout, everything for people on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from prodedit import __version__
from prodedit.core.problem import Problem

DONE, SOME_FAILED, USAGE, STOPPED, ENDED = 0, 1, 2, 130, 143


class Voice:
    """Speaks to a person on stderr, and with `as_json` to a program on stdout."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        # No markup: names of files may hold brackets.
        self.console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
        self.out = Console(highlight=False, markup=False, soft_wrap=True)

    @property
    def is_watched(self) -> bool:
        """A person sits at a terminal."""
        return self.console.is_terminal

    def say(self, text: str) -> None:
        """A line that matters whoever reads it."""
        self.console.print(text)

    def remark(self, text: str) -> None:
        """A line for a person at a terminal only."""
        if self.is_watched:
            self.say(text)

    def give(self, data: Mapping[str, Any]) -> None:
        """The result of a command with --json: one JSON document."""
        if self.as_json:
            sys.stdout.write(json.dumps({"version": __version__, **data}, indent=1) + "\n")
            sys.stdout.flush()

    def refuse(self, problem: Problem, exit_code: int = USAGE) -> typer.Exit:
        """Tell why nothing is done; to be raised."""
        self.say(f"prodedit: {problem}")
        self.give({"error": {"code": problem.code, "message": str(problem)}})
        return typer.Exit(exit_code)

    @contextmanager
    def progress(self, total: float) -> Iterator[Bar]:
        """A bar on stderr; none where nobody watches."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(
            *columns,
            TimeRemainingColumn(),
            console=self.console,
            transient=True,
            disable=not self.is_watched,
        ) as progress:
            yield Bar(progress, total)


class Bar:
    """How far the command is."""

    def __init__(self, progress: Progress, total: float) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=total)

    def move(self, text: str, by: float = 1) -> None:
        """So much more is done; `text` is what was done."""
        self._progress.update(self._task, advance=by, description=_shortened(text))

    def move_to(self, text: str, done: float) -> None:
        """So much is done in all; `text` is what is being done."""
        self._progress.update(self._task, completed=done, description=_shortened(text))


def _shortened(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
