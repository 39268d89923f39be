# SPDX-License-Identifier: Apache-2.0
"""Recipes and their steps in the window's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from prodedit.core import edits
from prodedit.core.layer import Colour, GradientFill, SolidFill
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.engine.recipe import title, title_context
from prodedit.engine.recipe_library import Entry
from prodedit.engine.replay import Step
from prodedit.engine.styles import STYLES
from prodedit.engine.tasks import Enhance, EraseRegion, RemoveBackground, TransferStyle
from prodedit.gui.adjustment_titles import title_of
from prodedit.gui.translation import translate

_T = QT_TRANSLATE_NOOP
MODELS = MappingProxyType({"auto": _T("RecipeStep", "Best"), "u2net": _T("RecipeStep", "Fast")})
SCOPES = MappingProxyType(
    {
        "all": _T("RecipeStep", "All"),
        "product": _T("RecipeStep", "Product"),
        "background": _T("RecipeStep", "Backdrop"),
    }
)
STRENGTHS = MappingProxyType(
    {
        "auto_tone": _T("RecipeStep", "Contrast"),
        "white_balance": _T("RecipeStep", "White balance"),
        "low_light": _T("RecipeStep", "Brighten"),
        "denoise": _T("RecipeStep", "Noise"),
        "clean_jpeg": _T("RecipeStep", "JPEG traces"),
        "sharpen": _T("RecipeStep", "Sharpen"),
    }
)
"""Fields of Enhance."""
_WHITE = Colour(255, 255, 255)


def recipe_name(entry: Entry) -> str:
    return translate("Recipe", entry.name) if entry.is_built_in else entry.name


def step_title(step: Step) -> str:
    return translate(title_context(step), title(step))


def step_text(step: Step) -> str:
    """The title, and what the step is set to, as far as that fits into a line."""
    detail = _DETAILS.get(type(step))
    told = "" if detail is None else detail(step)
    if not told:
        return step_title(step)
    return translate("RecipeStep", "{step}: {detail}").format(step=step_title(step), detail=told)


def left_out_text(steps: Iterable[Step]) -> str:
    """A sentence that names them; "" where there are none."""
    names = dict.fromkeys(step_title(step) for step in steps)
    if not names:
        return ""
    text = translate("RecipeStep", "Left out, as it only fits this picture: {steps}.")
    return text.format(steps=translate("RecipeStep", ", ").join(names))


def style_title(style: str) -> str:
    known = {one.id: one.title for one in STYLES}
    return translate("Style", known[style]) if style in known else style


def _word(text: str) -> str:
    return translate("RecipeStep", text)


def _percent(share: float) -> str:
    return f"{round(share * 100)} %"


def _share(step: EraseRegion) -> str:
    return f"{_percent(step.width)} × {_percent(step.height)}"


def _enhance(step: Enhance) -> str:
    parts = []
    if step.size is not None:
        parts.append(f"{step.size.width} × {step.size.height} px")
    elif step.upscale != 1:
        parts.append(f"{step.upscale:g} ×")
    parts += [
        f"{_word(name)} {_percent(getattr(step, field))}"
        for field, name in STRENGTHS.items()
        if getattr(step, field)
    ]
    return _word(", ").join(parts)


def _style(step: TransferStyle) -> str:
    parts = [style_title(step.style)]
    if step.scope != "all":
        parts.append(_word(SCOPES[step.scope]))
    if step.strength < 1:
        parts.append(_percent(step.strength))
    return _word(", ").join(parts)


def _background(step: edits.SetBackground) -> str:
    background = step.background
    if background is None:
        return _word(_T("RecipeStep", "Transparent"))
    if isinstance(background, SolidFill):
        is_white = background.colour == _WHITE
        return _word(_T("RecipeStep", "White")) if is_white else background.colour.hex
    if isinstance(background, GradientFill):
        return _word(_T("RecipeStep", "Gradient"))
    blurred = isinstance(background, edits.BlurredBackground)
    return _word(_T("RecipeStep", "Blur")) if blurred else ""


def _adjustment(step: edits.AddAdjustmentLayer | edits.SetAdjustment | edits.AdjustPixels) -> str:
    return title_of(type(step.adjustment))


_DETAILS: Mapping[type, Callable[[Any], str]] = MappingProxyType(
    {
        RemoveBackground: lambda step: _word(MODELS.get(step.model, step.model)),
        TransferStyle: _style,
        Enhance: _enhance,
        EraseRegion: lambda step: _word(", ").join(
            (_percent(step.left), _percent(step.top), _share(step))
        ),
        edits.SetBackground: _background,
        edits.AddAdjustmentLayer: _adjustment,
        edits.SetAdjustment: _adjustment,
        edits.AdjustPixels: _adjustment,
        edits.FrameProduct: lambda step: (
            f"{step.width} : {step.height}{_word(', ')}{_percent(step.fill)}"
        ),
        edits.ResizeImage: lambda step: f"{step.size.width} × {step.size.height} px",
        edits.CropCanvas: lambda step: f"{step.rect.width} × {step.rect.height} px",
        edits.GrowMask: lambda step: f"{step.pixels:+d} px",
        edits.FeatherMask: lambda step: f"{step.radius:g} px",
        edits.Defringe: lambda step: f"{step.width} px",
        edits.SetOpacity: lambda step: _percent(step.opacity),
    }
)
