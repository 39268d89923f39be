# SPDX-License-Identifier: Apache-2.0
"""Directions in which generated pictures differ most: what a person gives names to, as sliders.

Härkönen et al.: GANSpace, NeurIPS 2020, arXiv:2004.02546: principal components of what pictures are
made of, styles or latents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

MOST = 64


@dataclass(frozen=True, eq=False)
class Directions:
    """Of points of shape (...): their `mean` (...), unit `axes` (k, ...) at right angles, from the
    one with the greatest spread, and the `spreads` (k), standard deviations along them."""

    mean: Tensor
    axes: Tensor
    spreads: Tensor

    @property
    def steps(self) -> Tensor:
        """(k, ...): one standard deviation along each axis."""
        return self.axes * self.spreads.reshape(-1, *[1] * (self.axes.ndim - 1))

    def shift(self, amounts: Sequence[float]) -> Tensor:
        """(...): so many standard deviations along the first axes; what sliders add to a point."""
        if len(amounts) > len(self.axes):
            raise ValueError(f"{len(amounts)} sliders, {len(self.axes)} directions")
        steps = torch.tensor(list(amounts)).to(self.axes) * self.spreads[: len(amounts)]
        shift: Tensor = torch.tensordot(steps, self.axes[: len(amounts)], 1)
        return shift

    def amounts(self, point: Tensor) -> Tensor:
        """(k): where the sliders stand for a point (...)."""
        along: Tensor = torch.tensordot(self.axes.flatten(1), (point - self.mean).flatten(), 1)
        return along / self.spreads.clamp_min(torch.finfo(along.dtype).tiny)


def found_in(points: Tensor, count: int = 16) -> Directions:
    """The first `count` directions of points (n, ...), at most MOST and one fewer than points.

    Each axis points to where its largest number is positive: the same points, the same directions.
    """
    flat = points.double().flatten(1)
    mean = flat.mean(0)
    centred = flat - mean
    count = min(count, MOST, len(flat) - 1, flat.shape[1])
    if count < 1:
        raise ValueError(f"no direction in {tuple(points.shape)}")
    _, lengths, axes = torch.linalg.svd(centred, full_matrices=False)
    axes, spreads = axes[:count], lengths[:count] / (len(flat) - 1) ** 0.5
    largest = axes.gather(1, axes.abs().argmax(1, keepdim=True))
    axes = axes * largest.sign()
    shape = points.shape[1:]
    return Directions(
        mean.reshape(shape).to(points),
        axes.reshape(count, *shape).to(points),
        spreads.to(points),
    )


def found_within(points: Tensor, labels: Tensor, count: int = 16) -> Directions:
    """As `found_in`, of what differs within classes (n): between them there are names."""
    centred = points.clone()
    for label in set(labels.tolist()):
        centred[labels == label] -= points[labels == label].mean(0)
    return found_in(centred, count)
