# SPDX-License-Identifier: Apache-2.0
"""How a generator is trained: frozen values that survive JSON."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from prodedit.core.values import Value

Side = Literal[64, 128, 256, 512]
Steps = Annotated[int, msgspec.Meta(ge=1, le=10_000_000)]
Batch = Annotated[int, msgspec.Meta(ge=1, le=4096)]
Rate = Annotated[float, msgspec.Meta(gt=0.0, le=0.1)]


class AutoencoderPlan(Value, frozen=True):
    """Stage 1: pictures to latents and back.

    widths:       channels after each halving; three of them make an eighth of the side.
    sharpen_from: the step from which a discriminator sharpens the decoder.
    """

    steps: Steps = 20_000
    batch: Batch = 16
    rate: Rate = 4e-4
    widths: tuple[int, ...] = (48, 96, 128)
    latents: int = 4
    blocks: int = 2
    edges: float = 0.5
    perceived: float = 0.15
    divergence: float = 2e-3
    sharpen_from: int = 12_000
    sharpness: float = 0.02
    decay: float = 0.999


class FlowPlan(Value, frozen=True):
    """Stage 2: noise to latents. `views`: how often each picture is encoded, varied each time."""

    steps: Steps = 60_000
    batch: Batch = 64
    rate: Rate = 5e-4
    widths: tuple[int, ...] = (96, 192, 192)
    blocks: int = 1
    dropout: float = 0.1
    any_class: float = 0.1
    views: int = 4
    decay: float = 0.9995


class TwoStageSetting(Value, frozen=True):
    """The family that trains on a processor: autoencoder, then flow."""

    side: Side = 128
    seed: int = 0
    autoencoder: AutoencoderPlan = AutoencoderPlan()
    flow: FlowPlan = FlowPlan()
