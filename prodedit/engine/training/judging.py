# SPDX-License-Identifier: Apache-2.0
"""A generator that was just made is measured by the pictures that it learned from, and what was
found is written into its file."""

from __future__ import annotations

from pathlib import Path

import cv2
import msgspec
import numpy as np

from prodedit.engine.generators import container
from prodedit.engine.generators.container import find_member
from prodedit.engine.generators.shelf import opened
from prodedit.engine.training.families import Material
from prodedit.engine.training.gate import Judgement, refusals
from prodedit.engine.training.inception import own_file
from prodedit.engine.training.measuring import Bytes, Report, measured
from prodedit.files.atomic import write_atomic

JUDGED_BY = 400
"""Samples, where there is time for so many."""
LEAST_SECONDS, SHARE = 45.0, 0.05
"""For making them: at the least, and of the training's time."""


def judge(path: Path, material: Material, spent: float, report: Report) -> Judgement:
    """Measure the generator that lies there. `spent`: the seconds that its training took. Raises
    Problem, and what `report` raises."""
    pictures, eye, machine, _ = material
    explorer = opened(path, machine.name)
    limit = max(LEAST_SECONDS, SHARE * spent)
    found, pairs = measured(
        explorer, pictures, eye, machine, JUDGED_BY, 0, report, limit, own_file()
    )
    told = Judgement(measures=found, refusals=tuple(one.code for one in refusals(found)))
    members = {name: data for name in container.LARGEST if (data := find_member(path, name))}
    members[container.METRICS] = msgspec.json.encode(told)
    members[container.PAIRS] = picture = _picture(pairs)
    container.write(path, members)
    write_atomic(path.with_name(container.PAIRS), picture)  # the window shows it before any use
    return told


def _picture(pairs: Bytes) -> bytes:
    """A PNG: a row of made ones, below each the real one."""
    rows, count, side, *_ = pairs.shape
    whole = pairs.swapaxes(1, 2).reshape(rows * side, count * side, 3)
    _, data = cv2.imencode(".png", cv2.cvtColor(np.ascontiguousarray(whole), cv2.COLOR_RGB2BGR))
    return data.tobytes()
