# SPDX-License-Identifier: Apache-2.0
"""Points of a generated picture are dragged to where they should be, by changing its styles.

Pan et al.: Drag Your GAN, SIGGRAPH 2023, arXiv:2305.10973. Each step pulls what a middle layer has
round each handle a little towards its target, then finds the handle again by what the layer had
there at first. Places are x and y as shares of the side, so no size of any layer matters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from prodedit.engine.generators.descent import Descent
from prodedit.nets.style_generator import Painted

Paint = Callable[[Tensor], Painted]
"""Styles (1, layers, w) to a picture and its features; gradients pass."""

_PATCH = 3
"""Points on each side of a handle, of those that are pulled with it."""
_EPSILON = 1e-9


@dataclass(frozen=True)
class Pull:
    """How it is done. Lengths are shares of the side.

    level:  of `Painted.features`; those behind it are left alone.
    layers: the first ones, whose styles may change; the finer ones keep colours and cloth.
    rate:   by how much a number of the styles may change in one step.
    hold:   how strongly what may not move is held.
    """

    level: int
    layers: int
    rate: float
    around: float = 0.03
    search: float = 0.05
    hold: float = 10.0


@dataclass(frozen=True, eq=False)
class Points:
    """(k, 2) each: where the handles were in the picture that it began with, where they are now,
    where they shall be."""

    starts: Tensor
    handles: Tensor
    targets: Tensor


class Dragging:
    """A drag that is under way: `styles` (1, layers, w), and `handles` (k, 2) as they are now.

    `origin`: the styles that it began with; `mask`: (side, side), 0 where nothing may move.
    """

    def __init__(
        self,
        paint: Paint,
        origin: Tensor,
        styles: Tensor,
        points: Points,
        pull: Pull,
        mask: Tensor | None = None,
    ) -> None:
        self._paint, self._pull = paint, pull
        with torch.no_grad():
            painted = paint(origin)
        self._side = painted.picture.shape[-1]
        self._held = painted.features[pull.level]
        self._looks = looked_up(self._held, points.starts)
        self._still = None if mask is None else _still(mask, self._held)
        self._fine = styles[:, pull.layers :].detach()
        self._moving = styles[:, : pull.layers].detach().clone().requires_grad_()
        self._descent = Descent(self._moving, pull.rate)
        self._targets, self.handles = points.targets, points.handles.clone()

    @property
    def styles(self) -> Tensor:
        """As they are now."""
        return torch.cat((self._moving.detach(), self._fine), 1)

    @property
    def there(self) -> bool:
        """Whether each handle is at its target, to a pixel."""
        return bool((self._distances() <= 1.0 / self._side).all())

    def step(self) -> None:
        """One small pull; nothing where all handles are there."""
        if self.there:
            return
        with torch.enable_grad():
            features = self._features(torch.cat((self._moving, self._fine), 1))
            loss = self._pulled(features)
            if self._still is not None:
                moved = (features - self._held).abs() * self._still
                loss = loss + self._pull.hold * moved.mean()
            (gradient,) = torch.autograd.grad(loss, self._moving)
        self._descent.step(gradient)
        with torch.no_grad():
            self._track(self._features(self.styles))

    def _features(self, styles: Tensor) -> Tensor:
        return self._paint(styles).features[self._pull.level]

    def _pulled(self, features: Tensor) -> Tensor:
        """How much what lies a little ahead differs from what lies round each handle."""
        ways, distances = self._targets - self.handles, self._distances()
        steps = distances.clamp(max=1.0 / self._side)
        ahead = ways / distances.clamp_min(_EPSILON)[:, None] * steps[:, None]
        around = self.handles[:, None] + _grid(self._pull.around, _PATCH).to(self.handles)
        here = looked_up(features, around.flatten(0, 1)).detach()
        there = looked_up(features, (around + ahead[:, None]).flatten(0, 1))
        return (there - here).abs().mean(1).reshape(len(ahead), -1).mean(1).sum()

    def _track(self, features: Tensor) -> None:
        """Find each handle again near where it was."""
        across = max(2, round(2.0 * self._pull.search * self._side))
        nearby = _grid(self._pull.search, across).to(self.handles)
        places = (self.handles[:, None] + nearby).clamp(0.0, 1.0)
        found = looked_up(features, places.flatten(0, 1)).reshape(*places.shape[:2], -1)
        unlike = (found - self._looks[:, None]).abs().sum(2)
        best = unlike.argmin(1)
        self.handles = places[torch.arange(len(best)), best]

    def _distances(self) -> Tensor:
        distances: Tensor = torch.linalg.vector_norm(self._targets - self.handles, dim=1)
        return distances


def looked_up(features: Tensor, places: Tensor) -> Tensor:
    """(k, c): features (1, c, r, r) at places (k, 2), between their pixels too."""
    grid = (2.0 * places - 1.0)[None, None]
    found = F.grid_sample(
        features, grid.to(features), mode="bilinear", padding_mode="border", align_corners=False
    )
    return found[0, :, 0].T


def _grid(reach: float, steps: int) -> Tensor:
    """((2 · steps + 1)², 2): offsets on a square, the middle first, so that it wins a draw."""
    line = torch.linspace(-reach, reach, 2 * steps + 1)
    offsets = torch.cartesian_prod(line, line)
    return offsets[offsets.norm(dim=1).argsort(stable=True)]


def _still(mask: Tensor, features: Tensor) -> Tensor:
    """(1, 1, r, r): how much of each place may not move."""
    height, width = features.shape[-2:]
    return 1.0 - F.adaptive_avg_pool2d(mask[None, None].to(features), (height, width))
