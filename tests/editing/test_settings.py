# SPDX-License-Identifier: Apache-2.0
"""The settings' file over the versions of the program: brought up to date, never lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from prodedit.editing.settings import Settings, SettingsFile
from prodedit.editing.settings_form import VERSION, read_settings


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.json")


def kept(file: SettingsFile) -> bytes | None:
    """What was put aside of a file that was not understood."""
    path = file.path.with_suffix(".old.json")
    return path.read_bytes() if path.exists() else None


def test_what_is_saved_is_loaded(file: SettingsFile) -> None:
    assert file.load() == Settings()
    file.save(Settings(theme="dark", threads=3))
    assert file.load() == Settings(theme="dark", threads=3)
    assert json.loads(file.path.read_bytes())["version"] == VERSION
    assert kept(file) is None


def test_a_file_of_before_there_were_versions_is_read(file: SettingsFile) -> None:
    file.path.write_text('{"theme": "light", "recent": ["/a.png"]}')
    assert file.load() == Settings(theme="light", recent=("/a.png",))
    assert kept(file) is None


def test_older_settings_are_brought_up_step_by_step() -> None:
    steps = {
        1: lambda found: {**found, "cores": found.pop("threads", 0)},
        3: lambda found: {**found, "threads": found.pop("cores") + 1},
    }
    settings, whole = read_settings(b'{"threads": 2, "theme": "dark"}', Settings, steps, 4)
    assert (settings.threads, settings.theme, settings.version) == (3, "dark", 4)
    assert whole
    now, _ = read_settings(b'{"version": 4, "threads": 2}', Settings, steps, 4)
    assert now.threads == 2


def test_one_field_that_makes_no_sense_costs_no_other(file: SettingsFile) -> None:
    text = '{"theme": "dark", "threads": "many", "keys": 7, "versions": 5}'
    file.path.write_text(text)
    assert file.load() == Settings(theme="dark", versions=5)
    assert kept(file) == text.encode()


def test_of_a_later_program_s_settings_what_is_known_is_used_and_all_is_kept(
    file: SettingsFile,
) -> None:
    text = f'{{"version": {VERSION + 1}, "theme": "dark", "unheard": 1}}'
    file.path.write_text(text)
    assert file.load() == Settings(theme="dark")
    file.save(Settings())
    assert kept(file) == text.encode()


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00" * 40])
def test_a_damaged_file_is_put_aside(file: SettingsFile, text: str) -> None:
    file.path.write_text(text)
    assert file.load() == Settings()
    assert kept(file) == text.encode()
