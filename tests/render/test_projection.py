# SPDX-License-Identifier: Apache-2.0
"""What the canvas draws is what the compositor makes, at every level, however it came about."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from prodedit.core.document import Document, changed_rects
from prodedit.core.geometry import Rect, Size, Transform
from prodedit.core.layer import GroupContent, Layer, PixelContent
from prodedit.core.tiles import TILE
from prodedit.render.compositor import Compositor
from prodedit.render.projection import Projection
from tests.pictures import layer_of, random_bgra, random_opaque

SIZE = Size(1301, 703)


def small_layers(count: int = 5, **fields: object) -> tuple[Layer, ...]:
    rng = np.random.default_rng(5)
    return tuple(
        layer_of(
            random_bgra(rng, 400, 300), f"layer-{n}", transform=Transform(dx=150 * n, dy=60 * n)
        )
        for n in range(count)
    )


def picture() -> Document:
    rng = np.random.default_rng(4)
    photo = layer_of(random_opaque(rng, SIZE.width, SIZE.height))
    return Document(SIZE, (photo, *small_layers()))


def bytes_of(image: QImage) -> NDArray[np.uint8]:
    assert (image.width(), image.height()) == (TILE, TILE)
    return np.array(image.constBits(), np.uint8).reshape(TILE, TILE, 4)


def level_of(projection: Projection, level: int) -> NDArray[np.uint8]:
    """The whole level put together from its blocks."""
    size = projection.size(level)
    columns, rows = -(-size.width // TILE), -(-size.height // TILE)
    lines = [
        np.concatenate([bytes_of(projection.image(level, c, r)) for c in range(columns)], axis=1)
        for r in range(rows)
    ]
    whole = np.concatenate(lines)
    assert not whole[size.height :].any()
    assert not whole[:, size.width :].any()
    return whole[: size.height, : size.width]


def halved(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    padded = np.pad(pixels, [(0, n % 2) for n in pixels.shape[:2]] + [(0, 0)], mode="edge")
    height, width = padded.shape[:2]
    return padded.reshape(height // 2, 2, width // 2, 2, 4).astype(float).mean(axis=(1, 3))


def assert_whole(projection: Projection, tolerance: int = 0) -> None:
    finest = level_of(projection, 0)
    merged = Compositor().merged(projection.document)
    assert np.abs(finest.astype(int) - merged).max() <= tolerance
    for level in range(1, projection.levels):
        expected = halved(level_of(projection, level - 1))
        assert np.abs(level_of(projection, level) - expected).max() <= 0.5


def painted(document: Document, layer_id: str, x: int, y: int, side: int = 90) -> Document:
    """A square of random colour in the layer's own pixels."""
    patch = random_bgra(np.random.default_rng(x * 1000 + y), side, side)

    def change(layer: Layer) -> Layer:
        assert layer.tiles is not None
        return replace(layer, content=PixelContent(layer.tiles.paste(patch, x, y)))

    return document.replace_layer(layer_id, change)


def follow(projection: Projection, after: Document) -> None:
    projection.update(after, changed_rects(projection.document, after))


def test_levels_end_where_512_pixels_hold_the_picture() -> None:
    projection = Projection(picture())
    assert [projection.size(n) for n in range(projection.levels)] == [
        SIZE,
        Size(651, 352),
        Size(326, 176),
    ]
    assert Projection(Document(Size(512, 3))).levels == 1


def test_levels_are_the_merged_picture_halved() -> None:
    assert_whole(Projection(picture()))


def test_coarse_level_can_be_asked_first() -> None:
    projection = Projection(picture())
    assert not projection.is_fresh(2, 0, 0)
    first = bytes_of(projection.image(2, 0, 0))
    assert projection.is_fresh(2, 0, 0)
    level_of(projection, 0)
    np.testing.assert_array_equal(bytes_of(projection.image(2, 0, 0)), first)


@pytest.mark.parametrize("active", [None, "photo", "layer-0", "layer-2", "layer-4", "gone"])
def test_updates_are_the_same_as_starting_anew(active: str | None) -> None:
    projection = Projection(picture())
    projection.set_active(active)
    assert_whole(projection)
    document = projection.document
    for step in range(4):
        document = painted(document, "layer-2", 20 + 40 * step, 31 * step)
        follow(projection, document)
        assert_whole(projection, tolerance=2 if active else 0)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 4), st.integers(0, 310), st.integers(0, 210), st.sampled_from("ppmtovh")
        ),
        max_size=6,
    ),
    st.integers(0, 4),
)
@settings(max_examples=15, deadline=None)
def test_any_edits_while_any_layer_is_active(
    edits: list[tuple[int, int, int, str]], active: int
) -> None:
    projection = Projection(picture())
    projection.set_active(f"layer-{active}")
    level_of(projection, projection.levels - 1)
    for which, x, y, what in edits:
        follow(projection, edited(projection.document, f"layer-{which}", x, y, what))
        projection.image(0, 1, 1)
    assert_whole(projection, tolerance=3)  # of several layers, merged beforehand


