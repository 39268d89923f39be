# SPDX-License-Identifier: Apache-2.0
"""How an autoencoder learns to keep what a person sees, whichever latents it has.

Distances of pixels, of colours, of edges and of features; a pull of the latents towards the normal
distribution; in the last part a discriminator of patches, for cloth that is sharp. By then the
latents are what they will be: only the decoder learns on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Generic, TypeVar

import torch
from torch import Tensor
from torch.nn.utils import clip_grad_norm_

from prodedit.engine.training import checkpoint, losses
from prodedit.engine.training.draws import draw
from prodedit.engine.training.machine import STEPS, WEIGHTS, Machine, seeded
from prodedit.engine.training.moving_average import MovingAverage
from prodedit.engine.training.packed import PackedPictures
from prodedit.engine.training.run import SKIPPED
from prodedit.engine.training.setting import AutoencoderPlan
from prodedit.engine.training.start import Start
from prodedit.nets.autoencoder import Autoencoder
from prodedit.nets.patch_discriminator import PatchDiscriminator
from prodedit.nets.vae import VariationalAutoencoder

if TYPE_CHECKING:
    from prodedit.nets.efficientnet_lite import EfficientNetLite0

_MOST_GRADIENT = 1.0
_BETAS = (0.9, 0.99)
N = TypeVar("N", bound=Autoencoder | VariationalAutoencoder)


class Reconstructing(Generic[N]):
    """Steps of an autoencoder; a `run.Stage`. `build` makes it, its weights at random; those of a
    `start` replace them. The discriminator begins anew in any case."""

    def __init__(
        self,
        name: str,
        seed: int,
        plan: AutoencoderPlan,
        build: Callable[[], N],
        pictures: PackedPictures,
        features: EfficientNetLite0,
        machine: Machine,
        start: Start | None,
    ) -> None:
        self.name, self.steps = name, plan.steps
        self._seed, self._plan = seed, plan
        self._pictures, self._machine = pictures, machine
        seeded(seed, WEIGHTS)
        self._net = machine.put(build())
        self._critic = machine.put(PatchDiscriminator())
        self._features = machine.put(features).eval().requires_grad_(False)
        if start is not None:
            start.give("autoencoder", self._net, pictures.contents.classes)
        self._average = MovingAverage(self._net, plan.decay, None if start is None else plan.steps)
        self._adam = torch.optim.AdamW(self._net.parameters(), plan.rate, _BETAS, fused=True)
        self._critic_adam = torch.optim.AdamW(
            self._critic.parameters(), plan.rate, (0.5, 0.9), fused=True
        )

    @property
    def result(self) -> N:
        """The averaged network."""
        return self._average.net

    def step(self, number: int, pieces: int) -> Mapping[str, Tensor]:
        """One step, in so many `pieces` of the batch; the losses by name."""
        seeded(self._seed, STEPS, number)
        drawn = draw(self._pictures, self._seed, number, self._plan.batch)
        sharpens = number % SKIPPED >= self._plan.sharpen_from
        real = self._machine.tensor(drawn.pictures)
        self._adam.zero_grad(set_to_none=True)
        self._critic_adam.zero_grad(set_to_none=True)
        told: dict[str, Tensor] = {}
        for piece in real.chunk(pieces):
            for name, loss in self._learn(piece, len(piece) / len(real), number).items():
                told[name] = told.get(name, torch.zeros(())) + loss.detach().cpu()
        told["gradient"] = clip_grad_norm_(self._net.parameters(), _MOST_GRADIENT).detach().cpu()
        self._adam.step()
        if sharpens:
            self._critic_adam.step()
        self._average.follow(number)
        return told

    def tensors(self) -> dict[str, Tensor]:
        """All that is needed to go on."""
        return {
            **checkpoint.of_modules(self._modules()),
            **checkpoint.of_optimizer("adam", self._adam),
            **checkpoint.of_optimizer("critic-adam", self._critic_adam),
        }

    def load(self, tensors: Mapping[str, Tensor]) -> None:
        """Go on from there."""
        checkpoint.into_modules(tensors, self._modules())
        checkpoint.into_optimizer(tensors, "adam", self._adam)
        checkpoint.into_optimizer(tensors, "critic-adam", self._critic_adam)

    def samples(self, count: int) -> Tensor:
        """(2 · count, 3, s, s) in -1 .. 1: pictures, and what is left of them."""
        real = self._machine.tensor(draw(self._pictures, self._seed, 0, count).pictures)
        with torch.inference_mode():
            return torch.cat((real, self.result(real).clamp(-1.0, 1.0)))

    def _learn(self, real: Tensor, share: float, number: int) -> dict[str, Tensor]:
        """Gradients of one piece; each loss is weighted by its share of the batch."""
        plan, number = self._plan, number % SKIPPED
        sharpens = number >= plan.sharpen_from
        pull = plan.divergence * min(1.0, (number + 1) / max(1, plan.warm_up))
        with self._machine.precision():
            with torch.set_grad_enabled(not sharpens):
                latents = self._net.encode(real)
            made = self._net.decode(latents.sample(torch.randn_like(latents.mean)))
            found = {
                "pixels": (made - real).abs().mean(),
                "colour": plan.colour * losses.chroma(made, real),
                "edges": plan.edges * losses.laplacian(made, real),
                "perceived": plan.perceived * losses.perceptual(self._features, made, real),
            }
            if not sharpens:
                found["divergence"] = pull * latents.divergence()
            else:
                self._critic.requires_grad_(False)
                found["sharpness"] = -plan.sharpness * self._critic(made).mean()
                self._critic.requires_grad_(True)
        (share * torch.stack(list(found.values())).sum()).backward()  # type: ignore[no-untyped-call]  # torch gives no type
        if sharpens:
            with self._machine.precision():
                hinge = losses.discriminator_hinge(self._critic(real), self._critic(made.detach()))
            (share * hinge).backward()  # type: ignore[no-untyped-call]  # torch gives no type
            found["critic"] = hinge
        return {name: share * loss for name, loss in found.items()}

    def _modules(self) -> dict[str, torch.nn.Module]:
        return {"net": self._net, "average": self._average.net, "critic": self._critic}
