# SPDX-License-Identifier: Apache-2.0
"""The tree of layers as a flat program, lowest first, that a plain loop runs for each block.

Draw lays one layer over the topmost surface. Push opens a surface for a group, Pop lays it over
the one below. A pass-through group that neither fades nor masks leaves no trace: its layers stand
in the program as if there were no group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from prodedit.core.blend import BlendMode, mode_of
from prodedit.core.layer import GroupContent, Layer, Mask
from prodedit.core.tiles import Pixels, Place


class Merged(NamedTuple):
    """A block of canvas that was composited before, at this place."""

    place: Place
    pixels: Pixels
    solid: bool


class Draw(NamedTuple):
    source: Layer | Merged
    opacity: float
    mode: BlendMode


class Push(NamedTuple):
    """isolated: the new surface begins empty, else as a copy of what lies below."""

    group: Layer
    isolated: bool


class Pop(NamedTuple):
    group: Layer
    isolated: bool
    mask: Mask | None
    opacity: float
    mode: BlendMode


Op = Draw | Push | Pop
Program = tuple[Op, ...]


def compiled(layers: Iterable[Layer]) -> Program:
    return tuple(op for layer in layers for op in _ops(layer))


def _ops(layer: Layer) -> Iterator[Op]:
    if not layer.visible or layer.opacity <= 0:
        return
    if isinstance(layer.content, GroupContent):
        yield from _group(layer, layer.content)
    else:
        yield Draw(layer, layer.opacity, mode_of(layer.blend))


def _group(layer: Layer, content: GroupContent) -> Iterator[Op]:
    inner = compiled(content.layers)
    mask = active_mask(layer)
    if not inner:
        return
    if not content.isolated and mask is None and layer.opacity >= 1:
        yield from inner
        return
    yield Push(layer, content.isolated)
    yield from inner
    yield Pop(layer, content.isolated, mask, layer.opacity, mode_of(layer.blend))


def active_mask(layer: Layer) -> Mask | None:
    return layer.mask if layer.mask is not None and layer.mask.enabled else None


def span(program: Program, layer_id: str) -> range:
    """The ops that a change of this layer's pixels can concern, whole at the lowest level.

    Inside of a group with a surface of its own: from its Push to its Pop. Empty where the layer
    is not shown."""
    depth, start = 0, 0
    found: list[int] = []
    ids: set[str] = set()
    for index, op in enumerate(program):
        if depth == 0:
            start, ids = index, set()
        depth += isinstance(op, Push)
        ids |= _ids(op)
        depth -= isinstance(op, Pop)
        if depth == 0 and layer_id in ids:
            found += (start, index)
    return range(min(found), max(found) + 1) if found else range(0)


def _ids(op: Op) -> set[str]:
    source = op.source if isinstance(op, Draw) else op.group
    return {source.id} if isinstance(source, Layer) else set()
