# SPDX-License-Identifier: Apache-2.0
"""EfficientNet-Lite0: features of pictures, learned on ImageNet.

Tan, Le: EfficientNet, ICML 2019, arXiv:1905.11946; the Lite variant (TensorFlow team, 2020) has
ReLU6 and no squeeze-and-excitation. 4.7 million parameters, 0.4 GFLOP at 224 x 224. Here it
measures (perceptual loss, distances between sets of pictures) and looks (projected
discriminators); it is never trained.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Stage(NamedTuple):
    """Inverted residual blocks of one kind: the first has the stride."""

    repeats: int
    kernel: int
    stride: int
    widen: int
    channels: int


STAGES = (
    Stage(1, 3, 1, 1, 16),
    Stage(2, 3, 2, 6, 24),
    Stage(2, 5, 2, 6, 40),
    Stage(3, 3, 2, 6, 80),
    Stage(3, 5, 1, 6, 112),
    Stage(4, 5, 2, 6, 192),
    Stage(1, 3, 1, 6, 320),
)
STEM, HEAD, CLASSES = 32, 1280, 1000
LEVELS = (1, 2, 4, 6)
"""The stages that end a resolution: features of 1/4, 1/8, 1/16 and 1/32 of the side."""
CHANNELS = tuple(STAGES[level].channels for level in LEVELS)
BATCH_NORM_EPSILON = 1e-3


class SameConv(nn.Conv2d):
    """A convolution padded as TensorFlow does: what is odd goes below and to the right."""

    def forward(self, x: Tensor) -> Tensor:
        """(n, c, h, w) to (n, c', ceil(h / stride), ceil(w / stride))."""
        kernel, stride = self.kernel_size[0], self.stride[0]
        down, right = (max(0, (-(-n // stride) - 1) * stride + kernel - n) for n in x.shape[-2:])
        if down or right:
            x = F.pad(x, (right // 2, right - right // 2, down // 2, down - down // 2))
        return super().forward(x)


def layer(c_in: int, c_out: int, kernel: int = 1, stride: int = 1, groups: int = 1) -> nn.Module:
    """Convolution and batch normalisation."""
    convolution = SameConv(c_in, c_out, kernel, stride, groups=groups, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(c_out, eps=BATCH_NORM_EPSILON))


class InvertedResidual(nn.Module):
    """Widen, filter each channel, narrow; added to the input where shapes agree."""

    def __init__(self, c_in: int, c_out: int, kernel: int, stride: int, widen: int) -> None:
        super().__init__()
        wide = c_in * widen
        steps: list[nn.Module] = [] if widen == 1 else [layer(c_in, wide), nn.ReLU6()]
        steps += [layer(wide, wide, kernel, stride, groups=wide), nn.ReLU6(), layer(wide, c_out)]
        self.steps = nn.Sequential(*steps)
        self.adds = stride == 1 and c_in == c_out

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.steps(x)
        return x + y if self.adds else y


class EfficientNetLite0(nn.Module):
    """The published network; its parameters are in the order of the published file's."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(layer(3, STEM, 3, 2), nn.ReLU6())
        stages, c_in = [], STEM
        for stage in STAGES:
            blocks = []
            for number in range(stage.repeats):
                stride = stage.stride if number == 0 else 1
                blocks.append(
                    InvertedResidual(c_in, stage.channels, stage.kernel, stride, stage.widen)
                )
                c_in = stage.channels
            stages.append(nn.Sequential(*blocks))
        self.stages = nn.ModuleList(stages)
        self.head = nn.Sequential(layer(c_in, HEAD), nn.ReLU6())
        self.classes = nn.Linear(HEAD, CLASSES)

    def levels(self, x: Tensor, deepest: int = len(LEVELS)) -> list[Tensor]:
        """(n, 3, h, w) sRGB in -1 .. 1 to the features of the first `deepest` of LEVELS."""
        found: list[Tensor] = []
        h = self.stem(x)
        for number, stage in enumerate(self.stages[: LEVELS[deepest - 1] + 1]):
            h = stage(h)
            if number in LEVELS:
                found.append(h)
        return found

    def embedding(self, x: Tensor) -> Tensor:
        """(n, 3, h, w) in -1 .. 1 to (n, 1280): what the picture is of, not where."""
        pooled: Tensor = self.head(self.levels(x)[-1]).mean((2, 3))
        return pooled

    def forward(self, x: Tensor) -> Tensor:
        """(n, 3, h, w) in -1 .. 1 to (n, 1000) logits of ImageNet's classes."""
        logits: Tensor = self.classes(self.embedding(x))
        return logits


class EfficientNetEmbedding(EfficientNetLite0):
    """The same network, asked for what a picture is of, and not for its class."""

    def forward(self, x: Tensor) -> Tensor:
        """(n, 3, h, w) in -1 .. 1 to (n, 1280, 1, 1)."""
        return self.embedding(x)[:, :, None, None]


def fitted(published: dict[str, Tensor]) -> dict[str, Tensor]:
    """The published weights under this module's names, matched by order. Raises ValueError."""
    weights = [value for name, value in published.items() if "num_batches" not in name]
    with torch.device("meta"):
        wanted = {
            name: value.shape
            for name, value in EfficientNetLite0().state_dict().items()
            if "num_batches" not in name
        }
    if [weight.shape for weight in weights] != list(wanted.values()):
        raise ValueError(f"{len(weights)} weights do not fit {len(wanted)} of EfficientNet-Lite0")
    return dict(zip(wanted, weights, strict=True))
