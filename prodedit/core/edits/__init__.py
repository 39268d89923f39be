# SPDX-License-Identifier: Apache-2.0
"""Edits: frozen values that say what changes; `apply` makes the next document from them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from prodedit.core import values
from prodedit.core.document import Document
from prodedit.core.edits import (
    backgrounds,
    canvas,
    drawn,
    enlarging,
    layers,
    lifting,
    looks,
    made,
    marks,
    masks,
    merging,
    painting,
    paths,
    placing,
    pouring,
    reframing,
    selected,
    selection,
)
from prodedit.core.edits.backgrounds import (
    BlurredBackground,
    PictureBackground,
    SetBackground,
)
from prodedit.core.edits.canvas import CropCanvas, CropPerspective, ResizeImage, TurnCanvas
from prodedit.core.edits.drawn import (
    AddShapeLayer,
    AddTextLayer,
    Rasterise,
    SetShape,
    SetText,
)
from prodedit.core.edits.enlarging import EnhanceLayer
from prodedit.core.edits.layers import (
    AddFillLayer,
    AddGroup,
    AddPixelLayer,
    DuplicateLayer,
    EditTable,
    Inputs,
    MoveLayer,
    RemoveLayer,
    RenameLayer,
    SetBlendMode,
    SetFill,
    SetLock,
    SetOpacity,
    SetPixels,
    SetVisible,
    Ungroup,
)
from prodedit.core.edits.lifting import TransformSelected
from prodedit.core.edits.looks import (
    AddAdjustmentLayer,
    AdjustPixels,
    SetAdjustment,
    SetClip,
    SetEffects,
    SetIsolated,
)
from prodedit.core.edits.made import AddGeneratedLayer, AddMadeLayer
from prodedit.core.edits.marks import RemovePath, SetGuides, SetPath
from prodedit.core.edits.masks import (
    Defringe,
    EnableMask,
    FeatherMask,
    GrowMask,
    InvertMask,
    PaintMask,
    RemoveMask,
    SetMask,
    TidyMask,
    without_haze,
)
from prodedit.core.edits.merging import AddMask, ApplyMask, MergeLayers
from prodedit.core.edits.painting import LayPatch, PaintStroke
from prodedit.core.edits.paths import (
    MaskFromPath,
    PathFromMask,
    PathFromSelection,
    SelectPath,
)
from prodedit.core.edits.placing import (
    DistortLayers,
    LinkMask,
    SetWarp,
    ShiftLayer,
    TransformLayers,
)
from prodedit.core.edits.pouring import DrawGradient, FillArea
from prodedit.core.edits.reframing import FrameProduct
from prodedit.core.edits.selected import (
    ClearSelected,
    CopySelected,
    CutSelected,
    FillSelected,
    MaskFromSelection,
)
from prodedit.core.edits.selection import (
    BorderSelection,
    Box,
    Deselect,
    FeatherSelection,
    GrowSelection,
    InvertSelection,
    MoveSelection,
    SelectAll,
    SelectAlpha,
    SelectColour,
    SelectEllipse,
    SelectionFromMask,
    SelectPolygon,
    SelectRectangle,
    SelectWand,
    SetSelection,
    SmoothSelection,
)
from prodedit.core.problem import QT_TRANSLATE_NOOP


class Together(values.Value, frozen=True):
    """Several edits that need no pixels, one after the other, as one: all of them, or none."""

    edits: tuple[Edit, ...]


Edit = (
    layers.LayerEdit
    | masks.MaskEdit
    | backgrounds.BackgroundEdit
    | drawn.DrawnEdit
    | selection.SelectionEdit
    | selected.SelectedEdit
    | lifting.LiftingEdit
    | looks.LookEdit
    | made.MadeEdit
    | placing.PlacingEdit
    | pouring.PouringEdit
    | canvas.CanvasEdit
    | merging.MergingEdit
    | painting.PaintingEdit
    | marks.MarkEdit
    | paths.PathEdit
    | enlarging.EnlargingEdit
    | reframing.FramingEdit
    | Together
)


def _together(document: Document, edit: Together, inputs: Inputs) -> Document:
    for one in edit.edits:
        document = apply(document, one, inputs)
    return document


_EDITS: EditTable = {
    **layers.EDITS,
    **masks.EDITS,
    **backgrounds.EDITS,
    **drawn.EDITS,
    **selection.EDITS,
    **selected.EDITS,
    **lifting.EDITS,
    **looks.EDITS,
    **made.EDITS,
    **placing.EDITS,
    **pouring.EDITS,
    **canvas.EDITS,
    **merging.EDITS,
    **painting.EDITS,
    **marks.EDITS,
    **paths.EDITS,
    **enlarging.EDITS,
    **reframing.EDITS,
    Together: (QT_TRANSLATE_NOOP("Edit", "Change layers"), _together),
}

NO_INPUTS: Inputs = MappingProxyType({})


def apply(document: Document, edit: Edit, inputs: Inputs = NO_INPUTS) -> Document:
    """The next document; the given one is untouched. The same arguments give the same pixels.

    Raises Problem where the edit cannot be done to this document, with the sentence for it.
    """
    try:
        return _EDITS[type(edit)][1](document, edit, inputs)
    except KeyError as error:
        named = [getattr(edit, role, None) for role in ("layer", "group", "parent")]
        if error.args[0] in named:
            layers.existing(document, error.args[0])
        raise


def title(edit: Edit) -> str:
    """The edit's name in the history: English, to be translated in the context "Edit"."""
    if isinstance(edit, Together) and len({type(one) for one in edit.edits}) == 1:
        return title(edit.edits[0])
    if isinstance(edit, PaintStroke):
        return painting.TITLES[type(edit.ink)]
    return _EDITS[type(edit)][0]


