# SPDX-License-Identifier: Apache-2.0
"""`prodedit cutout` as a person or a program calls it; the network is not the point here."""

import io
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from prodedit import __version__, cli
from prodedit.cli import choices, cutout
from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.export_setting import ExportSetting
from prodedit.core.layer import Colour, SolidFill
from prodedit.core.problem import Problem
from prodedit.editing.session import EditSession
from prodedit.editing.worker import Worker
from prodedit.engine.tasks import RemoveBackground
from prodedit.files.decoder import Decoder
from prodedit.files.pictures import open_picture
from prodedit.render.export import export_picture
from tests import batches
from tests.fakes import wait_until


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line of this process, with an engine that has no networks."""
    monkeypatch.setattr(cutout, "new_engine", batches.engine)
    monkeypatch.setattr(choices, "check_model", lambda model, store: None)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return batches.picture(tmp_path / "photo.png")


def opened(path: Path) -> Image.Image:
    return Image.open(io.BytesIO(path.read_bytes()))


# One picture -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize(
    ("name", "words", "kind", "mode"),
    [
        ("a.png", [], "PNG", "RGBA"),
        ("a.webp", [], "WEBP", "RGBA"),
        ("a.avif", [], "AVIF", "RGBA"),
        ("a.tiff", [], "TIFF", "RGBA"),
        ("a.jpg", [], "JPEG", "RGB"),
        ("a.JPEG", ["--quality", "60"], "JPEG", "RGB"),
        ("a.png", ["--background", "#FF8000"], "PNG", "RGB"),
        ("a.png", ["--mask"], "PNG", "L"),
    ],
)
def test_one_picture_to_one_file(
    name: str, words: list[str], kind: str, mode: str, photo: Path, tmp_path: Path
) -> None:
    out = tmp_path / "new" / name
    before = photo.read_bytes()
    assert cli.main(["cutout", str(photo), "-o", str(out), *words]) == 0
    assert (opened(out).format, opened(out).mode) == (kind, mode)
    assert photo.read_bytes() == before


@pytest.mark.usefixtures("line")
def test_jpeg_is_white_unless_told_otherwise(photo: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.jpg"
    assert cli.main(["cutout", str(photo), "-o", str(out)]) == 0
    assert opened(out).getpixel((2, 2)) == (255, 255, 255)
    assert cli.main(["cutout", str(photo), "-o", str(out), "--background", "#0000ff"]) == 0
    assert opened(out).getpixel((2, 2))[2] > 250  # type: ignore[index]


@pytest.mark.usefixtures("line")
def test_a_picture_as_background_covers_the_canvas(photo: Path, tmp_path: Path) -> None:
    ground = tmp_path / "ground.png"
    Image.new("RGB", (20, 10), (0, 128, 0)).save(ground)
    out = tmp_path / "a.png"
    assert cli.main(["cutout", str(photo), "-o", str(out), "--background", str(ground)]) == 0
    pixels = np.asarray(opened(out))
    assert pixels.shape == (64, 64, 3)
    assert (pixels[:10] == (0, 128, 0)).all()
    assert (pixels[20:40, 20:40] == np.asarray(opened(photo))[20:40, 20:40]).all()


@pytest.mark.usefixtures("line")
def test_the_mask_is_the_products_alpha(photo: Path, tmp_path: Path) -> None:
    assert cli.main(["cutout", str(photo), "-o", str(tmp_path / "m.png"), "--mask"]) == 0
    assert cli.main(["cutout", str(photo), "-o", str(tmp_path / "a.png")]) == 0
    mask = np.asarray(opened(tmp_path / "m.png"))
    assert (mask == np.asarray(opened(tmp_path / "a.png"))[..., 3]).all()
    assert set(np.unique(mask)) == {0, 127, 255}


# The same bytes as the window --------------------------------------------------------------------


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Worker]:
    worker = Worker(batches.engine)
    yield worker
    worker.close()


def windows_document(photo: Path, worker: Worker, background: SolidFill | None) -> Document:
    """What a person has after opening, Remove background, and a click on a colour."""
    with Decoder() as decoder:
        session = EditSession(open_picture(photo, decoder).document, photo.name, worker)
    problems: list[Problem] = []
    session.failed.connect(problems.append)
    worker.job_moved.connect(session.job_moved)
    session.submit(RemoveBackground())
    # The first job waits for the engine to start, which takes long where much else runs.
    wait_until(lambda: QApplication.processEvents() or not session.pending, seconds=240)
    assert problems == []
    if background is not None:
        assert session.apply(edits.SetBackground(background))
    worker.job_moved.disconnect(session.job_moved)
    assert session.document.layers[-1].mask is not None
    return session.document


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize(
    ("colour", "name"),
    [
        (None, "a.png"), ("#FFFFFF", "a.jpg"), ("#336699", "a.webp"), (None, "a.avif"),
        ("#FFFFFF", "a.tif"), ("#336699", "a.psd"),
        *(
            pytest.param(colour, f"a.{kind}", marks=pytest.mark.long)
            for colour, kinds in (
                (None, "jpg webp tif psd"), ("#FFFFFF", "png webp avif psd"),
                ("#336699", "png jpg avif tif"),
            )
            for kind in kinds.split()
        ),
    ],
)  # fmt: skip
def test_window_and_command_line_give_the_same_bytes(
    name: str, colour: str | None, photo: Path, tmp_path: Path, worker: Worker
) -> None:
    fill = None if colour is None else SolidFill(Colour.from_hex(colour))
    kind = choices.target(name, None, one=True).format
    by_window, by_line = tmp_path / "window" / name, tmp_path / "line" / name
    by_window.parent.mkdir()
    export_picture(windows_document(photo, worker, fill), by_window, ExportSetting(kind))
    words = [] if colour is None else ["--background", colour]
    assert cli.main(["cutout", str(photo), "-o", str(by_line), *words]) == 0
    assert by_line.read_bytes() == by_window.read_bytes()


# Folders -----------------------------------------------------------------------------------------


def test_a_tree_is_mirrored_and_told_as_json(tmp_path: Path) -> None:
    for name in ("a.png", "red/a.png", "red/deep/b.png", "red/a.jpg"):
        batches.picture(tmp_path / "in" / name)
    ran = batches.run("cutout", tmp_path / "in", "-o", tmp_path / "out", "--json")
    assert ran.returncode == 0
    assert ran.stderr == "", "quiet where nobody watches"
    found = batches.report(ran.stdout)
    assert found["version"] == __version__
    assert found["counts"] == {"planned": 4, "done": 4, "failed": 0, "not_started": 0}
    written = sorted(p.relative_to(tmp_path / "out").as_posix() for p in files(tmp_path / "out"))
    assert written == ["a.png", "red/a-jpg.png", "red/a-png.png", "red/deep/b.png"]
    first = found["results"][0]
    assert (first["ok"], first["code"], first["score"]) == (True, "", 0.75)
    assert first["seconds"] > 0
    assert sorted(r["output"] for r in found["results"]) == sorted(
        map(str, files(tmp_path / "out"))
    )


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_each_failure_is_told_and_the_rest_is_done(tmp_path: Path) -> None:
    batches.picture(tmp_path / "in" / "good.png")
    batches.picture(tmp_path / "in" / "empty.png", batches.EMPTY)
    (tmp_path / "in" / "broken.jpg").write_bytes(b"\xff\xd8\xff but no more")
    gone = tmp_path / "gone.jpg"
    ran = batches.run("cutout", tmp_path / "in", gone, "-o", tmp_path / "out", "--json")
    assert ran.returncode == 1
    found = batches.report(ran.stdout)
    assert failures_are(found) == {"empty.png", "broken.jpg", "gone.jpg"}
    assert batches.failures(found)["empty.png"] == "nothing-found"
    for name in failures_are(found):
        assert sum(name in text for text in ran.stderr.splitlines()) == 1
    assert "1 of 4 pictures done, 3 failed." in ran.stderr
    assert [path.name for path in files(tmp_path / "out")] == ["good.png"]


def failures_are(found: dict[str, object]) -> set[str]:
    return set(batches.failures(found))


# Wrong usage -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["none.png", "-o", "out"], "no-input"),
        (["photo.png", "-o", "photo.png"], "would-overwrite-input"),
        (["photo.png", "-o", "."], "would-overwrite-input"),
        (["photo.png", "other.png", "-o", "out.png"], "output-is-file"),
        (["folder", "-o", "out.png"], "output-is-file"),
        (["photo.png", "-o", "out.bmp"], "unknown-format"),
        (["photo.png", "-o", "out.png", "--format", "jpeg"], "format-mismatch"),
        (["photo.png", "-o", "out.jpg", "--mask"], "format-mismatch"),
        (["photo.png", "-o", "out.jpg", "--background", "transparent"], "no-alpha"),
        (["photo.png", "-o", "out.png", "--background", "#12345"], "bad-colour"),
        (["photo.png", "-o", "out.png", "--background", "red"], "bad-background"),
        (["photo.png", "-o", "out.png", "--background", "text.jpg"], "not-a-picture"),
        (["photo.png", "-o", "out.png", "--model", "nosuch"], "unknown-model"),
        (["photo.png", "-o", "out.png", "--model", "u2net"], "model-missing"),
        (["photo.png", "-o", "out.png"], "model-missing"),
    ],
)
def test_wrong_usage_is_refused_before_anything_is_done(
    words: list[str],
    code: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRODEDIT_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(cutout, "new_engine", lambda: pytest.fail("an engine was started"))
    if code not in ("unknown-model", "model-missing"):
        monkeypatch.setattr(choices, "check_model", lambda model, store: None)
    for name in ("photo.png", "other.png", "folder/a.png"):
        batches.picture(tmp_path / name)
    (tmp_path / "text.jpg").write_text("no picture at all")
    before = sorted(files(tmp_path))
    assert cli.main(["cutout", *words, "--json"]) == 2
    told = capsys.readouterr()
    assert json.loads(told.out)["error"]["code"] == code
    assert told.err.startswith("prodedit: ")
    assert len(told.err.splitlines()) == 1
    assert sorted(files(tmp_path)) == before


def test_a_missing_model_is_told_with_the_line_that_brings_it(
    photo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PRODEDIT_DATA", str(tmp_path / "data"))
    assert cli.main(["cutout", str(photo), "-o", str(tmp_path / "a.png")]) == 2
    told = capsys.readouterr().err
    assert "The model u2net is not on this computer yet. Run: prodedit models pull" in told


@pytest.mark.parametrize("words", [["--quality", "0"], ["--quality", "101"], ["--format", "bmp"]])
def test_options_out_of_range_are_refused(words: list[str], photo: Path, tmp_path: Path) -> None:
    assert cli.main(["cutout", str(photo), "-o", str(tmp_path / "a.png"), *words]) == 2
    assert cli.main(["cutout", str(photo)]) == 2


# Stopping ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_stops_cleanly_and_says_how_far_it_came(
    number: signal.Signals, code: int, tmp_path: Path
) -> None:
    for index in range(100):
        batches.picture(tmp_path / "in" / f"{index}.png")
    words = batches.words("cutout", tmp_path / "in", "-o", tmp_path / "out", "--json")
    environment = {**os.environ, "PYTHONPATH": str(batches.ROOT), batches.PAUSE: "0.2"}
    # A session of its own: like Ctrl+C in a terminal, the signal goes to all its processes.
    program = subprocess.Popen(
        words,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        wait_until(lambda: len(list((tmp_path / "out").glob("*.png"))) >= 2, 120)
        if number is signal.SIGINT:
            os.killpg(program.pid, number)
        else:
            program.send_signal(number)
        out, err = program.communicate(timeout=120)
    finally:
        program.kill()
        program.communicate()
    assert program.returncode == code
    counts = batches.report(out)["counts"]
    assert f"Stopped: {counts['done']} of 100 pictures done." in err
    assert counts["failed"] == 0
    assert counts["done"] < 100
    assert counts["done"] == len(files(tmp_path / "out"))
    for path in files(tmp_path / "out"):
        opened(path).load()
