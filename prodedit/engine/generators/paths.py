# SPDX-License-Identifier: Apache-2.0
"""Ways between the points that pictures are made of, and the noise that a seed stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import torch
from torch import Tensor

Way = Literal["spherical", "linear"]
_PARALLEL = 1e-4
"""Radians between directions that are as good as one."""


def seeded_noise(seeds: Sequence[int], shape: Sequence[int]) -> Tensor:
    """(n, *shape) standard normal: each seed's own numbers, whatever else is drawn with it, and
    whatever device they are for."""
    each = [torch.randn(*shape, generator=torch.Generator().manual_seed(seed)) for seed in seeds]
    return torch.stack(each)


def linear(one: Tensor, other: Tensor, share: float) -> Tensor:
    """From `one` (0) straight to `other` (1): for styles."""
    return torch.lerp(one, other, share)


def spherical(one: Tensor, other: Tensor, share: float) -> Tensor:
    """From `one` (0) to `other` (1) on the arc between them: for noise, which lies near a sphere,
    and whose middle a straight way would cross where no noise ever is (Shoemake, SIGGRAPH 1985;
    White: Sampling Generative Networks, 2016, arXiv:1609.04468). Each is one point."""
    lengths = one.norm() * other.norm()
    cosine = ((one * other).sum() / lengths.clamp_min(torch.finfo(one.dtype).tiny)).clamp(-1.0, 1.0)
    angle = torch.acos(cosine)
    if float(torch.sin(angle)) < _PARALLEL:
        return linear(one, other, share)
    ahead, back = torch.sin(share * angle), torch.sin((1.0 - share) * angle)
    return (back * one + ahead * other) / torch.sin(angle)


WAYS: Mapping[Way, Callable[[Tensor, Tensor, float], Tensor]] = {
    "spherical": spherical,
    "linear": linear,
}


def strip(points: Sequence[Tensor], count: int, way: Way) -> Tensor:
    """(count, ...): evenly from the first point through all others to the last one."""
    if len(points) < 2 or count < 2:
        raise ValueError(f"{len(points)} points, {count} places")
    between, last = WAYS[way], len(points) - 1
    stops = []
    for number in range(count):
        place = number * last / (count - 1)
        leg = min(int(place), last - 1)
        stops.append(between(points[leg], points[leg + 1], place - leg))
    return torch.stack(stops)
