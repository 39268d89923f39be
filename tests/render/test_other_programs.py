# SPDX-License-Identifier: Apache-2.0
"""A project file as other programs see it: its layers, laid over each other, are the picture."""

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from prodedit.core import effects as fx
from prodedit.core.adjust import values as adjust
from prodedit.core.blend import BLEND_MODES
from prodedit.core.document import Document
from prodedit.core.geometry import Size, Transform
from prodedit.core.layer import (
    AdjustmentContent,
    Colour,
    FillContent,
    GroupContent,
    Layer,
    Mask,
    PixelContent,
    SolidFill,
)
from prodedit.core.pixels import premultiply
from prodedit.core.tiles import Pixels, Tiles
from prodedit.files.openraster_read import load
from prodedit.files.openraster_xml import ATOP, StackLayer, read_stack
from prodedit.render.compositor import Compositor
from prodedit.render.project import save_project

SIZE = Size(400, 300)
MODES = {mode.openraster: mode.id for mode in BLEND_MODES.values()}


def disc(x: int, y: int, radius: int) -> Tiles:
    alpha = np.zeros((SIZE.height, SIZE.width), np.uint8)
    cv2.circle(alpha, (x, y), radius, 255, -1, cv2.LINE_AA)
    return Tiles.from_array(alpha)


def picture(name: str, seed: int, **more: object) -> Layer:
    rough = np.random.default_rng(seed).integers(0, 256, (10, 13, 3), np.uint8)
    pixels = np.full((SIZE.height, SIZE.width, 4), 255, np.uint8)
    pixels[..., :3] = cv2.resize(rough, SIZE, interpolation=cv2.INTER_CUBIC)
    return Layer(name, name, PixelContent(Tiles.from_array(pixels)), **more)  # type: ignore[arg-type]


def adjustment(name: str, value: adjust.Adjustment, **more: object) -> Layer:
    return Layer(name, name, AdjustmentContent(value), **more)  # type: ignore[arg-type]


WHITE = Layer("white", "white", FillContent(SolidFill(Colour(255, 255, 255))))
CUT = picture("cut", 1, mask=Mask(disc(180, 150, 90)))
SMALL = picture("small", 3, mask=Mask(disc(260, 200, 50)))
INVERT = adjustment("b", adjust.Invert())
TINT = fx.ColourOverlay(opacity=0.4)
LEFT_BEHIND = Mask(disc(150, 150, 90), transform=Transform(dx=-30, dy=12), linked=False)
LAYERS: dict[str, tuple[Layer, ...]] = {
    "effects": (WHITE, replace(CUT, effects=(fx.DropShadow(), fx.Outline(), TINT))),
    "a faded layer with effects": (WHITE, replace(CUT, opacity=0.6, effects=(fx.DropShadow(),))),
    "one in a mode": (
        picture("below", 5),
        replace(CUT, opacity=0.6, blend="multiply", effects=(fx.DropShadow(),)),
    ),
    "clipping": (
        WHITE, replace(CUT, opacity=0.8), picture("on it", 2, clip=True, blend="multiply"),
    ),
    "clipping in a mode": (
        picture("below", 5), replace(CUT, blend="exclusion"), picture("on it", 2, clip=True),
    ),
    "an adjustment": (WHITE, CUT, adjustment("invert", adjust.Invert(), opacity=0.7)),
    "an adjustment over nothing": (CUT, adjustment("invert", adjust.Invert(), opacity=0.7)),
    "two of them over soft edges": (
        replace(CUT, effects=(fx.DropShadow(),)),
        adjustment("a", adjust.Invert(), mask=Mask(disc(200, 100, 80))),
        adjustment("b", adjust.Levels(rgb=adjust.Band(20, 1.3, 230)), opacity=0.6),
    ),
    "a masked one in a mode": (
        picture("below", 5),
        adjustment("a", adjust.Invert(), blend="color", mask=Mask(disc(200, 100, 80))),
    ),
    "a clipped one": (picture("below", 5), CUT, adjustment("a", adjust.Invert(), clip=True)),
    "one that looks round": (picture("below", 5), adjustment("a", adjust.Blur(6.0))),
    "in a group": (
        picture("below", 5),
        Layer("g", "g", GroupContent((CUT, adjustment("a", adjust.Blur(3.0)), INVERT))),
    ),
    "in a pass-through group": (
        picture("below", 5),
        Layer("g", "g", GroupContent((CUT, INVERT), isolated=False)),
    ),
    "a group with effects": (
        WHITE,
        Layer("g", "g", GroupContent((CUT, SMALL)), effects=(fx.Glow(),)),
    ),
    "a mask that stayed behind": (
        WHITE,
        picture("m", 4, transform=Transform(dx=30, dy=-12), mask=LEFT_BEHIND),
    ),
}  # fmt: skip


