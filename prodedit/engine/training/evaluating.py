# SPDX-License-Identifier: Apache-2.0
"""A generator measured, as a program: `python -m prodedit.engine.training.evaluating GENERATOR
COUNT SEED [INCEPTION] FOLDER`.

FOLDER holds the packed pictures to compare with; INCEPTION: that network as an ONNX file, default
the one that lies beside the other networks, if any. With a COUNT of 0 nothing is made, and it is
told which of the pictures are odd. On standard output, one JSON object a line: the share that is
done, and at the end the measures, or the odd ones. It ends when its standard input does.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path

import msgspec
import torch

from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.generators.shelf import opened
from prodedit.engine.service.device import best_device
from prodedit.engine.training import packed
from prodedit.engine.training.inception import own_file
from prodedit.engine.training.intake import PICTURES
from prodedit.engine.training.machine import Machine
from prodedit.engine.training.measuring import Report, measured, odd_ones
from prodedit.engine.training.process import Orders, features

_LOWER = 10


def evaluate(
    folder: Path, generator: Path, count: int, seed: int, inception: Path | None, report: Report
) -> dict[str, object]:
    """What is told at the end. Raises Problem, and what `report` raises."""
    device = best_device()
    if device.kind == "cpu":
        torch.set_num_threads(device.threads)
    explorer = opened(generator, device.torch_name)
    pictures = packed.opened(folder / PICTURES)
    machine = Machine(device.torch_name)
    if not count:
        return {"odd": msgspec.to_builtins(odd_ones(explorer, pictures, machine))}
    found = measured(
        explorer, pictures, features(None), machine, count, seed, report, inception=inception
    )
    return {"measures": msgspec.to_builtins(found.measures)}


def main(words: list[str]) -> int:
    generator, count, seed, *more, folder = words
    inception = Path(more[0]) if more else own_file()
    with contextlib.suppress(AttributeError, OSError):  # Windows has other words for it
        os.nice(_LOWER)
    orders = Orders(sys.stdin)

    def report(share: float) -> None:
        if orders.stopped():
            raise Cancelled
        _say({"share": round(share, 4)})

    try:
        found = evaluate(Path(folder), Path(generator), int(count), int(seed), inception, report)
    except Cancelled:
        return 130
    except Problem as problem:
        values = {name: str(value) for name, value in problem.values.items()}
        _say({"problem": problem.text, "values": values, "code": problem.code})
        return 1
    _say(found)
    return 0


def _say(event: dict[str, object]) -> None:
    with contextlib.suppress(OSError):  # nobody listens any more: the orders will say so
        sys.stdout.write(json.dumps(event) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
