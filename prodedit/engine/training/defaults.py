# SPDX-License-Identifier: Apache-2.0
"""How long and how large to train, by how many pictures there are: what a person need not know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from prodedit.engine.generators.card import (
    ConvolutionalCard,
    GeneratorCard,
    StyleCard,
    TwoStageCard,
    VaeCard,
)
from prodedit.engine.training.setting import (
    FAMILY,
    AutoencoderPlan,
    DcganSetting,
    Family,
    FlowPlan,
    GanSetting,
    Setting,
    Side,
    TwoStageSetting,
    VaeSetting,
)

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


SEEN, LEAST, MOST = 300, 200_000, 3_000_000
"""Pictures that an adversarial training sees."""
MATCHED, LEAST_MATCHED, MOST_MATCHED = 60, 40_000, 400_000
"""Pictures that come near to real ones before that."""
SHARE_MATCHED = 0.3
"""Of the time, for that: a discriminator only confuses a generator that can do nothing yet."""
WARM_UP = 0.1
"""Of a VAE's training, until its latents are drawn towards the normal distribution in full."""
WITH_START = 1 / 3
"""Of the steps that suit the pictures, where it begins with a generator that knows the most."""
VAE_WIDTHS: Mapping[Side, tuple[int, ...]] = {
    64: (32, 64, 128, 192),
    128: (32, 64, 96, 128, 192),
    256: (16, 32, 64, 96, 128, 192),
    512: (16, 16, 32, 64, 96, 128, 192),
}


class StagePlan(NamedTuple):
    """One stage of a training. `share`: of the time, where that is limited."""

    name: str
    steps: int
    batch: int
    share: float = 1.0


class Schedule(NamedTuple):
    """How a family's time is spent: `suited` to so many pictures of a side, its stages, and the
    same setting with other steps, or `shaped` as a generator that it begins with."""

    suited: Callable[[int, Side], Any]
    stages: Callable[[Any], tuple[StagePlan, ...]]
    with_steps: Callable[[Any, Sequence[int]], Any]
    shaped: Callable[[Any, Any], Any]


def setting_for(
    pictures: int,
    side: Side,
    *,
    family: Family = "two-stage",
    seed: int = 0,
    steps: int | None = None,
    minutes: float = 0.0,
    start: GeneratorCard | None = None,
) -> Setting:
    """The setting for so many pictures.

    steps: of all stages together, instead of what suits the pictures; minutes: instead of steps,
    which are then found out when it is known how fast the computer is. start: of the same family
    and side, whose shape it takes; then a third of the steps that suit the pictures is enough.
    """
    schedule = SCHEDULES[family]
    setting: Setting = replace(schedule.suited(pictures, side), seed=seed, minutes=minutes)
    each = [stage.steps for stage in schedule.stages(setting)]
    if start is not None:
        setting = replace(schedule.shaped(setting, start), start=start.name)
        each = [round(WITH_START * one) for one in each]
    if steps is not None:
        each = [round(steps * one / sum(each)) for one in each]
    return with_steps(setting, each)


def stages_of(setting: Setting) -> tuple[StagePlan, ...]:
    """What a training with this setting does, in order."""
    return SCHEDULES[FAMILY[type(setting)]].stages(setting)


def with_steps(setting: Setting, steps: Sequence[int]) -> Setting:
    """The setting with so many steps of each stage, at least one."""
    schedule = SCHEDULES[FAMILY[type(setting)]]
    changed: Setting = schedule.with_steps(setting, [max(1, one) for one in steps])
    return changed


def with_pace(setting: Setting, pace: Sequence[float]) -> Setting:
    """Of a setting with minutes, the steps that they hold at so many seconds each."""
    if not setting.minutes:
        return setting
    stages = stages_of(setting)
    return with_steps(
        setting,
        [
            round(60.0 * setting.minutes * stage.share / seconds)
            for stage, seconds in zip(stages, pace, strict=True)
        ],
    )


def _two_stage(pictures: int, side: Side) -> TwoStageSetting:
    first, second = AutoencoderPlan(widths=WIDTHS[side], batch=BATCH_1), FlowPlan()
    one = _steps(pictures, first.batch, SEEN_1, LEAST_1, MOST_1)
    two = _steps(pictures, second.batch, SEEN_2, LEAST_2, MOST_2)
    return TwoStageSetting(
        side=side, autoencoder=replace(first, steps=one), flow=replace(second, steps=two)
    )


def _two_stage_steps(setting: TwoStageSetting, steps: Sequence[int]) -> TwoStageSetting:
    first, second = steps
    return replace(
        setting,
        autoencoder=_sharpened(setting.autoencoder, first),
        flow=replace(setting.flow, steps=second),
    )


