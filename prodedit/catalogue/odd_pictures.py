# SPDX-License-Identifier: Apache-2.0
"""Which pictures of a folder are unlike the rest: a VAE that has learned from such ones tells."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from prodedit.catalogue.batch.inputs import gather
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.generators.container import read_card
from prodedit.engine.training.client import TrainingProcess
from prodedit.engine.training.gate import Odd
from prodedit.engine.training.intake import Cut, Intake, Opener, take_in
from prodedit.files.own_programs import module_command

Report = Callable[[float, str], None]
"""Told the share that is done (0..1) and the file; may raise Cancelled."""
Start = Callable[[Path, Sequence[str]], TrainingProcess]
_LISTEN = 0.5
_LOOKED = 0.9
"""Share of the work that looking at the pictures is."""


def odd_pictures(
    generator: Path,
    folder: Path,
    opener: Opener,
    cut: Cut | None,
    report: Report,
    start: Start = TrainingProcess,
) -> tuple[Odd, ...]:
    """The strangest first, by their names in the folder. `cut`: what cuts products out, None: they
    are on white already. Raises Problem, and what `report` raises."""
    side = read_card(generator).side
    with tempfile.TemporaryDirectory(prefix="prodedit-odd-") as name:
        place = Path(name)
        files = tuple(found.path for found in gather([str(folder)], place).pictures)
        intake = Intake(folder, files, side, cut)
        take_in(intake, place, opener, lambda share, file: report(_LOOKED * share, file))
        command = (*module_command("prodedit.engine.training.evaluating"), str(generator), "0", "0")
        with start(place, command) as process:
            found: tuple[Odd, ...] | None = None
            for event in process.events(_LISTEN):
                report(_LOOKED, "")
                if event is not None and "odd" in event:
                    found = msgspec.convert(event["odd"], tuple[Odd, ...])
            process.finish()
    if found is None:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "The measuring ended without a result. Try it again."),
            code="no-measures",
        )
    return found
