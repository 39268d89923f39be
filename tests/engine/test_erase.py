# SPDX-License-Identifier: Apache-2.0
"""Holes filled with pieces of the picture: cloth, a backdrop, a floor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from prodedit.core.document import from_photo
from prodedit.core.geometry import Rect, Size
from prodedit.core.pixels import premultiply
from prodedit.core.problem import Cancelled, Problem
from prodedit.core.tiles import Tiles, slices
from prodedit.engine.cards import InputSpec, ModelCard, ModelFile, Title
from prodedit.engine.families.erase import erase_object, erase_region
from prodedit.engine.families.patch_fill import filled, is_plain, smoothly_filled
from prodedit.engine.recipe import Recipe, from_bytes, is_bound, to_bytes
from prodedit.engine.replay import TaskInputs
from prodedit.engine.replaying import replay
from prodedit.engine.results import Result
from prodedit.engine.service.networks import check_input
from prodedit.engine.service.store import ModelState, Status
from prodedit.engine.tasks import EraseObject, EraseRegion, RemoveBackground, Task

Bytes = NDArray[np.uint8]
SIDE = 160
Y, X = np.mgrid[0:SIDE, 0:SIDE]
HOLE = np.hypot(X - 84, Y - 76) < 18


class Painter:
    """A network that paints blue, and keeps what it was shown."""

    def __init__(self, card: ModelCard) -> None:
        self.card = card
        self.seen: list[NDArray[np.float32]] = []

    def run(self, x: NDArray[np.float32], cancelled: object) -> NDArray[np.float32]:
        self.seen.append(x)
        blue = np.array((-1, -1, 1), np.float32)[None, :, None, None]
        return np.broadcast_to(blue, (1, 3, *x.shape[2:]))


class Shelf:
    """A store with one network or none."""

    def __init__(self, painter: Painter | None, status: Status) -> None:
        self._painter, self._status = painter, status

    def cards(self) -> dict[str, ModelCard]:
        return {} if self._painter is None else {self._painter.card.id: self._painter.card}

    def state(self, model: str) -> ModelState:
        return ModelState(self.cards()[model], self._status, 0, False)

    def use(self, card: ModelCard, device: object) -> Painter:
        assert self._painter is not None
        return self._painter


class Alone:
    """A job's surroundings, without networks where none is given."""

    def __init__(self, painter: Painter | None = None, status: Status = Status.PRESENT) -> None:
        self.store: Any = Shelf(painter, status)
        self.device: Any = None

    def report(self, fraction: float, text: str) -> None:
        quiet(fraction, text)

    def cancelled(self) -> bool:
        return False


def quiet(fraction: float, text: str) -> None:
    assert 0 <= fraction <= 1
    assert text


def cloth() -> Bytes:
    """A weave with a period of 8 pixels."""
    light = 130 + 50 * np.sign(np.sin(X * np.pi / 4 + 0.1)) * np.sign(np.sin(Y * np.pi / 4 + 0.1))
    return np.dstack([light, light * 0.8, light * 0.6]).astype(np.uint8)


def backdrop() -> Bytes:
    light = 120 + X * 0.4 + Y * 0.2 + np.random.default_rng(4).normal(0, 2, X.shape)
    return np.clip(np.dstack([light, light, light * 0.95]), 0, 255).astype(np.uint8)


def floor() -> Bytes:
    light = np.where(Y < 76, 210, 110) + np.random.default_rng(4).normal(0, 1.5, X.shape)
    return np.dstack([light, light, light]).astype(np.uint8)


def spoiled(picture: Bytes) -> Bytes:
    """With something red where the hole is, of which nothing may be left."""
    return np.where(HOLE[..., None], np.array((250, 0, 60), np.uint8), picture)


@pytest.mark.parametrize(("picture", "off"), [(cloth, 4.0), (backdrop, 4.0), (floor, 5.0)])
def test_what_was_there_comes_back_and_all_else_keeps_each_bit(
    picture: Callable[[], Bytes], off: float
) -> None:
    whole = picture()
    after = filled(spoiled(whole), HOLE, 0, quiet)
    assert np.array_equal(after[~HOLE], whole[~HOLE])
    assert np.abs(after[HOLE].astype(float) - whole[HOLE]).mean() < off


def test_a_backdrop_is_spanned_smoothly_and_keeps_its_grain() -> None:
    whole = backdrop()
    assert is_plain(spoiled(whole), HOLE)
    assert not is_plain(spoiled(cloth()), HOLE)
    after = smoothly_filled(spoiled(whole), HOLE, 0, quiet)
    off = after[HOLE].astype(float) - whole[HOLE]
    assert np.array_equal(after[~HOLE], whole[~HOLE])
    assert abs(off.mean()) < 2
    inner = after[70:82, 78:90, 0].astype(float)
    inner -= X[70:82, 78:90] * 0.4 + Y[70:82, 78:90] * 0.2
    assert 1.0 < inner.std() < 4.0


def test_nothing_is_taken_from_where_it_must_not_be() -> None:
    picture = backdrop()
    avoid = (X < 40) & ~HOLE
    picture[avoid] = (0, 255, 0)
    after = filled(picture, HOLE, 3, quiet, avoid)
    assert (after[HOLE][:, 0] > 90).all()


def test_a_large_hole_takes_the_places_found_at_half_the_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from prodedit.engine.families import patch_fill

    monkeypatch.setattr(patch_fill, "_MOST", 300)
    after = filled(spoiled(cloth()), HOLE, 0, quiet)
    assert np.array_equal(after[~HOLE], cloth()[~HOLE])
    assert np.abs(after[HOLE].astype(float) - cloth()[HOLE]).mean() < 20


