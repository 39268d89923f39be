# SPDX-License-Identifier: Apache-2.0
"""How a picture becomes a file. (Recipes are in engine/recipe.py: they know Tasks, too.)"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from prodedit.core.values import Value

Format = Literal["png", "jpeg", "webp", "avif", "tiff", "psd"]

SUFFIXES: dict[Format, str] = {
    "png": ".png",
    "jpeg": ".jpg",
    "webp": ".webp",
    "avif": ".avif",
    "tiff": ".tif",
    "psd": ".psd",
}
HAS_PATHS: frozenset[Format] = frozenset({"jpeg", "tiff", "psd"})
HAS_ALPHA: frozenset[Format] = frozenset({"png", "webp", "avif", "tiff", "psd"})
HAS_LAYERS: frozenset[Format] = frozenset({"psd"})
"""The others hold the merged picture alone."""
FLAT: tuple[Format, ...] = ("png", "jpeg", "webp", "avif", "tiff")


class ExportSetting(Value, frozen=True):
    """Which file a picture becomes.

    quality:     1..100, for JPEG, WebP and AVIF; the others lose nothing.
    background:  "#RRGGBB" under what is transparent, where the format has no alpha.
    metadata:    "none", or "keep" for the safe part of the photo's (never the place it was taken).
    provenance:  IPTC DigitalSourceType to write, such as "compositeWithTrainedAlgorithmicMedia";
                 "": where something was generated that, whatever `metadata` says, else none.
    clipping:    the document's clipping path goes along, in the formats of HAS_PATHS.
    resolution:  pixels per inch that JPEG, PNG and TIFF tell; 0: nothing is told.
    """

    format: Format = "png"
    quality: Annotated[int, msgspec.Meta(ge=1, le=100)] = 92
    background: str = "#FFFFFF"
    metadata: Literal["none", "keep"] = "none"
    provenance: str = ""
    clipping: bool = True
    resolution: Annotated[int, msgspec.Meta(ge=0, le=2400)] = 0
