# SPDX-License-Identifier: Apache-2.0
"""A generator that was just made is measured by the pictures that it learned from, and what was
found is written into its file."""

from __future__ import annotations

from pathlib import Path

import msgspec

from prodedit.engine.generators import container
from prodedit.engine.generators.container import find_member
from prodedit.engine.generators.shelf import opened
from prodedit.engine.training.families import Material
from prodedit.engine.training.gate import Judgement, refusals
from prodedit.engine.training.measuring import Report, measured

JUDGED_BY = 400
"""Samples, where there is time for so many."""
LEAST_SECONDS, SHARE = 45.0, 0.05
"""For making them: at the least, and of the training's time."""


def judge(path: Path, material: Material, spent: float, report: Report) -> Judgement:
    """Measure the generator that lies there. `spent`: the seconds that its training took. Raises
    Problem, and what `report` raises."""
    pictures, eye, machine = material
    explorer = opened(path, machine.name)
    limit = max(LEAST_SECONDS, SHARE * spent)
    found = measured(explorer, pictures, eye, machine, JUDGED_BY, 0, report, limit)
    told = Judgement(measures=found, refusals=tuple(one.code for one in refusals(found)))
    members = {name: data for name in container.LARGEST if (data := find_member(path, name))}
    container.write(path, {**members, container.METRICS: msgspec.json.encode(told)})
    return told
