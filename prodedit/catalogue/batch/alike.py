# SPDX-License-Identifier: Apache-2.0
"""Pictures that belong together look it: their products keep their sizes to each other, and have
the same light. Values and numbers only; what is measured, facts.py looks for.

A group is measured as a whole before its first file is made. What is common to it is kept with the
batch from then on: whatever comes later joins it, and what was made stays right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2
from statistics import median
from typing import Annotated, Literal

import msgspec

from prodedit.catalogue.batch.inputs import Found
from prodedit.core.adjust.values import Curves, Dot
from prodedit.core.geometry import Size
from prodedit.core.presets import Preset, Window

By = Literal["folder", "table", "all"]
Scale = Literal["fill", "real"]
GROUP = "group"
"""The column of a table that names groups, unless another is asked for."""
_SMALLEST = 0.25
"""Of the fill that is asked for: nothing becomes smaller beside what is large."""
_LARGER = 1.02
"""Times as large: less is how a cut-out trembles."""
_SPARE = 0.01
"""Fill beyond the least that a rule allows: the checker counts whole pixels."""
_MOST_GAIN, _MOST_TINT = 1.2, 1.08
"""Times a level may become of all channels, and of one beside the others."""
_ANOTHER_THING, _MOST_STOPS, _STRENGTH = 1.0, 1 / 3, 0.5
"""In stops, of products themselves: from where on a difference is one of the products, not of the
light; how far one is moved at most; and how much of the way it goes."""
_GAMMA = 2.2
_LEAST_CHANGE = 0.75
"""Levels: less is not worth a change."""
_BLACK, _WHITE, _GAP = 8.0, 255.0, 2.0

Rgb = tuple[float, float, float]


class Alike(msgspec.Struct, frozen=True):
    """by: what a group is: a folder, one value in a `column` of the table, or all pictures.

    scale: "fill", each product fills its frame as it would alone; "real", what is smaller in the
    photos stays so, for photos that were taken from the same distance.
    light: whites, or where there are none the products' brightness, are brought together.
    """

    by: By = "folder"
    scale: Scale = "fill"
    light: bool = True
    column: Annotated[str, msgspec.Meta(min_length=1)] = GROUP


class Facts(msgspec.Struct, frozen=True):
    """Of one picture. width, height: of the product, as shares of the photo's long side; 0: not
    known. light: mean luma of the product, levels. backdrop: red, green, blue of the photo's own,
    where it is plain and light."""

    width: float = 0.0
    height: float = 0.0
    light: float = 0.0
    backdrop: Rgb | None = None


class Common(msgspec.Struct, frozen=True):
    """Of a group: the widest and the highest product; the medians of the rest. backdrop: None where
    most have none: then the products themselves tell of the light."""

    width: float = 0.0
    height: float = 0.0
    light: float = 0.0
    backdrop: Rgb | None = None


def group_of(alike: Alike | None, found: Found, row: Mapping[str, str] | None) -> str:
    """The name of a picture's group; "" for one that is by itself."""
    if alike is None:
        return ""
    if alike.by == "table":
        return (row or {}).get(alike.column, "").casefold()
    return "*" if alike.by == "all" else found.place.parent.as_posix()


def common_of(facts: Sequence[Facts]) -> Common:
    """Of a whole group."""
    known = [each for each in facts if each.width > 0]
    lights = [each.light for each in known if each.light > 0]
    whites = [each.backdrop for each in known if each.backdrop is not None]
    most = 2 * len(whites) > len(known)
    return Common(
        max((each.width for each in known), default=0.0),
        max((each.height for each in known), default=0.0),
        median(lights) if lights else 0.0,
        _median_colour(whites) if most else None,
    )


def fill_of(facts: Facts, common: Common, shape: Size, fill: float, least: float = 0.0) -> float:
    """The share of a frame of these proportions that a product fills so that it is to the largest
    of its group as it is in the photos. At most `fill`; not below `least`, as far as that goes."""
    ratio = shape.width / shape.height
    own = max(facts.width, facts.height * ratio)
    largest = max(common.width, common.height * ratio)
    if not own or not largest:
        return fill
    share = max(_SMALLEST, min(1.0, own / largest))
    return min(fill, max(least, fill * share))


