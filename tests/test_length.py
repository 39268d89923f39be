# SPDX-License-Identifier: Apache-2.0
"""No file is so long that nobody reads it, unless it says why."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MOST = 400
REASON = f"Over {MOST} lines: "


def test_long_files_say_why() -> None:
    files = [
        path for room in ("prodedit", "tests", "packaging") for path in (ROOT / room).rglob("*.py")
    ]
    assert len(files) > 100
    silent = [str(path.relative_to(ROOT)) for path in files if not is_short(path)]
    assert silent == [], f"more than {MOST} lines, and no line “{REASON}...” at the top"


def is_short(path: Path) -> bool:
    lines = path.read_text("utf-8").splitlines()
    return len(lines) <= MOST or any(line.startswith(REASON) for line in lines[:20])
