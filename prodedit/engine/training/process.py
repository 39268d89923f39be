# SPDX-License-Identifier: Apache-2.0
"""A training as a program: `python -m prodedit.engine.training.process FOLDER [FEATURES]`.

FOLDER holds `setting.json`, the packed pictures and the generator to begin with, if any; the plan,
checkpoints, `log.jsonl`, sheets of samples and at the end the generator are written into it.
FEATURES: weights of EfficientNet-Lite0 (safetensors); default: the model store's. What happens is
told on standard output, one JSON object a line; `pause`, `go on` and `stop` are heard on standard
input, a line each. It runs at the lowest priority; started again, it goes on.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from pathlib import Path
from typing import TextIO

import msgspec
import torch
from safetensors.torch import load_file

from prodedit.core.problem import Cancelled, Problem
from prodedit.core.values import from_json
from prodedit.engine.generators.container import read_card
from prodedit.engine.service.device import best_device
from prodedit.engine.service.store import FEATURES, default_store
from prodedit.engine.training import packed
from prodedit.engine.training.families import Material, stages
from prodedit.engine.training.intake import PICTURES
from prodedit.engine.training.judging import judge
from prodedit.engine.training.machine import Machine
from prodedit.engine.training.pace import planned
from prodedit.engine.training.publish import publish
from prodedit.engine.training.run import Log, Run
from prodedit.engine.training.setting import START, Setting
from prodedit.engine.training.start import opened
from prodedit.engine.training.teller import Teller
from prodedit.nets.efficientnet_lite import EfficientNetLite0

SETTING = "setting.json"
MINUTES_VARIABLE = "PRODEDIT_CHECKPOINT_MINUTES"
"""Between two checkpoints; default: see `between`."""
LEAST_MINUTES, MOST_MINUTES, LOOKS = 0.5, 5.0, 12
_LOWEST = 19
_SHOWN = 30


class Orders:
    """What the person wants, heard in a thread of its own; a closed pipe means stop."""

    def __init__(self, stream: TextIO) -> None:
        self._stop = False
        self._go = threading.Event()
        self._go.set()
        self._stream = stream
        threading.Thread(target=self._listen, name="orders", daemon=True).start()

    def stopped(self) -> bool:
        """Whether to stop; waits while paused."""
        self._go.wait()
        return self._stop

    def _listen(self) -> None:
        for line in self._stream:
            match line.strip():
                case "pause":
                    self._go.clear()
                case "go on":
                    self._go.set()
                case "stop":
                    break
        self._stop = True
        self._go.set()


def train(folder: Path, eye: EfficientNetLite0, teller: Teller, log: Log) -> None:
    """All stages, from where they were, and the generator. Raises Problem, Cancelled."""
    setting = from_json(json.loads((folder / SETTING).read_bytes()), Setting)
    pictures = packed.opened(folder / PICTURES)
    device = best_device()
    if device.kind == "cpu":
        torch.set_num_threads(device.threads)
    start = opened(folder / START) if setting.start else None
    material = Material(pictures, eye, Machine(device.torch_name), start)
    plan = planned(folder, setting, material)
    teller.plan(plan, device)
    minutes = float(os.environ.get(MINUTES_VARIABLE) or between(plan.seconds))
    run = Run(folder, log, minutes, _SHOWN)
    for stage, limit in zip(stages(plan.setting, material), plan.limits, strict=True):
        run.train(stage, limit)
    path = publish(folder, plan, pictures, stage)
    teller.say({"generator": path.name})
    _judge(path, material, teller, log)


def between(seconds: float) -> float:
    """Minutes between two checkpoints of a training that takes so long: who trains for ten minutes
    wants to see pictures before the fifth."""
    return min(MOST_MINUTES, max(LEAST_MINUTES, seconds / 60.0 / LOOKS))


def _judge(path: Path, material: Material, teller: Teller, log: Log) -> None:
    """Tell how good the generator is. Raises Problem, Cancelled."""

    def report(share: float) -> None:
        if log.stop():
            raise Cancelled
        teller.say({"measuring": round(share, 4)})

    spent = 60.0 * read_card(path).training.minutes
    judgement = judge(path, material, spent, report)
    teller.write({"judgement": msgspec.to_builtins(judgement)})


def features(path: Path | None) -> EfficientNetLite0:
    """The network that perceives. Raises Problem where it is not there."""
    eye = EfficientNetLite0()
    eye.load_state_dict(load_file(path or default_store().weights(FEATURES)), strict=False)
    return eye


def main(words: list[str]) -> int:
    folder = Path(words[0])
    with contextlib.suppress(AttributeError, OSError):  # Windows has other words for it
        os.nice(_LOWEST)
    teller = Teller(folder, sys.stdout)
    orders = Orders(sys.stdin)
    log = Log(teller.moment, teller.kept, teller.trouble, orders.stopped)
    try:
        train(folder, features(Path(words[1]) if words[1:] else None), teller, log)
    except Cancelled:
        return 130
    except Problem as problem:
        values = {name: str(value) for name, value in problem.values.items()}
        told = {"problem": problem.text, "values": values, "code": problem.code}
        teller.say({**told, "details": problem.details})
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