def edited(document: Document, layer_id: str, x: int, y: int, what: str) -> Document:
    if what == "p":
        return painted(document, layer_id, x, y)
    if what == "m":
        shift = Transform(dx=x, dy=y)
        return document.replace_layer(layer_id, lambda layer: replace(layer, transform=shift))
    if what == "t":
        turned = Transform(0.3 + x / 200, 0.4, -y / 300, 0.6, x, y)
        return document.replace_layer(layer_id, lambda layer: replace(layer, transform=turned))
    if what == "o":
        return document.replace_layer(layer_id, lambda layer: replace(layer, opacity=x / 310))
    if what == "v":
        return document.replace_layer(layer_id, lambda layer: replace(layer, visible=x % 2 == 0))
    removed = document.find(layer_id)
    assert removed is not None
    return document.remove(layer_id).insert(removed, None, x % 5)


@pytest.mark.parametrize("slant", [0.0, 0.2])
@pytest.mark.parametrize("scale", [0.08, 0.3, 0.7, 1.0, 3.3])
def test_paint_on_a_resampled_layer_reaches_its_neighbours(scale: float, slant: float) -> None:
    """Interpolation carries a pixel's colour beyond the place it is mapped to."""
    turned = Transform(scale, scale * slant, -scale * slant, scale * 0.9, 40.3, 30.7)
    rng = np.random.default_rng(8)
    layer = layer_of(random_bgra(rng, 900, 800), "turned", transform=turned)
    projection = Projection(Document(SIZE, (*small_layers(2), layer)))
    level_of(projection, 0)
    for x, y in ((0, 0), (256, 0), (256, 256), (600, 512)):
        follow(projection, painted(projection.document, "turned", x, y, 256))
        assert_whole(projection)


def test_only_what_changed_is_stale() -> None:
    projection = Projection(picture())
    level_of(projection, 2)
    projection.update(projection.document, [Rect(300, 10, 20, 20)])
    stale = [(c, r) for c in range(6) for r in range(3) if not projection.is_fresh(0, c, r)]
    assert stale == [(1, 0)]
    assert not projection.is_fresh(1, 0, 0)
    assert projection.is_fresh(1, 1, 0)
    assert not projection.is_fresh(2, 0, 0)
    assert projection.is_fresh(2, 1, 0)


def test_only_the_changed_pixels_are_painted() -> None:
    """A stroke's cost is that of its rectangle, not of the blocks it touches."""
    parts: list[Rect] = []

    class Watched(Compositor):
        def paint(self, program, canvas, place, part, target):  # type: ignore[no-untyped-def]
            parts.append(part)
            return super().paint(program, canvas, place, part, target)

    projection = Projection(picture(), Watched())
    projection.image(0, 1, 0)
    parts.clear()
    projection.update(projection.document, [Rect(300, 10, 20, 20), Rect(310, 20, 30, 5)])
    projection.image(0, 1, 0)
    projection.image(0, 1, 0)
    assert parts == [Rect(300, 10, 40, 20)]


def test_known_image_is_stale_or_coarser_but_at_once() -> None:
    rng = np.random.default_rng(0)
    projection = Projection(Document(Size(2048, 600), (layer_of(random_bgra(rng, 2048, 600)),)))
    assert projection.known_image(0, 3, 1) is None
    projection.image(0, 0, 0)
    assert projection.known_image(0, 3, 1) is None
    projection.image(1, 1, 0)
    image, part = projection.known_image(0, 2, 1) or (None, None)
    assert image is projection.image(0, 2, 1)
    assert part == Rect(0, 0, 256, 256)
    projection.update(projection.document, [Rect(600, 300, 5, 5)])
    assert projection.known_image(0, 2, 1) == (image, part)
    assert not projection.is_fresh(0, 2, 1)


def test_coarser_image_stands_in_with_the_part_that_shows_the_block() -> None:
    """Blocks of a finer level are dropped, or were never made: the coarser one was."""
    projection = Projection(picture())
    coarse = projection.image(2, 0, 0)
    projection._blocks = {(2, 0, 0): projection._blocks[2, 0, 0]}
    image, part = projection.known_image(0, 3, 1) or (None, None)
    assert image is coarse
    assert part == Rect(192, 64, 64, 64)


def test_another_size_starts_anew() -> None:
    projection = Projection(picture())
    assert_whole(projection)
    smaller = replace(projection.document, size=Size(600, 300))
    follow(projection, smaller)
    assert projection.levels == 2
    assert_whole(projection)


