# SPDX-License-Identifier: Apache-2.0
"""`prodedit batch` on bad days: hundreds of pictures, kills, full disks, folders that go.

Over 400 lines: one command line, in all that can happen to its batch.
"""

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from prodedit import cli
from prodedit.catalogue.batch import manifest
from prodedit.catalogue.batch.ledger import FOLDER, MANIFEST
from prodedit.cli import batch, batch_doing
from prodedit.core import edits
from prodedit.core.export_setting import ExportSetting
from prodedit.core.layer import Colour, SolidFill
from prodedit.engine.recipe import Recipe, to_bytes
from prodedit.engine.tasks import RemoveBackground
from prodedit.files.decoder import Decoder
from prodedit.files.operating_system import OperatingSystem
from tests import batches
from tests.fakes import wait_until

pytestmark = pytest.mark.faults

TORTURED = {
    "trunc_half.jpg": "damaged",
    "trunc_header.jpg": "unreadable",
    "zero_byte.png": "empty-file",
    "text_named.png": "not-a-picture",
    "html_named.jpg": "not-a-picture",
    "bomb_20000x20000_rgb.png": "too-many-pixels",
    "wide_100000x1.png": "side-too-long",
    "svg_xxe.svg": "drawing",
}
SPOILT = {
    "deadly.png": (batches.DEADLY, "engine-stopped"),
    "empty.png": (batches.EMPTY, "nothing-found"),
    "bug.png": (batches.BUG, "unexpected"),
}
WHITE = edits.SetBackground(SolidFill(Colour(255, 255, 255)))
Heard = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def decoder() -> Iterator[batches.LentDecoder]:
    with Decoder(2) as made:
        yield batches.LentDecoder(made)


