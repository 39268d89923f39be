# SPDX-License-Identifier: Apache-2.0
"""A layer's picture as something that the generator knows: found again, or taken as a sketch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from prodedit.core.document import Document
from prodedit.core.geometry import IDENTITY
from prodedit.core.layer import Layer
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.editing.jobs_model import PREVIEW
from prodedit.editing.session import EditSession
from prodedit.engine.generating import Invert, Latent, Shift
from prodedit.engine.results import LatentsResult
from prodedit.engine.squaring import squared
from prodedit.gui.late import while_there
from prodedit.gui.studio.line import Line, Wish
from prodedit.gui.studio.picks import Bytes, Photo, Pick, picks_of
from prodedit.gui.studio.studio import Studio

_STEPS = 60
"""Of finding a photo again; more are hardly seen."""


class PhotoSource(QObject):
    """Asks through a line of its own."""

    found = Signal(object)
    """A Pick with its Photo."""
    sketched = Signal(object)
    """A Pick that others are to follow."""

    def __init__(self, studio: Studio, line: Line, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio, self._line = studio, line

    def use_photo(self) -> None:
        """Find the chosen layer's picture again."""
        self._invert(_STEPS, self._take_photo)

    def use_sketch(self) -> None:
        """Take it as it is: what follows it is only to be roughly like it."""
        self._invert(0, self._take_sketch)

    def open_layer(self, session: EditSession, layer: Layer, base: Latent, latent: Latent) -> None:
        """A change that was made to a photo: `layer` holds the photo."""
        generator = self._studio.generator
        if generator is not None and generator.card is not None:
            square = partial(_square_of, layer, generator.card.side)
            take = partial(self._open_changed, session, layer, base, latent)
            self._square(square, take)

    def _invert(
        self, steps: int, take: Callable[[EditSession, Layer, Bytes, LatentsResult], None]
    ) -> None:
        generator, session = self._studio.generator, self._studio.workspace.current
        if generator is None or generator.card is None:
            return
        layer = None if session is None else session.active_layer
        if session is None or layer is None or layer.tiles is None:
            self._studio.failed.emit(_no_photo())
            return
        label = self._studio.choice.label
        task = Invert(generator.name, label, steps)
        document = Document(layer.tiles.size, (replace(layer, id=PREVIEW),))

        def ask(square: Bytes) -> None:
            wish = Wish(task, partial(take, session, layer, square), document=document)
            self._line.ask_instead(wish)

        self._square(partial(_square_of, layer, generator.card.side), ask)

    def _square(self, work: Callable[[], Bytes], take: Callable[[Bytes], None]) -> None:
        errand = self._studio.workspace.run(work, optional=True)
        errand.done.connect(while_there(self, take))
        errand.failed.connect(while_there(self, self._studio.failed.emit))

    def _take_photo(
        self, session: EditSession, layer: Layer, square: Bytes, result: LatentsResult
    ) -> None:
        generator = self._studio.generator
        if generator is not None:
            plain = picks_of(result, generator.name)[0]
            photo = Photo(session, layer.id, plain.latent, plain.pixels, square)
            self.found.emit(replace(plain, photo=photo))

    def _take_sketch(
        self, session: EditSession, layer: Layer, square: Bytes, result: LatentsResult
    ) -> None:
        generator = self._studio.generator
        if generator is not None:
            self.sketched.emit(picks_of(result, generator.name)[0])

    def _open_changed(
        self, session: EditSession, layer: Layer, base: Latent, latent: Latent, square: Bytes
    ) -> None:
        generator = self._studio.generator
        if generator is None:
            return
        name = generator.name

        def take_base(result: LatentsResult) -> None:
            plain = picks_of(result, name)[0]
            photo = Photo(session, layer.id, base, plain.pixels, square)
            self._line.ask(Wish(Shift(name, latent), partial(take, photo)))

        def take(photo: Photo, result: LatentsResult) -> None:
            self.found.emit(picks_of(result, name, photo)[0])

        self._line.ask_instead(Wish(Shift(name, base), take_base))


def show_again(line: Line, generator: str, latent: Latent, take: Callable[[Pick], None]) -> None:
    """Ask for the picture of a latent that was kept."""
    shift = Shift(generator, latent)
    line.ask_instead(Wish(shift, lambda result: take(picks_of(result, generator)[0])))


def _square_of(layer: Layer, side: int) -> Bytes:
    """As the engine squares it for the generator."""
    assert layer.tiles is not None
    mask = layer.mask
    fits = mask is not None and mask.transform == IDENTITY and mask.alpha.size == layer.tiles.size
    alpha = mask.alpha.to_array() if mask is not None and fits else None
    return squared(layer.tiles.to_array(), alpha, side)


def _no_photo() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "Open a photo first, and choose the layer that holds it."),
        code="no-photo",
    )
