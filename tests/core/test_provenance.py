# SPDX-License-Identifier: Apache-2.0
"""What a file has to tell of how its picture came about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.adjust.values import BrightnessContrast
from prodedit.core.document import Document
from prodedit.core.geometry import Size
from prodedit.core.layer import AdjustmentContent, GroupContent, Layer, PixelContent
from prodedit.core.provenance import ALL, PARTLY, source_type, with_origins
from prodedit.core.tiles import Tiles

TILES = Tiles.from_array(np.full((4, 4, 4), 255, np.uint8))
PHOTO = Layer("photo", "Photo", PixelContent(TILES))
MADE = replace(PHOTO, id="made", made_by={"type": "Generate", "generator": "x"})
CHANGED = replace(MADE, id="changed", made_by={"type": "Generate", "base": [[1], "AAA=", 0]})
STYLED = replace(PHOTO, id="styled", made_by={"type": "TransferStyle"})
BRIGHTER = Layer("a", "Brighter", AdjustmentContent(BrightnessContrast(20)))


def group(*layers: Layer, **more: Any) -> Layer:
    return Layer("group", "Group", GroupContent(layers), **more)


@pytest.mark.parametrize(
    ("layers", "told"),
    [
        ((), ""),
        ((PHOTO, STYLED), ""),
        ((MADE,), ALL),
        ((PHOTO, MADE), PARTLY),
        ((CHANGED,), PARTLY),
        ((replace(PHOTO, visible=False), MADE), ALL),
        ((PHOTO, replace(MADE, visible=False)), ""),
        ((PHOTO, replace(MADE, opacity=0.0)), ""),
        ((PHOTO, group(MADE)), PARTLY),
        ((PHOTO, group(MADE, visible=False)), ""),
        ((group(MADE),), ALL),
        ((MADE, BRIGHTER), ALL),
    ],
)
def test_what_shows_decides(layers: tuple[Layer, ...], told: str) -> None:
    assert source_type(Document(Size(4, 4), layers)) == told


def after(*layers: Layer) -> str:
    """What is told of a layer that was made out of these."""
    made_by = with_origins({"type": "Enhance"}, layers)
    return source_type(Document(Size(4, 4), (replace(PHOTO, made_by=made_by),)))


def test_what_is_done_afterwards_hides_nothing() -> None:
    assert after(PHOTO) == ""
    assert after(MADE) == ALL
    assert after(PHOTO, MADE) == PARTLY
    assert after(CHANGED) == PARTLY
    enlarged = replace(MADE, made_by=with_origins({"type": "Enhance"}, (MADE,)))
    assert after(enlarged) == ALL
    mixed = replace(MADE, made_by=with_origins(None, (MADE, PHOTO), "MergeLayers"))
    assert after(mixed) == PARTLY
    assert with_origins(None, (PHOTO, STYLED), "MergeLayers") is None


def test_a_merged_picture_still_tells() -> None:
    merge = edits.MergeLayers(("photo", "made"), "merged", "Merged")
    pixels = {"pixels": TILES}
    merged = edits.apply(Document(Size(4, 4), (PHOTO, MADE)), merge, pixels)
    assert source_type(merged) == PARTLY
    hidden = Document(Size(4, 4), (PHOTO, replace(MADE, visible=False)))
    assert source_type(edits.apply(hidden, merge, pixels)) == ""


def test_an_enlarged_layer_still_tells() -> None:
    enhance = edits.EnhanceLayer("made", False, {"type": "Enhance"})
    after = edits.apply(Document(Size(4, 4), (MADE,)), enhance, {"pixels": TILES})
    assert source_type(after) == ALL
    assert after.layers[0].made_by is not None
    assert after.layers[0].made_by["type"] == "Enhance"
