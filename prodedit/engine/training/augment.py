# SPDX-License-Identifier: Apache-2.0
"""Variations that a discriminator sees its pictures through, so that few pictures last longer.

Zhao et al.: Differentiable Augmentation for Data-Efficient GAN Training, NeurIPS 2020,
arXiv:2006.10738: real and made pictures alike, and gradients pass, so the generator never learns
to make varied pictures. Pictures are (n, 3, s, s) in -1 .. 1; 0, grey, is what comes in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

from prodedit.engine.training.setting import Variation

MOST_SHIFT = 0.125
"""Of the side."""
CUT = 0.5
"""The side of what is cut out, as a share of the picture's."""


def augmented(pictures: Tensor, variations: Sequence[Variation]) -> Tensor:
    """Each picture varied in its own way, by what torch draws."""
    for variation in variations:
        pictures = VARIATIONS[variation](pictures)
    return pictures


def colour(pictures: Tensor) -> Tensor:
    """Brighter or darker, greyer or more colourful, with more contrast or less."""
    brightness, saturation, contrast = (_drawn(pictures) for _ in range(3))
    pictures = pictures + (brightness - 0.5)
    grey = pictures.mean(1, keepdim=True)
    pictures = grey + (pictures - grey) * (2.0 * saturation)
    level = pictures.mean((1, 2, 3), keepdim=True)
    return level + (pictures - level) * (contrast + 0.5)


def translation(pictures: Tensor) -> Tensor:
    """Moved by whole pixels. A shift is a product with a matrix of ones and zeros: exact, and its
    gradient is another one, where gathering pixels is slow to go back through."""
    side = pictures.shape[-1]
    most = max(1, round(side * MOST_SHIFT))
    down, right = (torch.randint(-most, most + 1, (len(pictures),)) for _ in range(2))
    down_matrix, right_matrix = (_shift(by, side).to(pictures) for by in (down, right))
    return down_matrix @ pictures @ right_matrix.mT


def cutout(pictures: Tensor) -> Tensor:
    """A square of half the side becomes grey; its middle is anywhere."""
    side = pictures.shape[-1]
    half = max(1, round(side * CUT / 2.0))
    down, right = (torch.randint(0, side, (len(pictures), 1)) for _ in range(2))
    near = [(torch.arange(side) - at).abs() < half for at in (down, right)]
    cut = near[0][:, None, :, None] & near[1][:, None, None, :]
    return pictures * (~cut).to(pictures)


VARIATIONS: Mapping[Variation, Callable[[Tensor], Tensor]] = {
    "colour": colour,
    "translation": translation,
    "cutout": cutout,
}


def _drawn(pictures: Tensor) -> Tensor:
    return torch.rand(len(pictures), 1, 1, 1).to(pictures)


def _shift(by: Tensor, side: int) -> Tensor:
    """(n, 1, side, side): row i takes row i - by, or nothing."""
    places = torch.arange(side)
    return (places[None, :] == places[:, None] - by[:, None, None])[:, None]
