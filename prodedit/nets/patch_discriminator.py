# SPDX-License-Identifier: Apache-2.0
"""Says of each patch of a picture how real it looks.

Isola et al.: Image-to-Image Translation with Conditional Adversarial Networks, CVPR 2017,
arXiv:1611.07004; spectral normalisation after Miyato et al., ICLR 2018, arXiv:1802.05957. Used to
sharpen an autoencoder's decoder.
"""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm


class PatchDiscriminator(nn.Module):
    """(n, 3, s, s) in -1 .. 1 to (n, 1, s / 8, s / 8) logits; a patch is 46 pixels wide."""

    def __init__(self, widths: tuple[int, ...] = (32, 64, 128)) -> None:
        super().__init__()
        steps: list[nn.Module] = []
        c_in = 3
        for width in widths:
            steps += [spectral_norm(nn.Conv2d(c_in, width, 4, 2, 1)), nn.LeakyReLU(0.2)]
            c_in = width
        steps += [spectral_norm(nn.Conv2d(c_in, 2 * c_in, 3, 1, 1)), nn.LeakyReLU(0.2)]
        steps.append(spectral_norm(nn.Conv2d(2 * c_in, 1, 3, 1, 1)))
        self.steps = nn.Sequential(*steps)

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.steps(x)
        return logits
