# SPDX-License-Identifier: Apache-2.0
"""The velocity of a flow from noise to latents: a class-conditional U-Net.

Lipman et al.: Flow Matching for Generative Modeling, ICLR 2023, arXiv:2210.02747; Liu et al.:
Rectified Flow, ICLR 2023, arXiv:2209.03003. The network as in Dhariwal, Nichol: Diffusion Models
Beat GANs, NeurIPS 2021, arXiv:2105.05233: the time and the class scale and shift each block's
normalised features; attention where the grid is small.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from prodedit.nets.autoencoder import zeroed

GROUP = 16
FREQUENCIES = 64
HEAD = 48
"""Channels of one attention head."""


class FlowUNet(nn.Module):
    """Where a noisy grid of latents moves, as `time` goes from noise (0) to data (1)."""

    def __init__(
        self,
        classes: int,
        latents: int = 4,
        widths: tuple[int, ...] = (96, 192, 192),
        blocks: int = 2,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        told = 4 * widths[0]
        self.classes = classes
        self.of_time = nn.Sequential(
            nn.Linear(2 * FREQUENCIES, told), nn.SiLU(), nn.Linear(told, told)
        )
        self.of_class = nn.Embedding(classes + 1, told)  # the last one: any class
        self.enter = nn.Conv2d(latents, widths[0], 3, padding=1)
        self.down, self.up = nn.ModuleList(), nn.ModuleList()
        kept = [widths[0]]
        channels = widths[0]
        for level, width in enumerate(widths):
            for _ in range(blocks):
                self.down.append(Block(channels, width, told, dropout, attends=level > 0))
                channels = width
                kept.append(channels)
            if level + 1 < len(widths):
                self.down.append(Halve(channels))
                kept.append(channels)
        self.middle = Block(channels, channels, told, dropout, attends=True)
        for level, width in reversed(list(enumerate(widths))):
            for _ in range(blocks + 1):
                block = Block(channels + kept.pop(), width, told, dropout, attends=level > 0)
                self.up.append(block)
                channels = width
            if level:
                self.up.append(Double(channels))
        self.leave = nn.Sequential(
            nn.GroupNorm(channels // GROUP, channels),
            nn.SiLU(),
            zeroed(nn.Conv2d(channels, latents, 3, padding=1)),
        )

    def forward(self, z: Tensor, time: Tensor, label: Tensor) -> Tensor:
        """Latents (n, c, g, g), times (n) in 0 .. 1 and classes (n), `classes` meaning any, to the
        velocity (n, c, g, g). `g` is a multiple of 2 for each width but the first."""
        told = F.silu(self.of_time(waves(time)) + self.of_class(label))
        h = self.enter(z)
        kept = [h]
        for layer in self.down:
            h = layer(h, told)
            kept.append(h)
        h = self.middle(h, told)
        for layer in self.up:
            h = layer(h if isinstance(layer, Double) else torch.cat((h, kept.pop()), 1), told)
        velocity: Tensor = self.leave(h)
        return velocity


class Block(nn.Module):
    """A residual block that time and class modulate, with self-attention after it where wanted."""

    def __init__(self, c_in: int, c_out: int, told: int, dropout: float, *, attends: bool) -> None:
        super().__init__()
        self.norm_1 = nn.GroupNorm(c_in // GROUP, c_in)
        self.conv_1 = nn.Conv2d(c_in, c_out, 3, padding=1)
        self.modulate = nn.Linear(told, 2 * c_out)
        self.norm_2 = nn.GroupNorm(c_out // GROUP, c_out)
        self.dropout = nn.Dropout(dropout)
        self.conv_2 = zeroed(nn.Conv2d(c_out, c_out, 3, padding=1))
        self.skip = nn.Identity() if c_in == c_out else nn.Conv2d(c_in, c_out, 1)
        self.attention = Attention(c_out) if attends else nn.Identity()

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        scale, shift = self.modulate(told)[:, :, None, None].chunk(2, 1)
        h = self.conv_1(F.silu(self.norm_1(x)))
        h = self.conv_2(self.dropout(F.silu(self.norm_2(h) * (1.0 + scale) + shift)))
        y: Tensor = self.attention(self.skip(x) + h)
        return y


class Attention(nn.Module):
    """Each place of the grid looks at all others."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.heads = channels // HEAD
        self.norm = nn.GroupNorm(channels // GROUP, channels)
        self.ask = nn.Conv2d(channels, 3 * channels, 1)
        self.answer = zeroed(nn.Conv2d(channels, channels, 1))

    def forward(self, x: Tensor) -> Tensor:
        n, c, h, w = x.shape
        asked = self.ask(self.norm(x)).reshape(n, 3, self.heads, HEAD, h * w).transpose(-1, -2)
        mixed = F.scaled_dot_product_attention(asked[:, 0], asked[:, 1], asked[:, 2])
        y: Tensor = x + self.answer(mixed.transpose(-1, -2).reshape(n, c, h, w))
        return y


class Halve(nn.Module):
    """The grid at half its side."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, stride=2, padding=1)

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        del told
        y: Tensor = self.conv(x)
        return y


class Double(nn.Module):
    """The grid at twice its side."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        del told
        y: Tensor = self.conv(F.interpolate(x, scale_factor=2.0))
        return y


def waves(time: Tensor) -> Tensor:
    """Times (n) in 0 .. 1 as (n, 2 · FREQUENCIES) sines and cosines, 1 to 10,000 radians long."""
    steps = torch.arange(FREQUENCIES, device=time.device, dtype=torch.float32) / (FREQUENCIES - 1)
    angles = time[:, None].float() * 1000.0 * torch.exp(-math.log(10_000.0) * steps)
    return torch.cat((angles.sin(), angles.cos()), 1)
