# SPDX-License-Identifier: Apache-2.0
"""What a person chose for the last batch; remembered from one start to the next."""

from __future__ import annotations

from typing import Literal

import msgspec


class BatchChoice(msgspec.Struct, frozen=True):
    """recipe: its id, "" for none; presets: their ids; review: which cut-outs are looked at;
    alike: what a group is, "" for none; the rest as in Doing and Naming."""

    recipe: str = ""
    presets: tuple[str, ...] = ()
    review: Literal["doubtful", "all", "none"] = "doubtful"
    pattern: str = ""
    existing: Literal["overwrite", "skip", "number"] = "number"
    enlarge: bool = True
    keep_recipe: bool = False
    alike: Literal["", "folder", "table", "all"] = ""
    scale: Literal["fill", "real"] = "fill"
