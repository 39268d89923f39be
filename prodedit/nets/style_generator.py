# SPDX-License-Identifier: Apache-2.0
"""A style-based generator: noise and class to a style, styles to a picture.

Karras et al.: Analyzing and Improving the Image Quality of StyleGAN, CVPR 2020, arXiv:1912.04958:
a mapping network to the space W, convolutions modulated by the style and demodulated, a picture
added up over all sizes, noise at each size. Written in plain torch, and sized for a processor: the
first convolution of each size runs before the enlargement, so it costs a quarter; enlarging by the
filter [1, 3, 3, 1] is bilinear interpolation, which torch has.

W is (n, w); W+ is (n, layers, w): a style of its own for each layer, from coarse to fine.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

SMALLEST = 4
SLOPE = 0.2
GAIN = sqrt(2.0)
"""Keeps the variance behind a leaky rectifier."""
FAINT = 0.1
_EPSILON = 1e-8


class Painted(NamedTuple):
    """A picture (n, 3, s, s), about -1 .. 1, and what each size made of it: (n, c, r, r) from 4²
    to s²."""

    picture: Tensor
    features: tuple[Tensor, ...]


class Mapping(nn.Module):
    """Standard normal noise (n, z) and classes (n) to styles (n, w)."""

    def __init__(self, classes: int, noise: int, style: int, depth: int) -> None:
        super().__init__()
        self.of_class = nn.Embedding(classes, style)
        layers: list[nn.Module] = []
        c_in = noise + style
        for _ in range(depth):
            layers += [nn.Linear(c_in, style), nn.LeakyReLU(SLOPE)]
            nn.init.kaiming_normal_(layers[-2].weight, SLOPE)  # type: ignore[arg-type]
            nn.init.zeros_(layers[-2].bias)  # type: ignore[arg-type]
            c_in = style
        with torch.no_grad():  # the class has more numbers than the noise, and says as much
            layers[0].weight[:, noise:].mul_(sqrt(noise / style))  # type: ignore[index]
        self.layers = nn.Sequential(*layers)

    def forward(self, z: Tensor, labels: Tensor) -> Tensor:
        both = torch.cat((unit(z), unit(self.of_class(labels))), 1)
        w: Tensor = self.layers(both)
        return w


class Modulated(nn.Module):
    """A convolution whose input channels the style weighs; `style` makes the weights (n, c_in)."""

    def __init__(self, c_in: int, c_out: int, kernel: int, style: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(
            torch.randn(c_out, c_in, kernel, kernel) / sqrt(c_in * kernel**2)
        )
        self.bias = nn.Parameter(torch.zeros(c_out))
        self.style = nn.Linear(style, c_in)
        nn.init.normal_(self.style.weight, std=1.0 / sqrt(style))
        nn.init.ones_(self.style.bias)


class StyledConv(Modulated):
    """3 x 3, demodulated: each output channel has the variance that it had before the style.

    Scaling what goes in and what comes out is the same as weights of their own for each picture,
    and faster on a processor than a grouped convolution of them: 1.3 times at 64², 10 times at 8².
    """

    def __init__(self, c_in: int, c_out: int, style: int) -> None:
        super().__init__(c_in, c_out, 3, style)
        self.strength = nn.Parameter(torch.zeros(()))  # of the noise

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        """(n, c_in, r, r) to (n, c_out, r, r), before noise and rectifier. With the gain that the
        rectifier takes: here it costs no pass over the pixels."""
        style = self.style(w)
        y = F.conv2d(planes(style) * x, self.weight, padding=1)
        scale = GAIN * demodulation(self.weight, style)
        return torch.addcmul(planes(self.bias[None]), y, planes(scale))

    def activate(self, y: Tensor, noise: Tensor) -> Tensor:
        """With noise (n or 1, 1, r, r), rectified."""
        return F.leaky_relu(y + self.strength * noise, SLOPE)


class ToColour(Modulated):
    """1 x 1, to three colours: faint ones at first, or the sum of all sizes would be far beyond
    what pictures can be, and the discriminator would win before anything is learned."""

    def __init__(self, c_in: int, style: int) -> None:
        super().__init__(c_in, 3, 1, style)
        with torch.no_grad():
            self.weight.mul_(FAINT)

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        weighed = planes(self.style(w)) * x
        return F.conv2d(weighed, self.weight, self.bias)


class Size(nn.Module):
    """All layers of one size: three styles, the last of them shared with the next size's first."""

    def __init__(self, c_in: int, c_out: int, style: int) -> None:
        super().__init__()
        self.enlarging = StyledConv(c_in, c_out, style)
        self.at_size = StyledConv(c_out, c_out, style)
        self.colour = ToColour(c_out, style)

    def forward(
        self, x: Tensor, picture: Tensor, ws: Sequence[Tensor], noises: Sequence[Tensor]
    ) -> tuple[Tensor, Tensor]:
        h = self.enlarging.activate(doubled(self.enlarging(x, ws[0])), noises[0])
        h = self.at_size.activate(self.at_size(h, ws[1]), noises[1])
        return h, doubled(picture) + self.colour(h, ws[2])


