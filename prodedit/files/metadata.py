# SPDX-License-Identifier: Apache-2.0
"""What a photo tells beside its pixels, reduced to what may be passed on.

Kept are the EXIF fields of `SAFE_TAGS`: who made the picture, with what and how. Never kept: GPS,
maker notes, embedded thumbnails, serial numbers, names of owners. They don't even leave the
decoder process.
"""

from dataclasses import dataclass
from typing import Any

from PIL import Image, TiffImagePlugin

ExifValue = str | int | tuple[int, int]

_SHORT, _FRACTION, _SIGNED, _TEXT = "short", "fraction", "signed fraction", "text"
# Tags of EXIF 2.32 with the kind of their values.
_MAIN = dict.fromkeys((270, 271, 272, 315, 33432), _TEXT)  # description make model artist copyright
_CAMERA = {
    33434: _FRACTION,  # exposure time
    33437: _FRACTION,  # f-number
    34850: _SHORT,  # exposure program
    34855: _SHORT,  # sensitivity
    36867: _TEXT,  # when the photo was taken
    37380: _SIGNED,  # exposure bias
    37383: _SHORT,  # metering
    37385: _SHORT,  # flash
    37386: _FRACTION,  # focal length
    41987: _SHORT,  # white balance
    41989: _SHORT,  # focal length in 35 mm
    42035: _TEXT,  # make of the lens
    42036: _TEXT,  # lens
}
SAFE_TAGS = {**_MAIN, **_CAMERA}
_CAMERA_DIRECTORY = 0x8769
_LONGEST_TEXT = 2000
_RANGES = {_SHORT: (0, 0xFFFF), _FRACTION: (0, 0xFFFFFFFF), _SIGNED: (-(2**31), 2**31 - 1)}


@dataclass(frozen=True)
class Metadata:
    """The safe part of a photo's metadata.

    `exif`: (tag, value) of SAFE_TAGS, in the order of the tags; a fraction is a pair of ints.
    `resolution`: pixels per inch, 0 when not told. `profile`: name of the embedded ICC profile.
    """

    format: str = ""
    exif: tuple[tuple[int, ExifValue], ...] = ()
    resolution: float = 0.0
    profile: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "format": self.format,
            "exif": [[tag, list(v) if isinstance(v, tuple) else v] for tag, v in self.exif],
            "resolution": self.resolution,
            "profile": self.profile,
        }

    @classmethod
    def from_json(cls, value: Any) -> "Metadata":
        """Raises KeyError, TypeError or ValueError for what `to_json` never wrote."""
        exif = tuple(_checked(tag, item) for tag, item in value["exif"])
        resolution = float(value["resolution"])
        return cls(str(value["format"]), exif, resolution, str(value["profile"]))


def _checked(tag: Any, value: Any) -> tuple[int, ExifValue]:
    if tag not in SAFE_TAGS:
        raise ValueError(f"EXIF tag {tag!r} is not a safe one")
    plain = _plain(tag, tuple(value) if isinstance(value, list) else value)
    if plain is None:
        raise ValueError(f"EXIF tag {tag!r} can't be {value!r}")
    return int(tag), plain


def read_metadata(image: Image.Image, kind: str) -> Metadata:
    """The safe metadata of an opened picture; broken EXIF counts as none."""
    return Metadata(kind, _safe_exif(image), _resolution(image.info.get("dpi")))


def orientation(image: Image.Image) -> int:
    """EXIF orientation 1..8; 1 when absent, broken or bogus."""
    value = _exif(image).get(0x0112, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _exif(image: Image.Image) -> Image.Exif:
    try:
        return image.getexif()
    except Exception:  # noqa: BLE001 - hostile bytes; a picture without EXIF is still a picture
        return Image.Exif()


def _safe_exif(image: Image.Image) -> tuple[tuple[int, ExifValue], ...]:
    exif = _exif(image)
    found = {tag: exif[tag] for tag in _MAIN if tag in exif}
    try:
        camera = exif.get_ifd(_CAMERA_DIRECTORY)
    except Exception:  # noqa: BLE001 - as above
        camera = {}
    found.update({tag: camera[tag] for tag in _CAMERA if tag in camera})
    values = ((tag, _plain(tag, value)) for tag, value in sorted(found.items()))
    return tuple((tag, value) for tag, value in values if value is not None)


def _plain(tag: int, value: Any) -> ExifValue | None:
    """A value as JSON knows it, or None for what does not belong under that tag."""
    kind = SAFE_TAGS[tag]
    if kind == _TEXT:
        return _shown(value) if isinstance(value, bytes | str) else None
    low, high = _RANGES[kind]
    if kind == _SHORT:
        return value if isinstance(value, int) and low <= value <= high else None
    parts = value if isinstance(value, tuple) else _parts(value)
    if len(parts) != 2 or not all(isinstance(part, int) and low <= part <= high for part in parts):
        return None
    return (parts[0], parts[1]) if parts[1] else None


def _parts(value: Any) -> tuple[Any, ...]:
    return getattr(value, "numerator", None), getattr(value, "denominator", None)


def _shown(value: bytes | str) -> str | None:
    text = _decoded(value)
    return "".join(c for c in text if c.isprintable())[:_LONGEST_TEXT].strip() or None


def _decoded(value: bytes | str) -> str:
    """Text of EXIF: ASCII by the standard, UTF-8 in practice, read by Pillow as Latin-1."""
    try:
        raw = value.encode("latin-1") if isinstance(value, str) else value
    except UnicodeEncodeError:
        return str(value)  # decoded already
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _resolution(dpi: Any) -> float:
    try:
        value = float(dpi[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return 0.0
    return value if 10 <= value <= 10_000 else 0.0


def exif_bytes(metadata: Metadata) -> bytes:
    """An EXIF block of the safe fields alone: no GPS, orientation, thumbnail; b"" when none."""
    exif = Image.Exif()
    camera: dict[int, Any] = {}
    for tag, value in metadata.exif:
        place = exif if tag in _MAIN else camera
        place[tag] = _stored(value)
    if camera:
        exif[_CAMERA_DIRECTORY] = camera
    return exif.tobytes() if metadata.exif else b""


def _stored(value: ExifValue) -> Any:
    """Text as UTF-8 bytes, since Pillow would write "?" for all beyond ASCII."""
    if isinstance(value, tuple):
        return TiffImagePlugin.IFDRational(*value)
    return value.encode() if isinstance(value, str) else value
