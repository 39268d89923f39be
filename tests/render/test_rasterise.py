# SPDX-License-Identifier: Apache-2.0
"""What is drawn becomes pixels, and the picture stays as it was."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.effects import DropShadow
from prodedit.core.geometry import Rect, Size, Transform
from prodedit.core.layer import (
    Colour,
    FillContent,
    GradientFill,
    GroupContent,
    Layer,
    Mask,
    PatternFill,
    PixelContent,
    ShapeContent,
    SolidFill,
)
from prodedit.core.problem import Problem
from prodedit.core.shape import EllipseShape, Stroke
from prodedit.core.text import Text
from prodedit.core.tiles import Tiles
from prodedit.render.compositor import Compositor
from prodedit.render.rasterise import rasterised
from prodedit.render.text import content_of

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = Size(500, 300)
RED, BLUE = Colour(255, 0, 0), Colour(0, 0, 255)
TURNED = Transform(0.9, 0.4, -0.4, 0.9, 150.3, 20.7)


def soft() -> Tiles:
    ramp = np.linspace(0, 255, 400).astype(np.uint8)
    return Tiles.from_array(np.broadcast_to(ramp, (300, 400)).copy())


def noise() -> Tiles:
    pixels = np.random.default_rng(1).integers(0, 256, (90, 120, 4), np.uint8)
    pixels[..., 3] = 255
    return Tiles.from_array(pixels)


def layers() -> dict[str, Layer]:
    ellipse = ShapeContent(EllipseShape(200, 120), SolidFill(RED), Stroke(BLUE, 6))
    text = content_of(Text("Mug 杯子", size=70, colour=Colour(9, 200, 30, 200)))
    return {
        "text": Layer("a", "a", text, transform=TURNED),
        "shape": Layer("a", "a", ellipse, transform=Transform(dx=40, dy=50)),
        "faded": Layer("a", "a", ellipse, opacity=0.4, blend="multiply", effects=(DropShadow(),)),
        "colour": Layer("a", "a", FillContent(SolidFill(RED))),
        "gradient": Layer("a", "a", FillContent(GradientFill(RED, BLUE, 30))),
        "pattern": Layer("a", "a", FillContent(PatternFill(0.7, 3, 4), noise())),
        "turned": Layer("a", "a", PixelContent(noise()), transform=TURNED),
    }


MASKS = {
    "none": None,
    "on it": Mask(soft()),
    "elsewhere": Mask(soft(), transform=Transform(0.7, 0.1, -0.1, 0.7, 9.5, 4.25)),
    "off": Mask(soft(), enabled=False),
}


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize(
    "kind", ["text", "shape", "faded", "colour", "gradient", "pattern", "turned"]
)
def test_the_picture_stays_as_it_was(kind: str, mask: str) -> None:
    below = Layer("below", "below", FillContent(SolidFill(Colour(200, 220, 240))))
    layer = replace(layers()[kind], mask=MASKS[mask])
    before = Document(SIZE, (below, layer))
    after = edits.apply(before, *rasterised(before, "a"))
    made = after.find("a")
    assert made is not None
    assert made.tiles is not None
    assert made.transform.is_whole_shift
    assert (made.mask is None) == (layer.mask is None)
    pictures = [Compositor().merged(document).astype(int) for document in (before, after)]
    # Layer and mask were interpolated as one before, and are each on their own now.
    most = 16 if kind == "turned" and mask == "on it" else 2
    assert np.abs(pictures[0] - pictures[1]).max() <= most


def test_what_lies_beyond_the_canvas_is_kept() -> None:
    layer = replace(layers()["shape"], transform=Transform(dx=-120, dy=-60))
    document = Document(SIZE, (layer,))
    edit, inputs = rasterised(document, "a")
    assert (edit.x, edit.y) == (-133, -73)
    assert inputs["pixels"].to_array()[73, 30, 3] == 255


def test_colours_of_the_cut_out_edge_are_kept() -> None:
    paint = Tiles.empty(Size(120, 90), 4).paste(np.full((20, 20, 4), 255, np.uint8), 0, 0)
    alpha = np.full((90, 120), 200, np.uint8)
    mask = Mask(Tiles.from_array(alpha), foreground=paint)
    layer = Layer("a", "a", PixelContent(noise()), transform=Transform(dx=7.5), mask=mask)
    document = Document(SIZE, (layer,))
    _, inputs = rasterised(document, "a")
    assert tuple(inputs["pixels"].to_array()[10, 10]) == (255, 255, 255, 255)
    pictures = [
        Compositor().merged(one).astype(int)
        for one in (document, edits.apply(document, *rasterised(document, "a")))
    ]
    assert np.abs(pictures[0] - pictures[1]).max() <= 2


def test_nothing_becomes_no_pixels() -> None:
    empty = Layer("a", "Words", content_of(Text("")))
    with pytest.raises(Problem, match="“Words” is empty"):
        rasterised(Document(SIZE, (empty,)), "a")
    with pytest.raises(Problem, match="no layer"):
        rasterised(Document(SIZE), "a")


def test_what_is_larger_than_any_picture_is_refused() -> None:
    shape = ShapeContent(EllipseShape(90_000, 90_000), SolidFill(RED))
    with pytest.raises(Problem, match="too large"):
        rasterised(Document(SIZE, (Layer("a", "a", shape),)), "a")


def test_a_group_is_no_single_layer() -> None:
    document = Document(SIZE, (Layer("a", "a", GroupContent((layers()["colour"],))),))
    with pytest.raises(Problem, match="does not fit"):
        edits.apply(document, *rasterised(document, "a"))


def test_of_little_ink_little_is_kept() -> None:
    layer = Layer("a", "a", content_of(Text("i\n" * 30, size=60)))
    _, inputs = rasterised(Document(SIZE, (layer,)), "a")
    assert inputs["pixels"].bounds.height > 1500
    assert Rect.of(SIZE).size.area > inputs["pixels"].nbytes / 30
