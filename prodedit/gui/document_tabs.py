# SPDX-License-Identifier: Apache-2.0
"""The tabs of the open pictures."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from prodedit.editing.opening import Opening
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.icons import set_icon
from prodedit.gui.theme import Palette


class DocumentTabs(QTabBar):
    """One tab a session, a star where there is something to save; one, too, for each project whose
    layers are being read."""

    close_wanted = Signal(object)
    """EditSession"""

    def __init__(
        self, workspace: Workspace, palette: Palette, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._palette = palette
        self._shown: list[EditSession | Opening] = []
        self.setDocumentMode(True)
        self.setMovable(True)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.setUsesScrollButtons(True)
        self.setAccessibleName(self.tr("Open pictures"))
        workspace.session_opened.connect(self._add)
        workspace.session_closed.connect(self._remove)
        workspace.preview_opened.connect(self._add_opening)
        workspace.opening_ended.connect(self._end_opening)
        workspace.current_changed.connect(self._choose)
        self.currentChanged.connect(self._chosen)
        self.tabMoved.connect(self._moved)

    @Slot(object)
    def _add(self, session: EditSession) -> None:
        number = self._add_tab(session, _title(session))
        self.setTabToolTip(number, str(session.source or session.name))
        session.file_changed.connect(self._rename)

    @Slot(object)
    def _add_opening(self, opening: Opening) -> None:
        number = self._add_tab(opening, _plain(opening.name))
        self.setTabToolTip(number, str(opening.path))

    def _add_tab(self, shown: EditSession | Opening, title: str) -> int:
        self._shown.append(shown)
        blocked = self.blockSignals(True)  # the workspace says which one is current
        number = self.addTab(title)
        self.blockSignals(blocked)
        self.setTabButton(number, QTabBar.ButtonPosition.RightSide, self._close_button(shown))
        return number

    @Slot(object, object)
    def _end_opening(self, opening: Opening, session: EditSession | None) -> None:
        """What it has become takes its place."""
        if session is not None:
            self.moveTab(self._shown.index(session), self._shown.index(opening))
        self._remove(opening)

    def _close_button(self, shown: EditSession | Opening) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("look", "small")
        button.setToolTip(self.tr("Close this picture"))
        button.setAccessibleName(self.tr("Close this picture"))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_icon(button, "x", self._palette)
        button.setIconSize(QSize(14, 14))
        if isinstance(shown, Opening):
            button.clicked.connect(partial(self._workspace.cancel_opening, shown))
        else:
            button.clicked.connect(partial(self.close_wanted.emit, shown))
        return button

    @Slot(object)
    def _remove(self, shown: EditSession | Opening) -> None:
        number = self._shown.index(shown)
        del self._shown[number]
        blocked = self.blockSignals(True)
        self.removeTab(number)
        self.blockSignals(blocked)

    @Slot(object)
    def _choose(self, session: EditSession | None) -> None:
        shown = session or self._workspace.current_opening
        if shown is not None:
            self.setCurrentIndex(self._shown.index(shown))

    @Slot(int)
    def _chosen(self, number: int) -> None:
        shown = self._shown[number] if 0 <= number < len(self._shown) else None
        if isinstance(shown, Opening):
            self._workspace.show_opening(shown)
        elif shown is not None:
            self._workspace.make_current(shown)

    @Slot(int, int)
    def _moved(self, source: int, target: int) -> None:
        self._shown.insert(target, self._shown.pop(source))

    @Slot()
    def _rename(self) -> None:
        for number, shown in enumerate(self._shown):
            if isinstance(shown, EditSession):
                self.setTabText(number, _title(shown))


def _title(session: EditSession) -> str:
    """A star where there is something to save."""
    return _plain(session.name) + (" *" if session.is_dirty else "")


def _plain(name: str) -> str:
    """ "&" would be taken for a mnemonic."""
    return name.replace("&", "&&")
