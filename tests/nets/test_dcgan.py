# SPDX-License-Identifier: Apache-2.0
"""The small teaching pair."""

from __future__ import annotations

import pytest
import torch

from prodedit.nets.dcgan import ConvolutionalDiscriminator, ConvolutionalGenerator


@pytest.mark.parametrize(("widths", "side"), [((8, 4), 16), ((8, 8, 4), 32)])
def test_pictures_and_judgements_have_their_shapes(widths: tuple[int, ...], side: int) -> None:
    torch.manual_seed(1)
    generator = ConvolutionalGenerator(3, widths, noise=5)
    discriminator = ConvolutionalDiscriminator(3, widths[::-1])
    labels = torch.tensor([0, 2])

    pictures = generator(torch.randn(2, 5), labels)
    assert pictures.shape == (2, 3, side, side)
    assert generator.side == side
    assert float(pictures.detach().abs().max()) < 1.0
    assert discriminator(pictures, labels).shape == (2, 1)


def test_the_class_counts() -> None:
    torch.manual_seed(1)
    generator = ConvolutionalGenerator(2, (8, 4), noise=5).eval()
    discriminator = ConvolutionalDiscriminator(2, (4, 8)).eval()
    noise = torch.randn(1, 5)
    one, other = (generator(noise, torch.tensor([label])) for label in (0, 1))

    assert not torch.allclose(one, other)
    judged = [discriminator(one, torch.tensor([label])) for label in (0, 1)]
    assert not torch.allclose(*judged)
