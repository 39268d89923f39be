# SPDX-License-Identifier: Apache-2.0
"""Edits of the layer tree. Each is a value; the function beside it makes the next document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Literal

import numpy as np

from prodedit.core.blend import BLEND_MODES
from prodedit.core.document import Document
from prodedit.core.geometry import Transform
from prodedit.core.layer import (
    Fill,
    FillContent,
    GroupContent,
    Layer,
    Locks,
    Mask,
    PatternFill,
    PixelContent,
)
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.core.values import Value

_LOCKED = QT_TRANSLATE_NOOP("Problem", "The layer “{name}” is locked. Unlock it to change it.")
PATTERN_LEAST, PATTERN_MOST = 0.01, 100.0
"""Scales of a PatternFill."""

Inputs = Mapping[str, Tiles]
"""Pixels that an edit needs and JSON cannot carry, by name."""


Apply = Callable[[Document, Any, Inputs], Document]
EditTable = Mapping[type, tuple[str, Apply]]
"""Kind of edit -> its name in the history (English, context "Edit"), and what does it."""


class AddPixelLayer(Value, frozen=True):
    """A new layer. Input `pixels`: 4 channels; input `mask`, where it has transparency to keep."""

    layer: str
    name: str
    parent: str | None = None
    index: int = 1 << 30
    x: int = 0
    y: int = 0


class AddFillLayer(Value, frozen=True):
    """Covers the canvas. Input `pattern`: the picture of a PatternFill, 4 channels."""

    layer: str
    name: str
    fill: Fill
    parent: str | None = None
    index: int = 1 << 30


class AddGroup(Value, frozen=True):
    """A new group round `layers`, standing where the topmost of them stood; it may be empty."""

    group: str
    name: str
    layers: tuple[str, ...] = ()


class Ungroup(Value, frozen=True):
    """The group's layers take its place."""

    group: str


class RemoveLayer(Value, frozen=True):
    layer: str


class DuplicateLayer(Value, frozen=True):
    """A copy just above; the copies of a group's layers get ids made from `copy`."""

    layer: str
    copy: str
    name: str


class MoveLayer(Value, frozen=True):
    """To `index` (from the bottom, without the layer itself) of a group or the top level."""

    layer: str
    parent: str | None
    index: int


class RenameLayer(Value, frozen=True):
    layer: str
    name: str


class SetOpacity(Value, frozen=True):
    """opacity: 0..1."""

    layer: str
    opacity: float


class SetVisible(Value, frozen=True):
    layer: str
    visible: bool


class SetLock(Value, frozen=True):
    layer: str
    part: Literal["pixels", "position", "alpha"]
    locked: bool


class SetBlendMode(Value, frozen=True):
    layer: str
    blend: str


class SetFill(Value, frozen=True):
    """Input `pattern`: as with AddFillLayer; without one, a pattern keeps its picture."""

    layer: str
    fill: Fill


class SetPixels(Value, frozen=True):
    """Input `pixels`: 4 channels, of the layer's size."""

    layer: str


def add_pixel_layer(document: Document, edit: AddPixelLayer, inputs: Inputs) -> Document:
    mask = Mask(alpha=inputs["mask"]) if "mask" in inputs else None
    place = Transform(dx=edit.x, dy=edit.y)
    layer = Layer(edit.layer, edit.name, PixelContent(inputs["pixels"]), transform=place, mask=mask)
    return added(document, layer, edit.parent, edit.index)


def add_fill_layer(document: Document, edit: AddFillLayer, inputs: Inputs) -> Document:
    content = _fill_content(edit.layer, edit.fill, inputs.get("pattern"))
    layer = Layer(edit.layer, edit.name, content, mask=selected_only(document))
    return added(document, layer, edit.parent, edit.index)


def add_group(document: Document, edit: AddGroup, inputs: Inputs) -> Document:
    chosen = set(edit.layers)
    members = tuple(layer for layer in document.walk() if layer.id in chosen)
    inner = {child.id for layer in members for child in layer.walk() if child is not layer}
    members = tuple(layer for layer in members if layer.id not in inner)
    group = Layer(edit.group, edit.name, GroupContent(members))
    if not members:
        return added(document, group, None, len(document.layers))
    parent, index = document.place(members[-1].id)
    below = document.siblings(parent)[:index]
    index -= sum(layer.id in chosen for layer in below)
    for layer in members:
        document = document.remove(layer.id)
    return added(document, group, parent, index)


