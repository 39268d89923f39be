# SPDX-License-Identifier: Apache-2.0
"""The Filter menu: every adjustment, what is wanted most before the rest."""

from __future__ import annotations

from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.entry import SEPARATOR, Entry

_T = QT_TRANSLATE_NOOP
_TONE, _COLOURS = _T("Action", "&Tone"), _T("Action", "&Colour")
_SHARP = _T("Action", "&Sharp and soft")
FILTER = (
    Entry("auto_tone", _T("Action", "&Auto tone"), (), "wand"),
    Entry("auto_colour", _T("Action", "Auto c&olour")),
    Entry("auto_white_balance", _T("Action", "Auto &white balance")),
    SEPARATOR,
    Entry("levels", _T("Action", "&Levels"), ("Ctrl+L",), "chart-histogram"),
    Entry("curves", _T("Action", "C&urves"), ("Ctrl+M",), "ease-in-out"),
    Entry("hue_saturation", _T("Action", "&Hue and saturation"), ("Ctrl+U",), "color-filter"),
    Entry("colour_balance", _T("Action", "Colour &balance"), ("Ctrl+B",), "scale"),
    Entry("recolour", _T("Action", "&Recolour product"), (), "paint"),
    SEPARATOR,
    Entry("brightness_contrast", _T("Action", "Brightness and contrast"), menu=_TONE),
    Entry("exposure", _T("Action", "Exposure"), menu=_TONE),
    Entry("threshold", _T("Action", "Threshold"), menu=_TONE),
    Entry("posterise", _T("Action", "Posterise"), menu=_TONE),
    Entry("invert_colours", _T("Action", "Invert colours"), ("Ctrl+I",), menu=_TONE),
    Entry("white_balance", _T("Action", "White balance"), menu=_COLOURS),
    Entry("vibrance", _T("Action", "Vibrance"), menu=_COLOURS),
    Entry("black_and_white", _T("Action", "Black and white"), menu=_COLOURS),
    Entry("desaturate", _T("Action", "Desaturate"), ("Ctrl+Shift+U",), menu=_COLOURS),
    Entry("photo_filter", _T("Action", "Photo filter"), menu=_COLOURS),
    Entry("gradient_map", _T("Action", "Gradient map"), menu=_COLOURS),
    Entry("colour_table", _T("Action", "Colour table…"), menu=_COLOURS),
    Entry("sharpen", _T("Action", "Sharpen"), menu=_SHARP),
    Entry("denoise", _T("Action", "Less noise"), menu=_SHARP),
    Entry("blur", _T("Action", "Blur"), menu=_SHARP),
    Entry("vignette", _T("Action", "&Vignette")),
    SEPARATOR,
    Entry("apply_adjustment", _T("Action", "Apply to the pi&xels"), (), "", "adjustment"),
)
