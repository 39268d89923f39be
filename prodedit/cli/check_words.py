# SPDX-License-Identifier: Apache-2.0
"""Rules and what was measured, as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from prodedit.catalogue.check.findings import Finding
from prodedit.catalogue.check.table import Value
from prodedit.core.presets import RULES, Ask, Demand, OneOf, Unit

_TRUST = {"official": "official", "other": "not the marketplace's own", "memory": "unchecked"}


def measured(finding: Finding) -> str:
    """What was found, with its unit; "?" where nothing could be."""
    return "" if isinstance(finding.rule, Ask) else _value(finding.measured, finding.unit)


def demanded(rule: Demand) -> str:
    """What the rule wants; "" of a question, whose title says it."""
    if isinstance(rule, Ask):
        return ""
    if isinstance(rule, OneOf):
        return " or ".join(rule.among)
    unit = RULES[rule.rule].unit
    low, high = (None if end is None else _value(end, unit) for end in (rule.low, rule.high))
    if low is None and high is None:
        return "only told"
    if low == high:
        return str(low)
    if low is None or high is None:
        return f"at least {low}" if high is None else f"at most {high}"
    return f"{low} to {high}"


def trust(rule: Demand) -> str:
    return _TRUST[rule.confidence]


def _value(value: Value, unit: Unit) -> str:
    if value is None:
        return "?"
    return value if isinstance(value, str) else _SHOWN[unit](value)


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
    "levels": lambda value: f"{value:.3g} levels",
}
