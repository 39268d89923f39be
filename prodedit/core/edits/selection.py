# SPDX-License-Identifier: Apache-2.0
"""Edits of the selection. None of them changes how the picture looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from prodedit.core import coverage, selection
from prodedit.core.colour import Colour
from prodedit.core.coverage import Region
from prodedit.core.document import Document
from prodedit.core.edits.layers import EditTable, Inputs, existing
from prodedit.core.geometry import IDENTITY, Point, Rect, Transform
from prodedit.core.layer import Layer
from prodedit.core.pixels import scale
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.selection import Mode
from prodedit.core.tiles import Pixels, Tiles
from prodedit.core.values import Value


class Box(NamedTuple):
    """Edges in pixels of the canvas, between two pixels too."""

    left: float
    top: float
    right: float
    bottom: float


class SelectRectangle(Value, frozen=True):
    """smooth: edges that lie within pixels select them in part. feather: see FeatherSelection."""

    box: Box
    mode: Mode = "replace"
    smooth: bool = True
    feather: float = 0.0


class SelectEllipse(Value, frozen=True):
    """The one that touches the four edges of the box."""

    box: Box
    mode: Mode = "replace"
    smooth: bool = True
    feather: float = 0.0


class SelectPolygon(Value, frozen=True):
    """The area inside of a closed line: a lasso's, or one of corners."""

    points: tuple[Point, ...]
    mode: Mode = "replace"
    smooth: bool = True
    feather: float = 0.0


class SelectWand(Value, frozen=True):
    """What looks like the pixel at (x, y) of the canvas, in the layer's own pixels; layer "": as
    the picture shows, input `pixels`, 4 channels of the canvas. Input `found`, 1 channel of the
    canvas: this very edit's selection, where it was computed before."""

    x: int
    y: int
    tolerance: int = 32
    contiguous: bool = True
    layer: str = ""
    mode: Mode = "replace"
    smooth: bool = True
    feather: float = 0.0


class SelectColour(Value, frozen=True):
    """All that is near a colour, softer the farther; layer and inputs as for SelectWand."""

    colour: Colour
    tolerance: int = 32
    layer: str = ""
    mode: Mode = "replace"


class SelectAll(Value, frozen=True):
    pass


class Deselect(Value, frozen=True):
    """Nothing is chosen, so that all may be worked on."""


class InvertSelection(Value, frozen=True):
    pass


class GrowSelection(Value, frozen=True):
    """Move its edge outwards by `pixels`; inwards where they are negative. Input `found`, as for
    all that change the selection there is: what comes out, where it was computed before."""

    pixels: int


class FeatherSelection(Value, frozen=True):
    """Soften its edge over about `radius` pixels to both sides."""

    radius: float


class SmoothSelection(Value, frozen=True):
    """Round its corners, drop specks and holes smaller than `radius`."""

    radius: float


class BorderSelection(Value, frozen=True):
    """A frame of `width` pixels on its edge."""

    width: int


class MoveSelection(Value, frozen=True):
    dx: int
    dy: int


class SelectAlpha(Value, frozen=True):
    """Where a layer shows. Input `alpha`, 1 channel of the canvas, for all but plain pixels."""

    layer: str
    mode: Mode = "replace"


class SelectionFromMask(Value, frozen=True):
    """What a layer's mask lets show: of a cut-out, the product."""

    layer: str
    mode: Mode = "replace"


class SetSelection(Value, frozen=True):
    """Input `selection`: 1 channel, of the canvas' size."""

    mode: Mode = "replace"


def select_rectangle(document: Document, edit: SelectRectangle, inputs: Inputs) -> Document:
    region = coverage.rectangle(*edit.box, _canvas(document), edit.smooth)
    return chosen(document, region, edit.mode, edit.feather)


def select_ellipse(document: Document, edit: SelectEllipse, inputs: Inputs) -> Document:
    region = coverage.ellipse(*edit.box, _canvas(document), edit.smooth)
    return chosen(document, region, edit.mode, edit.feather)


def select_polygon(document: Document, edit: SelectPolygon, inputs: Inputs) -> Document:
    region = coverage.polygon(edit.points, _canvas(document), edit.smooth)
    return chosen(document, region, edit.mode, edit.feather)


