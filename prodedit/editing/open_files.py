# SPDX-License-Identifier: Apache-2.0
"""The files of what is open, so that two windows, or two programs, do not replace each other's work
unseen."""

from __future__ import annotations

import hashlib
import logging
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.editing.session import EditSession
from prodedit.files.file_lock import FileLock
from prodedit.files.openraster import Stamp, stamp_of

_log = logging.getLogger(__name__)
Gone = Literal["gone"]


class _Claim(NamedTuple):
    file: Path
    """Empty, in our folder; its lock ends with us, whatever ends us."""
    lock: FileLock


class OpenFiles:
    """folder: of the marks that say what is open, one for all windows of this person."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._places: dict[EditSession, Path] = {}
        self._claims: dict[EditSession, _Claim] = {}
        self._stamps: dict[EditSession, tuple[Path, Stamp | None]] = {}

    def claim(self, session: EditSession, path: Path) -> bool:
        """`session` works on `path` from now on, and on nothing else; False where another does,
        too, and that was not said before."""
        is_new = self._places.get(session) != path
        self._give_up(session)
        self._places[session] = path
        name = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()
        file = self._folder / name[:32]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock.try_lock(file)
        except OSError as error:
            _log.info("what is open can't be marked: %s", error)
            return True
        if lock is not None:
            self._claims[session] = _Claim(file, lock)
        return lock is not None or not is_new

    def release(self, session: EditSession) -> None:
        self._give_up(session)
        self._places.pop(session, None)
        self._stamps.pop(session, None)

    def known(self, session: EditSession, path: Path) -> None:
        """What is in `path` now is what `session` has seen. From any thread."""
        self._stamps[session] = path, stamp_of(path)

    def differs(self, session: EditSession) -> Stamp | Gone | None:
        """How the file that `session` works on is now, where that is not as it has seen it; None
        where it is, or where it has seen none. From any thread."""
        seen, stamp = self._stamps.get(session, (None, None))
        if seen is None or stamp is None:
            return None
        now = stamp_of(seen)
        return None if now == stamp else now or "gone"

    def refuse_changed(self, session: EditSession, path: Path) -> None:
        """Raise Problem where `path` holds what `session` has not seen. From any thread."""
        seen, stamp = self._stamps.get(session, (path, None))
        now = stamp_of(path)
        if now is not None and now != (stamp if seen == path else None):
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem",
                    "“{file}” was not saved: another window or program has changed it meanwhile. "
                    "Choose “Save as…” and another name, or the same to replace it.",
                ),
                code="changed-elsewhere",
                file=path.name,
            )

    def _give_up(self, session: EditSession) -> None:
        claim = self._claims.pop(session, None)
        if claim is not None:
            with suppress(OSError):  # Windows deletes no file that is open
                claim.file.unlink()
            claim.lock.release()


def also_open(name: str) -> Problem:
    """What to tell where `claim` says False."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "“{name}” is open in another window of ProdEdit, too. Changes made there are not seen "
            "here.",
        ),
        code="also-open",
        name=name,
    )
