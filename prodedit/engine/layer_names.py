# SPDX-License-Identifier: Apache-2.0
"""Layers have ids in each document of their own. Steps name them; done to another document, they
have to name that one's."""

from __future__ import annotations

from collections.abc import Collection
from types import MappingProxyType
from typing import Any

import msgspec

from prodedit.core import edits
from prodedit.core.document import BACKGROUND, PHOTO, free_ids

_NAMES = frozenset({"layer", "layers", "group", "parent", "product"})
"""Fields of edits that name layers."""
_MAKES = MappingProxyType(
    {
        edits.AddAdjustmentLayer: "layer",
        edits.AddFillLayer: "layer",
        edits.AddGroup: "group",
        edits.AddPixelLayer: "layer",
        edits.AddShapeLayer: "layer",
        edits.AddTextLayer: "layer",
        edits.CopySelected: "copy",
        edits.CutSelected: "copy",
        edits.DuplicateLayer: "copy",
        edits.MergeLayers: "merged",
    }
)
"""The field that has the id of a layer which comes into being."""


class LayerNames:
    """What stands in one document for the layers of another. Both begin with a photo alone.

    before, after: the ids that are used in the account that the steps come from, and in the other.
    """

    def __init__(self) -> None:
        self._ids = {PHOTO: PHOTO, BACKGROUND: BACKGROUND}
        self.before, self.after = {PHOTO}, {PHOTO}

    def knows(self, edit: edits.Edit) -> bool:
        """Whether all layers that it names have a counterpart."""
        return all(name in self._ids for name in _named(edit))

    def pair(self, before: str, after: str) -> None:
        self._ids[before] = after
        self.before.add(before)
        self.after.add(after)

    def renamed(self, edit: edits.Edit, taken: Collection[str]) -> edits.Edit:
        """The same edit for the other document; layers that it makes get ids that are not `taken`
        there. What has no counterpart keeps its name: the edit says that there is no such layer."""
        if isinstance(edit, edits.Together):
            return edits.Together(tuple(self.renamed(one, taken) for one in edit.edits))
        makes = _MAKES.get(type(edit))
        changes: dict[str, Any] = {
            field: self._there(getattr(edit, field))
            for field in edit.__struct_fields__
            if field in _NAMES and field != makes
        }
        if makes is not None:
            old = getattr(edit, makes)
            changes[makes] = old if old not in taken else free_ids({*taken, *self.after}, 1)[0]
            self.pair(old, changes[makes])
        elif isinstance(edit, edits.SetBackground):
            self.pair(BACKGROUND, BACKGROUND)
        return msgspec.structs.replace(edit, **changes)

    def _there(self, named: Any) -> Any:
        if isinstance(named, tuple):
            return tuple(self._ids.get(one, one) for one in named)
        return self._ids.get(named, named)


def _named(edit: edits.Edit) -> list[str]:
    """Ids of the layers that have to be there."""
    if isinstance(edit, edits.Together):
        made = {getattr(one, _MAKES[type(one)]) for one in edit.edits if type(one) in _MAKES}
        return [name for one in edit.edits for name in _named(one) if name not in made]
    makes = _MAKES.get(type(edit))
    found: list[str] = []
    for field in edit.__struct_fields__:
        if field in _NAMES and field != makes:
            value = getattr(edit, field)
            found += value if isinstance(value, tuple) else [value]
    return [name for name in found if name]
