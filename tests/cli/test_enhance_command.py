# SPDX-License-Identifier: Apache-2.0
"""`prodedit enhance`: in a real engine, with the methods that need no network."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter
from PySide6.QtWidgets import QApplication

from prodedit import cli
from prodedit.cli import enhance
from prodedit.core.export_setting import ExportSetting
from prodedit.core.geometry import Size
from prodedit.core.problem import Problem
from prodedit.editing.session import EditSession
from prodedit.editing.worker import Worker
from prodedit.engine.enhancing import COMPACT
from prodedit.engine.service.store import Status, default_store
from prodedit.engine.tasks import Enhance
from prodedit.files.decoder import Decoder
from prodedit.files.pictures import open_picture
from prodedit.render.export import export_picture
from tests import batches
from tests.fakes import wait_until

WORDS = ["--upscale", "2", "--model", "classic", "--denoise", "0.5", "--auto-tone"]
TASK = Enhance(2.0, model="classic", denoise=0.5, auto_tone=1.0)


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enhance, "new_engine", batches.engine)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return batches.picture(tmp_path / "photo.png")


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Worker]:
    worker = Worker(batches.engine)
    yield worker
    worker.close()


def pixels(path: Path) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(path.read_bytes())).convert("RGB"))


@pytest.mark.usefixtures("line")
def test_window_and_command_line_give_the_same_bytes(
    photo: Path, tmp_path: Path, worker: Worker
) -> None:
    by_window, by_line = tmp_path / "window.png", tmp_path / "line.png"
    with Decoder() as decoder:
        session = EditSession(open_picture(photo, decoder).document, photo.name, worker)
    problems: list[Problem] = []
    session.failed.connect(problems.append)
    worker.job_moved.connect(session.job_moved)
    before = session.document
    session.submit(TASK)
    wait_until(lambda: QApplication.processEvents() or not session.pending, 60)
    worker.job_moved.disconnect(session.job_moved)
    assert not problems
    assert session.document.size == (128, 128)
    export_picture(session.document, by_window, ExportSetting("png"))
    assert cli.main(["enhance", str(photo), "-o", str(by_line), *WORDS]) == 0
    assert by_line.read_bytes() == by_window.read_bytes()
    session.undo()
    assert session.document == before, "one step brings all of it back"


@pytest.mark.usefixtures("line")
def test_a_tree_is_made_of_one_size_and_remarks_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batches.picture(tmp_path / "in" / "a.png")
    batches.picture(tmp_path / "in" / "deep" / "b.png", size=200)
    words = ["--size", "100x150", "--model", "classic", "--json"]
    assert cli.main(["enhance", str(tmp_path / "in"), "-o", str(tmp_path / "out"), *words]) == 0
    assert pixels(tmp_path / "out" / "a.png").shape == (100, 100, 3)
    assert pixels(tmp_path / "out" / "deep" / "b.png").shape == (100, 100, 3)
    found = json.loads(capsys.readouterr().out)
    assert found["command"] == "enhance"
    notes = {Path(r["input"]).name: r["notes"] for r in found["results"]}
    assert notes["a.png"] == []
    assert "made smaller" in notes["b.png"][0]


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], "nothing-asked"),
        (["--no-label-safe"], "nothing-asked"),
        (["--size", "0x5"], "bad-size"),
        (["--size", "large"], "bad-size"),
        (["--upscale", "2", "--format", "jpeg"], "format-mismatch"),
    ],
)
def test_wrong_usage_is_refused(
    words: list[str],
    code: str,
    photo: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "out.png"
    assert cli.main(["enhance", str(photo), "-o", str(out), "--json", *words]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code
    assert not out.exists()


@pytest.mark.parametrize("words", [["--upscale", "9"], ["--denoise", "2"], ["--model", "best"]])
def test_options_out_of_range_are_refused(words: list[str], photo: Path, tmp_path: Path) -> None:
    assert cli.main(["enhance", str(photo), "-o", str(tmp_path / "a.png"), *words]) == 2


@pytest.mark.parametrize(
    ("task", "model"), [(Enhance(2.0), COMPACT), (Enhance(size=Size(9, 9)), COMPACT)]
)
def test_a_missing_model_is_told_with_the_line_that_brings_it(
    task: Enhance, model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRODEDIT_DATA", str(tmp_path))
    with pytest.raises(Problem, match=f"prodedit models pull {COMPACT}"):
        enhance.check_models(task, default_store(), on_gpu=False)
    enhance.check_models(Enhance(denoise=0.5), default_store(), on_gpu=False)


@pytest.mark.slow
def test_real_networks_enlarge_from_the_command_line(photo: Path, tmp_path: Path) -> None:
    if default_store().state(COMPACT).status is Status.MISSING:
        pytest.skip(f"{COMPACT} was not pulled; get it with `prodedit models pull`")
    out = tmp_path / "out.png"
    soft = Image.open(photo).filter(ImageFilter.GaussianBlur(2))  # as no noise of a camera is
    soft.save(photo)
    assert cli.main(["enhance", str(photo), "-o", str(out), "--upscale", "4"]) == 0
    large = pixels(out)
    assert large.shape == (256, 256, 3)
    small = large.reshape(64, 4, 64, 4, 3).mean((1, 3))
    assert float(np.abs(small - pixels(photo)).mean()) < 8
