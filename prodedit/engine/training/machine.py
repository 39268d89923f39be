# SPDX-License-Identifier: Apache-2.0
"""What a training runs on, and how its steps bear a memory that is too small."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

N = TypeVar("N", bound=nn.Module)


@dataclass(frozen=True)
class Machine:
    """`name` as torch calls the device: "cpu", "cuda:0"."""

    name: str = "cpu"

    def put(self, network: N) -> N:
        """The network on this device, channels last."""
        placed: N = network.to(self.name)
        return placed.to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]  # torch's stubs lack it

    def tensor(self, values: NDArray[Any]) -> Tensor:
        """Numbers on this device; pictures (four axes) channels last."""
        tensor = torch.from_numpy(np.ascontiguousarray(values)).to(self.name)
        return tensor.to(memory_format=torch.channels_last) if tensor.ndim == 4 else tensor

    def wait(self) -> None:
        """Until what was asked of the device is done: for clocks."""
        if self.name.startswith("cuda"):
            torch.cuda.synchronize(self.name)

    def precision(self) -> AbstractContextManager[Any]:
        """bfloat16 where the device multiplies it: as wide as float32, so gradients need no
        scaling, and a step takes half to two thirds of the time on processors, too."""
        kind = self.name.partition(":")[0]
        if kind == "cuda":
            multiplies = torch.cuda.is_bf16_supported()
        else:
            multiplies = kind == "cpu" and processor_multiplies_bfloat16()
        return torch.autocast(kind, dtype=torch.bfloat16) if multiplies else nullcontext()


@cache
def processor_multiplies_bfloat16() -> bool:
    """Whether it does so itself. Where it is only imitated it costs more than float32."""
    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))


WEIGHTS, STEPS, SAMPLES, MATCHES = 2, 3, 4, 7
"""What is drawn for: draws of different purposes have nothing in common. (0 and 1: the data; 5 and
6: what measures.)"""


def seeded(seed: int, purpose: int, step: int = 0) -> None:
    """Make what torch draws from here on known from these numbers alone."""
    torch.manual_seed(int(np.random.SeedSequence((seed, purpose, step)).generate_state(1)[0]))
