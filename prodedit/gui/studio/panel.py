# SPDX-License-Identifier: Apache-2.0
"""The Generate panel: look, choose a picture, change it, put it on the canvas."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from prodedit.editing.orders import TaskDesk
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.engine.generating import Generate, Sample, Vary
from prodedit.engine.generators.library import GeneratorLibrary, default_library
from prodedit.gui.panels.section import Choices
from prodedit.gui.panels.task_row import TaskRow
from prodedit.gui.studio.change_page import ChangePage
from prodedit.gui.studio.framed import framed
from prodedit.gui.studio.generator_bar import GeneratorBar, NoGenerator
from prodedit.gui.studio.layer_link import LayerLink
from prodedit.gui.studio.line import Line
from prodedit.gui.studio.morph_page import MorphPage
from prodedit.gui.studio.photo_source import PhotoSource, show_again
from prodedit.gui.studio.picks import Pick
from prodedit.gui.studio.pictures_page import PicturesPage
from prodedit.gui.studio.sampler import Sampler
from prodedit.gui.studio.sending import Sending, photo_below
from prodedit.gui.studio.status_row import StatusRow
from prodedit.gui.studio.studio import Studio
from prodedit.gui.translation import translate

_THUMB = 36


class StudioPanel(QWidget):
    """Three pages: pictures to choose from, the chosen one, and the way to another one. Needs no
    open picture."""

    train_wanted = Signal()
    """A generator is to be trained. Whoever shows the dialog for it connects to this and calls
    `offer_training`; until then no entry speaks of it."""

    odd_wanted = Signal(str)
    """A generator's name: it is to tell which pictures of a folder are odd."""

    def __init__(
        self,
        workspace: Workspace,
        parent: QWidget | None = None,
        *,
        library: GeneratorLibrary | None = None,
        desk: TaskDesk | None = None,
    ) -> None:
        """`desk`: who does the studio's own tasks; without it the workspace's worker."""
        super().__init__(parent)
        self._workspace, self._desk = workspace, desk
        self.studio = Studio(
            workspace, library or default_library(), desk or workspace.worker, self
        )
        if desk is None:
            workspace.worker.job_moved.connect(self.studio.session.job_moved)
        self._make_lines()
        self.sampler = Sampler(self._drawing, self.studio.keeps, self)
        self.photos = PhotoSource(self.studio, self._photo, self)
        self.sending = Sending(self.studio, self)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._show_page("pictures")
        self._show_generators()

    def _make_lines(self) -> None:
        """One for each wish that has nothing to do with the others."""
        made = [Line(self.studio.session, self) for _ in range(4)]
        self._drawing, self._live, self._way, self._photo = made

    def _make_parts(self) -> None:
        studio = self.studio
        self.bar = GeneratorBar(studio, self)
        self.empty = NoGenerator(studio, self.bar, self)
        self.link = LayerLink(self)
        self.pages = Choices(
            {
                "pictures": self.tr("Pictures"),
                "change": self.tr("Change"),
                "morph": self.tr("Morph"),
            },
            3,
            self.tr("What to do"),
            self,
        )
        self.pictures = PicturesPage(studio, self.sampler, self)
        self.change = ChangePage(studio, self.sampler, self._live, self)
        self.morph = MorphPage(studio, self._way, self._generated, self)
        self.foot = QWidget(self)
        self.status = StatusRow(self.foot)
        self.thumb = QLabel(self.foot)
        self.thumb.setFixedSize(_THUMB, _THUMB)
        self.thumb.setAccessibleName(self.tr("The chosen picture"))
        self.row = TaskRow(translate("StudioPanel", "Send to canvas"), Generate, self.foot)
        self.update_layer = QPushButton(self.tr("Update layer"), self.foot)

    def _lay_out(self) -> None:
        self._all = QWidget(self)
        inner = QVBoxLayout(self._all)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        parts: tuple[QWidget, ...] = (self.pages, self.pictures, self.change, self.morph)
        for part in parts:
            inner.addWidget(part)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 8)
        column.setSpacing(8)
        for widget in (self.link, self.bar, self.empty, self._all):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(8)
        for beside in (self.thumb, self.update_layer):
            row.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.row, 1)
        below = QVBoxLayout(self.foot)
        below.setContentsMargins(0, 4, 12, 8)
        below.setSpacing(4)
        below.addWidget(self.status)
        below.addLayout(row)

    def _connect(self) -> None:
        studio, workspace = self.studio, self._workspace
        self.bar.train_wanted.connect(self.train_wanted)
        self.bar.odd_wanted.connect(self.odd_wanted)
        self.pages.chosen.connect(self._show_page)
        for page in (self.pictures, self.morph):
            page.sent.connect(self._send)
            page.photo_wanted.connect(self.photos.use_photo)
        self.pictures.sketch_wanted.connect(self.photos.use_sketch)
        self.photos.found.connect(self._photo_found)
        self.photos.sketched.connect(self._sketched)
        self.change.varied.connect(partial(self._show_page, "pictures"))
        self.morph.film.told.connect(self.status.tell)
        self.row.wanted.connect(self._send_chosen)
        self.update_layer.clicked.connect(self._update)
        self.link.open_wanted.connect(self._open_layer)
        self.link.changed.connect(self._show_foot)
        studio.generator_changed.connect(self._warm_up)
        for line in (self._way, self._photo):
            self.status.follow(line)
        self.status.follow(self._drawing, self.sampler.stop)
        self.status.follow(self._live, self._stop_live)
        self._photo.failed.connect(self.morph.forget_photo)
        self.status.problem_told.connect(workspace.failed)
        studio.failed.connect(self.status.tell_problem)
        studio.generators_changed.connect(self._show_generators)
        studio.generator_changed.connect(self._show_generators)
        studio.chosen_changed.connect(self._chosen)
        studio.refined.connect(self._show_foot)

    def set_session(self, session: EditSession | None) -> None:
        """The picture that is open."""
        self.row.set_session(session)
        self.link.set_session(session)

    def offer_training(self) -> None:
        """From now on there is somebody who answers `train_wanted`."""
        self.bar.offer_training(there=True)
        self.empty.train.show()

    # What the person does

    @Slot(object)
    def _send(self, pick: Pick) -> None:
        self.studio.choose(pick)
        self._send_chosen()

    @Slot()
    def _send_chosen(self) -> None:
        if self.studio.chosen is not None and not self.row.is_busy:
            self.sending.send(self.studio.chosen)

    @Slot()
    def _update(self) -> None:
        layer, session, pick = self.link.to_update, self.link.session, self.studio.chosen
        if layer is not None and session is not None and pick is not None:
            self.sending.update(pick, session, layer)

    @Slot()
    def _open_layer(self) -> None:
        """Show the picture that the active layer was made of, to be changed further."""
        task, layer, session = self.link.task, self.link.layer, self.link.session
        if task is None or layer is None or session is None:
            return
        self.studio.use(task.generator)
        photo = photo_below(session.document, layer) if task.base is not None else None
        if photo is not None and task.base is not None:
            self.photos.open_layer(session, photo, task.base, task.latent)
        else:
            show_again(self._photo, task.generator, task.latent, self._opened)

    def _opened(self, pick: Pick) -> None:
        self.studio.choose(pick)
        self.link.opened()
        self._show_page("change")

    def _photo_found(self, pick: Pick) -> None:
        if self.morph.waits_for_photo:
            self.morph.take_photo(pick)
            return
        self.studio.choose(pick)
        self._show_page("change")

    def _sketched(self, pick: Pick) -> None:
        choice = self.studio.choice
        task = Vary(pick.generator, pick.latent, choice.strength / 100)
        self.sampler.draw(task, choice.count)
        self._show_page("pictures")

    def _stop_live(self) -> None:
        if self.change.part.dragger.is_going:
            self.change.part.dragger.stop()
        else:
            self._live.stop()

    def _generated(self) -> list[Pick]:
        return [pick for pick in self.sampler.slots if pick is not None]

    # What is shown

    @Slot(str)
    def _show_page(self, page: str) -> None:
        self.pages.show_choice(page)
        pages = {"pictures": self.pictures, "change": self.change, "morph": self.morph}
        for name, widget in pages.items():
            widget.setVisible(name == page)

    @Slot()
    def _show_generators(self) -> None:
        there = self.studio.generator is not None
        self.bar.setVisible(there)
        self._all.setVisible(there)
        self.empty.setVisible(self.studio.is_known and not there)
        self.foot.setVisible(there)

    @Slot()
    def _warm_up(self) -> None:
        """The engine starts and loads the generator while the person is still looking."""
        generator = self.studio.generator
        if generator is not None and self._desk is None:
            self._workspace.worker.warm_up(Sample(generator.name, count=1))

    @Slot()
    def _chosen(self) -> None:
        self.link.forget()
        self._show_foot()

    @Slot()
    def _show_foot(self) -> None:
        pick = self.studio.chosen
        self.thumb.setPixmap(_thumb(pick, self.devicePixelRatio()))
        self.thumb.setVisible(pick is not None)
        self.row.button.setEnabled(self.row.is_busy or pick is not None)
        self.update_layer.setVisible(pick is not None and self.link.to_update is not None)

    # Qt's own names

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.studio.is_known:
            self.studio.load()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks at what is pulled."""
        self._stop_live()
        super().hideEvent(event)


def _thumb(pick: Pick | None, scale: float) -> QPixmap:
    if pick is None:
        return QPixmap()
    return framed(pick.image, _THUMB, scale)
