# SPDX-License-Identifier: Apache-2.0
"""What was found of one picture for one preset: a row for each rule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import msgspec

from prodedit.catalogue.check.look import Look
from prodedit.catalogue.check.table import MEASURES, Value
from prodedit.core.presets import RULES, Ask, Demand, OneOf, Preset, Unit, Window, title

Outcome = Literal["passes", "fails", "confirm"]


@dataclass(frozen=True)
class Finding:
    """A rule, what was measured (None: nothing could be), and what follows from it.

    "confirm": a person has to look, because no pixel decides it, what is found is not sure, or
    it is only advice that was not followed.
    """

    rule: Demand
    measured: Value
    outcome: Outcome

    @property
    def title(self) -> str:
        """English, to be translated in the context "Rule"."""
        return title(self.rule)

    @property
    def unit(self) -> Unit:
        return "" if isinstance(self.rule, Ask) else RULES[self.rule.rule].unit

    @property
    def is_cured(self) -> bool:
        """Making the picture anew for the preset puts it right."""
        return not isinstance(self.rule, Ask) and RULES[self.rule.rule].cured

    def to_json(self) -> dict[str, Any]:
        rule = msgspec.to_builtins(self.rule)
        measured = round(self.measured, 5) if isinstance(self.measured, float) else self.measured
        return {
            "rule": rule.pop("rule"),
            "kind": rule.pop("type"),
            "title": self.title,
            "outcome": self.outcome,
            "measured": measured,
            "unit": self.unit,
            **rule,
        }


@dataclass(frozen=True)
class Verdict:
    """All findings for a preset, in the order of RULES, questions last."""

    preset: str
    findings: tuple[Finding, ...]

    def of(self, outcome: Outcome) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.outcome == outcome)

    @property
    def outcome(self) -> Outcome:
        """The worst of them."""
        outcomes = {finding.outcome for finding in self.findings}
        for worst in ("fails", "confirm"):
            if worst in outcomes:
                return worst
        return "passes"

    @property
    def can_be_cured(self) -> bool:
        """Making the picture anew would help with something that fails."""
        return any(finding.is_cured for finding in self.of("fails"))

    def to_json(self) -> dict[str, Any]:
        counts = {name: len(self.of(name)) for name in ("passes", "fails", "confirm")}
        rows = [finding.to_json() for finding in self.findings]
        return {"preset": self.preset, "outcome": self.outcome, "counts": counts, "rules": rows}


def judged(look: Look, preset_id: str, preset: Preset) -> Verdict:
    """Each rule of the preset, measured on the picture."""
    rules = sorted(preset.rules, key=_place)
    measured: dict[str, Value] = {}
    for rule in rules:
        if not isinstance(rule, Ask) and rule.rule not in measured:
            measured[rule.rule] = MEASURES[rule.rule](look)
    return Verdict(preset_id, tuple(map(partial(_finding, measured), rules)))


def _finding(measured: dict[str, Value], rule: Demand) -> Finding:
    if isinstance(rule, Ask):
        return Finding(rule, None, "confirm")
    value = measured[rule.rule]
    return Finding(rule, value, _outcome(rule, value))


def _outcome(rule: Window | OneOf, value: Value) -> Outcome:
    if value is None:
        return "passes" if _is_told_only(rule) else "confirm"
    if _fits(rule, value):
        return "passes"
    return "fails" if rule.weight == "must" and RULES[rule.rule].sure else "confirm"


def _fits(rule: Window | OneOf, value: float | str) -> bool:
    if isinstance(rule, OneOf):
        return value in rule.among
    if isinstance(value, str):
        return False
    is_low = rule.low is not None and value < rule.low
    return not is_low and not (rule.high is not None and value > rule.high)


def _is_told_only(rule: Window | OneOf) -> bool:
    return isinstance(rule, Window) and rule.low is None and rule.high is None


def _place(rule: Demand) -> int:
    return len(_ORDER) if isinstance(rule, Ask) else _ORDER[rule.rule]


_ORDER = {name: place for place, name in enumerate(RULES)}