def test_lone_photo_costs_no_second_copy() -> None:
    pixels = random_opaque(np.random.default_rng(0), 1024, 512)
    projection = Projection(Document(Size(1024, 512), (layer_of(pixels),)))
    level_of(projection, 0)
    assert projection.nbytes == 0
    follow(projection, painted(projection.document, "photo", 10, 10))
    follow(projection, painted(projection.document, "photo", 50, 10))
    assert_whole(projection)


def test_photo_s_own_pixels_are_not_painted_on() -> None:
    pixels = random_opaque(np.random.default_rng(0), 512, 512)
    top = layer_of(random_bgra(np.random.default_rng(1), 512, 512), "top", visible=False)
    projection = Projection(Document(Size(512, 512), (layer_of(pixels), top)))
    level_of(projection, 0)
    shown = projection.document.replace_layer("top", lambda layer: replace(layer, visible=True))
    follow(projection, shown)
    assert_whole(projection)
    photo = projection.document.find("photo")
    assert photo is not None
    assert photo.tiles is not None
    np.testing.assert_array_equal(photo.tiles.to_array(), pixels)


@pytest.mark.parametrize("isolated", [True, False])
@pytest.mark.parametrize("blend", ["normal", "multiply"])
def test_active_layer_in_a_group(isolated: bool, blend: str) -> None:
    a, b, c, d, e = small_layers()
    group = Layer("group", "group", GroupContent((b, c), isolated), opacity=0.7)
    document = Document(SIZE, (a, replace(d, blend="screen"), group, e, replace(a, id="top")))
    document = document.replace_layer("top", lambda layer: replace(layer, blend=blend))
    projection = Projection(document)
    projection.set_active("layer-2")
    level_of(projection, 0)
    for step in range(3):
        follow(projection, painted(projection.document, "layer-2", 20 * step, 10))
    assert_whole(projection, tolerance=1)


def test_caches_keep_to_their_budget() -> None:
    projection = Projection(picture(), Compositor(budget=4 << 20))
    projection.set_active("layer-2")
    level_of(projection, 0)
    follow(projection, painted(projection.document, "layer-2", 0, 0, 300))
    level_of(projection, 0)
    pyramid = sum(projection.size(n).area * 4 for n in range(projection.levels))
    blocks = 1.5 * pyramid
    assert projection.nbytes < blocks + (96 << 20)


def turned_picture() -> Document:
    """Smooth, so that a level of it and the picture of reduced layers are alike."""
    rough = np.random.default_rng(8).integers(0, 256, (5, 8, 4), np.uint8)
    rough[..., 3] = 255
    smooth = cv2.resize(rough, SIZE, interpolation=cv2.INTER_LINEAR)
    below, above = layer_of(smooth), layer_of(smooth[::-1].copy(), "above", opacity=0.6)
    return Document(SIZE, (below, replace(above, transform=Transform(0.9, 0.2, -0.2, 0.9, 80, 0))))


def faded(document: Document, opacity: float) -> Document:
    return document.replace_layer("above", lambda layer: replace(layer, opacity=opacity))


def test_a_sketch_is_near_and_gives_way_to_what_is_exact() -> None:
    before, after = turned_picture(), faded(turned_picture(), 0.2)
    projection = Projection(before)
    shown = level_of(projection, 1).astype(int)
    projection.update(after, changed_rects(before, after))
    stale = [(1, c, r) for c in range(3) for r in range(2) if not projection.is_fresh(1, c, r)]
    assert sum(projection.missing(*block) for block in stale) > 0
    for block in stale:
        assert not projection.is_near(*block)
        projection.sketch(*block)
        assert projection.is_near(*block)
        assert not projection.is_fresh(*block)
        assert projection.missing(*block) == 0
    near = np.concatenate(
        [
            np.concatenate([known_bytes(projection, 1, c, r) for c in range(3)], axis=1)
            for r in range(2)
        ]
    )
    exact = level_of(Projection(after), 1)
    height, width = exact.shape[:2]
    assert np.abs(shown - exact).mean() > 5
    assert np.abs(near[:height, :width].astype(int) - exact).mean() < 0.6
    assert_whole(projection)


def known_bytes(projection: Projection, level: int, column: int, row: int) -> NDArray[np.uint8]:
    known = projection.known_image(level, column, row)
    assert known is not None
    return bytes_of(known[0])


def test_a_change_makes_a_sketch_stale_again_and_what_never_was_cannot_be_sketched() -> None:
    start = turned_picture()
    projection = Projection(start)
    projection.sketch(1, 0, 0)
    assert not projection.is_near(1, 0, 0)
    assert projection.known_image(1, 0, 0) is None
    level_of(projection, 1)
    for opacity in (0.3, 0.5):
        after = faded(start, opacity)
        projection.update(after, changed_rects(projection.document, after))
        assert not projection.is_near(1, 1, 1)
        projection.sketch(1, 1, 1)
        assert projection.is_near(1, 1, 1)
    assert_whole(projection)
