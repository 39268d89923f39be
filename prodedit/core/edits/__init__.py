# SPDX-License-Identifier: Apache-2.0
"""Edits: frozen values that say what changes; `apply` makes the next document from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from prodedit.core import values
from prodedit.core.document import Document
from prodedit.core.edits import backgrounds, layers, masks
from prodedit.core.edits.backgrounds import (
    BlurredBackground,
    PictureBackground,
    SetBackground,
)
from prodedit.core.edits.layers import (
    AddFillLayer,
    AddGroup,
    AddPixelLayer,
    DuplicateLayer,
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
    ShiftLayer,
    Ungroup,
)
from prodedit.core.edits.masks import (
    Defringe,
    EnableMask,
    FeatherMask,
    GrowMask,
    InvertMask,
    PaintMask,
    RemoveMask,
    SetMask,
)
from prodedit.core.problem import QT_TRANSLATE_NOOP

Edit = (
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
    | ShiftLayer
    | SetPixels
    | SetMask
    | PaintMask
    | RemoveMask
    | EnableMask
    | InvertMask
    | GrowMask
    | FeatherMask
    | Defringe
    | SetBackground
)

_Apply = Callable[[Document, Any, Inputs], Document]

_EDITS: Mapping[type, tuple[str, _Apply]] = {
    AddPixelLayer: (QT_TRANSLATE_NOOP("Edit", "Add layer"), layers.add_pixel_layer),
    AddFillLayer: (QT_TRANSLATE_NOOP("Edit", "Add fill layer"), layers.add_fill_layer),
    AddGroup: (QT_TRANSLATE_NOOP("Edit", "Group layers"), layers.add_group),
    Ungroup: (QT_TRANSLATE_NOOP("Edit", "Ungroup"), layers.ungroup),
    RemoveLayer: (QT_TRANSLATE_NOOP("Edit", "Delete layer"), layers.remove_layer),
    DuplicateLayer: (QT_TRANSLATE_NOOP("Edit", "Duplicate layer"), layers.duplicate_layer),
    MoveLayer: (QT_TRANSLATE_NOOP("Edit", "Reorder layers"), layers.move_layer),
    RenameLayer: (QT_TRANSLATE_NOOP("Edit", "Rename layer"), layers.rename_layer),
    SetOpacity: (QT_TRANSLATE_NOOP("Edit", "Opacity"), layers.set_opacity),
    SetVisible: (QT_TRANSLATE_NOOP("Edit", "Show or hide layer"), layers.set_visible),
    SetLock: (QT_TRANSLATE_NOOP("Edit", "Lock layer"), layers.set_lock),
    SetBlendMode: (QT_TRANSLATE_NOOP("Edit", "Blend mode"), layers.set_blend_mode),
    SetFill: (QT_TRANSLATE_NOOP("Edit", "Change fill"), layers.set_fill),
    ShiftLayer: (QT_TRANSLATE_NOOP("Edit", "Move"), layers.shift_layer),
    SetPixels: (QT_TRANSLATE_NOOP("Edit", "Change pixels"), layers.set_pixels),
    SetMask: (QT_TRANSLATE_NOOP("Edit", "Cut out"), masks.set_mask),
    PaintMask: (QT_TRANSLATE_NOOP("Edit", "Correct cut-out"), masks.paint_mask),
    RemoveMask: (QT_TRANSLATE_NOOP("Edit", "Remove cut-out"), masks.remove_mask),
    EnableMask: (QT_TRANSLATE_NOOP("Edit", "Cut-out on or off"), masks.enable_mask),
    InvertMask: (QT_TRANSLATE_NOOP("Edit", "Invert cut-out"), masks.invert_mask),
    GrowMask: (QT_TRANSLATE_NOOP("Edit", "Grow or shrink cut-out"), masks.grow_mask),
    FeatherMask: (QT_TRANSLATE_NOOP("Edit", "Feather cut-out"), masks.feather_mask),
    Defringe: (QT_TRANSLATE_NOOP("Edit", "Remove colour fringe"), masks.defringe),
    SetBackground: (QT_TRANSLATE_NOOP("Edit", "Background"), backgrounds.set_background),
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
    return _EDITS[type(edit)][0]


def to_json(edit: Edit) -> Any:
    return values.to_json(edit)


def from_json(data: Any) -> Edit:
    """Raises Problem where `data` describes no edit of this version."""
    edit: Edit = values.from_json(data, Edit)
    return edit


__all__ = [
    "NO_INPUTS",
    "AddFillLayer",
    "AddGroup",
    "AddPixelLayer",
    "BlurredBackground",
    "Defringe",
    "DuplicateLayer",
    "Edit",
    "EnableMask",
    "FeatherMask",
    "GrowMask",
    "Inputs",
    "InvertMask",
    "MoveLayer",
    "PaintMask",
    "PictureBackground",
    "RemoveLayer",
    "RemoveMask",
    "RenameLayer",
    "SetBackground",
    "SetBlendMode",
    "SetFill",
    "SetLock",
    "SetMask",
    "SetOpacity",
    "SetPixels",
    "SetVisible",
    "ShiftLayer",
    "Ungroup",
    "apply",
    "from_json",
    "title",
    "to_json",
]