def _two_stage_shaped(setting: TwoStageSetting, card: TwoStageCard) -> TwoStageSetting:
    """Sharpening at once: its encoder stays as it is, or the start's flow would begin in latents
    that it does not know, and what is sharp already would be blurred first."""
    one, two = card.autoencoder, card.flow
    shape = {"widths": one.widths, "latents": one.latents, "blocks": one.blocks}
    return replace(
        setting,
        autoencoder=replace(setting.autoencoder, sharpen_from=0, **shape),
        flow=replace(setting.flow, widths=two.widths, blocks=two.blocks),
    )


def _gan(pictures: int, side: Side) -> GanSetting:
    setting = GanSetting(side=side)
    first, second = setting.matching, setting.contest
    one = _steps(pictures, first.batch, MATCHED, LEAST_MATCHED, MOST_MATCHED)
    two = _steps(pictures, second.batch, SEEN, LEAST, MOST)
    return replace(setting, matching=replace(first, steps=one), contest=replace(second, steps=two))


def _gan_steps(setting: GanSetting, steps: Sequence[int]) -> GanSetting:
    first, second = steps
    return replace(
        setting,
        matching=replace(setting.matching, steps=first),
        contest=replace(setting.contest, steps=second),
    )


def _gan_shaped(setting: GanSetting, card: StyleCard) -> GanSetting:
    return replace(
        setting, widths=card.widths, noise=card.noise, style=card.style, depth=card.depth
    )


def _dcgan(pictures: int, side: Side) -> DcganSetting:
    setting = DcganSetting(side=side)
    steps = _steps(pictures, setting.contest.batch, SEEN, LEAST, MOST)
    return replace(setting, contest=replace(setting.contest, steps=steps))


def _dcgan_shaped(setting: DcganSetting, card: ConvolutionalCard) -> DcganSetting:
    return replace(setting, widths=card.widths, noise=card.noise)


def _dcgan_steps(setting: DcganSetting, steps: Sequence[int]) -> DcganSetting:
    return replace(setting, contest=replace(setting.contest, steps=steps[0]))


def _vae(pictures: int, side: Side) -> VaeSetting:
    setting = VaeSetting(side=side)
    steps = _steps(pictures, setting.autoencoder.batch, SEEN_1, LEAST_1, MOST_1)
    plan = replace(setting.autoencoder, widths=VAE_WIDTHS[side], steps=steps)
    return replace(setting, autoencoder=plan)


def _vae_steps(setting: VaeSetting, steps: Sequence[int]) -> VaeSetting:
    plan = _sharpened(setting.autoencoder, steps[0])
    warm_up = round(WARM_UP * steps[0]) if plan.warm_up else 0
    return replace(setting, autoencoder=replace(plan, warm_up=warm_up))


def _vae_shaped(setting: VaeSetting, card: VaeCard) -> VaeSetting:
    """Its latents lie as they should from the first step on. One vector has to say what a picture
    is of, so the encoder learns new products, too: it sharpens as late as without a start."""
    shape = {"widths": card.widths, "latents": card.latents, "blocks": card.blocks}
    return replace(setting, autoencoder=replace(setting.autoencoder, warm_up=0, **shape))


def _sharpened(plan: AutoencoderPlan, steps: int) -> AutoencoderPlan:
    """With so many steps, sharpening in the last part of them, or at once where it does so."""
    if not plan.sharpen_from:
        return replace(plan, steps=steps)
    sharpen = steps if steps < LEAST_SHARPENING else round(SHARPEN_AFTER * steps)
    return replace(plan, steps=steps, sharpen_from=sharpen)


def _steps(pictures: int, batch: int, times: int, least: int, most: int) -> int:
    return min(max(times * pictures, least), most) // batch


SCHEDULES: Mapping[Family, Schedule] = {
    "two-stage": Schedule(
        _two_stage,
        lambda setting: (
            StagePlan("autoencoder", setting.autoencoder.steps, setting.autoencoder.batch, SHARE_1),
            StagePlan("flow", setting.flow.steps, setting.flow.batch, 1.0 - SHARE_1),
        ),
        _two_stage_steps,
        _two_stage_shaped,
    ),
    "gan": Schedule(
        _gan,
        lambda setting: (
            StagePlan("matching", setting.matching.steps, setting.matching.batch, SHARE_MATCHED),
            StagePlan("gan", setting.contest.steps, setting.contest.batch, 1.0 - SHARE_MATCHED),
        ),
        _gan_steps,
        _gan_shaped,
    ),
    "vae": Schedule(
        _vae,
        lambda setting: (StagePlan("vae", setting.autoencoder.steps, setting.autoencoder.batch),),
        _vae_steps,
        _vae_shaped,
    ),
    "dcgan": Schedule(
        _dcgan,
        lambda setting: (StagePlan("dcgan", setting.contest.steps, setting.contest.batch),),
        _dcgan_steps,
        _dcgan_shaped,
    ),
}
