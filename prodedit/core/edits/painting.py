# SPDX-License-Identifier: Apache-2.0
"""Edits that paint: strokes of a brush on a layer's pixels."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from prodedit.core.document import Document
from prodedit.core.edits.layers import EditTable, Inputs, existing, misfit, unlocked
from prodedit.core.geometry import Rect
from prodedit.core.paint import inks
from prodedit.core.paint.ground import Ground, mixed, with_alpha
from prodedit.core.paint.inks import Ink
from prodedit.core.paint.pixel_stroke import PixelStroke, Touch
from prodedit.core.paint.room import widened
from prodedit.core.paint.seen import Region
from prodedit.core.paint.smudge import SmudgeStroke
from prodedit.core.paint.stroke import Brush
from prodedit.core.paint.work import Work
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import TILE, Place, places
from prodedit.core.values import Value

_T = QT_TRANSLATE_NOOP
TITLES: Mapping[type, str] = MappingProxyType(
    {
        inks.Colouring: _T("Edit", "Brush"),
        inks.Erasing: _T("Edit", "Erase"),
        inks.Cloning: _T("Edit", "Clone"),
        inks.Healing: _T("Edit", "Heal"),
        inks.Dodging: _T("Edit", "Dodge"),
        inks.Burning: _T("Edit", "Burn"),
        inks.Sponging: _T("Edit", "Sponge"),
        inks.Blurring: _T("Edit", "Blur brush"),
        inks.Sharpening: _T("Edit", "Sharpen brush"),
        inks.Smudging: _T("Edit", "Smudge"),
    }
)

_GROWING = (inks.Colouring, inks.Cloning)


class PaintStroke(Value, frozen=True):
    """A stroke of the brush, its size and the touches in pixels of the canvas. Input `sampled`,
    4 channels of the canvas, for inks that look at all layers: as far as the stroke needs it."""

    layer: str
    brush: Brush
    ink: Ink
    touches: tuple[Touch, ...]


class LayPatch(Value, frozen=True):
    """New pixels on a part of a layer, whose corner is (x, y) of the layer's own. Inputs `patch`, 4
    channels, and `share`, 1 channel of the same size: how far they cover what was there."""

    layer: str
    x: int
    y: int
    opacity: float = 1.0


Stroking = PixelStroke | SmudgeStroke


def paint_stroke(document: Document, edit: PaintStroke, inputs: Inputs) -> Document:
    sampled = None
    if getattr(edit.ink, "all_layers", False):
        if "sampled" not in inputs:
            raise misfit(edit.layer)
        sampled = inputs["sampled"].to_array
    stroke = begun(ground_for(document, edit.layer, edit.ink, sampled), edit.brush, edit.ink)
    for touch in edit.touches:
        stroke.line_to(touch)
    return stroke.finished(document) or document


def lay_patch(document: Document, edit: LayPatch, inputs: Inputs) -> Document:
    ground, patch, share = ground_of(document, edit.layer), inputs["patch"], inputs["share"]
    if patch.size != share.size:
        raise misfit(edit.layer)
    work = Work(ground.layer, ground.tiles)
    area = patch.bounds.translate(edit.x, edit.y).intersect(ground.tiles.bounds)
    for place, rect in places(area):
        own, inside = rect.translate(-edit.x, -edit.y), _inside(rect, place)
        covers = share.to_array(own) * np.float32(min(1.0, max(0.0, edit.opacity)) / 255)
        old, new = work.old(place, inside), patch.to_array(own)
        if ground.keeps_alpha:
            new = with_alpha(new, old[..., 3])
        work.put(place, inside, mixed(old, new, covers))
        work.uncolour(place, inside, (covers > 0).view(np.uint8))
    layer = work.finished()
    if layer is None:
        return document
    return document.replace_layer(edit.layer, lambda _old: layer)


def _inside(rect: Rect, place: Place) -> Rect:
    return rect.translate(-place[0] * TILE, -place[1] * TILE)


def begun(ground: Ground, brush: Brush, ink: Ink) -> Stroking:
    """A stroke that has touched nothing yet. Raises Problem where the layer is squeezed to a
    line, so that nothing could be seen of it."""
    try:
        if isinstance(ink, inks.Smudging):
            return SmudgeStroke(ground, brush)
        return PixelStroke(ground, brush, ink)
    except ValueError as error:
        raise misfit(ground.layer.id) from error


def ground_for(
    document: Document, layer_id: str, ink: Ink, sampled: Region | None = None
) -> Ground:
    """As `ground_of`, with room beyond the layer's edge for inks that bring something there."""
    ground = ground_of(document, layer_id, sampled)
    return widened(ground, document.size) if isinstance(ink, _GROWING) else ground


def ground_of(document: Document, layer_id: str, sampled: Region | None = None) -> Ground:
    """Raises Problem where that layer can't be painted on, with the sentence why."""
    layer = existing(document, layer_id)
    if layer.tiles is None:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "“{name}” has no pixels to paint on. Choose a photo, or make a new layer for it.",
            ),
            code="not-pixels",
            name=layer.name,
        )
    if not all(one.visible for one in (layer, *document.groups_round(layer_id))):
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "The layer “{name}” is hidden. Show it to paint on it."),
            code="layer-hidden",
            name=layer.name,
        )
    unlocked(document, layer_id, "pixels")
    alpha = document.locks(layer_id).alpha
    return Ground(layer, layer.tiles, document.selection, alpha, sampled)


PaintingEdit = PaintStroke | LayPatch
EDITS: EditTable = MappingProxyType(
    {
        PaintStroke: (QT_TRANSLATE_NOOP("Edit", "Paint"), paint_stroke),
        LayPatch: (QT_TRANSLATE_NOOP("Edit", "Erase object"), lay_patch),
    }
)
