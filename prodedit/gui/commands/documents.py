# SPDX-License-Identifier: Apache-2.0
"""What the File menu does with whole documents, besides opening and saving them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from prodedit.core.geometry import Size
from prodedit.core.pixels import opaque_and_alpha, straight_rgba
from prodedit.core.problem import Problem
from prodedit.core.tiles import Pixels, Tiles
from prodedit.editing.earlier import Earlier
from prodedit.editing.new_choice import NewChoice, blank
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.engine.preset_library import PresetLibrary
from prodedit.gui.commands.clipboard import on_clipboard, pasted_image
from prodedit.gui.commands.files import FileCommands, place_pixels
from prodedit.gui.documents.drawing import DrawingDialog
from prodedit.gui.documents.new_picture import NewPicture
from prodedit.gui.documents.new_sizes import NewSize, of_marketplaces, of_papers
from prodedit.gui.documents.on_disk import DiskCards
from prodedit.gui.documents.versions import VersionsWindow
from prodedit.gui.late import while_there
from prodedit.gui.notices import Notices
from prodedit.render.drawing import draw, drawing_size

TilesAndAlpha = tuple[Tiles, Tiles | None]


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
        files.drawing_wanted.connect(self._look_at_drawing)

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

    def _look_at_drawing(self, path: Path, as_layer: bool) -> None:
        errand = self._workspace.run(partial(drawing_size, path), optional=True)
        errand.done.connect(while_there(self, self._ask_for_size, path, as_layer))
        errand.failed.connect(partial(self._tell_of, path))

    def _ask_for_size(self, path: Path, as_layer: bool, own: Size) -> None:
        session = self._workspace.current
        onto = None if session is None else session.document.size
        dialog = DrawingDialog(path, own, self._window, onto=onto, as_layer=as_layer)
        dialog.wanted.connect(partial(self._draw, path))
        dialog.show()

    def _draw(self, path: Path, size: Size, as_layer: bool) -> None:
        session = self._workspace.current if as_layer else None
        errand = self._workspace.run(lambda: tiles_of(draw(path, size)), optional=True)
        errand.done.connect(while_there(self, self._drawn, path, session))
        errand.failed.connect(partial(self._tell_of, path))

    def _drawn(self, path: Path, session: EditSession | None, made: TilesAndAlpha) -> None:
        if session is not None and session in self._workspace.sessions:
            place_pixels(session, path.stem, made)
        else:
            self._workspace.open_pixels(made[0], path.stem, made[1])

    def _tell_of(self, path: Path, problem: Problem) -> None:
        problem.values.setdefault("file", path.name)
        self._notices.tell_problem(problem)

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


def tiles_of(pixels: Pixels) -> TilesAndAlpha:
    """(opaque colour, alpha or None) of (h, w, 4) premultiplied BGRA."""
    colour, alpha = opaque_and_alpha(straight_rgba(pixels))
    return colour, None if (pixels[..., 3] == 255).all() else alpha
