# SPDX-License-Identifier: Apache-2.0
"""Whether a generator is good enough to be used, and if not, what to change. No torch.

The same measures are taken of real pictures, as many as were made, against as many others: what a
perfect generator would reach with so few. The bounds are shares of that.
"""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import Any, NamedTuple

import msgspec

from prodedit.core.problem import QT_TRANSLATE_NOOP

LEAST_REAL = 40
"""Real pictures with which anything can be measured."""


_CERTAIN = 0.95
"""A share that no real pictures come to."""


class Likeness(msgspec.Struct, frozen=True, kw_only=True):
    """How like a set of pictures is to the real ones; see engine/training/metrics.py.

    diversity: mean distance of pairs, as a share of the real pictures'.
    detail:    strength of fine lines, as a share of the real pictures'.
    agreement: share of pictures that are nearest to real ones of their own class; None where there
               are no classes to compare.
    """

    frechet: float
    kernel: float
    precision: float
    recall: float
    density: float
    coverage: float
    diversity: float
    memorised: float
    detail: float
    agreement: float | None = None


class Twin(msgspec.Struct, frozen=True, kw_only=True):
    """The real picture that is nearest to a made one, by its name."""

    name: str
    distance: float


class Odd(msgspec.Struct, frozen=True, kw_only=True):
    """A real picture, and how unlike the rest of its class it is: 1 is usual."""

    name: str
    strangeness: float


class Measures(msgspec.Struct, frozen=True, kw_only=True):
    """Of a generator. `reference`: real pictures against others, as many as made ones were held
    against real ones.

    eye:       which network's features; where it also taught the generator, the figures flatter it.
    nearest:   for each of the made pictures.
    odd:       the strangest real pictures first, where the generator is of a family that tells.
    inception: the Inception Score, where there is a file with that network.
    """

    made: int
    real: int
    eye: str
    found: Likeness
    reference: Likeness
    nearest: tuple[Twin, ...] = ()
    odd: tuple[Odd, ...] = ()
    inception: float | None = None


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """As it is kept in a generator's file: the codes of what stands against it; none: it is good
    enough."""

    measures: Measures
    refusals: tuple[str, ...]


class Refusal(NamedTuple):
    """Why a generator is not good enough: an English template, context "Gate", and its values."""

    code: str
    text: str
    values: dict[str, Any]

    def __str__(self) -> str:
        return self.text.format(**self.values)


class Figure(NamedTuple):
    """What a rule has found, and the bound that it has to keep to; shares. `most`: the bound is the
    largest that is good, else the least."""

    code: str
    found: float
    bound: float
    most: bool

    @property
    def is_good(self) -> bool:
        """Never where it could not be measured."""
        return self.found <= self.bound if self.most else self.found >= self.bound


class _Rule(NamedTuple):
    """A measure that has to reach a share of what the real pictures reach; `most` turns it round:
    it may be so much more. `text`: the sentence, with {found} and {bound} in per cent."""

    code: str
    of: Callable[[Likeness], float | None]
    least: float | None
    most: float | None
    text: str


RULES = (
    _Rule(
        "unlike",
        lambda one: one.precision,
        0.4,
        None,
        QT_TRANSLATE_NOOP(
            "Gate",
            "Only {found} % of the pictures look like your products ({bound} % are needed). Train "
            "longer; if that does not help, add pictures.",
        ),
    ),
    _Rule(
        "blurred",
        lambda one: one.detail,
        0.5,
        None,
        QT_TRANSLATE_NOOP(
            "Gate",
            "The pictures are blurred: they have {found} % of the detail of yours ({bound} % is "
            "needed). Train longer.",
        ),
    ),
    _Rule(
        "mixed-up",
        lambda one: one.agreement,
        0.6,
        None,
        QT_TRANSLATE_NOOP(
            "Gate",
            "Only {found} % of the pictures can be told to be of their class ({bound} % are "
            "needed). Train longer, or put pictures that are alike into one class.",
        ),
    ),
    _Rule(
        "alike",
        lambda one: one.diversity,
        0.6,
        None,
        QT_TRANSLATE_NOOP(
            "Gate",
            "The pictures are too much alike: they differ by {found} % of what yours do ({bound} % "
            "is needed). Train longer, or choose another kind of generator.",
        ),
    ),
    _Rule(
        "narrow",
        lambda one: one.coverage,
        0.35,
        None,
        QT_TRANSLATE_NOOP(
            "Gate",
            "Only {found} % of your products have anything like them among the pictures ({bound} % "
            "are needed). Train longer.",
        ),
    ),
    _Rule(
        "by-heart",
        lambda one: one.memorised,
        None,
        0.3,
        QT_TRANSLATE_NOOP(
            "Gate",
            "{found} % of the pictures are nearly copies of your own ({bound} % are the most). Add "
            "pictures, or train for a shorter time.",
        ),
    ),
)


def refusals(measures: Measures) -> tuple[Refusal, ...]:
    """Everything that stands against the generator; nothing: it is good enough."""
    if measures.real < LEAST_REAL:
        text = QT_TRANSLATE_NOOP(
            "Gate",
            "With {real} pictures of yours it can't be told whether the generator is good; {least} "
            "are the least. Add pictures.",
        )
        return (Refusal("too-few", text, {"real": measures.real, "least": LEAST_REAL}),)
    texts = {rule.code: rule.text for rule in RULES}
    return tuple(
        Refusal(
            one.code,
            texts[one.code],
            {"found": _per_cent(one.found), "bound": _per_cent(one.bound)},
        )
        for one in figures(measures)
        if not one.is_good
    )


def figures(measures: Measures) -> tuple[Figure, ...]:
    """What each rule has found, in their order; those that have nothing to measure are left out."""
    found = (_figure(rule, measures) for rule in RULES)
    return tuple(figure for figure in found if figure is not None)


def _figure(rule: _Rule, measures: Measures) -> Figure | None:
    found, reference = rule.of(measures.found), rule.of(measures.reference)
    if found is None or reference is None:
        return None
    if rule.least is not None:
        return Figure(rule.code, found, rule.least * reference, most=False)
    return Figure(rule.code, found, min(_CERTAIN, reference + (rule.most or 0.0)), most=True)


def _per_cent(share: float) -> int | str:
    return round(100 * share) if isfinite(share) else "?"
