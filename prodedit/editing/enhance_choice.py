# SPDX-License-Identifier: Apache-2.0
"""What a person chose in the Enhance panel last; remembered from one start to the next."""

from __future__ import annotations

from typing import Literal

import msgspec

Enlarging = Literal["1", "2", "4", "size"]
Model = Literal["auto", "compact", "large", "classic"]


class EnhanceChoice(msgspec.Struct, frozen=True):
    """Strengths in percent; the rest as in the task Enhance."""

    enlarging: Enlarging = "1"
    width: int = 2000
    height: int = 2000
    """The box that is to be filled, where that is the way of enlarging."""
    model: Model = "auto"
    denoise: int = 0
    clean_jpeg: int = 0
    low_light: int = 0
    white_balance: int = 0
    auto_tone: int = 0
    sharpen: int = 0
    label_safe: bool = True
