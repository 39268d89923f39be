# SPDX-License-Identifier: Apache-2.0
"""The average of a network's weights over its last steps: calmer than the weights themselves."""

from __future__ import annotations

import copy
from typing import Generic, TypeVar

import torch
from torch import nn

N = TypeVar("N", bound=nn.Module)
_SPANS = 10
"""Of an average in a training with a start."""


class MovingAverage(Generic[N]):
    """`net` follows `of`, faster at first: a random start is soon forgotten."""

    def __init__(self, of: N, decay: float, steps: int | None = None) -> None:
        """steps: how many will follow, where the start is worth keeping: each counts alike then,
        and no more than about a tenth of them is averaged, or few steps would change nothing."""
        self.net: N = copy.deepcopy(of).eval().requires_grad_(False)
        self._of = of
        self._evenly = steps is not None
        self._decay = decay if steps is None else max(0.0, min(decay, 1.0 - _SPANS / steps))

    def follow(self, step: int) -> None:
        """Take in the weights after `step` (from 0)."""
        grown = 1.0 if self._evenly else (1.0 + step) / (10.0 + step)
        weight = 1.0 - min(self._decay, grown)
        with torch.no_grad():
            for mine, theirs in zip(
                self.net.state_dict().values(), self._of.state_dict().values(), strict=True
            ):
                if mine.is_floating_point():
                    mine.lerp_(theirs, weight)
                else:
                    mine.copy_(theirs)
