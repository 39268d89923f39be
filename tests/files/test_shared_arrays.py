# SPDX-License-Identifier: Apache-2.0
import errno
import gc
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from prodedit.core.problem import Problem
from prodedit.files import shared_arrays
from prodedit.files.shared_arrays import SharedArray

GUEST = """
import json, sys
from prodedit.files.shared_arrays import SharedArray
with SharedArray.attach_described(json.loads(sys.argv[1])) as shared:
    print(int(shared.array.sum()))
    shared.array[...] += 1
"""


def run_guest(description: dict[str, object]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", GUEST, json.dumps(description)]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)


def test_guests_write_what_the_owner_reads_and_leave_it_in_place() -> None:
    with SharedArray.create((3, 5), np.uint16) as shared:
        shared.array[...] = 7
        for expected in (7 * 15, 8 * 15):
            guest = run_guest(shared.describe())
            assert (guest.stdout.strip(), guest.stderr) == (str(expected), "")
        assert (shared.array == 9).all()


def test_new_array_is_zero_and_described_in_json() -> None:
    with SharedArray.create((2, 3, 4)) as shared:
        assert not shared.array.any()
        described = json.loads(json.dumps(shared.describe()))
        assert (described["shape"], described["dtype"]) == ([2, 3, 4], "|u1")


def test_arrays_outlive_close_and_unlink() -> None:
    shared = SharedArray.create((4, 4))
    array = shared.array
    array[...] = 5
    shared.close()
    shared.unlink()
    assert int(array.sum()) == 80
    with pytest.raises(ValueError, match="closed"):
        _ = shared.array


def test_nobody_attaches_after_unlink() -> None:
    shared = SharedArray.create((4,))
    shared.unlink()
    shared.unlink()
    with pytest.raises(FileNotFoundError):
        SharedArray.attach(shared.name, (4,))


@pytest.mark.skipif(sys.platform != "linux", reason="descriptor numbers name the memory on Linux")
def test_a_file_that_got_the_number_of_a_removed_array_is_left_alone(tmp_path: object) -> None:
    shared = SharedArray.create((4,))
    number = int(shared.name.split("/")[1])
    shared.unlink()
    other = os.open(f"{tmp_path}/other", os.O_RDWR | os.O_CREAT)
    os.dup2(other, number)
    try:
        with pytest.raises(FileNotFoundError):
            SharedArray.attach(shared.name, (4,))
    finally:
        for descriptor in {other, number}:
            os.close(descriptor)


def test_empty_array() -> None:
    with SharedArray.create((0, 4)) as shared:
        assert shared.array.shape == (0, 4)


def test_no_memory_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(size: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shared_arrays, "_SEGMENTS", full)
    with pytest.raises(Problem) as caught:
        SharedArray.create((4,))
    assert caught.value.code == "no-memory"


@pytest.mark.skipif(sys.platform != "linux", reason="counts descriptors in /proc")
@pytest.mark.parametrize("call", ["os.memfd_create", "os.ftruncate", "mmap.mmap"])
def test_no_memory_at_any_call_leaves_nothing_open(
    monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def refuse(*arguments: object) -> int:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    gc.collect()  # what earlier tests left to it
    before = len(list(Path("/proc/self/fd").iterdir()))
    monkeypatch.setattr(call, refuse)
    with pytest.raises(Problem) as caught:
        SharedArray.create((1000,))
    assert caught.value.code == "no-memory"
    gc.collect()  # where an unfinished object's own tidying up would fail
    assert len(list(Path("/proc/self/fd").iterdir())) <= before


@pytest.mark.skipif(sys.platform != "linux", reason="counts descriptors in /proc")
def test_nothing_is_left_open() -> None:
    gc.collect()  # what earlier tests left to it
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(50):
        SharedArray.create((1000,)).close()
        with SharedArray.create((1000,)):
            pass
    gc.collect()
    assert len(list(Path("/proc/self/fd").iterdir())) <= before


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX segments")
def test_posix_segments_as_on_macos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_arrays, "_SEGMENTS", shared_arrays._PosixSegment)
    monkeypatch.setattr(shared_arrays, "_OPEN", shared_arrays._open_posix_segment)
    with SharedArray.create((4, 4)) as owner:
        with SharedArray.attach_described(owner.describe()) as guest:
            guest.array[...] = 3
        assert (owner.array == 3).all()
    with pytest.raises(FileNotFoundError):
        SharedArray.attach(owner.name, (4, 4))
