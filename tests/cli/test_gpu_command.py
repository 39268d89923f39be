# SPDX-License-Identifier: Apache-2.0
"""`prodedit gpu` on a data folder of its own."""

import json
from pathlib import Path
from typing import Any

import pytest

from prodedit import cli
from prodedit.engine.gpu.cards import FOUND_VARIABLE


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PRODEDIT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv(FOUND_VARIABLE, "none")
    return tmp_path / "data"


def told(word: str, capsys: pytest.CaptureFixture[str], code: int = 0) -> dict[str, Any]:
    assert cli.main(["gpu", word, "--json"]) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_status_tells_card_and_pack(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = told("status", capsys)
    assert (found["card"], found["state"]) == (None, "absent")
    monkeypatch.setenv(FOUND_VARIABLE, "NVIDIA T4")
    assert told("status", capsys)["card"]["name"] == "NVIDIA T4"
    assert cli.main(["gpu", "status"]) == 0
    assert "Found: NVIDIA T4." in capsys.readouterr().out


def test_without_a_card_nothing_is_fetched(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["gpu", "install"]) == 1
    assert "No NVIDIA graphics card" in capsys.readouterr().err
    assert not data.exists()


def test_a_damaged_pack_is_told_and_removed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "gpu" / "made-x").mkdir(parents=True)
    (data / "gpu" / "pack.json").write_text("cut of")
    assert told("status", capsys)["state"] == "broken"
    assert told("remove", capsys)["removed"] is True
    assert not (data / "gpu").exists()
    assert told("remove", capsys)["removed"] is False
