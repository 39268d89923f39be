# SPDX-License-Identifier: Apache-2.0
"""Notices when another program has changed, or taken away, the file of what is open."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from prodedit.editing.errands import Errands
from prodedit.editing.open_files import Gone, OpenFiles
from prodedit.editing.session import EditSession
from prodedit.files.openraster import Stamp

EVERY_MS = 1500
Found = dict[EditSession, "Stamp | Gone | None"]


class DiskWatch(QObject):
    """Looks on the thread of `errands`, where a network that is slow holds nobody up. What is found
    twice the same is told, once: a file that is just being written is left alone."""

    changed = Signal(object)
    """EditSession"""
    gone = Signal(object)
    """EditSession"""
    mended = Signal(object)
    """EditSession: what was told is so no more."""

    def __init__(self, errands: Errands, files: OpenFiles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errands, self._files = errands, files
        self._sessions: list[EditSession] = []
        self._found: Found = {}
        self._told: Found = {}
        self._is_looking = False
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)

    def follow(self, session: EditSession) -> None:
        self._sessions.append(session)
        self._timer.start()

    def leave(self, session: EditSession) -> None:
        if session in self._sessions:
            self._sessions.remove(session)
        for known in (self._found, self._told):
            known.pop(session, None)
        if not self._sessions:
            self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Nothing where it is looking already."""
        if self._is_looking or self._errands.is_closed:
            return
        self._is_looking = True
        sessions = tuple(self._sessions)
        errand = self._errands.run(lambda: self._looked_at(sessions), optional=True)
        errand.done.connect(self._take)

    def _looked_at(self, sessions: tuple[EditSession, ...]) -> Found:
        return {session: self._files.differs(session) for session in sessions}

    @Slot(object)
    def _take(self, found: Found) -> None:
        self._is_looking = False
        for session, now in found.items():
            if session not in self._sessions:
                continue
            is_sure = self._found.get(session) == now
            self._found[session] = now
            if is_sure and self._told.get(session) != now:
                self._told[session] = now
                self._tell(session, now)

    def _tell(self, session: EditSession, now: Stamp | Gone | None) -> None:
        if now is None:
            self.mended.emit(session)
        elif now == "gone":
            self.gone.emit(session)
        else:
            self.changed.emit(session)
