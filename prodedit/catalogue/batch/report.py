# SPDX-License-Identifier: Apache-2.0
"""What became of each picture of a batch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prodedit.engine.results import Fidelity


@dataclass(frozen=True)
class Outcome:
    """One picture: written to `output`, or not, and why.

    `score`: 0..1, how far the cut-out may be trusted; None where there is none.
    `notes`: what a person should know about the photo, such as a conversion of its colours.
    `fidelity`: how much of the product is still as it was, where new pixels were made.
    """

    source: Path
    output: Path
    ok: bool
    code: str = ""
    message: str = ""
    score: float | None = None
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    fidelity: Fidelity | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "input": str(self.source),
            "output": str(self.output) if self.ok else None,
            "ok": self.ok,
            "code": self.code,
            "message": self.message,
            "score": None if self.score is None else round(self.score, 4),
            "seconds": round(self.seconds, 3),
            "notes": list(self.notes),
            "fidelity": None if self.fidelity is None else _rounded(self.fidelity),
        }


def _rounded(fidelity: Fidelity) -> dict[str, float]:
    return {"ssim": round(fidelity.ssim, 4), "delta_e": round(fidelity.delta_e, 2)}


@dataclass(frozen=True)
class Report:
    """A whole run. `outcomes` in the order of the plan; of `planned` pictures, those that were
    not come to when the run was stopped have none."""

    outcomes: tuple[Outcome, ...]
    planned: int

    @property
    def failed(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if not outcome.ok)

    @property
    def done(self) -> int:
        return len(self.outcomes) - len(self.failed)

    @property
    def stopped(self) -> bool:
        """Not every picture had its turn."""
        return len(self.outcomes) < self.planned

    def to_json(self) -> dict[str, Any]:
        left = self.planned - len(self.outcomes)
        counts = {"planned": self.planned, "done": self.done, "failed": len(self.failed)}
        return {
            "results": [outcome.to_json() for outcome in self.outcomes],
            "counts": {**counts, "not_started": left},
        }


def in_order(outcomes: Iterable[tuple[int, Outcome]], planned: int) -> Report:
    """The report of (number in the plan, outcome) pairs that came in any order."""
    return Report(tuple(outcome for _, outcome in sorted(outcomes, key=lambda p: p[0])), planned)
