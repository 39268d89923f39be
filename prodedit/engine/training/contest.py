# SPDX-License-Identifier: Apache-2.0
"""A generator learns from a discriminator that learns to tell its pictures from real ones.

Both learn from the same pictures of the same step, so a batch that does not fit into memory can be
cut into pieces without changing what is learned.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn

from prodedit.engine.training import checkpoint
from prodedit.engine.training.adversarial import (
    WANTS,
    accuracy,
    alike,
    apart,
    gradient_penalty,
    paired,
)
from prodedit.engine.training.augment import augmented
from prodedit.engine.training.draws import draw
from prodedit.engine.training.machine import STEPS, Machine, seeded
from prodedit.engine.training.matches import Match, Matches, distance
from prodedit.engine.training.moving_average import MovingAverage
from prodedit.engine.training.packed import PackedPictures, planes
from prodedit.engine.training.players import Players, shown
from prodedit.engine.training.setting import ContestPlan
from prodedit.engine.training.start import Start

_PAIRS = 256
"""Of real pictures, that are compared."""


class Contesting:
    """Steps of an adversarial training; a `run.Stage`. Told besides the losses: how often the
    discriminator is right (`accuracy`), how different the made pictures are (`diversity`). Of a
    `start` comes the generator; the discriminator begins anew in any case. `matches`: of a
    generator that was brought near to them before."""

    def __init__(
        self,
        name: str,
        seed: int,
        plan: ContestPlan,
        players: Players,
        pictures: PackedPictures,
        machine: Machine,
        start: Start | None = None,
        matches: Matches | None = None,
    ) -> None:
        self.name, self.steps = name, plan.steps
        self._seed, self._plan, self._players = seed, plan, players
        self._pictures, self._machine, self._matches = pictures, machine, matches
        self._usual = _usual(pictures)
        self._generator = list(players.generator.parameters())
        self._critic = [p for p in players.critic.parameters() if p.requires_grad]
        if start is not None:
            start.give("generator", players.generator, pictures.contents.classes)
        steps = plan.steps if start or matches else None
        self._average = MovingAverage(players.generator, plan.decay, steps)
        self._generator_adam = torch.optim.Adam(
            players.groups(plan.rate), plan.rate, plan.betas, fused=True
        )
        self._critic_adam = torch.optim.Adam(self._critic, plan.critic_rate, plan.betas, fused=True)

    @property
    def result(self) -> nn.Module:
        """The averaged generator."""
        return self._average.net

    def step(self, number: int, pieces: int) -> Mapping[str, Tensor]:
        """One step of both, in so many `pieces` of the batch; losses, and how the contest goes."""
        seeded(self._seed, STEPS, number)
        drawn = draw(self._pictures, self._seed, number, self._plan.batch)
        real, labels = self._machine.tensor(drawn.pictures), self._machine.tensor(drawn.labels)
        reals = real.chunk(pieces)
        pairs = self._pairs(number, len(reals))
        self._generator_adam.zero_grad(set_to_none=True)
        self._critic_adam.zero_grad(set_to_none=True)
        told: dict[str, Tensor] = {}
        for piece, classes, match in zip(reals, labels.chunk(pieces), pairs, strict=True):
            share = len(piece) / len(real)
            found = self._learn(piece, classes, match, share)
            if self._plan.penalty and number % self._plan.penalty_every == 0:
                found["penalty"] = self._smooth(piece, classes, share)
            for name, value in found.items():
                told[name] = told.get(name, torch.zeros(())) + share * value.detach().cpu()
        told["gradient"] = self._cut()
        self._critic_adam.step()
        self._generator_adam.step()
        self._average.follow(number)
        return told

    def tensors(self) -> dict[str, Tensor]:
        """All that is needed to go on."""
        return {
            **checkpoint.of_modules(self._modules()),
            **checkpoint.of_optimizer("generator-adam", self._generator_adam),
            **checkpoint.of_optimizer("critic-adam", self._critic_adam),
            **(self._matches.tensors() if self._matches else {}),
        }

    def load(self, tensors: Mapping[str, Tensor]) -> None:
        """Go on from there."""
        checkpoint.into_modules(tensors, self._modules())
        checkpoint.into_optimizer(tensors, "generator-adam", self._generator_adam)
        checkpoint.into_optimizer(tensors, "critic-adam", self._critic_adam)
        if self._matches:
            self._matches.load(tensors)

    def samples(self, count: int) -> Tensor:
        """(count, 3, s, s) in -1 .. 1, the classes in turn."""
        return shown(self._players, self.result, count, self._seed)

    def _pairs(self, number: int, pieces: int) -> list[Match | None]:
        """What is to come near to what, for each piece."""
        count = round(self._plan.matched * self._plan.batch) // pieces
        if self._matches is None or not count:
            return [None] * pieces
        whole = self._matches.drawn(number, count * pieces, self._players.plain)
        each = zip(*(torch.split(one, count) for one in whole), strict=True)
        return [Match(*piece) for piece in each]

    def _learn(
        self, real: Tensor, labels: Tensor, match: Match | None, share: float
    ) -> dict[str, Tensor]:
        """Gradients of both for one piece. One graph serves both losses: each goes back through as
        much of it as its own parameters need."""
        variations, wants = self._plan.variations, WANTS[self._plan.wants]
        given = 0 if match is None else len(match.noise)
        wanted = paired(labels[given:])
        if match is not None:
            wanted = torch.cat((match.labels, wanted))
        with self._machine.precision():
            made = self._players.made(wanted, None if match is None else match.noise)
            seen_made = self._players.seen(augmented(made, variations))
            with torch.no_grad():
                seen_real = self._players.seen(augmented(real, variations))
            judged_real = self._players.judged(seen_real, labels).float()
            judged_made = self._players.judged(seen_made, wanted).float()
        critic, generator = (
            wants.discriminator(judged_real, judged_made),
            wants.generator(judged_made),
        )
        torch.autograd.backward(share * critic, inputs=self._critic, retain_graph=True)
        found = {
            "critic": critic,
            "generator": generator,
            "accuracy": accuracy(judged_real, judged_made),
        }
        if match is not None:
            found["near"] = distance(made[:given], match.wanted)
            generator = generator + self._plan.near * found["near"]
        if self._usual and len(made) - given > 1:
            shares = apart(made[given:]) / self._usual
            generator = generator + self._plan.apart * alike(shares)
            found["diversity"] = shares.mean()
        torch.autograd.backward(share * generator, inputs=self._generator)
        return found

    def _smooth(self, real: Tensor, labels: Tensor, share: float) -> Tensor:
        """Gradients of the penalty on the discriminator's slope at the real pictures."""
        pictures = augmented(real, self._plan.variations).detach().requires_grad_()
        judged = self._players.judged(self._players.seen(pictures), labels)
        penalty = gradient_penalty(pictures, judged)
        weight = 0.5 * self._plan.penalty * self._plan.penalty_every
        torch.autograd.backward(share * weight * penalty, inputs=self._critic)
        return penalty

    def _cut(self) -> Tensor:
        """The longer of both gradients, before they are cut: not finite where numbers broke."""
        most = self._plan.most_gradient
        lengths = [nn.utils.clip_grad_norm_(of, most) for of in (self._generator, self._critic)]
        return torch.stack(lengths).max().cpu()

    def _modules(self) -> dict[str, nn.Module]:
        return {
            "generator": self._players.generator,
            "average": self._average.net,
            "critic": self._players.critic,
        }


def _usual(pictures: PackedPictures) -> float:
    """How different two real pictures of a class are, by `adversarial.apart`, averaged over some;
    0: no class has two that differ."""
    order = np.argsort(pictures.labels, kind="stable")
    sorted_ = pictures.labels[order]
    first = np.flatnonzero(sorted_[1:] == sorted_[:-1])
    if not len(first):
        return 0.0
    first = first[np.linspace(0, len(first) - 1, min(_PAIRS, len(first))).astype(np.intp)]
    pairs = pictures.pixels[np.stack((order[first], order[first + 1]), 1).ravel()]
    return float(apart(torch.from_numpy(planes(pairs))).mean())
