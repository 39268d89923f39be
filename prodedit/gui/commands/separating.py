# SPDX-License-Identifier: Apache-2.0
"""One photo of several products becomes several pictures, or files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from prodedit.core.document import Document
from prodedit.core.export_setting import HAS_ALPHA, SUFFIXES, ExportSetting
from prodedit.editing.workspace import Workspace
from prodedit.files.encoding_aside import encode_aside
from prodedit.gui.documents.separating import SeparatingWindow
from prodedit.gui.late import while_there
from prodedit.gui.notices import Notices
from prodedit.render.compositor import Compositor
from prodedit.render.export import export_picture

Named = tuple[str, Document]


class SeparatingCommands(QObject):
    """Of one window."""

    def __init__(self, workspace: Workspace, notices: Notices, window: QWidget) -> None:
        super().__init__(window)
        self._workspace, self._notices, self._window = workspace, notices, window

    def separate_products(self) -> None:
        """Show what there is, to choose from."""
        session = self._workspace.current
        if session is None:
            return
        window = SeparatingWindow(self._workspace, session, session.active_id, self._window)
        window.open_wanted.connect(self._open)
        window.save_wanted.connect(self._save)
        window.show()

    def _open(self, found: Sequence[Named]) -> None:
        for name, document in found:
            self._workspace.open_document(document, name, is_worth=True)

    def _save(self, found: Sequence[Named]) -> None:
        title, settings = self.tr("Folder for the products"), self._workspace.settings
        start = settings.export_folder or str(Path.home())
        folder = QFileDialog.getExistingDirectory(self._window, title, start)
        if folder:
            work = partial(write_each, tuple(found), Path(folder), settings.export)
            errand = self._workspace.make(work)
            errand.done.connect(while_there(self, self._tell_saved, Path(folder)))
            errand.failed.connect(self._workspace.failed)

    def _tell_saved(self, folder: Path, written: Sequence[Path]) -> None:
        text = self.tr("{count} products were saved in “{folder}”.")
        self._notices.tell(text.format(count=len(written), folder=folder.name or str(folder)))


def write_each(found: Sequence[Named], folder: Path, setting: ExportSetting) -> list[Path]:
    """A picture file each, beside what is there; transparent ones in a format that has that.
    Raises Problem; those before are written then."""
    written = []
    for name, document in found:
        fitting = _fitting(document, setting)
        path = free_path(folder, name, SUFFIXES[fitting.format])
        export_picture(document, path, fitting, None, encode_aside)
        written.append(path)
    return written


def free_path(folder: Path, name: str, suffix: str) -> Path:
    """Of no file that is there."""
    path, number = folder / f"{name}{suffix}", 2
    while path.exists():
        path, number = folder / f"{name} ({number}){suffix}", number + 1
    return path


def _fitting(document: Document, setting: ExportSetting) -> ExportSetting:
    opaque = bool((Compositor().merged(document)[..., 3] == 255).all())
    if opaque or setting.format in HAS_ALPHA:
        return setting
    return msgspec.structs.replace(setting, format="png")
