# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from prodedit.core.problem import Cancelled, Problem
from prodedit.editing.belongings import PARTS, bring_in, in_file, take_along, there
from prodedit.editing.key_choice import KeyChoice
from prodedit.editing.settings import Settings

FILES = {
    "recipes/white.json": b"{}",
    "presets/shop.json": b"{1}",
    "generators/shoes.generator": b"PK",
    "models/u2net/u2net.onnx": bytes(3 << 20),
    "models/cards/own.toml": b"id = 1",
}
LEFT = {
    "models/.u2net.lock": b"",
    "models/converted/u2net-1.safetensors": b"made from the other",
    "generators/shoes.generator.training/log.jsonl": b"{}",
    "pictures.sqlite": b"marks of pictures",
    "recipes/.hidden.json": b"{}",
}


def nothing(_share: float) -> None:
    """As `tell`."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    lay(folder, {**FILES, **LEFT})
    return folder


def lay(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def content(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_what_is_taken_along_is_there_on_the_other_computer(data: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "all.prodedit", tmp_path / "other"
    here = Settings(theme="light", recent=("/photos/secret.jpg",), keys=KeyChoice("krita"))
    shares: list[float] = []
    take_along(file, data, here, PARTS, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert b"secret" not in file.read_bytes()
    found = in_file(file)
    assert {part: found[part].files for part in PARTS} == {
        "settings": 1, "recipes": 1, "presets": 1, "generators": 1, "models": 2,
    }  # fmt: skip
    there_ = Settings(recent=("/mine.png",), device="cpu")
    taken = bring_in(file, other, there_, PARTS, nothing)
    assert content(other) == FILES
    assert taken[:3] == (5, 0, 0)
    assert taken.settings is not None
    assert (taken.settings.theme, taken.settings.keys.scheme) == ("light", "krita")
    assert (taken.settings.recent, taken.settings.device) == (("/mine.png",), "cpu")
    assert bring_in(file, other, there_, PARTS, nothing)[:3] == (0, 5, 0)


def test_only_the_parts_that_are_wanted(data: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "some.prodedit", tmp_path / "other"
    take_along(file, data, Settings(), ("recipes", "settings"), nothing)
    assert in_file(file).keys() == {"recipes", "settings"}
    taken = bring_in(file, other, Settings(), ("recipes",), nothing)
    assert taken.settings is None
    assert content(other) == {"recipes/white.json": b"{}"}


def test_what_is_there_is_never_lost(data: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "all.prodedit", tmp_path / "other"
    take_along(file, data, Settings(), PARTS, nothing)
    lay(other, {"recipes/white.json": b"mine", "models/u2net/u2net.onnx": b"mine too"})
    assert bring_in(file, other, Settings(), PARTS, nothing).beside == 1
    found = content(other)
    assert found["recipes/white.json"] == b"mine"
    assert found["recipes/white-2.json"] == b"{}"
    assert found["models/u2net/u2net.onnx"] == b"mine too"


def test_there_says_how_much_there_is(data: Path, tmp_path: Path) -> None:
    assert there(data)["models"] == (2, (3 << 20) + 6)
    assert there(tmp_path / "nothing").keys() == {"settings"}


@pytest.mark.parametrize(
    "name",
    [
        "../evil.json",
        "recipes/../../evil.json",
        "/recipes/evil.json",
        "recipes\\evil.json",
        "recipes/deep/evil.json",
        "recipes/evil.exe",
        "models/converted/evil.onnx",
        "recipes/.evil.json",
        "recipes/c:evil.json",
        "pictures.sqlite",
    ],
)
def test_nothing_is_written_elsewhere(name: str, tmp_path: Path) -> None:
    file, other = tmp_path / "evil.prodedit", tmp_path / "deep" / "other"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("recipes/good.json", "{}")
        archive.writestr(name, "{}")
    with pytest.raises(Problem, match="another computer"):
        bring_in(file, other, Settings(), PARTS, nothing)
    assert content(tmp_path) == {"evil.prodedit": file.read_bytes()}


def test_damaged_and_foreign_files_are_refused(data: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "all.prodedit", tmp_path / "other"
    take_along(file, data, Settings(), PARTS, nothing)
    whole = file.read_bytes()
    place = whole.index(b"id = 1")
    for damaged in (
        b"",
        b"no zip",
        whole[: len(whole) // 2],
        whole[:place] + b"X" + whole[place + 1 :],
    ):
        file.write_bytes(damaged)
        with pytest.raises(Problem, match="another computer"):
            bring_in(file, other, Settings(), PARTS, nothing)
    assert "models/cards/own.toml" not in content(other)


def test_a_huge_member_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "bomb.prodedit"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("recipes/bomb.json", bytes(2 << 20))
    with pytest.raises(Problem, match="another computer"):
        in_file(file)


def test_it_can_be_stopped_and_leaves_nothing_half(data: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "all.prodedit", tmp_path / "other"

    def stop(_share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        take_along(file, data, Settings(), PARTS, stop)
    assert not list(tmp_path.glob("*.prodedit*"))
    take_along(file, data, Settings(), PARTS, nothing)
    with pytest.raises(Cancelled):
        bring_in(file, other, Settings(), PARTS, stop)
    assert all(FILES[name] == found for name, found in content(other).items())
