# SPDX-License-Identifier: Apache-2.0
"""How many pictures a second generators learn from: `python -m tests.benchmarks.bench_training`.

One step of each stage, of the sizes that a training at 64² has, against the same networks with the
same weights and losses as they are usually written (tests/benchmarks/plain_networks.py). The first
losses must be equal, both in float32; ours is timed as it trains, in bfloat16 where the processor
has it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from statistics import median
from typing import Any
from unittest.mock import patch

import numpy as np
import torch
from msgspec.structs import replace
from torch import Tensor

from prodedit.engine.service.device import cpu_device
from prodedit.engine.service.store import FEATURES, Status, default_store
from prodedit.engine.training import machine
from prodedit.engine.training.autoencoding import Autoencoding
from prodedit.engine.training.defaults import setting_for
from prodedit.engine.training.families import Material, gan
from prodedit.engine.training.flowing import Flowing
from prodedit.engine.training.machine import Machine
from prodedit.engine.training.packed import Contents, PackedPictures
from prodedit.engine.training.process import features
from prodedit.engine.training.run import Stage
from tests.benchmarks.plain_networks import PlainAutoencoding, PlainContest, PlainFlowing
from tests.benchmarks.timing import Paired, as_json, paired, peak, table

Row = dict[str, Any]
Step = Callable[[int], Mapping[str, Tensor]]
SIDE, PICTURES, PAIRS = 64, 48, 2
CLOSE = 2e-3
"""Share of a loss that may differ: the sums run in another order."""


def rows() -> list[Row]:
    if default_store().state(FEATURES).status is Status.MISSING:
        return []
    torch.set_num_threads(cpu_device().threads)
    material = Material(pictures(), features(None), Machine())
    return [*_two_stage(material), _gan(material)]


def _two_stage(material: Material) -> list[Row]:
    setting = setting_for(PICTURES, SIDE)
    first = Autoencoding(setting, *material)
    peer = PlainAutoencoding(setting, material.pictures, material.features, first)
    seeing = _row("autoencoder, stage 1", first, peer.step, "pixels", setting.autoencoder.batch)
    setting = replace(setting, flow=replace(setting.flow, views=1))
    second = Flowing(setting, material.pictures, first.result, material.machine)
    making = PlainFlowing(setting, second, len(material.pictures.contents.classes))
    flow = _row("flow, stage 2", second, making.step, "velocity", setting.flow.batch)
    return [seeing, flow]


def _gan(material: Material) -> Row:
    setting = setting_for(PICTURES, SIDE, family="gan")
    setting = replace(setting, contest=replace(setting.contest, variations=(), matched=0.0))
    _, ours = gan(setting, material)
    peer = PlainContest(setting, material.pictures, material.features)
    return _row("style-based GAN", ours, peer.step, "critic", setting.contest.batch)


def _row(name: str, ours: Stage, peer: Step, loss: str, batch: int) -> Row:
    with patch.object(machine, "processor_multiplies_bfloat16", lambda: False):
        away = _away(float(ours.step(0, 1)[loss]), float(peer(0)[loss]))
    number = iter(range(1, 1 << 20))
    result = paired(lambda: ours.step(next(number), 1), lambda: peer(next(number)), PAIRS)
    most = peak(lambda: ours.step(next(number), 1)) / 1e6
    note = (
        f"{batch / median(result.ours):.1f} pictures a second, usually written "
        f"{batch / median(result.peer):.1f}; {_processor(result)}; {most:.0f} MB more at most in a "
        f"step; first losses differ by {away:.1e} of them"
    )
    return result.row(f"a step of {batch}, {name}, {SIDE}²", "plain torch", 1.0, note=note)


def _processor(result: Paired) -> str:
    return f"of the processor's time {result.processor_ratio:.2f}"


def _away(ours: float, peer: float) -> float:
    away = abs(ours - peer) / abs(peer)
    if not away < CLOSE:
        raise AssertionError(f"the losses are {ours} and {peer}")
    return away


def pictures(count: int = PICTURES, side: int = SIDE) -> PackedPictures:
    """Soft blots on white, in two classes: networks take as long whatever they look at."""
    chance = np.random.default_rng(0)
    y, x = np.mgrid[:side, :side] / side - 0.5
    pixels = np.full((count, side, side, 3), 255, np.uint8)
    for picture in pixels:
        a, b = chance.uniform(0.2, 0.4, 2)
        share = np.clip(8 * (1 - np.hypot(x / a, y / b)), 0, 1)[..., None]
        picture[...] = 255 - share * chance.uniform(40, 255, 3)
    labels = tuple(number % 2 for number in range(count))
    names = tuple(str(number) for number in range(count))
    return PackedPictures(
        pixels, Contents(side=side, classes=("one", "other"), labels=labels, names=names)
    )


if __name__ == "__main__":
    measured = rows()
    print(as_json(measured) if "--json" in sys.argv else table(measured))