def seen(path: Path) -> Pixels:
    with zipfile.ZipFile(path) as archive:
        stack = read_stack(archive.read("stack.xml"))
        assert stack is not None
        found = Compositor().merged(Document(stack.size))
        for number, element in enumerate(reversed(stack.layers)):
            found = _laid(found, _layer(archive, element, f"{number}"), element.mode == ATOP)
    return found


def _laid(below: Pixels, layer: Layer, is_atop: bool) -> Pixels:
    """svg:src-atop is no mode of ours: W3C, Compositing and Blending Level 1, 9.1.9."""
    if not is_atop:
        under = Layer("below", "below", PixelContent(Tiles.from_array(below)))
        return Compositor().merged(Document(SIZE, (under, layer)))
    source = Compositor().merged(Document(SIZE, (layer,))).astype(float) / 255
    under = below.astype(float) / 255
    both = source * under[..., 3:] + under * (1 - source[..., 3:])
    both[..., 3] = under[..., 3]
    return np.rint(both * 255).astype(np.uint8)


def _layer(archive: zipfile.ZipFile, element: StackLayer, name: str) -> Layer:
    common = {
        "opacity": element.opacity,
        "visible": element.visible,
        "blend": MODES.get(element.mode, "normal"),
    }
    if element.src is None:
        inner = tuple(
            _layer(archive, one, f"{name}.{n}") for n, one in enumerate(element.layers or ())
        )
        content = GroupContent(tuple(reversed(inner)), element.isolated)
        return Layer(name, name, content, **common)  # type: ignore[arg-type]
    image = Image.open(BytesIO(archive.read(element.src))).convert("RGBA")
    tiles = Tiles.from_array(premultiply(np.asarray(image)))
    place = Transform(dx=element.x, dy=element.y)
    return Layer(name, name, PixelContent(tiles), transform=place, **common)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", LAYERS)
def test_others_see_the_same_picture(name: str, tmp_path: Path) -> None:
    document = Document(SIZE, LAYERS[name])
    save_project(document, tmp_path / "a.ora")
    ours = Compositor().merged(document).astype(int)
    assert np.abs(seen(tmp_path / "a.ora") - ours).max() <= 3


@pytest.mark.parametrize("name", LAYERS)
def test_it_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    document = Document(SIZE, LAYERS[name])
    save_project(document, tmp_path / "a.ora")
    again = load(tmp_path / "a.ora").document
    assert [bare(layer) for layer in again.walk()] == [bare(layer) for layer in document.walk()]
    assert np.array_equal(Compositor().merged(again), Compositor().merged(document))


def bare(layer: Layer) -> Layer:
    """Without pixels, which the picture holds against each other."""
    mask = layer.mask and (layer.mask.transform, layer.mask.linked, layer.mask.enabled)
    content = (
        layer.content
        if isinstance(layer.content, AdjustmentContent)
        else FillContent(SolidFill(Colour(0, 0, 0)))
    )
    return replace(layer, content=content, mask=mask)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", LAYERS)
def test_saved_again_after_a_change_it_is_as_if_made_anew(name: str, tmp_path: Path) -> None:
    document = Document(SIZE, LAYERS[name])
    first = save_project(document, tmp_path / "a.ora")
    lowest = document.layers[0]
    changed = replace(lowest, opacity=0.5)
    after = replace(document, layers=(changed, *document.layers[1:]))
    save_project(after, tmp_path / "a.ora", first)
    save_project(after, tmp_path / "b.ora")
    assert np.array_equal(seen(tmp_path / "a.ora"), seen(tmp_path / "b.ora"))
