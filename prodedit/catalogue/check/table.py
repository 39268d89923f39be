# SPDX-License-Identifier: Apache-2.0
"""Rule -> what measures it. A measure gives a number or a word, or None where it can't be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from prodedit.catalogue.check import (
    file_measures,
    ground_measures,
    photo_measures,
    place_measures,
)
from prodedit.catalogue.check.look import Look

Value = float | str | None
Measure = Callable[[Look], Value]

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "format": lambda look: look.facts.format,
        "suffix": file_measures.suffix,
        "name": file_measures.name,
        "bytes": lambda look: float(look.nbytes),
        "mode": lambda look: look.facts.mode,
        "bits": lambda look: float(look.facts.bits),
        "profile": file_measures.profile,
        "alpha": file_measures.alpha,
        "frames": lambda look: float(look.frames),
        "resolution": file_measures.resolution,
        "jpeg-quality": file_measures.jpeg_quality,
        "provenance": file_measures.provenance,
        "width": lambda look: float(look.size.width),
        "height": lambda look: float(look.size.height),
        "long-side": lambda look: float(max(look.size)),
        "short-side": lambda look: float(min(look.size)),
        "sides-sum": lambda look: float(sum(look.size)),
        "megapixels": lambda look: look.size.area / 1e6,
        "aspect": lambda look: look.size.width / look.size.height,
        "ring-white": ground_measures.ring_white,
        "ground-white": ground_measures.ground_white,
        "ground-off": ground_measures.ground_off,
        "shadow": ground_measures.shadow,
        "frame": ground_measures.frame,
        "collage": ground_measures.collage,
        "text": ground_measures.text,
        "codes": ground_measures.codes,
        "fill-long": place_measures.fill_long,
        "fill-area": place_measures.fill_area,
        "product-side": place_measures.product_side,
        "margin-least": place_measures.margin_least,
        "margin-long": place_measures.margin_long,
        "edges-touched": place_measures.edges_touched,
        "off-centre": place_measures.off_centre,
        "objects": place_measures.objects,
        "sharpness": photo_measures.sharpness,
        "detail": photo_measures.detail,
        "noise": photo_measures.noise,
        "exposure": photo_measures.exposure,
        "cast": photo_measures.cast,
        "chroma": photo_measures.chroma,
    }
)

NEEDS_PRODUCT = frozenset(
    (
        *("ground-white", "ground-off", "shadow", "text", "fill-long", "fill-area", "product-side"),
        *("margin-least", "margin-long", "edges-touched", "off-centre", "objects", "sharpness"),
        *("detail", "noise", "exposure", "cast"),
    )
)
"""Rules for which the product has to be known, or had better be."""
NEEDS_TEXT = frozenset({"text"})
