# SPDX-License-Identifier: Apache-2.0
"""Many styles in one network, told apart by their normalisation alone, and blended by it.

Dumoulin, Shlens, Kudlur: A Learned Representation for Artistic Style, ICLR 2017, arXiv:1610.07629.
Three convolutions contract, residual blocks, nearest neighbours and convolutions expand; each
convolution is followed by conditional instance normalisation, whose gain (gamma) and bias (beta)
are rows of a table with one row for each style. A blend of styles is a blend of the rows.

Names of parameters are those of the published file. A picture must not be cut into tiles: the
normalisation looks at all of it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from prodedit.nets import banded
from prodedit.nets.banded import EPSILON

SMALLEST = 8
"""Pixels that height and width need; they are multiples of 4."""


class Table(nn.Module):
    """The gains and biases of one layer in all styles."""

    def __init__(self, styles: int, channels: int) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(styles, channels))
        self.beta = nn.Parameter(torch.zeros(styles, channels))

    def forward(self, weights: Tensor) -> tuple[Tensor, Tensor]:
        """(n, styles), each row with the sum 1, to gamma and beta (n, c)."""
        return weights @ self.gamma, weights @ self.beta


def normalised(x: Tensor, gamma: Tensor, beta: Tensor) -> Tensor:
    """Instance normalisation of (n, c, h, w), then gain and bias (n, c) of each picture's own.

    Sums over all pixels and one multiplication and addition for each: on a processor this is a
    tenth of what torch's own functions for it take (2.13, channels last).
    """
    mean = x.mean((2, 3), dtype=torch.float32)  # (n, c)
    square = torch.mul(x, x).mean((2, 3), dtype=torch.float32)
    gain = gamma * torch.rsqrt((square - mean * mean).clamp_min(0) + EPSILON)
    shift = beta - mean * gain
    return torch.addcmul(shift[:, :, None, None], x, gain[:, :, None, None])


class Layer(nn.Module):
    """Mirrored edges, a convolution without bias, and the style's normalisation."""

    def __init__(
        self,
        styles: int,
        channels_in: int,
        channels_out: int,
        kernel: int = 3,
        stride: int = 1,
        grow: int = 1,  # nearest neighbours before the convolution
    ) -> None:
        super().__init__()
        self.w = nn.Parameter(torch.empty(channels_out, channels_in, kernel, kernel))
        nn.init.kaiming_normal_(self.w)
        self.norm = Table(styles, channels_out)
        self.stride = stride
        self.grow = grow

    def forward(self, x: Tensor, weights: Tensor) -> Tensor:
        if self.grow > 1:
            x = F.interpolate(x, scale_factor=self.grow, mode="nearest")
        edge = self.w.shape[2] // 2
        x = F.pad(x, (edge, edge, edge, edge), mode="reflect")
        return normalised(F.conv2d(x, self.w, stride=self.stride), *self.norm(weights))


class MultiStyle(nn.Module):
    """(n or 1, 3, h, w) in 0..1 and weights (n, styles) to (n, 3, h, w) in 0..1."""

    def __init__(
        self,
        styles: int = 26,
        blocks: int = 6,  # residual ones
        channels: int = 32,
        last: tuple[int, int] = (8, 4),  # channels while expanding
    ) -> None:
        super().__init__()
        self.styles = styles
        self.contract = nn.ModuleList(
            (
                Layer(styles, 3, channels, kernel=9),
                Layer(styles, channels, channels, stride=2),
                Layer(styles, channels, channels, stride=2),
            )
        )
        self.res = nn.ModuleList(
            nn.ModuleList(Layer(styles, channels, channels) for _ in range(2))
            for _ in range(blocks)
        )
        self.expand = nn.ModuleList(
            (
                Layer(styles, channels, last[0], grow=2),
                Layer(styles, last[0], last[1], grow=2),
                Layer(styles, last[1], 3, kernel=9),
            )
        )

    def forward(self, x: Tensor, weights: Tensor) -> Tensor:
        for layer in self.contract:
            x = F.relu(layer(x, weights), inplace=True)
        for block in self.res:
            inner = F.relu(block[0](x, weights), inplace=True)  # type: ignore[index]
            x = x + block[1](inner, weights)  # type: ignore[index]
        for layer in self.expand[:2]:
            x = F.relu(layer(x, weights), inplace=True)
        return torch.sigmoid(self.expand[2](x, weights))


class BandedMultiStyle(MultiStyle):
    """The same, as a processor does it fastest; float32 only."""

    def forward(self, x: Tensor, weights: Tensor) -> Tensor:
        def styled(layer: Layer) -> banded.Styled:
            return banded.Styled(layer.w, *layer.norm(weights))

        net: Any = self  # torch's stubs know nothing of what a list of modules holds
        with banded.workers() as pool:
            made = banded.convolved(x.permute(0, 2, 3, 1), net.contract[0].w, pool)
            for layer, following in pairwise(net.contract):
                scaled = made.normalised(styled(layer))
                made = banded.convolved(scaled, following.w, pool, stride=following.stride)
            contracted = made.normalised(styled(net.contract[-1])).done(pool)
            pairs = ((styled(one), styled(two)) for one, two in net.res)
            *growing, last = map(styled, net.expand)
            return banded.painted(contracted, pairs, growing, last, pool)
