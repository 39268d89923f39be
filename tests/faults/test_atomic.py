# SPDX-License-Identifier: Apache-2.0
"""A save that fails or dies at any call, at any time, leaves the old file or the new one, whole."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from prodedit.core.problem import Problem
from prodedit.files.atomic import write_atomic
from prodedit.files.operating_system import OperatingSystem
from tests.faults.disturbed import ERRORS, Disturbed, failing
from tests.faults.forking import answer
from tests.faults.killed_saves import NEW, OLD, calls_of, save

pytestmark = pytest.mark.faults

SECONDS = float(os.environ.get("PRODEDIT_FAULT_SECONDS", "1"))


def killed(way: str, writer: str, folder: Path) -> list[bool]:
    """What tests/faults/killed_saves.py found."""
    found: list[bool] = answer("tests.faults.killed_saves", way, writer, folder, SECONDS)
    return found


def test_killed_at_every_call(tmp_path: Path) -> None:
    outcomes = killed("calls", "good", tmp_path)
    assert len(outcomes) >= 20
    assert all(outcomes)


def test_the_broken_writer_is_caught(tmp_path: Path) -> None:
    assert not all(killed("calls", "broken", tmp_path))


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_an_error_at_every_call(tmp_path: Path, number: int) -> None:
    for at in range(len(calls_of(save, tmp_path))):
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
    second = [n for n, call in enumerate(calls_of(save, tmp_path)) if call == "replace"]
    with pytest.raises(Problem):
        save(path, NEW, Disturbed(second[1], failing(errno.EIO)))
    save(path, NEW, OperatingSystem())
    assert sorted(entry.name for entry in tmp_path.glob("a.*")) == ["a.ora", "a.ora.bak"]
    assert not list(tmp_path.glob(".prodedit-*"))


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
    outcomes = killed("random", "good", tmp_path)
    assert len(outcomes) >= 4
    assert all(outcomes)


def test_really_no_room(tmp_path: Path) -> None:
    assert killed("limit", "good", tmp_path) == [True, True, True]


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
