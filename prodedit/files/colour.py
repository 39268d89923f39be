# SPDX-License-Identifier: Apache-2.0
"""From any mode Pillow opens to 8-bit sRGB, strip by strip, so that no second whole copy exists."""

import io
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from prodedit.files.photo import Note

DEEP_MODES = frozenset({"I", "I;16", "I;16L", "I;16B", "I;16N", "F"})
_WITH_ALPHA = frozenset({"RGBA", "LA", "PA", "RGBa", "La"})
_SPACE_OF_MODE = {"L": "GRAY", "RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK", "LAB": "Lab "}
_LONGEST_NAME = 80


def has_alpha(image: Image.Image) -> bool:
    """Whether any pixel may be transparent, as far as the header tells."""
    return image.mode in _WITH_ALPHA or "transparency" in image.info


class Conversion(NamedTuple):
    """How strips of one picture become sRGB, and what is to be told about it."""

    strip: Callable[[Image.Image, int], Image.Image]
    notes: tuple[Note, ...]
    profile: str = ""


def conversion(image: Image.Image) -> Conversion:
    """For a loaded picture: `strip(part, top)` gives "RGB", or "RGBA" where `has_alpha`.

    `part` is a crop of full width, `top` its first row in the picture (the dither depends on it).
    """
    deep, deep_notes = _deepness(image)
    base_mode = "L" if deep else _BASE.get(image.mode, image.mode)
    colour = _colour(image.info.get("icc_profile"), base_mode)
    target = "RGBA" if has_alpha(image) else "RGB"

    def strip(part: Image.Image, top: int) -> Image.Image:
        base = deep(part, top) if deep else _based(part)
        return _painted(colour.apply(base), target)

    return Conversion(strip, deep_notes + colour.notes, colour.profile)


# What a strip is turned into before its colours are looked at; other modes stay as they are.
_BASE = {
    "1": "L",
    "P": "RGBA",
    "PA": "RGBA",
    "LA": "RGBA",
    "La": "RGBA",
    "RGBa": "RGBA",
    "RGBX": "RGB",
    "YCbCr": "RGB",
    "HSV": "RGB",
}


def _based(part: Image.Image) -> Image.Image:
    if part.mode in ("L", "RGB") and "transparency" in part.info:
        return part.convert("RGBA")
    if part.mode == "La":
        part = part.convert("LA")
    mode = _BASE.get(part.mode, part.mode)
    return part if mode == part.mode else part.convert(mode)


def _painted(part: Image.Image, target: str) -> Image.Image:
    return part if part.mode == target else part.convert(target)


class _Colour(NamedTuple):
    apply: Callable[[Image.Image], Image.Image]
    notes: tuple[Note, ...] = ()
    profile: str = ""


def _colour(icc: Any, mode: str) -> _Colour:
    """Through the embedded profile to sRGB, or as the mode alone says where there is none."""
    plain = _WITHOUT_PROFILE.get(mode, _Colour(_same))
    if not icc:
        return plain
    try:
        return _by_profile(icc, mode)
    except (OSError, ValueError, TypeError, ImageCms.PyCMSError):
        return _Colour(plain.apply, (*plain.notes, Note("profile-broken")))


def _by_profile(icc: bytes, mode: str) -> _Colour:
    """Raises PyCMSError or ValueError for a profile that is broken or of another kind of colour."""
    profile = ImageCms.getOpenProfile(io.BytesIO(icc))
    space = profile.profile.xcolor_space
    if space == "RGB " and mode == "L":
        return _after_conversion("RGB", icc)
    if space.strip() != _SPACE_OF_MODE[mode].strip():
        raise ValueError(f"profile for {space!r} in a picture of mode {mode}")
    target = "RGBA" if mode == "RGBA" else "RGB"
    transform = ImageCms.buildTransform(profile, _srgb(), mode, target)
    name = _name(profile)
    if mode in ("RGB", "RGBA") and _is_identity(transform, mode):
        return _Colour(_same, (), name)
    notes = () if mode == "L" else (Note("profile", (("profile", name),)),)
    return _Colour(lambda part: _transformed(part, transform), notes, name)


