# SPDX-License-Identifier: Apache-2.0
"""Rings when a generator's pictures become all alike: its modes have collapsed."""

from __future__ import annotations

_VARIED = 0.4
"""As varied as this it must have been, measured by the data, before it can fall: at the start all
pictures are alike, and that is no harm."""
_FALLEN, _RISEN = 0.4, 0.7
"""Of its best: below the one it rings, above the other it may ring again."""


class CollapseAlarm:
    """Told the diversity (`adversarial.apart`, by that of real pictures), averaged over some steps,
    again and again."""

    def __init__(self) -> None:
        self._best = 0.0
        self._rung = False

    def rings(self, diversity: float) -> bool:
        """True at the moment when it has fallen far."""
        self._best = max(self._best, diversity)
        share = diversity / self._best if self._best >= _VARIED else 1.0
        rings = share < _FALLEN and not self._rung
        self._rung = rings or (self._rung and share < _RISEN)
        return rings
