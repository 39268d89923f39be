# SPDX-License-Identifier: Apache-2.0
"""A generator as one file: a zip, or the same members in a folder. It may come from anybody.

Members are known by their exact names and read into memory, never unpacked; each has a size that it
may not go beyond, and what is not known is refused. Nothing in it is ever executed.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from prodedit.engine.generators.card import CARD as CARD
from prodedit.engine.generators.card import GeneratorCard, damaged, parse_card
from prodedit.files.atomic import write_atomic

WEIGHTS, METRICS, SHEET, LOG = "weights.safetensors", "metrics.json", "sheet.png", "log.jsonl"
PAIRS = "nearest.png"
"""Pictures that it made, and below each the real one that is nearest."""
DIRECTIONS = "directions.safetensors"
LARGEST: Mapping[str, int] = {
    CARD: 1 << 20,
    WEIGHTS: 1 << 29,
    DIRECTIONS: 1 << 24,
    METRICS: 1 << 22,
    SHEET: 1 << 25,
    PAIRS: 1 << 25,
    LOG: 1 << 26,
}
"""The members there may be, and how many bytes each may have."""
SUFFIX = ".generator"


def read_card(path: Path) -> GeneratorCard:
    """What a generator's file, or folder, says about it. Raises Problem."""
    return parse_card(read_member(path, CARD), path.name)


def read_member(path: Path, name: str) -> bytes:
    """One member's bytes. Raises Problem where it is not there, too large, or not whole."""
    data = find_member(path, name)
    if data is None:
        raise damaged(path.name, f"it holds no {name}")
    return data


def find_member(path: Path, name: str) -> bytes | None:
    """As `read_member`; None where a whole generator has no such member."""
    try:
        return _of_folder(path, name) if path.is_dir() else _of_zip(path, name)
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise damaged(path.name, _plain(error)) from error


def read_members(path: Path) -> dict[str, bytes]:
    """All that a generator's file, or folder, holds. Raises Problem."""
    found = {name: find_member(path, name) for name in LARGEST}
    return {name: data for name, data in found.items() if data is not None}


def write(path: Path, members: Mapping[str, bytes]) -> None:
    """All members into one file, whole or not at all. Raises Problem."""
    unknown = set(members) - set(LARGEST)
    if unknown:
        raise ValueError(f"no generator holds {unknown}")

    def fill(stream: IO[bytes]) -> None:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            for name, data in members.items():
                # A date of its own would make two equal generators differ.
                archive.writestr(zipfile.ZipInfo(name), data)

    write_atomic(path, fill, verify=lambda written: _verify(written, members))


def _verify(path: Path, members: Mapping[str, bytes]) -> None:
    for name, data in members.items():
        if read_member(path, name) != data:
            raise ValueError(f"{name} differs")


def _of_folder(path: Path, name: str) -> bytes | None:
    member = path / name
    if not member.is_file():
        return None
    with member.open("rb") as file:
        return _bounded(file, path, name)


def _of_zip(path: Path, name: str) -> bytes | None:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if len(set(names)) != len(names):
            raise damaged(path.name, "it holds a member twice")
        strangers = sorted(set(names) - set(LARGEST))
        if strangers:
            raise damaged(path.name, f"it holds {strangers[0][:80]!r}, which no generator has")
        if name not in names:
            return None
        with archive.open(name) as file:
            return _bounded(file, path, name)


def _bounded(file: IO[bytes], path: Path, name: str) -> bytes:
    data = file.read(LARGEST[name] + 1)
    if len(data) > LARGEST[name]:
        raise damaged(path.name, f"its {name} is too large")
    return data


def _plain(error: Exception) -> str:
    said = error.strerror if isinstance(error, OSError) else None
    return said or str(error) or type(error).__name__