def select_wand(document: Document, edit: SelectWand, inputs: Inputs) -> Document:
    if "found" in inputs:
        return chosen(document, selection.region_of(inputs["found"]), edit.mode)
    tiles, place = _sampled(document, edit.layer, inputs)
    seed = place.inverse().map(Point(edit.x + 0.5, edit.y + 0.5))
    if not tiles.bounds.contains(seed):
        return chosen(document, coverage.NOWHERE, edit.mode)
    found = coverage.wand(
        tiles.to_array(), int(seed.x), int(seed.y), edit.tolerance, edit.contiguous
    )
    found = coverage.softened(found) if edit.smooth else found
    return chosen(document, _placed(found, place, document), edit.mode, edit.feather)


def select_colour(document: Document, edit: SelectColour, inputs: Inputs) -> Document:
    if "found" in inputs:
        return chosen(document, selection.region_of(inputs["found"]), edit.mode)
    tiles, place = _sampled(document, edit.layer, inputs)
    found = coverage.like_colour(tiles.to_array(), edit.colour[:3], edit.tolerance)
    return chosen(document, _placed(found, place, document), edit.mode)


def select_all(document: Document, edit: SelectAll, inputs: Inputs) -> Document:
    return replace(document, selection=selection.full(document.size))


def deselect(document: Document, edit: Deselect, inputs: Inputs) -> Document:
    return document if document.selection is None else replace(document, selection=None)


def invert(document: Document, edit: InvertSelection, inputs: Inputs) -> Document:
    return _changed(document, selection.inverted, inputs)


def grow(document: Document, edit: GrowSelection, inputs: Inputs) -> Document:
    if edit.pixels < 0:
        return _changed(document, lambda old: selection.shrunk(old, -edit.pixels), inputs)
    return _changed(document, lambda old: selection.grown(old, edit.pixels), inputs)


def feather(document: Document, edit: FeatherSelection, inputs: Inputs) -> Document:
    return _changed(document, lambda old: selection.feathered(old, edit.radius), inputs)


def smooth(document: Document, edit: SmoothSelection, inputs: Inputs) -> Document:
    return _changed(document, lambda old: selection.smoothed(old, edit.radius), inputs)


def border(document: Document, edit: BorderSelection, inputs: Inputs) -> Document:
    return _changed(document, lambda old: selection.bordered(old, edit.width), inputs)


def move(document: Document, edit: MoveSelection, inputs: Inputs) -> Document:
    def moved(old: Tiles) -> Tiles | None:
        region = selection.region_of(old)
        shifted = region._replace(x=region.x + edit.dx, y=region.y + edit.dy)
        return selection.combined(None, shifted, "replace", old.size)

    return _changed(document, moved, inputs)


def select_alpha(document: Document, edit: SelectAlpha, inputs: Inputs) -> Document:
    layer = existing(document, edit.layer)
    if "alpha" in inputs:
        return chosen(document, selection.region_of(inputs["alpha"]), edit.mode, needed=True)
    return chosen(document, _alpha(document, layer), edit.mode, needed=True)


def selection_from_mask(document: Document, edit: SelectionFromMask, inputs: Inputs) -> Document:
    return chosen(document, mask_region(document, edit.layer), edit.mode, needed=True)


def mask_region(document: Document, layer_id: str) -> Region:
    """What a layer's mask shows of the canvas. Raises Problem where it has none."""
    layer = existing(document, layer_id)
    if layer.mask is None:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "The layer “{name}” has no mask."),
            code="no-mask",
            name=layer.name,
        )
    return Region(_mask_on(_canvas(document), layer), 0, 0)


def set_selection(document: Document, edit: SetSelection, inputs: Inputs) -> Document:
    new = inputs["selection"]
    if new.size != document.size or new.channels != 1:
        raise ValueError(f"a selection of {new.size} does not fit {document.size}")
    if edit.mode == "replace":
        return replace(document, selection=_something(selection.tidy(new)))
    return chosen(document, selection.region_of(new), edit.mode, needed=True)


def chosen_part(document: Document) -> Tiles:
    """The selection. Raises Problem where there is none."""
    return _something(document.selection)


def _something(found: Tiles | None) -> Tiles:
    if found is None:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "Nothing is selected. Select a part of the picture first."
            ),
            code="nothing-selected",
        )
    return found


def _changed(
    document: Document, change: Callable[[Tiles], Tiles | None], inputs: Inputs
) -> Document:
    """Raises Problem where nothing is selected, or would be."""
    old = chosen_part(document)
    new = inputs["found"] if "found" in inputs else change(old)
    if new is None:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "Nothing would be left selected."), code="nothing-left"
        )
    return replace(document, selection=new)


