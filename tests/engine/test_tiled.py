# SPDX-License-Identifier: Apache-2.0
"""Pieces join without a seam, memory may be short, and nonsense is refused."""

import os
from itertools import chain
from pathlib import Path

import cv2
import msgspec
import numpy as np
import pytest
import torch

from prodedit.core.geometry import Rect, Size
from prodedit.core.problem import Cancelled, Problem
from prodedit.engine import enhancing
from prodedit.engine.cards import Tiling, read_cards
from prodedit.engine.families import tiled
from prodedit.engine.families.shares import part
from prodedit.engine.service.store import Status, default_store
from tests.engine.enhancing_fakes import CPU, FakeContext, FakeStore, photo
from tests.engine.ncnn_files import TinySRVGG
from tests.engine.test_ncnn_weights import tiny_store

QUIET = part(FakeContext(), 0.0, 1.0)


def rgb(width: int, height: int) -> np.ndarray:
    return np.ascontiguousarray(photo(width, height)[..., 2::-1])


@pytest.mark.parametrize("size", [Size(1, 1), Size(257, 3), Size(100, 70), Size(64, 64)])
def test_pieces_cover_everything_once(size: Size) -> None:
    seen = np.zeros((size.height, size.width), int)
    for piece in chain.from_iterable(tiled.pieces(size, 64, 8)):
        wanted, shown = piece
        assert max(wanted.size) <= 64
        assert shown == wanted.inflate(8).intersect(Rect.of(size))
        seen[wanted.y : wanted.bottom, wanted.x : wanted.right] += 1
    assert (seen == 1).all()


