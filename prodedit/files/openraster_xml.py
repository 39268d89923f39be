# SPDX-License-Identifier: Apache-2.0
"""stack.xml: the layers as every OpenRaster program knows them.

Source: the OpenRaster specification 0.0.6, "Layer stack" (https://www.openraster.org/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from prodedit.core.blend import BLEND_MODES
from prodedit.core.geometry import Size

NORMAL = "svg:src-over"
ATOP = "svg:src-atop"
"""Over what is below, in its transparency: what an adjustment shows as. Krita, MyPaint, GIMP."""
SHARED_MODES: Mapping[str, str] = {
    mode.id: mode.openraster
    for mode in BLEND_MODES.values()
    if mode.openraster.startswith("svg:") and mode.openraster != "svg:plus"
}
"""Our modes that look the same elsewhere. Not svg:plus: programs disagree where it saturates."""
_OURS = {mode.openraster: mode.id for mode in BLEND_MODES.values()}
_MYPAINT = "http://mypaint.org/ns/openraster"
_FOR_MYPAINT = {f"{{{_MYPAINT}}}eotf": "1.0", f"{{{_MYPAINT}}}frame-active": "true"}
"""MyPaint 2 then blends as we do, in sRGB instead of linear light, and shows the canvas' border."""
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DEEPEST = 64


ElementTree.register_namespace("mypaint", _MYPAINT)


class StackLayer(NamedTuple):
    """A <layer>, or a <stack> where `layers` is not None; from the topmost to the lowest."""

    name: str
    src: str | None = None
    x: int = 0
    y: int = 0
    opacity: float = 1.0
    visible: bool = True
    mode: str = NORMAL
    isolated: bool = True
    locked: bool = False
    layers: tuple[StackLayer, ...] | None = None

    def walk(self) -> Iterator[StackLayer]:
        yield self
        for layer in self.layers or ():
            yield from layer.walk()

    @property
    def blend(self) -> str | None:
        """Our id of the mode; None where we have no such mode."""
        return _OURS.get(self.mode)


class Stack(NamedTuple):
    size: Size
    layers: tuple[StackLayer, ...]

    def walk(self) -> Iterator[StackLayer]:
        for layer in self.layers:
            yield from layer.walk()


def write_stack(stack: Stack) -> bytes:
    width, height = map(str, stack.size)
    image = ElementTree.Element("image", _FOR_MYPAINT, version="0.0.6", w=width, h=height)
    _fill(ElementTree.SubElement(image, "stack"), stack.layers)
    ElementTree.indent(image)
    return bytes(ElementTree.tostring(image, "UTF-8", xml_declaration=True))


def read_stack(data: bytes) -> Stack | None:
    """None where this is no stack.xml. DTDs and entities count as none."""
    try:
        image = fromstring(data, forbid_dtd=True)
        return _read_image(image)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        return None


def _fill(parent: ElementTree.Element, layers: tuple[StackLayer, ...]) -> None:
    for layer in layers:
        kind = "layer" if layer.layers is None else "stack"
        element = ElementTree.SubElement(parent, kind, _attributes(layer))
        if layer.layers is not None:
            _fill(element, layer.layers)


def _attributes(layer: StackLayer) -> dict[str, str]:
    attributes = {
        "name": _NOT_IN_XML.sub("\ufffd", layer.name),
        "opacity": f"{layer.opacity:.6g}",
        "visibility": "visible" if layer.visible else "hidden",
        "composite-op": layer.mode,
    }
    if layer.locked:
        attributes["edit-locked"] = "true"
    if layer.layers is not None:
        return attributes | {"isolation": "isolate" if layer.isolated else "auto"}
    return attributes | {"src": layer.src or "", "x": str(layer.x), "y": str(layer.y)}


def _read_image(image: ElementTree.Element) -> Stack | None:
    root = image.find("stack") if image.tag == "image" else None
    width, height = _whole(image, "w", 0), _whole(image, "h", 0)
    if root is None or width < 1 or height < 1:
        return None
    return Stack(Size(width, height), tuple(_read(root, 0, 0, _DEEPEST)))


def _read(parent: ElementTree.Element, x: int, y: int, depth: int) -> Iterator[StackLayer]:
    """Places in a stack count from the stack's own (MyPaint writes such)."""
    for element in parent:
        if depth == 0:
            raise ValueError("stacks are nested too deeply")
        if element.tag not in ("layer", "stack"):
            continue
        at = x + _whole(element, "x", 0), y + _whole(element, "y", 0)
        layers = tuple(_read(element, *at, depth - 1)) if element.tag == "stack" else None
        yield _layer(element, *at, layers)


def _layer(
    element: ElementTree.Element, x: int, y: int, layers: tuple[StackLayer, ...] | None
) -> StackLayer:
    opacity, mode = _opacity(element), element.get("composite-op", NORMAL)
    alone = element.get("isolation") == "isolate" or opacity < 1 or mode != NORMAL
    return StackLayer(
        name=element.get("name", ""),
        src=element.get("src"),
        x=x,
        y=y,
        opacity=opacity,
        visible=element.get("visibility", "visible") != "hidden",
        mode=mode,
        isolated=alone,
        locked=element.get("edit-locked") == "true",
        layers=layers,
    )


def _opacity(element: ElementTree.Element) -> float:
    try:
        value = float(element.get("opacity", "1"))
    except ValueError:
        return 1.0
    return min(1.0, max(0.0, value)) if value == value else 1.0


def _whole(element: ElementTree.Element, name: str, otherwise: int) -> int:
    try:
        value = round(float(element.get(name, otherwise)))
    except (ValueError, OverflowError):
        return otherwise
    return value if abs(value) <= 1_000_000 else otherwise
