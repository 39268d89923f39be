# SPDX-License-Identifier: Apache-2.0
"""One tensor goes downhill."""

from __future__ import annotations

import torch
from torch import Tensor

_BETAS = (0.9, 0.999)
_EPSILON = 1e-8


class Descent:
    """Adam (Kingma, Ba: ICLR 2015, arXiv:1412.6980) on one tensor, changed in place.

    torch's own optimisers load torch's compiler when the first of them is made: three seconds in
    which a person who drags a point would see nothing.
    """

    def __init__(self, values: Tensor, rate: float) -> None:
        self.values, self._rate, self._steps = values, rate, 0
        self._mean, self._square = torch.zeros_like(values), torch.zeros_like(values)

    def step(self, gradient: Tensor) -> None:
        """One step against the gradient, which has the shape of the values."""
        self._steps += 1
        of_mean, of_square = _BETAS
        with torch.no_grad():
            self._mean.lerp_(gradient, 1.0 - of_mean)
            self._square.lerp_(gradient.square(), 1.0 - of_square)
            mean = self._mean / (1.0 - of_mean**self._steps)
            square = self._square / (1.0 - of_square**self._steps)
            self.values -= self._rate * mean / (square.sqrt() + _EPSILON)
