# SPDX-License-Identifier: Apache-2.0
"""Every kind of layer, mask, effect and adjustment survives JSON, and says where it may show."""

import json
from dataclasses import replace
from typing import Any, get_args

import numpy as np
import pytest

from prodedit.core import effects, serial, shape, warp
from prodedit.core.adjust import values as adjust
from prodedit.core.adjust.reach import reach
from prodedit.core.document import Document, changed_rects
from prodedit.core.geometry import Point, Rect, Size, Transform
from prodedit.core.guides import Guide
from prodedit.core.layer import (
    AdjustmentContent,
    Colour,
    Content,
    FillContent,
    GroupContent,
    Layer,
    Mask,
    PatternFill,
    PixelContent,
    ShapeContent,
    SolidFill,
    TextContent,
)
from prodedit.core.path import Knot, NamedPath, Path, Subpath
from prodedit.core.problem import Problem
from prodedit.core.text import Text
from prodedit.core.tiles import Tiles

SIZE = Size(600, 400)
PATH = Path((Subpath((Knot.corner(10, 20), Knot.corner(90, 20), Knot.corner(50, 70)), True),))
WHOLE = Rect.of(SIZE)


def tiles(value: int, channels: int = 4) -> Tiles:
    shape = (SIZE.height, SIZE.width, 4) if channels == 4 else (SIZE.height, SIZE.width)
    return Tiles.from_array(np.full(shape, value, np.uint8))


CONTENTS: dict[str, Content] = {
    "pixels": PixelContent(tiles(200)),
    "text": TextContent(Text("杯子 mug", size=30), Rect(-2, -3, 120, 40)),
    "rectangle": ShapeContent(shape.RectangleShape(100, 50, 8), SolidFill(Colour(1, 2, 3))),
    "ellipse": ShapeContent(shape.EllipseShape(100, 50), None, shape.Stroke(Colour(9, 9, 9), 3)),
    "line": ShapeContent(
        shape.LineShape(Point(0, 0), Point(30, 40)), None, shape.Stroke(Colour(0, 0, 0))
    ),
    "polygon": ShapeContent(shape.PolygonShape(80, 80, 6, 0.4), SolidFill(Colour(1, 2, 3))),
    "path": ShapeContent(shape.PathShape(PATH), SolidFill(Colour(1, 2, 3))),
    "pattern": FillContent(PatternFill(2.0, 3, 4), tiles(40)),
    "adjustment": AdjustmentContent(adjust.Levels(adjust.Band(10, 1.2, 240))),
    "group": GroupContent((Layer("inner", "inner", PixelContent(tiles(7))),), isolated=False),
}
EFFECTS = tuple(kind() for kind in get_args(effects.Effect))
SAMPLES: dict[type, dict[str, Any]] = {
    adjust.Lut: {"name": "film", "size": 2, "cube": bytes(48)},
    adjust.Recolour: {"source": Colour(1, 2, 3), "target": Colour(4, 5, 6)},
}
ADJUSTMENTS = tuple(kind(**SAMPLES.get(kind, {})) for kind in get_args(adjust.Adjustment))


def there_and_back(document: Document) -> Document:
    kept: dict[str, Tiles] = {}

    def key(pixels: Tiles) -> str:
        kept[str(id(pixels))] = pixels
        return str(id(pixels))

    text = json.dumps(serial.describe(document, key))
    return serial.rebuild(json.loads(text), kept.__getitem__)


@pytest.mark.parametrize("name", CONTENTS)
def test_every_kind_of_layer_survives(name: str) -> None:
    layer = Layer(
        "a",
        "Ebene 图层",
        CONTENTS[name],
        transform=Transform(1.5, 0.1, -0.1, 1.5, 20.5, 30),
        mask=Mask(tiles(100, 1), transform=Transform(dx=3), linked=False),
        clip=True,
        effects=EFFECTS,
    )
    document = Document(
        SIZE,
        (layer,),
        guides=(Guide("upright", 12.5),),
        paths=(NamedPath("p", "Pfad", PATH, True),),
    )
    assert there_and_back(document) == document


@pytest.mark.parametrize(
    "bent",
    [
        warp.Perspective((Point(0, 0), Point(9, 1), Point(8, 9), Point(1, 8))),
        warp.MeshWarp.resting(SIZE),
    ],
)
def test_every_warp_survives(bent: warp.Warp) -> None:
    document = Document(SIZE, (Layer("a", "a", CONTENTS["pixels"], warp=bent),))
    assert there_and_back(document) == document


