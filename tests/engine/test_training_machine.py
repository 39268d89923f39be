# SPDX-License-Identifier: Apache-2.0
"""Half the bits in a training: only where the processor has them, and with the same result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pytest
import torch

from prodedit.engine.training import machine, packed
from prodedit.engine.training.autoencoding import Autoencoding
from prodedit.engine.training.machine import Machine
from prodedit.engine.training.setting import AutoencoderPlan, TwoStageSetting
from prodedit.nets.efficientnet_lite import EfficientNetLite0

SETTING = TwoStageSetting(
    side=64, autoencoder=AutoencoderPlan(batch=2, widths=(16, 16, 16), blocks=1)
)


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    machine.processor_multiplies_bfloat16.cache_clear()
    yield
    machine.processor_multiplies_bfloat16.cache_clear()


@pytest.mark.parametrize(
    ("able", "narrow"),
    [({"avx2": True}, False), ({"avx512_bf16": True}, True), ({"amx_bf16": True}, True)],
)
def test_a_processor_is_asked_what_it_multiplies(
    monkeypatch: pytest.MonkeyPatch, able: Mapping[str, bool], narrow: bool
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: able)
    with Machine().precision():
        product = torch.ones(2, 2) @ torch.ones(2, 2)
    assert (product.dtype == torch.bfloat16) == narrow


def test_a_step_in_half_the_bits_finds_the_same_losses(monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    for narrow in (False, True):
        monkeypatch.setattr(torch.cpu, "get_capabilities", lambda on=narrow: {"avx512_bf16": on})
        machine.processor_multiplies_bfloat16.cache_clear()
        torch.manual_seed(1)
        stage = Autoencoding(SETTING, _pictures(), EfficientNetLite0(), Machine())
        told.append({name: float(value) for name, value in stage.step(0, 1).items()})
    whole, half = told
    assert whole != half
    assert half == pytest.approx(whole, rel=0.1)


def _pictures() -> packed.PackedPictures:
    pixels = np.full((4, 64, 64, 3), 255, np.uint8)
    for number in range(4):
        pixels[number, 16:48, 8 + number : 56] = (60 * number, 90, 255 - 60 * number)
    contents = packed.Contents(side=64, classes=("a",), labels=(0,) * 4, names=tuple("abcd"))
    return packed.PackedPictures(pixels, contents)
