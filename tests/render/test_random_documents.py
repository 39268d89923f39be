# SPDX-License-Identifier: Apache-2.0
"""After any row of edits: what the canvas mends is what would be made anew, and what was saved
comes back."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from prodedit.core.document import Document, changed_rects
from prodedit.core.geometry import Rect
from prodedit.core.tiles import TILE, places, slices
from prodedit.files.openraster_read import load
from prodedit.render.compositor import Compositor
from prodedit.render.project import save_project
from prodedit.render.projection import Projection
from tests.person import Person, history, picture


def looked_at(projection: Projection, document: Document) -> np.ndarray:
    shown = np.zeros((document.size.height, document.size.width, 4), np.uint8)
    for (column, row), part in places(Rect.of(document.size)):
        block = pixels(projection.image(0, column, row))
        inside = part.translate(-column * TILE, -row * TILE)
        slices(shown, part)[...] = slices(block, inside)
    return shown


def pixels(image: QImage) -> np.ndarray:
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_canvas_mends_all_that_changed(qapp: object, seed: int) -> None:
    document = picture()
    projection, chooser = Projection(document), Person(seed).chance
    looked_at(projection, document)
    for after, (edit, _inputs) in history(seed, 40):
        projection.update(after, changed_rects(document, after))
        layers = [layer.id for layer in after.walk()]
        projection.set_active(chooser.choice(layers) if layers else None)
        difference = looked_at(projection, after).astype(int) - Compositor().merged(after)
        assert np.abs(difference).max() <= 1, edit
        document = after


@pytest.mark.parametrize("seed", [11, 12])
def test_what_was_saved_comes_back(qapp: object, seed: int, tmp_path: Path) -> None:
    last = None
    for number, (document, _done) in enumerate(history(seed, 45), 1):
        if number % 9:
            continue
        last = save_project(document, tmp_path / "a.ora", last)
        again = load(tmp_path / "a.ora").document
        assert [(one.id, one.name) for one in again.walk()] == [
            (one.id, one.name) for one in document.walk()
        ]
        assert (again.size, again.guides, again.paths) == (
            document.size,
            document.guides,
            document.paths,
        )
        assert np.array_equal(Compositor().merged(again), Compositor().merged(document))
