# SPDX-License-Identifier: Apache-2.0
"""All layers together as a brush looks at them: block by block, as far as it comes."""

from __future__ import annotations

import numpy as np

from prodedit.core.document import Document
from prodedit.core.geometry import Rect
from prodedit.core.tiles import Block, Pixels, Place, Tiles, block_rect, places, slices
from prodedit.render.compositor import Compositor


class Sampled:
    """The picture of one document, kept as far as it was asked for. For one thread at a time."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._compositor = Compositor()
        self._blocks: dict[Place, Block] = {}

    @property
    def tiles(self) -> Tiles:
        """What was looked at so far, 4 channels of the canvas."""
        return Tiles.empty(self._document.size).with_blocks(self._blocks)

    def region(self, area: Rect) -> Pixels:
        """(h, w, 4); zero beyond the canvas."""
        pixels = np.zeros((area.height, area.width, 4), np.uint8)
        for place, part in places(area.intersect(Rect.of(self._document.size))):
            inside = part.translate(-block_rect(place).x, -block_rect(place).y)
            into = slices(pixels, part.translate(-area.x, -area.y))
            into[...] = slices(self._block(place).pixels, inside)
        return pixels

    def _block(self, place: Place) -> Block:
        block = self._blocks.get(place)
        if block is None:
            rendered = self._compositor.render(self._document, block_rect(place))
            block = self._blocks[place] = Block(rendered)
        return block
