# SPDX-License-Identifier: Apache-2.0
"""`prodedit similar`, as somebody types it."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from prodedit import cli
from prodedit.cli import similar
from tests.catalogue.test_similar import ColourEngine, pattern


class Engine(ColourEngine):
    def close(self) -> None:
        """There is no process."""


@pytest.fixture(autouse=True)
def engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similar, "EngineClient", Engine)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "店铺"
    folder.mkdir()
    for name, seed, quality in (("a.jpg", 1, 95), ("a2.jpg", 1, 50), ("b.jpg", 2, 95)):
        data = cv2.imencode(".jpg", pattern(seed, 120), (cv2.IMWRITE_JPEG_QUALITY, quality))[1]
        (folder / name).write_bytes(data.tobytes())
    return folder


def test_what_is_there_twice_is_named(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["similar", str(shop)]) == 0
    told = capsys.readouterr()
    assert f"same: {shop / 'a.jpg'}, {shop / 'a2.jpg'}" in told.out
    assert "3 pictures compared" in told.err


def test_for_programs_and_with_one_that_can_not_be_read(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing")
    assert cli.main(["similar", str(shop), "--to", str(shop / "a.jpg"), "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["counts"] == {"compared": 3, "unread": 1, "measured": 0}
    assert [Path(one["file"]).name for one in data["similar"]] == ["a2.jpg", "b.jpg"]
    assert data["similar"][0]["likeness"] == pytest.approx(1.0, abs=0.05)


def test_wrong_words(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["similar", str(tmp_path / "gone")]) == 2
    assert "could not be read" in capsys.readouterr().err
    elsewhere = tmp_path / "x.jpg"
    elsewhere.write_bytes(b"")
    assert cli.main(["similar", str(shop), "--to", str(elsewhere)]) == 2
    assert "no picture of this folder" in capsys.readouterr().err
