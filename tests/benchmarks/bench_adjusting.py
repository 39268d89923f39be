# SPDX-License-Identifier: Apache-2.0
"""Previews of adjustments on a document of 24 megapixels and 10 layers, against the frame budget.

A slider of an adjustment layer in the middle of the layers moves; a sample is the time from its
movement to the end of the paint that shows the whole effect. The window shows a smaller copy that
was made once (its making is told, in the other thread), at fit and at 100 %. `cpu` is the
processor's time, which other programs hardly lengthen. `dirty` is the exact work alone for a
rectangle of 512 x 512 of the canvas, all layers with the adjustment among them. Freed memory is
kept, as the window keeps it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from time import perf_counter, process_time
from typing import Any

from PySide6.QtWidgets import QApplication

from prodedit.core import edits, heap
from prodedit.core.adjust.values import (
    Adjustment,
    Band,
    ColourBalance,
    Curves,
    Dot,
    Exposure,
    HueSaturation,
    Levels,
    Recolour,
    Shift,
)
from prodedit.core.colour import Colour
from prodedit.core.document import PHOTO, Document
from prodedit.core.geometry import Rect
from prodedit.editing.errands import Errands
from prodedit.editing.session import EditSession
from prodedit.gui.document_view import DocumentView
from prodedit.gui.panels.adjustments.preview import AdjustPreview
from prodedit.gui.theme import apply_theme
from prodedit.render.projection import Projection
from prodedit.render.small import Reduced, small_document
from tests.benchmarks.bench_canvas import VIEW, NoDesk, Row, Sample, _row, _timed, document
from tests.benchmarks.timing import as_json, table

ADJUSTED = "adjusted"
STEPS, WARM = 30, 3
MOVES: dict[str, Callable[[float], Adjustment]] = {
    "levels": lambda t: Levels(rgb=Band(black=60 * t)),
    "curves": lambda t: Curves((Dot(0, 0), Dot(128, 100 + 60 * t), Dot(255, 255))),
    "exposure": Exposure,
    "hue and saturation": lambda t: HueSaturation(Shift(60 * t, 20, 0)),
    "colour balance": lambda t: ColourBalance(),
    "recolour": lambda t: Recolour(Colour(150, 60, 60), Colour(40, round(200 * t), 160)),
}
MOVES["colour balance"] = lambda t: ColourBalance(
    midtones=ColourBalance().midtones._replace(red=80 * t)
)


def adjusted_document() -> Document:
    """An adjustment layer above the photo, in the middle of ten layers."""
    start = document()
    place = [layer.id for layer in start.layers].index(PHOTO)
    add = edits.AddAdjustmentLayer(ADJUSTED, "Levels", Levels(), None, place + 1)
    return edits.apply(start, add)


def _moves(make: Callable[[float], Adjustment]) -> Iterator[Adjustment]:
    return (make((step + 1) / STEPS) for step in range(STEPS))


def previews(
    app: QApplication, view: DocumentView, preview: AdjustPreview, make: Callable[[float], Any]
) -> list[Sample]:
    """Of each movement until it is seen; the first three are left out."""

    def is_seen() -> bool:
        draft = view.canvas.draft
        copied = draft is not None and draft.is_shown
        return preview.is_shown and (copied or view.canvas.is_drawn)

    moves = [partial(preview.show, adjustment) for adjustment in _moves(make)]
    return [_timed(app, view.canvas, move, is_done=is_seen) for move in moves][WARM:]


def dirty(start: Document, make: Callable[[float], Adjustment]) -> list[Sample]:
    """512 x 512 of the canvas, once what is below was painted before."""
    projection = Projection(start)
    projection.set_active(ADJUSTED)
    area = Rect(2048, 1536, 512, 512)
    blocks = [(x, y) for y in (6, 7) for x in (8, 9)]
    samples = []
    for adjustment in _moves(make):
        begin, cpu = perf_counter(), process_time()
        projection.update(edits.apply(start, edits.SetAdjustment(ADJUSTED, adjustment)), [area])
        for column, row in blocks:
            projection.image(0, column, row)
        samples.append((perf_counter() - begin, process_time() - cpu))
    return [Sample(seconds, seconds, seconds, used) for seconds, used in samples][WARM:]


def _prepared(app: QApplication) -> tuple[DocumentView, AdjustPreview, Errands]:
    session = EditSession(adjusted_document(), "bench", NoDesk())
    session.activate(ADJUSTED)
    errands = Errands("bench")
    view = DocumentView(session, None, errands.run)
    view.resize(*VIEW)
    view.show()
    preview = AdjustPreview(view, ADJUSTED, errands.run, view)
    return view, preview, errands


def _waited(app: QApplication, preview: AdjustPreview, view: DocumentView) -> None:
    """Until the smaller copy is there, and all is drawn."""
    view.canvas.settle()
    preview.show(Levels(rgb=Band(black=1)))
    begin = perf_counter()
    while not preview.has_draft and perf_counter() - begin < 60:
        app.processEvents()
    assert preview.has_draft
    preview.settle()
    view.session.end_preview()
    view.canvas.settle()
    app.processEvents()


def rows() -> list[Row]:
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    heap.keep(heap.PREVIEWS)
    apply_theme(app, "dark")
    view, preview, errands = _prepared(app)
    begin = perf_counter()
    small_document(view.session.document, 3, Reduced())
    made = (perf_counter() - begin) * 1e3
    view.canvas.fit()
    _waited(app, preview, view)
    found = []
    for name, make in MOVES.items():
        found.append(_row(f"{name}, whole picture at fit", previews(app, view, preview, make)))
    found[0]["note"] += f"; the copy took {made:.0f} ms, once"
    view.canvas.one_to_one()
    _waited(app, preview, view)
    for name in ("levels", "hue and saturation", "recolour"):
        samples = previews(app, view, preview, MOVES[name])
        found.append(_row(f"{name}, 1600 x 1000 at 100 %", samples))
    start = replace(view.session.document)
    for name, make in MOVES.items():
        found.append(_row(f"{name}, 512 x 512 dirty", dirty(start, make)))
    preview.end()
    view.close()
    errands.close()
    return found


if __name__ == "__main__":
    measured = rows()
    print(as_json(measured) if "--json" in sys.argv else table(measured))
