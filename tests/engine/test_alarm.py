# SPDX-License-Identifier: Apache-2.0
"""The alarm for modes that collapse."""

from __future__ import annotations

import pytest

from prodedit.engine.training.alarm import CollapseAlarm


@pytest.mark.parametrize(
    ("told", "rung"),
    [
        ((0.01, 0.1, 0.3, 0.7, 0.9), ()),
        ((0.01, 0.3, 0.1, 0.02), ()),
        ((0.2, 0.8, 0.6, 0.3, 0.2, 0.1), (3,)),
        ((0.8, 0.2, 0.5, 0.2, 0.7, 0.2), (1, 5)),
    ],
    ids=["rises", "never-rose", "falls-once", "falls-twice"],
)
def test_it_rings_when_variety_falls(told: tuple[float, ...], rung: tuple[int, ...]) -> None:
    alarm = CollapseAlarm()
    rang = [number for number, diversity in enumerate(told) if alarm.rings(diversity)]

    assert tuple(rang) == rung
