# SPDX-License-Identifier: Apache-2.0
"""The style-based generator: what can be done in W, one style for a picture, and in W+, a style for
each layer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import torch
from torch import Tensor

from prodedit.nets.style_generator import Painted, StyleGenerator

Part = Literal["coarse", "middle", "fine"]
FIRST_LAYER: Mapping[Part, int] = {"coarse": 0, "middle": 3, "fine": 7}
"""Coarse: 4² and 8², pose and shape; middle: 16² and 32², parts; fine: from 64², colour, cloth."""
TRUNCATION = 0.7
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

    def styles(self, noise: Tensor, labels: Tensor, truncation: float = TRUNCATION) -> Tensor:
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


def layers_of(parts: Iterable[Part], layers: int) -> list[int]:
    """The layers, of so many, that these parts of a picture are made by."""
    ends = [*FIRST_LAYER.values(), max(layers, *FIRST_LAYER.values())][1:]
    ranges = {part: range(first, end) for (part, first), end in zip(FIRST_LAYER.items(), ends)}
    return sorted({layer for part in parts for layer in ranges[part] if layer < layers})


def mixed(ws: Tensor, other: Tensor, parts: Iterable[Part]) -> Tensor:
    """Styles (n, layers, w), with these parts taken from `other` (n or 1, layers, w)."""
    taken = layers_of(parts, ws.shape[1])
    result = ws.clone()
    result[:, taken] = other[:, taken].expand_as(result[:, taken])
    return result


def shifted(ws: Tensor, shift: Tensor, parts: Iterable[Part]) -> Tensor:
    """Styles (n, layers, w), with `shift` (w) added to those of these parts."""
    result = ws.clone()
    result[:, layers_of(parts, ws.shape[1])] += shift
    return result


def _noise(count: int, numbers: int) -> Tensor:
    return torch.randn(count, numbers, generator=torch.Generator().manual_seed(_SEED))
