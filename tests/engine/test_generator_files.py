# SPDX-License-Identifier: Apache-2.0
"""A generator as one file: the same on both ends, and refused where it is not what it says."""

from __future__ import annotations

import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import torch
from msgspec.structs import replace
from safetensors.torch import load, save

from prodedit.core.problem import Problem
from prodedit.engine.generators import container
from prodedit.engine.generators.card import (
    CARD,
    AutoencoderShape,
    FlowShape,
    Training,
    TwoStageCard,
    parse_card,
)
from prodedit.engine.generators.container import WEIGHTS, read_card
from prodedit.engine.generators.two_stage import TwoStage
from prodedit.engine.generators.two_stage_file import built, opened, weights_of
from prodedit.engine.generators.weights import to_bytes

TINY = TwoStageCard(
    name="tiny",
    side=64,
    classes=("bag", "帽子"),
    autoencoder=AutoencoderShape(widths=(16, 16, 16), latents=4, blocks=1),
    flow=FlowShape(widths=(48, 48), blocks=1),
    training=Training(pictures=9, steps=(1, 2), seen=(8, 16), minutes=0.1, seed=3, version="0"),
)


@pytest.fixture(scope="module")
def generator() -> TwoStage:
    torch.manual_seed(1)
    made = built(TINY)
    for weights in made.flow.parameters():
        weights.data.normal_(0.0, 0.05)
    return TwoStage(made.autoencoder, made.flow, torch.randn(4), torch.rand(4) + 0.5)


@pytest.fixture
def file(generator: TwoStage, tmp_path: Path) -> Path:
    path = tmp_path / "tiny.generator"
    container.write(path, members(generator))
    return path


def members(generator: TwoStage) -> dict[str, bytes]:
    return {CARD: msgspec.json.encode(TINY), WEIGHTS: weights_of(generator)}


def drawn(generator: TwoStage) -> torch.Tensor:
    noise = torch.randn(2, 4, 8, 8, generator=torch.Generator().manual_seed(4))
    return generator.pictures(generator.latents(noise, torch.tensor([0, 1]), steps=2))


def test_what_was_written_makes_the_same_pictures(generator: TwoStage, file: Path) -> None:
    card, again = opened(file)
    assert card == read_card(file) == TINY
    assert (drawn(again) - drawn(generator)).abs().max() < 0.02  # half precision
    _, twice = opened(file)
    assert torch.equal(drawn(again), drawn(twice))


def test_a_folder_of_the_same_members_is_the_same(file: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path / "folder")
    assert torch.equal(drawn(opened(tmp_path / "folder")[1]), drawn(opened(file)[1]))


def test_programs_that_know_of_no_start_read_cards_without_one() -> None:
    assert b'"start"' not in msgspec.json.encode(TINY)
    begun = replace(TINY, training=replace(TINY.training, start="fashion"))
    again = parse_card(msgspec.json.encode(begun), "begun")
    assert again.training.start == "fashion"


def test_weights_are_read_again_however_many_batches_they_have_seen() -> None:
    net = torch.nn.BatchNorm2d(2)
    net.num_batches_tracked = torch.tensor(200_000)
    assert all(bool(held.isfinite().all()) for held in load(to_bytes({"net": net}, {})).values())


def test_equal_generators_are_equal_files(generator: TwoStage, file: Path) -> None:
    container.write(file.with_name("b"), members(generator))
    assert file.with_name("b").read_bytes() == file.read_bytes()


def changed(change: Callable[[dict[str, torch.Tensor]], object], data: bytes) -> bytes:
    tensors = load(data)
    change(tensors)
    return save(tensors)


def _drop(tensors: dict[str, torch.Tensor]) -> None:
    del tensors["flow.enter.weight"]


def _grow(tensors: dict[str, torch.Tensor]) -> None:
    tensors["flow.enter.weight"] = torch.zeros(7, 4, 3, 3)


def _nan(tensors: dict[str, torch.Tensor]) -> None:
    tensors["flow.enter.weight"][0, 0, 0, 0] = float("nan")


def _whole(tensors: dict[str, torch.Tensor]) -> None:
    tensors["flow.enter.weight"] = tensors["flow.enter.weight"].int()


def _flat(tensors: dict[str, torch.Tensor]) -> None:
    tensors["spread"][0] = 0.0


@pytest.mark.parametrize("change", [_drop, _grow, _nan, _whole, _flat])
def test_weights_that_are_not_the_cards_are_refused(
    change: Callable[[dict[str, torch.Tensor]], object], generator: TwoStage, tmp_path: Path
) -> None:
    parts = members(generator)
    path = tmp_path / "bad.generator"
    container.write(path, {**parts, WEIGHTS: changed(change, parts[WEIGHTS])})
    with pytest.raises(Problem, match="no usable generator"):
        opened(path)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (WEIGHTS, pickle.dumps({"a": 1})),
        (WEIGHTS, b"\xff" * 64),
        (CARD, b"{"),
        (CARD, b"{}"),
        (CARD, msgspec.json.encode(TINY).replace(b'"side":64', b'"side":96')),
        (CARD, msgspec.json.encode(TINY).replace(b"[16,16,16]", b"[1024,1024,1024]")),
        (CARD, msgspec.json.encode(TINY).replace(b"[16,16,16]", b"[16,16,16,16,16,16]")),
        (CARD, msgspec.json.encode(TINY).replace(b'"bag"', '"帽子"'.encode())),
        (CARD, msgspec.json.encode(TINY).replace(b'"name"', b'"run": "me", "name"')),
    ],
)
def test_members_that_are_none_are_refused(
    name: str, data: bytes, generator: TwoStage, tmp_path: Path
) -> None:
    path = tmp_path / "bad.generator"
    container.write(path, {**members(generator), name: data})
    with pytest.raises(Problem, match="no usable generator"):
        opened(path)


@pytest.mark.parametrize("stranger", ["archive/data.pkl", "../generator.json", "code.py"])
def test_strangers_in_the_zip_are_refused(stranger: str, file: Path) -> None:
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(stranger, pickle.dumps(1))
    with pytest.raises(Problem, match="which no generator has"):
        read_card(file)


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "LARGEST", {**container.LARGEST, CARD: 1000})
    with zipfile.ZipFile(tmp_path / "b", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(CARD, b" " * 100_000)
    with pytest.raises(Problem, match="too large"):
        read_card(tmp_path / "b")


@pytest.mark.parametrize("harm", ["cut", "empty", "gone", "twice", "no-card"])
def test_files_that_are_not_whole_are_refused(harm: str, file: Path) -> None:
    if harm == "cut":
        file.write_bytes(file.read_bytes()[:-100])
    elif harm == "empty":
        file.write_bytes(b"")
    elif harm == "gone":
        file.unlink()
    elif harm == "twice":
        with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(CARD, b"{}")
    else:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(WEIGHTS, b"")
    with pytest.raises(Problem, match="no usable generator"):
        read_card(file)


def test_an_unknown_class_is_told_with_those_there_are() -> None:
    assert TINY.label("帽子") == 1
    with pytest.raises(Problem, match=r"no class “shoe”\. It has: bag, 帽子"):
        TINY.label("shoe")
