# SPDX-License-Identifier: Apache-2.0
"""Sliders of effects on a document of 24 megapixels and 10 layers, against the frame budget.

The photo in the middle of the layers has the effect; a sample is the time from a movement of its
slider to the end of the paint that shows all of it, at fit. `cpu` is the processor's time, which
other programs on the machine hardly lengthen; how long the exact picture takes afterwards, and the
longest turn of the event loop till then, are told with it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QApplication

from prodedit.core import edits, heap
from prodedit.core.document import PHOTO
from prodedit.core.effects import (
    CastShadow,
    ColourOverlay,
    ContactShadow,
    DropShadow,
    Effect,
    Glow,
    Outline,
    Reflection,
)
from prodedit.editing.errands import Errands
from prodedit.editing.session import EditSession
from prodedit.gui.document_view import DocumentView
from prodedit.gui.theme import apply_theme
from tests.benchmarks.bench_canvas import VIEW, NoDesk, Row, Sample, _row, _timed, document
from tests.benchmarks.timing import as_json, table

MOVES = 15
SLIDERS: dict[str, Callable[[float], Effect]] = {
    "drop shadow, distance": lambda t: DropShadow(distance=200 * t, blur=60),
    "drop shadow, blur": lambda t: DropShadow(distance=60, blur=10 + 90 * t),
    "contact shadow, blur": lambda t: ContactShadow(blur=10 + 80 * t),
    "cast shadow, angle": lambda t: CastShadow(angle=60 + 60 * t),
    "reflection, height": lambda t: Reflection(height=0.2 + 0.6 * t),
    "outline, width": lambda t: Outline(width=4 + 40 * t),
    "glow, size": lambda t: Glow(size=20 + 150 * t),
    "colour overlay, opacity": lambda t: ColourOverlay(opacity=t),
}


def moved(app: QApplication, view: DocumentView, make: Callable[[float], Effect]) -> list[Sample]:
    session, canvas = view.session, view.canvas

    def show(t: float) -> None:
        session.preview_edit(edits.SetEffects(PHOTO, (make(t),)))

    show(0.0)
    while canvas.draft is None or canvas.draft.small is None or not canvas.is_drawn:
        app.processEvents()
    show(0.0)
    times = ((n + 1) / MOVES for n in range(MOVES))
    drawn = partial(getattr, canvas, "is_drawn")
    return [_timed(app, canvas, partial(show, t), is_done=drawn) for t in times]


def rows() -> list[Row]:
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    heap.keep(heap.PREVIEWS)  # as the window does
    apply_theme(app, "dark")
    errands = Errands("bench")
    view = DocumentView(EditSession(document(), "bench", NoDesk()), None, errands.run)
    view.resize(*VIEW)
    view.show()
    view.session.activate(PHOTO)
    view.canvas.fit()
    view.canvas.settle()
    found = []
    for name, make in SLIDERS.items():
        row = _row(name, moved(app, view, make))
        exact = _timed(app, view.canvas, lambda: None)
        row["note"] += f"; exact {exact.last:.1f} s after, longest turn {exact.turn * 1e3:.0f} ms"
        found.append(row)
        view.session.end_preview()
    view.close()
    errands.close()
    return found


if __name__ == "__main__":
    measured = rows()
    print(as_json(measured) if "--json" in sys.argv else table(measured))
