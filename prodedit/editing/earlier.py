# SPDX-License-Identifier: Apache-2.0
"""What stands in a file takes the place of what is open, as a step that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.files.pictures import Opened, open_picture


class Earlier(QObject):
    """Reads on the thread for files."""

    reverted = Signal(object)
    """EditSession: it is as its file."""
    brought_back = Signal(object)
    """EditSession: it is as an earlier version of its file."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace

    def revert(self, session: EditSession, text: str) -> None:
        """As the file is now; as it was at first where there is none. `text`: of the undo step."""
        path = session.path or session.source
        if path is None:
            session.put(session.original, (), text, anew=True)
            self.reverted.emit(session)
            return
        self._read(path, partial(self._revert, session, text))

    def bring_back(self, session: EditSession, version: Path, text: str) -> None:
        """As that version was; the file itself stays as it is until it is saved."""
        self._read(version, partial(self._bring_back, session, text))

    def open_copy(self, version: Path, name: str) -> None:
        """Beside what is open, as a picture of its own."""
        self._read(version, partial(self._open_copy, name))

    def _read(self, path: Path, take: Callable[[Opened], None]) -> None:
        workspace = self._workspace
        errand = workspace.run(partial(open_picture, path, workspace.decoder), optional=True)
        errand.done.connect(take)
        errand.failed.connect(workspace.failed)

    def _revert(self, session: EditSession, text: str, opened: Opened) -> None:
        if isValid(session) and session in self._workspace.sessions:
            session.put(opened.document, (), text, anew=True)
            self._workspace.is_as_file(session, opened)
            self.reverted.emit(session)

    def _bring_back(self, session: EditSession, text: str, opened: Opened) -> None:
        if isValid(session) and session in self._workspace.sessions:
            session.put(opened.document, (), text, anew=True)
            self.brought_back.emit(session)

    def _open_copy(self, name: str, opened: Opened) -> None:
        self._workspace.open_document(opened.document, name, is_worth=True)
