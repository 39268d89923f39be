# SPDX-License-Identifier: Apache-2.0
"""Which recipe to use for a picture: the one that was used most for those that are like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from prodedit.catalogue.folder.listing import Picture
from prodedit.catalogue.similar.groups import nearest
from prodedit.catalogue.similar.index import Index

_NEIGHBOURS, _LIKE = 24, 0.5
"""So many are asked, as far as they are so similar."""


class Advice(NamedTuple):
    """recipe: its id; used: for so many of the similar pictures; of: that have one."""

    recipe: str
    used: int
    of: int


def advised(
    index: Index, pictures: Sequence[Picture], row: int, recipe_of: Callable[[Picture], str]
) -> Advice | None:
    """None where no similar picture was exported by a recipe. pictures: of the index's rows."""
    near = [other for other, likeness in nearest(index, row, _NEIGHBOURS) if likeness >= _LIKE]
    used = Counter(filter(None, (recipe_of(pictures[other]) for other in near)))
    if not used:
        return None
    recipe, count = used.most_common(1)[0]
    return Advice(recipe, count, sum(used.values()))
