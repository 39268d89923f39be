# SPDX-License-Identifier: Apache-2.0
"""What other programs are given: a layer alone, or in the colours that its blend mode shows."""

from dataclasses import replace

import numpy as np
import pytest

from prodedit.core.document import Document
from prodedit.core.geometry import Rect, Size
from prodedit.core.layer import GroupContent, Layer, PixelContent
from prodedit.core.tiles import Tiles
from prodedit.render.compositor import Compositor
from prodedit.render.project import ProjectBake
from tests.pictures import random_bgra

SIZE = Size(96, 64)
WHOLE = Rect.of(SIZE)


def layer(name: str, seed: int, blend: str = "normal", opacity: float = 1.0) -> Layer:
    pixels = random_bgra(np.random.default_rng(seed), SIZE.width, SIZE.height)
    return Layer(name, name, PixelContent(Tiles.from_array(pixels)), opacity, blend=blend)


def group(name: str, *layers: Layer, isolated: bool) -> Layer:
    return Layer(name, name, GroupContent(layers, isolated))


def merged(*layers: Layer) -> np.ndarray:
    return Compositor().merged(Document(SIZE, layers)).astype(int)


@pytest.mark.parametrize("blend", ["vivid-light", "divide", "luminosity", "multiply"])
def test_baked_as_normal_shows_the_same(blend: str) -> None:
    below, odd = layer("below", 1), layer("odd", 2, blend)
    baked = ProjectBake(Document(SIZE, (below, odd))).layer(odd, WHOLE, as_normal=True)
    plain = replace(odd, blend="normal", content=PixelContent(Tiles.from_array(baked)))
    assert np.abs(merged(below, odd) - merged(below, plain)).max() <= 2


def test_inside_an_isolated_group_only_the_group_is_below() -> None:
    outer, inner, odd = layer("outer", 1), layer("inner", 2), layer("odd", 3, "divide")
    document = Document(SIZE, (outer, group("g", inner, odd, isolated=True)))
    alone = Document(SIZE, (inner, odd))
    given = ProjectBake(document).layer(odd, WHOLE, as_normal=True)
    assert np.array_equal(given, ProjectBake(alone).layer(odd, WHOLE, as_normal=True))


@pytest.mark.parametrize("depth", [1, 2])
def test_inside_pass_through_groups_all_that_is_below_counts(depth: int) -> None:
    outer, inner, odd = layer("outer", 1), layer("inner", 2), layer("odd", 3, "divide")
    nested = group("g1", inner, odd, isolated=False)
    if depth == 2:
        nested = group("g2", layer("between", 4), nested, isolated=False)
    flat = (outer, *([nested.children[0]] if depth == 2 else []), inner, odd)
    given = ProjectBake(Document(SIZE, (outer, nested))).layer(odd, WHOLE, as_normal=True)
    wanted = ProjectBake(Document(SIZE, flat)).layer(odd, WHOLE, as_normal=True)
    assert np.array_equal(given, wanted)


def test_isolated_group_inside_a_pass_through_one_stands_alone() -> None:
    outer, inner, odd = layer("outer", 1), layer("inner", 2), layer("odd", 3, "divide")
    isolated = group("g1", inner, odd, isolated=True)
    through = group("g2", layer("between", 4), isolated, isolated=False)
    given = ProjectBake(Document(SIZE, (outer, through))).layer(odd, WHOLE, as_normal=True)
    wanted = ProjectBake(Document(SIZE, (inner, odd))).layer(odd, WHOLE, as_normal=True)
    assert np.array_equal(given, wanted)


def test_alone_has_neither_opacity_nor_mode() -> None:
    one = layer("one", 5, "multiply", 0.3)
    given = ProjectBake(Document(SIZE, (one,))).layer(one, WHOLE, as_normal=False)
    assert one.tiles is not None
    assert np.array_equal(given, one.tiles.to_array())
