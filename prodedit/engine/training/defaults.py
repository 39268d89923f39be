# SPDX-License-Identifier: Apache-2.0
"""How long and how large to train, by how many pictures there are: what a person need not know."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from prodedit.engine.training.setting import AutoencoderPlan, FlowPlan, Side, TwoStageSetting

WIDTHS: Mapping[Side, tuple[int, ...]] = {
    64: (48, 96, 128),
    128: (48, 96, 128),
    256: (48, 96, 128, 192),
    512: (16, 48, 96, 128, 192),
}
"""Of the autoencoder: grids of latents of 8² and, from 128 on, of 16²."""
BATCH_1 = 8
"""A picture tells thousands of pixels: on a processor more steps help more than larger ones."""
SEEN_1, LEAST_1, MOST_1 = 60, 40_000, 320_000
"""Pictures that stage 1 sees: so many times each, within these bounds."""
SEEN_2, LEAST_2, MOST_2 = 600, 200_000, 3_000_000
"""Latents that stage 2 sees."""
SHARPEN_AFTER = 0.6
"""Of stage 1: before it there is nothing worth sharpening."""
LEAST_SHARPENING = 1500
"""Steps of stage 1 below which a discriminator learns nothing that helps."""
SHARE_1 = 0.45
"""Of the time, for stage 1."""


def setting_for(
    pictures: int, side: Side, *, seed: int = 0, steps: int | None = None, minutes: float = 0.0
) -> TwoStageSetting:
    """The setting for so many pictures.

    steps: of both stages together, instead of what suits the pictures; minutes: instead of steps,
    which are then found out when it is known how fast the computer is.
    """
    first, second = AutoencoderPlan(widths=WIDTHS[side], batch=BATCH_1), FlowPlan()
    one = _steps(pictures, first.batch, SEEN_1, LEAST_1, MOST_1)
    two = _steps(pictures, second.batch, SEEN_2, LEAST_2, MOST_2)
    if steps is not None:
        one, two = round(steps * one / (one + two)), round(steps * two / (one + two))
    return with_steps(
        TwoStageSetting(side=side, seed=seed, minutes=minutes, autoencoder=first, flow=second),
        max(1, one),
        max(1, two),
    )


def with_steps(setting: TwoStageSetting, first: int, second: int) -> TwoStageSetting:
    """The setting with so many steps of each stage, sharpening in the last part of the first."""
    sharpen = first if first < LEAST_SHARPENING else round(SHARPEN_AFTER * first)
    replace = msgspec.structs.replace
    return replace(
        setting,
        autoencoder=replace(setting.autoencoder, steps=first, sharpen_from=sharpen),
        flow=replace(setting.flow, steps=second),
    )


def with_pace(setting: TwoStageSetting, first: float, second: float) -> TwoStageSetting:
    """Of a setting with minutes, the steps that they hold at so many seconds each."""
    if not setting.minutes:
        return setting
    seconds = 60.0 * setting.minutes
    one, two = SHARE_1 * seconds / first, (1.0 - SHARE_1) * seconds / second
    return with_steps(setting, max(1, round(one)), max(1, round(two)))


def _steps(pictures: int, batch: int, times: int, least: int, most: int) -> int:
    return min(max(times * pictures, least), most) // batch
