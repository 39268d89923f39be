# SPDX-License-Identifier: Apache-2.0
"""How fast this computer trains, found by a few steps that count for nothing; and what a training
will do with it, written down so that going on needs no second look."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from prodedit.core.values import Value, from_json, to_json
from prodedit.engine.training.autoencoding import Autoencoding
from prodedit.engine.training.defaults import SHARE_1, with_pace
from prodedit.engine.training.flowing import velocity_loss
from prodedit.engine.training.machine import Machine
from prodedit.engine.training.packed import PackedPictures
from prodedit.engine.training.setting import TwoStageSetting
from prodedit.files.atomic import write_atomic
from prodedit.nets.flow import FlowUNet

if TYPE_CHECKING:
    from prodedit.nets.efficientnet_lite import EfficientNetLite0

PLAN = "plan.json"
_WARM, _TIMED = 1, 2


class Pace(Value, frozen=True):
    """Seconds of one step of each stage."""

    autoencoder: float
    flow: float


class Plan(Value, frozen=True):
    """What will be done: the setting with its steps, and how fast it went at first."""

    setting: TwoStageSetting
    pace: Pace

    @property
    def seconds(self) -> float:
        """What it will take, if the computer stays as fast."""
        setting = self.setting
        return (
            self.pace.autoencoder * setting.autoencoder.steps + self.pace.flow * setting.flow.steps
        )

    @property
    def limits(self) -> tuple[float, float]:
        """Seconds that each stage may take, however slow the computer becomes."""
        if not self.setting.minutes:
            return float("inf"), float("inf")
        seconds = 60.0 * self.setting.minutes
        return SHARE_1 * seconds, (1.0 - SHARE_1) * seconds


def planned(
    folder: Path,
    setting: TwoStageSetting,
    pictures: PackedPictures,
    eye: EfficientNetLite0,
    machine: Machine,
) -> Plan:
    """The plan that lies in the folder, if it is of this setting, else a new one. Raises Problem
    where it can't be written."""
    path = folder / PLAN
    if path.is_file():
        old: Plan = from_json(json.loads(path.read_bytes()), Plan)
        if with_pace(setting, old.pace.autoencoder, old.pace.flow) == old.setting:
            return old
    pace = measured(setting, pictures, eye, machine)
    plan = Plan(with_pace(setting, pace.autoencoder, pace.flow), pace)
    write_atomic(path, json.dumps(to_json(plan), indent=1).encode())
    return plan


def measured(
    setting: TwoStageSetting, pictures: PackedPictures, eye: EfficientNetLite0, machine: Machine
) -> Pace:
    """Seconds of a step of each stage."""
    first = Autoencoding(setting, pictures, eye, machine)
    one = _timed(partial(first.step, pieces=1), machine)
    del first
    return Pace(one, _timed(_flow_step(setting, len(pictures.contents.classes), machine), machine))


def _flow_step(setting: TwoStageSetting, classes: int, machine: Machine) -> Callable[[int], object]:
    plan, one = setting.flow, setting.autoencoder
    grid = setting.side // 2 ** len(one.widths)
    net = machine.put(FlowUNet(classes, one.latents, plan.widths, plan.blocks, plan.dropout))
    adam = torch.optim.AdamW(net.parameters(), plan.rate, fused=True)
    data = torch.randn(plan.batch, one.latents, grid, grid).to(machine.name)
    labels = torch.zeros(plan.batch, dtype=torch.long, device=machine.name)

    def step(number: int) -> None:
        del number
        adam.zero_grad(set_to_none=True)
        with machine.precision():
            loss = velocity_loss(net, data, labels)
        loss.backward()  # type: ignore[no-untyped-call]  # torch gives no type
        adam.step()

    return step


def _timed(step: Callable[[int], object], machine: Machine) -> float:
    for number in range(_WARM):
        step(number)
    machine.wait()
    start = time.monotonic()
    for number in range(_TIMED):
        step(number)
    machine.wait()
    return (time.monotonic() - start) / _TIMED
