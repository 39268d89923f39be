# SPDX-License-Identifier: Apache-2.0
import subprocess
import sys
from pathlib import Path

import pytest

from prodedit.core.problem import Problem
from prodedit.engine.service import device
from prodedit.engine.service.device import best_device, cpu_device, thread_count


def test_the_processor_is_chosen_without_torch() -> None:
    code = (
        "import sys; from prodedit.engine.service.device import best_device; "
        "d = best_device('cpu', {}); assert d.kind == 'cpu' and d.threads >= 1; "
        "assert 'torch' not in sys.modules and 'cv2' not in sys.modules"
    )

    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_variable_wins_over_the_setting() -> None:
    assert best_device("cuda", {"PRODEDIT_DEVICE": "cpu"}).kind == "cpu"


@pytest.mark.parametrize("name", ["tpu", "cuda:x", "cpu:1", "mps:1", ""])
def test_unknown_devices_are_refused(name: str) -> None:
    with pytest.raises(Problem, match="There is no device called") as raised:
        best_device(name, {})

    assert repr(name) in str(raised.value)


def test_a_device_asked_for_by_name_must_work() -> None:
    with pytest.raises(Problem) as raised:
        best_device("cuda:77", {})

    assert raised.value.code == "device-not-working"
    assert raised.value.details


def test_auto_falls_back_where_the_driver_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "_PLAUSIBLE", {"cuda": lambda: True})
    monkeypatch.setattr(device, "_CHOICES", {"cuda": lambda i, e: device._cuda(77, e)})

    chosen = best_device("auto", {})

    assert chosen.kind == "cpu"
    assert "cuda did not work" in chosen.reason


def test_threads_can_be_said() -> None:
    assert cpu_device({"PRODEDIT_THREADS": "3"}).threads == 3


@pytest.mark.parametrize("said", ["0", "-1", "many", "1025"])
def test_wrong_thread_counts_are_told(said: str) -> None:
    with pytest.raises(Problem, match="PRODEDIT_THREADS"):
        thread_count({"PRODEDIT_THREADS": said})


@pytest.mark.parametrize(
    ("text", "share"),
    [("150000 100000", 2), ("50000 100000", 1), ("max 100000", 1 << 16), ("", 1 << 16)],
)
def test_a_containers_share_is_kept(tmp_path: Path, text: str, share: int) -> None:
    limit = tmp_path / "cpu.max"
    limit.write_text(text)

    assert device._container_share(limit) == share
