# SPDX-License-Identifier: Apache-2.0
"""Stage 2 of the two-stage generator: a flow from noise to the latents of stage 1, class by class.

Times near the middle, where the work is, are drawn more often (Esser et al.: Scaling Rectified
Flow Transformers, ICML 2024, arXiv:2403.03206).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor
from torch.nn.utils import clip_grad_norm_

from prodedit.engine.generators.two_stage import TwoStage
from prodedit.engine.training import checkpoint
from prodedit.engine.training.draws import draw
from prodedit.engine.training.machine import SAMPLES, STEPS, WEIGHTS, Machine, seeded
from prodedit.engine.training.moving_average import MovingAverage
from prodedit.engine.training.packed import PackedPictures
from prodedit.engine.training.setting import TwoStageSetting
from prodedit.engine.training.start import Start
from prodedit.nets.autoencoder import Autoencoder
from prodedit.nets.flow import FlowUNet

_MOST_GRADIENT = 1.0
_ENCODED_AT_ONCE = 32
_LOOK_STEPS = 10
"""Of the flow, for a look at how far it is: half a minute less at each checkpoint."""
_LEAST_SPREAD = 1e-3


class Flowing:
    """Steps of stage 2; a `run.Stage`."""

    name = "flow"

    def __init__(
        self,
        setting: TwoStageSetting,
        pictures: PackedPictures,
        autoencoder: Autoencoder,
        machine: Machine,
        start: Start | None = None,
    ) -> None:
        """start: of it come the first weights, and what its latents are standardised by."""
        plan = setting.flow
        self.steps = plan.steps
        self._setting, self._plan, self._machine = setting, plan, machine
        self._autoencoder = machine.put(autoencoder).eval()
        self._classes = len(pictures.contents.classes)
        self._latents, self._labels = self._encoded(pictures)
        self._mean, self._spread = self._standard(start)
        seeded(setting.seed, WEIGHTS)
        self._net = machine.put(
            FlowUNet(
                self._classes, setting.autoencoder.latents, plan.widths, plan.blocks, plan.dropout
            )
        )
        if start is not None:
            start.give("flow", self._net, pictures.contents.classes)
        self._average = MovingAverage(self._net, plan.decay, None if start is None else plan.steps)
        self._adam = torch.optim.AdamW(self._net.parameters(), plan.rate, fused=True)

    @property
    def result(self) -> TwoStage:
        """The generator as it is now."""
        return TwoStage(self._autoencoder, self._average.net, self._mean, self._spread)

    @property
    def points(self) -> tuple[Tensor, Tensor]:
        """What it learns from: standardised latents (n, c, g, g) and their classes (n)."""
        return (self._latents - _planes(self._mean)) / _planes(self._spread), self._labels

    def step(self, number: int, pieces: int) -> Mapping[str, Tensor]:
        """One step, in so many `pieces` of the batch; the loss."""
        seeded(self._setting.seed, STEPS, number)
        places = torch.randint(len(self._latents), (self._plan.batch,))
        self._adam.zero_grad(set_to_none=True)
        told = torch.zeros(())
        for piece in places.chunk(pieces):
            loss = self._distance(piece) * (len(piece) / len(places))
            loss.backward()  # type: ignore[no-untyped-call]  # torch gives no type
            told = told + loss.detach().cpu()
        gradient = clip_grad_norm_(self._net.parameters(), _MOST_GRADIENT).detach().cpu()
        self._adam.step()
        self._average.follow(number)
        return {"velocity": told, "gradient": gradient}

    def tensors(self) -> dict[str, Tensor]:
        """All that is needed to go on."""
        return {
            **checkpoint.of_modules({"net": self._net, "average": self._average.net}),
            **checkpoint.of_optimizer("adam", self._adam),
        }

    def load(self, tensors: Mapping[str, Tensor]) -> None:
        """Go on from there."""
        checkpoint.into_modules(tensors, {"net": self._net, "average": self._average.net})
        checkpoint.into_optimizer(tensors, "adam", self._adam)

    def samples(self, count: int) -> Tensor:
        """(count, 3, s, s) in -1 .. 1, the classes in turn."""
        seeded(self._setting.seed, SAMPLES)
        noise = torch.randn(count, *self._latents.shape[1:]).to(self._machine.name)
        labels = torch.arange(count, device=self._machine.name) % self._classes
        generator = self.result
        return generator.pictures(generator.latents(noise, labels, steps=_LOOK_STEPS))

    def _standard(self, start: Start | None) -> tuple[Tensor, Tensor]:
        """Mean and spread of each channel of the latents (c); of a start its own: it has learned
        where things are by them."""
        if start is not None:
            mean, spread = (start.values[name] for name in ("mean", "spread"))
            return mean.to(self._machine.name), spread.to(self._machine.name)
        return self._latents.mean((0, 2, 3)), self._latents.std((0, 2, 3)).clamp_min(_LEAST_SPREAD)

    def _distance(self, places: Tensor) -> Tensor:
        """Of the velocity told from the velocity wanted, squared."""
        data = (self._latents[places] - _planes(self._mean)) / _planes(self._spread)
        labels = self._labels[places]
        anything = torch.rand(len(places)).to(labels.device) < self._plan.any_class
        labels = torch.where(anything, self._classes, labels)
        with self._machine.precision():
            return velocity_loss(self._net, data, labels)

    def _encoded(self, pictures: PackedPictures) -> tuple[Tensor, Tensor]:
        """Each picture's latents, `views` times and varied each time; their classes."""
        latents: list[Tensor] = []
        labels: list[np.ndarray] = []
        wanted = len(pictures) * self._plan.views
        for number in range(-(-wanted // _ENCODED_AT_ONCE)):
            drawn = draw(pictures, self._setting.seed, number, _ENCODED_AT_ONCE)
            with torch.inference_mode():
                found = self._autoencoder.encode(self._machine.tensor(drawn.pictures)).mean
            latents.append(found.float().clone())
            labels.append(drawn.labels)
        return torch.cat(latents).clone(), self._machine.tensor(np.concatenate(labels))


def velocity_loss(net: FlowUNet, data: Tensor, labels: Tensor) -> Tensor:
    """How far the velocity that `net` tells is from the one wanted, at a time drawn for each of the
    latents (n, c, g, g): squared, averaged."""
    noise = torch.randn(data.shape).to(data.device)
    time = torch.sigmoid(torch.randn(len(data))).to(data.device)
    told = net(torch.lerp(noise, data, time[:, None, None, None]), time, labels)
    distance: Tensor = (told.float() - (data - noise)).square().mean()
    return distance


def _planes(values: Tensor) -> Tensor:
    return values[None, :, None, None]
