# SPDX-License-Identifier: Apache-2.0
"""`prodedit selftest`: with the real networks where they are, and on a machine that lacks them."""

import json
import sys
from pathlib import Path

import pytest

from prodedit import cli
from prodedit.cli import selftest
from prodedit.core.export_setting import SUFFIXES
from prodedit.core.problem import Problem
from prodedit.engine.service.store import DEFAULTS, Status, default_store

NEED_MODELS = ("cut-out of the sample", "style", "batch of three")


def test_a_machine_without_models_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PRODEDIT_DATA", str(tmp_path))
    monkeypatch.setattr(selftest, "_window", lambda picture: str(picture))  # it needs no model
    assert cli.main(["selftest", "--json"]) == 1
    checks = {check["what"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    assert not checks["model u2net"]["ok"]
    assert "prodedit models pull" in checks["model u2net"]["found"]
    assert checks["engine starts"]["ok"]
    assert {name for name in NEED_MODELS if checks[name]["ok"]} == set()
    assert checks["generator"]["ok"]
    assert "fashion made a picture of 128 pixels" in checks["generator"]["found"]


def test_a_window_that_does_not_open_is_told_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = (sys.executable, "-c", "import sys; sys.exit('first\\nno Qt here')")
    monkeypatch.setattr(selftest, "module_command", lambda module: command)
    with pytest.raises(Problem, match="It ended with status 1: no Qt here"):
        selftest._window(tmp_path / "window.png")


@pytest.mark.long
def test_all_is_well_here(capsys: pytest.CaptureFixture[str]) -> None:
    if any(default_store().state(name).status is Status.MISSING for name in DEFAULTS):
        pytest.skip("the default models are not on this computer: prodedit models pull")
    assert cli.main(["selftest", "--json"]) == 0
    checks = json.loads(capsys.readouterr().out)["checks"]
    names = {check["what"] for check in checks}
    assert {"window opens", "generator", *NEED_MODELS} <= names
    assert {f"{kind} written and read" for kind in SUFFIXES} <= names
