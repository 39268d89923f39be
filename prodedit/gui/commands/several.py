# SPDX-License-Identifier: Apache-2.0
"""One thing done to several layers, as one edit and so one undo step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

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


def moved_to(
    document: Document, layer_ids: Iterable[str], parent: str | None, index: int
) -> edits.Edit | None:
    """These layers, in their order, so that they come to lie before what is at `index` (from the
    lowest) of a group's layers now; parent None: of the top level. None where they are there."""
    wanted = document.outermost(layer_ids)
    now = [layer.id for layer in document.siblings(parent)]
    kept = [layer_id for layer_id in now if layer_id not in wanted]
    below = [layer_id for layer_id in now[:index] if layer_id not in wanted]
    if [*below, *wanted, *kept[len(below) :]] == now:
        return None
    found: list[edits.Edit] = []
    last = below[-1] if below else None
    for layer_id in wanted:
        if layer_id in now:
            now.remove(layer_id)
        at = 0 if last is None else now.index(last) + 1
        now.insert(at, layer_id)
        found.append(edits.MoveLayer(layer_id, parent, at))
        last = layer_id
    return together(found)


def copied_to(
    document: Document, names: Mapping[str, str], parent: str | None, index: int
) -> edits.Edit | None:
    """As moved_to, but copies of them. `names`: of the copies, by the layers' ids."""
    wanted = document.outermost(names)
    copies = document.new_ids(len(wanted))
    found: list[edits.Edit] = [
        edits.DuplicateLayer(of, copy, names[of]) for of, copy in zip(wanted, copies, strict=True)
    ]
    if not found:
        return None
    doubled = edits.apply(document, edits.Together(tuple(found)))
    if index:
        below = document.siblings(parent)[index - 1].id
        index = [layer.id for layer in doubled.siblings(parent)].index(below) + 1
    move = moved_to(doubled, copies, parent, index)
    return together(found if move is None else [*found, move])
