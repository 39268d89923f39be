# SPDX-License-Identifier: Apache-2.0
"""All pictures of a folder compared, in one go: what is known already is not looked at again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from prodedit.catalogue.check.looking import Engine
from prodedit.catalogue.folder.listing import Picture
from prodedit.catalogue.folder.thumbnails import ThumbnailCache
from prodedit.catalogue.similar.groups import Found, found
from prodedit.catalogue.similar.index import Index, read_index, write_index
from prodedit.catalogue.similar.looking import describe
from prodedit.catalogue.similar.outliers import Consistency, consistency
from prodedit.core.problem import Cancelled, Problem
from prodedit.files.decoder import Decoder

_log = logging.getLogger(__name__)
_WRITE_EVERY = 1024
"""Pictures: so many are lost at most when the program is killed."""


@dataclass(frozen=True, eq=False)
class Compared:
    """pictures: of the index's rows; unread: how many could not be read."""

    pictures: tuple[Picture, ...]
    index: Index
    found: Found
    consistency: Consistency
    unread: int


class Comparing:
    """path: of the index, see `index_path`. decoder, cache, engine: to look at what is new."""

    def __init__(self, path: Path, decoder: Decoder, cache: ThumbnailCache, engine: Engine) -> None:
        self._path, self._decoder, self._cache, self._engine = path, decoder, cache, engine
        self._unwritten = 0

    def compare(
        self,
        pictures: Sequence[Picture],
        on_done: Callable[[int], None] = lambda count: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Compared:
        """`on_done` is told how many more are described. What was described by then is kept also
        where it ends with Problem, or with Cancelled once `stopped`."""
        self._index = read_index(self._path)
        missing = self._index.missing(pictures)
        on_done(len(pictures) - len(missing))
        self._forget_others(pictures)

        def take(part: Index, count: int) -> None:
            self._index = self._index.joined(part)
            self._unwritten += len(part)
            if self._unwritten >= _WRITE_EVERY:
                self._write()
            on_done(count)

        try:
            describe(missing, self._decoder, self._cache, self._engine, take, stopped)
        finally:
            self._write()
        index, known = self._index.of(pictures)
        groups = found(index, stopped)
        if stopped():
            raise Cancelled
        return Compared(known, index, groups, consistency(index), len(pictures) - len(known))

    def _forget_others(self, pictures: Sequence[Picture]) -> None:
        """What is not there any more: the file must not grow for ever."""
        index, _ = self._index.of(pictures)
        if len(index) < len(self._index):
            self._index, self._unwritten = index, 1

    def _write(self) -> None:
        """Where that fails, it is only done again next time."""
        if not self._unwritten:
            return
        self._unwritten = 0
        try:
            write_index(self._index, self._path)
        except (OSError, Problem) as error:
            _log.info("what pictures are of is not kept: %s", error)
