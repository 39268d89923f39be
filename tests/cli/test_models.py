# SPDX-License-Identifier: Apache-2.0
"""`prodedit models` on a data folder of its own."""

import json
from pathlib import Path
from typing import Any

import pytest

from prodedit import cli
from prodedit.core.problem import Problem
from prodedit.data_files import models_folder
from prodedit.engine.cards import read_cards
from prodedit.engine.service.store import Status, default_store
from tests import batches
from tests.engine.tiny_models import write_onnx

NONE = {
    name: "missing"
    for name, card in read_cards(models_folder()).items()
    if not any((models_folder() / file.name).is_file() for file in card.files)
}


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PRODEDIT_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def told(words: list[str], capsys: pytest.CaptureFixture[str], code: int = 0) -> dict[str, Any]:
    """What `prodedit models WORDS --json` prints."""
    assert cli.main(["models", *words, "--json"]) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def states(found: dict[str, Any]) -> dict[str, str]:
    return {model["id"]: model["status"] for model in found["models"]}


def test_list_tells_what_is_not_here(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(["list"], capsys)
    assert states(found) == NONE
    assert "Apache-2.0" in {model["licence"] for model in found["models"]}
    assert cli.main(["models", "list"]) == 0
    assert "not here" in capsys.readouterr().out


def test_a_model_of_ones_own_comes_is_used_and_goes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_onnx(tmp_path / "My Net.onnx")
    assert states(told(["add", str(file), "--task", "cutout"], capsys)) == {"my-net": "verified"}
    assert states(told(["list"], capsys))["my-net"] in ("present", "verified")
    assert states(told(["verify"], capsys)) == {"my-net": "verified"}
    picture = batches.picture(tmp_path / "photo.png")
    out = tmp_path / "a.png"
    words = ["cutout", str(picture), "-o", str(out), "--model", "my-net", "--json"]
    assert cli.main(words) == 0, capsys.readouterr()
    capsys.readouterr()
    assert out.is_file()
    assert told(["remove", "my-net"], capsys)["removed"] == "my-net"
    assert "my-net" not in states(told(["list"], capsys))


def test_verify_finds_a_changed_file(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(["add", str(write_onnx(tmp_path / "net.onnx"))], capsys)
    file = next((data / "models" / "net").iterdir())
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert states(told(["verify"], capsys, 1)) == {"net": "mismatch"}


def test_verify_with_nothing_here_is_no_success(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models", "verify"]) == 1
    assert "prodedit models pull" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["pull", "verify", "remove"])
def test_an_unknown_model_is_wrong_usage(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert told([verb, "nosuch"], capsys, 2)["error"]["code"] == "unknown-model"


def test_what_is_no_model_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checkpoint = tmp_path / "net.pth"
    checkpoint.write_bytes(b"\x80\x02}q\x00.")
    assert told(["add", str(checkpoint)], capsys, 1)["error"]["code"] == "model-is-pickle"
    assert states(told(["list"], capsys)) == NONE


def test_pull_tells_why_it_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*arguments: object, **named: object) -> None:
        raise Problem("There is no network.", code="no-network")

    monkeypatch.setattr("prodedit.engine.service.store.ModelStore.pull", fails)
    assert told(["pull"], capsys, 1)["error"] == {
        "code": "no-network",
        "message": "There is no network.",
    }


def test_ctrl_c_during_a_pull_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*arguments: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("prodedit.engine.service.store.ModelStore.pull", stopped)
    assert cli.main(["models", "pull"]) == 130
    assert "Stopped" in capsys.readouterr().err


def test_no_command_asks_the_network_but_pull(monkeypatch: pytest.MonkeyPatch) -> None:
    def called(*arguments: object, **named: object) -> None:
        pytest.fail("a source was asked")

    monkeypatch.setattr("prodedit.engine.service.sources.fetched", called)
    for words in (["list"], ["verify"], ["verify", "u2net"], ["remove", "u2net"]):
        cli.main(["models", *words])
    assert default_store().state("u2net").status is Status.MISSING
