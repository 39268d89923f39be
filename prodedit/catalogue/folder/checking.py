# SPDX-License-Identifier: Apache-2.0
"""Pictures of a folder looked at for a preset, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from prodedit.catalogue.check.looking import CUTTING, READING, Engine, Eyes
from prodedit.catalogue.check.run import CheckRun, Item, Row
from prodedit.catalogue.folder.listing import Picture
from prodedit.catalogue.folder.marks import Failing
from prodedit.core.presets import Preset
from prodedit.core.problem import Cancelled
from prodedit.files.decoder import Decoder


class Checked(NamedTuple):
    """failing: None where the picture can't be read."""

    picture: Picture
    failing: Failing | None


def check_pictures(
    preset_id: str,
    preset: Preset,
    pictures: Sequence[Picture],
    decoder: Decoder,
    engine: Engine,
    on_checked: Callable[[Checked], None],
    stopped: Callable[[], bool],
) -> None:
    """What only a network could tell, which is not on this computer, is not known then. Raises
    Cancelled once `stopped`."""
    rules = {rule.rule for rule in preset.rules}
    eyes = Eyes(decoder, engine, rules, (CUTTING, READING))
    for picture in pictures:
        if stopped():
            raise Cancelled
        row = _row(eyes, preset_id, preset, picture)
        on_checked(Checked(picture, _failing(row)))


def _row(eyes: Eyes, preset_id: str, preset: Preset, picture: Picture) -> Row:
    """Raises Cancelled."""
    run = CheckRun(eyes, {preset_id: preset})
    return run.one(Item(picture.path, {}))[0]


def _failing(row: Row) -> Failing | None:
    if row.verdict is None:
        return None
    titles = dict.fromkeys(finding.title for finding in row.verdict.of("fails"))
    return Failing(row.preset, tuple(titles))
