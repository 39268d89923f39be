# SPDX-License-Identifier: Apache-2.0
"""Photoshop files made by psd-tools, by hand and out of broken bytes, as they are read here.

Over 400 lines: the broken files are made by the functions that make the good ones.
"""

from __future__ import annotations

import io
import os
import random
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms
from psd_tools import PSDImage
from psd_tools.constants import Tag
from psd_tools.psd.tagged_blocks import TaggedBlock

from prodedit.core.blend import BLEND_MODES
from prodedit.core.document import PHOTO
from prodedit.core.geometry import Rect, Size
from prodedit.core.guides import Guide
from prodedit.core.layer import FillContent, GroupContent, Locks, PixelContent, SolidFill
from prodedit.core.path import Knot, NamedPath, Subpath
from prodedit.core.path import Path as Outline
from prodedit.core.pixels import premultiply
from prodedit.core.problem import Problem
from prodedit.files.decoder import Decoder
from prodedit.files.photo import LIMITS
from prodedit.files.photoshop_layers import PhotoshopLayer, PhotoshopPicture, Wanted, rasters
from prodedit.files.photoshop_resources import packed, paths, readable
from prodedit.files.photoshop_write import write_photoshop
from prodedit.files.pictures import Opened, open_picture

SIZE = Size(60, 40)
TIMES = round(20 * float(os.environ.get("PRODEDIT_FAULT_SECONDS", "1")))
INK = np.random.default_rng(4)


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder() as one:
        yield one


def colours(rect: Rect, alpha: int | None = None) -> np.ndarray:
    """Premultiplied BGRA noise, of the given alpha or of all."""
    rgba = INK.integers(0, 256, (rect.height, rect.width, 4), np.uint8)
    if alpha is not None:
        rgba[..., 3] = alpha
    return premultiply(rgba)


class Made:
    """A picture with noise for all its rasters."""

    def __init__(self, picture: PhotoshopPicture) -> None:
        self.picture = picture
        self.rasters: dict[tuple[int, bool], np.ndarray] = {}
        for one in rasters(picture):
            mask = INK.integers(0, 256, (one.rect.height, one.rect.width), np.uint8)
            pixels = mask if one.is_mask else colours(one.rect)
            self.rasters[id(one.layer), one.is_mask] = pixels
        self.merged = colours(Rect.of(picture.size))

    def raster(self, wanted: Wanted | None) -> np.ndarray:
        return self.merged if wanted is None else self.rasters[id(wanted.layer), wanted.is_mask]

    def written(self, path: Path, big: bool = False) -> Path:
        with path.open("w+b") as file:
            resources = packed(self.picture, b"", b"", b"")
            write_photoshop(self.picture, self.raster, resources, file, big=big)
        return path


def full_of_everything() -> PhotoshopPicture:
    inner = (
        PhotoshopLayer("下", Rect(5, 5, 20, 20), blend="screen"),
        PhotoshopLayer("上", Rect(-10, 8, 30, 50), 0.5, clip=True, mask="off"),
    )
    layers = (
        PhotoshopLayer("背景", Rect(0, 0, 60, 40), locks=Locks(True, True, True)),
        PhotoshopLayer("empty"),
        PhotoshopLayer("组", layers=inner, mask="on", opacity=0.2, blend="multiply"),
        PhotoshopLayer("through", layers=(PhotoshopLayer("nested", layers=()),), isolated=False),
        PhotoshopLayer("masked", Rect(30, 10, 40, 20), visible=False, mask="on"),
    )
    outline = Outline((Subpath((Knot.corner(1, 2), Knot.corner(30, 4), Knot.corner(9, 39)), True),))
    lines = (Guide("upright", 12.5), Guide("level", 7.0))
    shown = (NamedPath("path-1", "Outline", outline, True), NamedPath("path-2", "二", outline))
    return PhotoshopPicture(SIZE, layers, lines, shown, 300.0)


