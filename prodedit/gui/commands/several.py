# SPDX-License-Identifier: Apache-2.0
"""One thing done to several layers, as one edit and so one undo step."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prodedit.core import edits
from prodedit.core.document import Document

Make = Callable[[str], edits.Edit]


def together(found: Iterable[edits.Edit]) -> edits.Edit | None:
    """One edit of all; None of none."""
    several = tuple(found)
    if len(several) > 1:
        return edits.Together(several)
    return several[0] if several else None


def each(layer_ids: Iterable[str], make: Make) -> edits.Edit | None:
    return together(make(layer_id) for layer_id in layer_ids)


def moved(document: Document, layer_ids: Iterable[str], steps: int) -> edits.Edit | None:
    """These layers higher by so many places of their group, lower where `steps` is negative. They
    keep their order, and stop at the end and at each other."""
    wanted = set(document.outermost(layer_ids))
    parents = dict.fromkeys(document.place(layer_id)[0] for layer_id in wanted)
    return together(
        edit for parent in parents for edit in _moved_in(document, parent, wanted, steps)
    )


def _moved_in(
    document: Document, parent: str | None, wanted: set[str], steps: int
) -> Iterable[edits.Edit]:
    layers = document.siblings(parent)
    up = steps > 0
    limit = len(layers) - 1 if up else 0
    for index in reversed(range(len(layers))) if up else range(len(layers)):
        if layers[index].id in wanted:
            target = min(index + steps, limit) if up else max(index + steps, limit)
            limit = target - 1 if up else target + 1
            if target != index:
                yield edits.MoveLayer(layers[index].id, parent, target)
