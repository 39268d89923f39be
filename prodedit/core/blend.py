# SPDX-License-Identifier: Apache-2.0
"""The blend modes: name, exchange name, and how each is computed, in one table.

Sources: W3C, Compositing and Blending Level 1 (https://www.w3.org/TR/compositing-1/) for the modes
it has; Adobe's PDF Blend Modes Addendum and ISO 32000 for the rest, as far as published; vivid,
linear and pin light are the usual piecewise pairs of dodge/burn, linear dodge/burn and
lighten/darken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core import blend_formulas as f
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.core.tiles import Pixels

Floats = NDArray[np.float32]
Formula = Callable[[Floats, Floats], Floats]
"""B(backdrop, source) of straight colours: (3, n) float32 in 0..1, planes B, G, R; so is B."""

STRIP = 64
"""Rows at a time: the float planes of a strip stay in the cache, and calls are few."""


class BlendMode(NamedTuple):
    """id: in documents; title: English, translated where shown (context "BlendMode").

    openraster: composite-op of OpenRaster files; what its specification lacks has the name that
    Krita writes. photoshop: the key in PSD files (Adobe's file format specification, "Layer
    records"). painter: QPainter's composition mode where that is exact to 1/255 and fast, or
    None, where `formula` runs. fades: whether that holds, too, for a layer whose opacity was
    multiplied into its 8-bit pixels beforehand.
    """

    id: str
    title: str
    group: str
    openraster: str
    photoshop: str
    painter: str | None
    formula: Formula
    fades: bool = True

    def painter_at(self, opacity: float) -> str | None:
        """QPainter's mode to use at this opacity, if any."""
        return self.painter if self.fades or opacity >= 1 else None


_MODES = (
    BlendMode("normal", QT_TRANSLATE_NOOP("BlendMode", "Normal"), "normal",
              "svg:src-over", "norm", "SourceOver", f.normal),
    BlendMode("darken", QT_TRANSLATE_NOOP("BlendMode", "Darken"), "darken",
              "svg:darken", "dark", "Darken", f.darken),
    BlendMode("multiply", QT_TRANSLATE_NOOP("BlendMode", "Multiply"), "darken",
              "svg:multiply", "mul ", "Multiply", f.multiply),
    BlendMode("color-burn", QT_TRANSLATE_NOOP("BlendMode", "Colour burn"), "darken",
              "svg:color-burn", "idiv", None, f.color_burn),
    BlendMode("linear-burn", QT_TRANSLATE_NOOP("BlendMode", "Linear burn"), "darken",
              "krita:linear_burn", "lbrn", None, f.linear_burn),
    BlendMode("darker-color", QT_TRANSLATE_NOOP("BlendMode", "Darker colour"), "darken",
              "krita:darker color", "dkCl", None, f.darker_color),
    BlendMode("lighten", QT_TRANSLATE_NOOP("BlendMode", "Lighten"), "lighten",
              "svg:lighten", "lite", "Lighten", f.lighten),
    BlendMode("screen", QT_TRANSLATE_NOOP("BlendMode", "Screen"), "lighten",
              "svg:screen", "scrn", "Screen", f.screen),
    BlendMode("color-dodge", QT_TRANSLATE_NOOP("BlendMode", "Colour dodge"), "lighten",
              "svg:color-dodge", "div ", None, f.color_dodge),
    BlendMode("linear-dodge", QT_TRANSLATE_NOOP("BlendMode", "Linear dodge (add)"), "lighten",
              "svg:plus", "lddg", None, f.linear_dodge),
    BlendMode("lighter-color", QT_TRANSLATE_NOOP("BlendMode", "Lighter colour"), "lighten",
              "krita:lighter color", "lgCl", None, f.lighter_color),
    BlendMode("overlay", QT_TRANSLATE_NOOP("BlendMode", "Overlay"), "contrast",
              "svg:overlay", "over", "Overlay", f.overlay),
    BlendMode("soft-light", QT_TRANSLATE_NOOP("BlendMode", "Soft light"), "contrast",
              "svg:soft-light", "sLit", None, f.soft_light),
    BlendMode("hard-light", QT_TRANSLATE_NOOP("BlendMode", "Hard light"), "contrast",
              "svg:hard-light", "hLit", "HardLight", f.hard_light, fades=False),
    BlendMode("vivid-light", QT_TRANSLATE_NOOP("BlendMode", "Vivid light"), "contrast",
              "krita:vivid_light", "vLit", None, f.vivid_light),
    BlendMode("linear-light", QT_TRANSLATE_NOOP("BlendMode", "Linear light"), "contrast",
              "krita:linear light", "lLit", None, f.linear_light),
    BlendMode("pin-light", QT_TRANSLATE_NOOP("BlendMode", "Pin light"), "contrast",
              "krita:pin_light", "pLit", None, f.pin_light),
    BlendMode("hard-mix", QT_TRANSLATE_NOOP("BlendMode", "Hard mix"), "contrast",
              "krita:hard_mix_photoshop", "hMix", None, f.hard_mix),
    BlendMode("difference", QT_TRANSLATE_NOOP("BlendMode", "Difference"), "comparison",
              "svg:difference", "diff", "Difference", f.difference, fades=False),
    BlendMode("exclusion", QT_TRANSLATE_NOOP("BlendMode", "Exclusion"), "comparison",
              "krita:exclusion", "smud", None, f.exclusion),
    BlendMode("subtract", QT_TRANSLATE_NOOP("BlendMode", "Subtract"), "comparison",
              "krita:subtract", "fsub", None, f.subtract),
    BlendMode("divide", QT_TRANSLATE_NOOP("BlendMode", "Divide"), "comparison",
              "krita:divide", "fdiv", None, f.divide),
    BlendMode("hue", QT_TRANSLATE_NOOP("BlendMode", "Hue"), "component",
              "svg:hue", "hue ", None, f.hue),
    BlendMode("saturation", QT_TRANSLATE_NOOP("BlendMode", "Saturation"), "component",
              "svg:saturation", "sat ", None, f.saturation),
    BlendMode("color", QT_TRANSLATE_NOOP("BlendMode", "Colour"), "component",
              "svg:color", "colr", None, f.color),
    BlendMode("luminosity", QT_TRANSLATE_NOOP("BlendMode", "Luminosity"), "component",
              "svg:luminosity", "lum ", None, f.luminosity),
)  # fmt: skip

BLEND_MODES: Mapping[str, BlendMode] = MappingProxyType({mode.id: mode for mode in _MODES})
"""All modes by id, in the order of a menu; a new `group` begins where a menu has a line."""


def mode_of(blend: str) -> BlendMode:
    """The mode of this id; normal for one that a newer program wrote."""
    return BLEND_MODES.get(blend, _MODES[0])


def composite(backdrop: Pixels, source: Pixels, opacity: float, formula: Formula) -> None:
    """Lay `source` at `opacity` (0..1) over `backdrop`, in place, exact to rounding.

    Both (h, w, 4) uint8 premultiplied BGRA. W3C Compositing 1, section 10, "source-over":
    Co = Cs (1 - ab) + Cb (1 - as) + as ab B(Cb / ab, Cs / as), ao = as + ab - as ab.
    """
    for top in range(0, backdrop.shape[0], STRIP):
        rows = slice(top, top + STRIP)
        backdrop[rows] = _composed(backdrop[rows], source[rows], opacity, formula)


def _composed(backdrop: Pixels, source: Pixels, opacity: float, formula: Formula) -> Pixels:
    under, over = _planes(backdrop, 1.0), _planes(source, opacity)
    if under[3].min() == 1:
        return _interleaved(_on_opaque(under, over, formula), backdrop.shape)
    under_alpha, over_alpha = under[3], over[3]
    mixed = formula(_straight(under), _straight(over))
    mixed *= under_alpha * over_alpha
    mixed += over[:3] * (1 - under_alpha)
    mixed += under[:3] * (1 - over_alpha)
    alpha = under_alpha + over_alpha - under_alpha * over_alpha
    np.minimum(mixed, alpha, out=mixed)  # float32's noise must not round a colour above its alpha
    return _interleaved([*mixed, alpha], backdrop.shape)


def _on_opaque(under: Floats, over: Floats, formula: Formula) -> list[Floats]:
    """The same where ab is 1: Co = Cb + as (B - Cb), with half the work."""
    mixed = formula(under[:3], _straight(over))
    mixed -= under[:3]
    mixed *= over[3]
    mixed += under[:3]
    return [*mixed, under[3]]


def mix(backdrop: Pixels, other: Pixels, weight: Pixels | None, opacity: float) -> None:
    """Move `backdrop` towards `other` in place, by `weight` (h, w, 0..255, None = all) times
    `opacity`. Both (h, w, 4) uint8 premultiplied."""
    if weight is None and opacity >= 1:
        backdrop[...] = other
        return
    share = np.float32(opacity)
    part = share if weight is None else (weight.astype(np.float32) * (share / 255))[..., None]
    under = backdrop.astype(np.float32)
    backdrop[...] = np.rint(under + (other - under) * part).astype(np.uint8)


def _planes(pixels: Pixels, opacity: float) -> Floats:
    """(h, w, 4) -> (4, h w) float32 in 0..1."""
    planes = np.stack(cv2.split(pixels)).reshape(4, -1)
    return np.multiply(planes, np.float32(opacity / 255), dtype=np.float32)


def _straight(planes: Floats) -> Floats:
    """Premultiplied -> straight colour; black where nothing is."""
    colour = planes[:3] / np.maximum(planes[3], np.float32(1e-9))
    return np.asarray(np.minimum(colour, 1, out=colour))


def _interleaved(planes: list[Floats], shape: tuple[int, ...]) -> Pixels:
    height, width = shape[:2]
    merged = cv2.merge([plane.reshape(height, width) for plane in planes])
    return np.asarray(cv2.convertScaleAbs(merged, alpha=255.0))