def outgrows(facts: Facts, common: Common) -> bool:
    """Larger than the largest of its group was when that was measured."""
    return facts.width > _LARGER * common.width or facts.height > _LARGER * common.height


def least_fill(preset: Preset) -> float:
    """What the rules of a preset leave: a product may not become smaller."""
    limits = [_least(rule, max(preset.making.size)) for rule in preset.rules if _must(rule)]
    return max(limits, default=0.0)


def light_of(facts: Facts, common: Common) -> Curves | None:
    """What brings a picture's light nearer to that of its group, gently: black stays, nothing is
    cut off. None where nothing is to be done."""
    if common.backdrop is None:
        return _by_product(facts.light, common.light)
    if facts.backdrop is None:
        return None
    return _by_backdrop(facts.backdrop, common.backdrop)


def _by_backdrop(own: Rgb, goal: Rgb) -> Curves | None:
    gains = [after / before for before, after in zip(own, goal, strict=True)]
    whole = sum(goal) / sum(own)
    tints = [_within(gain / whole, _MOST_TINT) for gain in gains]
    moved = _within(whole, _MOST_GAIN)
    wanted = [min(_WHITE - 1, v * moved * tint) for v, tint in zip(own, tints, strict=True)]
    pairs = list(zip(own, wanted, strict=True))
    if max(abs(after - before) for before, after in pairs) < _LEAST_CHANGE:
        return None
    red, green, blue = (_bent(before, after) for before, after in pairs)
    return Curves(red=red, green=green, blue=blue)


def _by_product(own: float, goal: float) -> Curves | None:
    if min(own, goal) < _BLACK:
        return None
    stops = _GAMMA * log2(goal / own)
    moved = max(-_MOST_STOPS, min(_MOST_STOPS, _STRENGTH * stops))
    wanted = own * 2 ** (moved / _GAMMA)
    if abs(stops) > _ANOTHER_THING or abs(wanted - own) < _LEAST_CHANGE:
        return None
    return Curves(rgb=_bent(own, wanted))


def _bent(before: float, after: float) -> tuple[Dot, ...]:
    """One level becomes another, and what is darker in proportion. What gets lighter keeps its
    white; what gets darker does so in all tones, as with less light."""
    if before >= _WHITE - _GAP:
        return (Dot(0, 0), Dot(_WHITE, min(_WHITE, _WHITE * after / before)))
    top = _WHITE if after >= before else _WHITE * after / before
    middle = Dot(round(before / 2, 3), round(after / 2, 3))
    return (Dot(0, 0), middle, Dot(round(before, 3), round(after, 3)), Dot(_WHITE, round(top, 3)))


def _within(gain: float, most: float) -> float:
    return max(1 / most, min(most, gain))


def _median_colour(colours: Sequence[Rgb]) -> Rgb:
    """As light and as tinted as the one in the middle: the two are asked apart, as a dark one would
    tint the others otherwise."""
    means = [sum(colour) / 3 for colour in colours]
    tints = [[v / mean for v in colour] for colour, mean in zip(colours, means, strict=True)]
    whole = median(means)
    red, green, blue = (median(values) * whole for values in zip(*tints, strict=True))
    return red, green, blue


def _must(rule: object) -> bool:
    return isinstance(rule, Window) and rule.weight == "must"


def _least(rule: object, side: int) -> float:
    """The fill that a rule asks for; 0: none."""
    assert isinstance(rule, Window)
    if rule.rule == "fill-long" and rule.low:
        return rule.low + _SPARE
    if rule.rule == "product-side" and rule.low:
        return rule.low / side + _SPARE
    if rule.rule == "margin-long" and rule.high is not None:
        return 1 - 2 * rule.high / side + _SPARE
    return 0.0
