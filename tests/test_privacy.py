# SPDX-License-Identifier: Apache-2.0
"""No library tells anybody how the program is used."""

import os
import subprocess
import sys
from pathlib import Path

from tests.engine.tiny_models import write_onnx


def files_after(code: str, home: Path, network: Path) -> list[Path]:
    """What a program leaves in a home of its own after it has loaded a network."""
    home.mkdir()
    code += "; import onnxruntime as o, sys; o.InferenceSession(sys.argv[1])"
    variables = {name: value for name, value in os.environ.items() if not name.startswith("ORT_")}
    variables |= {"HOME": str(home), "USERPROFILE": str(home), "XDG_CACHE_HOME": str(home / "c")}
    subprocess.run([sys.executable, "-c", code, str(network)], env=variables, check=True)
    return [path for path in home.rglob("*") if path.is_file()]


def test_the_runtime_of_networks_keeps_no_number_of_this_computer(tmp_path: Path) -> None:
    network = write_onnx(tmp_path / "tiny.onnx")
    assert files_after("import prodedit", tmp_path / "ours", network) == []
