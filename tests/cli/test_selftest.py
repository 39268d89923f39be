# SPDX-License-Identifier: Apache-2.0
"""`prodedit selftest`: with the real networks where they are, and on a machine that lacks them."""

import json
from pathlib import Path

import pytest

from prodedit import cli
from prodedit.core.export_setting import SUFFIXES
from prodedit.engine.service.store import DEFAULTS, Status, default_store


def test_a_machine_without_models_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PRODEDIT_DATA", str(tmp_path))
    assert cli.main(["selftest", "--json"]) == 1
    checks = {check["what"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    assert not checks["model u2net"]["ok"]
    assert "prodedit models pull" in checks["model u2net"]["found"]
    assert checks["engine starts"]["ok"]
    assert not checks["cut-out of the sample"]["ok"]


@pytest.mark.slow
def test_all_is_well_here(capsys: pytest.CaptureFixture[str]) -> None:
    if any(default_store().state(name).status is Status.MISSING for name in DEFAULTS):
        pytest.skip("the default models are not on this computer: prodedit models pull")
    assert cli.main(["selftest", "--json"]) == 0
    checks = json.loads(capsys.readouterr().out)["checks"]
    assert {f"{kind} written and read" for kind in SUFFIXES} <= {check["what"] for check in checks}
