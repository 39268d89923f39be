# SPDX-License-Identifier: Apache-2.0
"""Quick mask: the brush paints the selection, which shows in red where nothing is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from prodedit.core import edits, selection
from prodedit.core.document import Document
from prodedit.core.layer import Layer, Mask, PixelContent
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.tools.mask_brush import MaskBrush
from prodedit.gui.tools.mask_stroke import MaskStroke

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas


class QuickMask(MaskBrush):
    """Not in the tool bar: it takes the brush's place while the quick mask is on."""

    id: ClassVar[str] = "quick-mask"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Quick mask")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Paint to select, X or Alt to take away; what is red is not selected. Q when you are done.",
    )
    icon: ClassVar[str] = "brush"
    shortcut: ClassVar[str] = "Q"

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self._painted: Document | None = None

    def cancel(self) -> None:
        super().cancel()
        self._painted = None
        self.canvas.selection_view.end_preview()

    def _paintable(self) -> Layer | None:
        """The selection in the shape that a stroke works on: the mask of a layer."""
        document = self.session.document
        chosen = document.selection or selection.full(document.size)
        blank = PixelContent(Tiles.empty(document.size))
        layer = Layer("selection", "", blank, mask=Mask(chosen))
        self._painted = Document(document.size, (layer,))
        return layer

    def _limit(self) -> Tiles | None:
        """Nothing holds the stroke back: it is the selection that is painted."""
        return None

    def _flush(self) -> None:
        stroke, painted = self._stroke, self._painted
        if stroke is not None and painted is not None:
            shown = stroke.on(painted).layers[0].mask
            if shown is not None:
                self.canvas.selection_view.show(shown.alpha, stroke.take_changed())

    def _commit(self, stroke: MaskStroke) -> None:
        assert self._painted is not None
        mask = stroke.finished(self._painted)
        text = self.tr("Paint selection")
        done = mask is not None and self.session.apply(
            edits.SetSelection(), {"selection": mask.alpha}, text=text
        )
        if not done:
            self.canvas.selection_view.end_preview()
