# SPDX-License-Identifier: Apache-2.0
"""Batches on bad days: broken pictures, dying processes, disks that take no more."""

import contextlib
import errno
import os
import random
import shutil
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest
from PIL import Image

from prodedit import cli
from prodedit.cli import choices, cutout
from prodedit.files.operating_system import OperatingSystem
from tests import batches
from tests.fakes import is_gone, wait_until
from tests.ordinary_user import as_ordinary_user

pytestmark = pytest.mark.faults

BAD = {
    "trunc_half.jpg": "damaged",
    "trunc_header.jpg": "unreadable",
    "zero_byte.png": "empty-file",
    "zero_byte.jpg": "empty-file",
    "text_named.png": "not-a-picture",
    "html_named.jpg": "not-a-picture",
    "bomb_20000x20000_rgb.png": "too-many-pixels",
    "wide_100000x1.png": "side-too-long",
}


@pytest.fixture
def torture(shared_data: Path, tmp_path: Path) -> Path:
    with tarfile.open(shared_data / "torture.tar") as archive:
        members = [archive.getmember(f"torture/{name}") for name in BAD]
        archive.extractall(tmp_path, members, filter="data")
    return tmp_path / "torture"


def test_exactly_the_bad_ones_are_listed_and_all_others_done(torture: Path, tmp_path: Path) -> None:
    for number in range(32):
        kind = ("png", "jpg", "webp", "gif")[number % 4]
        batches.picture(tmp_path / "in" / f"{number % 3}" / f"{number}.{kind}")
    for number, name in enumerate(BAD):
        shutil.move(torture / name, tmp_path / "in" / f"{number % 3}" / name)
    ran = batches.run("cutout", tmp_path / "in", "-o", tmp_path / "out", "--json")
    assert ran.returncode == 1
    found = batches.report(ran.stdout)
    assert set(batches.failures(found)) == set(BAD)
    listed = [text for text in ran.stderr.splitlines() if text.startswith("failed: ")]
    assert sorted(Path(text.split(": ")[1]).name for text in listed) == sorted(BAD)
    assert found["counts"] == {"planned": 40, "done": 32, "failed": 8, "not_started": 0}
    assert len(whole(tmp_path / "out")) == 32


def test_a_dying_engine_costs_the_picture_that_kills_it(tmp_path: Path) -> None:
    for number in range(6):
        batches.picture(tmp_path / "in" / f"{number}.png")
    batches.picture(tmp_path / "in" / "3-deadly.png", batches.DEADLY)
    batches.picture(tmp_path / "in" / "4-once.png", batches.DEADLY_ONCE)
    batches.picture(tmp_path / "in" / "5-bug.png", batches.BUG)
    killed = {batches.KILLED: str(tmp_path / "killed")}
    ran = batches.run("cutout", tmp_path / "in", "-o", tmp_path / "out", "--json", **killed)
    assert ran.returncode == 1
    found = batches.report(ran.stdout)
    assert batches.failures(found) == {
        "3-deadly.png": "engine-stopped",
        "5-bug.png": "engine-failed",
    }
    assert (tmp_path / "killed").exists(), "the one that was redone did kill it first"
    assert len(whole(tmp_path / "out")) == 7


def test_killed_at_any_moment_leaves_only_whole_files(tmp_path: Path, fault_seconds: float) -> None:
    for number in range(30):
        batches.picture(tmp_path / "in" / f"{number}.png", size=300)
    end = time.monotonic() + fault_seconds
    rng = random.Random(5)
    kills = 0
    while kills < 2 or time.monotonic() < end:
        out = tmp_path / f"out{kills}"
        words = batches.words("cutout", tmp_path / "in", "-o", out)
        environment = {**os.environ, "PYTHONPATH": str(batches.ROOT), batches.PAUSE: "0.01"}
        program = subprocess.Popen(words, env=environment)
        try:
            wait_until(lambda out=out: list(out.glob("*.png")), 120)
            time.sleep(rng.uniform(0.0, 0.4))
        finally:
            program.kill()
            program.wait()
        kills += 1
        assert whole(out)
    again = batches.run("cutout", tmp_path / "in", "-o", out, "--json")
    assert again.returncode == 0
    assert len(whole(out)) == 30


