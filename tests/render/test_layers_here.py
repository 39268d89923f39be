# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace

import numpy as np

from prodedit.core.document import PHOTO, Document
from prodedit.core.geometry import Point, Size, Transform
from prodedit.core.layer import (
    Colour,
    FillContent,
    GroupContent,
    Layer,
    Mask,
    PixelContent,
    SolidFill,
)
from prodedit.core.tiles import Tiles
from prodedit.render.layers_here import alone, layers_here

SIZE = Size(40, 30)


def pixels(colour: tuple[int, int, int, int], width: int = 40, height: int = 30) -> Tiles:
    return Tiles.from_array(np.full((height, width, 4), colour, np.uint8))


def picture() -> Document:
    """A photo, and above it a square of ten pixels at (20, 10)."""
    photo = Layer(PHOTO, "Photo", PixelContent(pixels((9, 9, 9, 255))))
    square = Layer(
        "square",
        "Square",
        PixelContent(pixels((0, 0, 200, 255), 10, 10)),
        transform=Transform(1.0, 0.0, 0.0, 1.0, 20.0, 10.0),
    )
    return Document(SIZE, (photo, square))


def names(document: Document, x: float, y: float) -> list[str]:
    return [layer.id for layer in layers_here(document, Point(x, y))]


def test_topmost_first_and_only_where_it_shows() -> None:
    document = picture()
    assert names(document, 25.5, 15.5) == ["square", PHOTO]
    assert names(document, 5.0, 5.0) == [PHOTO]
    assert names(document, 30.0, 15.0) == [PHOTO]
    assert names(document, 29.99, 19.99) == ["square", PHOTO]
    assert names(document, 40.0, 10.0) == names(document, -0.1, 10.0) == []


def test_hidden_ones_and_hidden_parts_do_not_count() -> None:
    document = picture()
    hidden = document.replace_layer("square", lambda old: replace(old, visible=False))
    assert names(hidden, 25.0, 15.0) == [PHOTO]
    nothing = Mask(Tiles.from_array(np.zeros((10, 10), np.uint8)))
    masked = document.replace_layer("square", lambda old: replace(old, mask=nothing))
    assert names(masked, 25.0, 15.0) == [PHOTO]
    faint = document.replace_layer("square", lambda old: replace(old, opacity=0.02))
    assert names(faint, 25.0, 15.0) == ["square", PHOTO], "it is there, however faint"


def test_of_a_group_what_is_in_it() -> None:
    photo, square = picture().layers
    group = Layer("group", "Group", GroupContent((square,)))
    grouped = Document(SIZE, (photo, group))
    assert names(grouped, 25.0, 15.0) == ["square", PHOTO]
    hidden = grouped.replace_layer("group", lambda old: replace(old, visible=False))
    assert names(hidden, 25.0, 15.0) == [PHOTO]


def test_alone_is_that_layer_in_full() -> None:
    document = picture().replace_layer("square", lambda old: replace(old, opacity=0.5))
    (layer,) = alone(document, "square").layers
    assert (layer.id, layer.opacity) == ("square", 1.0)
    assert alone(document, "gone").layers == ()


def test_a_fill_is_everywhere() -> None:
    above = Layer("fill", "Fill", FillContent(SolidFill(Colour(1, 2, 3))))
    fill = Document(SIZE, (*picture().layers, above))
    assert names(fill, 1.0, 1.0)[0] == "fill"
