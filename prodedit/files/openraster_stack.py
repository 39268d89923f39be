# SPDX-License-Identifier: Apache-2.0
"""Layers from stack.xml, the part of the file that every program writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from prodedit.core.document import Document
from prodedit.core.geometry import Transform
from prodedit.core.layer import AdjustmentContent, GroupContent, Layer, Locks, PixelContent
from prodedit.files.openraster_members import Pictures
from prodedit.files.openraster_notes import ProjectNote
from prodedit.files.openraster_xml import ATOP, Stack, StackLayer
from prodedit.files.openraster_zip import Members


class Sums(NamedTuple):
    """CRC-32 and length of the members others may change; which layers each picture shows."""

    sums: Mapping[str, tuple[int, int]]
    layers: Mapping[str, tuple[str, ...]]

    @staticmethod
    def read(data: bytes | None) -> Sums:
        """Nothing is known where the member is missing or odd: then nothing counts as changed."""
        try:
            found = json.loads(data or b"{}")
            sums = {str(k): (int(v[0]), int(v[1])) for k, v in found["sums"].items()}
            layers = {str(k): tuple(map(str, v)) for k, v in found["layers"].items()}
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
            return Sums({}, {})
        return Sums(sums, layers)

    def is_changed(self, name: str, members: Members) -> bool:
        """Whether another program wrote this member anew. Damage is none of its changes."""
        known, now = self.sums.get(name), members.sum_of(name)
        if known is None or now is None or known == now:
            return False
        return members.is_intact(name)


class StackReader:
    """Makes layers of a stack; `originals` are ours, by the member that shows them to others."""

    def __init__(
        self, pictures: Pictures, notes: list[ProjectNote], originals: Mapping[str, Layer]
    ) -> None:
        self._pictures = pictures
        self._notes = notes
        self._originals = originals
        self._used = {child.id for layer in originals.values() for child in layer.walk()}
        self._taken: set[str] = set()

    def document(self, stack: Stack) -> Document:
        return Document(stack.size, self._layers(stack.layers))

    def picture(self, element: StackLayer, layer_id: str) -> Layer | None:
        """The layer with its PNG as pixels; None where that cannot be read."""
        found = self._pictures.get(element.src)
        if found is None:
            return None
        if found.is_damaged:
            self._notes.append(ProjectNote("damaged-layer", element.name))
        transform = Transform(dx=float(element.x), dy=float(element.y))
        return self._styled(
            Layer(layer_id, element.name, PixelContent(found.tiles), transform=transform), element
        )

    def _layers(self, elements: Iterable[StackLayer]) -> tuple[Layer, ...]:
        """From the lowest to the topmost, as documents have them."""
        made = (self._layer(element) for element in elements)
        return tuple(reversed([layer for layer in made if layer is not None]))

    def _layer(self, element: StackLayer) -> Layer | None:
        if element.layers is not None:
            content = GroupContent(self._layers(element.layers), element.isolated)
            return self._styled(Layer(self._new_id(), element.name, content), element)
        original = self._originals.get(element.src or "")
        if original is not None and original.id not in self._taken:
            self._taken.update(child.id for child in original.walk())
            return self._styled(original, element)
        layer = self.picture(element, self._new_id())
        if layer is None:
            known = element.src in self._pictures.heads
            code = "lost-layer" if known else "unsupported-layer"
            self._notes.append(ProjectNote(code, element.name))
        return layer

    def _styled(self, layer: Layer, element: StackLayer) -> Layer:
        blend = element.blend
        is_ours = element.mode == ATOP and isinstance(layer.content, AdjustmentContent)
        if blend is None and not is_ours:
            self._notes.append(ProjectNote("unknown-mode", element.name))
        return replace(
            layer,
            name=element.name,
            opacity=element.opacity,
            visible=element.visible,
            blend=blend or "normal",
            locks=Locks(pixels=element.locked),
        )

    def _new_id(self) -> str:
        number = len(self._used) + 1
        while f"layer-{number}" in self._used:
            number += 1
        self._used.add(f"layer-{number}")
        return f"layer-{number}"


def places(stack: Stack | None) -> Iterator[tuple[str, StackLayer]]:
    """Each picture that a stack shows, and how."""
    for element in stack.walk() if stack is not None else ():
        if element.src is not None:
            yield element.src, element