def ungroup(document: Document, edit: Ungroup, inputs: Inputs) -> Document:
    group = existing(document, edit.group)
    if not isinstance(group.content, GroupContent):
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "“{name}” is a layer, not a group."),
            code="no-group",
            name=group.name,
        )
    if any(group.locks):
        raise Problem(_LOCKED, code="layer-locked", name=group.name)
    parent, index = document.place(edit.group)
    layers = document.siblings(parent)
    return document.with_level(
        parent, (*layers[:index], *layers[index].children, *layers[index + 1 :])
    )


def remove_layer(document: Document, edit: RemoveLayer, inputs: Inputs) -> Document:
    unlocked(document, edit.layer, "pixels")
    return document.remove(edit.layer)


def duplicate_layer(document: Document, edit: DuplicateLayer, inputs: Inputs) -> Document:
    parent, index = document.place(edit.layer)
    original = document.siblings(parent)[index]
    copy = replace(_with_ids(original, edit.copy), name=edit.name)
    return added(document, copy, parent, index + 1)


def move_layer(document: Document, edit: MoveLayer, inputs: Inputs) -> Document:
    layer = existing(document, edit.layer)
    if edit.parent in {child.id for child in layer.walk()}:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "A group cannot be moved into itself."), code="group-loop"
        )
    return document.remove(edit.layer).insert(layer, edit.parent, edit.index)


def rename_layer(document: Document, edit: RenameLayer, inputs: Inputs) -> Document:
    return document.replace_layer(edit.layer, lambda layer: replace(layer, name=edit.name))


def set_opacity(document: Document, edit: SetOpacity, inputs: Inputs) -> Document:
    opacity = min(1.0, max(0.0, edit.opacity))
    return document.replace_layer(edit.layer, lambda layer: replace(layer, opacity=opacity))


def set_visible(document: Document, edit: SetVisible, inputs: Inputs) -> Document:
    return document.replace_layer(edit.layer, lambda layer: replace(layer, visible=edit.visible))


def set_lock(document: Document, edit: SetLock, inputs: Inputs) -> Document:
    def change(layer: Layer) -> Layer:
        return replace(layer, locks=Locks(**{**layer.locks._asdict(), edit.part: edit.locked}))

    return document.replace_layer(edit.layer, change)


def set_blend_mode(document: Document, edit: SetBlendMode, inputs: Inputs) -> Document:
    if edit.blend not in BLEND_MODES:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "There is no blend mode “{mode}”."),
            code="unknown-blend-mode",
            mode=edit.blend,
        )
    return document.replace_layer(edit.layer, lambda layer: replace(layer, blend=edit.blend))


def set_fill(document: Document, edit: SetFill, inputs: Inputs) -> Document:
    old = unlocked(document, edit.layer, "pixels").content
    if not isinstance(old, FillContent):
        raise misfit(edit.layer)
    content = _fill_content(edit.layer, edit.fill, inputs.get("pattern", old.pattern))
    return document.replace_layer(edit.layer, lambda layer: replace(layer, content=content))


def _fill_content(layer_id: str, fill: Fill, pattern: Tiles | None) -> FillContent:
    if not isinstance(fill, PatternFill):
        return FillContent(fill)
    if pattern is None or pattern.channels != 4 or not pattern.size.area:
        raise misfit(layer_id)
    if not PATTERN_LEAST <= fill.scale <= PATTERN_MOST:
        raise misfit(layer_id)
    return FillContent(fill, pattern)


def set_pixels(document: Document, edit: SetPixels, inputs: Inputs) -> Document:
    layer = unlocked(document, edit.layer, "pixels")
    pixels = inputs["pixels"]
    if layer.tiles is None or layer.tiles.size != pixels.size:
        raise ValueError(f"{pixels.size} pixels do not fit layer {layer.id!r}")
    if document.locks(edit.layer).alpha:
        pixels = with_alpha_of(layer.tiles, pixels)
    return document.replace_layer(
        edit.layer, lambda old: replace(old, content=PixelContent(pixels))
    )


