# SPDX-License-Identifier: Apache-2.0
"""Exploring a VAE: besides what all can whose latents are points, it knows where in its latents the
pictures of a class lie, and so which of them is odd."""

from __future__ import annotations

from torch import Tensor

from prodedit.engine.generators.explorer import Ability, Report
from prodedit.engine.generators.point_explorer import PointExplorer
from prodedit.engine.generators.vectors import Variational


class VariationalExplorer(PointExplorer):
    """See `explorer.Explorer`."""

    abilities: frozenset[Ability] = frozenset({"compare"})

    def __init__(
        self, generator: Variational, side: int, classes: tuple[str, ...], axes: Tensor
    ) -> None:
        super().__init__(generator, side, classes, axes)
        self._variational = generator

    def class_of(self, picture: Tensor, report: Report) -> int:
        """The one in which it is least strange."""
        report(0.0)
        every = picture.new_tensor(range(len(self.classes))).long()
        return int(self.strangeness(picture[None].expand(len(every), -1, -1, -1), every).argmin())

    def strangeness(self, pictures: Tensor, labels: Tensor) -> Tensor:
        return self._variational.strangeness(pictures, labels)
