# SPDX-License-Identifier: Apache-2.0
"""Which marketplace single pictures are exported for; remembered from one start to the next."""

from __future__ import annotations

import msgspec


class SlotChoice(msgspec.Struct, frozen=True):
    """preset: its id, "" for none; fitted: pictures are framed, sized and written as it wants them,
    and not only checked; alone: without other layers and effects; enlarge: small photos, by a
    network."""

    preset: str = ""
    fitted: bool = True
    alone: bool = False
    enlarge: bool = True
