# SPDX-License-Identifier: Apache-2.0
"""A folder of the program's own is hidden also where a point before its name is not enough."""

import ctypes
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from prodedit.files.hidden import hide


def test_windows_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    kernel = SimpleNamespace(SetFileAttributesW=lambda name, mark: told.append((name, mark)))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    hide(tmp_path)
    assert told == [(str(tmp_path), 2)]
    monkeypatch.setattr(sys, "platform", "linux")
    hide(tmp_path)
    assert len(told) == 1
