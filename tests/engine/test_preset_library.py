# SPDX-License-Identifier: Apache-2.0
"""Presets that come with the program, and the person's own copies of them."""

from pathlib import Path

import msgspec
import pytest

from prodedit.core.problem import Problem
from prodedit.engine.preset_library import BUILT_IN, PresetLibrary


@pytest.fixture
def library(tmp_path: Path) -> PresetLibrary:
    return PresetLibrary(tmp_path / "own")


def test_the_built_in_ones_can_all_be_used(library: PresetLibrary) -> None:
    entries = library.entries()
    assert {entry.name for entry in entries} == set(BUILT_IN), "each has a translation"
    assert all(entry.is_built_in and entry.problem is None for entry in entries)


def test_a_copy_may_be_changed_and_the_original_stays(library: PresetLibrary) -> None:
    _, original = library.find("amazon-main")
    entry = library.copy("Amazon main picture", " 我的 Amazon ")
    assert (entry.id, entry.name) == ("我的-amazon", "我的 Amazon")
    making = msgspec.structs.replace(original.making, fill=0.9)
    assert entry.preset is not None
    library.change(entry.id, msgspec.structs.replace(entry.preset, making=making))
    assert library.find("我的 amazon")[1].making.fill == 0.9
    assert library.find("amazon-main")[1] == original
    library.remove(entry.id)
    library.remove(entry.id)
    with pytest.raises(Problem, match=r"no preset “我的-amazon”\. There are: .*amazon-main"):
        library.find("我的-amazon")


@pytest.mark.parametrize("name", ["Amazon main picture", "AMAZON-MAIN", "  "])
def test_names_are_not_taken_twice(library: PresetLibrary, name: str) -> None:
    with pytest.raises(Problem, match=r"already|needs a name"):
        library.copy("ebay", name)
    assert not library.own.exists()


def test_a_bad_file_is_told_and_the_others_can_be_used(library: PresetLibrary) -> None:
    library.own.mkdir()
    (library.own / "bad.json").write_bytes(b"{")
    (library.own / "folder.json").mkdir()
    newer = library.copy("ebay", "newer").path
    newer.write_bytes(newer.read_bytes().replace(b'"schema": 1', b'"schema": 2'))
    bad = {entry.id: str(entry.problem) for entry in library.entries() if entry.problem}
    assert bad.keys() == {"bad", "newer"}
    with pytest.raises(Problem, match="newer version"):
        library.find("newer")
    with pytest.raises(Problem, match="no preset, or is damaged"):
        library.find("bad")