@pytest.mark.parametrize("adjustment", ADJUSTMENTS, ids=lambda a: type(a).__name__)
def test_every_adjustment_survives(adjustment: adjust.Adjustment) -> None:
    document = Document(SIZE, (Layer("a", "a", AdjustmentContent(adjustment)),))
    assert there_and_back(document) == document


@pytest.mark.parametrize(
    "broken",
    [
        Layer("a", "a", CONTENTS["pixels"], warp=warp.MeshWarp(3, 3, (Point(0, 0),))),
        Layer("a", "a", FillContent(PatternFill())),
        Layer("a", "a", AdjustmentContent(adjust.Lut("x", 3, bytes(5)))),
        Layer("a", "a", CONTENTS["pixels"], transform=Transform(dx=float("nan"))),
        Layer("a", "a", AdjustmentContent(adjust.Blur(float("inf")))),
    ],
)
def test_what_contradicts_itself_is_refused(broken: Layer) -> None:
    with pytest.raises(Problem):
        there_and_back(Document(SIZE, (broken,)))


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda e: type(e).__name__)
def test_a_stroke_shows_as_far_as_the_effect_reaches(effect: effects.Effect) -> None:
    blank = tiles(0)
    before = Layer("a", "a", PixelContent(blank), effects=(effect,))
    pixels = blank.paste(np.full((4, 4, 4), 255, np.uint8), 300, 300)
    after = replace(before, content=PixelContent(pixels))
    (found,) = changed_rects(Document(SIZE, (before,)), Document(SIZE, (after,)))
    stroke = Rect(256, 256, 256, 144)
    wanted = effects.reach((effect,), stroke, WHOLE).intersect(WHOLE)
    assert found == wanted
    assert found.intersect(stroke) == stroke


def test_a_disabled_effect_reaches_nowhere() -> None:
    effect = effects.DropShadow(enabled=False)
    assert effects.reach((effect,), Rect(10, 10, 5, 5), WHOLE) == Rect(10, 10, 5, 5)


def test_a_change_below_a_blur_shows_round_about() -> None:
    blur = Layer("blur", "", AdjustmentContent(adjust.Blur(10.0)))
    blank = tiles(0)
    before = Layer("a", "a", PixelContent(blank))
    after = replace(
        before, content=PixelContent(blank.paste(np.full((1, 1, 4), 255, np.uint8), 0, 0))
    )
    (found,) = changed_rects(Document(SIZE, (before, blur)), Document(SIZE, (after, blur)))
    margin = reach(adjust.Blur(10.0))
    assert margin >= 30
    assert found == Rect(0, 0, 256 + margin, 256 + margin)


def test_a_stroke_on_an_adjustments_mask_shows_only_there() -> None:
    mask = Mask(tiles(255, 1))
    before = Layer("a", "a", AdjustmentContent(adjust.Invert()), mask=mask)
    painted = mask.alpha.paste(np.zeros((2, 2), np.uint8), 300, 10)
    after = replace(before, mask=replace(mask, alpha=painted))
    assert changed_rects(Document(SIZE, (before,)), Document(SIZE, (after,))) == (
        Rect(256, 0, 256, 256),
    )


def test_a_layer_whose_ground_goes_may_show_elsewhere() -> None:
    ground = Layer("g", "g", ShapeContent(shape.RectangleShape(10, 10), SolidFill(Colour(0, 0, 0))))
    clipped = Layer("c", "c", PixelContent(tiles(9)), clip=True)
    assert WHOLE in changed_rects(Document(SIZE, (ground, clipped)), Document(SIZE, (clipped,)))


@pytest.mark.parametrize("name", ["text", "rectangle", "ellipse", "line", "polygon", "path"])
def test_a_drawn_layer_says_where_it_may_show(name: str) -> None:
    layer = Layer("a", "a", CONTENTS[name], transform=Transform(dx=100, dy=50))
    own = layer.own_bounds
    assert own is not None
    assert layer.bounds(SIZE) == own.translate(100, 50)
    assert not own.is_empty


def test_a_star_lies_in_its_box() -> None:
    star = shape.PolygonShape(80, 40, 5, 0.5)
    corners = shape.corners(star)
    assert len(corners) == 10
    assert corners[0] == Point(40, 0)
    assert all(-1e-9 <= p.x <= 80 and -1e-9 <= p.y <= 40 for p in corners)
