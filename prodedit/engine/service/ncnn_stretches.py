# SPDX-License-Identifier: Apache-2.0
"""An ncnn graph cut into stretches of layers, each of which can be done tile by tile.

A network that sees hundreds of pixels far can't be shown a picture in pieces without seams. A
stretch of five of its layers sees five: done for all tiles of the picture before the next stretch
begins, each tile with five pixels of what the stretch before made round it, the picture comes out
as if there were no tiles, and little is computed twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from prodedit.engine.service.ncnn_weights import Layer

_ENDS = frozenset({"Eltwise", "PReLU"})
"""Layers after which few blobs are alive: a stretch begins with a convolution behind one."""
_LEAST = 5
"""Convolutions of a stretch: with fewer, bringing tiles and taking them away takes too long."""


class Stretch(NamedTuple):
    """takes, gives: blobs that come from and go to others; steps: blobs on the way in their order,
    after each of which one may stop and think; what it gives is among them, for ncnn forgets a blob
    when the next layer has taken it; reach: how far it looks, in pixels of what it takes."""

    takes: tuple[str, ...]
    gives: tuple[str, ...]
    steps: tuple[str, ...]
    reach: int


def in_one(layers: Sequence[Layer]) -> Stretch:
    """All of the graph, from its picture to its answer. Raises ValueError for another graph."""
    working = _working(layers)
    takes = {name for layer in working for name in layer.takes}
    gives = {name for layer in working for name in layer.gives}
    given = {name for layer in layers if layer.kind == "Input" for name in layer.gives}
    if len(takes - gives) != 1 or takes - gives != given or len(gives - takes) != 1:
        raise ValueError("its graph does not take one picture and give one answer")
    return _stretch(working, takes - gives, gives - takes)


def in_stretches(layers: Sequence[Layer]) -> tuple[Stretch, ...]:
    """The same in as many stretches as it has; what one gives a later one takes."""
    last = in_one(layers).gives
    parts = list(_parts(_working(layers)))
    wanted = set(last)
    made: list[Stretch] = []
    for part in reversed(parts):
        gives = {name for layer in part for name in layer.gives}
        takes = {name for layer in part for name in layer.takes} - gives
        made.append(_stretch(part, takes, gives & wanted))
        wanted |= takes
    return tuple(reversed(made))


def last_uses(stretches: Iterable[Stretch]) -> Mapping[str, int]:
    """Blob -> the number of the stretch that takes it last."""
    return {name: number for number, part in enumerate(stretches) for name in part.takes}


def _stretch(layers: Sequence[Layer], takes: set[str], gives: set[str]) -> Stretch:
    convolutions = [layer for layer in layers if layer.kind == "Convolution"]
    reach = sum(layer.number(1) // 2 for layer in convolutions)
    heavy = {name for layer in convolutions for name in layer.gives}
    steps = tuple(name for layer in layers for name in layer.gives if name in heavy | gives)
    return Stretch(tuple(sorted(takes)), tuple(sorted(gives)), steps, reach)


def _parts(layers: Sequence[Layer]) -> Iterator[list[Layer]]:
    part: list[Layer] = []
    for layer in layers:
        begins = layer.kind == "Convolution" and bool(part) and part[-1].kind in _ENDS
        if begins and sum(before.kind == "Convolution" for before in part) >= _LEAST:
            yield part
            part = []
        part.append(layer)
    yield part


def _working(layers: Sequence[Layer]) -> list[Layer]:
    """Without what only names things: a Split gives the same blob several names."""
    known: dict[str, str] = {}
    working: list[Layer] = []
    for layer in layers:
        takes = tuple(known.get(name, name) for name in layer.takes)
        if layer.kind == "Split":
            known |= dict.fromkeys(layer.gives, takes[0])
        elif layer.kind != "Input":
            working.append(layer._replace(takes=takes))
    return working
