# SPDX-License-Identifier: Apache-2.0
"""The same generators as ours, with the same weights, as everybody writes them in torch: what ours
are measured against. The planes of a picture lie one after the other; a style makes weights of its
own for each picture, as published; guidance asks the network twice; optimisers as they come."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from prodedit.engine.generators.two_stage import GUIDANCE, STEPS, TwoStage
from prodedit.engine.training import checkpoint, losses
from prodedit.engine.training.adversarial import hinge, paired
from prodedit.engine.training.autoencoding import Autoencoding
from prodedit.engine.training.draws import draw
from prodedit.engine.training.flowing import Flowing, velocity_loss
from prodedit.engine.training.machine import STEPS as DRAWN
from prodedit.engine.training.machine import WEIGHTS, Machine, seeded
from prodedit.engine.training.packed import PackedPictures
from prodedit.engine.training.players import StylePlayers
from prodedit.engine.training.setting import GanSetting, TwoStageSetting
from prodedit.nets.autoencoder import Autoencoder
from prodedit.nets.efficientnet_lite import EfficientNetLite0
from prodedit.nets.flow import FlowUNet
from prodedit.nets.style_generator import GAIN, StyledConv, StyleGenerator

N = TypeVar("N", bound=nn.Module)
EPSILON = 1e-8
Told = Mapping[str, Tensor]


class PlainMachine(Machine):
    """Networks and pictures as torch lays them out of itself."""

    def put(self, network: N) -> N:
        return network.to(self.name)

    def tensor(self, values: NDArray[Any]) -> Tensor:
        return torch.from_numpy(np.ascontiguousarray(values)).to(self.name)


class PlainConv(StyledConv):
    """Karras et al. 2020: the weights are scaled for each picture, and all pictures run as groups
    of one convolution."""

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        count, channels, height, width = x.shape
        weight = self.weight[None] * self.style(w)[:, None, :, None, None]
        weight = weight * torch.rsqrt(weight.square().sum((2, 3, 4), keepdim=True) + EPSILON)
        y = F.conv2d(
            x.reshape(1, count * channels, height, width),
            weight.reshape(-1, channels, 3, 3),
            padding=1,
            groups=count,
        )
        return GAIN * y.reshape(count, -1, height, width) + self.bias[None, :, None, None]


def plain(net: N) -> N:
    """A copy with the same weights."""
    copied = copy.deepcopy(net).to(memory_format=torch.contiguous_format)
    for module in copied.modules():
        if isinstance(module, StyledConv):
            module.__class__ = PlainConv
    return copied


def styled_pictures(net: StyleGenerator, noise: Tensor, labels: Tensor) -> Tensor:
    """Of a plain one."""
    with torch.no_grad():
        return net(noise, labels).clamp(-1.0, 1.0)


class PlainTwoStage:
    """Heun's steps from noise to latents, and the decoder."""

    def __init__(self, generator: TwoStage) -> None:
        self.autoencoder, self.flow = plain(generator.autoencoder), plain(generator.flow)
        self._mean, self._spread = (
            values[None, :, None, None] for values in (generator.mean, generator.spread)
        )

    def pictures(self, noise: Tensor, labels: Tensor) -> Tensor:
        with torch.no_grad():
            z, any_class = noise, torch.full_like(labels, self.flow.classes)
            for step in range(STEPS):
                now, then = step / STEPS, (step + 1) / STEPS
                ahead = self._velocity(z, now, labels, any_class)
                guess = z + (then - now) * ahead
                if step + 1 < STEPS:
                    ahead = 0.5 * (ahead + self._velocity(guess, then, labels, any_class))
                z = z + (then - now) * ahead
            return self.autoencoder.decode(z * self._spread + self._mean).clamp(-1.0, 1.0)

    def _velocity(self, z: Tensor, now: float, labels: Tensor, any_class: Tensor) -> Tensor:
        time = torch.full((len(z),), now, device=z.device)
        led, free = self.flow(z, time, labels), self.flow(z, time, any_class)
        return free + GUIDANCE * (led - free)


