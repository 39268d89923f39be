# SPDX-License-Identifier: Apache-2.0
"""Any picture as a style: one network reads it, another paints with what was read.

Ghiasi, Lee, Kudlur, Dumoulin, Shlens: Exploring the structure of a real-time, arbitrary neural
artistic stylization network, BMVC 2017, arXiv:1705.06830. The style predictor is a MobileNetV2
(Sandler, Howard, Zhu, Zhmoginov, Chen, CVPR 2018, arXiv:1801.04381) that gives 100 numbers; the
transformer's gains and biases are linear functions of them. Batch normalisation is folded into
the convolutions, as in the published files. A mixture of styles is a mixture of their numbers.

A picture must not be cut into tiles: the transformer's normalisation looks at all of it.
"""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import Executor
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from prodedit.nets import banded
from prodedit.nets.multistyle import normalised

BOTTLENECK = 100
"""Numbers that describe a style."""
STYLE_SIDE = 256
"""Pixels of the square that the predictor looks at; it was trained on no other."""


class Reader(nn.Module):
    """A convolution as TensorFlow pads it ("same": of an odd sum, the larger part at the far
    edges), and ReLU6 unless it is a block's last one."""

    def __init__(
        self, channels_in: int, channels_out: int, kernel: int, stride: int, groups: int, act: bool
    ) -> None:
        super().__init__()
        shape = (channels_out, channels_in // groups, kernel, kernel)
        self.weight = nn.Parameter(torch.empty(shape))
        nn.init.kaiming_normal_(self.weight)
        self.bias = nn.Parameter(torch.zeros(channels_out))
        self.stride, self.groups, self.act = stride, groups, act

    def forward(self, x: Tensor) -> Tensor:
        spare = max(self.weight.shape[2] - self.stride, 0)
        near, far = spare // 2, spare - spare // 2
        x = F.pad(x, (near, far, near, far))
        x = F.conv2d(x, self.weight, self.bias, self.stride, groups=self.groups)
        return F.relu6(x, inplace=True) if self.act else x


class Bottleneck(nn.Module):
    """MobileNetV2's inverted residual: widen, look at each channel alone, narrow."""

    def __init__(self, channels_in: int, channels_out: int, stride: int, widen: int) -> None:
        super().__init__()
        wide = channels_in * widen
        if widen > 1:
            self.expand = Reader(channels_in, wide, 1, 1, 1, True)
        self.depthwise = Reader(wide, wide, 3, stride, wide, True)
        self.project = Reader(wide, channels_out, 1, 1, 1, False)
        self.adds = stride == 1 and channels_in == channels_out

    def forward(self, x: Tensor) -> Tensor:
        y = x
        for part in self.children():
            y = part(y)
        return x + y if self.adds else y


STAGES = (
    # widen, channels, blocks, stride of the first: table 2 of the MobileNetV2 paper
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)


class StylePredictor(nn.Module):
    """(n, 3, 256, 256) in 0..1 to (n, 100, 1, 1)."""

    def __init__(
        self,
        stages: tuple[tuple[int, int, int, int], ...] = STAGES,
        first: int = 32,  # channels of the first convolution
        last: int = 1280,  # of the last one
    ) -> None:
        super().__init__()
        self.first = Reader(3, first, 3, 2, 1, True)
        blocks: list[Bottleneck] = []
        channels = first
        for widen, wanted, count, stride in stages:
            for number in range(count):
                blocks.append(Bottleneck(channels, wanted, 1 if number else stride, widen))
                channels = wanted
        self.blocks = nn.ModuleList(blocks)
        self.last = Reader(channels, last, 1, 1, 1, True)
        self.style = Reader(last, BOTTLENECK, 1, 1, 1, False)

    def forward(self, x: Tensor) -> Tensor:
        x = self.first(x)
        for block in self.blocks:
            x = block(x)
        style: Tensor = self.style(self.last(x).mean((2, 3), keepdim=True))
        return style


class Linear(nn.Module):
    """A gain or bias for each channel, from a style's numbers."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(channels, BOTTLENECK, 1, 1))
        nn.init.kaiming_normal_(self.weight)
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, style: Tensor) -> Tensor:
        """(n, 100) to (n, channels)."""
        return F.linear(style, self.weight[:, :, 0, 0], self.bias)


class Contracting(nn.Module):
    """Mirrored edges, a convolution, ReLU; no style yet."""

    def __init__(self, channels_in: int, channels_out: int, kernel: int, stride: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(channels_out, channels_in, kernel, kernel))
        nn.init.kaiming_normal_(self.weight)
        self.bias = nn.Parameter(torch.zeros(channels_out))
        self.stride = stride

    def forward(self, x: Tensor) -> Tensor:
        x = F.conv2d(_mirrored(x, self.weight), self.weight, self.bias, self.stride)
        return F.relu(x, inplace=True)


class Painting(nn.Module):
    """Mirrored edges, a convolution without bias, and the normalisation that the style sets."""

    def __init__(self, channels_in: int, channels_out: int, kernel: int = 3) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(channels_out, channels_in, kernel, kernel))
        nn.init.kaiming_normal_(self.weight)
        self.beta = Linear(channels_out)
        self.gamma = Linear(channels_out)

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        x = F.conv2d(_mirrored(x, self.weight), self.weight)
        return normalised(x, self.gamma(style), self.beta(style))


class StyleTransformer(nn.Module):
    """(n or 1, 3, h, w) in 0..1, h and w multiples of 4, and styles (n, 100) to (n, 3, h, w) in
    0..1."""

    def __init__(
        self,
        contracting: tuple[int, int, int] = (8, 16, 32),  # channels
        blocks: int = 5,  # residual ones
        expanding: tuple[int, int] = (16, 8),
    ) -> None:
        super().__init__()
        one, two, wide = contracting
        self.contract = nn.Sequential(
            OrderedDict(
                conv1=Contracting(3, one, 9, 1),
                conv2=Contracting(one, two, 3, 2),
                conv3=Contracting(two, wide, 3, 2),
            )
        )
        self.residual = nn.ModuleList(
            nn.ModuleDict({"conv1": Painting(wide, wide), "conv2": Painting(wide, wide)})
            for _ in range(blocks)
        )
        self.expand = nn.ModuleDict(
            {
                "conv1": Painting(wide, expanding[0]),
                "conv2": Painting(expanding[0], expanding[1]),
                "conv3": Painting(expanding[1], 3, kernel=9),
            }
        )

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        x = self.contract(x)
        for block in self.residual:
            inner = F.relu(block["conv1"](x, style), inplace=True)  # type: ignore[index]
            x = x + block["conv2"](inner, style)  # type: ignore[index]
        for name in ("conv1", "conv2"):
            x = F.relu(self.expand[name](_grown(x), style), inplace=True)
        return torch.sigmoid(self.expand["conv3"](x, style))


class BandedTransformer(StyleTransformer):
    """The same, as a processor does it fastest; float32 only."""

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        def styled(layer: Painting) -> banded.Styled:
            return banded.Styled(layer.weight, layer.gamma(style), layer.beta(style))

        # torch's stubs know nothing of what lists and tables of modules hold.
        residual, expand = list[Any](self.residual), dict[str, Any](self.expand.items())
        blocks = ((styled(block["conv1"]), styled(block["conv2"])) for block in residual)
        *growing, last = map(styled, expand.values())
        with banded.workers() as pool:
            contracted = self._contracted(x.permute(0, 2, 3, 1), pool)
            return banded.painted(contracted, blocks, growing, last, pool)

    def _contracted(self, x: Tensor, pool: Executor) -> Tensor:
        def convolved(read: Tensor | banded.Scaled, layer: Any) -> banded.Scaled:
            made = banded.convolved(read, layer.weight, pool, stride=layer.stride)
            bias = layer.bias.expand(len(x), -1)
            return banded.Scaled(made.values, torch.ones_like(bias), bias)

        first, second, third = self.contract
        return convolved(convolved(convolved(x, first), second), third).done(pool)


def _mirrored(x: Tensor, weight: Tensor) -> Tensor:
    edge = weight.shape[2] // 2
    return F.pad(x, (edge, edge, edge, edge), mode="reflect")


def _grown(x: Tensor) -> Tensor:
    return F.interpolate(x, scale_factor=2, mode="nearest")