def test_an_orphaned_engine_and_decoder_end_too(tmp_path: Path) -> None:
    for number in range(60):  # far from done when it is killed
        batches.picture(tmp_path / "in" / f"{number}.png")
    words = batches.words("cutout", tmp_path / "in", "-o", tmp_path / "out")
    environment = {**os.environ, "PYTHONPATH": str(batches.ROOT), batches.PAUSE: "0.3"}
    program = subprocess.Popen(words, env=environment)
    try:
        wait_until(lambda: list((tmp_path / "out").glob("*.png")), 120)
        born = born_by(program.pid)
        assert born
    finally:
        program.kill()
        program.wait()
    wait_until(lambda: all(is_gone(child) for child in born))


def born_by(pid: int) -> set[int]:
    """The processes that any thread of this one has started; threads may end meanwhile."""
    born: set[int] = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            born |= {int(child) for child in (task / "children").read_text().split()}
    return born


def test_a_place_that_takes_no_files_fails_every_picture_with_its_reason(tmp_path: Path) -> None:
    for number in range(3):
        batches.picture(tmp_path / "in" / f"{number}.png")
    (tmp_path / "file").touch()
    ran = batches.run("cutout", tmp_path / "in", "-o", tmp_path / "file" / "out", "--json")
    assert ran.returncode == 1
    assert set(batches.failures(batches.report(ran.stdout)).values()) == {"no-folder"}
    read_only = batches.run("cutout", tmp_path / "in", "-o", "/proc/out", "--json")
    assert read_only.returncode == 1
    assert set(batches.failures(batches.report(read_only.stdout)).values()) == {"no-folder"}


@as_ordinary_user
def test_a_read_only_folder_fails_every_picture_before_the_work(tmp_path: Path) -> None:
    batches.picture(tmp_path / "in" / "a.png")
    (tmp_path / "out").mkdir(mode=0o555)
    ran = batches.run("cutout", tmp_path / "in", "-o", tmp_path / "out", "--json")
    assert ran.returncode == 1
    assert batches.failures(batches.report(ran.stdout)) == {"a.png": "not-allowed"}


def test_a_disk_that_fills_up_keeps_what_was_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The disk takes the first picture and half of the second."""
    for number in range(4):
        batches.picture(tmp_path / "in" / f"{number}.png")
    left = 6000
    write = OperatingSystem.write

    def limited(self: OperatingSystem, descriptor: int, data: memoryview) -> int:
        nonlocal left
        if left <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        done = write(self, descriptor, data[:left])
        left -= done
        return done

    monkeypatch.setattr(OperatingSystem, "write", limited)
    monkeypatch.setattr(cutout, "new_engine", batches.engine)
    monkeypatch.setattr(choices, "check_model", lambda model, store: None)
    monkeypatch.setattr(cutout, "at_once", lambda: 1)
    assert cli.main(["cutout", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--json"]) == 1
    found = batches.report(capsys.readouterr().out)
    assert found["counts"]["done"] >= 1
    assert set(batches.failures(found).values()) == {"disk-full"}
    assert len(whole(tmp_path / "out")) == found["counts"]["done"]
    assert len(list((tmp_path / "out").iterdir())) == found["counts"]["done"], (
        "nothing half-written"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a disk of its own")
def test_a_real_full_disk(tmp_path: Path) -> None:
    for number in range(6):
        batches.picture(tmp_path / "in" / f"{number}.png", size=200)
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o size=80k none "$0" && exec "$@"']
    trial = subprocess.run([*mount, str(disk), "true"], capture_output=True, check=False)
    if trial.returncode:
        pytest.skip("no right to mount a small disk here")
    words = batches.words("cutout", tmp_path / "in", "-o", disk / "out", "--json")
    environment = {**os.environ, "PYTHONPATH": str(batches.ROOT)}
    ran = subprocess.run(
        [*mount, str(disk), *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 1
    found = batches.report(ran.stdout)
    assert found["counts"]["done"] >= 1
    assert set(batches.failures(found).values()) == {"disk-full"}


def whole(folder: Path) -> list[Path]:
    """The outputs below a folder, after every one was decoded to its last byte."""
    paths = [path for path in folder.rglob("*.png") if not path.name.startswith(".")]
    for path in paths:
        with Image.open(path) as image:
            image.load()
    return paths