@pytest.mark.parametrize("big", [False, True])
def test_all_that_is_told_comes_back(tmp_path: Path, decoder: Decoder, big: bool) -> None:
    made = Made(full_of_everything())
    opened = open_picture(made.written(tmp_path / "made.psd", big), decoder)
    document, told = opened.document, made.picture
    assert opened.project is None
    assert opened.notes == ()
    assert opened.metadata is not None
    assert opened.metadata.resolution == 300
    assert document.guides == told.guides
    assert [one.name for one in document.paths] == ["Outline", "Path 2"]
    assert [one.is_clipping for one in document.paths] == [True, False]
    assert np.allclose(document.paths[0].path.subpaths[0].knots[1].point, (30, 4), atol=1e-4)
    back, empty, group, through, masked = document.layers
    assert (back.name, back.locks) == ("背景", Locks(True, True, True))
    assert empty.tiles is not None
    assert empty.tiles.size == SIZE
    assert (group.blend, round(group.opacity * 255)) == ("multiply", 51)
    assert [(one.name, one.clip, one.blend) for one in group.children] == [
        ("下", False, "screen"),
        ("上", True, "normal"),
    ]
    assert isinstance(through.content, GroupContent)
    assert not through.content.isolated
    assert through.children[0].children == ()
    assert not masked.visible
    off = group.children[1].mask
    assert off is not None
    assert not off.enabled
    assert len({layer.id for layer in document.walk()}) == 8


def test_every_pixel_comes_back(tmp_path: Path, decoder: Decoder) -> None:
    made = Made(full_of_everything())
    document = open_picture(made.written(tmp_path / "made.psd"), decoder).document
    pairs = zip(document_order(document.layers), rasters_by_layer(made), strict=True)
    for layer, (pixels, mask, rect) in pairs:
        if pixels is not None:
            assert isinstance(layer.content, PixelContent)
            at = Rect.of(SIZE).inflate(60)
            found = np.zeros((at.height, at.width, 4), np.uint8)
            wanted = found.copy()
            place(found, layer.content.tiles.to_array(), layer.transform.dx, layer.transform.dy)
            place(wanted, pixels, rect.x, rect.y)
            assert np.array_equal(found, wanted), layer.name
        if mask is not None:
            assert layer.mask is not None
            assert np.array_equal(layer.mask.alpha.to_array(), mask), layer.name


def place(target: np.ndarray, part: np.ndarray, x: float, y: float) -> None:
    left, top = int(x) + 60, int(y) + 60
    target[top : top + part.shape[0], left : left + part.shape[1]] = part


def document_order(layers: tuple) -> Iterator:
    for layer in layers:
        yield from document_order(layer.children)
        yield layer


def rasters_by_layer(made: Made) -> Iterator:
    def walk(layers: tuple[PhotoshopLayer, ...]) -> Iterator[PhotoshopLayer]:
        for layer in layers:
            yield from walk(layer.layers or ())
            yield layer

    for layer in walk(made.picture.layers):
        known = made.rasters
        yield known.get((id(layer), False)), known.get((id(layer), True)), layer.rect


@pytest.mark.parametrize("mode", BLEND_MODES)
def test_every_blend_mode_has_its_key(mode: str, tmp_path: Path) -> None:
    made = Made(PhotoshopPicture(Size(4, 4), (PhotoshopLayer(mode, Rect(0, 0, 4, 4), blend=mode),)))
    (layer,) = PSDImage.open(made.written(tmp_path / "mode.psd"))
    names = {"color-burn": "COLOR_BURN", "linear-dodge": "LINEAR_DODGE"}
    assert layer.blend_mode.name == names.get(mode, mode.replace("-", "_").upper())
    assert len({one.photoshop for one in BLEND_MODES.values()}) == len(BLEND_MODES)


def test_others_see_the_merged_picture_and_the_names(tmp_path: Path) -> None:
    made = Made(full_of_everything())
    path = made.written(tmp_path / "made.psd")
    known = PSDImage.open(path)
    assert next(layer.name for layer in known) == "背景"
    assert known.has_preview()
    merged = np.asarray(known.topil().convert("RGBA"))
    back = premultiply(merged)
    assert np.abs(back.astype(int) - made.merged).max() <= 2
    with Image.open(path) as image:
        assert image.size == SIZE
        assert np.asarray(image).any()