def to_json(edit: Edit) -> Any:
    return values.to_json(edit)


def from_json(data: Any) -> Edit:
    """Raises Problem where `data` describes no edit of this version."""
    edit: Edit = values.from_json(data, Edit)
    return edit


__all__ = [
    "NO_INPUTS",
    "AddAdjustmentLayer",
    "AddFillLayer",
    "AddGeneratedLayer",
    "AddGroup",
    "AddMadeLayer",
    "AddMask",
    "AddPixelLayer",
    "AddShapeLayer",
    "AddTextLayer",
    "AdjustPixels",
    "ApplyMask",
    "BlurredBackground",
    "BorderSelection",
    "Box",
    "ClearSelected",
    "CopySelected",
    "CropCanvas",
    "CropPerspective",
    "CutSelected",
    "Defringe",
    "Deselect",
    "DistortLayers",
    "DrawGradient",
    "DuplicateLayer",
    "Edit",
    "EnableMask",
    "EnhanceLayer",
    "FeatherMask",
    "FeatherSelection",
    "FillArea",
    "FillSelected",
    "FrameProduct",
    "GrowMask",
    "GrowSelection",
    "Inputs",
    "InvertMask",
    "InvertSelection",
    "LayPatch",
    "LinkMask",
    "MaskFromPath",
    "MaskFromSelection",
    "MergeLayers",
    "MoveLayer",
    "MoveSelection",
    "PaintMask",
    "PaintStroke",
    "PathFromMask",
    "PathFromSelection",
    "PictureBackground",
    "Rasterise",
    "RemoveLayer",
    "RemoveMask",
    "RemovePath",
    "RenameLayer",
    "ResizeImage",
    "SelectAll",
    "SelectAlpha",
    "SelectColour",
    "SelectEllipse",
    "SelectPath",
    "SelectPolygon",
    "SelectRectangle",
    "SelectWand",
    "SelectionFromMask",
    "SetAdjustment",
    "SetBackground",
    "SetBlendMode",
    "SetClip",
    "SetEffects",
    "SetFill",
    "SetGuides",
    "SetIsolated",
    "SetLock",
    "SetMask",
    "SetOpacity",
    "SetPath",
    "SetPixels",
    "SetSelection",
    "SetShape",
    "SetText",
    "SetVisible",
    "SetWarp",
    "ShiftLayer",
    "SmoothSelection",
    "TidyMask",
    "Together",
    "TransformLayers",
    "TransformSelected",
    "TurnCanvas",
    "Ungroup",
    "apply",
    "from_json",
    "title",
    "to_json",
    "without_haze",
]
