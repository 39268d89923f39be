# SPDX-License-Identifier: Apache-2.0
"""What a person chose in the catalogue strip; remembered from one start to the next."""

from __future__ import annotations

from typing import Literal

import msgspec


class CatalogueChoice(msgspec.Struct, frozen=True):
    """folders: those that are open; folded: of the strip only its title shows; by, descending: the
    order; results: where pictures of the strip were written to last."""

    folders: tuple[str, ...] = ()
    folded: bool = False
    by: Literal["name", "date", "size", "stars"] = "name"
    descending: bool = False
    results: str = ""
