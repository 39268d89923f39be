# SPDX-License-Identifier: Apache-2.0
"""Edits of where layers lie: moved, turned, bent; their pixels stay as they are."""

from __future__ import annotations

from dataclasses import replace
from math import hypot, isfinite
from types import MappingProxyType

from prodedit.core.document import Document
from prodedit.core.edits.bending import Bending, Corners, corners_of, perspective
from prodedit.core.edits.layers import EditTable, Inputs, existing, misfit, unlocked
from prodedit.core.geometry import Rect, Transform
from prodedit.core.layer import GroupContent, Layer, Mask
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.values import Value
from prodedit.core.warp import Perspective, Warp
from prodedit.core.warp import bounds as warp_bounds

_SMALLEST, _LARGEST = 1e-3, 1e4
"""Scales a layer may be given, of its own pixels."""


class ShiftLayer(Value, frozen=True):
    """Move what is in the layer by whole pixels of the canvas; a group moves all its layers."""

    layer: str
    dx: int
    dy: int


class TransformLayers(Value, frozen=True):
    """Map what is on the canvas of these layers (groups: all in them) by `onto`."""

    layers: tuple[str, ...]
    onto: Transform


class SetWarp(Value, frozen=True):
    """Bend a layer's own pixels, before its transform; None: not bent."""

    layer: str
    warp: Warp | None


class DistortLayers(Value, frozen=True):
    """Map what is on the canvas of these layers in perspective, so that the four points `corners`
    come to lie on `target` (each clockwise from the upper left)."""

    layers: tuple[str, ...]
    corners: Corners
    target: Corners


class LinkMask(Value, frozen=True):
    """Whether the mask moves with its layer."""

    layer: str
    linked: bool


def shift_layer(document: Document, edit: ShiftLayer, inputs: Inputs) -> Document:
    layer = unlocked(document, edit.layer, "position")
    moved = mapped(layer, Transform(dx=edit.dx, dy=edit.dy))
    return document.replace_layer(edit.layer, lambda _old: moved)


def transform_layers(document: Document, edit: TransformLayers, inputs: Inputs) -> Document:
    for layer_id in _outermost(document, edit.layers):
        layer = unlocked(document, layer_id, "position")
        placed = mapped(layer, edit.onto)
        for one in placed.walk():
            _check(one)
        document = document.replace_layer(layer_id, lambda _old, new=placed: new)  # type: ignore[misc]
    return document


def distort_layers(document: Document, edit: DistortLayers, inputs: Inputs) -> Document:
    bending = Bending(perspective(edit.corners, edit.target), document.size)
    for layer_id in _outermost(document, edit.layers):
        bent = bending.layer(unlocked(document, layer_id, "position"))
        document = document.replace_layer(layer_id, lambda _old, new=bent: new)  # type: ignore[misc]
    return document


def _outermost(document: Document, layers: tuple[str, ...]) -> list[str]:
    """Without those that lie in another of them."""
    chosen = set(layers)
    inner = {
        child.id
        for layer in document.walk()
        if layer.id in chosen
        for child in layer.walk()
        if child is not layer
    }
    return [layer_id for layer_id in dict.fromkeys(layers) if layer_id not in inner]


def mapped(layer: Layer, onto: Transform) -> Layer:
    """The layer with all of it that is on the canvas mapped by `onto`; a mask that is not linked
    stays where it is on the canvas. Fills and adjustments cover the canvas: only a linked mask of
    theirs moves."""
    if layer.own_bounds is None:
        moved = replace(layer, mask=_carried(layer.mask, onto))
        if isinstance(layer.content, GroupContent):
            return moved.with_children(tuple(mapped(child, onto) for child in layer.children))
        return moved
    transform = _tidy(onto.after(layer.transform))
    return replace(layer, transform=transform, mask=_left(layer, transform))


def _carried(mask: Mask | None, onto: Transform) -> Mask | None:
    if mask is None or not mask.linked:
        return mask
    return replace(mask, transform=onto.after(mask.transform))


def _left(layer: Layer, transform: Transform) -> Mask | None:
    """The mask of a layer that has a new place: on its pixels, or where it was on the canvas."""
    mask = layer.mask
    if mask is None or mask.linked or is_flat(transform):
        return mask
    on_canvas = layer.transform.after(mask.transform)
    return replace(mask, transform=_tidy(transform.inverse().after(on_canvas)))


def _tidy(transform: Transform) -> Transform:
    """Without the noise of floats, which would make a whole shift a resampling."""
    return Transform(*(round(number, 9) + 0.0 for number in transform))


def set_warp(document: Document, edit: SetWarp, inputs: Inputs) -> Document:
    layer = unlocked(document, edit.layer, "position")
    rect = layer.straight_bounds
    if rect is None:
        raise misfit(edit.layer)
    if edit.warp is not None:
        sound_warp(layer, rect, edit.warp)
    return document.replace_layer(edit.layer, lambda old: replace(old, warp=edit.warp))


def sound_warp(layer: Layer, rect: Rect, warp: Warp) -> None:
    """Raises Problem where what lies in `rect` would be squeezed to nothing, or its corners would
    cross each other. The fields of a mesh may: that is how things are folded."""
    points = warp.corners if isinstance(warp, Perspective) else warp.points
    if not all(isfinite(x) and isfinite(y) for x, y in points) or warp_bounds(warp).is_empty:
        raise no_size(layer)
    if isinstance(warp, Perspective) and not rect.is_empty:
        perspective(corners_of(rect), warp.corners)


def link_mask(document: Document, edit: LinkMask, inputs: Inputs) -> Document:
    layer = existing(document, edit.layer)
    if layer.mask is None:
        raise misfit(edit.layer)
    mask = replace(layer.mask, linked=edit.linked)
    return document.replace_layer(edit.layer, lambda old: replace(old, mask=mask))


def _check(layer: Layer) -> None:
    """Raises Problem where a layer would be squeezed to nothing or blown up beyond reason."""
    transform = layer.transform
    finite = all(isfinite(number) and abs(number) < 1e7 for number in transform)
    if not finite or (layer.own_bounds is not None and is_flat(transform)):
        raise no_size(layer)


def is_flat(transform: Transform) -> bool:
    """Whether it squeezes pixels to nothing or blows them up beyond reason."""
    across, down = hypot(transform.a, transform.b), hypot(transform.c, transform.d)
    area = abs(transform.a * transform.d - transform.b * transform.c)
    small = min(across, down) < _SMALLEST or area < _SMALLEST * _SMALLEST
    return small or max(across, down) > _LARGEST


def no_size(layer: Layer) -> Problem:
    """The sentence for that."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "“{name}” would become too small or too large to be seen. Nothing was changed.",
        ),
        code="no-size",
        name=layer.name,
    )


PlacingEdit = ShiftLayer | TransformLayers | DistortLayers | SetWarp | LinkMask
EDITS: EditTable = MappingProxyType(
    {
        ShiftLayer: (QT_TRANSLATE_NOOP("Edit", "Move"), shift_layer),
        TransformLayers: (QT_TRANSLATE_NOOP("Edit", "Transform"), transform_layers),
        DistortLayers: (QT_TRANSLATE_NOOP("Edit", "Transform"), distort_layers),
        SetWarp: (QT_TRANSLATE_NOOP("Edit", "Warp"), set_warp),
        LinkMask: (QT_TRANSLATE_NOOP("Edit", "Link mask"), link_mask),
    }
)