def test_a_large_one_is_a_psb(tmp_path: Path, decoder: Decoder) -> None:
    wide = Made(PhotoshopPicture(Size(30_001, 2), (PhotoshopLayer("w", Rect(0, 0, 30_001, 2)),)))
    path = wide.written(tmp_path / "wide.psd")
    assert path.read_bytes()[4:6] == b"\0\2"
    assert open_picture(path, decoder).document.size == (30_001, 2)


def test_what_grows_too_large_becomes_a_psb(
    tmp_path: Path, decoder: Decoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only once all is packed is its size known; then it is packed anew for the other kind."""
    made = Made(full_of_everything())
    small = open_picture(made.written(tmp_path / "a.psd"), decoder).document
    monkeypatch.setattr("prodedit.files.photoshop_write._MOST_PSD_BYTES", 10_000)
    path = made.written(tmp_path / "b.psd")
    assert path.read_bytes()[4:6] == b"\0\2"
    big = open_picture(path, decoder).document
    for one, other in zip(small.walk(), big.walk(), strict=True):
        if one.tiles is not None and other.tiles is not None:
            assert np.array_equal(one.tiles.to_array(), other.tiles.to_array())


# Files of other programs


def saved(psd: PSDImage, path: Path) -> Path:
    psd.save(path)
    return path


def foreign(mode: str = "RGB", size: Size = SIZE) -> Image.Image:
    bands = len(Image.new(mode, (1, 1)).getbands())
    values = INK.integers(0, 256, (size.height, size.width, bands), np.uint8)
    return Image.fromarray(values[..., 0] if bands == 1 else values, mode)


def test_a_flat_one_opens_as_a_photo(tmp_path: Path, decoder: Decoder) -> None:
    image = foreign()
    opened = open_picture(saved(PSDImage.frompil(image), tmp_path / "flat.psd"), decoder)
    (photo,) = opened.document.layers
    assert (photo.id, photo.mask, opened.notes) == (PHOTO, None, ())
    assert photo.tiles is not None
    found = photo.tiles.to_array()[..., [2, 1, 0]]
    assert np.array_equal(found, np.asarray(image))


@pytest.mark.parametrize(("mode", "note"), [("CMYK", "cmyk"), ("L", ""), ("LAB", "lab")])
def test_other_colours_come_by_the_merged_picture(
    mode: str, note: str, tmp_path: Path, decoder: Decoder
) -> None:
    path = saved(PSDImage.frompil(foreign(mode)), tmp_path / "other.psd")
    opened = open_picture(path, decoder)
    assert opened.document.size == SIZE
    assert [one.code for one in opened.notes] == [note] * bool(note)


def test_cmyk_is_not_turned_over(tmp_path: Path, decoder: Decoder) -> None:
    image = Image.new("CMYK", SIZE, (255, 0, 0, 255))  # the file holds what is left of the paper
    opened = open_picture(saved(PSDImage.frompil(image), tmp_path / "red.psd"), decoder)
    tiles = opened.document.layers[0].tiles
    assert tiles is not None
    blue, green, red, _ = map(int, tiles.to_array()[5, 5])
    assert red > 150 > 100 > max(blue, green)


def test_layers_in_other_colours_are_told_of(tmp_path: Path, decoder: Decoder) -> None:
    psd = PSDImage.new("CMYK", SIZE)
    psd.create_pixel_layer(foreign("CMYK"), name="ink")
    opened = open_picture(saved(psd, tmp_path / "ink.psd"), decoder)
    assert "photoshop-merged" in [note.code for note in opened.notes]


def deep(layers: bool, version: int = 1) -> bytes:
    """16 bits a channel, by hand: psd-tools makes none of its own. All of it is 0x8040."""
    head = struct.pack(">4sH6xHIIHH", b"8BPS", version, 3, 2, 3, 16, 3) + bytes(8)
    plane = struct.pack(">H", 0) + b"\x80\x40" * 6
    wide = "I" if version == 1 else "Q"
    section = b""
    if layers:
        record = struct.pack(">4iH", 0, 0, 2, 3, 3)
        record += b"".join(struct.pack(f">h{wide}", n, len(plane)) for n in range(3))
        extra = struct.pack(">II", 0, 0) + b"\4deep\0\0\0"
        record += b"8BIMnorm\xff\0\0\0" + struct.pack(">I", len(extra)) + extra
        info = struct.pack(">h", 1) + record + plane * 3
        info += b"\0" * (-len(info) % 4)
        block = b"8BIMLr16" + struct.pack(f">{wide}", len(info)) + info
        section = struct.pack(f">{wide}I", 0, 0) + block
    section = struct.pack(f">{wide}", len(section)) + section
    return head + section + struct.pack(">H", 0) + b"\x80\x40" * 18


@pytest.mark.parametrize("layers", [True, False])
@pytest.mark.parametrize("version", [1, 2])
def test_sixteen_bits_become_eight(
    layers: bool, version: int, tmp_path: Path, decoder: Decoder
) -> None:
    path = tmp_path / "flat.psd"
    path.write_bytes(deep(layers, version))
    opened = open_picture(path, decoder)
    assert [note.code for note in opened.notes] == ["deep"]
    (layer,) = opened.document.layers
    assert (layer.name == "deep") is layers
    assert layer.tiles is not None
    assert set(layer.tiles.to_array()[..., :3].ravel().tolist()) <= {127, 128}


def test_another_profile_is_converted(tmp_path: Path, decoder: Decoder) -> None:
    made = Made(PhotoshopPicture(SIZE, (PhotoshopLayer("a", Rect(0, 0, 60, 40)),)))
    made.rasters = {key: np.full_like(one, 255) for key, one in made.rasters.items()}
    for one in made.rasters.values():
        one[..., :3] = (30, 60, 200)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = bytearray(profile)  # red for green: plain to see
    at = [swapped.find(tag) for tag in (b"rXYZ", b"gXYZ")]
    swapped[at[0] : at[0] + 4], swapped[at[1] : at[1] + 4] = b"gXYZ", b"rXYZ"
    with (tmp_path / "p.psd").open("w+b") as file:
        resources = packed(made.picture, bytes(swapped), b"", b"")
        write_photoshop(made.picture, made.raster, resources, file)
    opened = open_picture(tmp_path / "p.psd", decoder)
    assert [note.code for note in opened.notes] == ["profile"]
    tiles = opened.document.layers[0].tiles
    assert tiles is not None
    assert tuple(tiles.to_array()[5, 5, :3]) != (30, 60, 200)


def with_blocks(path: Path, *keys: bytes, visible: bool = True, pixels: bool = True) -> Path:
    """A layer with such tagged blocks, of which only the presence counts."""
    rect = Rect(0, 0, 60, 40) if pixels else Rect(0, 0, 0, 0)
    below = PhotoshopLayer("below", Rect(0, 0, 60, 40))
    made = Made(PhotoshopPicture(SIZE, (below, PhotoshopLayer("它", rect, visible=visible))))
    psd = PSDImage.open(made.written(path))
    record = psd._record._get_layer_info().layer_records[-1]
    for key in keys:
        record.tagged_blocks[key] = TaggedBlock(key=key, data=b"\0\0\0\1 odd")
    return saved(psd, path)


@pytest.mark.parametrize(
    ("key", "pixels", "note", "layers"),
    [
        (Tag.TYPE_TOOL_OBJECT_SETTING.value, True, "photoshop-pixels", 2),
        (Tag.SMART_OBJECT_LAYER_DATA1.value, True, "photoshop-pixels", 2),
        (Tag.LEVELS.value, False, "photoshop-lost", 1),
        (Tag.GRADIENT_FILL_SETTING.value, False, "photoshop-lost", 1),
        (b"Zzzz", True, "", 2),
    ],
)
def test_what_cannot_be_kept_is_named(
    key: bytes, pixels: bool, note: str, layers: int, tmp_path: Path, decoder: Decoder
) -> None:
    opened = open_picture(with_blocks(tmp_path / "odd.psd", key, pixels=pixels), decoder)
    assert len(opened.document.layers) == layers
    assert [one.code for one in opened.notes] == [note] * bool(note)
    assert all("“它”" in str(one) for one in opened.notes)


def test_a_plain_colour_stays_one_with_its_outline(tmp_path: Path, decoder: Decoder) -> None:
    psd = PSDImage.open(with_blocks(tmp_path / "a.psd", pixels=False))
    record = psd._record._get_layer_info().layer_records[-1]
    from psd_tools.psd.descriptor import Descriptor, DescriptorBlock, Double

    colour = Descriptor(classID=b"RGBC")
    for key, value in ((b"Rd  ", 200.0), (b"Grn ", 100.0), (b"Bl  ", 50.0)):
        colour[key] = Double(value)
    block = DescriptorBlock(classID=b"null")
    block[b"Clr "] = colour
    tag = Tag.SOLID_COLOR_SHEET_SETTING
    record.tagged_blocks[tag] = TaggedBlock(key=tag, data=block)
    opened = open_picture(saved(psd, tmp_path / "b.psd"), decoder)
    fill = opened.document.layers[-1].content
    assert isinstance(fill, FillContent)
    assert isinstance(fill.fill, SolidFill)
    assert fill.fill.colour[:3] == (200, 100, 50)


# Hostile and broken


def sound() -> bytes:
    file = io.BytesIO()
    made = Made(full_of_everything())
    write_photoshop(made.picture, made.raster, packed(made.picture, b"", b"", b""), file)
    return file.getvalue()


def outcome(data: bytes, path: Path, decoder: Decoder) -> Opened | Problem:
    """Nothing else may happen."""
    path.write_bytes(data)
    try:
        return open_picture(path, decoder, accept_damaged=True)
    except Problem as problem:
        str(problem)  # KeyError unless its values fill the sentence
        return problem


def test_a_cut_file_opens_or_is_refused(tmp_path: Path, decoder: Decoder) -> None:
    data = sound()
    for length in [0, 3, 4, 13, 25, 26, 30, *range(40, len(data), max(1, len(data) // 15))]:
        found = outcome(data[:length], tmp_path / "cut.psd", decoder)
        assert isinstance(found, Problem) or found.document.size == SIZE


def test_wild_bytes_open_or_are_refused(tmp_path: Path, decoder: Decoder) -> None:
    data, chance = sound(), random.Random(7)
    refused = 0
    for _ in range(TIMES):
        broken = bytearray(data)
        for _ in range(chance.choice((1, 3, 20))):
            at = chance.randrange(min(len(data), chance.choice((60, 1500, len(data)))))
            broken[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
        refused += isinstance(outcome(bytes(broken), tmp_path / "wild.psd", decoder), Problem)
    assert refused < TIMES
    assert isinstance(outcome(data, tmp_path / "wild.psd", decoder), Opened)


@pytest.mark.parametrize(
    ("at", "value", "code"),
    [
        (14, struct.pack(">II", 30_000, 30_000), "too-many-pixels"),
        (14, struct.pack(">II", 0, 60), "unreadable"),
        (14, struct.pack(">II", 2**31, 2**31), "unreadable"),
        (22, struct.pack(">H", 7), "unreadable"),
        (24, struct.pack(">H", 99), "unreadable"),
        (4, struct.pack(">H", 9), "unreadable"),
    ],
)
def test_a_header_that_lies(
    at: int, value: bytes, code: str, tmp_path: Path, decoder: Decoder
) -> None:
    data = bytearray(sound())
    data[at : at + len(value)] = value
    found = outcome(bytes(data), tmp_path / "lies.psd", decoder)
    assert isinstance(found, Problem)
    assert found.code == code


def test_a_layer_that_claims_the_world_is_not_opened(tmp_path: Path, decoder: Decoder) -> None:
    made = Made(PhotoshopPicture(SIZE, (PhotoshopLayer("bomb", Rect(0, 0, 60, 40)),)))
    data = bytearray(made.written(tmp_path / "a.psd").read_bytes())
    at = data.find(struct.pack(">4i", 0, 0, 40, 60))
    data[at : at + 16] = struct.pack(">4i", 0, 0, 200_000, 200_000)
    found = outcome(bytes(data), tmp_path / "bomb.psd", decoder)
    assert isinstance(found, Opened)
    assert "photoshop-unread" in [note.code for note in found.notes]


def test_many_large_blank_layers_are_no_bomb(tmp_path: Path, decoder: Decoder) -> None:
    """Each is within the limits, all together are not."""
    layers = tuple(PhotoshopLayer(str(n), Rect(0, 0, 2, 2)) for n in range(40))
    made = Made(PhotoshopPicture(Size(2, 2), layers))
    for key, one in made.rasters.items():
        made.rasters[key] = np.full_like(one, 255)
    data = bytearray(made.written(tmp_path / "a.psd").read_bytes())
    old, new = struct.pack(">4i", 0, 0, 2, 2), struct.pack(">4i", 0, 0, 10_000, 10_000)
    assert data.count(old) == 40
    found = outcome(bytes(data.replace(old, new)), tmp_path / "bombs.psd", decoder)
    assert isinstance(found, Problem)
    assert found.code == "no-memory"
    assert isinstance(outcome(sound(), tmp_path / "next.psd", decoder), Opened)


def test_a_damaged_layer_is_told_and_the_others_come(tmp_path: Path, decoder: Decoder) -> None:
    made = Made(PhotoshopPicture(SIZE, tuple(
        PhotoshopLayer(name, Rect(0, 0, 60, 40)) for name in ("坏", "good")
    )))  # fmt: skip
    psd = PSDImage.open(made.written(tmp_path / "a.psd"))
    channels = psd._record._get_layer_info().channel_image_data[0]
    channels[1].data = channels[1].data[:20]  # not even the lengths of its rows
    opened = open_picture(saved(psd, tmp_path / "b.psd"), decoder)
    assert [(note.code, str(note)) for note in opened.notes] == [
        ("photoshop-damaged", "These layers are damaged and were opened empty: “坏”.")
    ]
    bad, good = opened.document.layers
    assert bad.tiles is not None
    assert not bad.tiles.blocks
    assert good.tiles is not None
    assert np.array_equal(good.tiles.to_array(), made.raster(next(wanted_of(made, "good"))))


def wanted_of(made: Made, name: str) -> Iterator[Wanted]:
    return (one for one in rasters(made.picture) if one.layer.name == name)


def test_one_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    path = Made(full_of_everything()).written(tmp_path / "slow.psd")
    with Decoder(limits=LIMITS._replace(seconds=0.001)) as hasty:
        with pytest.raises(Problem) as raised:
            open_picture(path, hasty)
        assert raised.value.code == "too-slow"


# Small things


def test_names_of_paths_in_gbk_are_read() -> None:
    garbled = "轮廓".encode("gbk").decode("mac_roman")
    assert readable(garbled) == "轮廓"
    assert readable("Freisteller é") == "Freisteller é"
    assert readable("Path 1") == "Path 1"


def test_two_paths_of_one_name_stay_two() -> None:
    picture = full_of_everything()
    twice = PhotoshopPicture(SIZE, paths=(picture.paths[0],) * 2)
    found = paths(packed(twice, b"", b"", b""), SIZE)
    assert len({one.name for one in found}) == 2


def test_nobody_but_the_readers_loads_psd_tools() -> None:
    code = (
        "import sys, prodedit.files.pictures, prodedit.files.photoshop_aside;"
        "assert 'psd_tools' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
