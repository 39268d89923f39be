# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import msgspec
import pytest

from prodedit.core.problem import Problem
from prodedit.data_files import models_folder
from prodedit.engine.cards import (
    ModelCard,
    NpmSource,
    PipSource,
    WebSource,
    member_path,
    parse_card,
    read_card,
    read_cards,
    to_toml,
)
from prodedit.engine.service.architectures import ARCHITECTURES
from prodedit.engine.service.store import DEFAULTS

CARDS = read_cards(models_folder())


@pytest.fixture(params=CARDS.values(), ids=CARDS)
def card(request: pytest.FixtureRequest) -> ModelCard:
    found: ModelCard = request.param
    return found


def test_the_defaults_have_cards() -> None:
    assert set(DEFAULTS) <= set(CARDS)


def test_every_card_survives_a_round_trip(card: ModelCard) -> None:
    assert parse_card(to_toml(card), "again.toml") == card


def test_every_reference_resolves(card: ModelCard) -> None:
    assert card.architecture in {*ARCHITECTURES, "onnx"}
    for file in card.files:
        carried = (models_folder() / file.name).is_file()
        assert carried or any(source.file == file.name for source in card.sources)
    for source in card.sources:
        if isinstance(source, (PipSource, NpmSource)):
            member_path(source.member if isinstance(source, PipSource) else source.index)


def test_no_hash_stands_for_two_files() -> None:
    hashes = [file.sha256 for card in CARDS.values() for file in card.files]

    assert len(set(hashes)) == len(hashes)


def test_addresses_are_safe_and_no_package_index(card: ModelCard) -> None:
    for source in card.sources:
        if isinstance(source, WebSource):
            assert source.address.startswith("https://github.com/")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("side = 320", 'side = "320"', "received '320'"),
        ('channels = "rgb"', 'channels = "rbg"', "received 'rbg'"),
        ("side = 320", "side = 100000", "received 100000"),
        ('runtime = "onnx"', 'runtime = "pickle"', "received 'pickle'"),
        ("std = [0.229, 0.224, 0.225]", "std = [0.229, 0.224, 0.0]", "received 0.0"),
        ("std = [0.229, 0.224, 0.225]", "std = [0.229, 0.224]", "length 3"),
        ("range = [0.0, 1.0]\nmean", "range = [1.0, 1.0]\nmean", "range (1.0, 1.0) is empty"),
        ('sha256 = "8d10', 'sha256 = "8D10', "received '8D10"),
        ('task = "cutout"', 'task = "paint"', "'paint'"),
        ('kind = "web"', 'kind = "torrent"', "torrent"),
        ("https://github", "http://github", "received 'http://github"),
        ('file = "u2net.onnx"', 'file = "other.onnx"', "'other.onnx'"),
        ("bytes = 175997641", "bytes = 175997642", "hash or size"),
        ('name = "u2net.onnx"', 'name = "../u2net.onnx"', "received '../u2net.onnx'"),
        ('licence = "Apache-2.0"', 'license = "Apache-2.0"', "licen"),
        ('id = "u2net"', "id = ", "line 1"),
    ],
)
def test_a_wrong_card_is_told_with_what_stood_there(old: str, new: str, told: str) -> None:
    text = (models_folder() / "u2net.toml").read_text(encoding="utf-8")
    assert old in text

    with pytest.raises(Problem) as raised:
        parse_card(text.replace(old, new, 1), "u2net.toml")

    assert raised.value.code == "bad-model-card"
    assert "u2net.toml" in str(raised.value)
    assert told in str(raised.value)


def test_a_card_under_another_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_bytes((models_folder() / "u2net.toml").read_bytes())

    with pytest.raises(Problem, match="its id is 'u2net'"):
        read_card(path)


@pytest.mark.parametrize("content", [b"\xff\xfe", b""])
def test_no_text_is_no_card(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "u2net.toml"
    path.write_bytes(content)

    with pytest.raises(Problem, match=r"u2net\.toml"):
        read_card(path)


@pytest.mark.parametrize("name", ["/etc/passwd", "../up", "a/../../b", "a\\b"])
def test_members_stay_in_their_archive(name: str) -> None:
    with pytest.raises(ValueError, match="leads out"):
        member_path(name)


def test_strange_text_survives_the_round_trip() -> None:
    card = msgspec.structs.replace(CARDS["u2net"], notes='"""\\ \n\t\x7f ☃ \'', tiling=None)

    assert parse_card(to_toml(card), "u2net.toml") == card