class StyleGenerator(nn.Module):
    """`widths`: channels at 4², 8², 16² and so on; five of them make 64²."""

    def __init__(
        self,
        classes: int,
        widths: tuple[int, ...] = (256, 256, 192, 96, 48),
        noise: int = 64,
        style: int = 256,
        depth: int = 2,
    ) -> None:
        super().__init__()
        self.classes, self.noise, self.style = classes, noise, style
        self.widths = widths
        self.side = SMALLEST * 2 ** (len(widths) - 1)
        self.layers = 2 * len(widths)
        self.mapping = Mapping(classes, noise, style, depth)
        self.constant = nn.Parameter(torch.randn(1, widths[0], SMALLEST, SMALLEST))
        self.first = StyledConv(widths[0], widths[0], style)
        self.colour = ToColour(widths[0], style)
        pairs = pairwise(widths)
        self.sizes = nn.ModuleList(Size(c_in, c_out, style) for c_in, c_out in pairs)
        for number, side in enumerate(self.noise_sides):
            self.register_buffer(f"fixed_{number}", torch.randn(1, 1, side, side))

    @property
    def noise_sides(self) -> tuple[int, ...]:
        """The side of each layer's noise."""
        return (SMALLEST, *(SMALLEST << n for n in range(1, self.layers // 2) for _ in range(2)))

    def fixed_noises(self) -> tuple[Tensor, ...]:
        """The same noise for each picture: a style alone says what it looks like."""
        return tuple(self.get_buffer(f"fixed_{n}") for n in range(len(self.noise_sides)))

    def drawn_noises(self, count: int) -> tuple[Tensor, ...]:
        """Noise for each of `count` pictures, as they are while it learns."""
        device = self.constant.device
        return tuple(torch.randn(count, 1, s, s, device=device) for s in self.noise_sides)

    def styles(self, z: Tensor, labels: Tensor) -> Tensor:
        """Noise (n, z) and classes (n) to W+ (n, layers, w), all layers alike."""
        w: Tensor = self.mapping(z, labels)
        return w[:, None].expand(-1, self.layers, -1)

    def painted(self, ws: Tensor, noises: Sequence[Tensor]) -> Painted:
        """Styles (n, layers, w) and noises (one for each of `noise_sides`) to pictures."""
        each = ws.unbind(1)
        h = self.constant.expand(len(ws), -1, -1, -1)
        h = self.first.activate(self.first(h, each[0]), noises[0])
        picture: Tensor = self.colour(h, each[1])
        features = [h]
        for number, size in enumerate(self.sizes):
            at = 2 * number + 1
            h, picture = size(h, picture, each[at : at + 3], noises[at : at + 2])
            features.append(h)
        return Painted(picture, tuple(features))

    def forward(self, z: Tensor, labels: Tensor) -> Tensor:
        """Noise (n, z) and classes (n) to pictures (n, 3, s, s), about -1 .. 1."""
        return self.painted(self.styles(z, labels), self.fixed_noises()).picture


def demodulation(weight: Tensor, style: Tensor) -> Tensor:
    """What each output channel (n, c_out) is multiplied by: one over the length of its weights
    (c_out, c_in, k, k) once the style (n, c_in) has scaled them."""
    lengths = style.square() @ weight.square().sum((2, 3)).T
    return torch.rsqrt(lengths + _EPSILON)


def unit(x: Tensor) -> Tensor:
    """(n, c) with a mean square of one."""
    return x * torch.rsqrt(x.square().mean(1, keepdim=True) + _EPSILON)


def doubled(x: Tensor) -> Tensor:
    """At twice the side."""
    return F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)


def planes(values: Tensor) -> Tensor:
    """(n, c) as (n, c, 1, 1)."""
    return values[:, :, None, None]
