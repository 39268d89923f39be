# SPDX-License-Identifier: Apache-2.0
"""What was last chosen for a new picture, and the document that comes of it."""

from __future__ import annotations

from prodedit.core.colour import Colour
from prodedit.core.document import BACKGROUND, Document
from prodedit.core.edits.canvas import checked
from prodedit.core.fill import SolidFill
from prodedit.core.geometry import Size
from prodedit.core.layer import FillContent, Layer, PixelContent
from prodedit.core.tiles import Tiles
from prodedit.core.values import Value

DRAWING = "layer-1"
"""Id of the empty layer of a new picture."""


class NewChoice(Value, frozen=True):
    """width, height: in pixels; resolution: pixels per inch; backdrop: "#RRGGBB", or "" for none.
    unit: that its sides are shown in."""

    width: int = 800
    height: int = 800
    resolution: float = 72.0
    backdrop: str = "#FFFFFF"
    unit: str = "px"


def blank(choice: NewChoice, background: str, layer: str) -> Document:
    """Nothing drawn yet; `background`, `layer`: names of its layers. Raises Problem where it can't
    be so large, or so small."""
    size = Size(choice.width, choice.height)
    checked(size)
    drawing = Layer(DRAWING, layer, PixelContent(Tiles.empty(size, 4)))
    if not choice.backdrop:
        return Document(size, (drawing,))
    fill = FillContent(SolidFill(Colour.from_hex(choice.backdrop)))
    return Document(size, (Layer(BACKGROUND, background, fill), drawing))
