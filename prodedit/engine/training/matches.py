# SPDX-License-Identifier: Apache-2.0
"""For each real picture the noise, of many draws, whose picture comes nearest to it.

A generator that learns to bring those nearer leaves no picture out, where one that only has to
please a discriminator finds a few pictures that do, and makes them again and again. Li, Malik:
Implicit Maximum Likelihood Estimation, 2018, arXiv:1809.09087; beside a discriminator: Yu et al.:
Inclusive GAN, ECCV 2020, arXiv:2004.03355.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from prodedit.engine.training.adversarial import SMALL
from prodedit.engine.training.machine import MATCHES, Machine, seeded
from prodedit.engine.training.packed import PackedPictures, planes

MOST = 2048
"""Pictures that are matched at a time."""
DRAWS = 2
"""For each of them; all of a class are free to take any of their class."""
SPREAD = 0.05
"""Of what is added to a match each time it is used: noise near it is meant, too."""
_AT_ONCE = 64
Make = Callable[[Tensor, Tensor], Tensor]
"""Noise (n, z) and classes (n) to pictures (n, 3, s, s)."""


class Match(NamedTuple):
    """Noise (n, z), its classes (n), and the real pictures (n, 3, s, s) in -1 .. 1 that it is to
    become."""

    noise: Tensor
    labels: Tensor
    wanted: Tensor


class Matches:
    """Of a training's pictures; found anew each `every` steps. To begin with, each picture has
    noise of its own by chance: nothing is nearer where nothing was learned. `at_once`: something
    was, so they are found at step 0, too."""

    def __init__(
        self,
        pictures: PackedPictures,
        seed: int,
        noise: int,
        every: int,
        machine: Machine,
        *,
        at_once: bool = False,
    ) -> None:
        self._pictures, self._seed, self._every, self._machine = pictures, seed, every, machine
        self._at_once = at_once
        count = min(len(pictures), MOST)
        seeded(seed, MATCHES)
        self._noise = torch.randn(count, noise)
        self._places = torch.randperm(len(pictures))[:count]

    def tensors(self) -> dict[str, Tensor]:
        """All that is needed to go on."""
        return {"matches.noise": self._noise, "matches.places": self._places}

    def load(self, tensors: Mapping[str, Tensor]) -> None:
        """Go on from there."""
        noise, places = (tensors[name] for name in self.tensors())
        if noise.shape != self._noise.shape or int(places.max()) >= len(self._pictures):
            raise ValueError(f"{tuple(noise.shape)} noise for {tuple(self._noise.shape)}")
        self._noise, self._places = noise, places

    def drawn(self, number: int, count: int, make: Make) -> Match:
        """For a step, with its number, `count` of them by chance. `make`: as the generator is."""
        if number % self._every == 0 and (number or self._at_once):
            self._find(number, make)
        chosen = torch.randint(0, len(self._places), (count,))
        noise = self._noise[chosen]
        noise = noise + SPREAD * torch.randn_like(noise)
        places = self._places[chosen].numpy()
        put = self._machine.tensor
        return Match(
            noise.to(self._machine.name), put(self._pictures.labels[places]), self._real(places)
        )

    def _find(self, number: int, make: Make) -> None:
        """Each picture takes, in an order of chance, the nearest draw that no other has."""
        seeded(self._seed, MATCHES, number)
        count, length = self._noise.shape
        self._places = torch.randperm(len(self._pictures))[:count]
        places = self._places.numpy()
        labels = self._pictures.labels[places]
        noise, of_noise = torch.randn(DRAWS * count, length), np.tile(labels, DRAWS)
        with torch.inference_mode():
            made = torch.cat(
                [
                    _looks(make(some.to(self._machine.name), self._machine.tensor(classes)))
                    for some, classes in zip(
                        torch.split(noise, _AT_ONCE), _split(of_noise, _AT_ONCE), strict=True
                    )
                ]
            )
            real = torch.cat([_looks(self._real(some)) for some in _split(places, _AT_ONCE)])
        found = torch.empty_like(self._noise)
        for label in np.unique(labels):
            mine, free = np.flatnonzero(labels == label), np.flatnonzero(of_noise == label)
            away = torch.cdist(real[mine], made[free])
            for row in torch.randperm(len(mine)).tolist():
                nearest = int(away[row].argmin())
                found[mine[row]] = noise[free[nearest]]
                away[:, nearest] = torch.inf
        self._noise = found

    def _real(self, places: np.ndarray) -> Tensor:
        return self._machine.tensor(planes(self._pictures.pixels[places]))


def distance(made: Tensor, wanted: Tensor) -> Tensor:
    """Mean absolute difference of small copies, what is where, in which colour."""
    return F.l1_loss(_small(made), _small(wanted))


def _small(pictures: Tensor) -> Tensor:
    return F.adaptive_avg_pool2d(pictures.float(), SMALL)


def _looks(pictures: Tensor) -> Tensor:
    """(n, numbers) by which pictures are compared."""
    return _small(pictures).flatten(1).cpu()


def _split(values: np.ndarray, size: int) -> list[np.ndarray]:
    return [values[start : start + size] for start in range(0, len(values), size)]
