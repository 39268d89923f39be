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

    @cached_property
    def centres(self) -> Tensor:
        """(classes, w): the mean style of each class, always of the same noise."""
        return torch.stack([self._measured(label).mean(0) for label in range(self.net.classes)])

    @cached_property
    def spread(self) -> float:
        """How far from their centre styles are, in each of their numbers: standard deviation."""
        each = [self._measured(label).var(0).mean() for label in range(self.net.classes)]
        return float(torch.stack(each).mean().sqrt())

    def styles(self, noise: Tensor, labels: Tensor, truncation: float = 1.0) -> Tensor:
        """Standard normal noise (n, z) and classes (n) to W+ (n, layers, w).

        `truncation`: 1 leaves styles where they are; less draws them towards the centre of their
        class, where pictures are better and more alike; 0 is the centre itself.
        """
        with torch.no_grad():
            ws = self.net.styles(noise, labels)
            return torch.lerp(self.centres[labels][:, None], ws, truncation)

    def pictures(self, ws: Tensor) -> Tensor:
        """Styles (n, layers, w) to pictures (n, 3, s, s) in -1 .. 1. Equal styles, equal
        pictures."""
        with torch.no_grad():
            return self.painted(ws).picture.clamp(-1.0, 1.0)

    def painted(self, ws: Tensor) -> Painted:
        """As `pictures`, not clamped, with what each size made; gradients reach the styles."""
        return self.net.painted(ws, self.net.fixed_noises())

    def drawn_styles(self, count: int) -> Tensor:
        """(count, w): styles of all classes in turn, always the same: to find directions in."""
        labels = torch.arange(count) % self.net.classes
        return self._w(_noise(count, self.net.noise), labels)

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