def test_variants_differ_the_same_seed_does_not_and_alpha_is_kept() -> None:
    part = slice(36, 116), slice(44, 124)
    rgba = np.dstack([spoiled(backdrop()), np.full(X.shape, 255, np.uint8)])[part].copy()
    rgba[:, :10, 3] = 0
    rgba[:, 10:16, 3] = 200
    hole = HOLE[part]
    inputs = {"source": premultiply(rgba), "erase": hole.astype(np.uint8) * 255}
    made = erase_object(EraseObject(3), inputs, Alone()).pictures
    assert made.shape == (3, 80, 80, 4)
    assert np.array_equal(made[0], erase_object(EraseObject(1), inputs, Alone()).pictures[0])
    assert not np.array_equal(made[0], made[1])
    assert not np.array_equal(made[0], made[2])
    for one in made:
        assert np.array_equal(one[~hole], inputs["source"][~hole])
        assert (one[hole][:, 3] == 255).all()
        assert (one[hole][:, 1] > 90).all()  # nothing of what was erased, nor of nothing


def marked(width: int, height: int) -> Bytes:
    """A photo of cloth with a white mark in its lower right corner, opaque BGRA."""
    tiles = np.tile(cloth(), (2, 2, 1))[:height, :width]
    rgba = np.dstack([tiles, np.full(tiles.shape[:2], 255, np.uint8)])
    rgba[round(height * 0.88) : round(height * 0.95), round(width * 0.75) : -4, :3] = 255
    return premultiply(rgba)


@pytest.mark.parametrize("size", [(160, 160), (240, 180)])
def test_the_same_region_of_each_photo_goes_as_a_step_of_a_recipe(size: tuple[int, int]) -> None:
    source = marked(*size)
    recipe = from_bytes(to_bytes(Recipe("No mark", (EraseRegion(), RemoveBackground())))).steps
    region = recipe[0]
    assert isinstance(region, EraseRegion)
    assert not is_bound(region)

    def run(task: Task, inputs: TaskInputs) -> Result:
        assert isinstance(task, EraseRegion)
        return erase_region(task, inputs, Alone())

    document = from_photo(Tiles.from_array(source), "photo")
    after = replay(document, recipe[:1], run).layers[0].tiles
    assert after is not None
    made, rect = after.to_array(), region.rect(Size(*size)).inflate(8)
    there = np.zeros(source.shape[:2], bool)
    slices(there, rect.intersect(Rect(0, 0, *size)))[...] = True
    assert np.array_equal(made[~there], source[~there])
    assert (slices(source, region.rect(Size(*size)))[..., :3].min(axis=2) == 255).any()
    off = np.abs(made[..., 2::-1].astype(int) - np.tile(cloth(), (2, 2, 1))[: size[1], : size[0]])
    assert off[there].mean() < 5, "also in the corner, where nothing beyond it has to fit"


def test_a_region_is_a_part_of_any_photo() -> None:
    assert EraseRegion(0.5, 0.5, 0.5, 0.25).rect(Size(100, 80)) == Rect(50, 40, 50, 20)
    assert EraseRegion(0.9, 1.0, 0.5, 0.01).rect(Size(10, 10)) == Rect(9, 9, 1, 1)
    source = marked(40, 40)
    with pytest.raises(Problem) as caught:
        erase_region(EraseRegion(0, 0, 1, 1), {"source": source}, Alone())
    assert caught.value.code == "nothing-left"


def test_it_stops_when_it_is_told_to_and_refuses_a_picture_without_anything_left() -> None:
    def stopped(fraction: float, text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        filled(cloth(), HOLE, 0, stopped)
    source = premultiply(np.dstack([cloth(), np.full(X.shape, 255, np.uint8)]))
    with pytest.raises(Problem, match="Paint over less"):
        erase_object(
            EraseObject(), {"source": source, "erase": np.full(X.shape, 255, np.uint8)}, Alone()
        )


@pytest.mark.parametrize("side", [64, 0])
def test_a_network_that_fills_holes_gives_the_first_variant(side: int) -> None:
    card = ModelCard(
        id="painter",
        task="erase",
        title=Title(en="Painter", zh="画家"),
        architecture="onnx",
        licence="MIT",
        origin="nobody",
        input=InputSpec(side=side, range=(-1.0, 1.0), output_range=(-1.0, 1.0)),
        files=(ModelFile(name="painter.onnx", runtime="onnx", sha256="0" * 64, bytes=1),),
    )
    painter = Painter(card)
    source = premultiply(np.dstack([cloth(), np.full(X.shape, 255, np.uint8)]))
    inputs = {"source": source, "erase": HOLE.astype(np.uint8)}
    made = erase_object(EraseObject(2), inputs, Alone(painter)).pictures
    assert (made[0][HOLE] == (255, 0, 0, 255)).all()
    assert np.array_equal(made[0][~HOLE], source[~HOLE])
    assert not np.array_equal(made[0], made[1])
    (seen,) = painter.seen
    check_input(seen, card)
    assert set(np.unique(seen[0, 3])) == {0, 1}
    assert not seen[0, :3][:, seen[0, 3] > 0].any()
    missing = erase_object(EraseObject(1), inputs, Alone(painter, Status.MISSING)).pictures
    assert np.array_equal(missing[0], made[1])
