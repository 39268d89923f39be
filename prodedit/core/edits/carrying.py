# SPDX-License-Identifier: Apache-2.0
"""A layer that goes along when the whole canvas is mapped, with its masks and its pattern."""

from __future__ import annotations

from dataclasses import replace
from math import hypot

from prodedit.core.edits.placing import mapped
from prodedit.core.fill import PatternFill
from prodedit.core.geometry import Point, Transform
from prodedit.core.layer import FillContent, GroupContent, Layer


def carried_layer(layer: Layer, onto: Transform) -> Layer:
    """The layer mapped with all its masks, and a pattern with its corner."""
    linked = _relinked(layer, None)
    moved = mapped(linked, onto)
    moved = _relinked(moved, layer)
    return patterned(moved, onto)


def _relinked(layer: Layer, like: Layer | None) -> Layer:
    """Every mask linked, or again as it is in `like`."""
    mask = layer.mask
    if mask is not None:
        known = like.mask if like is not None else None
        mask = replace(mask, linked=True if known is None else known.linked)
    changed = replace(layer, mask=mask)
    if isinstance(layer.content, GroupContent):
        others = (None,) * len(layer.children) if like is None else like.children
        pairs = zip(layer.children, others, strict=True)
        return changed.with_children(tuple(_relinked(child, other) for child, other in pairs))
    return changed


def patterned(layer: Layer, onto: Transform) -> Layer:
    if isinstance(layer.content, GroupContent):
        return layer.with_children(tuple(patterned(child, onto) for child in layer.children))
    if isinstance(layer.content, FillContent) and isinstance(layer.content.fill, PatternFill):
        corner = onto.map(Point(layer.content.fill.x, layer.content.fill.y))
        scale = layer.content.fill.scale * hypot(onto.a, onto.b)
        fill = PatternFill(scale, corner.x, corner.y)
        return replace(layer, content=replace(layer.content, fill=fill))
    return layer
