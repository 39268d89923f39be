# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import TILE, Block, Tiles, block_rect, places

sides = st.integers(1, 600)
offsets = st.integers(-300, 700)
channels = st.sampled_from([1, 4])


def noise(width: int, height: int, channels: int, seed: int = 0) -> np.ndarray:
    shape = (height, width) if channels == 1 else (height, width, 4)
    return np.random.default_rng(seed).integers(1, 256, shape, dtype=np.uint8)


@given(sides, sides, channels)
@settings(max_examples=30, deadline=None)
def test_array_round_trip(width: int, height: int, channels: int) -> None:
    array = noise(width, height, channels)
    tiles = Tiles.from_array(array)
    assert (tiles.size, tiles.channels) == (Size(width, height), channels)
    np.testing.assert_array_equal(tiles.to_array(), array)


@given(sides, sides, channels, offsets, offsets, sides, sides)
@settings(max_examples=60, deadline=None)
def test_paste_is_numpy_s_assignment(
    width: int, height: int, channels: int, x: int, y: int, wide: int, high: int
) -> None:
    under, patch = noise(width, height, channels), noise(wide, high, channels, seed=1)
    before = Tiles.from_array(under)
    after = before.paste(patch, x, y)
    expected = np.pad(under, [(800, 1400), (800, 1400), (0, 0)][: under.ndim])
    expected[800 + y : 800 + y + high, 800 + x : 800 + x + wide] = patch
    np.testing.assert_array_equal(after.to_array(), expected[800:][:height, 800:][:, :width])
    np.testing.assert_array_equal(before.to_array(), under)


@given(sides, sides, channels, offsets, offsets, st.integers(0, 600), st.integers(0, 600))
@settings(max_examples=60, deadline=None)
def test_any_rectangle_can_be_read(
    width: int, height: int, channels: int, x: int, y: int, wide: int, high: int
) -> None:
    array = noise(width, height, channels)
    expected = np.pad(array, [(800, 1400), (800, 1400), (0, 0)][: array.ndim])
    got = Tiles.from_array(array).to_array(Rect(x, y, wide, high))
    np.testing.assert_array_equal(got, expected[800 + y :, 800 + x :][:high, :wide])


@given(sides, sides, channels, offsets, offsets, st.integers(1, 90), st.integers(1, 90))
@settings(max_examples=60, deadline=None)
def test_changed_covers_what_differs_and_no_more_than_its_blocks(
    width: int, height: int, channels: int, x: int, y: int, wide: int, high: int
) -> None:
    before = Tiles.from_array(noise(width, height, channels))
    after = before.paste(noise(wide, high, channels, seed=2), x, y)
    pasted = Rect(x, y, wide, high).intersect(before.bounds)
    expected = [block_rect(place).intersect(before.bounds) for place, _ in places(pasted)]
    assert sorted(after.changed(before)) == sorted(expected)
    assert sorted(before.changed(after)) == sorted(expected)


def test_unchanged_blocks_are_shared() -> None:
    before = Tiles.from_array(noise(600, 600, 4))
    after = before.paste(noise(10, 10, 4, seed=3), 300, 300)
    shared = {p for p in before.blocks if before.blocks[p] is after.blocks[p]}
    assert shared == set(before.blocks) - {(1, 1)}


def test_changed_against_nothing_or_another_size_is_everything() -> None:
    tiles = Tiles.empty(Size(300, 20))
    assert tiles.changed(None) == (Rect(0, 0, 300, 20),)
    assert tiles.changed(Tiles.empty(Size(20, 300))) == (Rect(0, 0, 300, 300),)
    assert tiles.changed(Tiles.empty(Size(300, 20), 1)) == (Rect(0, 0, 300, 20),)
    assert tiles.changed(tiles) == ()


