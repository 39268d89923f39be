# SPDX-License-Identifier: Apache-2.0
"""What a person chose when a folder was checked last; remembered from one start to the next."""

from __future__ import annotations

import msgspec


class CheckChoice(msgspec.Struct, frozen=True):
    """presets: their ids."""

    presets: tuple[str, ...] = ()
