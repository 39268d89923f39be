# SPDX-License-Identifier: Apache-2.0
"""What a file is, in the words that presets use."""

from __future__ import annotations

import re
from pathlib import PurePath

from prodedit.catalogue.check.look import Look

FITS, FITS_NOT = "fits", "does not fit"
SRGB, UNTAGGED, OTHER = "sRGB", "none", "other"
NOTHING = "none"
ENDINGS = {
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "PNG": (".png",),
    "GIF": (".gif",),
    "BMP": (".bmp",),
    "TIFF": (".tif", ".tiff"),
    "WebP": (".webp",),
    "AVIF": (".avif",),
    "HEIC": (".heic", ".heif"),
    "JPEG 2000": (".jp2", ".j2k"),
    "Photoshop": (".psd", ".psb"),
}
"""Format, as it is called in presets -> endings of names."""
_TRADE_NUMBER = re.compile(r"\d{8}|\d{12,14}")
_ASIN = re.compile(r"B0[0-9A-Z]{8}")


def suffix(look: Look) -> str:
    """Whether the name's ending is that of what the bytes are."""
    ending = PurePath(look.name).suffix.lower()
    return FITS if ending in ENDINGS.get(look.facts.format, ()) else FITS_NOT


def name(look: Look) -> str:
    """ "GTIN", "ASIN" or "other": what the name begins with, up to a dot, blank, "-" or "_"."""
    first = re.split(r"[.\s_-]", PurePath(look.name).stem, maxsplit=1)[0]
    if _TRADE_NUMBER.fullmatch(first) and is_trade_number(first):
        return "GTIN"
    return "ASIN" if _ASIN.fullmatch(first) else OTHER


def is_trade_number(digits: str) -> bool:
    """Whether the check digit is right (GS1 General Specifications, 7.9)."""
    weights = (3, 1) * 7
    body = zip(reversed(digits[:-1]), weights, strict=False)
    return (10 - sum(int(digit) * weight for digit, weight in body) % 10) % 10 == int(digits[-1])


def profile(look: Look) -> str:
    """Whether programs that know no profiles show the same colours."""
    if look.facts.mode in ("CMYK", "Lab"):
        return OTHER
    if not look.facts.has_profile:
        return UNTAGGED
    return SRGB if look.is_srgb else OTHER


def alpha(look: Look) -> str:
    return "opaque" if look.alpha is None else "transparent"


def provenance(look: Look) -> str:
    return look.facts.provenance or NOTHING


def jpeg_quality(look: Look) -> float | None:
    """None where it is no JPEG."""
    return look.facts.jpeg_quality or None


def resolution(look: Look) -> float | None:
    """None where the file tells none."""
    return look.facts.resolution or None
