# SPDX-License-Identifier: Apache-2.0
"""Rules and what was measured, as a person reads them in a terminal, a report, the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from prodedit.catalogue.check.findings import Finding
from prodedit.catalogue.check.table import Value
from prodedit.core import presets
from prodedit.core.presets import OWN, RULES, Ask, Confidence, Demand, OneOf, Unit
from prodedit.core.problem import QT_TRANSLATE_NOOP

Translate = Callable[[str, str], str]
"""(context, English text) -> text"""
_T = QT_TRANSLATE_NOOP
_TRUST: Mapping[Confidence, str] = MappingProxyType(
    {
        "official": _T("Check", "official"),
        "other": _T("Check", "not the marketplace's own"),
        "memory": _T("Check", "unchecked"),
    }
)
WORDS = (
    _T("CheckWord", "opaque"),
    _T("CheckWord", "transparent"),
    _T("CheckWord", "fits"),
    _T("CheckWord", "does not fit"),
    _T("CheckWord", "none"),
    _T("CheckWord", "other"),
    _T("CheckWord", "grey"),
    _T("CheckWord", "indexed"),
)
"""Those that a measure gives which are not names; others are said as they are."""
_SOURCES = (
    _T("CheckSource", "a sign of a poor photo, no rule of the marketplace"),
    _T("CheckSource", "remembered"),
)
"""Sources that are no names."""


def english(context: str, text: str) -> str:
    del context
    return text


class CheckWords:
    """In the language of `translate`."""

    def __init__(self, translate: Translate = english) -> None:
        self._translate = translate

    def title(self, rule: Demand) -> str:
        return self._translate("Rule", presets.title(rule))

    def measured(self, finding: Finding) -> str:
        """What was found, with its unit; "?" where nothing could be."""
        return "" if isinstance(finding.rule, Ask) else self._value(finding.measured, finding.unit)

    def demanded(self, rule: Demand) -> str:
        """What the rule wants; "" of a question, whose title says it."""
        if isinstance(rule, Ask):
            return ""
        if isinstance(rule, OneOf):
            return self._tr(_T("Check", " or ")).join(self._word(each) for each in rule.among)
        unit = RULES[rule.rule].unit
        low, high = (
            None if end is None else self._value(end, unit) for end in (rule.low, rule.high)
        )
        return self._window(low, high)

    def trust(self, rule: Demand) -> str:
        """How far the source may be trusted."""
        return self._tr(_TRUST[rule.confidence])

    def source(self, rule: Demand) -> str:
        """Where the rule was read, when, and how far that may be trusted."""
        if rule.source == OWN:
            return self._tr(_T("Check", "your own rule"))
        parts = (self._translate("CheckSource", rule.source), rule.date, self.trust(rule))
        return self._tr(_T("Check", ", ")).join(parts)

    def byte_window(self, least: int, most: int) -> str:
        """What a file may have; 0: no limit."""
        ends = (self._value(end, "bytes") if end else None for end in (least, most))
        return self._window(*ends)

    def _window(self, low: str | None, high: str | None) -> str:
        if low is None and high is None:
            return self._tr(_T("Check", "only told"))
        if low == high:
            return str(low)
        if high is None:
            return self._tr(_T("Check", "at least {low}")).format(low=low)
        if low is None:
            return self._tr(_T("Check", "at most {high}")).format(high=high)
        return self._tr(_T("Check", "{low} to {high}")).format(low=low, high=high)

    def _value(self, value: Value, unit: Unit) -> str:
        if value is None:
            return "?"
        if isinstance(value, str):
            return self._word(value)
        levels = self._tr(_T("Check", "{count} levels"))
        return levels.format(count=f"{value:.3g}") if unit == "levels" else _SHOWN[unit](value)

    def _word(self, word: str) -> str:
        return self._translate("CheckWord", word)

    def _tr(self, text: str) -> str:
        return self._translate("Check", text)


def _plain(value: float) -> str:
    return f"{value:.0f}" if abs(value - round(value)) < 1e-9 else f"{value:.3g}"


def _bytes(value: float) -> str:
    return f"{value / 1e6:.3g} MB" if value >= 999_950 else f"{value / 1e3:.3g} KB"


def _share(value: float) -> str:
    """Cut off, not rounded up: what lacks a little is not 100 %."""
    return f"{int(value * 1000 + 1e-6) / 10:g} %"


_SHOWN: Mapping[Unit, Callable[[float], str]] = {
    "": _plain,
    "px": lambda value: f"{value:.0f} px",
    "MP": lambda value: f"{value:.3g} MP",
    "bytes": _bytes,
    "share": _share,
    "dpi": lambda value: f"{value:.0f} dpi",
}
