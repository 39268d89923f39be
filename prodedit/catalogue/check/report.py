# SPDX-License-Identifier: Apache-2.0
"""What was found of many pictures, as a file: CSV, JSON as the command line gives it, or HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from prodedit.catalogue.batch import reports
from prodedit.catalogue.batch.reports import Report, Words, check_suffix, json_bytes
from prodedit.catalogue.batch.states import Picture, Told, Written, sentence_of
from prodedit.catalogue.check.findings import Verdict
from prodedit.catalogue.check.run import Row
from prodedit.core.presets import Ask, Preset

Small = Callable[[int, str], Path]
"""(number of a picture, "photo" or a preset's id) -> where its small picture would be."""


def to_json(rows: Sequence[Row], planned: int) -> dict[str, Any]:
    """planned: so many rows there would be if each picture had had its turn."""
    failed = sum(row.outcome == "fails" for row in rows)
    asked = sum(row.outcome == "confirm" for row in rows)
    counts = {"planned": planned, "done": len(rows), "failed": failed, "confirm": asked}
    return {"command": "check", "results": [row.to_json() for row in rows], "counts": counts}


def report_bytes(
    rows: Sequence[Row],
    presets: Mapping[str, Preset],
    suffix: str,
    words: Words,
    small: Small,
    planned: int | None = None,
) -> bytes:
    """The whole file, by the ending of its name; rows of a picture are next to each other. Raises
    Problem where no report has that ending."""
    check_suffix(suffix)
    if suffix.lower() == ".json":
        return json_bytes(to_json(rows, len(rows) if planned is None else planned))
    by_source: dict[Path, list[Row]] = {}
    for row in rows:
        by_source.setdefault(row.source, []).append(row)
    pictures = tuple(_picture(number, each) for number, each in enumerate(by_source.values()))
    return reports.report_bytes(Report(pictures, presets, small, "checked"), suffix, words)


def _picture(number: int, rows: Sequence[Row]) -> Picture:
    """As a batch would have it whose files are what was judged."""
    source = rows[0].source
    problem = next((row.problem for row in rows if row.problem is not None), None)
    return Picture(
        number,
        str(source),
        source.name,
        {row.preset: str(_judged(row)) for row in rows},
        "done" if problem is None else "failed",
        "" if problem is None else problem.code,
        None if problem is None else sentence_of(problem),
        written={row.preset: _written(row, row.final) for row in rows if row.final is not None},
    )


def _written(row: Row, verdict: Verdict) -> Written:
    path = _judged(row)
    try:
        nbytes = path.stat().st_size
    except OSError:
        nbytes = 0
    told = tuple(
        Told(each.rule.rule, each.rule.weight, each.outcome, each.measured)
        for each in verdict.findings
        if each.outcome != "passes" and not isinstance(each.rule, Ask)
    )
    return Written(str(path), "", nbytes, verdict.outcome, told)


def _judged(row: Row) -> Path:
    """The file that the last verdict is about."""
    return row.source if row.output is None else row.output
