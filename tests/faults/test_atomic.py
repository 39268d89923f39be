# SPDX-License-Identifier: Apache-2.0
"""A save that fails or dies at any call, at any time, leaves the old file or the new one, whole."""

import errno
import itertools
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from prodedit.core.problem import Problem
from prodedit.files.atomic import write_atomic
from prodedit.files.operating_system import OperatingSystem
from tests.faults.disturbed import ERRORS, Disturbed, dying, failing

pytestmark = pytest.mark.faults

OLD = bytes(range(256)) * 40
NEW = bytes(reversed(range(256))) * 8000  # 2 MB: several writes
SECONDS = float(os.environ.get("PRODEDIT_FAULT_SECONDS", "1"))
Save = Callable[[Path, bytes, OperatingSystem], None]


def save(path: Path, data: bytes, system: OperatingSystem) -> None:
    write_atomic(path, data, keep_previous=1, system=system)


def save_in_place(path: Path, data: bytes, system: OperatingSystem) -> None:
    """What programs do that lose files: the broken writer that these tests must catch."""
    descriptor = os.open(path, os.O_RDWR | os.O_TRUNC)
    rest = memoryview(data)
    while rest:
        rest = rest[system.write(descriptor, rest) :]
    system.fsync(descriptor)
    system.close(descriptor)


def calls_of(save_it: Save, folder: Path) -> int:
    """How many calls a save makes, so that each can be struck."""
    counted = Disturbed()
    path = folder / "counted"
    path.write_bytes(OLD)
    save_it(path, NEW, counted)
    return len(counted.calls)


def in_child(work: Callable[[], None]) -> int:
    """Exit status of a forked process that does `work`; negative for a signal."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def is_whole(path: Path) -> bool:
    return path.exists() and path.read_bytes() in (OLD, NEW)


def killed_at_every_call(save_it: Save, folder: Path) -> list[bool]:
    """Whether the file was whole after each of the deaths."""
    outcomes = []
    for at, after in itertools.product(range(calls_of(save_it, folder)), (False, True)):
        path = folder / f"{at}-{after}"
        path.write_bytes(OLD)
        system = Disturbed(at, dying, after=after)
        status = in_child(lambda path=path, system=system: save_it(path, NEW, system))
        assert status == -signal.SIGKILL
        outcomes.append(is_whole(path))
    return outcomes


def test_killed_at_every_call(tmp_path: Path) -> None:
    outcomes = killed_at_every_call(save, tmp_path)
    assert len(outcomes) >= 20
    assert all(outcomes)


def test_the_broken_writer_is_caught(tmp_path: Path) -> None:
    assert not all(killed_at_every_call(save_in_place, tmp_path))


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_an_error_at_every_call(tmp_path: Path, number: int) -> None:
    for at in range(calls_of(save, tmp_path)):
        folder = tmp_path / f"{at}"
        folder.mkdir()
        path = folder / "picture.png"
        path.write_bytes(OLD)
        system = Disturbed(at, failing(number))
        with pytest.raises(Problem, match=r"“picture\.png” was not saved") as caught:
            save(path, NEW, system)
        assert caught.value.details
        names = {entry.name for entry in folder.iterdir()}
        assert names <= {"picture.png", "picture.png.bak"}, system.calls[-1]
        last = system.calls[-1] == "fsync_folder"
        assert path.read_bytes() == (NEW if last else OLD), system.calls[-1]


def test_a_save_after_a_failed_one_leaves_no_third_file(tmp_path: Path) -> None:
    """After the failed one, the copy and the file are two names of the same bytes."""
    path = tmp_path / "a.ora"
    path.write_bytes(OLD)
    second = [n for n, call in enumerate(calls_in_order(tmp_path / "counted")) if call == "replace"]
    with pytest.raises(Problem):
        save(path, NEW, Disturbed(second[1], failing(errno.EIO)))
    save(path, NEW, OperatingSystem())
    assert sorted(entry.name for entry in tmp_path.glob("a.*")) == ["a.ora", "a.ora.bak"]
    assert not list(tmp_path.glob(".prodedit-*"))


def calls_in_order(path: Path) -> list[str]:
    counted = Disturbed()
    path.write_bytes(OLD)
    save(path, NEW, counted)
    return counted.calls


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "quota"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "not-allowed"),
        (errno.EIO, "disk-error"),
    ],
)
def test_each_error_has_its_sentence(tmp_path: Path, number: int, code: str) -> None:
    with pytest.raises(Problem) as caught:
        write_atomic(tmp_path / "a.png", NEW, system=Disturbed(0, failing(number)))
    assert caught.value.code == code


def test_an_error_leaves_no_new_file_either(tmp_path: Path) -> None:
    path = tmp_path / "new.png"
    for at in range(4):
        with pytest.raises(Problem):
            write_atomic(path, NEW, system=Disturbed(at, failing(errno.EIO)))
    assert not list(tmp_path.iterdir())


def test_killed_at_random_moments(tmp_path: Path) -> None:
    """As often as PRODEDIT_FAULT_SECONDS allows; moments over the whole span of a save."""
    path = tmp_path / "picture"
    path.write_bytes(OLD)
    started = time.perf_counter()
    save(path, NEW, OperatingSystem())
    span = time.perf_counter() - started
    chance = random.Random(7)
    deadline = time.monotonic() + SECONDS
    killed = 0
    while time.monotonic() < deadline or killed < 4:
        path.write_bytes(OLD)
        killed += kill_after(chance.uniform(0, 1.5 * span), path)
        assert is_whole(path)


def kill_after(seconds: float, path: Path) -> bool:
    """Whether the save was still under way."""
    child = os.fork()
    if child == 0:
        try:
            save(path, NEW, OperatingSystem())
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def save_with_a_small_limit(path: Path) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    try:
        save(path, NEW, OperatingSystem())
    except Problem as problem:
        os._exit(42 if problem.code == "disk-full" else 43)


def test_really_no_room(tmp_path: Path) -> None:
    path = tmp_path / "picture"
    path.write_bytes(OLD)
    assert in_child(lambda: save_with_a_small_limit(path)) == 42
    assert path.read_bytes() == OLD
    assert [entry.name for entry in tmp_path.iterdir()] == ["picture"]


MOUNT = "mkdir -p {0} && mount -t tmpfs -o size=1m tmpfs {0} && exec {1}"


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """A disk of one megabyte of our own, where the system lets us have one."""
    program = (
        "from pathlib import Path; from prodedit.files.atomic import write_atomic\n"
        "from prodedit.core.problem import Problem\n"
        "path = Path(__import__('sys').argv[1]) / 'a.png'; write_atomic(path, b'old')\n"
        "try: write_atomic(path, bytes(2_000_000))\n"
        "except Problem as p: print(p.code, path.read_bytes(), len(list(path.parent.iterdir())))\n"
    )
    script = tmp_path / "program.py"
    script.write_text(program)
    disk = tmp_path / "disk"
    command = MOUNT.format(disk, f"{sys.executable} {script} {disk}")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    result = subprocess.run(
        ["unshare", "-Urm", "sh", "-c", command],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
        env=environment,
    )
    if "unshare" in result.stderr or "mount" in result.stderr:
        pytest.skip("this system lends no disks")
    assert result.stdout.split() == ["disk-full", "b'old'", "1"], result.stderr
