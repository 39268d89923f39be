# SPDX-License-Identifier: Apache-2.0
"""The File menu."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from prodedit.core import edits
from prodedit.core.tiles import Tiles
from prodedit.data_files import resources_folder
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.files.pictures import PROJECT_SUFFIX, photo_tiles
from prodedit.gui.late import while_there
from prodedit.render.drawing import SUFFIX as DRAWING

PICTURES = (
    "*.jpg *.jpeg *.png *.webp *.avif *.tif *.tiff *.bmp *.gif *.jp2 *.heic *.heif *.psd *.psb "
    "*.dng *.cr2 *.cr3 *.nef *.arw *.raf *.orf *.rw2"
)


class FileCommands(QObject):
    """Opens, saves, exports and closes."""

    export_wanted = Signal()
    """The Export panel is to be shown."""
    drawing_wanted = Signal(object, bool)
    """(the Path of an SVG drawing, whether it is to be a layer)"""
    folders_wanted = Signal(object)
    """A list of folders, whose pictures are to be shown."""

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window

    def open(self) -> None:
        patterns = f"{PICTURES} *{PROJECT_SUFFIX} *{DRAWING}"
        self.open_all(map(Path, self._chosen_files(self.tr("Open"), patterns)))

    def open_all(self, paths: Iterable[Path]) -> None:
        """Files are opened; of folders, the pictures are shown."""
        folders = []
        for path in paths:
            if path.is_dir():
                folders.append(path)
            elif path.suffix.lower() == DRAWING:
                self.drawing_wanted.emit(path, False)
            else:
                self._workspace.open(path)
        if folders:
            self.folders_wanted.emit(folders)

    def open_recent(self) -> None:
        """The entry carries a submenu; there is nothing to do of its own."""

    def place(self) -> None:
        session = self._workspace.current
        if session is not None:
            title = self.tr("Place picture as layer")
            for name in self._chosen_files(title, f"{PICTURES} *{DRAWING}"):
                self.place_file(session, Path(name))

    def place_file(self, session: EditSession, path: Path) -> None:
        """Read a picture and put it on top of the layers, in the middle."""
        if path.suffix.lower() == DRAWING:
            self.drawing_wanted.emit(path, True)
            return
        errand = self._workspace.run(partial(_read, self._workspace, path))
        errand.done.connect(while_there(session, place_pixels, session, path.stem))
        errand.failed.connect(self._workspace.failed)

    def save(self) -> None:
        session = self._workspace.current
        if session is not None:
            self.save_session(session)

    def save_as(self) -> None:
        session = self._workspace.current
        if session is not None:
            self.save_to_chosen(session)

    def save_copy(self) -> None:
        """Another file as it is now; work goes on with the one there is."""
        session = self._workspace.current
        if session is None:
            return
        before = session.path or _own_folder(session) / session.name
        name = self.tr("{name} copy").format(name=before.stem)
        proposed = before.with_name(name + PROJECT_SUFFIX)
        path = self._chosen_project(self.tr("Save a copy"), proposed)
        if path is not None and path == session.path:
            self._workspace.save(session, path, replace=True)
        elif path is not None:
            self._workspace.save_copy(session, path)

    def save_session(self, session: EditSession) -> bool:
        """Save where it was saved before, else beside the photo, else ask where; False where the
        person did not choose."""
        path = session.path or _beside(session)
        if path is None:
            return self.save_to_chosen(session)
        self._workspace.save(session, path)
        return True

    def export(self) -> None:
        self.export_wanted.emit()

    def close(self) -> None:
        session = self._workspace.current
        if session is not None:
            self.close_session(session)

    def close_session(self, session: EditSession) -> bool:
        """Close after asking what to do with unsaved changes; False where the person stays."""
        if self._workspace.is_saving(session):
            self._workspace.wait_for_files()
        if session.is_dirty:
            answer = self._ask(session)
            if answer == QMessageBox.StandardButton.Cancel:
                return False
            if answer == QMessageBox.StandardButton.Save:
                return self._save_then_close(session)
        self._workspace.close_session(session)
        return True

    def quit(self) -> None:
        self._window.close()

    def _save_then_close(self, session: EditSession) -> bool:
        if not self.save_session(session):
            return False
        self._workspace.wait_for_files()
        if session.is_dirty:  # it could not be saved: the reason is on the screen
            return False
        self._workspace.close_session(session)
        return True

    def _ask(self, session: EditSession) -> QMessageBox.StandardButton:
        buttons = QMessageBox.StandardButton
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("Save your changes to “{name}”?").format(name=session.name))
        box.setInformativeText(self.tr("Otherwise they are lost. The photo itself is not changed."))
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        return QMessageBox.StandardButton(box.exec())

    def save_to_chosen(self, session: EditSession) -> bool:
        """Ask where; False where the person did not choose."""
        folder = _own_folder(session)
        proposed = session.path or folder / f"{Path(session.name).stem}{PROJECT_SUFFIX}"
        path = self._chosen_project(self.tr("Save project"), proposed)
        if path is None:
            return False
        # The dialog has asked whether a file that is there is to be replaced.
        self._workspace.save(session, path, replace=True)
        return True

    def _chosen_project(self, title: str, proposed: Path) -> Path | None:
        patterns = self.tr("Project (*.ora)")
        name, _ = QFileDialog.getSaveFileName(self._window, title, str(proposed), patterns)
        return with_suffix(Path(name), PROJECT_SUFFIX) if name else None

    def _chosen_files(self, title: str, patterns: str) -> list[str]:
        recent = self._workspace.settings.recent
        folder = str(Path(recent[0]).parent) if recent else str(Path.home())
        pictures = self.tr("Pictures ({patterns})").format(patterns=patterns)
        everything = self.tr("All files (*)")
        filters = f"{pictures};;{everything}"
        names, _ = QFileDialog.getOpenFileNames(self._window, title, folder, filters)
        return names


def _own_folder(session: EditSession) -> Path:
    """The photo's folder; for samples and pasted pictures the person's home."""
    source = session.source
    if source is None or source.is_relative_to(resources_folder()):
        return Path.home()
    return source.parent


def _beside(session: EditSession) -> Path | None:
    """Where a photo's project goes unasked; None where that would replace a file, or can't be."""
    if session.source is None:
        return None
    path = _own_folder(session) / f"{session.source.stem}{PROJECT_SUFFIX}"
    is_free = not path.exists() and os.access(path.parent, os.W_OK)
    return path if path.parent == session.source.parent and is_free else None


def with_suffix(path: Path, suffix: str, *also: str) -> Path:
    """A chosen name with `suffix`, unless it has that or one of `also`. The dialog asked about the
    name as it was typed, so a file that has the longer one is left alone: the new one is numbered.
    """
    if path.suffix.lower() in (suffix, *also):
        return path
    whole, number = path.with_name(path.name + suffix), 2
    while whole.exists():
        whole, number = path.with_name(f"{path.name}-{number}{suffix}"), number + 1
    return whole


def _read(workspace: Workspace, path: Path) -> tuple[Tiles, Tiles | None]:
    return photo_tiles(workspace.decoder.decode(path))


def place_pixels(session: EditSession, name: str, pixels: tuple[Tiles, Tiles | None]) -> None:
    """(colour, alpha or None) as a new layer on top, in the middle."""
    tiles, alpha = pixels
    size = session.document.size
    edit = edits.AddPixelLayer(
        session.document.new_id(),
        name,
        x=(size.width - tiles.size.width) // 2,
        y=(size.height - tiles.size.height) // 2,
    )
    if session.apply(
        edit, {"pixels": tiles} if alpha is None else {"pixels": tiles, "mask": alpha}
    ):
        session.activate(edit.layer)