@pytest.mark.parametrize("scale", [4, 2])
def test_pieces_join_as_if_there_were_none(
    scale: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(2)
    net = TinySRVGG()
    with torch.no_grad():
        net.conv_last.weight *= 0.3
    store = tiny_store(tmp_path, monkeypatch, net)
    store.pull("tiny")
    network, picture = store.use("tiny", CPU), rgb(150, 90)
    whole = tiled._all(picture, None, network, scale, 1000, FakeContext(), QUIET)
    parts = tiled.enlarge(picture, None, network, scale, FakeContext(), QUIET)
    assert (parts.side, parts.short) == (64, False)
    assert whole.shape == (scale * 90, scale * 150, 3)
    assert int(np.abs(whole.astype(int) - parts.colours).max()) <= 1


def test_published_network_shows_no_seam() -> None:
    store, model = default_store(), enhancing.COMPACT
    if store.state(model).status is Status.MISSING:
        assert not os.environ.get("CI")
        pytest.skip(f"{model} was not pulled; get it with `prodedit models pull {model}`")
    network = store.use(model, CPU)
    picture = rgb(120, 24)
    whole = tiled._all(picture, None, network, 4, 1000, FakeContext(), QUIET)
    parts = tiled._all(picture, None, network, 4, 60, FakeContext(), QUIET)
    assert int(np.abs(whole.astype(int) - parts).max()) <= 1


@pytest.mark.slow
def test_large_network_is_cut_where_nobody_sees_it() -> None:
    """Figures on photos: tests/benchmarks/ENHANCE_QUALITY.md."""
    store, model = default_store(), enhancing.LARGE
    if store.state(model).status is Status.MISSING:
        pytest.skip(f"{model} was not pulled; get it with `prodedit models pull {model}`")
    network, picture = store.use(model, CPU), rgb(120, 16)
    whole = tiled._all(picture, None, network, 4, 1000, FakeContext(), QUIET).astype(int)
    off = tiled._all(picture, None, network, 4, 60, FakeContext(), QUIET) - whole
    assert np.abs(off).mean() < 0.2
    assert float(np.percentile(np.abs(off), 99)) <= 1


LARGE_TILING = read_cards(Path(__file__).parents[2] / "models")[enhancing.LARGE].tiling


@pytest.mark.parametrize("tiling", [Tiling(side=40, overlap=24, blend=12), LARGE_TILING])
def test_pieces_that_differ_fade_into_each_other(
    tiling: Tiling, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network that answers each piece a shade darker than the one before."""
    monkeypatch.setattr(tiled, "agreeing", lambda enlarged, small, soft: enlarged)
    shades = iter(np.arange(100) * 0.04)

    def darker(x: np.ndarray) -> np.ndarray:
        return x.repeat(4, 2).repeat(4, 3) - np.float32(next(shades))

    network = FakeStore(large=darker).use(enhancing.LARGE, CPU)
    network.card = msgspec.structs.replace(network.card, tiling=tiling)
    grey = np.full((tiling.side + 30, tiling.side + 35, 3), 200, np.uint8)
    made = tiled.enlarge(grey, None, network, 4, FakeContext(), QUIET).colours.astype(int)
    assert len(network.seen) == 4
    assert made[0, 0, 0] - made[-1, -1, 0] == pytest.approx(0.12 * 255, abs=1)
    assert max(int(np.abs(np.diff(made, axis=axis)).max()) for axis in (0, 1)) <= 1


def test_result_shrunk_again_is_the_photo() -> None:
    picture = rgb(90, 70)
    network = FakeStore(compact=lambda x: np.tanh(x.repeat(4, 2).repeat(4, 3)) * 1.1)
    made = tiled.enlarge(
        picture, None, network.use(enhancing.COMPACT, CPU), 4, FakeContext(), QUIET
    ).colours
    shrunk = cv2.resize(made, (90, 70), interpolation=cv2.INTER_AREA)
    bare = np.tanh(picture / 255) * 1.1 * 255
    off = np.abs(shrunk.astype(float) - picture).mean()
    assert off < 0.25 * np.abs(bare - picture).mean()


def test_text_is_left_to_resampling() -> None:
    picture = rgb(80, 60)
    share = np.zeros((60, 80), np.float32)
    share[20:40, 20:60] = 1
    network = FakeStore().use(enhancing.COMPACT, CPU)
    made = tiled.enlarge(picture, share, network, 4, FakeContext(), QUIET).colours
    classic = cv2.resize(picture.astype(np.float32), (320, 240), interpolation=cv2.INTER_LANCZOS4)
    off = np.abs(made - np.clip(classic, 0, 255)).max(axis=2)
    assert float(off[100:140, 100:220].max()) <= 1
    assert float(off[:60].max()) > 1


def test_short_memory_means_smaller_pieces() -> None:
    def small_only(x: np.ndarray) -> np.ndarray:
        if x.shape[3] > 50:
            raise RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory")
        return x.repeat(4, 2).repeat(4, 3)

    context = FakeContext()
    network = FakeStore(compact=small_only).use(enhancing.COMPACT, CPU)
    made = tiled.enlarge(rgb(110, 10), None, network, 4, context, part(context, 0, 1))
    assert (made.side, made.short) == (32, True)
    assert any("smaller pieces" in text for _, text in context.reports)


def test_no_memory_at_all_is_passed_on() -> None:
    def never(x: np.ndarray) -> np.ndarray:
        raise MemoryError

    network = FakeStore(compact=never).use(enhancing.COMPACT, CPU)
    with pytest.raises(MemoryError):
        tiled.enlarge(rgb(70, 10), None, network, 4, FakeContext(), QUIET)
    assert len(network.seen) == 2  # pieces of 64, then of 32


BROKEN = {
    "constant": lambda x: np.zeros((1, 3, 4 * x.shape[2], 4 * x.shape[3]), np.float32),
    "another size": lambda x: x,
}


@pytest.mark.parametrize("how", BROKEN)
def test_answer_that_is_none_is_refused(how: str) -> None:
    network = FakeStore(compact=BROKEN[how]).use(enhancing.COMPACT, CPU)
    with pytest.raises(Problem) as caught:
        tiled.enlarge(rgb(40, 40), None, network, 4, FakeContext(), QUIET)
    assert caught.value.code == "bad-network-answer"


def test_each_piece_can_be_cancelled() -> None:
    network = FakeStore().use(enhancing.COMPACT, CPU)
    context = FakeContext(stop=4)
    with pytest.raises(Cancelled):
        tiled.enlarge(rgb(300, 40), None, network, 4, context, part(context, 0, 1))
    assert 1 <= len(network.seen) < 5
