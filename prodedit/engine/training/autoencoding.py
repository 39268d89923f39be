# SPDX-License-Identifier: Apache-2.0
"""The two autoencoders that learn: of a grid of latents, of one vector."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from prodedit.engine.training.machine import Machine
from prodedit.engine.training.packed import PackedPictures
from prodedit.engine.training.reconstructing import Reconstructing
from prodedit.engine.training.setting import TwoStageSetting, VaeSetting
from prodedit.engine.training.start import Start
from prodedit.nets.autoencoder import Autoencoder
from prodedit.nets.vae import VariationalAutoencoder

if TYPE_CHECKING:
    from prodedit.nets.efficientnet_lite import EfficientNetLite0


class Autoencoding(Reconstructing[Autoencoder]):
    """Stage 1 of the two-stage generator."""

    def __init__(
        self,
        setting: TwoStageSetting,
        pictures: PackedPictures,
        features: EfficientNetLite0,
        machine: Machine,
        start: Start | None = None,
    ) -> None:
        plan = setting.autoencoder
        build = partial(Autoencoder, plan.widths, plan.latents, plan.blocks)
        super().__init__(
            "autoencoder", setting.seed, plan, build, pictures, features, machine, start
        )


class Variational(Reconstructing[VariationalAutoencoder]):
    """All of the family that has one vector for each picture."""

    def __init__(
        self,
        setting: VaeSetting,
        pictures: PackedPictures,
        features: EfficientNetLite0,
        machine: Machine,
        start: Start | None = None,
    ) -> None:
        plan = setting.autoencoder
        build = partial(
            VariationalAutoencoder, setting.side, plan.widths, plan.latents, plan.blocks
        )
        super().__init__("vae", setting.seed, plan, build, pictures, features, machine, start)
