# SPDX-License-Identifier: Apache-2.0
"""What the File menu does with whole documents, besides opening and saving them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from prodedit.core.geometry import Size
from prodedit.core.problem import Problem
from prodedit.editing.earlier import Earlier
from prodedit.editing.new_choice import NewChoice, blank
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.engine.preset_library import PresetLibrary
from prodedit.gui.commands.clipboard import on_clipboard, pasted_image
from prodedit.gui.commands.files import FileCommands
from prodedit.gui.documents.new_picture import NewPicture
from prodedit.gui.documents.new_sizes import NewSize, of_marketplaces, of_papers
from prodedit.gui.documents.on_disk import DiskCards
from prodedit.gui.documents.versions import VersionsWindow
from prodedit.gui.notices import Notices


class DocumentCommands(QObject):
    """Of one window."""

    def __init__(
        self, workspace: Workspace, files: FileCommands, notices: Notices, window: QWidget
    ) -> None:
        super().__init__(window)
        self._workspace, self._notices, self._window = workspace, notices, window
        self._made = 0
        self._earlier = Earlier(workspace, self)
        self._earlier.reverted.connect(self._tell_reverted)
        DiskCards(workspace, notices, files, self._earlier)

    def new_picture(self) -> None:
        """Ask how large, then show it."""
        before = self._window.findChild(NewPicture)
        if before is not None:
            before.raise_()
            return
        dialog = NewPicture(self._workspace.settings.new_picture, self._sizes(), self._window)
        dialog.wanted.connect(self._make)
        dialog.show()

    def revert(self) -> None:
        """What is in the file takes the place of what is open."""
        if self._workspace.current is not None:
            self._earlier.revert(self._workspace.current, self.tr("Revert to the file"))

    def versions(self) -> None:
        """Look at the earlier saves."""
        session = self._workspace.current
        if session is not None:
            VersionsWindow(self._workspace, session, self._earlier, self._window).show()

    def _tell_reverted(self, session: EditSession) -> None:
        text = self.tr("“{name}” is as its file again. Undo brings back what was open.")
        self._notices.tell(text.format(name=session.name))

    def _sizes(self) -> Iterator[tuple[str, list[NewSize]]]:
        image = pasted_image(on_clipboard())
        if not image.isNull():
            yield self.tr("Clipboard"), [self._size_of(image)]
        yield self.tr("Marketplaces"), list(of_marketplaces(PresetLibrary().entries()))
        yield self.tr("Paper"), list(of_papers())

    def _size_of(self, image: QImage) -> NewSize:
        size = Size(image.width(), image.height())
        return NewSize(self.tr("As the copied picture"), size)

    def _make(self, choice: NewChoice) -> None:
        try:
            document = blank(choice, self.tr("Background"), self.tr("Layer"))
        except Problem as problem:
            self._notices.tell_problem(problem)
            return
        self._made += 1
        name = self.tr("New picture {number}").format(number=self._made)
        session = self._workspace.open_document(document, name, resolution=choice.resolution)
        session.activate(document.layers[-1].id)
        self._workspace.change_settings(new_picture=choice)
