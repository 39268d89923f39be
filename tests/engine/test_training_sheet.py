# SPDX-License-Identifier: Apache-2.0
"""What people see of a training, and how its process is begun."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from prodedit.engine.training.client import TrainingProcess
from prodedit.engine.training.sheet import sheet


@pytest.mark.parametrize(
    ("count", "rows", "columns"),
    [(60, 6, 10), (30, 5, 6), (48, 6, 8), (16, 4, 4), (7, 3, 3), (1, 1, 1), (2, 1, 2)],
)
def test_a_sheet_is_nearly_square_and_rather_full(count: int, rows: int, columns: int) -> None:
    pictures = np.full((count, 3, 8, 8), -1.0, np.float32)
    made = sheet(pictures)
    assert made.shape == (rows * 8, columns * 8, 3)
    assert (made == 0).all(axis=2).sum() == count * 64, "the rest is white"


def test_pictures_and_what_is_left_of_them_both_begin_a_row() -> None:
    """30 of each, as a training shows them."""
    pictures = np.concatenate((np.full((30, 3, 4, 4), -1.0), np.full((30, 3, 4, 4), 1.0)))
    made = sheet(pictures.astype(np.float32))
    assert (made[:12] == 0).all()
    assert (made[12:] == 255).all()


@pytest.mark.parametrize(("chosen", "found"), [(None, "PASSIVE"), ("ACTIVE", "ACTIVE")])
def test_threads_of_a_training_sleep_beside_others_unless_a_person_says_otherwise(
    chosen: str | None, found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    if chosen is not None:
        monkeypatch.setenv("OMP_WAIT_POLICY", chosen)
    tell = "import json, os; print(json.dumps({'said': os.environ['OMP_WAIT_POLICY']}))"
    with TrainingProcess(tmp_path, (sys.executable, "-c", tell)) as process:
        events = [event for event in process.events() if event is not None]
    assert events == [{"said": found}]
