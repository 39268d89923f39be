# SPDX-License-Identifier: Apache-2.0
"""What a picture's file says of itself, for those who ask whether a marketplace will take it.

Read in the decoder process; nothing of it is shown or passed on but these few plain values.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
from PIL import Image

from prodedit.files.sniff import Kind

_MODES = {
    "1": "grey", "L": "grey", "LA": "grey", "La": "grey", "I": "grey", "F": "grey",
    "P": "indexed", "PA": "indexed", "CMYK": "CMYK", "LAB": "Lab", "YCbCr": "RGB",
}  # fmt: skip
_DEEP = {"I": 16, "F": 32}
_GPS_DIRECTORY, _CAMERA_DIRECTORY = 0x8825, 0x8769
_PRIVATE = frozenset({0x927C, 0xA430, 0xA431, 0xA435})
"""EXIF 2.32: maker's note, owner, serial numbers of camera and lens."""
_XMP_TAG = 700
_XMP_NAMES = ("xmp", "XML:com.adobe.xmp")
_TAGGED = re.compile(rb"http://cv\.iptc\.org/newscodes/digitalsourcetype/([A-Za-z]{1,60})")
_LUMINANCE_SUM = 3692.0
"""Of the 64 entries in JPEG's example table for lightness (ITU-T T.81, table K.1), which libjpeg
scales by quality."""


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """mode: "RGB", "grey", "indexed", "CMYK" or "Lab"; bits: of each colour.

    jpeg_quality: on libjpeg's scale, told from the tables; 0 where it is no JPEG.
    provenance:   IPTC DigitalSourceType; "" for none.
    is_private:   it tells where it was taken, by whose camera, or what only its maker can read.
    """

    format: str = ""
    mode: str = "RGB"
    bits: int = 8
    has_alpha: bool = False
    has_profile: bool = False
    resolution: float = 0.0
    jpeg_quality: int = 0
    provenance: str = ""
    is_private: bool = False


def read_facts(image: Image.Image, kind: Kind, resolution: float, bits: int = 8) -> Facts:
    """Of a loaded picture. What is broken counts as not there."""
    return Facts(
        kind.name,
        _MODES.get(image.mode, "grey" if image.mode.startswith("I;16") else "RGB"),
        16 if image.mode.startswith("I;16") else max(bits, _DEEP.get(image.mode, 8)),
        image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info,
        bool(image.info.get("icc_profile")),
        resolution,
        _jpeg_quality(image),
        _provenance(image),
        _is_private(image),
    )


def facts_from(value: Any) -> Facts:
    """Raises ValueError (msgspec.ValidationError is one) for what `read_facts` never gave."""
    return msgspec.convert(value, Facts)


def _jpeg_quality(image: Image.Image) -> int:
    """The inverse of libjpeg's jpeg_quality_scaling, by the sum of the table for lightness."""
    tables = getattr(image, "quantization", None)
    if not tables:
        return 0
    table: list[int] = next(iter(tables.values()))
    if max(table) == 1:
        return 100
    scale = 100 * sum(table) / _LUMINANCE_SUM
    quality = (200 - scale) / 2 if scale <= 100 else 5000 / scale
    return max(1, min(99, round(quality)))


def _provenance(image: Image.Image) -> str:
    tags: Any = getattr(image, "tag_v2", {})
    packets = [image.info.get(name) for name in _XMP_NAMES] + [tags.get(_XMP_TAG)]
    for packet in packets:
        raw = packet.encode("utf-8", "replace") if isinstance(packet, str) else packet
        found = _TAGGED.search(raw) if isinstance(raw, bytes) else None
        if found:
            return found[1].decode()
    return ""


def _is_private(image: Image.Image) -> bool:
    try:
        exif = image.getexif()
        camera = exif.get_ifd(_CAMERA_DIRECTORY)
        return bool(exif.get_ifd(_GPS_DIRECTORY)) or not _PRIVATE.isdisjoint(camera)
    except Exception:  # noqa: BLE001 - hostile bytes; a picture without EXIF is still a picture
        return False
