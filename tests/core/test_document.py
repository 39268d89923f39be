# SPDX-License-Identifier: Apache-2.0
"""The tree, and which part of the canvas a change may show in. (tests/render/test_projection.py
holds changed_rects against composited pictures.)"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from prodedit.core.adjust.values import Blur
from prodedit.core.document import Document, changed_rects, from_photo, shown_rects
from prodedit.core.effects import Glow
from prodedit.core.geometry import Point, Rect, Size, Transform
from prodedit.core.layer import AdjustmentContent, GroupContent, Layer, Mask, PixelContent
from prodedit.core.tiles import Tiles
from prodedit.core.warp import MeshWarp, Perspective

SIZE = Size(700, 600)
WHOLE = Rect.of(SIZE)


def pixels(layer_id: str, width: int = 600, height: int = 500, **fields: object) -> Layer:
    tiles = Tiles.from_array(np.full((height, width, 4), 9, np.uint8))
    return Layer(layer_id, layer_id, PixelContent(tiles), **fields)  # type: ignore[arg-type]


def group(layer_id: str, *layers: Layer, isolated: bool = True, **fields: object) -> Layer:
    return Layer(layer_id, layer_id, GroupContent(layers, isolated), **fields)  # type: ignore[arg-type]


@pytest.fixture
def tree() -> Document:
    inner = group("inner", pixels("c"))
    return Document(SIZE, (pixels("a"), group("outer", pixels("b"), inner), pixels("d")))


def ids(document: Document) -> list[str]:
    return [layer.id for layer in document.walk()]


def painted(document: Document, layer_id: str, x: int, y: int) -> Document:
    def change(layer: Layer) -> Layer:
        assert layer.tiles is not None
        patch = np.full((10, 10, 4), 77, np.uint8)
        return replace(layer, content=PixelContent(layer.tiles.paste(patch, x, y)))

    return document.replace_layer(layer_id, change)


def test_places(tree: Document) -> None:
    assert ids(tree) == ["a", "outer", "b", "inner", "c", "d"]
    assert tree.place("c") == ("inner", 0)
    assert tree.place("inner") == ("outer", 1)
    assert tree.place("d") == (None, 2)
    assert [layer.id for layer in tree.siblings("outer")] == ["b", "inner"]
    assert tree.find("gone") is None
    for ask in (tree.place, tree.siblings, tree.remove):
        with pytest.raises(KeyError):
            ask("gone")


def test_insert_and_remove(tree: Document) -> None:
    more = tree.insert(pixels("e"), "inner", 99).insert(pixels("f"), None, -5)
    assert ids(more) == ["f", "a", "outer", "b", "inner", "c", "e", "d"]
    assert ids(more.remove("e").remove("f")) == ids(tree)
    assert ids(more.remove("outer")) == ["f", "a", "d"]


def test_changing_one_layer_shares_the_others(tree: Document) -> None:
    after = tree.replace_layer("c", lambda layer: replace(layer, opacity=0.5))
    assert after.layers[0] is tree.layers[0]
    assert after.find("b") is tree.find("b")
    assert after.find("c") != tree.find("c")
    old = tree.find("c")
    assert old is not None
    assert old.opacity == 1.0


def test_new_id_is_new_and_always_the_same(tree: Document) -> None:
    assert tree.new_id() == tree.new_id()
    assert tree.new_id() not in ids(tree)
    more = tree.insert(pixels(tree.new_id()), None, 0)
    assert more.new_id() not in ids(more)


def test_photo_with_alpha_becomes_a_mask() -> None:
    alpha = Tiles.empty(SIZE, 1)
    document = from_photo(Tiles.empty(SIZE), "shoe.jpg", alpha)
    (photo,) = document.layers
    assert (photo.id, photo.name, document.size) == ("photo", "shoe.jpg", SIZE)
    assert photo.mask is not None
    assert photo.mask.alpha is alpha


def test_nothing_changed(tree: Document) -> None:
    assert changed_rects(tree, tree) == ()
    renamed = tree.replace_layer("a", lambda layer: replace(layer, name="shoe"))
    assert changed_rects(tree, renamed) == ()


def test_paint_changes_its_block(tree: Document) -> None:
    assert changed_rects(tree, painted(tree, "c", 300, 20)) == (Rect(256, 0, 256, 256),)
    assert changed_rects(tree, painted(tree, "c", 595, 495)) == (Rect(512, 256, 88, 244),)


def test_paint_on_a_moved_layer(tree: Document) -> None:
    moved = tree.replace_layer("c", lambda layer: replace(layer, transform=Transform(dx=5, dy=-9)))
    assert changed_rects(moved, painted(moved, "c", 300, 20)) == (Rect(261, 0, 256, 247),)


def test_move_changes_both_places(tree: Document) -> None:
    away = Transform(dx=650, dy=550)
    moved = tree.replace_layer("a", lambda layer: replace(layer, transform=away))
    assert set(changed_rects(tree, moved)) == {Rect(0, 0, 600, 500), Rect(650, 550, 50, 50)}


@pytest.mark.parametrize("change", [{"opacity": 0.3}, {"blend": "multiply"}, {"visible": False}])
def test_looks_change_the_layer_s_bounds(tree: Document, change: dict[str, object]) -> None:
    after = tree.replace_layer("a", lambda layer: replace(layer, **change))  # type: ignore[arg-type]
    assert changed_rects(tree, after) == (Rect(0, 0, 600, 500),)
    grouped = tree.replace_layer("inner", lambda layer: replace(layer, **change))  # type: ignore[arg-type]
    assert changed_rects(tree, grouped) == (WHOLE,)


def test_hidden_layers_change_nothing(tree: Document) -> None:
    hidden = tree.replace_layer("outer", lambda layer: replace(layer, visible=False))
    assert changed_rects(hidden, painted(hidden, "c", 0, 0)) == ()


def test_added_removed_and_moved_layers(tree: Document) -> None:
    small = pixels("e", 20, 30, transform=Transform(dx=100))
    more = tree.insert(small, "inner", 0)
    assert changed_rects(tree, more) == changed_rects(more, tree) == (Rect(100, 0, 20, 30),)
    lowered = tree.remove("d").insert(pixels("d"), None, 0)
    assert WHOLE in changed_rects(tree, lowered)


def test_mask_changes(tree: Document) -> None:
    size = Size(600, 500)
    alpha = Tiles.from_array(np.full((500, 600), 255, np.uint8))

    def masked(mask: Mask | None) -> Document:
        return tree.replace_layer("a", lambda layer: replace(layer, mask=mask))

    bounds = (Rect(0, 0, 600, 500),)
    corrected = alpha.paste(np.zeros((5, 5), np.uint8), 0, 300)
    assert changed_rects(tree, masked(Mask(alpha))) == bounds
    assert changed_rects(masked(Mask(alpha)), masked(Mask(alpha, enabled=False))) == bounds
    assert changed_rects(tree, masked(Mask(alpha, enabled=False))) == ()
    brushed = changed_rects(masked(Mask(alpha)), masked(Mask(corrected)))
    assert brushed == (Rect(0, 256, 256, 244),)
    paint = Tiles.empty(size).paste(np.full((5, 5, 4), 255, np.uint8), 300, 0)
    coloured = changed_rects(masked(Mask(alpha)), masked(Mask(alpha, foreground=paint)))
    assert coloured == (Rect(256, 0, 256, 256),)
    scored = changed_rects(masked(Mask(alpha)), masked(Mask(alpha, confidence=alpha, score=0.9)))
    assert scored == ()


def test_another_canvas_size_is_everything(tree: Document) -> None:
    assert changed_rects(tree, replace(tree, size=Size(50, 40))) == (Rect(0, 0, 50, 40),)


def test_all_blocks_are_found(tree: Document) -> None:
    mask = Mask(Tiles.from_array(np.ones((9, 9), np.uint8)))
    tree = tree.replace_layer("c", lambda layer: replace(layer, mask=mask))
    tree = replace(tree, selection=mask.alpha)
    assert len(list(tree.blocks())) == 4 * 6 + 2


def test_where_a_part_of_a_layer_shows_is_known_to_the_pixel(tree: Document) -> None:
    moved = tree.replace_layer("c", lambda layer: replace(layer, transform=Transform(dx=5, dy=-9)))
    rects = [Rect(10, 20, 30, 40), Rect(0, 0, 8, 8), Rect(690, 0, 20, 20)]
    assert shown_rects(moved, "c", rects) == (Rect(15, 11, 30, 40), Rect(695, 0, 5, 11))
    with pytest.raises(KeyError):
        shown_rects(tree, "gone", rects)


def test_a_part_of_a_layer_shows_as_far_as_effects_and_blurs_carry_it(tree: Document) -> None:
    glowing = tree.replace_layer("inner", lambda layer: replace(layer, effects=(Glow(size=10),)))
    (rect,) = shown_rects(glowing, "c", [Rect(100, 100, 10, 10)]) or ()
    assert rect.intersect(Rect(90, 90, 30, 30)) == Rect(90, 90, 30, 30)
    blur = Layer("blur", "blur", AdjustmentContent(Blur(radius=5)))
    (wider,) = shown_rects(glowing.insert(blur, None, 9), "c", [Rect(100, 100, 10, 10)]) or ()
    assert wider.intersect(rect.inflate(15)) == rect.inflate(15)


def test_a_part_of_a_bent_layer_shows_where_it_is_bent_to(tree: Document) -> None:
    corners = (Point(0, 0), Point(350, 0), Point(350, 300), Point(0, 300))
    bent = tree.replace_layer("c", lambda layer: replace(layer, warp=Perspective(corners)))
    (rect,) = shown_rects(bent, "c", [Rect(100, 100, 100, 100)]) or ()
    assert rect.intersect(Rect(50, 50, 50, 50)) == Rect(50, 50, 50, 50)
    assert rect.size.area < 100 * 100


def test_where_a_part_of_a_bent_group_shows_is_not_known(tree: Document) -> None:
    mesh = MeshWarp.resting(SIZE)
    bent = tree.replace_layer("inner", lambda layer: replace(layer, warp=mesh))
    assert shown_rects(bent, "c", [Rect(100, 100, 10, 10)]) is None
