# SPDX-License-Identifier: Apache-2.0
"""Text, shapes and patterns in project files: they stay what they are, and others see them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.geometry import Point, Size, Transform
from prodedit.core.layer import (
    Colour,
    FillContent,
    GradientFill,
    Layer,
    Mask,
    PatternFill,
    ShapeContent,
    SolidFill,
)
from prodedit.core.path import Knot, Subpath
from prodedit.core.path import Path as Curve
from prodedit.core.shape import (
    EllipseShape,
    LineShape,
    PathShape,
    PolygonShape,
    RectangleShape,
    Stroke,
)
from prodedit.core.text import Text
from prodedit.core.tiles import Tiles
from prodedit.files.openraster_read import load
from prodedit.render.compositor import Compositor
from prodedit.render.project import save_project
from prodedit.render.text import content_of, measure

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = Size(640, 520)
RED, BLUE = Colour(220, 20, 20), Colour(20, 20, 220, 180)
TURNED = Transform(0.9, 0.4, -0.4, 0.9, 180.3, 60.7)


def ramp() -> Tiles:
    row = np.linspace(0, 255, SIZE.width).astype(np.uint8)
    return Tiles.from_array(np.broadcast_to(row, (SIZE.height, SIZE.width)).copy())


def picture() -> Tiles:
    pixels = np.random.default_rng(4).integers(0, 256, (40, 50, 4), np.uint8)
    pixels[..., 3] = 255
    return Tiles.from_array(pixels)


def drawn() -> Document:
    curve = PathShape(
        Curve((Subpath((Knot.corner(0, 0), Knot.corner(90, 10), Knot.corner(40, 80)), True),))
    )
    wide = Text("陶杯 mug for tea\nand more", size=44, colour=RED, align="right", underline=True)
    layers = (
        Layer("pattern", "Pattern", FillContent(PatternFill(1.5, 3, 4), picture())),
        Layer("masked", "Masked", content_of(wide), transform=TURNED, mask=Mask(ramp())),
        Layer("faded", "Faded", content_of(Text("faded", size=90)), opacity=0.5, blend="multiply"),
        shape("box", RectangleShape(200, 90, 20), Transform(dx=30, dy=300), Stroke(BLUE, 7)),
        shape("oval", EllipseShape(90, 50), TURNED, Stroke(RED, 5, "inside", (2, 1))),
        shape("star", PolygonShape(120, 120, 5, 0.4), Transform(dx=-40, dy=-30), None),
        shape("curve", curve, Transform(dx=400.5, dy=300.25), Stroke(RED, 4, "outside")),
        shape("line", LineShape(Point(0, 0), Point(300, 90)), Transform(dx=9), Stroke(BLUE, 9)),
    )
    return Document(SIZE, layers)


def shape(name: str, form: object, place: Transform, stroke: Stroke | None) -> Layer:
    fill = GradientFill(RED, BLUE, 30.0) if name == "box" else SolidFill(BLUE)
    return Layer(name, name, ShapeContent(form, fill, stroke), transform=place)  # type: ignore[arg-type]


def same(one: Document, other: Document) -> bool:
    return bool((Compositor().merged(one) == Compositor().merged(other)).all())


def as_others_see(path: Path) -> NDArray[np.float64]:
    """The picture of a program that knows OpenRaster and nothing of ours: straight from
    stack.xml, https://www.openraster.org/baseline/layer-stack-spec.html."""
    with zipfile.ZipFile(path) as archive:
        stack = ElementTree.fromstring(archive.read("stack.xml"))  # noqa: S314 (our own file)
        whole = np.zeros((SIZE.height, SIZE.width, 4))
        for element in reversed(list(stack.iter("layer"))):
            image = Image.open(io.BytesIO(archive.read(element.attrib["src"]))).convert("RGBA")
            x, y = int(element.get("x", 0)), int(element.get("y", 0))
            sheet = Image.new("RGBA", SIZE)
            sheet.paste(image, (x, y))
            pixels = np.asarray(sheet).astype(float) / 255
            alpha = pixels[..., 3:] * float(element.get("opacity", 1))
            below = whole[..., :3]
            colour = pixels[..., :3]
            if element.get("composite-op") == "svg:multiply":
                colour = colour * below
            whole[..., :3] = colour * alpha + below * (1 - alpha)
            whole[..., 3:] = alpha + whole[..., 3:] * (1 - alpha)
    return whole * 255


def test_it_comes_back_as_it_was(tmp_path: Path) -> None:
    document, path = drawn(), tmp_path / "a.ora"
    save_project(document, path)
    loaded = load(path)
    assert loaded.notes == ()
    for before, after in zip(document.layers, loaded.document.layers, strict=True):
        if before.tiles is None and before.mask is None and before.id != "pattern":
            assert before == after
    assert same(document, loaded.document)
    content = loaded.document.layers[0].content
    assert isinstance(content, FillContent)
    assert content.pattern is not None
    assert np.array_equal(content.pattern.to_array(), picture().to_array())


def test_other_programs_see_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.ora"
    save_project(drawn(), path)
    ours = Compositor().merged(drawn()).astype(float)[..., [2, 1, 0, 3]]
    assert np.abs(as_others_see(path) - ours).max() <= 4


CHANGES: list[Callable[[Document], edits.Edit]] = [
    lambda _: edits.SetText("masked", Text("other"), measure(Text("other"))),
    lambda _: edits.SetShape("star", EllipseShape(30, 30), SolidFill(RED)),
    lambda _: edits.SetFill("pattern", PatternFill(0.5)),
    lambda _: edits.AddTextLayer("new", "New", Text("new"), measure(Text("new")), 20, 450),
    lambda _: edits.ShiftLayer("box", 40, -70),
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_saved_again_is_the_new_one(
    tmp_path: Path, change: Callable[[Document], edits.Edit]
) -> None:
    """Saving writes only what differs: nothing of the old picture may be left."""
    document, path, fresh = drawn(), tmp_path / "a.ora", tmp_path / "b.ora"
    last = save_project(document, path)
    after = edits.apply(document, change(document))
    save_project(after, path, last)
    save_project(after, fresh)
    assert same(load(path).document, after)
    with zipfile.ZipFile(path) as one, zipfile.ZipFile(fresh) as other:
        for name in other.namelist():
            if name.startswith(("data/", "mergedimage")):
                pictures = [
                    np.asarray(Image.open(io.BytesIO(z.read(name))).convert("RGBA"))
                    for z in (one, other)
                ]
                assert np.array_equal(*pictures), name


def test_an_empty_text_is_kept(tmp_path: Path) -> None:
    empty = Layer("t", "T", content_of(Text("", "No Such Font", size=20)))
    path = tmp_path / "a.ora"
    save_project(Document(SIZE, (empty,)), path)
    assert load(path).document.layers == (empty,)
