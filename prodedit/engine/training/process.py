# SPDX-License-Identifier: Apache-2.0
"""A training as a program: `python -m prodedit.engine.training.process FOLDER FEATURES`.

FOLDER holds `setting.json` and the packed pictures; checkpoints, `log.jsonl` and sheets of samples
are written into it. FEATURES: the weights of EfficientNet-Lite0 (safetensors). What happens is told
on standard output, one JSON object a line; `pause`, `go on` and `stop` are heard on standard input,
a line each. It runs at the lowest priority; started again, it goes on.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

import cv2
import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor

from prodedit.core.problem import Cancelled, Problem
from prodedit.core.values import from_json
from prodedit.engine.service.device import best_device
from prodedit.engine.training import packed
from prodedit.engine.training.autoencoding import Autoencoding
from prodedit.engine.training.flowing import Flowing
from prodedit.engine.training.machine import Machine
from prodedit.engine.training.run import Log, Moment, Run
from prodedit.engine.training.setting import TwoStageSetting
from prodedit.engine.training.sheet import sheet
from prodedit.files.atomic import write_atomic
from prodedit.nets.efficientnet_lite import EfficientNetLite0

SETTING, PICTURES, LOG = "setting.json", "pictures.bin", "log.jsonl"
EVERY = 20
"""Steps whose losses are averaged for one line of the log."""
_LOWEST = 19


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


class Teller:
    """Writes the log, and tells the parent."""

    def __init__(self, folder: Path, stream: TextIO) -> None:
        self._folder, self._stream = folder, stream
        self._moments: deque[Moment] = deque(maxlen=EVERY)

    def moment(self, moment: Moment) -> None:
        self._moments.append(moment)
        if moment.step % EVERY and moment.step != moment.steps:
            return
        names = sorted({name for one in self._moments for name in one.losses})
        losses = {
            name: round(float(np.mean([one.losses.get(name, 0.0) for one in self._moments])), 5)
            for name in names
        }
        seconds = round(float(np.mean([one.seconds for one in self._moments])), 4)
        self._moments.clear()
        told = {"stage": moment.stage, "step": moment.step, "of": moment.steps}
        self.write({**told, "seconds": seconds, "at": round(time.time()), "losses": losses})

    def kept(self, stage: str, step: int, samples: Tensor) -> None:
        picture = sheet(samples.float().cpu().numpy())
        _, data = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
        name = f"{stage}-{step:08d}.png"
        write_atomic(self._folder / name, data.tobytes())
        self.say({"stage": stage, "step": step, "sheet": name})

    def trouble(self, code: str, step: int) -> None:
        self.write({"trouble": code, "step": step, "at": round(time.time())})

    def write(self, event: Mapping[str, Any]) -> None:
        with (self._folder / LOG).open("a", encoding="utf-8") as file:
            file.write(json.dumps(event) + "\n")
        self.say(event)

    def say(self, event: Mapping[str, Any]) -> None:
        with contextlib.suppress(OSError):  # a parent that went away: the orders will say so
            self._stream.write(json.dumps(event) + "\n")
            self._stream.flush()


def train(folder: Path, features: Path, log: Log) -> None:
    """Both stages, from where they were. Raises Problem, Cancelled."""
    setting = from_json(json.loads((folder / SETTING).read_bytes()), TwoStageSetting)
    pictures = packed.opened(folder / PICTURES)
    device = best_device()
    if device.kind == "cpu":
        torch.set_num_threads(device.threads)
    machine, run = Machine(device.torch_name), Run(folder, log)
    eye = EfficientNetLite0()
    eye.load_state_dict(load_file(features), strict=False)
    first = Autoencoding(setting, pictures, eye, machine)
    run.train(first)
    run.train(Flowing(setting, pictures, first.result, machine))


def main(words: list[str]) -> int:
    folder, features = Path(words[0]), Path(words[1])
    with contextlib.suppress(AttributeError, OSError):  # Windows has other words for it
        os.nice(_LOWEST)
    teller = Teller(folder, sys.stdout)
    orders = Orders(sys.stdin)
    log = Log(teller.moment, teller.kept, teller.trouble, orders.stopped)
    try:
        train(folder, features, log)
    except Cancelled:
        return 130
    except Problem as problem:
        teller.say({"problem": str(problem), "code": problem.code, "details": problem.details})
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
