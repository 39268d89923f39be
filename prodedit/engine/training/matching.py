# SPDX-License-Identifier: Apache-2.0
"""A generator learns, before any discriminator, to come near to each real picture: blurred ones,
but of all kinds and colours that there are (see `matches`)."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from prodedit.engine.training import checkpoint
from prodedit.engine.training.machine import STEPS, Machine, seeded
from prodedit.engine.training.matches import Matches, distance
from prodedit.engine.training.moving_average import MovingAverage
from prodedit.engine.training.players import StylePlayers, shown
from prodedit.engine.training.setting import GanSetting


class Matching:
    """Steps of it; a `run.Stage`. Told: how far pictures are from those that they are to become,
    small copies (`near`) and whole (`pixels`). Where the setting has a start only small copies are
    brought nearer: nothing pulls at the fine lines that it makes already. (Some are lost all the
    same, and come again in the contest.)"""

    def __init__(
        self, setting: GanSetting, players: StylePlayers, matches: Matches, machine: Machine
    ) -> None:
        self.name, self.steps = "matching", setting.matching.steps
        self._seed, self._plan, self._players = setting.seed, setting.matching, players
        self._matches, self._machine = matches, machine
        self._has_start = bool(setting.start)
        self._weights = list(players.generator.parameters())
        kept = self._plan.steps if self._has_start else None
        self._average = MovingAverage(players.generator, self._plan.decay, kept)
        self._adam = torch.optim.Adam(
            players.groups(self._plan.rate), self._plan.rate, self._plan.betas, fused=True
        )

    @property
    def result(self) -> nn.Module:
        """The averaged generator."""
        return self._average.net

    def step(self, number: int, pieces: int) -> Mapping[str, Tensor]:
        """One step in so many `pieces` of the batch; its losses."""
        seeded(self._seed, STEPS, number)
        match = self._matches.drawn(number, self._plan.batch, self._players.plain)
        self._adam.zero_grad(set_to_none=True)
        told: dict[str, Tensor] = {}
        for noise, labels, wanted in zip(*(one.chunk(pieces) for one in match), strict=True):
            share = len(noise) / self._plan.batch
            with self._machine.precision():
                made = self._players.made(labels, noise).float()
            found = {"near": distance(made, wanted), "pixels": F.l1_loss(made, wanted)}
            loss = found["near"] if self._has_start else found["near"] + found["pixels"]
            torch.autograd.backward(share * loss, inputs=self._weights)
            for name, value in found.items():
                told[name] = told.get(name, torch.zeros(())) + share * value.detach().cpu()
        most = self._plan.most_gradient
        told["gradient"] = nn.utils.clip_grad_norm_(self._weights, most).cpu()
        self._adam.step()
        self._average.follow(number)
        return told

    def tensors(self) -> dict[str, Tensor]:
        """All that is needed to go on."""
        return {
            **checkpoint.of_modules(self._modules()),
            **checkpoint.of_optimizer("adam", self._adam),
            **self._matches.tensors(),
        }

    def load(self, tensors: Mapping[str, Tensor]) -> None:
        """Go on from there."""
        checkpoint.into_modules(tensors, self._modules())
        checkpoint.into_optimizer(tensors, "adam", self._adam)
        self._matches.load(tensors)

    def samples(self, count: int) -> Tensor:
        """(count, 3, s, s) in -1 .. 1, the classes in turn."""
        return shown(self._players, self.result, count, self._seed)

    def _modules(self) -> dict[str, nn.Module]:
        return {"generator": self._players.generator, "average": self._average.net}
