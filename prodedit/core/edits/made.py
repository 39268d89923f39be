# SPDX-License-Identifier: Apache-2.0
"""Edits that put what was made of a layer's pixels beside it; the layer itself stays as it is."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

from prodedit.core.document import Document
from prodedit.core.edits.layers import EditTable, Inputs, existing, misfit, unlocked
from prodedit.core.geometry import Size, Transform
from prodedit.core.layer import Layer, Mask, PixelContent
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.scope import Scope
from prodedit.core.tiles import Tiles
from prodedit.core.values import Value


class AddMadeLayer(Value, frozen=True):
    """A layer of new pixels for those of `layer`, in the same place. Input `pixels`: 4 channels, of
    that layer's size. `task`: what made them.

    Where the scope does not reach, nothing of the picture changes. The new layer lies above, and
    above what was made of the same layer by such a task before, which would hide it; but below a
    cut-out whose backdrop is meant: there the product covers it, soft edge and all.
    """

    layer: str
    name: str = ""
    scope: Scope = "all"
    task: dict[str, Any] | None = None


class AddGeneratedLayer(Value, frozen=True):
    """A picture that was there nowhere before, in the middle of the canvas. Inputs `pixels`, 4
    channels, and where it is cut out `alpha` and perhaps `foreground`. `task`: what made them.

    share:      of the canvas' width or height, whichever it fills first, that it takes.
    instead_of: a layer that was generated in this size: it gets the pixels and keeps its place.
    """

    name: str
    share: float = 0.8
    instead_of: str = ""
    task: dict[str, Any] | None = None


class _Place(NamedTuple):
    """above: or below the source; clip, mask: of the new layer."""

    above: bool
    clip: bool
    mask: Mask | None


def add_made_layer(document: Document, edit: AddMadeLayer, inputs: Inputs) -> Document:
    source, pixels = existing(document, edit.layer), inputs["pixels"]
    if source.tiles is None or source.tiles.size != pixels.size or pixels.channels != 4:
        raise misfit(edit.layer)
    parent, index = document.place(edit.layer)
    siblings = document.siblings(parent)
    place = _place(source, edit.scope, is_base=any(one.clip for one in siblings[index + 1 :][:1]))
    made = Layer(
        document.new_id(),
        edit.name or source.name,
        PixelContent(pixels),
        transform=source.transform,
        warp=source.warp,
        mask=place.mask,
        clip=place.clip,
        made_by=edit.task,
    )
    if place.above:
        index = _above_older(siblings, index, edit.task)
    return document.insert(made, parent, index)


def add_generated_layer(document: Document, edit: AddGeneratedLayer, inputs: Inputs) -> Document:
    content = PixelContent(inputs["pixels"])
    mask = None
    if "alpha" in inputs:
        mask = Mask(inputs["alpha"], foreground=inputs.get("foreground"))
    if edit.instead_of:
        old = unlocked(document, edit.instead_of, "pixels")
        if old.tiles is None or old.tiles.size != content.tiles.size:
            raise misfit(old.id)
        new = replace(old, content=content, mask=mask, made_by=edit.task)
        return document.replace_layer(old.id, lambda _old: new)
    place = _middle(document.size, content.tiles.size, edit.share)
    layer = Layer(
        document.new_id(), edit.name, content, transform=place, mask=mask, made_by=edit.task
    )
    return document.insert(layer, None, len(document.layers))


def _middle(canvas: Size, size: Size, share: float) -> Transform:
    """Its edges lie on whole pixels."""
    scale = share * min(canvas.width / size.width, canvas.height / size.height)
    width, height = (max(1, round(scale * side)) for side in size)
    left, top = (canvas.width - width) // 2, (canvas.height - height) // 2
    return Transform(width / size.width, 0.0, 0.0, height / size.height, left, top)


def _above_older(siblings: tuple[Layer, ...], index: int, task: dict[str, Any] | None) -> int:
    """The place above the layer at `index`, and above those on it that a task of this kind made."""
    index += 1
    while task and index < len(siblings) and _kind(siblings[index].made_by) == _kind(task):
        index += 1
    return index


def _kind(task: dict[str, Any] | None) -> tuple[str | None, bool]:
    """The task's name, and whether a photo is what it was done to, where that may differ."""
    return (task or {}).get("type"), bool((task or {}).get("base"))


def scope_mask(layer: Layer, scope: Scope) -> Mask | None:
    """The mask that leaves `scope` of the layer's pixels; None: all. Raises Problem where the layer
    has no mask that could tell, or, round a product, nothing that was ever to be seen."""
    if scope == "all":
        return None
    if layer.mask is None:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "The layer “{name}” has no cut-out yet. Remove its background first."
            ),
            code="no-mask",
            name=layer.name,
        )
    alpha = layer.mask.alpha
    if scope == "background" and layer.mask.is_transparency:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "“{name}” is transparent round its product: there is no backdrop to be painted.",
            ),
            code="no-backdrop",
            name=layer.name,
        )
    if scope == "background":
        alpha = Tiles.from_array(255 - alpha.to_array()).without_blank()
    return Mask(alpha, transform=layer.mask.transform, linked=layer.mask.linked)


def _place(source: Layer, scope: Scope, *, is_base: bool) -> _Place:
    """is_base: others are clipped to `source`, and have to stay so."""
    wanted = scope_mask(source, scope)
    cut = source.mask is not None and source.mask.enabled
    if cut and scope == "background":
        return _Place(False, source.clip, None)
    if cut and source.clip:  # both are clipped to what lies below, not one to the other
        return _Place(True, True, scope_mask(source, "product"))
    # Two soft edges one above the other would let less through than one: hence the clip.
    shows_through = cut or is_base or source.opacity < 1 or source.blend != "normal"
    return _Place(True, source.clip or shows_through, None if cut else wanted)


MadeEdit = AddMadeLayer | AddGeneratedLayer
EDITS: EditTable = MappingProxyType(
    {
        AddMadeLayer: (QT_TRANSLATE_NOOP("Edit", "Add layer"), add_made_layer),
        AddGeneratedLayer: (QT_TRANSLATE_NOOP("Edit", "Generate layer"), add_generated_layer),
    }
)
