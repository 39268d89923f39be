# SPDX-License-Identifier: Apache-2.0
"""The files on their way to being open: each is read once, and can be given up meanwhile."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from prodedit.core.problem import Problem
from prodedit.editing.errands import Errands
from prodedit.editing.opening import Opening
from prodedit.files.decoder import Decoder
from prodedit.files.pictures import Opened, Preview, open_picture, preview_of


class Openings(QObject):
    """Reads with `decoder` on the thread of `errands`. Of what is given up nothing is told."""

    previewed = Signal(object)
    """An Opening that has its preview now."""
    opened = Signal(object, object)
    """(Opening, Opened): it is to be ended by whoever shows it."""
    failed = Signal(object, object)
    """(Opening, Problem)"""

    def __init__(self, errands: Errands, decoder: Decoder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errands = errands
        self._decoder = decoder
        self._under_way: dict[Path, Opening] = {}

    @property
    def busy(self) -> bool:
        return bool(self._under_way)

    def under_way(self, path: Path) -> Opening | None:
        return self._under_way.get(path)

    def begin(self, path: Path, *, accept_damaged: bool = False) -> None:
        """Read the photo or project; `opened` or `failed` comes, and perhaps `previewed` before."""
        opening = self._under_way[path] = Opening(path)
        look = self._errands.run(partial(preview_of, path, self._decoder), optional=True)
        look.done.connect(partial(self._previewed, opening))
        read = partial(
            open_picture, path, self._decoder, accept_damaged=accept_damaged, stop=opening.stop
        )
        errand = self._errands.run(read, optional=True)
        errand.done.connect(partial(self._opened, opening))
        errand.failed.connect(partial(self._not_opened, opening))

    def end(self, opening: Opening) -> None:
        """It is open, or never will be; its file can be begun anew."""
        if self._under_way.get(opening.path) is opening:
            del self._under_way[opening.path]

    def stop_all(self) -> None:
        for opening in self._under_way.values():
            opening.stop.want()

    def _previewed(self, opening: Opening, preview: Preview | None) -> None:
        if preview is not None and not opening.stop.is_wanted:
            opening.preview = preview
            self.previewed.emit(opening)

    def _opened(self, opening: Opening, opened: Opened) -> None:
        if not opening.stop.is_wanted:
            self.opened.emit(opening, opened)

    def _not_opened(self, opening: Opening, problem: Problem) -> None:
        if not opening.stop.is_wanted:
            problem.values.setdefault("file", opening.path.name)
            self.failed.emit(opening, problem)
