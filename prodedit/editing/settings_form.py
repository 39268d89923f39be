# SPDX-License-Identifier: Apache-2.0
"""Settings as they lie in the file: brought to the present form step by step, and read as far as
they can be read. A later program's settings, or one damaged field, never cost all the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec

VERSION = 1
"""Grows when a field gets another meaning, name or type; new fields alone need nothing."""
Step = Callable[[dict[str, Any]], dict[str, Any]]
STEPS: Mapping[int, Step] = {}
"""From the version of the key to the next. What the first paint reads of the file (appearance.py)
is read without them: such a field keeps its name and its values."""

T = TypeVar("T", bound=msgspec.Struct)


def read_settings(
    data: bytes, kind: type[T], steps: Mapping[int, Step] = STEPS, version: int = VERSION
) -> tuple[T, bool]:
    """The settings, and whether all of the file was understood. Raises msgspec.DecodeError where it
    is no JSON object."""
    found = msgspec.json.decode(data, type=dict[str, Any])
    written = _version_of(found)
    for number in range(written, version):
        if number in steps:
            found = steps[number](found)
    found["version"] = version
    try:
        return msgspec.convert(found, kind), written <= version
    except msgspec.ValidationError:
        fitting = {name: value for name, value in found.items() if _fits(kind, name, value)}
        return msgspec.convert(fitting, kind), False


def _version_of(found: Mapping[str, Any]) -> int:
    """Files of before there were versions are of the first."""
    version = found.get("version")
    return version if isinstance(version, int) and not isinstance(version, bool) else 1


def _fits(kind: type[T], name: str, value: Any) -> bool:
    try:
        msgspec.convert({name: value}, kind)
    except msgspec.ValidationError:
        return False
    return True
