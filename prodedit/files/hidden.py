# SPDX-License-Identifier: Apache-2.0
"""Folders that are not for a person's eyes. A name that begins with a point is enough on most
systems; Windows has a mark of its own."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

_HIDDEN = 0x2
"""FILE_ATTRIBUTE_HIDDEN of the Windows API."""


def hide(folder: Path) -> None:
    """A folder with a point before its name. Where it can't be hidden, it is seen: no harm."""
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetFileAttributesW(str(folder), _HIDDEN)
