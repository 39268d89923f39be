# SPDX-License-Identifier: Apache-2.0
"""Brings thumbnails from the threads that make them to the model."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, QSize, Signal, Slot
from PySide6.QtGui import QImage

from prodedit.catalogue.folder.listing import Picture
from prodedit.catalogue.folder.making import ThumbnailMaker
from prodedit.catalogue.folder.thumbnails import Thumbnail, ThumbnailCache
from prodedit.core.problem import Problem
from prodedit.files.decoder import Decoder
from prodedit.gui.catalogue.model import PicturesModel


class Thumbs(QObject):
    """Nothing runs before the first picture is asked for, nor after `close`."""

    _made = Signal(object, object)
    """(Picture, Problem or (QImage, QSize)): out of another thread."""
    unread = Signal()
    """There is one more picture that can't be read."""

    def __init__(
        self,
        model: PicturesModel,
        cache: Callable[[], ThumbnailCache] = ThumbnailCache,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._cache = cache
        self._maker: ThumbnailMaker | None = None
        self._made.connect(self._take)

    @property
    def left(self) -> int:
        """So many are still to be made."""
        return 0 if self._maker is None else self._maker.left

    @Slot(object)
    def want(self, pictures: Sequence[Picture]) -> None:
        """These are seen; the most wanted first."""
        missing = [one for one in pictures if not self._model.has_answer(one)]
        if missing or self._maker is not None:
            self._begun().want(missing)

    def fill(self, pictures: Iterable[Picture]) -> None:
        """All that there are, when nothing else is wanted."""
        wanted = [one for one in pictures if one.path not in self._model.problems]
        if wanted or self._maker is not None:
            self._begun().fill(wanted)

    def close(self) -> None:
        """May be repeated, and used again afterwards."""
        maker, self._maker = self._maker, None
        if maker is not None:
            maker.close()

    def _begun(self) -> ThumbnailMaker:
        if self._maker is None:
            count = decoders()
            self._maker = ThumbnailMaker(Decoder(count), self._cache(), self._tell, count)
        return self._maker

    def _tell(self, picture: Picture, made: Thumbnail | Problem) -> None:
        """In the maker's thread: there the JPEG is unpacked, too."""
        if isinstance(made, Problem):
            self._made.emit(picture, made)
            return
        image = QImage.fromData(made.data)
        self._made.emit(picture, (image, QSize(made.width, made.height)))

    @Slot(object, object)
    def _take(self, picture: Picture, made: Problem | tuple[QImage, QSize]) -> None:
        if isinstance(made, Problem):
            self._model.set_problem(picture, made)
            self.unread.emit()
        else:
            self._model.set_small(picture, *made)


def decoders() -> int:
    """Processes that make thumbnails; they leave the processors to the person's own work."""
    return max(1, min(4, os.cpu_count() or 1))