class PlainAutoencoding:
    """Stage 1 as `reconstructing` learns before its last part."""

    def __init__(
        self,
        setting: TwoStageSetting,
        pictures: PackedPictures,
        features: EfficientNetLite0,
        ours: Autoencoding,
    ) -> None:
        plan = self._plan = setting.autoencoder
        self._seed, self._pictures = setting.seed, pictures
        self._net = Autoencoder(plan.widths, plan.latents, plan.blocks)
        checkpoint.into_modules(ours.tensors(), {"net": self._net})
        self._average = copy.deepcopy(self._net)
        self._features = plain(features)
        self._adam = torch.optim.AdamW(self._net.parameters(), plan.rate, (0.9, 0.99))

    def step(self, number: int) -> Told:
        seeded(self._seed, DRAWN, number)
        drawn = draw(self._pictures, self._seed, number, self._plan.batch)
        real = torch.from_numpy(drawn.pictures)
        latents = self._net.encode(real)
        made = self._net.decode(latents.sample(torch.randn_like(latents.mean)))
        pixels = (made - real).abs().mean()
        loss = pixels + self._plan.colour * losses.chroma(made, real)
        loss = loss + self._plan.edges * losses.laplacian(made, real)
        loss = loss + self._plan.perceived * losses.perceptual(self._features, made, real)
        pull = self._plan.divergence * min(1.0, (number + 1) / max(1, self._plan.warm_up))
        loss = loss + pull * latents.divergence()
        learn(self._adam, loss, 1.0)
        follow(self._average, self._net)
        return {"pixels": pixels.detach()}


class PlainFlowing:
    """Stage 2."""

    def __init__(self, setting: TwoStageSetting, ours: Flowing, classes: int) -> None:
        plan = self._plan = setting.flow
        self._seed = setting.seed
        self._net = FlowUNet(
            classes, setting.autoencoder.latents, plan.widths, plan.blocks, plan.dropout
        )
        checkpoint.into_modules(ours.tensors(), {"net": self._net})
        self._average = copy.deepcopy(self._net)
        points, self._labels = ours.points
        self._points, self._classes = points.contiguous(), classes
        self._adam = torch.optim.AdamW(self._net.parameters(), plan.rate)

    def step(self, number: int) -> Told:
        seeded(self._seed, DRAWN, number)
        places = torch.randint(len(self._points), (self._plan.batch,))
        labels = self._labels[places]
        anything = torch.rand(len(places)) < self._plan.any_class
        labels = torch.where(anything, self._classes, labels)
        loss = velocity_loss(self._net, self._points[places], labels)
        learn(self._adam, loss, 1.0)
        follow(self._average, self._net)
        return {"velocity": loss.detach()}


class PlainContest:
    """Discriminator and generator in turn, each with a look of its own at the made pictures."""

    def __init__(
        self, setting: GanSetting, pictures: PackedPictures, features: EfficientNetLite0
    ) -> None:
        self._setting, self._plan, self._pictures = setting, setting.contest, pictures
        seeded(setting.seed, WEIGHTS)
        players = StylePlayers(setting, pictures, copy.deepcopy(features), PlainMachine())
        players.generator = plain(players.generator)
        players.critic = plain(players.critic)
        self._players, self._average = players, copy.deepcopy(players.generator)
        plan = setting.contest
        self._adam = torch.optim.Adam(players.groups(plan.rate), plan.rate, plan.betas)
        critic = [p for p in players.critic.parameters() if p.requires_grad]
        self._critic_adam = torch.optim.Adam(critic, plan.critic_rate, plan.betas)

    def step(self, number: int) -> Told:
        seeded(self._setting.seed, DRAWN, number)
        drawn = draw(self._pictures, self._setting.seed, number, self._plan.batch)
        real, labels = torch.from_numpy(drawn.pictures), torch.from_numpy(drawn.labels)
        wanted = paired(labels)
        made = self._players.made(wanted)
        critic = hinge(self._judged(real, labels), self._judged(made.detach(), wanted))
        learn(self._critic_adam, critic, self._plan.most_gradient)
        generator = -self._judged(made, wanted).mean()
        learn(self._adam, generator, self._plan.most_gradient)
        follow(self._average, self._players.generator)
        return {"critic": critic.detach()}

    def _judged(self, pictures: Tensor, labels: Tensor) -> Tensor:
        return self._players.judged(self._players.seen(pictures), labels)


def learn(adam: torch.optim.Optimizer, loss: Tensor, most_gradient: float) -> None:
    """One step."""
    adam.zero_grad()
    loss.backward()
    parameters = [p for group in adam.param_groups for p in group["params"]]
    nn.utils.clip_grad_norm_(parameters, most_gradient)
    adam.step()


def follow(average: nn.Module, net: nn.Module, decay: float = 0.999) -> None:
    """The average of the weights."""
    with torch.no_grad():
        for mine, theirs in zip(average.parameters(), net.parameters(), strict=True):
            mine.mul_(decay).add_(theirs, alpha=1.0 - decay)
