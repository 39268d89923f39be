# SPDX-License-Identifier: Apache-2.0
"""ESRGAN's generator: residual in residual dense blocks, four times the height and width.

Wang, Yu, Wu, Gu, Liu, Dong, Loy, Qiao, Tang; ECCV workshops 2018; arXiv:1809.00219. Made for the
weights of Real-ESRGAN (Wang, Xie, Dong, Shan; ICCV workshops 2021; arXiv:2107.10833), which were
trained to undo blur, noise and JPEG's traces, too. Names are the paper's: RRDB, dense block,
beta = 0.2.

Modules are created in the order in which the published graph runs them; the converter relies on it.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

BETA = 0.2
"""What each residual branch is scaled by."""
SLOPE = 0.2
"""Of the leaky ReLU."""


class DenseBlock(nn.Module):
    """Five convolutions, each of which sees what all before it made."""

    def __init__(
        self,
        features: int,  # channels that come in and go out
        growth: int,  # channels that each convolution adds
    ) -> None:
        super().__init__()
        self.convs = nn.ModuleList(
            nn.Conv2d(features + index * growth, growth if index < 4 else features, 3, padding=1)
            for index in range(5)
        )

    def forward(self, x: Tensor) -> Tensor:
        seen = x
        for conv in self.convs[:-1]:
            made = F.leaky_relu(conv(seen), SLOPE, inplace=True)  # (n, growth, h, w)
            seen = torch.cat((seen, made), dim=1)
        return torch.add(x, self.convs[-1](seen), alpha=BETA)  # (n, features, h, w)


class RRDB(nn.Module):
    """Three dense blocks and a residual round them."""

    def __init__(self, features: int, growth: int) -> None:
        super().__init__()
        self.dense = nn.Sequential(*(DenseBlock(features, growth) for _ in range(3)))

    def forward(self, x: Tensor) -> Tensor:
        return torch.add(x, self.dense(x), alpha=BETA)


class RRDBNet(nn.Module):
    """Four times the height and width; the published weights have 23 blocks, 16.7 M parameters."""

    def __init__(self, features: int = 64, growth: int = 32, blocks: int = 23) -> None:
        super().__init__()
        self.conv_first = nn.Conv2d(3, features, 3, padding=1)
        self.body = nn.Sequential(*(RRDB(features, growth) for _ in range(blocks)))
        self.conv_body = nn.Conv2d(features, features, 3, padding=1)
        self.conv_up = nn.ModuleList(nn.Conv2d(features, features, 3, padding=1) for _ in range(2))
        self.conv_hr = nn.Conv2d(features, features, 3, padding=1)
        self.conv_last = nn.Conv2d(features, 3, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """(n, 3, h, w) RGB in 0 .. 1 to (n, 3, 4 h, 4 w), about 0 .. 1."""
        h = self.conv_first(x)
        h = h + self.conv_body(self.body(h))
        for conv in self.conv_up:
            h = F.interpolate(h, scale_factor=2.0, mode="nearest")
            h = F.leaky_relu(conv(h), SLOPE, inplace=True)  # (n, features, 2 h, 2 w), then 4
        h = F.leaky_relu(self.conv_hr(h), SLOPE, inplace=True)
        answer: Tensor = self.conv_last(h)
        return answer