def chosen(
    document: Document,
    region: Region,
    mode: Mode,
    radius: float = 0.0,
    *,
    needed: bool = False,
) -> Document:
    """needed: raise Problem where `region` holds nothing; else that means no selection."""
    if radius > 0 and not region.rect.is_empty:
        soft = selection.combined(None, region, "replace", document.size)
        soft = None if soft is None else selection.feathered(soft, radius)
        region = coverage.NOWHERE if soft is None else selection.region_of(soft)
    if needed and not region.pixels.any():
        _something(None)
    new = selection.combined(document.selection, region, mode, document.size)
    if new is None and document.selection is None:
        return document
    return replace(document, selection=new)


def _sampled(document: Document, layer_id: str, inputs: Inputs) -> tuple[Tiles, Transform]:
    """The pixels that are looked at, and how they lie on the canvas."""
    if not layer_id:
        return inputs["pixels"], IDENTITY
    layer = existing(document, layer_id)
    if layer.tiles is None or layer.warp is not None:
        raise no_pixels(layer)
    return layer.tiles, layer.transform


def _placed(found: Pixels, place: Transform, document: Document) -> Region:
    """Coverage of a layer's own pixels on the canvas."""
    if place.is_whole_shift:
        return Region(found, int(place.dx), int(place.dy))
    return Region(coverage.moved(Tiles.from_array(found), place, _canvas(document)), 0, 0)


def _alpha(document: Document, layer: Layer) -> Region:
    if layer.tiles is None or layer.warp is not None or layer.effects:
        raise no_pixels(layer)
    alpha = Tiles.from_array(np.ascontiguousarray(layer.tiles.to_array()[..., 3]))
    canvas = _canvas(document)
    shown = coverage.moved(alpha, layer.transform, canvas)
    if layer.mask is not None and layer.mask.enabled:
        shown = scale(shown, _mask_on(canvas, layer))
    return Region(shown, 0, 0)


def _mask_on(canvas: Rect, layer: Layer) -> Pixels:
    mask = layer.mask
    assert mask is not None
    on_canvas = layer.own_bounds is None
    place = mask.transform if on_canvas else layer.transform.after(mask.transform)
    return coverage.moved(mask.alpha, place, canvas)


def no_pixels(layer: Layer) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "The layer “{name}” holds no photo. Choose one that does."),
        code="no-pixels",
        name=layer.name,
    )


def _canvas(document: Document) -> Rect:
    return Rect.of(document.size)


SelectionEdit = (
    SelectRectangle
    | SelectEllipse
    | SelectPolygon
    | SelectWand
    | SelectColour
    | SelectAll
    | Deselect
    | InvertSelection
    | GrowSelection
    | FeatherSelection
    | SmoothSelection
    | BorderSelection
    | MoveSelection
    | SelectAlpha
    | SelectionFromMask
    | SetSelection
)
EDITS: EditTable = MappingProxyType(
    {
        SelectRectangle: (QT_TRANSLATE_NOOP("Edit", "Select rectangle"), select_rectangle),
        SelectEllipse: (QT_TRANSLATE_NOOP("Edit", "Select ellipse"), select_ellipse),
        SelectPolygon: (QT_TRANSLATE_NOOP("Edit", "Lasso"), select_polygon),
        SelectWand: (QT_TRANSLATE_NOOP("Edit", "Magic wand"), select_wand),
        SelectColour: (QT_TRANSLATE_NOOP("Edit", "Select by colour"), select_colour),
        SelectAll: (QT_TRANSLATE_NOOP("Edit", "Select all"), select_all),
        Deselect: (QT_TRANSLATE_NOOP("Edit", "Deselect"), deselect),
        InvertSelection: (QT_TRANSLATE_NOOP("Edit", "Invert selection"), invert),
        GrowSelection: (QT_TRANSLATE_NOOP("Edit", "Grow or shrink selection"), grow),
        FeatherSelection: (QT_TRANSLATE_NOOP("Edit", "Feather selection"), feather),
        SmoothSelection: (QT_TRANSLATE_NOOP("Edit", "Smooth selection"), smooth),
        BorderSelection: (QT_TRANSLATE_NOOP("Edit", "Select border"), border),
        MoveSelection: (QT_TRANSLATE_NOOP("Edit", "Move selection"), move),
        SelectAlpha: (QT_TRANSLATE_NOOP("Edit", "Select layer"), select_alpha),
        SelectionFromMask: (QT_TRANSLATE_NOOP("Edit", "Selection from mask"), selection_from_mask),
        SetSelection: (QT_TRANSLATE_NOOP("Edit", "Select"), set_selection),
    }
)
