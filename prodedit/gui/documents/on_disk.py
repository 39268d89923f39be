# SPDX-License-Identifier: Apache-2.0
"""Cards about a file that another program has changed, or taken away."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from prodedit.editing.earlier import Earlier
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.commands.files import FileCommands
from prodedit.gui.late import while_there
from prodedit.gui.notices import Choice, Notice, Notices


class DiskCards(QObject):
    """One card a picture; it goes when what it tells is so no more."""

    def __init__(
        self, workspace: Workspace, notices: Notices, files: FileCommands, earlier: Earlier
    ) -> None:
        super().__init__(notices)
        self._workspace, self._notices, self._files = workspace, notices, files
        self._earlier = earlier
        self._cards: dict[EditSession, Notice] = {}
        workspace.disk.changed.connect(self._tell_changed)
        workspace.disk.gone.connect(self._tell_gone)
        workspace.disk.mended.connect(self._dismiss)
        workspace.saved.connect(self._dismiss)
        workspace.session_closed.connect(self._dismiss)

    @Slot(object)
    def _tell_changed(self, session: EditSession) -> None:
        text = self.tr("“{name}” was changed by another program.")
        if session.is_dirty:
            text = self.tr("“{name}” was changed by another program, and by you here.")
        load = Choice(self.tr("Load it again"), while_there(session, self._load, session))
        keep = Choice(self.tr("Keep mine"), while_there(session, self._keep, session))
        self._tell(session, text, load, keep, self._elsewhere(session))

    @Slot(object)
    def _tell_gone(self, session: EditSession) -> None:
        session.stack.resetClean()  # what is open is the only one now
        text = self.tr(
            "“{name}” is not there any more: deleted, moved, or its disk was taken out. What you "
            "see is still here."
        )
        again = Choice(self.tr("Save it again"), while_there(session, self._save, session))
        choices = () if session.path is None else (again,)
        self._tell(session, text, *choices, self._elsewhere(session))

    def _elsewhere(self, session: EditSession) -> Choice:
        ask = while_there(session, self._files.save_to_chosen, session)
        return Choice(self.tr("Save as…"), ask)

    def _tell(self, session: EditSession, text: str, *choices: Choice) -> None:
        self._dismiss(session)
        path = session.path or session.source
        name = session.name if path is None else path.name
        card = self._notices.tell(text.format(name=name), *choices, kind="problem")
        self._cards[session] = card
        card.destroyed.connect(lambda: self._forget(session, card))

    @Slot(object)
    def _dismiss(self, session: EditSession) -> None:
        card = self._cards.pop(session, None)
        if card is not None:
            card.dismiss()

    def _forget(self, session: EditSession, card: Notice) -> None:
        if self._cards.get(session) is card:
            del self._cards[session]

    def _load(self, session: EditSession) -> None:
        self._earlier.revert(session, self.tr("Load again"))

    def _keep(self, session: EditSession) -> None:
        self._workspace.keep_mine(session)

    def _save(self, session: EditSession) -> None:
        if session.path is not None:
            self._workspace.save(session, session.path, replace=True)
