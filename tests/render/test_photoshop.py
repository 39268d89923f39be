# SPDX-License-Identifier: Apache-2.0
"""Documents written as Photoshop files show the same when they are opened again."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from psd_tools import PSDImage
from psd_tools.constants import Resource
from PySide6.QtGui import QGuiApplication

from prodedit.core import edits
from prodedit.core.adjust import values as adjust
from prodedit.core.document import Document
from prodedit.core.effects import ColourOverlay, DropShadow
from prodedit.core.export_setting import ExportSetting
from prodedit.core.geometry import Size, Transform
from prodedit.core.layer import (
    AdjustmentContent,
    Colour,
    FillContent,
    GroupContent,
    Layer,
    Mask,
    PixelContent,
    ShapeContent,
    SolidFill,
)
from prodedit.core.path import Knot, NamedPath, Subpath
from prodedit.core.path import Path as Outline
from prodedit.core.problem import Cancelled, Problem
from prodedit.core.shape import EllipseShape
from prodedit.core.tiles import Tiles
from prodedit.files.decoder import Decoder
from prodedit.files.encode import srgb_profile
from prodedit.files.metadata import Metadata
from prodedit.files.pictures import open_picture
from prodedit.files.stop import Stop
from prodedit.render import export_layers as export_layers_module
from prodedit.render.compositor import Compositor
from prodedit.render.export import export_picture
from prodedit.render.export_layers import export_layers
from prodedit.render.photoshop import became_pixels
from tests.person import Person, picture

PSD = ExportSetting("psd")
SIZE = Size(90, 70)
LEVELS = AdjustmentContent(adjust.Levels(rgb=adjust.Band(20, 1.3, 230)))
BLUR = AdjustmentContent(adjust.Blur(radius=4.0))


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder() as one:
        yield one


def soft(seed: int, width: int = 50, height: int = 40) -> PixelContent:
    """Noise that is there in part."""
    ink = np.random.default_rng(seed)
    alpha = np.linspace(0, 255, width, dtype=np.uint8)[None, :].repeat(height, 0)
    colour = ink.integers(0, 256, (height, width, 3), np.uint8)
    pixels = np.dstack([colour * (alpha[..., None] / 255), alpha]).astype(np.uint8)
    return PixelContent(Tiles.from_array(pixels))


def at(x: float, y: float) -> Transform:
    return Transform(dx=x, dy=y)


WHITE = Layer("w", "white", FillContent(SolidFill(Colour(255, 250, 240))))
SOFT = Layer("a", "商品", soft(1), transform=at(10, 20))
# Opacities are those that a byte can hold.
OTHER = Layer("b", "other", soft(2), transform=at(30, 5), blend="multiply", opacity=0.6)
ADJUST = Layer("l", "色阶", LEVELS)
SHADOW = DropShadow(distance=6.0, blur=3.0)
CLIPPED_BLUR = Layer("k", "blur", BLUR, clip=True)
CASES: dict[str, tuple[Layer, ...]] = {
    "plain": (WHITE, SOFT, OTHER),
    "clear": (SOFT, OTHER),
    "adjusted": (WHITE, SOFT, ADJUST, OTHER),
    "adjusted where it is clear": (SOFT, ADJUST, OTHER, replace(ADJUST, id="m", opacity=0.4)),
    "blurred where it is clear": (SOFT, OTHER, Layer("k", "blur", BLUR, opacity=0.6)),
    "hidden adjustment": (SOFT, replace(ADJUST, visible=False)),
    "adjustment with a mode": (WHITE, SOFT, replace(ADJUST, blend="difference", opacity=0.6)),
    "clipped": (SOFT, replace(OTHER, clip=True), replace(ADJUST, clip=True), WHITE),
    "clipped to an adjustment": (SOFT, ADJUST, replace(OTHER, clip=True), CLIPPED_BLUR),
    "shadow": (WHITE, replace(SOFT, effects=(SHADOW,))),
    "faded shadow": (replace(SOFT, effects=(SHADOW,), opacity=0.4), replace(OTHER, clip=True)),
    "shadow of a mode": (WHITE, replace(SOFT, effects=(SHADOW,), blend="screen", opacity=0.4)),
    "overlay": (WHITE, replace(SOFT, effects=(ColourOverlay(opacity=0.5, blend="hue"),))),
    "pass-through": (
        WHITE,
        SOFT,
        Layer("g", "g", GroupContent((OTHER, ADJUST), isolated=False), opacity=0.4),
    ),
    "pass-through where it is clear": (
        SOFT,
        Layer("g", "g", GroupContent((OTHER, ADJUST), isolated=False), opacity=0.4),
    ),
    "isolated": (WHITE, Layer("g", "g", GroupContent((SOFT, ADJUST)), blend="multiply")),
    "group with shadow": (WHITE, Layer("g", "g", GroupContent((SOFT, OTHER)), effects=(SHADOW,))),
    "nothing": (),
    "turned": (WHITE, replace(SOFT, transform=Transform(0.9, 0.3, -0.3, 0.9, 30, 4))),
    "shape beyond the canvas": (
        Layer(
            "s",
            "shape",
            ShapeContent(EllipseShape(60, 60), SolidFill(Colour(9, 90, 200))),
            transform=at(60.5, -20.25),
        ),
    ),
}


def shown(document: Document) -> np.ndarray:
    return Compositor().render(document).astype(int)


def back(document: Document, path: Path, decoder: Decoder) -> Document:
    export_picture(document, path, PSD)
    opened = open_picture(path, decoder)
    assert opened.notes == ()
    return opened.document


@pytest.mark.parametrize("name", CASES)
def test_it_shows_the_same(name: str, tmp_path: Path, decoder: Decoder) -> None:
    document = Document(SIZE, CASES[name])
    found = back(document, tmp_path / "a.psd", decoder)
    assert np.abs(shown(found) - shown(document)).max() <= 1


@pytest.mark.parametrize("seed", range(3))
def test_whatever_a_person_did_shows_the_same(
    seed: int, tmp_path: Path, decoder: Decoder, qapp: QGuiApplication
) -> None:
    document, person = picture(), Person(seed)
    for _ in range(50):
        try:
            edit, inputs = person.next(document)
            document = edits.apply(document, edit, inputs)
        except Problem:
            continue
    found = back(document, tmp_path / "a.psd", decoder)
    assert np.abs(shown(found) - shown(document)).max() <= 1
    assert [guide.direction for guide in found.guides] == [
        guide.direction for guide in document.guides if guide.position >= 0
    ]


def test_a_mask_stays_a_mask_with_its_own_colours(tmp_path: Path, decoder: Decoder) -> None:
    photo = np.full((70, 90, 4), 255, np.uint8)
    edge = np.zeros((70, 90, 4), np.uint8)
    edge[10:20, 10:20] = (0, 0, 200, 255)
    alpha = np.tile(np.linspace(0, 255, 90, dtype=np.uint8), (70, 1))
    mask = Mask(Tiles.from_array(alpha), foreground=Tiles.from_array(edge))
    layer = Layer("photo", "照片", PixelContent(Tiles.from_array(photo)), mask=mask)
    found = back(Document(SIZE, (layer,)), tmp_path / "a.psd", decoder)
    (one,) = found.layers
    assert one.mask is not None
    assert np.array_equal(one.mask.alpha.to_array(), alpha)
    assert one.tiles is not None
    assert tuple(one.tiles.to_array()[15, 15]) == (0, 0, 200, 255)
    disabled = replace(layer, mask=replace(mask, enabled=False))
    (one,) = back(Document(SIZE, (disabled,)), tmp_path / "b.psd", decoder).layers
    assert one.mask is not None
    assert not one.mask.enabled


def test_layers_under_an_adjustment_are_still_there(tmp_path: Path, decoder: Decoder) -> None:
    found = back(Document(SIZE, CASES["adjusted where it is clear"]), tmp_path / "a.psd", decoder)
    assert {"商品", "other"} <= {layer.name for layer in found.walk()}


def test_what_becomes_pixels_is_named_from_the_top() -> None:
    inside = replace(OTHER, id="i", name="inside", effects=(ColourOverlay(),))
    document = Document(SIZE, (WHITE, SOFT, inside, ADJUST, replace(OTHER, effects=(SHADOW,))))
    assert became_pixels(document) == ("other fx", "色阶", "inside", "white")


# The file


def test_the_same_bytes_here_and_aside(tmp_path: Path) -> None:
    document = Document(SIZE, CASES["clipped"], paths=(path_named("a"),))
    here, aside = tmp_path / "here.psd", tmp_path / "aside.psd"
    export_picture(document, here, PSD)
    count = export_picture(document, aside, PSD, stop=Stop())
    assert here.read_bytes() == aside.read_bytes()
    assert count == len(here.read_bytes())


def path_named(name: str) -> NamedPath:
    corners = tuple(Knot.corner(*place) for place in ((5, 5), (80, 9), (40, 60)))
    return NamedPath(f"id-{name}", name, Outline((Subpath(corners, True),)), True)


def test_what_the_file_tells(tmp_path: Path) -> None:
    document = Document(SIZE, (WHITE,), paths=(path_named("Clip"),))
    kept = Metadata("JPEG", ((271, "Łódź"),), 300.0)
    setting = ExportSetting("psd", metadata="keep", provenance="compositeSynthetic")
    path = tmp_path / "a.psd"
    export_picture(document, path, setting, kept)
    resources = PSDImage.open(path).image_resources
    assert resources.get_data(Resource.CLIPPING_PATH_NAME) == "Clip"
    assert resources.get_data(Resource.RESOLUTION_INFO).horizontal == 300 << 16
    assert resources.get_data(Resource.ICC_PROFILE) == srgb_profile()
    assert "Łódź".encode() in resources.get_data(Resource.EXIF_DATA_1)
    assert b"compositeSynthetic" in resources.get_data(Resource.XMP_METADATA)
    export_picture(document, path, ExportSetting("psd", clipping=False), kept)
    resources = PSDImage.open(path).image_resources
    assert resources.get_data(Resource.CLIPPING_PATH_NAME) is None
    assert resources.get_data(Resource.EXIF_DATA_1) is None
    assert 2000 in resources


def test_the_merged_picture_is_not_black(tmp_path: Path) -> None:
    path = tmp_path / "a.psd"
    document = Document(SIZE, CASES["adjusted"])
    export_picture(document, path, PSD)
    with Image.open(path) as image:
        found = np.asarray(image.convert("RGB"))[..., ::-1].astype(int)
    assert np.abs(found - shown(document)[..., :3]).max() == 0


def test_a_psb_where_its_name_says_so(tmp_path: Path) -> None:
    export_picture(Document(SIZE, (WHITE,)), tmp_path / "a.psb", PSD)
    assert (tmp_path / "a.psb").read_bytes()[4:6] == b"\0\2"


@pytest.mark.parametrize("code", ["raise SystemExit(3)", "print('no frame', flush=True)"])
def test_a_process_that_dies_leaves_the_old_file(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.psd"
    path.write_bytes(b"old")
    make = export_layers_module.photoshop_aside
    command = (sys.executable, "-c", code)
    monkeypatch.setattr(
        export_layers_module,
        "photoshop_aside",
        lambda *a, **named: make(*a, **named, command=command),
    )
    with pytest.raises(Problem) as raised:
        export_layers(Document(SIZE, (WHITE,)), path, PSD, stop=Stop())
    assert raised.value.code == "encoder-stopped"
    assert [file.name for file in tmp_path.iterdir()] == ["a.psd"]
    assert path.read_bytes() == b"old"


def test_it_is_stopped_in_the_middle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make, stop = export_layers_module.photoshop_aside, Stop()
    command = (sys.executable, "-c", "import sys; sys.stdin.buffer.read(1); sys.stdin.read()")
    monkeypatch.setattr(
        export_layers_module,
        "photoshop_aside",
        lambda *a, **named: make(*a, **named, command=command),
    )
    timer = threading.Timer(0.3, stop.want)
    timer.start()
    with pytest.raises(Cancelled):
        export_layers(Document(SIZE, (WHITE,)), tmp_path / "a.psd", PSD, stop=stop)
    timer.join()
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_wanted_is_not_begun(tmp_path: Path) -> None:
    stop = Stop()
    stop.want()
    with pytest.raises(Cancelled):
        export_picture(Document(SIZE, (WHITE,)), tmp_path / "a.psd", PSD, stop=stop)
    assert list(tmp_path.iterdir()) == []


def test_other_bytes_on_the_disk_are_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = export_layers_module.photoshop_here

    def spoilt(picture, paint, setting, metadata, stream, **named):  # type: ignore[no-untyped-def]
        written = make(picture, paint, setting, metadata, stream, **named)
        stream.seek(40)
        stream.write(b"\xff")
        stream.seek(0, io.SEEK_END)
        return written

    monkeypatch.setattr(export_layers_module, "photoshop_here", spoilt)
    with pytest.raises(Problem) as raised:
        export_picture(Document(SIZE, (WHITE,)), tmp_path / "a.psd", PSD)
    assert raised.value.code == "not-verified"
    assert list(tmp_path.iterdir()) == []


def test_many_rasters_come_in_one_order(tmp_path: Path) -> None:
    """Drawn by whoever asks, packed by the other: the order of rasters is the same for both."""
    many = tuple(replace(SOFT, id=f"n{n}", transform=at(n, n)) for n in range(12))
    group = Layer("g", "g", GroupContent(many[:6]), mask=Mask(Tiles.empty(SIZE, 1)))
    document = Document(SIZE, (WHITE, group, *many[6:]))
    export_picture(document, tmp_path / "a.psd", PSD, stop=Stop())
    assert len(list(PSDImage.open(tmp_path / "a.psd").descendants())) == 14
