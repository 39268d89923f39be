# SPDX-License-Identifier: Apache-2.0
"""A context and networks for tests of enhancing, without weights."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from prodedit.core.problem import Cancelled
from prodedit.engine import enhancing
from prodedit.engine.cards import InputSpec, ModelCard, ModelFile, Tiling, Title
from prodedit.engine.context import quiet
from prodedit.engine.service.device import Device
from prodedit.engine.service.networks import piece_side

CPU = Device("cpu", 0, "CPU", 1)


def card(name: str, task: str) -> ModelCard:
    file = ModelFile(name="x.bin", runtime="safetensors", sha256="0" * 64, bytes=1)
    return ModelCard(
        id=name,
        task=task,
        title=Title(en=name, zh=name),
        architecture="srvgg",
        licence="Apache-2.0",
        origin="a test",
        input=InputSpec(side=0),
        tiling=Tiling(side=64, overlap=8),
        files=(file,),
    )


@dataclass
class FakeNetwork:
    """Answers as `answer` says: (1, 3, h, w) to anything."""

    answer: Callable[[Any], Any]
    card: ModelCard
    device: Device = CPU
    memory: int = 1
    seen: list[tuple[int, ...]] = field(default_factory=list)

    def __call__(self, x: Any) -> Any:
        return self.run(x, lambda: False)

    @property
    def piece_side(self) -> int:
        return piece_side(self.card, self.device)

    def run(
        self,
        x: Any,
        cancelled: Callable[[], bool],
        condition: Any = None,
        report: Callable[[float, str], None] = quiet,
    ) -> Any:
        if cancelled():
            raise Cancelled
        self.seen.append(x.shape)
        return self.answer(x)


def nearest(x: Any) -> Any:
    """Each pixel four times as large, and a trace of stripes that no photo has."""
    large = x.repeat(4, 2).repeat(4, 3)
    large[..., ::2] += 0.01
    return large.astype(np.float32)


def nothing_written(x: Any) -> Any:
    return np.zeros((1, 1, *x.shape[2:]), np.float32)


class FakeStore:
    def __init__(self, **answers: Callable[[Any], Any]) -> None:
        given = {"compact": nearest, "large": nearest, "text": nothing_written, **answers}
        names = {"compact": enhancing.COMPACT, "large": enhancing.LARGE, "text": enhancing.TEXT}
        self.networks = {
            names[key]: FakeNetwork(
                answer, card(names[key], "text" if key == "text" else "upscale")
            )
            for key, answer in given.items()
        }

    def use(self, name: str, device: Device) -> Any:
        return self.networks[name]


class FakeContext:
    """stop: after so many questions the job is cancelled."""

    def __init__(self, store: Any = None, stop: int = -1, device: Device = CPU) -> None:
        self.store: Any = store or FakeStore()
        self.device = device
        self.reports: list[tuple[float, str]] = []
        self._stop = stop

    def report(self, fraction: float, text: str) -> None:
        self.reports.append((fraction, text))
        if self.cancelled():
            raise Cancelled

    def cancelled(self) -> bool:
        self._stop -= 1
        return self._stop == 0


def photo(width: int, height: int, seed: int = 0) -> Any:
    """(h, w, 4) opaque BGRA: soft clouds of colour."""
    import cv2

    rng = np.random.default_rng(seed)
    small = rng.integers(30, 226, (max(2, height // 8), max(2, width // 8), 3)).astype(np.uint8)
    colours = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.dstack((colours, np.full((height, width), 255, np.uint8)))
