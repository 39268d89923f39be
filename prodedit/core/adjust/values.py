# SPDX-License-Identifier: Apache-2.0
"""Adjustments as values: what a layer's or a picture's colours become. The maths is beside this."""

from __future__ import annotations

from typing import NamedTuple

from prodedit.core.colour import Colour
from prodedit.core.values import Value


class Band(NamedTuple):
    """One channel of Levels, 0..255: `black` and `white` of the input become `low` and `high`."""

    black: float = 0.0
    gamma: float = 1.0
    white: float = 255.0
    low: float = 0.0
    high: float = 255.0


class Levels(Value, frozen=True):
    """`rgb` after the single channels."""

    rgb: Band = Band()
    red: Band = Band()
    green: Band = Band()
    blue: Band = Band()


class Dot(NamedTuple):
    """A point of a curve, 0..255."""

    before: float
    after: float


STRAIGHT = (Dot(0, 0), Dot(255, 255))


class Curves(Value, frozen=True):
    """Smooth, monotone between neighbours, through the dots (two at least, by rising `before`);
    level beyond the outermost. `rgb` after the single channels; `luminosity` after that bends luma
    and leaves the colour, as far as it fits."""

    rgb: tuple[Dot, ...] = STRAIGHT
    red: tuple[Dot, ...] = STRAIGHT
    green: tuple[Dot, ...] = STRAIGHT
    blue: tuple[Dot, ...] = STRAIGHT
    luminosity: tuple[Dot, ...] = STRAIGHT


class Exposure(Value, frozen=True):
    """In linear light: stops -5..5, offset -0.5..0.5, gamma 0.1..10."""

    stops: float = 0.0
    offset: float = 0.0
    gamma: float = 1.0


class BrightnessContrast(Value, frozen=True):
    """-100..100 each; white stays white and black stays black."""

    brightness: float = 0.0
    contrast: float = 0.0


class WhiteBalance(Value, frozen=True):
    """-100..100: warmer above 0, more magenta above 0."""

    temperature: float = 0.0
    tint: float = 0.0


class Shift(NamedTuple):
    """hue in degrees -180..180; saturation and lightness -100..100."""

    hue: float = 0.0
    saturation: float = 0.0
    lightness: float = 0.0


class HueSaturation(Value, frozen=True):
    """All colours by `master`, each range of them on top of that, softly between ranges.
    tone: instead, everything takes the master's hue (0..360) and saturation (0..100)."""

    master: Shift = Shift()
    reds: Shift = Shift()
    yellows: Shift = Shift()
    greens: Shift = Shift()
    cyans: Shift = Shift()
    blues: Shift = Shift()
    magentas: Shift = Shift()
    tone: bool = False


class Balance(NamedTuple):
    """-100..100: towards red (from cyan), green (from magenta), blue (from yellow)."""

    red: float = 0.0
    green: float = 0.0
    blue: float = 0.0


class ColourBalance(Value, frozen=True):
    shadows: Balance = Balance()
    midtones: Balance = Balance()
    highlights: Balance = Balance()
    keep_lightness: bool = True


class Vibrance(Value, frozen=True):
    """-100..100: `vibrance` for dull colours more than for strong ones, sparing skin."""

    vibrance: float = 0.0
    saturation: float = 0.0


class BlackAndWhite(Value, frozen=True):
    """How light each colour becomes, -200..300 percent; `tint` colours the result."""

    reds: float = 40.0
    yellows: float = 60.0
    greens: float = 40.0
    cyans: float = 60.0
    blues: float = 20.0
    magentas: float = 80.0
    tint: Colour | None = None


class PhotoFilter(Value, frozen=True):
    """density 0..1."""

    colour: Colour = Colour(236, 138, 0)
    density: float = 0.25
    keep_lightness: bool = True


class Threshold(Value, frozen=True):
    level: float = 128.0


class Posterise(Value, frozen=True):
    """2..255 steps a channel."""

    levels: int = 4


class Invert(Value, frozen=True):
    pass


class Stop(NamedTuple):
    """place 0..1."""

    place: float
    colour: Colour


class GradientMap(Value, frozen=True):
    """The colour for each lightness; stops by rising place."""

    stops: tuple[Stop, ...] = (Stop(0.0, Colour(0, 0, 0)), Stop(1.0, Colour(255, 255, 255)))


class Lut(Value, frozen=True):
    """A colour table (.cube). cube: size^3 x 3 little-endian uint16 (0..65535 = 0..1), red
    changing fastest; `name` as in its file; strength 0..1."""

    name: str
    size: int
    cube: bytes
    strength: float = 1.0


class Sharpen(Value, frozen=True):
    """Unsharp mask: amount 0..5, radius (sigma) in pixels, threshold 0..255."""

    amount: float = 0.8
    radius: float = 1.2
    threshold: float = 2.0


class Denoise(Value, frozen=True):
    """strength and colour 0..100."""

    strength: float = 20.0
    colour: float = 40.0


class Blur(Value, frozen=True):
    """Gaussian, sigma in pixels."""

    radius: float = 4.0


class Vignette(Value, frozen=True):
    """amount -100 (dark) .. 100 (light); midpoint and softness 0..100; roundness -100..100."""

    amount: float = -40.0
    midpoint: float = 50.0
    roundness: float = 0.0
    softness: float = 60.0


class Recolour(Value, frozen=True):
    """What has the colour `source` gets the colour `target`; shading and texture stay.

    tolerance 0..100: how far from `source` a colour may be (softly); keep_lightness: 0 = as light
    as the target, 1 = as light as it was."""

    source: Colour
    target: Colour
    tolerance: float = 40.0
    keep_lightness: float = 0.0


Adjustment = (
    Levels
    | Curves
    | Exposure
    | BrightnessContrast
    | WhiteBalance
    | HueSaturation
    | ColourBalance
    | Vibrance
    | BlackAndWhite
    | PhotoFilter
    | Threshold
    | Posterise
    | Invert
    | GradientMap
    | Lut
    | Sharpen
    | Denoise
    | Blur
    | Vignette
    | Recolour
)
