# SPDX-License-Identifier: Apache-2.0
"""Small copies of documents: near what they are copies of, lazily made, and never made twice."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from prodedit.core.adjust.values import Blur, Levels
from prodedit.core.document import Document
from prodedit.core.effects import DropShadow
from prodedit.core.geometry import Point, Rect, Size, Transform
from prodedit.core.layer import AdjustmentContent, GroupContent, Layer, Mask, PixelContent
from prodedit.core.tiles import TILE, Pixels, Tiles
from prodedit.core.warp import MeshWarp, Perspective
from prodedit.render.compositor import Compositor
from prodedit.render.reduced import ReducedBlocks, Smaller, averaged, reduced_size, warmed

SIZE = Size(1030, 770)
OWN = Size(700, 520)


def smooth(size: Size, seed: int) -> Pixels:
    rough = np.random.default_rng(seed).integers(0, 256, (6, 8, 4), np.uint8)
    rough[..., 3] = 255
    return np.asarray(cv2.resize(rough, size, interpolation=cv2.INTER_LINEAR))


def layer(name: str, **more: object) -> Layer:
    content = PixelContent(Tiles.from_array(smooth(OWN, len(name))))
    return Layer(name, name, content, **more)  # type: ignore[arg-type]


def blocks_made(tiles: Tiles) -> int:
    assert isinstance(tiles.blocks, ReducedBlocks)
    return tiles.blocks.nbytes // (TILE * TILE * tiles.channels)


def round_mask() -> Mask:
    alpha = np.zeros((OWN.height, OWN.width), np.uint8)
    cv2.circle(alpha, (350, 260), 200, 255, -1)
    return Mask(Tiles.from_array(np.asarray(cv2.blur(alpha, (25, 25)))))


CORNERS = (Point(40, 10), Point(690, 60), Point(640, 480), Point(10, 500))
GRID = MeshWarp.resting(OWN, 1, 1)
BENT = MeshWarp(1, 1, (Point(30, 20), *GRID.points[1:]))
KINDS = {
    "shifted": layer("shifted", transform=Transform(dx=64, dy=32)),
    "masked": layer("masked", mask=round_mask(), transform=Transform(dx=120, dy=80)),
    "turned": layer("turned", transform=Transform(0.8, 0.3, -0.3, 0.8, 300, 50)),
    "enlarged": layer("enlarged", transform=Transform(a=1.7, d=1.6, dx=-100.5, dy=-40)),
    "much enlarged": layer("much", transform=Transform(a=9, d=9, dx=-900, dy=-500)),
    "shrunk": layer("shrunk", transform=Transform(a=0.2, d=0.2, dx=300, dy=200)),
    "in perspective": layer("bent", warp=Perspective(CORNERS), transform=Transform(dx=100, dy=90)),
    "bent": layer("mesh", warp=BENT, mask=round_mask(), transform=Transform(dx=50.5, dy=90)),
    "with a shadow": layer("lit", mask=round_mask(), effects=(DropShadow(blur=24.0),)),
    "blurred": Layer(
        "group",
        "group",
        GroupContent((layer("inner"), Layer("soft", "soft", AdjustmentContent(Blur(12.0))))),
    ),
    "adjusted": Layer("levels", "levels", AdjustmentContent(Levels())),
}


@pytest.mark.parametrize("step", [2, 4])
@pytest.mark.parametrize("kind", list(KINDS))
def test_the_copy_looks_like_the_picture_reduced(kind: str, step: int) -> None:
    background = layer("background", transform=Transform(a=1.5, d=1.5))
    document = Document(SIZE, (background, KINDS[kind]))
    copy = Smaller(step).document(document)
    found = Compositor().merged(copy).astype(int)
    wanted = averaged(Compositor().merged(document), step)
    assert found.shape == wanted.shape
    difference = np.abs(found - wanted)
    assert difference.mean() < 1.5
    assert np.percentile(difference, 95) <= 6


def test_sides_are_rounded_up_and_the_last_pixels_are_means_of_what_there_is() -> None:
    pixels = smooth(Size(515, 259), 1)
    tiles = Smaller(4).tiles(Tiles.from_array(pixels), 4)
    assert tiles.size == reduced_size(Size(515, 259), 4) == Size(129, 65)
    padded = np.pad(pixels, [(0, 1), (0, 1), (0, 0)], mode="edge").astype(float)
    means = padded.reshape(65, 4, 129, 4, 4).mean(axis=(1, 3))
    assert np.abs(tiles.to_array() - means).max() <= 1.5


def test_nothing_is_reduced_before_it_is_looked_at() -> None:
    document = Document(Size(4096, 2048), (Layer("a", "a", _large()),))
    copy = Smaller(2).document(document)
    tiles = copy.layers[0].tiles
    assert tiles is not None
    assert blocks_made(tiles) == 0
    Compositor().tile(copy, 1, 1)
    assert blocks_made(tiles) == 1
    warmed(copy, Rect(0, 0, 512, 256))
    assert blocks_made(tiles) == 3


def _large() -> PixelContent:
    return PixelContent(Tiles.from_array(smooth(Size(4096, 2048), 3)))


def test_of_the_next_document_only_what_changed_is_made_anew() -> None:
    smaller = Smaller(2)
    before = Document(Size(4096, 2048), (Layer("a", "a", _large()), KINDS["masked"]))
    first = warmed(smaller.document(before), Rect(0, 0, 2048, 1024))
    tiles = before.layers[0].tiles
    assert tiles is not None
    dab = np.full((10, 10, 4), 255, np.uint8)
    painted = replace(before.layers[0], content=PixelContent(tiles.paste(dab, 700, 300)))
    second = smaller.document(replace(before, layers=(painted, before.layers[1])))
    assert second.layers[1] is first.layers[1]
    one, other = first.layers[0].tiles, second.layers[0].tiles
    assert one is not None
    assert other is not None
    differing = {place for place in one.blocks if other.blocks[place] is not one.blocks[place]}
    assert differing == {(1, 0)}
    assert smaller.document(before).layers[1] is first.layers[1]


def test_what_is_no_longer_shown_is_let_go() -> None:
    smaller = Smaller(2)
    warmed(smaller.document(Document(SIZE, (layer("a"),))), Rect.of(SIZE))
    assert smaller.nbytes > 0
    smaller.document(Document(SIZE))
    assert smaller.nbytes == 0
