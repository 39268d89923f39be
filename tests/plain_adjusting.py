# SPDX-License-Identifier: Apache-2.0
"""Adjustments as their descriptions have them, in float64, one colour after the other, with nothing
of the program's own maths."""

from __future__ import annotations

import colorsys
import itertools
import math
from collections.abc import Callable

from prodedit.core.adjust.values import (
    Adjustment,
    Band,
    BlackAndWhite,
    BrightnessContrast,
    ColourBalance,
    Exposure,
    GradientMap,
    HueSaturation,
    Invert,
    Levels,
    Lut,
    PhotoFilter,
    Posterise,
    Threshold,
    Vibrance,
    WhiteBalance,
)

Rgb = tuple[float, float, float]


def reference(adjustment: Adjustment, rgb: Rgb) -> Rgb:
    """0..1 to 0..1. KeyError for what has no reference here."""
    return REFERENCES[type(adjustment)](adjustment, rgb)


def cut(value: float) -> float:
    return min(1.0, max(0.0, value))


def to_light(v: float) -> float:
    return v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4


def from_light(v: float) -> float:
    v = cut(v)
    return v * 12.92 if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055


def luma(rgb: Rgb) -> float:
    return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]


def clip_colour(rgb: Rgb, light: float) -> Rgb:
    """ClipColor of the W3C's compositing, for a colour of that luma."""
    low, high = min(rgb), max(rgb)
    if low < 0:
        rgb = tuple(light + (c - light) * light / (light - low) for c in rgb)  # type: ignore[assignment]
    if high > 1:
        high = max(rgb)
        if high > 1:
            rgb = tuple(light + (c - light) * (1 - light) / (high - light) for c in rgb)  # type: ignore[assignment]
    return rgb


def set_luma(rgb: Rgb, light: float) -> Rgb:
    shift = light - luma(rgb)
    return clip_colour((rgb[0] + shift, rgb[1] + shift, rgb[2] + shift), light)


def each(rgb: Rgb, change: Callable[[float], float]) -> Rgb:
    return change(rgb[0]), change(rgb[1]), change(rgb[2])


def band(b: Band, v: float) -> float:
    v *= 255
    share = cut((v - b.black) / max(b.white - b.black, 1e-6)) ** (1 / b.gamma)
    return (b.low + (b.high - b.low) * share) / 255


def levels(a: Levels, rgb: Rgb) -> Rgb:
    single = [band(b, v) for b, v in zip((a.red, a.green, a.blue), rgb, strict=True)]
    return each((single[0], single[1], single[2]), lambda v: band(a.rgb, v))


def exposure(a: Exposure, rgb: Rgb) -> Rgb:
    return each(
        rgb, lambda v: from_light(cut(to_light(v) * 2**a.stops + a.offset) ** (1 / a.gamma))
    )


def brightness_contrast(a: BrightnessContrast, rgb: Rgb) -> Rgb:
    bias, bend = 0.5 + 0.3 * a.brightness / 100, 7 * a.contrast / 100

    def sigmoid(x: float, k: float) -> float:
        return 1 / (1 + math.exp(-k * (x - 0.5)))

    def change(v: float) -> float:
        v = v / ((1 / bias - 2) * (1 - v) + 1)
        if bend == 0:
            return v
        low, high = sigmoid(0, abs(bend)), sigmoid(1, abs(bend))
        if bend > 0:
            return (sigmoid(v, bend) - low) / (high - low)
        level = low + v * (high - low)
        return 0.5 - math.log(1 / level - 1) / -bend

    return each(rgb, change)


def white_balance(a: WhiteBalance, rgb: Rgb) -> Rgb:
    w, t = a.temperature / 100, a.tint / 100
    gains = [2 ** (w + t / 3), 2 ** (-2 * t / 3), 2 ** (t / 3 - w)]
    whole = 0.2126 * gains[0] + 0.7152 * gains[1] + 0.0722 * gains[2]
    r, g, b = (from_light(to_light(v) * k / whole) for v, k in zip(rgb, gains, strict=True))
    return r, g, b


def posterise(a: Posterise, rgb: Rgb) -> Rgb:
    return each(rgb, lambda v: math.floor(round(v * 255) * a.levels / 256) / (a.levels - 1))


def hue_saturation(a: HueSaturation, rgb: Rgb) -> Rgb:
    def lifted(light: float, lift: float) -> float:
        return light * (1 + lift) if lift < 0 else light + (1 - light) * lift

    if a.tone:
        light = lifted(luma(rgb), a.master.lightness / 100)
        return colorsys.hls_to_rgb(a.master.hue % 360 / 360, light, a.master.saturation / 100)
    hue, light, saturation = colorsys.rgb_to_hls(*rgb)
    chroma = max(rgb) - min(rgb)
    turn, gain, lift = a.master.hue, a.master.saturation / 100, a.master.lightness / 100
    ranges = (a.reds, a.yellows, a.greens, a.cyans, a.blues, a.magentas)
    for n, shift in enumerate(ranges):
        away = abs((hue * 360 - 60 * n + 180) % 360 - 180)
        weight = cut((45 - away) / 30)
        turn += weight * shift.hue
        gain += weight * shift.saturation / 100
        lift += weight * shift.lightness / 100 * min(1, 4 * chroma)
    lift = max(-1.0, min(1.0, lift))
    return colorsys.hls_to_rgb(
        (hue + turn / 360) % 1, lifted(light, lift), cut(saturation * (1 + gain))
    )


