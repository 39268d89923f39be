# SPDX-License-Identifier: Apache-2.0
"""`prodedit sheet`, as a program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np


def test_a_folder_becomes_a_pdf_and_bad_pictures_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "照片"
    folder.mkdir()
    data = cv2.imencode(".png", np.full((20, 30, 3), 90, np.uint8))[1].tobytes()
    for name in ("杯子.png", "b.png"):
        (folder / name).write_bytes(data)
    (folder / "bad.png").write_bytes(b"nothing")
    target = tmp_path / "目录.pdf"
    words = ["sheet", str(folder), "-o", str(target), "--columns", "1", "--rows", "1", "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "prodedit", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)
    assert told["pages"] == 3
    assert [Path(one["path"]).name for one in told["failed"]] == ["bad.png"]
    assert target.read_bytes().startswith(b"%PDF")