def existing(document: Document, layer_id: str) -> Layer:
    """Raises Problem where a replayed step names a layer that this picture has not."""
    layer = document.find(layer_id)
    if layer is None:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "This picture has no layer “{layer}”."),
            code="unknown-layer",
            layer=layer_id,
        )
    return layer


def unlocked(
    document: Document, layer_id: str, part: Literal["pixels", "position", "alpha"]
) -> Layer:
    """The layer. Raises Problem where there is none, or where that part of it, of a group that it
    lies in, or of what lies in it, is locked; the Problem names what has to be unlocked."""
    layer = existing(document, layer_id)
    for one in (*reversed(document.groups_round(layer_id)), *layer.walk()):
        if getattr(one.locks, part):
            raise Problem(_LOCKED, code="layer-locked", name=one.name)
    return layer


def with_alpha_of(old: Tiles, new: Tiles) -> Tiles:
    """The colours of `new` (4 channels, of the same size) in the transparency of `old`."""
    changed = new
    for area in old.changed(new):
        kept = old.to_array(area)[..., 3:]
        colour = new.to_array(area)
        share = kept / np.maximum(colour[..., 3:], 1).astype(np.float32)
        pixels = np.rint(np.minimum(colour * share, kept)).astype(np.uint8)
        pixels[..., 3:] = kept
        changed = changed.paste(pixels, area.x, area.y)
    return changed


def misfit(layer_id: str) -> Problem:
    """For a step that was made for another picture: what it needs of a layer is not there."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem", "This step does not fit the picture: its layer “{layer}” is of another kind."
        ),
        code="step-misfit",
        layer=layer_id,
    )


def selected_only(document: Document) -> Mask | None:
    """The mask that keeps a new layer, one that covers the canvas, within the selection."""
    return None if document.selection is None else Mask(document.selection)


def added(document: Document, layer: Layer, parent: str | None, index: int) -> Document:
    if document.find(layer.id) is not None:
        raise misfit(layer.id)
    return document.insert(layer, parent, index)


def _with_ids(layer: Layer, new_id: str) -> Layer:
    if not isinstance(layer.content, GroupContent):
        return replace(layer, id=new_id)
    children = tuple(
        _with_ids(child, f"{new_id}.{number}") for number, child in enumerate(layer.children, 1)
    )
    return replace(layer, id=new_id).with_children(children)


LayerEdit = (
    AddPixelLayer
    | AddFillLayer
    | AddGroup
    | Ungroup
    | RemoveLayer
    | DuplicateLayer
    | MoveLayer
    | RenameLayer
    | SetOpacity
    | SetVisible
    | SetLock
    | SetBlendMode
    | SetFill
    | SetPixels
)
EDITS: EditTable = MappingProxyType(
    {
        AddPixelLayer: (QT_TRANSLATE_NOOP("Edit", "Add layer"), add_pixel_layer),
        AddFillLayer: (QT_TRANSLATE_NOOP("Edit", "Add fill layer"), add_fill_layer),
        AddGroup: (QT_TRANSLATE_NOOP("Edit", "Group layers"), add_group),
        Ungroup: (QT_TRANSLATE_NOOP("Edit", "Ungroup"), ungroup),
        RemoveLayer: (QT_TRANSLATE_NOOP("Edit", "Delete layer"), remove_layer),
        DuplicateLayer: (QT_TRANSLATE_NOOP("Edit", "Duplicate layer"), duplicate_layer),
        MoveLayer: (QT_TRANSLATE_NOOP("Edit", "Reorder layers"), move_layer),
        RenameLayer: (QT_TRANSLATE_NOOP("Edit", "Rename layer"), rename_layer),
        SetOpacity: (QT_TRANSLATE_NOOP("Edit", "Opacity"), set_opacity),
        SetVisible: (QT_TRANSLATE_NOOP("Edit", "Show or hide layer"), set_visible),
        SetLock: (QT_TRANSLATE_NOOP("Edit", "Lock layer"), set_lock),
        SetBlendMode: (QT_TRANSLATE_NOOP("Edit", "Blend mode"), set_blend_mode),
        SetFill: (QT_TRANSLATE_NOOP("Edit", "Change fill"), set_fill),
        SetPixels: (QT_TRANSLATE_NOOP("Edit", "Change pixels"), set_pixels),
    }
)
