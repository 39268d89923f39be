# SPDX-License-Identifier: Apache-2.0
"""How fast this computer trains, found by a few steps that count for nothing; and what a training
will do with it, written down so that going on needs no second look."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from math import inf
from pathlib import Path

from prodedit.core.problem import Problem
from prodedit.core.values import Value, from_json, to_json
from prodedit.engine.training.defaults import stages_of, with_pace
from prodedit.engine.training.families import Material, trials
from prodedit.engine.training.machine import Machine
from prodedit.engine.training.setting import Setting
from prodedit.files.atomic import write_atomic

PLAN = "plan.json"
_WARM, _TIMED = 1, 3


class Plan(Value, frozen=True):
    """What will be done: the setting with its steps, and how many seconds a step of each stage took
    at first."""

    setting: Setting
    pace: tuple[float, ...]

    @property
    def seconds(self) -> float:
        """What it will take, if the computer stays as fast."""
        return self.after(-1)

    @property
    def limits(self) -> tuple[float, ...]:
        """Seconds that each stage may take, however slow the computer becomes."""
        seconds = 60.0 * self.setting.minutes
        return tuple(seconds * one.share if seconds else inf for one in stages_of(self.setting))

    def after(self, stage: int) -> float:
        """Seconds that the stages after this one, by its place, will take."""
        each = zip(stages_of(self.setting), self.pace, strict=True)
        return sum(plan.steps * pace for plan, pace in list(each)[stage + 1 :])


def planned(folder: Path, setting: Setting, material: Material) -> Plan:
    """The plan that lies in the folder, if it is of this setting, else a new one. Raises Problem
    where it can't be written."""
    old = _old(folder / PLAN)
    if old is not None and with_pace(setting, old.pace) == old.setting:
        return old
    pace = measured(setting, material)
    plan = Plan(with_pace(setting, pace), pace)
    write_atomic(folder / PLAN, json.dumps(to_json(plan), indent=1).encode())
    return plan


def measured(setting: Setting, material: Material) -> tuple[float, ...]:
    """Seconds of a step of each stage."""
    return tuple(_timed(step, material.machine) for step in trials(setting, material))


def _old(path: Path) -> Plan | None:
    """None where there is none that can be read: finding the pace again costs seconds."""
    try:
        plan: Plan = from_json(json.loads(path.read_bytes()), Plan)
    except (OSError, ValueError, Problem):
        return None
    return plan if len(plan.pace) == len(stages_of(plan.setting)) else None


def _timed(step: Callable[[int], object], machine: Machine) -> float:
    """The quickest of some: what else the computer does just now says nothing about an hour."""
    for number in range(_WARM):
        step(number)
    machine.wait()
    return min(_seconds(step, number, machine) for number in range(_TIMED))


def _seconds(step: Callable[[int], object], number: int, machine: Machine) -> float:
    start = time.monotonic()
    step(number)
    machine.wait()
    return time.monotonic() - start
