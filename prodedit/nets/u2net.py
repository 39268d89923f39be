# SPDX-License-Identifier: Apache-2.0
"""U²-Net: Going Deeper with Nested U-Structure for Salient Object Detection.

Qin, Zhang, Huang, Dehghan, Zaiane, Jagersand; Pattern Recognition 106, 2020; arXiv:2005.09007.
An encoder and decoder of six stages, each of them a U-Net of its own: a residual U-block (RSU).
Names are the paper's: RSU-L(C_in, M, C_out), En_1 .. En_6, De_5 .. De_1, S_side, S_fuse.

Batch normalisation does not appear: at inference it is a scale and a shift per channel, and the
published weights that the cards name carry it inside the convolutions.

Modules are created in the order in which the paper's figure 5 runs them, so the parameters of
`state_dict()` stand in the order of the published graph; the converter relies on it.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class ConvReLU(nn.Module):
    """A 3 x 3 convolution that keeps height and width, and a ReLU."""

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        dilation: int = 1,  # distance between the kernel's taps; padding grows with it
    ) -> None:
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, padding=dilation, dilation=dilation)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.conv(x), inplace=True)


def pool(x: Tensor) -> Tensor:
    """Half the height and width, rounded up."""
    return F.max_pool2d(x, 2, stride=2, ceil_mode=True)


def resize_like(x: Tensor, other: Tensor) -> Tensor:
    """`x` at the height and width of `other`, bilinear, pixel centres at halves."""
    return F.interpolate(x, size=other.shape[2:], mode="bilinear", align_corners=False)


class RSU(nn.Module):
    """Residual U-block RSU-L(C_in, M, C_out): a U-Net of L levels, added to its own first layer."""

    def __init__(
        self,
        L: int,  # noqa: N803 - the paper's name: layers of the encoder, the dilated one included
        C_in: int,  # noqa: N803 - channels that come in
        M: int,  # noqa: N803 - channels inside
        C_out: int,  # noqa: N803 - channels that go out
    ) -> None:
        super().__init__()
        self.conv_in = ConvReLU(C_in, C_out)
        self.encoder = nn.ModuleList(
            ConvReLU(C_out if level == 0 else M, M) for level in range(L - 1)
        )
        self.bottom = ConvReLU(M, M, dilation=2)
        self.decoder = nn.ModuleList(
            ConvReLU(2 * M, C_out if level == 0 else M) for level in reversed(range(L - 1))
        )

    def forward(self, x: Tensor) -> Tensor:
        fx_in = self.conv_in(x)  # (n, C_out, h, w)
        levels: list[Tensor] = []
        h = fx_in
        for index, layer in enumerate(self.encoder):
            h = layer(pool(h) if index else h)  # (n, M, h / 2^index, w / 2^index)
            levels.append(h)
        h = self.bottom(h)  # (n, M, h / 2^(L-2), w / 2^(L-2))
        for layer in self.decoder:
            skip = levels.pop()
            h = layer(torch.cat((_grown(h, skip), skip), dim=1))
        return torch.add(h, fx_in)  # (n, C_out, h, w)


def _grown(x: Tensor, other: Tensor) -> Tensor:
    return x if x.shape[2:] == other.shape[2:] else resize_like(x, other)


class RSU4F(nn.Module):
    """RSU-4F: the deepest stages, where pooling would lose too much; dilation widens instead."""

    def __init__(self, C_in: int, M: int, C_out: int) -> None:  # noqa: N803 - as in RSU
        super().__init__()
        self.conv_in = ConvReLU(C_in, C_out)
        self.encoder = nn.ModuleList(
            ConvReLU(C_out if dilation == 1 else M, M, dilation) for dilation in (1, 2, 4)
        )
        self.bottom = ConvReLU(M, M, dilation=8)
        self.decoder = nn.ModuleList(
            ConvReLU(2 * M, C_out if dilation == 1 else M, dilation) for dilation in (4, 2, 1)
        )

    def forward(self, x: Tensor) -> Tensor:
        fx_in = self.conv_in(x)  # (n, C_out, h, w), and so on below
        levels: list[Tensor] = []
        h = fx_in
        for layer in self.encoder:
            h = layer(h)
            levels.append(h)
        h = self.bottom(h)
        for layer in self.decoder:
            h = layer(torch.cat((h, levels.pop()), dim=1))
        return torch.add(h, fx_in)


STAGES = (
    # block, L, C_in, M, C_out: table 1 of the paper
    ("En_1", 7, 3, 32, 64),
    ("En_2", 6, 64, 32, 128),
    ("En_3", 5, 128, 64, 256),
    ("En_4", 4, 256, 128, 512),
    ("En_5", 0, 512, 256, 512),  # 0: RSU-4F
    ("En_6", 0, 512, 256, 512),
    ("De_5", 0, 1024, 256, 512),
    ("De_4", 4, 1024, 128, 256),
    ("De_3", 5, 512, 64, 128),
    ("De_2", 6, 256, 32, 64),
    ("De_1", 7, 128, 16, 64),
)
SIDE_CHANNELS = (64, 64, 128, 256, 512, 512)
"""Channels of De_1 .. De_5 and En_6, from which the six side outputs are made."""


def make_stages(in_channels: int, divisor: int) -> nn.ModuleDict:
    """The eleven stages of the table, all widths divided by `divisor` (tests use tiny nets)."""
    stages = nn.ModuleDict()
    for name, depth, c_in, m, c_out in STAGES:
        c_in = in_channels if name == "En_1" else c_in // divisor
        m, c_out = m // divisor, c_out // divisor
        stages[name] = RSU(depth, c_in, m, c_out) if depth else RSU4F(c_in, m, c_out)
    return stages


def run_stages(stages: nn.ModuleDict, x: Tensor) -> list[Tensor]:
    """De_1 .. De_5 and En_6, finest first: what side outputs are made from."""
    features: list[Tensor] = []
    h = x
    for index in range(1, 7):
        h = stages[f"En_{index}"](pool(h) if index > 1 else h)
        features.append(h)
    for index in range(5, 0, -1):
        skip = features[index - 1]
        h = stages[f"De_{index}"](torch.cat((resize_like(h, skip), skip), dim=1))
        features[index - 1] = h
    return features


class U2Net(nn.Module):
    """Saliency, 0 to 1, of each pixel of a picture; the published weights want 320 x 320."""

    def __init__(self, divisor: int = 1) -> None:  # widths are divided by it: 1 is the paper's net
        super().__init__()
        self.stages = make_stages(3, divisor)
        self.side = nn.ModuleList(
            nn.Conv2d(channels // divisor, 1, 3, padding=1) for channels in SIDE_CHANNELS
        )
        self.fuse = nn.Conv2d(len(SIDE_CHANNELS), 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(n, 3, h, w) normalised RGB to (n, 1, h, w) in 0 .. 1: S_fuse."""
        features = run_stages(self.stages, x)  # six of (n, C, h / 2^i, w / 2^i)
        sides = [
            _grown(side(feature), x) for side, feature in zip(self.side, features, strict=True)
        ]  # six of (n, 1, h, w)
        return torch.sigmoid(self.fuse(torch.cat(sides, dim=1)))
