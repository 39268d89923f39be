# SPDX-License-Identifier: Apache-2.0
"""The autoencoder of one vector."""

from __future__ import annotations

import pytest
import torch

from prodedit.nets.vae import VariationalAutoencoder


@torch.inference_mode()
@pytest.mark.parametrize(("side", "widths"), [(32, (16, 16, 16)), (64, (16, 16, 32, 16))])
def test_a_picture_becomes_a_vector_and_a_picture(side: int, widths: tuple[int, ...]) -> None:
    torch.manual_seed(1)
    net = VariationalAutoencoder(side, widths, latents=12)
    latents = net.encode(torch.randn(2, 3, side, side))

    assert latents.mean.shape == latents.log_variance.shape == (2, 12)
    assert net.decode(latents.sample(torch.randn(2, 12))).shape == (2, 3, side, side)
    assert float(latents.divergence()) >= 0.0


def test_another_vector_is_another_picture() -> None:
    torch.manual_seed(1)
    net = VariationalAutoencoder(32, (16, 16, 16), latents=12)
    one, other = net.decode(torch.randn(2, 12)).split(1)

    assert not torch.allclose(one, other)
