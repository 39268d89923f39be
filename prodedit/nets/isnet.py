# SPDX-License-Identifier: Apache-2.0
"""IS-Net: Highly Accurate Dichotomous Image Segmentation.

Qin, Dai, Hu, Fan, Shao, Van Gool; ECCV 2022; arXiv:2203.03041. The segmentation part: U²-Net's
stages behind a convolution of stride 2, so that 1024 x 1024 costs what 512 x 512 would. The
ground-truth encoder and the side outputs 2 to 6 serve training only and are left out.

Batch normalisation is folded into the convolutions of the published weights, as in u2net.py.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from prodedit.nets.u2net import SIDE_CHANNELS, make_stages, resize_like, run_stages


class ISNet(nn.Module):
    """Foreground, 0 to 1, of each pixel; the published weights want 1024 x 1024."""

    def __init__(self, divisor: int = 1) -> None:  # widths are divided by it: 1 is the paper's net
        super().__init__()
        stem = 64 // divisor
        self.conv_in = nn.Conv2d(3, stem, 3, stride=2, padding=1)
        self.stages = make_stages(stem, divisor)
        self.side_1 = nn.Conv2d(SIDE_CHANNELS[0] // divisor, 1, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """(n, 3, h, w) normalised RGB to (n, 1, h, w) in 0 .. 1: the finest side output."""
        h = self.conv_in(x)  # (n, 64, h / 2, w / 2)
        h = run_stages(self.stages, h)[0]  # (n, 64, h / 2, w / 2): De_1
        return torch.sigmoid(resize_like(self.side_1(h), x))  # (n, 1, h, w)
