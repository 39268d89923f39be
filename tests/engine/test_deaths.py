# SPDX-License-Identifier: Apache-2.0
"""What tells that it was for want of memory that a process died."""

from pathlib import Path

import pytest

from prodedit.engine.service.deaths import died_of_memory, kills, speaks_of_memory
from prodedit.engine.service.problems import no_start, unexpected

KILL, ABORT = -9, -6


@pytest.mark.parametrize(
    ("status", "words", "killed", "starved"),
    [
        (KILL, "", 1, True),
        (KILL, "", 0, False),  # by somebody
        (ABORT, "terminate called after throwing an instance of 'std::bad_alloc'", 0, True),
        (1, "libgomp: Thread creation failed: Resource temporarily unavailable", 0, True),
        (1, "OpenBLAS error: Memory allocation still failed after 10 retries", 0, True),
        (0xC0000017, "", 0, True),
        (ABORT, "double free or corruption", 1, False),  # what the system killed was another
        (0, "it was out of memory once, and went on", 0, False),
    ],
)
def test_how_a_process_ended_tells(status: int, words: str, killed: int, starved: bool) -> None:
    assert died_of_memory(status, words, killed) == starved


def test_the_system_counts_whom_it_kills(tmp_path: Path) -> None:
    counters = tmp_path / "vmstat"
    counters.write_text("pgfault 7\noom_kill 3\noom_kill_other 9\n")
    assert kills(counters) == 3
    for other in ("pgfault 7\n", "oom_kill many\n"):
        counters.write_text(other)
        assert kills(counters) == 0
    assert kills(tmp_path / "none") == 0


def test_errors_that_only_want_memory_are_no_riddle() -> None:
    torn = ImportError("libtorch_cpu.so: failed to map segment from shared object")
    assert speaks_of_memory(str(torn))
    for error in (torn, MemoryError(), OSError(12, "Cannot allocate memory")):
        assert unexpected(error).code == "no-memory"
    assert unexpected(ImportError("no module named x")).code == "engine-failed"
    assert "enough memory" in str(no_start(f"Traceback\n{torn!r}\n"))
    assert "Restart" in str(no_start("Traceback\nImportError: no module named x"))
