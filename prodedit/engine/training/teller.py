# SPDX-License-Identifier: Apache-2.0
"""What a training says: a log that stays, and lines for the parent, who may be gone."""

from __future__ import annotations

import contextlib
import json
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

import cv2
import numpy as np
from torch import Tensor

from prodedit.core.problem import Problem
from prodedit.engine.service.device import Device
from prodedit.engine.training.alarm import CollapseAlarm
from prodedit.engine.training.defaults import stages_of
from prodedit.engine.training.pace import Plan
from prodedit.engine.training.run import Moment
from prodedit.engine.training.sheet import sheet
from prodedit.files.atomic import write_atomic

LOG = "log.jsonl"
EVERY = 20
"""Steps whose losses are averaged for one line of the log."""
SHEETS = 24
"""Sheets of samples that are kept of each stage."""
OFTEN = 1.0
"""Seconds between two lines for the parent, at the least."""


class Teller:
    """Writes the log, and tells the parent."""

    def __init__(self, folder: Path, stream: TextIO) -> None:
        self._folder, self._stream = folder, stream
        self._moments: deque[Moment] = deque(maxlen=EVERY)
        self._batches: Mapping[str, int] = {}
        self._plan: Plan | None = None
        self._told = -OFTEN
        self._alarm = CollapseAlarm()

    def plan(self, plan: Plan, device: Device) -> None:
        """Before the first step."""
        self._plan = plan
        stages = stages_of(plan.setting)
        self._batches = {stage.name: stage.batch for stage in stages}
        self.write(
            {
                "estimate": round(plan.seconds),
                "stages": [stage.name for stage in stages],
                "steps": [stage.steps for stage in stages],
                "pace": [round(seconds, 4) for seconds in plan.pace],
                "device": device.name,
                "threads": device.threads,
                "at": round(time.time()),
            }
        )

    def moment(self, moment: Moment) -> None:
        """After each step."""
        if self._moments and self._moments[-1].stage != moment.stage:
            self._moments.clear()
        self._moments.append(moment)
        whole = moment.step % EVERY == 0 or moment.step == moment.steps
        if not whole and time.monotonic() - self._told < OFTEN:
            return
        event = self._event(moment)
        if not whole:
            self.say(event)
            return
        self.write(event)
        diversity = event["losses"].get("diversity")
        if diversity is not None and self._alarm.rings(diversity):
            self.trouble("collapsing", moment.step)

    def kept(self, stage: str, step: int, samples: Tensor) -> None:
        """After each checkpoint: the sheet is kept as a picture, where there is room for it."""
        picture = sheet(samples.float().cpu().numpy())
        _, data = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
        name = f"{stage}-{step:08d}.png"
        with contextlib.suppress(Problem):
            write_atomic(self._folder / name, data.tobytes())
            for old in sorted(self._folder.glob(f"{stage}-*.png"))[:-SHEETS]:
                old.unlink(missing_ok=True)
        self.say({"stage": stage, "step": step, "sheet": name})

    def trouble(self, code: str, step: int) -> None:
        """Something that the training has borne."""
        self.write({"trouble": code, "step": step, "at": round(time.time())})

    def write(self, event: Mapping[str, Any]) -> None:
        """Into the log, and to the parent."""
        with (
            contextlib.suppress(OSError),  # a full disk must not end what needs no disk
            (self._folder / LOG).open("a", encoding="utf-8") as file,
        ):
            file.write(json.dumps(event) + "\n")
        self.say(event)

    def say(self, event: Mapping[str, Any]) -> None:
        """To the parent."""
        self._told = time.monotonic()
        with contextlib.suppress(OSError, ValueError):  # it went away: the orders will say so
            self._stream.write(json.dumps(event) + "\n")
            self._stream.flush()

    def _event(self, moment: Moment) -> dict[str, Any]:
        every = [one.losses for one in self._moments]
        names = sorted({name for losses in every for name in losses})
        losses = {
            name: round(float(np.mean([of[name] for of in every if name in of])), 5)
            for name in names
        }
        seconds = float(np.mean([one.seconds for one in self._moments]))
        return {
            "stage": moment.stage,
            "step": moment.step,
            "of": moment.steps,
            "seen": moment.step * self._batches.get(moment.stage, 0),
            "seconds": round(seconds, 4),
            "left": round(self._left(moment, seconds)),
            "at": round(time.time()),
            "losses": losses,
        }

    def _left(self, moment: Moment, seconds: float) -> float:
        """Seconds to the end, at the present pace; of stages to come, at the plan's."""
        here = (moment.steps - moment.step) * seconds
        if self._plan is None or moment.stage not in self._batches:
            return here
        return here + self._plan.after(list(self._batches).index(moment.stage))
