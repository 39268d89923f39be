# SPDX-License-Identifier: Apache-2.0
"""Exploring a style-based generator. Its latents are W+: (layers, w), a style for each layer, so
details can be mixed and points be dragged."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

from prodedit.engine.generating import Detail
from prodedit.engine.generators.dragging import Dragging, Points, Pull
from prodedit.engine.generators.explorer import Ability, Report
from prodedit.engine.generators.point_explorer import RATE, PointExplorer
from prodedit.engine.generators.style_based import StyleBased, mixed


class StyleExplorer(PointExplorer):
    """See `explorer.Explorer`."""

    abilities: frozenset[Ability] = frozenset({"mix", "drag"})

    def __init__(self, generator: StyleBased, classes: tuple[str, ...], axes: Tensor) -> None:
        super().__init__(generator, generator.net.side, classes, axes)
        self._styles = generator

    def mixed(self, first: Tensor, second: Tensor, details: Sequence[Detail]) -> Tensor:
        return mixed(first, second, details)

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
        level = self._styles.net.layers // 2 - 2
        pull = Pull(level, 2 * level + 1, RATE / 3.0 * self._styles.spread)
        drag = Dragging(self._styles.painted, origin[None], latent[None], points, pull, mask)
        for step in range(steps):
            report(step / steps)
            drag.step()
        return drag.styles[0], drag.handles
