# SPDX-License-Identifier: Apache-2.0
"""What generators learn from: framing, packing, draws."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from prodedit.core.problem import Problem
from prodedit.engine.training import packed
from prodedit.engine.training.draws import draw, vary
from prodedit.engine.training.packed import doubt, framed


def cut_out(box: tuple[int, int, int, int], size: tuple[int, int] = (60, 80)) -> np.ndarray:
    """A red product, opaque from (top, bottom, left, right)."""
    picture = np.zeros((*size, 4), np.uint8)
    top, bottom, left, right = box
    picture[top:bottom, left:right] = (0, 0, 200, 255)
    return picture


def pictures(count: int, side: int = 16) -> packed.PackedPictures:
    pixels = np.zeros((count, side, side, 3), np.uint8)
    pixels[..., 0] = np.arange(count)[:, None, None]
    labels = tuple(number % 2 for number in range(count))
    names = tuple(str(number) for number in range(count))
    return packed.PackedPictures(
        pixels, packed.Contents(side=side, classes=("a", "b"), labels=labels, names=names)
    )


def test_a_product_is_framed_in_the_middle_of_white() -> None:
    square = framed(cut_out((10, 30, 5, 75)), 100, margin=0.1)
    red = (square == (200, 0, 0)).all(-1)
    rows, columns = np.flatnonzero(red.any(1)), np.flatnonzero(red.any(0))
    assert (columns[0], columns[-1]) == (10, 89)
    assert abs((rows[0] + rows[-1]) - 99) <= 1
    assert (square[~red] == 255).mean() > 0.98
    assert square.dtype == np.uint8


def test_what_is_half_transparent_shows_half_of_the_white() -> None:
    picture = np.full((40, 40, 4), 255, np.uint8)
    picture[...] = (0, 0, 100, 128)  # premultiplied
    assert abs(int(framed(picture, 40, 0.0)[20, 20, 0]) - 227) <= 1


@pytest.mark.parametrize(
    ("box", "why"),
    [
        ((10, 50, 20, 60), None),
        ((0, 5, 0, 5), "too-little"),
        ((0, 60, 0, 79), "too-much"),
        ((20, 40, 0, 80), "cut-off"),
        ((0, 0, 0, 0), "too-little"),
    ],
)
def test_cut_outs_that_failed_are_told(box: tuple[int, int, int, int], why: str | None) -> None:
    assert doubt(cut_out(box)) == why


def test_packing_keeps_every_pixel(tmp_path: Path) -> None:
    chance = np.random.default_rng(3)
    made = [(f"{n}.png", n % 2, chance.integers(0, 256, (8, 8, 3), np.uint8)) for n in range(5)]
    found = packed.pack(iter(made), tmp_path / "p.bin", 8, ("x", "y"))
    assert found.contents.classes == ("x", "y")
    assert found.labels.tolist() == [0, 1, 0, 1, 0]
    for (_, _, pixels), kept in zip(made, found.pixels, strict=True):
        assert (pixels == kept).all()


@pytest.mark.parametrize("harm", ["cut", "no-list", "list", "empty"])
def test_a_pack_that_is_not_whole_is_refused(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "p.bin"
    packed.pack(iter([("a", 0, np.zeros((8, 8, 3), np.uint8))] * 3), path, 8, ("x",))
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    elif harm == "no-list":
        path.with_suffix(".json").unlink()
    elif harm == "list":
        path.with_suffix(".json").write_text("{")
    else:
        packed.pack(iter([("a", 0, np.zeros((8, 8, 3), np.uint8))]), tmp_path / "q.bin", 8, ("x",))
        path.write_bytes(b"")
    with pytest.raises(Problem, match="prepared pictures"):
        packed.opened(path)


def test_an_epoch_shows_each_picture_once() -> None:
    data = pictures(12)
    seen: list[int] = []
    for step in range(3):
        drawn = draw(data, 7, step, 4)
        assert drawn.pictures.shape == (4, 3, 16, 16)
        assert drawn.pictures.dtype == np.float32
        seen += drawn.labels.tolist()
    assert Counter(seen) == {0: 6, 1: 6}


def test_draws_are_known_from_seed_and_step() -> None:
    data = pictures(12)
    assert (draw(data, 7, 5, 4).pictures == draw(data, 7, 5, 4).pictures).all()
    assert (draw(data, 7, 5, 4).pictures != draw(data, 8, 5, 4).pictures).any()
    assert (draw(data, 7, 5, 4).pictures != draw(data, 7, 6, 4).pictures).any()


def test_varied_pictures_stay_white_at_the_border() -> None:
    picture = np.full((32, 32, 3), 255, np.uint8)
    picture[8:24, 8:24] = (10, 120, 200)
    for seed in range(20):
        varied = vary(picture, np.random.default_rng(seed))
        assert (varied[0] == 255).all()
        assert (varied[:, -1] == 255).all()
        assert abs(int(varied[16, 16, 1]) - 120) < 12
