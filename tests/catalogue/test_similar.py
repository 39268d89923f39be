# SPDX-License-Identifier: Apache-2.0
"""Which pictures are alike, told by features and fingerprints that a test can make up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from prodedit.catalogue.folder.listing import Picture, listed
from prodedit.catalogue.folder.thumbnails import ThumbnailCache
from prodedit.catalogue.similar.advice import advised
from prodedit.catalogue.similar.comparing import Comparing
from prodedit.catalogue.similar.groups import found, nearest
from prodedit.catalogue.similar.index import (
    DIMENSIONS,
    Index,
    alike,
    nothing,
    read_index,
    write_index,
)
from prodedit.catalogue.similar.measures import agreement, fingerprint, standing
from prodedit.catalogue.similar.outliers import consistency
from prodedit.core.problem import Cancelled
from prodedit.engine.results import FeaturesResult, Result
from prodedit.engine.service.jobs import Lane
from prodedit.engine.tasks import Task
from prodedit.files.decoder import Decoder


def directions(*angles: float) -> np.ndarray:
    """(n, 1280) unit vectors in a plane: the cosine of two is that of their angles' difference."""
    made = np.zeros((len(angles), DIMENSIONS), np.float16)
    radians = np.radians(angles)
    made[:, 0], made[:, 1] = np.cos(radians), np.sin(radians)
    return made


def index_of(
    angles: list[float], looks: list[int] | None = None, standings: np.ndarray | None = None
) -> Index:
    """looks: those with the same number have the same fingerprint."""
    count = len(angles)
    seeds = list(range(count)) if looks is None else looks
    return Index(
        tuple(f"{n:032x}" for n in range(count)),
        directions(*angles),
        np.stack([fingerprint(pattern(seed)) for seed in seeds] or [nothing().fingerprints]),
        np.full((count, 6), np.nan, np.float32) if standings is None else standings,
    )


# Measures


def pattern(seed: int, side: int = 160) -> np.ndarray:
    small = np.random.default_rng(seed).integers(0, 256, (6, 6, 3), np.uint8)
    return cv2.resize(small, (side, side), interpolation=cv2.INTER_CUBIC)


def test_a_fingerprint_keeps_through_what_shops_do_to_photos() -> None:
    photo = pattern(1)
    small = cv2.resize(photo, (80, 80), interpolation=cv2.INTER_AREA)
    bright = np.clip(photo.astype(np.int16) + 20, 0, 255).astype(np.uint8)
    _, packed = cv2.imencode(".jpg", photo, (cv2.IMWRITE_JPEG_QUALITY, 40))
    mirrored, cropped = np.ascontiguousarray(photo[:, ::-1]), photo[5:-5, 5:-5]
    others = [small, bright, cv2.imdecode(packed, cv2.IMREAD_COLOR), mirrored, cropped]
    near = [agreement(fingerprint(photo), fingerprint(one)) for one in others]
    assert min(near) > 0.95
    far = [agreement(fingerprint(photo), fingerprint(pattern(n))) for n in range(2, 12)]
    assert max(far) < 0.8
    plain = np.full((9, 9, 3), 200, np.uint8)
    assert agreement(fingerprint(plain), fingerprint(plain)) == 0.0, "which says nothing"


def test_where_the_product_stands_and_what_white_is() -> None:
    white = np.full((200, 100, 3), (250, 250, 250), np.uint8)
    white[50:150, 30:90] = (20, 60, 160)
    found_ = standing(white)
    assert found_.scale == pytest.approx(0.6)
    assert (found_.x, found_.y) == pytest.approx((0.1, 0.0), abs=0.01)
    assert found_.lightness == pytest.approx(98.3, abs=0.5)
    busy = pattern(3)
    assert np.isnan(standing(busy).scale), "on a busy backdrop nothing is claimed"
    alpha = np.zeros((200, 100), np.uint8)
    alpha[:, 25:75] = 255
    cut = standing(white, alpha)
    assert cut.scale == pytest.approx(1.0)
    assert np.isnan(cut.lightness)


# Groups


def test_pictures_that_are_the_same_and_that_show_one_product() -> None:
    # a photo, its copy twice, another photo of the same product, another thing
    index = index_of([0, 20, 15, -25, 90], [1, 1, 1, 2, 1])
    groups = found(index)
    assert [group.rows for group in groups.same] == [(0, 1, 2)]
    assert groups.same[0].likeness == pytest.approx(np.cos(np.radians(15)), abs=0.01)
    assert [group.rows for group in groups.variants] == [(0, 3)]


def test_a_chain_of_small_steps_is_not_one_group() -> None:
    index = index_of([10.0 * n for n in range(9)], [1] * 9)
    for group in found(index).same:
        angles = [10.0 * row for row in group.rows]
        assert max(angles) - min(angles) <= 45


def test_blocks_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    features = rng.normal(size=(60, DIMENSIONS)).astype(np.float32)
    features[30:] = features[:30] + rng.normal(scale=0.2, size=(30, DIMENSIONS))
    features /= np.linalg.norm(features, axis=1, keepdims=True)
    index = Index(
        tuple(map(str, range(60))),
        features.astype(np.float16),
        np.tile(rng.integers(0, 256, (30, 16, 16, 3), np.uint8), (2, 1, 1, 1)),
        np.full((60, 6), np.nan, np.float32),
    )
    whole = found(index)
    assert [group.rows for group in whole.same] == [(n, n + 30) for n in range(30)]
    monkeypatch.setattr("prodedit.catalogue.similar.groups._BLOCK", 7)
    assert [group.rows for group in found(index).same] == [group.rows for group in whole.same]
    exact = features @ features.T
    assert np.abs(alike(index.single, index.single) - exact).max() < 2e-3


