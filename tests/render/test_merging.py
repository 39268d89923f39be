# SPDX-License-Identifier: Apache-2.0
"""Merging changes the layers and not the picture."""

from dataclasses import replace

import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.geometry import Size, Transform
from prodedit.core.problem import Problem
from prodedit.render.compositor import Compositor
from prodedit.render.merging import flattened, merged, with_mask_applied
from tests.render.test_other_programs import CUT, INVERT, LAYERS, SIZE, SMALL, WHITE, picture


@pytest.mark.parametrize("name", LAYERS)
def test_a_flattened_picture_looks_the_same(name: str) -> None:
    document = Document(SIZE, LAYERS[name])
    after = edits.apply(document, *flattened(document, "flat", "Flat"))
    assert [layer.id for layer in after.layers] == ["flat"]
    difference = Compositor().merged(after).astype(int) - Compositor().merged(document)
    assert np.abs(difference).max() <= 1


def test_merging_two_keeps_what_lies_round_them() -> None:
    document = Document(SIZE, (WHITE, CUT, INVERT, SMALL))
    after = edits.apply(document, *merged(document, ("cut", "b"), "m", "m"))
    assert [layer.id for layer in after.layers] == ["white", "m", "small"]


def test_hidden_layers_go() -> None:
    hidden = replace(picture("h", 9), visible=False)
    document = Document(SIZE, (WHITE, hidden))
    after = edits.apply(document, *flattened(document, "m", "m"))
    assert np.array_equal(Compositor().merged(after), Compositor().merged(document))


def test_nothing_shown_is_told() -> None:
    far = replace(CUT, transform=Transform(dx=5000))
    with pytest.raises(Problem, match="show nothing"):
        flattened(Document(SIZE, (far,)), "m", "m")


def test_an_applied_mask_leaves_the_picture() -> None:
    document = Document(SIZE, (WHITE, replace(CUT, transform=Transform(dx=-150, dy=40))))
    after = edits.apply(document, *with_mask_applied(document, "cut"))
    assert np.array_equal(Compositor().merged(after), Compositor().merged(document))
    layer = after.find("cut")
    assert layer is not None
    assert layer.tiles is not None
    assert layer.tiles.size == Size(*SIZE)
