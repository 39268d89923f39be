# SPDX-License-Identifier: Apache-2.0
"""A preset of a person's own is changed: what its rules demand goes along with how it is made, or
no file made for it would ever pass."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import msgspec

from prodedit.core.export_setting import Format
from prodedit.core.presets import OWN, Ask, Demand, Making, OneOf, Preset, Window

Ends = tuple[float | None, float | None]
_FORMATS: Mapping[Format, str] = {
    "jpeg": "JPEG", "png": "PNG", "webp": "WebP", "avif": "AVIF", "tiff": "TIFF",
}  # fmt: skip
"""As rules name them."""
_WHITE = "#FFFFFF"
_WHITE_ONLY = frozenset({"ring-white", "ground-white", "ground-off"})
_SLACK = 0.02
"""Of the picture's side: what a soft edge may hide of the product."""


def with_making(preset: Preset, making: Making) -> Preset:
    """Made so from now on. A rule that said just what was made before says what is made now; of
    the others, those that no such file could pass are widened, and what is about a white backdrop
    goes where there is none."""
    before, now = _expected(preset.making), _expected(making)
    rules = (_following(rule, before, now, making) for rule in preset.rules)
    kept = tuple(rule for rule in rules if rule is not None)
    return msgspec.structs.replace(preset, making=making, rules=kept)


def own_rule(rule: Demand) -> Demand:
    """The same, told as the person's."""
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    changed: Demand = msgspec.structs.replace(rule, source=OWN, date=today, confidence="memory")
    return changed


def _following(
    rule: Demand, before: Mapping[str, Ends], now: Mapping[str, Ends], making: Making
) -> Demand | None:
    if isinstance(rule, Ask):
        return rule
    if isinstance(rule, OneOf):
        return _named(rule, making)
    if rule.rule in _WHITE_ONLY and making.cuts_out and making.backdrop.upper() != _WHITE:
        return None
    if rule.rule not in now:
        return rule
    low, high = rule.low, rule.high
    ends = (
        now[rule.rule] if (low, high) == before.get(rule.rule) else _widened(rule, now[rule.rule])
    )
    if ends == (low, high):
        return rule
    if ends == (None, None):
        return None
    return own_rule(msgspec.structs.replace(rule, low=ends[0], high=ends[1]))


def _named(rule: OneOf, making: Making) -> Demand:
    wanted = {"format": _FORMATS.get(making.format)}
    if making.cuts_out:
        wanted["alpha"] = "transparent" if making.backdrop == "transparent" else "opaque"
    word = wanted.get(rule.rule)
    if word is None or word in rule.among:
        return rule
    return own_rule(msgspec.structs.replace(rule, among=(word,)))


def _widened(rule: Window, wanted: Ends) -> Ends:
    """So that all of `wanted` passes; an end that nothing is known of stays."""
    low, high = wanted
    first = rule.low if rule.low is None or low is None else min(rule.low, low)
    last = rule.high if rule.high is None or high is None else max(rule.high, high)
    return first, last


def _expected(making: Making) -> dict[str, Ends]:
    """What files that are made so measure, as far as that is known."""
    width, height = making.size
    most = max(making.size)
    found: dict[str, Ends] = {"long-side": (making.least, most)}
    if making.exact:
        share = making.least / most
        small = (round(width * share), round(height * share))
        found |= {
            "width": (small[0], width),
            "height": (small[1], height),
            "short-side": (min(small), min(width, height)),
            "sides-sum": (sum(small), width + height),
            "megapixels": (small[0] * small[1] / 1e6, width * height / 1e6),
            "aspect": (width / height, width / height),
        }
    if any(making.bytes):
        found["bytes"] = (making.bytes[0] or None, making.bytes[1] or None)
    if making.resolution:
        found["resolution"] = (making.resolution, making.resolution)
    if making.cuts_out and making.fill:
        margin = (1 - making.fill) / 2 * min(making.size) * making.least / most
        found["margin-least"] = (max(0.0, margin - 1), None)
        if width == height:
            found["fill-long"] = (making.fill - _SLACK, None)
    return found
