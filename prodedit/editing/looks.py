# SPDX-License-Identifier: Apache-2.0
"""The look of one picture, to be given to others: adjustments, effects, what lies behind."""

from __future__ import annotations

from dataclasses import dataclass

from prodedit.core import edits, values
from prodedit.core.document import BACKGROUND, PHOTO, Document
from prodedit.core.edits.backgrounds import PictureBackground
from prodedit.core.effects import Effect
from prodedit.core.fill import GradientFill, SolidFill
from prodedit.core.geometry import Size
from prodedit.core.layer import AdjustmentContent, FillContent, Layer
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.engine.replay import Step
from prodedit.engine.tasks import RemoveBackground

_ASKED = RemoveBackground.__struct_fields__


@dataclass(frozen=True, eq=False)
class Look:
    """adjustments: from the lowest; their masks, which fit one picture only, are left behind.
    picture: what lies behind, where that is a picture. cut_out: how the product was found."""

    adjustments: tuple[Layer, ...]
    effects: tuple[Effect, ...]
    backdrop: SolidFill | GradientFill | PictureBackground | None
    picture: Tiles | None
    cut_out: RemoveBackground | None

    @property
    def is_empty(self) -> bool:
        return not self.adjustments and not self.effects and self.backdrop is None


def look_of(document: Document, layer_id: str) -> Look:
    """As that layer, the product, has it. Raises Problem where there is nothing to copy."""
    layer = document.find(layer_id)
    backdrop, picture = _backdrop(document)
    look = Look(
        adjustments=tuple(one for one in document.layers if _is_adjustment(one)),
        effects=() if layer is None else layer.effects,
        backdrop=backdrop,
        picture=picture,
        cut_out=None if layer is None else _cut_out(layer),
    )
    if look.is_empty:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "This picture has no adjustments, effects or background that could be copied.",
            ),
            code="no-look",
        )
    return look


def edit_for(look: Look, document: Document, layer_id: str) -> tuple[edits.Edit, edits.Inputs]:
    """What gives `document`, whose product is that layer, the look, as one step. Adjustments that
    it has already stay; effects and what lies behind are replaced."""
    inputs = {} if look.picture is None else {"picture": look.picture}
    steps: list[edits.Edit] = []
    if look.backdrop is not None:
        steps.append(edits.SetBackground(look.backdrop, layer=layer_id))
    if look.effects:
        steps.append(edits.SetEffects(layer_id, look.effects))
    ids = document.new_ids(len(look.adjustments))
    for one, new_id in zip(look.adjustments, ids, strict=True):
        steps += _adjusting(one, new_id)
    return edits.Together(tuple(steps)), inputs


def recipe_steps(look: Look) -> tuple[Step, ...]:
    """The same for photos that are not open, cut out first where that is needed. Raises Problem
    where only an open picture can take it."""
    if look.picture is not None:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "A background that is a picture can only be given to pictures that are open.",
            ),
            code="picture-look",
        )
    together, _ = edit_for(look, Document(Size(1, 1)), PHOTO)
    assert isinstance(together, edits.Together)
    needs_cut_out = look.cut_out is not None and (look.effects or look.backdrop is not None)
    first: tuple[Step, ...] = (look.cut_out,) if needs_cut_out and look.cut_out else ()
    return (*first, *together.edits)


def _adjusting(layer: Layer, new_id: str) -> list[edits.Edit]:
    assert isinstance(layer.content, AdjustmentContent)
    steps: list[edits.Edit] = [
        edits.AddAdjustmentLayer(new_id, layer.name, layer.content.adjustment, clip=layer.clip)
    ]
    if layer.opacity < 1:
        steps.append(edits.SetOpacity(new_id, layer.opacity))
    if layer.blend != "normal":
        steps.append(edits.SetBlendMode(new_id, layer.blend))
    if not layer.visible:
        steps.append(edits.SetVisible(new_id, False))
    return steps


def _is_adjustment(layer: Layer) -> bool:
    return isinstance(layer.content, AdjustmentContent)


def _backdrop(
    document: Document,
) -> tuple[SolidFill | GradientFill | PictureBackground | None, Tiles | None]:
    layer = document.find(BACKGROUND)
    if layer is None or not layer.visible:
        return None, None
    if layer.tiles is not None:
        return PictureBackground(), layer.tiles
    fill = layer.content.fill if isinstance(layer.content, FillContent) else None
    return (fill if isinstance(fill, SolidFill | GradientFill) else None), None


def _cut_out(layer: Layer) -> RemoveBackground | None:
    """None where a person drew it, or it came with the photo."""
    told = None if layer.mask is None else layer.mask.task
    if not isinstance(told, dict) or told.get("type") != RemoveBackground.__name__:
        return None
    # What made a mask tells more than the task: which networks it was, for one.
    asked = {name: told[name] for name in ("type", *_ASKED) if name in told}
    try:
        task: RemoveBackground = values.from_json(asked, RemoveBackground)
    except Problem:  # of another version of the program
        return RemoveBackground()
    return task
