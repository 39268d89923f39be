# SPDX-License-Identifier: Apache-2.0
"""All benchmarks, each in a process of its own: `make bench`, or `make bench ARGS="files batch"`.

Writes RESULTS.md, for people, and results.json beside it. Rows of benchmarks that did not run
this time stay as they were.
"""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
RESULTS, DATA = FOLDER / "RESULTS.md", FOLDER / "results.json"
MISSED = FOLDER / "MISSED.md"
"""Written by people: why targets are missed, and what was tried."""
HEAD = """# How fast, against whom

Written by `make bench`. Ours and the peer are timed in turn, in one run, and must give the same
pixels; times are medians in milliseconds, *ratio* is the median of the pairs' ratios (above 1 ours
is faster, unless the row says otherwise). The figures belong to the machine and the load they were
measured on.
"""
Measured = dict[str, Any]


def names() -> list[str]:
    """The benchmarks that have `rows()`, without their "bench_"."""
    files = sorted(FOLDER.glob("bench_*.py"))
    return [f.stem.removeprefix("bench_") for f in files if "\ndef rows(" in f.read_text("utf-8")]


def measured(name: str) -> Measured | None:
    """Run one benchmark; None, with its words on stderr, where it failed."""
    code = (
        f"import json; from tests.benchmarks import bench_{name} as b, timing as t;"
        "print('\\n' + json.dumps({'machine': t.machine(), 'rows': b.rows()}))"
    )
    # Without a screen, unless one is asked for: the pixels are the same, and nothing flickers.
    environment = {"QT_QPA_PLATFORM": "offscreen"} | os.environ
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        check=False,
    )
    if ran.returncode:
        print(f"{name} failed with {ran.returncode}", file=sys.stderr)
        return None
    found: Measured = json.loads(ran.stdout.splitlines()[-1])
    return found | {"date": datetime.datetime.now(datetime.UTC).date().isoformat()}


def page(results: Mapping[str, Measured]) -> str:
    """RESULTS.md."""
    parts = [HEAD]
    for name, result in sorted(results.items()):
        machine = result["machine"]
        where = f"{result['date']}, {machine['cpu']}, {machine['system']}, {machine['python']}"
        lines = [f"## {name}", "", where, "", *_table(result["rows"])]
        parts.append("\n".join(lines) + "\n")
    return "\n".join([*parts, MISSED.read_text("utf-8")])


def _table(rows: Sequence[Measured]) -> list[str]:
    if not rows:
        return ["Not measured: the peer or the weights were not there."]
    lines = ["| what | peer | ours | peer | ratio | target | |", "|---|---|--:|--:|--:|--:|---|"]
    return lines + [_line(row) for row in rows]


def _line(row: Measured) -> str:
    numbers = (_number(row.get(key)) for key in ("ours_ms", "peer_ms", "ratio", "target"))
    verdict = {True: "reached", False: "missed"}.get(row.get("reached"), "")  # type: ignore[arg-type]
    said = "; ".join(part for part in (verdict, str(row.get("note", ""))) if part)
    return f"| {row['name']} | {row['peer']} | {' | '.join(numbers)} | {said} |"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}" if abs(value) < 100 else f"{value:.0f}"


def main(wanted: Sequence[str]) -> int:
    """Run the benchmarks of these names, or all; 1 where one failed."""
    unknown = set(wanted) - set(names())
    if unknown:
        print(f"There is no {', '.join(sorted(unknown))}; {', '.join(names())}", file=sys.stderr)
        return 2
    results = json.loads(DATA.read_text("utf-8")) if DATA.exists() else {}
    failed = False
    for name in wanted or names():
        print(f"{name} ...", flush=True)
        result = measured(name)
        failed = failed or result is None
        if result is not None:
            results[name] = result
            DATA.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", "utf-8")
            RESULTS.write_text(page(results), "utf-8")
            print("\n".join(_table(result["rows"])), flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
