# SPDX-License-Identifier: Apache-2.0
"""The tabs of the open pictures."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.icons import set_icon
from prodedit.gui.theme import Palette


class DocumentTabs(QTabBar):
    """One tab a session, a star where there is something to save."""

    close_wanted = Signal(object)
    """EditSession"""

    def __init__(
        self, workspace: Workspace, palette: Palette, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._palette = palette
        self._sessions: list[EditSession] = []
        self.setDocumentMode(True)
        self.setMovable(True)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.setUsesScrollButtons(True)
        self.setAccessibleName(self.tr("Open pictures"))
        workspace.session_opened.connect(self._add)
        workspace.session_closed.connect(self._remove)
        workspace.current_changed.connect(self._choose)
        self.currentChanged.connect(self._chosen)
        self.tabMoved.connect(self._moved)

    @Slot(object)
    def _add(self, session: EditSession) -> None:
        self._sessions.append(session)
        blocked = self.blockSignals(True)  # the workspace says which one is current
        number = self.addTab(_title(session))
        self.blockSignals(blocked)
        self.setTabToolTip(number, str(session.source or session.name))
        self.setTabButton(number, QTabBar.ButtonPosition.RightSide, self._close_button(session))
        session.file_changed.connect(self._rename)

    def _close_button(self, session: EditSession) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("look", "small")
        button.setToolTip(self.tr("Close this picture"))
        button.setAccessibleName(self.tr("Close this picture"))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_icon(button, "x", self._palette)
        button.setIconSize(QSize(14, 14))
        button.clicked.connect(partial(self.close_wanted.emit, session))
        return button

    @Slot(object)
    def _remove(self, session: EditSession) -> None:
        number = self._sessions.index(session)
        del self._sessions[number]
        blocked = self.blockSignals(True)
        self.removeTab(number)
        self.blockSignals(blocked)

    @Slot(object)
    def _choose(self, session: EditSession | None) -> None:
        if session is not None:
            self.setCurrentIndex(self._sessions.index(session))

    @Slot(int)
    def _chosen(self, number: int) -> None:
        if 0 <= number < len(self._sessions):
            self._workspace.make_current(self._sessions[number])

    @Slot(int, int)
    def _moved(self, source: int, target: int) -> None:
        self._sessions.insert(target, self._sessions.pop(source))

    @Slot()
    def _rename(self) -> None:
        for number, session in enumerate(self._sessions):
            self.setTabText(number, _title(session))


def _title(session: EditSession) -> str:
    """A star where there is something to save; "&" would be taken for a mnemonic."""
    return session.name.replace("&", "&&") + (" *" if session.is_dirty else "")
