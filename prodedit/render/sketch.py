# SPDX-License-Identifier: Apache-2.0
"""A document at one zoom level, soon: from layers that were reduced to it."""

from __future__ import annotations

from prodedit.core.document import Document
from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import Place
from prodedit.render.active import ActiveLayer
from prodedit.render.compositor import Compositor
from prodedit.render.images import Surface
from prodedit.render.program import Program, compiled
from prodedit.render.reduced import Smaller

_BUDGET = 96 << 20
"""Bytes of reduced layers; where a person looks at ever other parts, they are made anew."""


class Sketch:
    """What `Projection` shows at `level`, without what is finer: near it (see render/reduced), for
    a fraction of the work. Nothing is computed before it is asked for."""

    def __init__(self, compositor: Compositor, level: int) -> None:
        self.level = level
        self._compositor = compositor
        self._smaller = Smaller(1 << level)
        self._of: Document | None = None
        self._small = Document(Size(0, 0))
        self._program: Program = ()
        self._active = ActiveLayer(compositor, self._small.size)

    @property
    def nbytes(self) -> int:
        return self._smaller.nbytes + self._active.nbytes

    def set_active(self, layer_id: str | None) -> None:
        """The layer that changes: see Projection."""
        self._active.choose(layer_id, self._program)

    def paint(self, document: Document, place: Place, part: Rect, target: Surface) -> None:
        """Make all of `target`, which shows `part` of the level's block at `place`."""
        self._follow(document)
        size = self._small.size
        program = self._active.program(self._program, place, part.size.area)
        self._compositor.paint(program, size, place, part, target)

    def _follow(self, document: Document) -> None:
        if document is self._of:
            return
        if self._smaller.nbytes > _BUDGET:
            self._smaller = Smaller(1 << self.level)
        self._of = document
        self._small = self._smaller.document(document)
        self._program = compiled(self._small.layers)
        self._active.follow(self._program, self._small.size)
