# SPDX-License-Identifier: Apache-2.0
"""The style-based generator: what can be done in W, one style for a picture, and in W+, a style for
each layer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import torch
from torch import Tensor

from prodedit.engine.generating import Detail
from prodedit.nets.style_generator import Painted, StyleGenerator

FIRST_LAYER: Mapping[Detail, int] = {"coarse": 0, "middle": 3, "fine": 7}
"""Coarse: 4² and 8², pose and shape; middle: 16² and 32², parts; fine: from 64², colour, cloth."""
_MEASURED = 1024
"""Styles of each class of which the centre is the mean."""
_SEED = 20_191_204


@dataclass(frozen=True, eq=False)
class StyleBased:
    """`net` never learns any more."""

    net: StyleGenerator

    @property
    def shape(self) -> tuple[int, ...]:
        """Of a latent: layers, w."""
        return self.net.layers, self.net.style

    @property
    def noise(self) -> int:
        """Numbers that a style is drawn from."""
        return self.net.noise

    @cached_property
    def centres(self) -> Tensor:
        """(classes, w): the mean style of each class, always of the same noise."""
        return torch.stack([self._measured(label).mean(0) for label in range(self.net.classes)])

    @cached_property
    def spread(self) -> float:
        """How far from their centre styles are, in each of their numbers: standard deviation."""
        each = [self._measured(label).var(0).mean() for label in range(self.net.classes)]
        return float(torch.stack(each).mean().sqrt())

    def centre(self, label: int) -> Tensor:
        """(layers, w): where truncation draws the styles of a class."""
        return self.centres[label].expand(self.shape)

    def drawn(self, noise: Tensor, labels: Tensor, truncation: float) -> Tensor:
        """Standard normal noise (n, z) and classes (n) to W+ (n, layers, w).

        `truncation`: 1 leaves styles where they are; less draws them towards the centre of their
        class, where pictures are better and more alike; 0 is the centre itself.
        """
        with torch.no_grad():
            ws = self.net.styles(noise, labels)
            return torch.lerp(self.centres[labels][:, None], ws, truncation)

    def guess(self, picture: Tensor) -> None:
        """There is no encoder."""
        del picture

    def between(self, first: Tensor, second: Tensor, share: float) -> Tensor:
        """Straight, as W is made for."""
        return torch.lerp(first, second, share)

    def made(self, latents: Tensor) -> Tensor:
        """Styles (n, layers, w) to pictures (n, 3, s, s), about -1 .. 1. Equal styles, equal
        pictures; gradients pass."""
        return self.painted(latents).picture

    def painted(self, ws: Tensor) -> Painted:
        """As `made`, with what each size made."""
        return self.net.painted(ws, self.net.fixed_noises())

    def differences(self, count: int) -> Tensor:
        """(count, w): styles of all classes in turn, less their classes' centres; always the
        same."""
        labels = torch.arange(count) % self.net.classes
        return self._w(_noise(count, self.net.noise), labels) - self.centres[labels]

    def _measured(self, label: int) -> Tensor:
        return self._w(
            _noise(_MEASURED, self.net.noise), torch.full((_MEASURED,), label, dtype=torch.long)
        )

    def _w(self, noise: Tensor, labels: Tensor) -> Tensor:
        device = self.net.constant.device
        with torch.no_grad():
            w: Tensor = self.net.mapping(noise.to(device), labels.to(device))
        return w


def layers_of(details: Iterable[Detail], layers: int) -> list[int]:
    """The layers, of so many, that make these details of a picture."""
    ends = pairwise((*(min(first, layers) for first in FIRST_LAYER.values()), layers))
    ranges = {detail: range(*end) for detail, end in zip(FIRST_LAYER, ends, strict=True)}
    return sorted({layer for detail in details for layer in ranges[detail]})


def mixed(ws: Tensor, other: Tensor, details: Iterable[Detail]) -> Tensor:
    """Styles (..., layers, w), with these details taken from `other`."""
    taken = layers_of(details, ws.shape[-2])
    result = ws.clone()
    result[..., taken, :] = other[..., taken, :]
    return result


def _noise(count: int, numbers: int) -> Tensor:
    return torch.randn(count, numbers, generator=torch.Generator().manual_seed(_SEED))
