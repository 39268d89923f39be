# SPDX-License-Identifier: Apache-2.0
"""`prodedit evaluate`: what it refuses and tells. The measuring is a scripted program here."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec
import pytest

from prodedit import cli
from prodedit.cli import evaluate
from prodedit.engine.generators import container
from prodedit.engine.generators.card import CARD
from prodedit.engine.generators.container import WEIGHTS
from prodedit.engine.training.client import TrainingProcess
from tests.engine.test_gate import GOOD, changed
from tests.engine.test_generator_files import TINY
from tests.engine.test_intake import product, save

PROGRAM = "import json, sys\nprint(json.dumps({event}), flush=True)\nsys.exit({status})"


@pytest.fixture
def generator(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.generator"
    container.write(path, {CARD: msgspec.json.encode(TINY), WEIGHTS: b""})
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(9):
        save(tmp_path / "real" / f"{number}.png", product(number))
    return tmp_path / "real"


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> object:
    """Have this said instead of measuring."""
    monkeypatch.setattr(evaluate.choices, "check_present", lambda model, store: None)

    def say(event: dict[str, object], status: int = 0) -> None:
        program = PROGRAM.format(event=repr(event), status=status)

        def begin(place: Path, command: tuple[str, ...]) -> TrainingProcess:
            assert (place / "pictures.bin").is_file()
            assert command[-2:] == ("64", "7")
            return TrainingProcess(place, (sys.executable, "-c", program))

        monkeypatch.setattr(evaluate, "TrainingProcess", begin)

    return say


def words(generator: Path, folder: Path, *more: str) -> list[str]:
    wanted = ["--count", "64", "--seed", "7", "--no-cut-out", *more]
    return ["evaluate", str(generator), "--against", str(folder), *wanted]


def test_a_good_generator_passes(
    generator: Path, folder: Path, answer: object, capsys: pytest.CaptureFixture[str]
) -> None:
    answer({"measures": msgspec.to_builtins(GOOD)})  # type: ignore[operator]
    assert cli.main(words(generator, folder, "--json")) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["good"]
    assert told["found"]["precision"] == 0.85
    assert told["refusals"] == []


def test_a_bad_one_is_refused_with_reasons(
    generator: Path, folder: Path, answer: object, capsys: pytest.CaptureFixture[str]
) -> None:
    answer({"measures": msgspec.to_builtins(changed(detail=0.1))})  # type: ignore[operator]
    assert cli.main(words(generator, folder)) == 1
    captured = capsys.readouterr()
    assert "The pictures are blurred: they have 10 %" in captured.err
    assert "0.100" in captured.out
    assert cli.main(words(generator, folder, "--json")) == 1
    assert json.loads(capsys.readouterr().out)["refusals"][0]["code"] == "blurred"


def test_a_damaged_generator_is_told(
    generator: Path, folder: Path, answer: object, capsys: pytest.CaptureFixture[str]
) -> None:
    answer({"problem": "“{file}” is none.", "values": {"file": "a"}, "code": "bad-generator"}, 1)  # type: ignore[operator]
    assert cli.main(words(generator, folder)) == 2
    assert "“a” is none." in capsys.readouterr().err
    generator.write_bytes(b"PK")
    assert cli.main(words(generator, folder)) == 2
    assert "no usable generator" in capsys.readouterr().err
    assert cli.main(words(Path("nothing-like-it"), folder)) == 2
    assert "There is no generator" in capsys.readouterr().err