def test_what_lies_beyond_the_size_is_zero() -> None:
    block = Tiles.from_array(noise(300, 10, 4)).block(1, 0)
    assert block is not None
    assert block.shape == (TILE, TILE, 4)
    assert not block[10:].any()
    assert not block[:, 44:].any()


def test_blocks_cannot_be_written() -> None:
    array = noise(256, 256, 4)
    tiles = Tiles.from_array(array)
    block = tiles.block(0, 0)
    assert block is not None
    with pytest.raises(ValueError, match="read-only"):
        block[0, 0] = 0
    array[:] = 0
    assert block.all()


def test_missing_block_is_none_and_reads_as_zero() -> None:
    tiles = Tiles.empty(Size(300, 300), 1)
    assert tiles.block(0, 0) is None
    assert tiles.nbytes == 0
    assert not tiles.to_array().any()


def test_without_blank() -> None:
    tiles = Tiles.from_array(np.zeros((300, 300), np.uint8)).paste(noise(5, 5, 1), 0, 0)
    kept = tiles.without_blank()
    assert set(kept.blocks) == {(0, 0)}
    assert kept.without_blank() is kept
    np.testing.assert_array_equal(kept.to_array(), tiles.to_array())


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((4, 4, 3), np.uint8),
        np.zeros((4, 4, 4), np.float32),
        np.zeros(4, np.uint8),
        np.zeros((2, 4, 4, 4), np.uint8),
    ],
)
def test_other_shapes_are_refused(array: np.ndarray) -> None:
    with pytest.raises(ValueError, match="expected"):
        Tiles.from_array(array)


def test_paste_of_other_channels_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Tiles.empty(Size(9, 9), 4).paste(np.zeros((2, 2), np.uint8), 0, 0)


@given(sides, sides, channels, offsets, offsets, sides, sides, st.booleans())
@settings(max_examples=40, deadline=None)
def test_a_part_is_what_an_array_of_it_would_be(
    width: int, height: int, channels: int, x: int, y: int, across: int, down: int, even: bool
) -> None:
    """`even`: corner on corner, where blocks are shared."""
    rect = Rect(x // TILE * TILE if even else x, y // TILE * TILE if even else y, across, down)
    tiles = Tiles.from_array(noise(width, height, channels))
    part = tiles.part(rect)
    assert part.size == rect.size
    np.testing.assert_array_equal(part.to_array(), tiles.to_array(rect))
    for place, block in part.blocks.items():  # what lies beyond the size is zero
        beyond = block.pixels.copy()
        inside = block_rect(place).intersect(part.bounds)
        beyond[: inside.height, : inside.width] = 0
        assert not beyond.any()


def test_a_wider_part_shares_blocks() -> None:
    tiles = Tiles.from_array(noise(600, 300, 4))
    part = tiles.part(Rect(-TILE, -2 * TILE, 1200, 1000))
    assert {part.blocks[column + 1, row + 2] for column, row in tiles.blocks} == {
        *tiles.blocks.values()
    }


def test_stowed_block_is_the_same_value() -> None:
    pixels = noise(256, 256, 1)
    block = Block(pixels.copy())
    block.stow(lambda: pixels)
    assert block.is_stowed
    np.testing.assert_array_equal(block.pixels, pixels)
    assert block.is_stowed
    block.recall()
    assert not block.is_stowed
    np.testing.assert_array_equal(block.pixels, pixels)
    assert block.nbytes == 65536


@given(st.integers(-900, 900), st.integers(-900, 900), st.integers(-2, 700), st.integers(-2, 700))
def test_places_cut_a_rectangle_without_gap_or_overlap(
    x: int, y: int, width: int, height: int
) -> None:
    rect = Rect(x, y, width, height)
    parts = list(places(rect))
    assert sum(part.size.area for _, part in parts) == (0 if rect.is_empty else rect.size.area)
    assert len({place for place, _ in parts}) == len(parts)
    for place, part in parts:
        assert part == part.intersect(block_rect(place)).intersect(rect)
        assert not part.is_empty
