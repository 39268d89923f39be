# SPDX-License-Identifier: Apache-2.0
"""Whole documents against the float64 reference, and the fast paths against the slow ones."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodedit.core.blend import BLEND_MODES
from prodedit.core.document import Document
from prodedit.core.geometry import Rect, Size, Transform
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
from prodedit.render.compositor import Compositor
from tests.pictures import layer_of, random_bgra, random_opaque
from tests.plain_compositing import as_bytes, composited

WIDTH, HEIGHT = 300, 280


def canvas(*layers: Layer) -> Document:
    return Document(Size(WIDTH, HEIGHT), layers)


def off_by(document: Document) -> int:
    got = Compositor().merged(document)
    assert (got[..., :3] <= got[..., 3:]).all()
    return int(np.abs(got - as_bytes(composited(document))).max())


def random_layer(rng: np.random.Generator, layer_id: str, **fields: object) -> Layer:
    return layer_of(random_bgra(rng, WIDTH, HEIGHT), layer_id, **fields)


def group_of(*layers: Layer, isolated: bool = True, **fields: object) -> Layer:
    return Layer("group", "group", GroupContent(layers, isolated), **fields)  # type: ignore[arg-type]


def random_mask(rng: np.random.Generator, foreground: bool = False) -> Mask:
    alpha = random_bgra(rng, WIDTH, HEIGHT)[..., 3].copy()
    paint = random_opaque(rng, WIDTH, HEIGHT)
    paint[rng.random((HEIGHT, WIDTH)) < 0.8] = 0
    return Mask(Tiles.from_array(alpha), foreground=Tiles.from_array(paint) if foreground else None)


@pytest.mark.parametrize("opacity", [1.0, 0.7, 0.33, 0.02])
@pytest.mark.parametrize("mode", BLEND_MODES)
def test_every_mode_is_within_one_level(mode: str, opacity: float) -> None:
    rng = np.random.default_rng(11)
    below = random_layer(rng, "photo")
    above = random_layer(rng, "above", blend=mode, opacity=opacity)
    assert off_by(canvas(below, above)) <= 1


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_ten_faded_layers_are_within_three_levels(seed: int) -> None:
    rng = np.random.default_rng(seed)
    layers = [random_layer(rng, str(n), opacity=float(rng.uniform(0.2, 1))) for n in range(10)]
    assert off_by(canvas(*layers)) <= 3


def test_ten_layers_of_any_gentle_mode_are_within_three_levels() -> None:
    rng = np.random.default_rng(0)
    modes = [m.id for m in BLEND_MODES.values() if m.id not in _JUMPY and m.group != "contrast"]
    layers = [
        random_layer(rng, str(n), blend=str(rng.choice(modes)), opacity=float(rng.uniform(0.2, 1)))
        for n in range(10)
    ]
    assert off_by(canvas(*layers)) <= 3


_JUMPY = ("hard-mix", "darker-color", "lighter-color", "color-dodge", "color-burn", "vivid-light",
          "divide", "hue", "saturation", "color", "luminosity")  # fmt: skip
"""A level more or less below them may be many levels more or less in the result. (Those of
the group "contrast" double it.)"""


@given(
    st.integers(-400, 400),
    st.integers(-400, 400),
    st.integers(1, 600),
    st.integers(1, 600),
    st.floats(0, 1),
    st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_shifted_layers_of_any_size(
    dx: int, dy: int, width: int, height: int, opacity: float, opaque: bool
) -> None:
    rng = np.random.default_rng(width)
    make = random_opaque if opaque else random_bgra
    moved = layer_of(
        make(rng, width, height), "moved", transform=Transform(dx=dx, dy=dy), opacity=opacity
    )
    assert off_by(canvas(random_layer(rng, "photo"), moved)) <= 1


@pytest.mark.parametrize("shift", [0, 37])
@pytest.mark.parametrize("foreground", [False, True])
def test_mask_and_foreground(foreground: bool, shift: int) -> None:
    rng = np.random.default_rng(13)
    photo = layer_of(
        random_opaque(rng, WIDTH, HEIGHT),
        mask=random_mask(rng, foreground),
        transform=Transform(dx=shift, dy=-shift),
    )
    assert off_by(canvas(random_layer(rng, "below"), photo)) <= 1


def test_disabled_mask_shows_the_photo() -> None:
    rng = np.random.default_rng(14)
    pixels = random_opaque(rng, WIDTH, HEIGHT)
    photo = layer_of(pixels, mask=replace(random_mask(rng, True), enabled=False))
    np.testing.assert_array_equal(Compositor().merged(canvas(photo)), pixels)


def test_blocks_missing_from_a_mask_are_hidden() -> None:
    pixels = random_opaque(np.random.default_rng(0), WIDTH, HEIGHT)
    empty = Mask(Tiles.empty(Size(WIDTH, HEIGHT), 1))
    assert not Compositor().merged(canvas(layer_of(pixels, mask=empty))).any()


@pytest.mark.parametrize("mode", ["normal", "multiply", "luminosity"])
@pytest.mark.parametrize("isolated", [True, False])
@pytest.mark.parametrize("masked", [True, False])
@pytest.mark.parametrize("opacity", [1.0, 0.6])
def test_groups(mode: str, isolated: bool, masked: bool, opacity: float) -> None:
    rng = np.random.default_rng(15)
    inner = [
        random_layer(rng, "a", blend="multiply"),
        random_layer(rng, "b", blend="screen", opacity=0.5),
    ]
    group = group_of(
        *inner,
        isolated=isolated,
        opacity=opacity,
        blend=mode if isolated else "normal",
        mask=random_mask(rng) if masked else None,
    )
    document = canvas(random_layer(rng, "photo"), group, random_layer(rng, "top", opacity=0.3))
    assert off_by(document) <= (6 if mode in _JUMPY else 3)


@pytest.mark.parametrize("isolated", [True, False])
def test_opaque_layer_inside_a_group_hides_only_the_group_s_layers(isolated: bool) -> None:
    rng = np.random.default_rng(16)
    hiding = layer_of(random_opaque(rng, WIDTH, HEIGHT), "hiding")
    group = group_of(
        random_layer(rng, "a"),
        group_of(random_layer(rng, "b"), opacity=0.4),
        hiding,
        random_layer(rng, "c"),
        isolated=isolated,
        opacity=0.5,
    )
    assert off_by(canvas(random_layer(rng, "photo"), group)) <= 1


def test_groups_in_groups() -> None:
    rng = np.random.default_rng(17)
    deepest = group_of(random_layer(rng, "a"), random_layer(rng, "b"), opacity=0.7)
    middle = group_of(deepest, random_layer(rng, "c"), isolated=False)
    outer = group_of(middle, random_layer(rng, "d"), opacity=0.5, blend="overlay")
    assert off_by(canvas(random_layer(rng, "photo"), outer)) <= 3


def test_hidden_and_empty_things_do_not_show() -> None:
    rng = np.random.default_rng(18)
    pixels = random_bgra(rng, WIDTH, HEIGHT)
    layers = (
        layer_of(pixels),
        random_layer(rng, "hidden", visible=False),
        random_layer(rng, "faded", opacity=0.0),
        group_of(opacity=0.5),
        group_of(random_layer(rng, "inner"), visible=False),
        Layer("blank", "blank", PixelContent(Tiles.empty(Size(WIDTH, HEIGHT)))),
    )
    np.testing.assert_array_equal(Compositor().merged(canvas(*layers)), pixels)


@pytest.mark.parametrize("alpha", [255, 100, 0])
def test_solid_fill(alpha: int) -> None:
    rng = np.random.default_rng(19)
    fill = Layer("fill", "fill", FillContent(SolidFill(Colour(250, 130, 7, alpha))))
    assert off_by(canvas(random_layer(rng, "photo"), fill)) <= 1
    assert off_by(canvas(fill, random_layer(rng, "photo"))) <= 1


def test_masked_fill_covers_only_its_mask() -> None:
    rng = np.random.default_rng(20)
    fill = FillContent(SolidFill(Colour(255, 255, 255)))
    assert off_by(canvas(Layer("fill", "fill", fill, mask=random_mask(rng)))) <= 1


@given(st.integers(-50, 320), st.integers(-50, 320), st.integers(0, 320), st.integers(0, 320))
@settings(max_examples=40, deadline=None)
def test_any_rectangle_is_a_cut_of_the_whole(x: int, y: int, width: int, height: int) -> None:
    rect = Rect(x, y, width, height)
    expected = Tiles.from_array(_MERGED).to_array(rect)
    np.testing.assert_array_equal(Compositor().render(_VARIED, rect), expected)


def _varied() -> Document:
    rng = np.random.default_rng(21)
    turned = Transform(0.8, 0.3, -0.3, 0.8, 40.5, 10.25)
    return canvas(
        random_layer(rng, "photo", mask=random_mask(rng, True)),
        random_layer(rng, "shifted", transform=Transform(dx=-33, dy=71), opacity=0.6),
        random_layer(rng, "turned", transform=turned, blend="multiply"),
        group_of(random_layer(rng, "soft", blend="soft-light"), opacity=0.8, mask=random_mask(rng)),
    )


_VARIED = _varied()
_MERGED = Compositor().merged(_VARIED)


def test_same_compositor_gives_the_same_again() -> None:
    compositor = Compositor()
    np.testing.assert_array_equal(compositor.merged(_VARIED), _MERGED)
    np.testing.assert_array_equal(compositor.merged(_VARIED), _MERGED)
    compositor = Compositor(budget=0)
    np.testing.assert_array_equal(compositor.merged(_VARIED), _MERGED)


def test_document_s_pixels_are_never_written() -> None:
    before = [block.pixels.copy() for block in _VARIED.blocks()]
    Compositor().merged(_VARIED)
    for old, block in zip(before, _VARIED.blocks(), strict=True):
        np.testing.assert_array_equal(old, block.pixels)


def test_tile_is_a_whole_block_even_at_the_border() -> None:
    tile = Compositor().tile(_VARIED, 1, 1)
    assert tile.shape == (256, 256, 4)
    np.testing.assert_array_equal(tile[: HEIGHT - 256, : WIDTH - 256], _MERGED[256:, 256:])
    assert not tile[HEIGHT - 256 :].any()
    assert not tile[:, WIDTH - 256 :].any()


def test_stowed_blocks_are_fetched() -> None:
    pixels = random_bgra(np.random.default_rng(22), WIDTH, HEIGHT)
    document = canvas(layer_of(pixels))
    for block in document.blocks():
        block.stow(block.pixels.copy)
    np.testing.assert_array_equal(Compositor().merged(document), pixels)


def test_works_without_an_application() -> None:
    program = (
        "from PySide6.QtGui import QGuiApplication\n"
        "from prodedit.core.document import Document\n"
        "from prodedit.core.geometry import Size\n"
        "from prodedit.core.layer import *\n"
        "from prodedit.render.compositor import Compositor\n"
        "fill = GradientFill(Colour(0, 0, 0), Colour(255, 255, 255))\n"
        "layers = tuple(Layer(m, m, FillContent(fill), 0.5, blend=m) for m in "
        "('normal', 'multiply', 'soft-light'))\n"
        "print(Compositor().merged(Document(Size(600, 400), layers)).any())\n"
        "assert QGuiApplication.instance() is None\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("True", "")
