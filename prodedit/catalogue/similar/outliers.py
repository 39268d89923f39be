# SPDX-License-Identifier: Apache-2.0
"""Pictures that stand out of their folder: the product too small or too large, beside the middle,
or white that is not the white of the others.

Measured where product and backdrop are told apart without a network: on a plain backdrop, or where
the backdrop is transparent. A measure stands out when it is farther from the folder's middle than
is usual there, and farther than a person would let pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from prodedit.catalogue.similar.index import Index
from prodedit.catalogue.similar.measures import FIELDS

Odd = Literal["smaller", "larger", "off-centre", "darker", "tinted"]
LEAST = 8
"""So many pictures have to be measured before one can stand out."""
_USUAL = 3.5
"""Times the median deviation, scaled as a standard deviation (Iglewicz and Hoaglin, 1993)."""
_SPREAD = 1.4826
_LEAST_SCALE, _LEAST_OFF, _LEAST_LIGHT, _LEAST_TINT = 0.10, 0.06, 3.0, 4.0
"""Shares of the side, and units of CIE Lab: smaller differences are nobody's concern."""


class Outlier(NamedTuple):
    """measured: of this picture; usual: of the folder; shares, or units of CIE Lab."""

    row: int
    odd: Odd
    measured: float
    usual: float


class Consistency(NamedTuple):
    """measured: how many pictures could be; usual: the folder's middle, by FIELDS."""

    outliers: tuple[Outlier, ...]
    measured: int
    usual: Mapping[str, float]


def consistency(index: Index) -> Consistency:
    """Outliers, the worst first, one picture once for each way in which it stands out."""
    values = {name: index.standings[:, n].astype(np.float64) for n, name in enumerate(FIELDS)}
    measured = int(np.isfinite(values["scale"]).sum())
    usual = {name: _middle(numbers) for name, numbers in values.items()}
    if measured < LEAST:
        return Consistency((), measured, usual)
    rows: list[tuple[float, Outlier]] = []
    scale, far = _farther(values["scale"], _LEAST_SCALE)
    rows += _told(far, scale, values["scale"], usual["scale"], "larger", "smaller")
    off = np.hypot(values["x"] - usual["x"], values["y"] - usual["y"])
    away, far = _farther(off, _LEAST_OFF)
    rows += _told(far & (away > 0), away, off, 0.0, "off-centre", "off-centre")
    light, far = _farther(values["lightness"], _LEAST_LIGHT)
    rows += _told(
        far & (light < 0), light, values["lightness"], usual["lightness"], "darker", "darker"
    )
    tint = np.hypot(values["a"] - usual["a"], values["b"] - usual["b"])
    tinted, far = _farther(tint, _LEAST_TINT)
    rows += _told(far & (tinted > 0), tinted, tint, 0.0, "tinted", "tinted")
    ordered = sorted(rows, key=lambda pair: (-pair[0], pair[1].row))
    return Consistency(tuple(outlier for _, outlier in ordered), measured, usual)


def _middle(numbers: NDArray[np.float64]) -> float:
    known = numbers[np.isfinite(numbers)]
    return float(np.median(known)) if len(known) else float("nan")


def _farther(
    numbers: NDArray[np.float64], least: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """How many usual deviations each is away, with its sign; and whether that is too far."""
    middle = _middle(numbers)
    away = numbers - middle
    spread = _SPREAD * _middle(np.abs(away))
    times = away / max(spread, least / _USUAL)
    far = (np.abs(times) > _USUAL) & (np.abs(away) >= least)
    return np.nan_to_num(times), far


def _told(
    far: NDArray[np.bool_],
    times: NDArray[np.float64],
    measured: NDArray[np.float64],
    usual: float,
    above: Odd,
    below: Odd,
) -> list[tuple[float, Outlier]]:
    return [
        (
            abs(float(times[row])),
            Outlier(int(row), above if times[row] > 0 else below, float(measured[row]), usual),
        )
        for row in np.flatnonzero(far)
    ]
