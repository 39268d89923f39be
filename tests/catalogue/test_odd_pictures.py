# SPDX-License-Identifier: Apache-2.0
"""A folder is taken in and asked about; what answers is a scripted program here."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from prodedit.catalogue.odd_pictures import odd_pictures
from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.generators import container
from prodedit.engine.training.client import TrainingProcess
from prodedit.engine.training.gate import Odd
from prodedit.files.decoder import Decoder
from tests.engine.test_generator_files import TINY
from tests.engine.test_intake import product, save


class Program:
    """In place of the one that measures."""

    def __init__(self, body: str) -> None:
        self.body, self.command = body, ()

    def __call__(self, place: Path, command: Sequence[str]) -> TrainingProcess:
        assert (place / "pictures.bin").is_file()
        self.command = tuple(command)
        return TrainingProcess(place, (sys.executable, "-c", f"import json\n{self.body}"))


@pytest.fixture
def generator(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.generator"
    container.write(path, {container.CARD: msgspec.json.encode(TINY)})
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(9):
        save(tmp_path / "in" / f"{number}.png", product(number))
    return tmp_path / "in"


def found(generator: Path, folder: Path, program: Program, report: object) -> Sequence[Odd]:
    with Decoder() as decoder:
        return odd_pictures(generator, folder, decoder, None, report, program)  # type: ignore[arg-type]


def test_the_answer_is_what_the_program_says(generator: Path, folder: Path) -> None:
    told: list[tuple[float, str]] = []
    program = Program('print(json.dumps({"odd": [{"name": "3.png", "strangeness": 4.5}]}))')
    answer = found(generator, folder, program, lambda *one: told.append(one))
    assert answer == (Odd(name="3.png", strangeness=4.5),)
    assert program.command[-3:] == (str(generator), "0", "0")
    assert told[0] == (0.0, "0.png")
    assert max(share for share, _ in told) <= 1.0


def test_no_answer_and_a_failure_are_told(generator: Path, folder: Path) -> None:
    with pytest.raises(Problem, match="without a result"):
        found(generator, folder, Program(""), lambda *_: None)
    failing = Program('print(json.dumps({"problem": "No."}))\nraise SystemExit(1)')
    with pytest.raises(Problem, match=r"No\."):
        found(generator, folder, failing, lambda *_: None)


def test_it_can_be_stopped(generator: Path, folder: Path) -> None:
    def stop(share: float, name: str) -> None:
        if name == "4.png":
            raise Cancelled

    with pytest.raises(Cancelled):
        found(generator, folder, Program(""), stop)
