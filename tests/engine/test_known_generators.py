# SPDX-License-Identifier: Apache-2.0
"""What is told of generators without loading them agrees with what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from prodedit.core.problem import Problem
from prodedit.engine.generators import container
from prodedit.engine.generators.known import ABILITIES, direction_count, known
from prodedit.engine.generators.library import GeneratorLibrary
from prodedit.engine.generators.shelf import opened
from tests.engine.test_generate import write_generator


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generators")
    write_generator(folder / f"three{container.SUFFIX}", directions=3)
    (folder / f"a-broken{container.SUFFIX}").write_bytes(b"no zip")
    return folder


def test_the_whole_ones_come_first(folder: Path) -> None:
    three, broken = known(GeneratorLibrary(folder, folder / "none"))
    assert (three.name, three.title, three.directions, three.own) == ("three", "shapes", 3, True)
    assert broken.card is None
    assert "a-broken" in str(broken.problem)
    assert not broken.can("repaint")


def test_it_agrees_with_the_loaded_one(folder: Path) -> None:
    path = folder / f"three{container.SUFFIX}"
    explorer = opened(path)
    assert direction_count(path) == explorer.directions
    assert ABILITIES["two-stage"] == explorer.abilities


@pytest.mark.parametrize(
    ("metrics", "refused"),
    [
        (b'{"refusals": ["blurred"]}', True),
        (b'{"refusals": []}', False),
        (b"[]", False),
        (b"{", False),
    ],
)
def test_what_was_refused_is_known(
    folder: Path, tmp_path: Path, metrics: bytes, refused: bool
) -> None:
    members = container.read_members(folder / f"three{container.SUFFIX}")
    path = tmp_path / f"odd{container.SUFFIX}"
    container.write(path, {**members, container.METRICS: metrics})
    assert known(GeneratorLibrary(tmp_path, tmp_path / "none"))[0].refused is refused


@pytest.mark.parametrize(
    "data", [b"", b"short", b"\x04" + bytes(7) + b"nope", b"\x02" + bytes(7) + b"{}"]
)
def test_damaged_directions_are_named(folder: Path, tmp_path: Path, data: bytes) -> None:
    whole = folder / f"three{container.SUFFIX}"
    path = tmp_path / f"odd{container.SUFFIX}"
    members = {
        name: container.read_member(whole, name) for name in (container.CARD, container.WEIGHTS)
    }
    container.write(path, {**members, container.DIRECTIONS: data})
    with pytest.raises(Problem, match="directions"):
        direction_count(path)
    assert known(GeneratorLibrary(tmp_path, tmp_path / "none"))[0].problem is not None
