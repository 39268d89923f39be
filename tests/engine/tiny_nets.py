# SPDX-License-Identifier: Apache-2.0
"""The project's networks at a sixteenth of their width."""

from prodedit.nets.isnet import ISNet
from prodedit.nets.u2net import U2Net


class TinyU2Net(U2Net):
    def __init__(self) -> None:
        super().__init__(divisor=16)


class TinyISNet(ISNet):
    def __init__(self) -> None:
        super().__init__(divisor=16)
