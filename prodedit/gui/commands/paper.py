# SPDX-License-Identifier: Apache-2.0
"""What goes onto paper: one picture, or many small ones."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from prodedit.catalogue.contact_sheet import Made, make_contact_sheet
from prodedit.core.contact_sheet import Sheet
from prodedit.core.document import Document
from prodedit.editing.workspace import Workspace
from prodedit.files.stop import Stop
from prodedit.gui.catalogue.desk import CatalogueDesk
from prodedit.gui.commands.files import with_suffix
from prodedit.gui.documents.contact_sheet import SheetWindow, Source
from prodedit.gui.documents.printing import PrintWindow
from prodedit.gui.late import while_there
from prodedit.gui.notices import Choice, Notices
from prodedit.render.compositor import Compositor
from prodedit.render.images import image_of


class PaperCommands(QObject):
    """Of one window."""

    def __init__(
        self, workspace: Workspace, desk: CatalogueDesk, notices: Notices, window: QWidget
    ) -> None:
        super().__init__(window)
        self._workspace, self._desk = workspace, desk
        self._notices, self._window = notices, window
        self._sheet = Sheet()
        desk.sheet_wanted.connect(self._ask)

    def print_picture(self) -> None:
        """Show it on a page, and print it."""
        session = self._workspace.current
        if session is None:
            return
        metadata = self._workspace.metadata_of(session)
        resolution = 0.0 if metadata is None else metadata.resolution
        errand = self._workspace.run(partial(_whole, session.document), optional=True)
        show = while_there(self._window, self._show_page, session.name, resolution)
        errand.done.connect(show)
        errand.failed.connect(self._workspace.failed)

    def contact_sheet(self) -> None:
        """Of the chosen pictures of the strip, of the whole folder, or of what is open."""
        sources = self._sources()
        if sources:
            self._show_sheet(sources)
            return
        title = self.tr("Pictures for the contact sheet")
        folder = QFileDialog.getExistingDirectory(self._window, title, str(Path.home()))
        if folder:
            self._desk.open([Path(folder)])

    def _show_page(self, name: str, resolution: float, image: QImage) -> None:
        window = PrintWindow(image, name, resolution, self._window)
        window.failed.connect(self._notices.tell_problem)
        sent = self.tr("{name} is on its way to the printer.").format(name=name)
        window.printed.connect(lambda: self._notices.tell(sent))
        saved = self.tr("Saved: {name}")
        window.saved.connect(lambda path: self._notices.tell(saved.format(name=path.name)))
        window.show()

    def _sources(self) -> list[Source]:
        chosen = [one.path for one in self._desk.strip.row.chosen]
        shown = [one.path for one in self._desk.model.rows]
        files = (session.path or session.source for session in self._workspace.sessions)
        opened = [path for path in files if path is not None]
        sources = (
            (self.tr("Chosen in the strip ({count})"), chosen if len(chosen) > 1 else []),
            (self.tr("All in the strip ({count})"), shown),
            (self.tr("Open pictures ({count})"), opened),
        )
        return [(text.format(count=len(paths)), paths) for text, paths in sources if paths]

    def _ask(self, paths: list[Path]) -> None:
        text = self.tr("Chosen in the strip ({count})").format(count=len(paths))
        self._show_sheet([(text, paths)])

    def _show_sheet(self, sources: list[Source]) -> None:
        window = SheetWindow(self._sheet, sources, self._window)
        window.wanted.connect(self._write)
        window.show()

    def _write(self, sheet: Sheet, pictures: list[Path]) -> None:
        self._sheet = sheet
        folder = pictures[0].parent if pictures else Path.home()
        proposed = str(folder / ((sheet.title or self.tr("Contact sheet")) + ".pdf"))
        kind, title = self.tr("PDF document (*.pdf)"), self.tr("Save as PDF")
        name, _ = QFileDialog.getSaveFileName(self._window, title, proposed, kind)
        if not name:
            return
        target, decoder = with_suffix(Path(name), ".pdf"), self._workspace.decoder
        stop = Stop()
        work = partial(make_contact_sheet, pictures, target, sheet, decoder, stop=stop)
        errand = self._workspace.make(work)
        text = self.tr("Making {name}…").format(name=target.name)
        card = self._notices.tell(text, Choice(self.tr("Stop"), stop.want))
        for ended in (errand.done, errand.failed):
            ended.connect(while_there(card, lambda _: card.dismiss()))
        errand.done.connect(while_there(self, self._tell_made))
        errand.failed.connect(self._workspace.failed)

    def _tell_made(self, made: Made) -> None:
        text = self.tr("Contact sheet: {name}, pages: {pages}")
        told = text.format(name=made.path.name, pages=made.pages)
        if made.failed:
            names = ", ".join(path.name for path, _ in made.failed[:3])
            told += " " + self.tr("Could not be read: {names}.").format(names=names)
        self._notices.tell(told, kind="problem" if made.failed else "note")


def _whole(document: Document) -> QImage:
    """On the thread for files."""
    return image_of(Compositor().merged(document)).copy()
