# SPDX-License-Identifier: Apache-2.0
"""The average of a network's weights over its last steps: calmer than the weights themselves."""

from __future__ import annotations

import copy
from typing import Generic, TypeVar

import torch
from torch import nn

N = TypeVar("N", bound=nn.Module)


class MovingAverage(Generic[N]):
    """`net` follows `of`, faster at first: the random start is soon forgotten."""

    def __init__(self, of: N, decay: float) -> None:
        self.net: N = copy.deepcopy(of).eval().requires_grad_(False)
        self._of = of
        self._decay = decay

    def follow(self, step: int) -> None:
        """Take in the weights after `step` (from 0)."""
        weight = 1.0 - min(self._decay, (1.0 + step) / (10.0 + step))
        with torch.no_grad():
            for mine, theirs in zip(
                self.net.state_dict().values(), self._of.state_dict().values(), strict=True
            ):
                if mine.is_floating_point():
                    mine.lerp_(theirs, weight)
                else:
                    mine.copy_(theirs)
