# SPDX-License-Identifier: Apache-2.0
"""Exploring a style-based generator. Its latents are W+: (layers, w), a style for each layer."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from prodedit.engine.generating import Detail
from prodedit.engine.generators.directions import found_in
from prodedit.engine.generators.dragging import Dragging, Points, Pull
from prodedit.engine.generators.explorer import Ability, Report, not_able
from prodedit.engine.generators.style_based import StyleBased, mixed

DIRECTIONS = 10
_DRAWN = 4096
"""Styles in which the directions are found: a moment's work."""
_GUESSES = 64
"""Styles of a class, the nearest of which an inversion starts from."""
_RATE = 0.03
"""By how many spreads of the styles an inversion's step may change a number; a drag's: a third."""
_PULL = 2e-3
_SCALES = 4


class StyleExplorer:
    """See `explorer.Explorer`."""

    abilities: frozenset[Ability] = frozenset({"mix", "drag"})

    def __init__(self, generator: StyleBased, classes: tuple[str, ...]) -> None:
        self._generator = generator
        self.classes = classes
        self.side = generator.net.side
        self.shape: tuple[int, ...] = (generator.net.layers, generator.net.style)
        self._axes = found_in(generator.drawn_styles(_DRAWN), DIRECTIONS)

    @property
    def directions(self) -> int:
        return len(self._axes.axes)

    def pictures(self, latents: Tensor) -> Tensor:
        return self._generator.pictures(latents)

    def drawn(
        self, seeds: Sequence[int], labels: Tensor, truncation: float, report: Report
    ) -> Tensor:
        report(0.0)
        return self._generator.styles(self._noise(seeds), labels, truncation)

    def varied(
        self, latent: Tensor, label: int, strength: float, seeds: Sequence[int], report: Report
    ) -> Tensor:
        """Between this one and others of its class, as far from their centre as both."""
        report(0.0)
        labels = torch.full((len(seeds),), label, device=latent.device)
        centre = self._generator.centres[label]
        others = self._generator.styles(self._noise(seeds), labels) - centre
        stays: float = (1.0 - strength**2) ** 0.5
        return centre + stays * (latent - centre) + strength * others

    def repainted(
        self,
        latent: Tensor,
        label: int,
        mask: Tensor,
        strength: float,
        seeds: Sequence[int],
        report: Report,
    ) -> Tensor:
        raise not_able("painting a part anew")

    def between(
        self, ends: Tensor, labels: tuple[int, int], shares: Sequence[float], report: Report
    ) -> Tensor:
        """Straight, as W is made for; the class is part of a style."""
        del labels
        report(0.0)
        way = ends.new_tensor(shares)[:, None, None]
        return torch.lerp(ends[:1], ends[1:], way)

    def mixed(self, first: Tensor, second: Tensor, details: Sequence[Detail]) -> Tensor:
        return mixed(first, second, details)

    def shifted(self, latent: Tensor, weights: Sequence[float]) -> Tensor:
        return latent + self._axes.shift(weights[: self.directions]).to(latent)

    def found(self, picture: Tensor, label: int, steps: int, report: Report) -> Tensor:
        """From the nearest of some styles of the class, all layers on their own."""
        guess = self._nearest(picture, label)
        with torch.enable_grad():
            styles = guess.clone().requires_grad_()
            adam = torch.optim.Adam([styles], _RATE * self._generator.spread)
            for step in range(steps):
                report(step / steps)
                adam.zero_grad()
                away = _unlike(self._generator.painted(styles).picture, picture[None]).sum()
                loss = away + _PULL * F.mse_loss(styles, guess)
                loss.backward()  # type: ignore[no-untyped-call]  # torch's stubs lack it
                adam.step()
        return styles.detach()[0]

    def dragged(
        self,
        origin: Tensor,
        latent: Tensor,
        points: Points,
        mask: Tensor | None,
        steps: int,
        report: Report,
    ) -> tuple[Tensor, Tensor]:
        """What the last but one size has is followed; finer layers keep their styles."""
        generator = self._generator
        level = generator.net.layers // 2 - 2
        pull = Pull(level, 2 * level + 1, _RATE / 3.0 * generator.spread)
        drag = Dragging(generator.painted, origin[None], latent[None], points, pull, mask)
        for step in range(steps):
            report(step / steps)
            drag.step()
        return drag.styles[0], drag.handles

    def _nearest(self, picture: Tensor, label: int) -> Tensor:
        """(1, layers, w): the centre of the class or one of some styles round it."""
        labels = torch.full((_GUESSES,), label, device=picture.device)
        styles = self._generator.styles(self._noise(range(_GUESSES)), labels)
        styles[0] = self._generator.centres[label]
        away = [_unlike(self._generator.pictures(one), picture[None]) for one in styles.chunk(4)]
        return styles[torch.cat(away).argmin()][None]

    def _noise(self, seeds: Sequence[int]) -> Tensor:
        """Made on the processor: the same on every device."""
        numbers = self._generator.net.noise
        each = [torch.randn(numbers, generator=torch.Generator().manual_seed(s)) for s in seeds]
        return torch.stack(each).to(self._generator.net.constant.device)


def _unlike(made: Tensor, wanted: Tensor) -> Tensor:
    """(n): how far pictures are from one, at this size and at some halves of it."""
    away = torch.zeros(len(made), device=made.device)
    for _ in range(_SCALES):
        away = away + (made - wanted).abs().mean((1, 2, 3))
        made, wanted = F.avg_pool2d(made, 2), F.avg_pool2d(wanted, 2)
    return away
