# SPDX-License-Identifier: Apache-2.0
"""What a person chose in the Style panel last; remembered from one start to the next."""

from __future__ import annotations

import msgspec

from prodedit.core.scope import Scope


class StyleChoice(msgspec.Struct, frozen=True):
    """`style`, `second`: ids of built-in styles, "" for none; the rest as in TransferStyle."""

    style: str = ""
    second: str = ""
    mix: int = 50
    """Percent of the second style."""
    strength: int = 100
    """Percent."""
    keep_colour: bool = False
    scope: Scope = "all"
