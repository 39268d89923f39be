# SPDX-License-Identifier: Apache-2.0
"""What the window's first look needs of the settings, read without loading what checks them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

import platformdirs

Theme = Literal["system", "light", "dark"]
Language = Literal["system", "en", "zh_CN"]


class Appearance(NamedTuple):
    """Fields of Settings (editing/settings.py) under the same names, with the same defaults."""

    theme: Theme = "system"
    language: Language = "system"
    recent: tuple[str, ...] = ()
    window: str = ""
    side_width: int = 0


def settings_path() -> Path:
    return platformdirs.user_config_path("prodedit", False) / "settings.json"


def read_appearance(path: Path | None = None) -> Appearance:
    """The default for each field that is not what it should be. Settings themselves are read a
    moment later, and there it is told where they are damaged."""
    try:
        read = json.loads((path or settings_path()).read_bytes())
    except (OSError, ValueError):
        return Appearance()
    return _checked(read) if isinstance(read, dict) else Appearance()


def _checked(read: Mapping[str, object]) -> Appearance:
    theme, language, window = read.get("theme"), read.get("language"), read.get("window")
    recent, side = read.get("recent"), read.get("side_width")
    names = recent if isinstance(recent, list) else ()
    return Appearance(
        theme if theme in ("light", "dark") else "system",
        language if language in ("en", "zh_CN") else "system",
        tuple(name for name in names if isinstance(name, str)),
        window if isinstance(window, str) else "",
        side if isinstance(side, int) else 0,
    )