@pytest.fixture
def here(
    decoder: batches.LentDecoder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> pytest.MonkeyPatch:
    """The command line of this process has a quick engine, and no models."""
    monkeypatch.setenv("PRODEDIT_DATA", str(tmp_path / "own"))
    monkeypatch.setattr(batch, "new_engine", batches.QuickEngine)
    monkeypatch.setattr(batch, "check_models", lambda doing, store: None)
    monkeypatch.setattr(batch_doing, "Decoder", lambda processes: decoder)
    return monkeypatch


def words(tmp_path: Path, *more: str) -> list[str]:
    recipe = tmp_path / "white.json"
    steps = (RemoveBackground(), WHITE)
    recipe.write_bytes(to_bytes(Recipe("White", steps, ExportSetting("png"))))
    folders = [str(tmp_path / "in"), "-o", str(tmp_path / "out")]
    return ["batch", *folders, "--recipe", str(recipe), "--json", *more]


def told(heard: Heard) -> dict[str, Any]:
    return batches.report(heard.readouterr().out)


def made(folder: Path) -> dict[str, bytes]:
    """What a person sees there, after every picture was decoded to its last byte. (What a killed
    write has left is hidden, and goes when it is old.)"""
    found: dict[str, bytes] = {}
    for path in folder.rglob("*"):
        if path.is_file() and FOLDER not in path.parts and path.suffix != ".part":
            with Image.open(path) as image:
                image.load()
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def photos(folder: Path, count: int) -> None:
    """Of a dozen kinds; a hard link costs less than a picture."""
    for number in range(count):
        path = folder / f"{number % 7}" / f"{number:03}.png"
        if number < 12:
            batches.picture(path, size=24)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.hardlink_to(folder / f"{number % 12 % 7}" / f"{number % 12:03}.png")


def stand(folder: Path) -> dict[str, tuple[int, int]]:
    every = (path for path in folder.rglob("*") if not path.is_symlink() and path.is_file())
    return {str(p): (p.stat().st_size, p.stat().st_mtime_ns) for p in every}


def test_of_600_exactly_the_24_bad_ones_fail(
    here: pytest.MonkeyPatch, shared_data: Path, tmp_path: Path, capsys: Heard
) -> None:
    """Of twelve kinds; each is told with its reason, and no input is touched."""
    photos(tmp_path / "in", 600)
    bad: dict[str, str] = {}
    with tarfile.open(shared_data / "torture.tar") as archive:
        for name, code in TORTURED.items():
            data = archive.extractfile(f"torture/{name}")
            assert data is not None
            content = data.read()
            for copy in "xy":
                file = f"{copy}-{name.replace('.svg', '.png')}"
                (tmp_path / "in" / "3" / file).write_bytes(content)
                bad[file] = code
    for name, (corner, code) in SPOILT.items():
        for copy in "xy":
            batches.picture(tmp_path / "in" / copy / f"{copy}-{name}", corner, 24)
            bad[f"{copy}-{name}"] = code
    for copy in "xy":
        (tmp_path / "in" / f"{copy}-gone.jpg").symlink_to(tmp_path / "nowhere")
        bad[f"{copy}-gone.jpg"] = "not-found"
    assert len(bad) == 24
    before = stand(tmp_path / "in")
    assert cli.main(words(tmp_path)) == 1
    found = told(capsys)
    assert batches.failures(found) == bad
    assert found["counts"]["done"] == 600
    assert found["counts"]["not_started"] == 0
    assert len(made(tmp_path / "out")) == 600
    assert stand(tmp_path / "in") == before


def test_killed_at_any_moment_it_goes_on_with_nothing_missing_or_doubled(
    tmp_path: Path, fault_seconds: float
) -> None:
    photos(tmp_path / "in", 40)
    command = words(tmp_path, "--existing", "number")
    program = [*batches.words("quick"), *command]
    environment = {**os.environ, "PYTHONPATH": str(batches.ROOT), "PRODEDIT_DATA": str(tmp_path)}
    rng = random.Random(5)
    out, kills, end = tmp_path / "out", 0, time.monotonic() + fault_seconds
    while kills < 2 or (time.monotonic() < end and len(made_names(out)) < 40):
        killed_soon([*program, *(["--resume"] if kills else [])], environment, out, rng)
        kills += 1
    made(out)
    last = subprocess.run([*program, "--resume"], env=environment, check=False, capture_output=True)
    assert last.returncode == 0, last.stderr.decode()
    assert batches.report(last.stdout.decode())["counts"]["done"] == 40
    killed = made(out)
    at_once = subprocess.run(
        [arg.replace(str(out), str(tmp_path / "at-once")) for arg in program],
        env=environment,
        check=False,
        capture_output=True,
    )
    assert at_once.returncode == 0, at_once.stderr.decode()
    assert killed == made(tmp_path / "at-once")


def killed_soon(
    program: list[str], environment: dict[str, str], out: Path, rng: random.Random
) -> None:
    """After it has made at least one more file, if there is one to be made."""
    count = len(made_names(out))
    running = subprocess.Popen(program, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: len(made_names(out)) > count or running.poll() is not None, 300)
        time.sleep(rng.uniform(0.0, 0.15))
    finally:
        running.kill()
        running.wait()


def made_names(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*.png")]


def test_a_full_disk_halts_and_what_was_done_stays(
    here: pytest.MonkeyPatch, tmp_path: Path, capsys: Heard
) -> None:
    photos(tmp_path / "in", 12)
    left = 16_000
    write = OperatingSystem.write

    def limited(self: OperatingSystem, descriptor: int, data: memoryview) -> int:
        nonlocal left
        if left <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        done = write(self, descriptor, data[:left])
        left -= done
        return done

    with here.context() as full:
        full.setattr(OperatingSystem, "write", limited)
        assert cli.main(words(tmp_path)) == 1
    first = capsys.readouterr()
    counts = batches.report(first.out)["counts"]
    assert counts["failed"] == 0
    assert 1 <= counts["done"] < 12
    assert counts["done"] + counts["not_started"] == 12
    assert "the disk is full" in first.err
    assert "--resume goes on" in first.err
    assert not list((tmp_path / "out").rglob("*.part"))
    before = made(tmp_path / "out")
    with here.context() as full:
        full.setattr(OperatingSystem, "write", limited)
        assert cli.main(words(tmp_path)) == 2, "not even the manifest can be written"
    assert "An earlier batch in this folder was not finished" in capsys.readouterr().err
    assert cli.main(words(tmp_path, "--resume")) == 0
    assert told(capsys)["counts"]["done"] == 12
    after = made(tmp_path / "out")
    assert len(after) == 12
    assert {name: after[name] for name in before} == before


def test_a_group_whose_disk_fills_up_is_made_as_if_nothing_had_been(
    here: pytest.MonkeyPatch, tmp_path: Path, capsys: Heard
) -> None:
    """All of it is measured before a file is made, and cut-outs wait on the disk meanwhile."""
    photos(tmp_path / "in", 6)
    group = ("--group", "all", "--group-scale", "real")
    assert cli.main(words(tmp_path, *group)) == 0
    wanted = made(tmp_path / "out")
    shutil.rmtree(tmp_path / "out")
    write = OperatingSystem.write
    ends: set[int] = set()
    for most in (4_000, 12_000, 40_000):
        left = most

        def limited(self: OperatingSystem, descriptor: int, data: memoryview) -> int:
            nonlocal left
            if left <= 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            done = write(self, descriptor, data[:left])
            left -= done
            return done

        with here.context() as full:
            full.setattr(OperatingSystem, "write", limited)
            ends.add(cli.main(words(tmp_path, *group, "--resume")))
    assert 1 in ends, "it was stopped half way at least once"
    assert cli.main(words(tmp_path, *group, "--resume")) == 0
    capsys.readouterr()
    assert made(tmp_path / "out") == wanted
    assert not list((tmp_path / "out").rglob("*.part"))
    assert not list((tmp_path / "out" / FOLDER / "masks").iterdir())


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--preset", "nowhere"), "unknown-preset"),
        (("--recipe", "step.json"), "unknown-step"),
        (("--recipe", "newer.json"), "newer-recipe"),
        (("--csv", "other.csv", "--name", "{sku}"), "table-matches-nothing"),
        (("--csv", "some.csv", "--name", "{sku}"), "table-incomplete"),
        (("--csv", "some.csv", "--group", "line"), "no-column"),
        (("--csv", "picture.csv", "--name", "{sku}"), "no-table"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[1],
)
def test_what_does_not_fit_is_said_before_anything_runs(
    more: tuple[str, ...], code: str, tmp_path: Path, capsys: Heard, here: pytest.MonkeyPatch
) -> None:
    photos(tmp_path / "in", 2)
    newer = to_bytes(Recipe("New", ())).replace(b'"schema": 1', b'"schema": 9')
    (tmp_path / "newer.json").write_bytes(newer)
    step = b'{"type": "Recipe", "name": "x", "steps": [{"type": "Explode"}]}'
    (tmp_path / "step.json").write_bytes(step)
    first = min(path.name for path in (tmp_path / "in").rglob("*.png"))
    (tmp_path / "other.csv").write_text("file,sku\nnothing.png,1\n")
    (tmp_path / "some.csv").write_text(f"file,sku\n{first},1\n")
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    here.chdir(tmp_path)
    assert cli.main(words(tmp_path, *more)) == 2
    assert batches.report(capsys.readouterr().out)["error"]["code"] == code
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("more", [(), ("--group", "all")], ids=["each by itself", "a group"])
def test_an_output_folder_that_vanishes_halts(
    more: tuple[str, ...], here: pytest.MonkeyPatch, tmp_path: Path, capsys: Heard
) -> None:
    """It is not made anew: it may have been a disk that was pulled."""
    photos(tmp_path / "in", 12)
    run, asked = batches.QuickEngine.run, 0

    def pulled(self: batches.QuickEngine, *arguments: Any, **named: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked == 6:
            (tmp_path / "out").rename(tmp_path / "pulled")
        return run(self, *arguments, **named)

    here.setattr(batches.QuickEngine, "run", pulled)
    here.setattr(batch_doing, "at_once", lambda: 1)
    assert cli.main(words(tmp_path, *more)) == 1
    said = capsys.readouterr()
    assert batches.report(said.out)["counts"]["failed"] == 0
    assert not (tmp_path / "out").exists()
    (tmp_path / "pulled").rename(tmp_path / "out")
    assert cli.main(words(tmp_path, *more, "--resume")) == 0
    assert len(made(tmp_path / "out")) == 12


def test_names_that_meet_that_are_long_that_are_chinese_and_a_loop(
    here: pytest.MonkeyPatch, tmp_path: Path, capsys: Heard
) -> None:
    names = (
        *(
            "a.png",
            "a.jpg",
            "A.bmp",
            "a-jpg.png",
            "red/a.png",
            "Red/a.jpg",
            "con.png",
            "x.png/y.png",
        ),
        *("商品/杯子 (1).png", "🙂.png", "é.png", "e\u0301.jpg", "name with 'quotes' & $.png"),
        *(f"{'n' * 200}.png", f"{'n' * 200}.jpg", f"{'长' * 80}.png"),
    )
    for name in names:
        batches.picture(tmp_path / "in" / name, size=16)
    (tmp_path / "in" / "red" / "loop").symlink_to(tmp_path / "in")
    for more in ([], ["--name", "{stem}-{stem}-{n}"]):
        assert cli.main(words(tmp_path, *more)) == 0
        found = told(capsys)
        assert found["counts"]["done"] == len(names)
        outputs = [result["output"] for result in found["results"]]
        assert len({output.casefold() for output in outputs}) == len(names)
        assert all(Path(output).is_file() for output in outputs)


def test_a_watched_folder_until_somebody_ends_it(tmp_path: Path) -> None:
    """A file is done when it is written whole and has its line in the table; Ctrl+C ends it
    cleanly, and later it goes on."""
    table = tmp_path / "goods.csv"
    table.write_text("file,sku\n0.png,A0\n")
    batches.picture(tmp_path / "in" / "0.png", size=24)
    os.utime(tmp_path / "in" / "0.png", (1, 1))
    named = ("--csv", str(table), "--name", "{sku}")
    program = [*batches.words("quick"), *words(tmp_path, "--watch", "--resume", *named)]
    environment = {**os.environ, "PYTHONPATH": str(batches.ROOT), "PRODEDIT_DATA": str(tmp_path)}
    out = tmp_path / "out"
    late = batches.picture(tmp_path / "late.png", size=24).read_bytes()
    for number in (1, 2):
        running = subprocess.Popen(program, env=environment, stdout=subprocess.PIPE)
        try:
            until_done(out, f"{number - 1}.png", running)
            path = tmp_path / "in" / f"{number}.png"
            path.write_bytes(late[:50])
            path.write_bytes(late)
            with table.open("a") as file:
                file.write(f"{number}.png,A{number}\n")
            until_done(out, f"{number}.png", running)
            running.send_signal(signal.SIGINT)
            said, _ = running.communicate(timeout=300)
        finally:
            running.kill()
            running.wait()
        assert running.returncode == 0
        assert json.loads(said)["counts"]["done"] == number + 1
    assert {path.stem for path in out.glob("*.png")} == {"A0", "A1", "A2"}


def test_a_watched_folder_whose_pictures_are_made_alike(tmp_path: Path) -> None:
    """No file before the group has been still for a while; what comes later changes none."""
    old = [batches.picture(tmp_path / "in" / f"{number}.png", size=24) for number in (0, 1)]
    for path in old:
        os.utime(path, (1, 1))
    more = ("--watch", "--group", "folder", "--group-scale", "real", "--group-wait", "1")
    program = [*batches.words("quick"), *words(tmp_path, *more)]
    environment = {**os.environ, "PYTHONPATH": str(batches.ROOT), "PRODEDIT_DATA": str(tmp_path)}
    out = tmp_path / "out"
    running = subprocess.Popen(program, env=environment, stdout=subprocess.PIPE)
    try:
        until_done(out, "0.png", running)
        until_done(out, "1.png", running)
        made = {path: path.stat().st_mtime_ns for path in out.glob("*.png")}
        batches.picture(tmp_path / "in" / "2.png", size=24)
        until_done(out, "2.png", running)
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=300)
    finally:
        running.kill()
        running.wait()
    assert running.returncode == 0
    assert len(made) == 2
    assert {path: path.stat().st_mtime_ns for path in made} == made
    records = manifest.read(out / FOLDER / MANIFEST)
    (common,) = (n for n, each in enumerate(records) if each["kind"] == "common")
    done = [n for n, each in enumerate(records) if each.get("picture", {}).get("state") == "done"]
    assert common < min(done)
    assert len(done) == 3


def until_done(out: Path, name: str, running: subprocess.Popen[bytes]) -> None:
    wait_until(lambda: state_of(out, name) == "done" or running.poll() is not None, 300)
    assert running.poll() is None


def state_of(out: Path, name: str) -> str:
    """As the manifest has it."""
    records = manifest.read(out / FOLDER / MANIFEST)
    pictures = [each["picture"] for each in records if each["kind"] == "picture"]
    return next((p["state"] for p in reversed(pictures) if p["place"] == name), "")
