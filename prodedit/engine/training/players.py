# SPDX-License-Identifier: Apache-2.0
"""Generator and discriminator of each adversarial family, and how the one's pictures come before
the other's eyes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from prodedit.engine.training.machine import SAMPLES, Machine, seeded
from prodedit.engine.training.packed import PackedPictures
from prodedit.engine.training.setting import DcganSetting, GanSetting
from prodedit.nets.dcgan import ConvolutionalDiscriminator, ConvolutionalGenerator
from prodedit.nets.efficientnet_lite import CHANNELS, EfficientNetLite0
from prodedit.nets.projected_discriminator import ProjectedDiscriminator
from prodedit.nets.style_generator import StyleGenerator

_COLOURS_OF = 256
"""Pictures whose mean colour the generator starts from."""
Group = dict[str, Any]
"""Parameters that learn at one rate, as torch's optimisers take them."""


class Players(Protocol):
    """What differs between the families."""

    @property
    def generator(self) -> nn.Module: ...

    @property
    def critic(self) -> nn.Module: ...

    @property
    def noise(self) -> int:
        """Numbers that a picture is made of."""

    def groups(self, rate: float) -> list[Group]:
        """The generator's parameters."""

    def made(self, labels: Tensor, noise: Tensor | None = None) -> Tensor:
        """Pictures of these classes: the first of this noise (k, z), if any, the others of noise
        that torch draws."""

    def plain(self, noise: Tensor, labels: Tensor) -> Tensor:
        """Pictures as the generator makes them now, where nothing is learned."""

    def seen(self, pictures: Tensor) -> Sequence[Tensor]:
        """What the discriminator judges by; the last one, the deepest, tells pictures apart."""

    def judged(self, seen: Sequence[Tensor], labels: Tensor) -> Tensor:
        """Logits (n, ...): above zero for what looks real."""


class StylePlayers:
    """A style-based generator and projected discriminators."""

    def __init__(
        self,
        setting: GanSetting,
        pictures: PackedPictures,
        features: EfficientNetLite0,
        machine: Machine,
    ) -> None:
        classes = len(pictures.contents.classes)
        sizes = setting.side.bit_length() - 2
        self.noise = setting.noise
        self._setting, self._machine = setting, machine
        self._features = machine.put(features).eval().requires_grad_(False)
        self.generator = machine.put(
            StyleGenerator(
                classes, setting.widths[:sizes], setting.noise, setting.style, setting.depth
            )
        )
        self.critic = machine.put(ProjectedDiscriminator(CHANNELS, classes, setting.critic_width))
        with torch.no_grad():  # the mean colour would take thousands of steps of small biases
            self.generator.colour.bias.copy_(_mean_colour(pictures))

    def groups(self, rate: float) -> list[Group]:
        mapping = list(self.generator.mapping.parameters())
        slow = {id(parameter) for parameter in mapping}
        rest = [p for p in self.generator.parameters() if id(p) not in slow]
        return [
            {"params": rest, "lr": rate},
            {"params": mapping, "lr": rate * self._setting.mapping_rate},
        ]

    def made(self, labels: Tensor, noise: Tensor | None = None) -> Tensor:
        """Each two share what is drawn for single pixels: coarse noise would else make them
        different, and the style need not (see `adversarial.alike`)."""
        given = 0 if noise is None else len(noise)
        ws = self._styles(labels, noise)
        if given < len(ws):
            free = self._mixed(ws[given:], self._styles(labels[given:]))
            ws = torch.cat((ws[:given], free))
        count = len(labels)
        drawn = self.generator.drawn_noises((count + 1) // 2)
        noises = [noise.repeat_interleave(2, 0)[:count] for noise in drawn]
        return self.generator.painted(ws, noises).picture

    def plain(self, noise: Tensor, labels: Tensor) -> Tensor:
        with self._machine.precision():
            pictures: Tensor = self.generator(noise, labels)
        return pictures

    def seen(self, pictures: Tensor) -> Sequence[Tensor]:
        side = max(self._setting.seen, pictures.shape[-1])
        large = F.interpolate(pictures, size=(side, side), mode="bilinear", align_corners=False)
        return self.critic.mixed(self._features.levels(large))

    def judged(self, seen: Sequence[Tensor], labels: Tensor) -> Tensor:
        logits: Tensor = self.critic(seen, labels)
        return logits

    def _styles(self, labels: Tensor, noise: Tensor | None = None) -> Tensor:
        return self.generator.styles(_drawn(self.noise, labels, noise), labels)

    def _mixed(self, coarse: Tensor, fine: Tensor) -> Tensor:
        """Some pictures' layers from one on have another style: so layers learn to be apart."""
        count, layers, _ = coarse.shape
        first = torch.randint(1, layers, (count, 1, 1))
        first = torch.where(torch.rand(count, 1, 1) < self._setting.mixing, first, layers)
        other = torch.arange(layers)[None, :, None] >= first
        return torch.where(other.to(coarse.device), fine, coarse)


class ConvolutionalPlayers:
    """The pair of the small teaching family; the discriminator looks at the picture itself."""

    def __init__(self, setting: DcganSetting, pictures: PackedPictures, machine: Machine) -> None:
        classes = len(pictures.contents.classes)
        widths = setting.widths[: setting.side.bit_length() - 3]
        self.noise = setting.noise
        self.generator = machine.put(ConvolutionalGenerator(classes, widths, setting.noise))
        self.critic = machine.put(ConvolutionalDiscriminator(classes, widths[::-1]))

    def groups(self, rate: float) -> list[Group]:
        return [{"params": list(self.generator.parameters()), "lr": rate}]

    def made(self, labels: Tensor, noise: Tensor | None = None) -> Tensor:
        return self.plain(_drawn(self.noise, labels, noise), labels)

    def plain(self, noise: Tensor, labels: Tensor) -> Tensor:
        pictures: Tensor = self.generator(noise, labels)
        return pictures

    def seen(self, pictures: Tensor) -> Sequence[Tensor]:
        return (pictures,)

    def judged(self, seen: Sequence[Tensor], labels: Tensor) -> Tensor:
        logits: Tensor = self.critic(seen[-1], labels)
        return logits


def shown(players: Players, net: nn.Module, count: int, seed: int) -> Tensor:
    """Pictures (count, 3, s, s) in -1 .. 1 that `net`, a generator like theirs, makes; the classes
    in turn, and always of the same noise."""
    seeded(seed, SAMPLES)
    noise = torch.randn(count, players.noise)
    labels = torch.arange(count) % int(net.classes)  # type: ignore[arg-type]  # of both families
    device = next(net.parameters()).device
    with torch.inference_mode():
        pictures: Tensor = net(noise.to(device), labels.to(device))
    return pictures.clamp(-1.0, 1.0)


def _drawn(length: int, labels: Tensor, first: Tensor | None) -> Tensor:
    """Noise for each of `labels`, after the `first` that is given."""
    given = 0 if first is None else len(first)
    noise = torch.randn(len(labels) - given, length).to(labels.device)
    return noise if first is None else torch.cat((first, noise))


def _mean_colour(pictures: PackedPictures) -> Tensor:
    """(3) in -1 .. 1."""
    colour = pictures.pixels[:_COLOURS_OF].mean((0, 1, 2)) / 127.5 - 1.0
    return torch.from_numpy(colour).float()
