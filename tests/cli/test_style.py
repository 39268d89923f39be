# SPDX-License-Identifier: Apache-2.0
"""`prodedit style` as a person or a program calls it; the network is not the point here: what is
painted comes back in negative, and the product is what is blue."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from prodedit import cli
from prodedit.cli import choices, style
from prodedit.core import edits
from prodedit.core.document import PHOTO, Document
from prodedit.core.export_setting import ExportSetting
from prodedit.core.problem import Problem
from prodedit.core.scope import Scope
from prodedit.editing.session import EditSession
from prodedit.editing.worker import Worker
from prodedit.engine.styles import STYLES
from prodedit.engine.tasks import RemoveBackground, TransferStyle
from prodedit.files.decoder import Decoder
from prodedit.files.pictures import open_picture
from prodedit.render.export import export_picture
from tests.fakes import fake_client, wait_until

STYLE = STYLES[0].id


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line of this process, with an engine that has no networks."""
    monkeypatch.setattr(style, "new_engine", fake_client)
    monkeypatch.setattr(style, "check_models", lambda store: None)
    monkeypatch.setattr(choices, "check_model", lambda model, store: None)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """The left half is blue, with an edge that is half so."""
    pixels = np.random.default_rng(1).integers(0, 200, (48, 64, 3), np.uint8)
    pixels[..., 2] = np.repeat([255, 128, 0], [30, 4, 30])
    path = tmp_path / "photo.png"
    Image.fromarray(pixels).save(path)
    return path


def pixels(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


@pytest.mark.usefixtures("line")
def test_only_the_backdrop_is_painted(photo: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    words = ["--style", STYLE, "--scope", "background"]
    assert cli.main(["style", str(photo), "-o", str(out), *words]) == 0
    before, after = pixels(photo), pixels(out)
    assert np.array_equal(after[:, :30], before[:, :30])
    assert np.array_equal(after[:, 34:], 255 - before[:, 34:])


@pytest.mark.usefixtures("line")
def test_only_the_product_is_painted(photo: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    words = ["--style", STYLE, "--scope", "product"]
    assert cli.main(["style", str(photo), "-o", str(out), *words]) == 0
    before, after = pixels(photo), pixels(out)
    assert np.array_equal(after[:, 34:], before[:, 34:])
    assert np.array_equal(after[:, :30], 255 - before[:, :30])


@pytest.mark.usefixtures("line")
def test_a_picture_with_transparency_is_not_cut_again(tmp_path: Path) -> None:
    source, out = tmp_path / "cut.png", tmp_path / "out.png"
    rgba = np.full((20, 20, 4), 200, np.uint8)  # a product that is not blue at all
    rgba[..., 2] = np.arange(20)
    rgba[..., 3] = np.repeat([0, 255], [10, 10])
    Image.fromarray(rgba).save(source)
    words = ["--style", STYLE, "--scope", "product"]
    assert cli.main(["style", str(source), "-o", str(out), *words]) == 0
    with Image.open(out) as picture:
        after = np.asarray(picture)
    assert np.array_equal(after[..., 3], rgba[..., 3])
    assert np.array_equal(after[:, 10:, :3], 255 - rgba[:, 10:, :3])


@pytest.mark.usefixtures("line")
def test_what_is_transparent_is_no_backdrop_to_be_painted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "cut.png", tmp_path / "out.png"
    rgba = np.full((20, 20, 4), 200, np.uint8)
    rgba[..., 3] = np.repeat([0, 255], [10, 10])
    Image.fromarray(rgba).save(source)
    words = ["--style", STYLE, "--scope", "background"]
    assert cli.main(["style", str(source), "-o", str(out), *words]) == 1
    assert not out.exists()
    assert "transparent round its product" in capsys.readouterr().err


@pytest.mark.usefixtures("line")
def test_a_file_is_a_style(photo: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    assert cli.main(["style", str(photo), "-o", str(out), "--style", str(photo)]) == 0
    assert np.array_equal(pixels(out), 255 - pixels(photo))


@pytest.mark.usefixtures("line")
def test_what_changed_too_much_is_not_written(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    words = ["--style", STYLE, "--json"]
    assert cli.main(["style", str(photo), "-o", f"{out}/", *words, "--refuse-below", "0.3"]) == 1
    (refused,) = json.loads(capsys.readouterr().out)["results"]
    assert (refused["code"], refused["output"]) == ("product-changed", None)
    assert not any(path.is_file() for path in out.rglob("*"))
    assert cli.main(["style", str(photo), "-o", f"{out}/", *words, "--refuse-below", "0.2"]) == 0
    (written,) = json.loads(capsys.readouterr().out)["results"]
    assert written["fidelity"] == {"ssim": 0.25, "delta_e": 9.5}
    assert written["notes"] == ["Worked out at 7 pixels."]


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--style", "no-such-style"], "no style"),
        (["--style", STYLE, "--blend", "no-such-file.png"], "no style"),
        (["--style", "{text}"], "not a picture"),
        (["--style", STYLE, "--scope", "everything"], "scope"),
        (["--style", STYLE, "--strength", "2"], "strength"),
        ([], "--style"),
    ],
)
def test_wrong_words_are_told_before_anything_is_done(
    words: list[str],
    told: str,
    photo: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    text, out = tmp_path / "text.png", tmp_path / "out.png"
    text.write_text("no picture")
    words = [word.format(text=text) for word in words]
    assert cli.main(["style", str(photo), "-o", str(out), *words]) == 2
    assert told in " ".join(capfd.readouterr().err.split())
    assert not out.exists()


def test_styles_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["styles", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["styles"]
    assert [known["id"] for known in listed] == [known.id for known in STYLES]
    assert cli.main(["styles", "list"]) == 0
    assert f"{STYLES[3].id}" in capsys.readouterr().out


# The same bytes as the window --------------------------------------------------------------------


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Worker]:
    worker = Worker(fake_client)
    yield worker
    worker.close()


def windows_document(photo: Path, worker: Worker, scope: Scope) -> Document:
    """What a person has after opening, Remove background, and Apply in the style panel."""
    with Decoder() as decoder:
        session = EditSession(open_picture(photo, decoder).document, photo.name, worker)
    problems: list[Problem] = []
    session.failed.connect(problems.append)
    worker.job_moved.connect(session.job_moved)

    def done() -> bool:
        QApplication.processEvents()
        return not session.pending

    if scope != "all":
        session.submit(RemoveBackground())
        wait_until(done, seconds=240)
    if scope == "product":
        session.apply(edits.EnableMask(PHOTO, False))
    session.submit(TransferStyle(STYLE, scope=scope))
    wait_until(done, seconds=240)
    worker.job_moved.disconnect(session.job_moved)
    assert problems == []
    assert len(session.document.layers) == 2
    return session.document


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize("scope", ["all", "product", "background"])
def test_window_and_command_line_give_the_same_bytes(
    scope: Scope, photo: Path, tmp_path: Path, worker: Worker
) -> None:
    by_window, by_line = tmp_path / "window.png", tmp_path / "line.png"
    export_picture(windows_document(photo, worker, scope), by_window, ExportSetting("png"))
    words = ["--style", STYLE, "--scope", scope]
    assert cli.main(["style", str(photo), "-o", str(by_line), *words]) == 0
    assert by_line.read_bytes() == by_window.read_bytes()
