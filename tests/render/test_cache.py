# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import gc

import numpy as np
import pytest

from prodedit.core.tiles import Block
from prodedit.render.cache import PixelCache


def block() -> Block:
    return Block(np.zeros((4, 4), np.uint8))


def made(value: int, side: int = 10) -> np.ndarray:
    return np.full((side, side), value, np.uint8)


def test_made_once_for_the_same_parts_and_key() -> None:
    cache, one, other = PixelCache(10_000), block(), block()
    first = cache.get((one, None), "a", lambda: made(1))
    assert cache.get((one, None), "a", lambda: made(2)) is first
    assert cache.get((one, None), "b", lambda: made(3))[0, 0] == 3
    assert cache.get((one, other), "a", lambda: made(4))[0, 0] == 4
    assert cache.get((other, None), "a", lambda: made(5))[0, 0] == 5
    assert cache.nbytes == 400


def test_least_used_go_first_and_the_budget_holds() -> None:
    cache, parts = PixelCache(250), [block() for _ in range(3)]
    for number, part in enumerate(parts):
        cache.get((part,), "", lambda number=number: made(number))
        cache.get((parts[0],), "", lambda: made(9))
    assert cache.nbytes == 200
    assert cache.get((parts[0],), "", lambda: made(7))[0, 0] == 0
    assert cache.get((parts[1],), "", lambda: made(7))[0, 0] == 7


def test_too_large_for_the_budget_is_given_but_not_kept() -> None:
    cache, part = PixelCache(50), block()
    assert cache.get((part,), "", lambda: made(1))[0, 0] == 1
    assert cache.nbytes == 0


def test_parts_are_not_kept_alive_nor_mistaken_for_others() -> None:
    cache = PixelCache(1 << 20)
    for number in range(200):
        part = block()
        assert cache.get((part,), "", lambda number=number: made(number % 256))[0, 0] == number
        del part
        gc.collect(0)


def test_pixels_are_read_only() -> None:
    pixels = PixelCache(1000).get((), "", lambda: made(1))
    with pytest.raises(ValueError, match="read-only"):
        pixels[0, 0] = 2


def test_clear() -> None:
    cache = PixelCache(1000)
    cache.get((), "", lambda: made(1))
    cache.clear()
    assert cache.nbytes == 0
