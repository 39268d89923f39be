# SPDX-License-Identifier: Apache-2.0
"""Real-ESRGAN's compact network: plain convolutions in a row, enlarged at the very end.

Wang, Xie, Dong, Shan: Real-ESRGAN; ICCV workshops 2021; arXiv:2107.10833. All work is done at the
picture's own size, so it costs a thirtieth of the RRDB network. What it adds lies over the picture
enlarged by nearest neighbours.

Modules are created in the order in which the published graph runs them; the converter relies on it.
"""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn


class SRVGG(nn.Module):
    """Four times the height and width; the published weights have 16 inner convolutions."""

    def __init__(self, features: int = 64, depth: int = 16, scale: int = 4) -> None:
        super().__init__()
        self.scale = scale
        body: list[nn.Module] = [nn.Conv2d(3, features, 3, padding=1), nn.PReLU(features)]
        for _ in range(depth):
            body += [nn.Conv2d(features, features, 3, padding=1), nn.PReLU(features)]
        self.body = nn.Sequential(*body)
        self.conv_last = nn.Conv2d(features, 3 * scale * scale, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """(n, 3, h, w) RGB in 0 .. 1 to (n, 3, 4 h, 4 w), about 0 .. 1."""
        h = self.conv_last(self.body(x))  # (n, 3 * scale^2, h, w)
        enlarged = F.interpolate(x, scale_factor=float(self.scale), mode="nearest")
        return F.pixel_shuffle(h, self.scale) + enlarged
