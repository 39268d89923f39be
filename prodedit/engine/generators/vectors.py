# SPDX-License-Identifier: Apache-2.0
"""Generators of the small families, whose latents are plain vectors."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from prodedit.engine.generators.two_stage_explorer import slerp
from prodedit.nets.dcgan import ConvolutionalGenerator
from prodedit.nets.vae import VariationalAutoencoder


@dataclass(frozen=True, eq=False)
class Variational:
    """A VAE, and where in its latents each class lies: the mean (classes, d) and a factor
    (classes, d, d) of the covariance of its pictures' latents. What is drawn from there looks more
    like the class than what is drawn from the whole normal distribution."""

    net: VariationalAutoencoder
    means: Tensor
    factors: Tensor

    @property
    def shape(self) -> tuple[int, ...]:
        return (self.net.latents,)

    @property
    def noise(self) -> int:
        return self.net.latents

    @property
    def spread(self) -> float:
        return float(self.factors.square().sum(2).mean().sqrt())

    def centre(self, label: int) -> Tensor:
        return self.means[label]

    def drawn(self, noise: Tensor, labels: Tensor, truncation: float) -> Tensor:
        away = torch.einsum("nij,nj->ni", self.factors[labels], noise)
        return self.means[labels] + truncation * away

    def guess(self, picture: Tensor) -> Tensor:
        with torch.no_grad():
            return self.net.encode(picture[None]).mean[0]

    def between(self, first: Tensor, second: Tensor, share: float) -> Tensor:
        return slerp(first, second, share)

    def made(self, latents: Tensor) -> Tensor:
        return self.net.decode(latents)

    def strangeness(self, pictures: Tensor, labels: Tensor) -> Tensor:
        """(n): how far pictures (n, 3, s, s) lie from the rest of their classes, in standard
        deviations a number: 1 is usual (Mahalanobis distance over the root of d)."""
        with torch.no_grad():
            away = (self.net.encode(pictures).mean - self.means[labels])[..., None]
            steps = torch.linalg.solve_triangular(self.factors[labels], away, upper=False)
        distances: Tensor = steps[..., 0].square().mean(1).sqrt()
        return distances


@dataclass(frozen=True, eq=False)
class Convolutional:
    """A DCGAN: a latent is noise and, behind it, the class as the network knows it."""

    net: ConvolutionalGenerator

    spread = 1.0

    @property
    def shape(self) -> tuple[int, ...]:
        return (2 * self.net.noise,)

    @property
    def noise(self) -> int:
        return self.net.noise

    def centre(self, label: int) -> Tensor:
        of_class = self.net.of_class.weight[label].detach()
        return torch.cat((torch.zeros_like(of_class), of_class))

    def drawn(self, noise: Tensor, labels: Tensor, truncation: float) -> Tensor:
        return self.net.told(truncation * noise, labels).detach()

    def guess(self, picture: Tensor) -> None:
        """There is no encoder."""
        del picture

    def between(self, first: Tensor, second: Tensor, share: float) -> Tensor:
        noise = self.net.noise
        way = slerp(first[:noise], second[:noise], share)
        return torch.cat((way, torch.lerp(first[noise:], second[noise:], share)))

    def made(self, latents: Tensor) -> Tensor:
        return self.net.made(latents)


def of_classes(latents: Tensor, labels: Tensor, classes: int) -> tuple[Tensor, Tensor]:
    """Means (classes, d) and lower factors (classes, d, d) of the covariances of latents (n, d).

    A class of few pictures says little of its own: its covariance is drawn towards that of all
    (shrinkage, as in Ledoit, Wolf 2004, by the count alone).
    """
    whole, each = latents.double(), torch.eye(latents.shape[1], dtype=torch.float64)
    together = torch.cov((whole - whole.mean(0)).T) if len(whole) > 1 else each
    means, factors = [], []
    for label in range(classes):
        own = whole[labels == label]
        mean = own.mean(0) if len(own) else whole.mean(0)
        trust = len(own) / (len(own) + latents.shape[1])
        covariance = torch.cov(own.T) if len(own) > 1 else together
        blend = trust * covariance + (1.0 - trust) * together
        floor = 1e-4 * blend.diagonal().mean().clamp_min(1e-6)
        means.append(mean)
        factors.append(torch.linalg.cholesky(blend + floor * each))
    return torch.stack(means).to(latents), torch.stack(factors).to(latents)