def _after_conversion(mode: str, icc: bytes) -> _Colour:
    inner = _by_profile(icc, mode)
    return _Colour(lambda part: inner.apply(part.convert(mode)), (), inner.profile)


def _transformed(part: Image.Image, transform: ImageCms.ImageCmsTransform) -> Image.Image:
    converted = ImageCms.applyTransform(part, transform)
    if converted is None:
        raise ValueError("no picture came out of the colour conversion")
    return converted


def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.createProfile("sRGB")  # type: ignore[return-value]


def _name(profile: ImageCms.ImageCmsProfile) -> str:
    """The profile's own name, made safe to show."""
    text = str(profile.profile.profile_description or "")
    shown = "".join(c for c in text if c.isprintable()).strip()[:_LONGEST_NAME]
    return shown or "ICC"


def _is_identity(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    """Whether it moves no colour by more than 1/255, as the many sRGB profiles do."""
    steps = np.linspace(0, 255, 9).round().astype(np.uint8)
    grid = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(27, 27, 3)
    colours = Image.fromarray(grid).convert(mode)
    moved = np.asarray(_transformed(colours, transform))[..., :3]
    return int(np.abs(moved.astype(np.int16) - grid).max()) <= 1


def _same(part: Image.Image) -> Image.Image:
    return part


def _lab_to_rgb(part: Image.Image) -> Image.Image:
    lab = ImageCms.createProfile("LAB")
    transform = ImageCms.buildTransform(lab, _srgb(), "LAB", "RGB")
    return _transformed(part, transform)


_WITHOUT_PROFILE: Mapping[str, _Colour] = {
    "CMYK": _Colour(lambda part: part.convert("RGB"), (Note("cmyk"),)),
    "LAB": _Colour(_lab_to_rgb, (Note("lab"),)),
}


Deepener = Callable[[Image.Image, int], Image.Image]


def _deepness(image: Image.Image) -> tuple[Deepener | None, tuple[Note, ...]]:
    """How a picture of one deep channel becomes 8 bits; None for pictures that have 8 already."""
    if image.mode not in DEEP_MODES:
        return None, ()
    low, high = _range(image)
    note = Note("float") if image.mode == "F" else Note("deep", (("bits", 16),))

    def to_eight(part: Image.Image, top: int) -> Image.Image:
        values = np.nan_to_num(np.asarray(part, dtype=np.float32), nan=0.0, posinf=high, neginf=low)
        return Image.fromarray(dithered((values - low) * np.float32(255.0 / (high - low)), top))

    return to_eight, (note,)


def _range(image: Image.Image) -> tuple[float, float]:
    """What stands for black and white: the customary range that holds all values, or theirs."""
    if image.mode.startswith("I;16"):
        return 0.0, 65535.0
    lowest, highest = _finite_extremes(image)
    customary = (1.0, 255.0, 65535.0) if image.mode == "F" else (255.0, 65535.0)
    fitting = [top for top in customary if highest <= top]
    if lowest >= 0 and fitting:
        return 0.0, fitting[0]
    return lowest, max(highest, lowest + 1e-6)


def _finite_extremes(image: Image.Image) -> tuple[float, float]:
    values = np.asarray(image)
    finite = values[np.isfinite(values)]
    if not finite.size:
        return 0.0, 1.0
    return float(finite.min()), float(finite.max())


def dithered(values: NDArray[np.float32], top: int) -> NDArray[np.uint8]:
    """(h, w[, c]) 0..255 to uint8 without bands; whole numbers stay exactly what they are.

    The threshold is interleaved gradient noise (Jimenez, "Next generation post processing in Call
    of Duty: Advanced Warfare", 2014): deterministic, and without a visible pattern.
    """
    rows = np.arange(top, top + values.shape[0], dtype=np.float32)[:, None]
    columns = np.arange(values.shape[1], dtype=np.float32)[None, :]
    threshold = (52.9829189 * ((0.06711056 * columns + 0.00583715 * rows) % 1.0)) % 1.0
    # A hair is taken off, so that 7 computed as 7.0000005 never becomes 8.
    lifted = values + (threshold * np.float32(0.998)).reshape(
        threshold.shape + (1,) * (values.ndim - 2)
    )
    return np.clip(lifted + np.float32(0.001), 0, 255).astype(np.uint8)
