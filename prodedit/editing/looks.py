# SPDX-License-Identifier: Apache-2.0
"""The look of one picture, to be given to others: adjustments, effects, what lies behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import cv2
import numpy as np

from prodedit.core import edits, values
from prodedit.core.document import BACKGROUND, PHOTO, Document
from prodedit.core.edits.backgrounds import PictureBackground
from prodedit.core.edits.selection import mask_region
from prodedit.core.effects import Effect
from prodedit.core.fill import GradientFill, SolidFill
from prodedit.core.geometry import Size
from prodedit.core.layer import AdjustmentContent, FillContent, Layer
from prodedit.core.pixels import Pixels
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.scope import Scope
from prodedit.core.tiles import Tiles
from prodedit.engine.replay import Step
from prodedit.engine.tasks import RemoveBackground

_ASKED = RemoveBackground.__struct_fields__
_ALIKE = 0.05
"""Share of the product's area by which a mask may differ from it: after the mask was made, the
cut-out may have been corrected."""


class Adjusted(NamedTuple):
    """layer: an adjustment without a mask; scope: which part it changes, by the product's mask;
    leaves_mask: it had another one, which fits that picture only."""

    layer: Layer
    scope: Scope = "all"
    leaves_mask: bool = False


@dataclass(frozen=True, eq=False)
class Look:
    """adjustments: from the lowest; a mask that is the product's, or all but it, is made anew of
    the product of each picture. picture: what lies behind, where that is a picture. cut_out: how
    the product was found."""

    adjustments: tuple[Adjusted, ...]
    effects: tuple[Effect, ...]
    backdrop: SolidFill | GradientFill | PictureBackground | None
    picture: Tiles | None
    cut_out: RemoveBackground | None

    @property
    def is_empty(self) -> bool:
        return not self.adjustments and not self.effects and self.backdrop is None

    @property
    def needs_product(self) -> bool:
        """Whether some of it changes one side of the cut-out only."""
        return any(one.scope != "all" for one in self.adjustments)

    @property
    def left_masks(self) -> tuple[str, ...]:
        """Names of the adjustments that come without the mask they had."""
        return tuple(one.layer.name for one in self.adjustments if one.leaves_mask)


def look_of(document: Document, layer_id: str) -> Look:
    """As that layer, the product, has it. Raises Problem where there is nothing to copy."""
    layer = document.find(layer_id)
    backdrop, picture = _backdrop(document)
    look = Look(
        adjustments=_adjustments(document, layer),
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
    it has already stay; effects and what lies behind are replaced. Where it has no cut-out, what
    changed the product alone changes all."""
    return edits.Together(_steps(look, document, layer_id, has_product(document, layer_id))), (
        {} if look.picture is None else {"picture": look.picture}
    )


def has_product(document: Document, layer_id: str) -> bool:
    """Whether that layer has a mask, by which it is told from what lies behind."""
    layer = document.find(layer_id)
    return layer is not None and layer.mask is not None


def _steps(look: Look, document: Document, layer_id: str, cut_out: bool) -> tuple[edits.Edit, ...]:
    steps: list[edits.Edit] = []
    if look.backdrop is not None:
        steps.append(edits.SetBackground(look.backdrop, layer=layer_id))
    if look.effects:
        steps.append(edits.SetEffects(layer_id, look.effects))
    ids = document.new_ids(len(look.adjustments))
    for one, new_id in zip(look.adjustments, ids, strict=True):
        steps += _adjusting(one, new_id, layer_id if cut_out else "")
    return tuple(steps)


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
    wanted = look.effects or look.backdrop is not None or look.needs_product
    first: tuple[Step, ...] = (look.cut_out,) if wanted and look.cut_out else ()
    return (*first, *_steps(look, Document(Size(1, 1)), PHOTO, bool(first)))


def _adjusting(given: Adjusted, new_id: str, product: str) -> list[edits.Edit]:
    """product: the layer whose mask tells it from what lies behind; "": there is none."""
    layer = given.layer
    assert isinstance(layer.content, AdjustmentContent)
    keeps_to = "" if given.scope == "all" else product
    adjustment, name = layer.content.adjustment, layer.name
    steps: list[edits.Edit] = [
        edits.AddAdjustmentLayer(new_id, name, adjustment, clip=layer.clip, product=keeps_to)
    ]
    if keeps_to and given.scope == "background":
        steps.append(edits.InvertMask(new_id))
    if layer.opacity < 1:
        steps.append(edits.SetOpacity(new_id, layer.opacity))
    if layer.blend != "normal":
        steps.append(edits.SetBlendMode(new_id, layer.blend))
    if not layer.visible:
        steps.append(edits.SetVisible(new_id, False))
    return steps


def _adjustments(document: Document, product: Layer | None) -> tuple[Adjusted, ...]:
    found = [one for one in document.layers if isinstance(one.content, AdjustmentContent)]
    masked = any(one.mask is not None and one.mask.enabled for one in found)
    cut_out = product is not None and product.mask is not None
    shown = mask_region(document, product.id).pixels if product and cut_out and masked else None
    return tuple(_adjusted(document, one, shown) for one in found)


def _adjusted(document: Document, layer: Layer, product: Pixels | None) -> Adjusted:
    """product: what its mask shows of the canvas, (h, w)."""
    bare = replace(layer, mask=None)
    if layer.mask is None or not layer.mask.enabled:
        return Adjusted(bare)
    if product is not None:
        own = mask_region(document, layer.id).pixels
        area = cv2.sumElems(product)[0]
        if cv2.norm(own, product, cv2.NORM_L1) <= _ALIKE * area:
            return Adjusted(bare, "product")
        if cv2.norm(own, np.asarray(255 - product), cv2.NORM_L1) <= _ALIKE * area:
            return Adjusted(bare, "background")
    return Adjusted(bare, leaves_mask=True)


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
