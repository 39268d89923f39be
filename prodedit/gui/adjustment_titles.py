# SPDX-License-Identifier: Apache-2.0
"""What the adjustments are called, and which of them make a layer without asking first."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from prodedit.core.adjust import values as kinds
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.translation import translate

_T = QT_TRANSLATE_NOOP

GROUPS: tuple[tuple[type, ...], ...] = (
    (kinds.BrightnessContrast, kinds.Levels, kinds.Curves, kinds.Exposure, kinds.WhiteBalance),
    (kinds.HueSaturation, kinds.Vibrance, kinds.ColourBalance, kinds.BlackAndWhite),
    (kinds.PhotoFilter, kinds.GradientMap, kinds.Invert, kinds.Posterise, kinds.Threshold),
    (kinds.Sharpen, kinds.Denoise, kinds.Blur, kinds.Vignette),
)
"""In the order of a menu, with a line between groups. A colour table needs a file, recolouring the
product's colour: those begin elsewhere."""

TITLES: Mapping[type, str] = MappingProxyType(
    {
        kinds.BrightnessContrast: _T("Adjustment", "Brightness and contrast"),
        kinds.Levels: _T("Adjustment", "Levels"),
        kinds.Curves: _T("Adjustment", "Curves"),
        kinds.Exposure: _T("Adjustment", "Exposure"),
        kinds.WhiteBalance: _T("Adjustment", "White balance"),
        kinds.HueSaturation: _T("Adjustment", "Hue and saturation"),
        kinds.Vibrance: _T("Adjustment", "Vibrance"),
        kinds.ColourBalance: _T("Adjustment", "Colour balance"),
        kinds.BlackAndWhite: _T("Adjustment", "Black and white"),
        kinds.PhotoFilter: _T("Adjustment", "Photo filter"),
        kinds.GradientMap: _T("Adjustment", "Gradient map"),
        kinds.Invert: _T("Adjustment", "Invert colours"),
        kinds.Posterise: _T("Adjustment", "Posterise"),
        kinds.Threshold: _T("Adjustment", "Threshold"),
        kinds.Sharpen: _T("Adjustment", "Sharpen"),
        kinds.Denoise: _T("Adjustment", "Less noise"),
        kinds.Blur: _T("Adjustment", "Blur"),
        kinds.Vignette: _T("Adjustment", "Vignette"),
        kinds.Lut: _T("Adjustment", "Colour table"),
        kinds.Recolour: _T("Adjustment", "Recolour"),
    }
)


def title_of(kind: type) -> str:
    """In the window's language."""
    return translate("Adjustment", TITLES[kind])