def test_the_nearest_come_first() -> None:
    index = index_of([0, 80, 10, 30, 5])
    assert [row for row, _ in nearest(index, 0)] == [4, 2, 3, 1]
    assert [row for row, _ in nearest(index, 0, 2)] == [4, 2]
    assert nearest(index_of([0]), 0) == ()


# What stands out


def test_what_is_framed_otherwise_stands_out() -> None:
    rng = np.random.default_rng(2)
    standings = np.tile(np.array([0.8, 0, 0, 98, 0, 0], np.float32), (30, 1))
    standings += rng.normal(scale=0.003, size=standings.shape).astype(np.float32)
    standings[3, 0] = 0.45
    standings[7, 1] = 0.2
    standings[11, 3] = 80
    standings[13, 5] = 14
    standings[20] = np.nan
    told = consistency(index_of([0.0] * 30, standings=standings))
    assert {(one.row, one.odd) for one in told.outliers} == {
        (3, "smaller"),
        (7, "off-centre"),
        (11, "darker"),
        (13, "tinted"),
    }
    assert told.measured == 29
    small = next(one for one in told.outliers if one.row == 3)
    assert small.measured == pytest.approx(0.45)
    assert small.usual == pytest.approx(0.8, abs=0.01)


def test_a_few_pictures_are_no_rule() -> None:
    standings = np.tile(np.array([0.8, 0, 0, 98, 0, 0], np.float32), (5, 1))
    standings[0, 0] = 0.2
    assert consistency(index_of([0.0] * 5, standings=standings)).outliers == ()
    assert consistency(nothing()).outliers == ()


def test_the_recipe_of_similar_pictures_is_advised() -> None:
    index = index_of([0, 5, 10, 20, 85])
    pictures = [Picture(Path(f"/{n}.jpg"), 1, n) for n in range(5)]
    recipes = {1: "white", 2: "white", 3: "blue", 4: "red"}
    advice = advised(index, pictures, 0, lambda one: recipes.get(one.changed, ""))
    assert advice == ("white", 2, 3), "what is not similar has no say"
    assert advised(index, pictures, 0, lambda one: "") is None


# All of it, with an engine whose features are the mean colours


class ColourEngine:
    """Describes pictures by their mean colour."""

    def __init__(self) -> None:
        self.asked = 0

    def run(self, task: Task, inputs: Mapping[str, Any], *, lane: Lane) -> Result:
        del task, lane
        pictures = inputs["pictures"]
        self.asked += len(pictures)
        features = np.zeros((len(pictures), DIMENSIONS), np.float32)
        features[:, :3] = pictures.reshape(len(pictures), -1, 3).mean(axis=1) - 127.0
        features /= np.linalg.norm(features, axis=1, keepdims=True)
        return FeaturesResult(features.astype(np.float16))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    for name, seed, quality in (("a.jpg", 1, 95), ("a2.jpg", 1, 50), ("b.jpg", 2, 95)):
        data = cv2.imencode(".jpg", pattern(seed, 120), (cv2.IMWRITE_JPEG_QUALITY, quality))[1]
        (folder / name).write_bytes(data.tobytes())
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing")
    return folder


def test_a_folder_is_compared_and_only_what_is_new_is_looked_at(shop: Path, tmp_path: Path) -> None:
    path, cache, engine = tmp_path / "i" / "x.npz", ThumbnailCache(tmp_path / "t"), ColourEngine()
    done: list[int] = []
    with Decoder() as decoder:
        comparing = Comparing(path, decoder, cache, engine)
        compared = comparing.compare(listed([shop]).pictures, done.append)
        assert [one.path.name for one in compared.pictures] == ["a.jpg", "a2.jpg", "b.jpg"]
        assert compared.unread == 1
        assert sum(done) == 4
        assert [group.rows for group in compared.found.same] == [(0, 1)]
        assert engine.asked == 3
        (shop / "b.jpg").unlink()
        (shop / "a.jpg").rename(shop / "c.jpg")
        again = comparing.compare(listed([shop]).pictures)
    cache.close()
    assert engine.asked == 4, "the one with another name"
    assert [one.path.name for one in again.pictures] == ["a2.jpg", "c.jpg"]
    assert len(read_index(path)) == 2, "what is gone is not kept"


def test_what_was_looked_at_is_kept_when_it_is_stopped(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prodedit.catalogue.similar.looking.AT_ONCE", 1)
    path, cache, engine = tmp_path / "x.npz", ThumbnailCache(tmp_path / "t"), ColourEngine()
    with Decoder() as decoder:
        comparing = Comparing(path, decoder, cache, engine)
        with pytest.raises(Cancelled):
            comparing.compare(listed([shop]).pictures, stopped=lambda: engine.asked == 2)
    cache.close()
    assert len(read_index(path)) == 2


def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "x.npz"
    assert len(read_index(path)) == 0
    index = index_of([0, 10], [1, 2])
    write_index(index, path)
    kept = read_index(path)
    assert kept.keys == index.keys
    assert np.array_equal(kept.features, index.features)
    whole = path.read_bytes()
    for damage in (whole[:100], whole[: len(whole) // 2], b"", b"PK\x03\x04" * 9):
        path.write_bytes(damage)
        assert len(read_index(path)) == 0
    np.savez(path, version=np.array(1), keys=np.array(["a"], "S32"), features=np.zeros((1, 3)))
    assert len(read_index(path.with_suffix(".npz"))) == 0
