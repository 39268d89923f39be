# SPDX-License-Identifier: Apache-2.0
"""What a file has to tell of how its picture came about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from prodedit.core.adjust.values import BrightnessContrast
from prodedit.core.document import Document
from prodedit.core.geometry import Size
from prodedit.core.layer import AdjustmentContent, GroupContent, Layer, PixelContent
from prodedit.core.provenance import ALL, PARTLY, source_type
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