def colour_balance(a: ColourBalance, rgb: Rgb) -> Rgb:
    light = luma(rgb)
    new = [
        v
        + 0.003 * s * (1 - light) ** 2
        + 0.003 * m * 4 * light * (1 - light)
        + 0.003 * h * light**2
        for v, s, m, h in zip(rgb, a.shadows, a.midtones, a.highlights, strict=True)
    ]
    rgb = (new[0], new[1], new[2])
    return set_luma(rgb, light) if a.keep_lightness else each(rgb, cut)


def vibrance(a: Vibrance, rgb: Rgb) -> Rgb:
    light, chroma = luma(rgb), max(rgb) - min(rgb)
    along, across = rgb[0] - (rgb[1] + rgb[2]) / 2, (rgb[1] - rgb[2]) * 3**0.5 / 2
    hue = math.atan2(across, along) - math.radians(25)
    edge = math.cos(math.radians(45))
    skin = cut((math.cos(hue) - edge) / (1 - edge)) if chroma > 1e-3 else 0.0
    gain = a.vibrance / 100 * (1 - chroma) * (1 - 0.6 * skin if a.vibrance > 0 else 1)
    gain = (1 + gain) * (1 + a.saturation / 100)
    return clip_colour(each(rgb, lambda v: light + (v - light) * gain), light)


def black_and_white(a: BlackAndWhite, rgb: Rgb) -> Rgb:
    order = sorted(range(3), key=lambda n: rgb[n])
    low, middle, high = (rgb[n] for n in order)
    primary = (a.reds, a.greens, a.blues)[order[2]] / 100
    secondary = (a.cyans, a.magentas, a.yellows)[order[0]] / 100
    grey = cut(low + (middle - low) * secondary + (high - middle) * primary)
    if a.tint is None:
        return grey, grey, grey
    return set_luma((a.tint.red / 255, a.tint.green / 255, a.tint.blue / 255), grey)


def photo_filter(a: PhotoFilter, rgb: Rgb) -> Rgb:
    glass = [1 - a.density + a.density * to_light(c / 255) for c in a.colour[:3]]
    r, g, b = (from_light(to_light(v) * k) for v, k in zip(rgb, glass, strict=True))
    return set_luma((r, g, b), luma(rgb)) if a.keep_lightness else (r, g, b)


def threshold(a: Threshold, rgb: Rgb) -> Rgb:
    white = float(round(luma(rgb) * 255, 6) >= a.level - 1e-3)
    return white, white, white


def gradient_map(a: GradientMap, rgb: Rgb) -> Rgb:
    light, stops = luma(rgb), a.stops
    if light <= stops[0].place:
        return _rgb(stops[0].colour)
    for before, after in itertools.pairwise(stops):
        if light <= after.place:
            t = (light - before.place) / (after.place - before.place)
            r, g, b = (
                (x + (y - x) * t) / 255
                for x, y in zip(before.colour[:3], after.colour[:3], strict=True)
            )
            return r, g, b
    return _rgb(stops[-1].colour)


def _rgb(colour: tuple[int, ...]) -> Rgb:
    return colour[0] / 255, colour[1] / 255, colour[2] / 255


def lut(a: Lut, rgb: Rgb) -> Rgb:
    cells = [min(int(v * (a.size - 1)), a.size - 2) for v in rgb]
    parts = [v * (a.size - 1) - c for v, c in zip(rgb, cells, strict=True)]
    new = [0.0, 0.0, 0.0]
    for corner in range(8):
        bits = [corner >> n & 1 for n in range(3)]
        weight = math.prod(p if bit else 1 - p for p, bit in zip(parts, bits, strict=True))
        r, g, b = (c + bit for c, bit in zip(cells, bits, strict=True))
        start = ((b * a.size + g) * a.size + r) * 6
        for n in range(3):
            entry = int.from_bytes(a.cube[start + 2 * n : start + 2 * n + 2], "little")
            new[n] += weight * entry / 65535
    r, g, b = (v + (w - v) * a.strength for v, w in zip(rgb, new, strict=True))
    return r, g, b


REFERENCES: dict[type, Callable[..., Rgb]] = {
    Levels: levels,
    Exposure: exposure,
    BrightnessContrast: brightness_contrast,
    WhiteBalance: white_balance,
    Posterise: posterise,
    Invert: lambda a, rgb: each(rgb, lambda v: 1 - v),
    HueSaturation: hue_saturation,
    ColourBalance: colour_balance,
    Vibrance: vibrance,
    BlackAndWhite: black_and_white,
    PhotoFilter: photo_filter,
    Threshold: threshold,
    GradientMap: gradient_map,
    Lut: lut,
}
