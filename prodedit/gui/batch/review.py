# SPDX-License-Identifier: Apache-2.0
"""The queue of cut-outs that a person looks at: the least certain first, mended by brush or click,
accepted with a key, and the next one is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, Self

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.catalogue.batch.states import Picture
from prodedit.core.document import PHOTO, Document
from prodedit.core.layer import Mask
from prodedit.core.paint.stroke import Brush
from prodedit.core.problem import Problem
from prodedit.editing.errands import Errands
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.document_view import DocumentView
from prodedit.gui.late import while_there
from prodedit.gui.mask_view import MaskView
from prodedit.gui.panels.mask_section import MaskSection
from prodedit.gui.panels.section import in_row, secondary
from prodedit.gui.style_sheet import set_look
from prodedit.gui.tools import MaskBrush
from prodedit.gui.translation import problem_text

_SIDE = 248


class _Habits(NamedTuple):
    """How a person works, from one picture to the next."""

    look: MaskView = MaskView.OVERLAY
    brush: Brush | None = None
    restores: bool = True

    @classmethod
    def of(cls, view: DocumentView) -> Self:
        return cls(view.canvas.mask_view, view.brush.brush, view.brush.restores)

    def take_up(self, view: DocumentView) -> None:
        view.canvas.set_mask_view(self.look)
        view.brush.set_restores(self.restores)
        if self.brush is not None:
            view.brush.set_brush(self.brush)


class ReviewPage(QWidget):
    """read: blocks, and gives the Document of a picture's number."""

    accepted = Signal(int, object)
    """(number, the corrected Mask or None where it is right as it is)"""
    left_out = Signal(int)

    def __init__(
        self,
        read: Callable[[int], Document],
        workspace: Workspace,
        errands: Errands,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._read, self._workspace, self._errands = read, workspace, errands
        self._number: int | None = None
        self._mask: Mask | None = None
        self._session: EditSession | None = None
        self._view: DocumentView | None = None
        self._habits = _Habits()
        self.queue = QListWidget(self)
        self.queue.setAccessibleName(self.tr("To be looked at"))
        self.queue.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.queue.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.queue.currentRowChanged.connect(self._chosen)
        self.correcting = MaskSection(None, self)
        self.correcting.tool_wanted.connect(self._take_tool)
        self.accept = QPushButton(self.tr("Accept"), self)
        set_look(self.accept, "primary")
        self.leave_out = QPushButton(self.tr("Leave out"), self)
        self.told = secondary("", self)
        self._lay_out()
        self._connect()
        self._show_state()

    @property
    def view(self) -> DocumentView | None:
        """What the picture is corrected on."""
        return self._view

    @property
    def number(self) -> int | None:
        """Of the picture that is looked at."""
        return self._number

    def show_queue(self, pictures: Sequence[Picture]) -> None:
        """As it is now. What is being looked at stays; else the first is chosen."""
        numbers = [picture.number for picture in pictures]
        blocked = self.queue.blockSignals(True)
        self.queue.clear()
        for picture in pictures:
            item = QListWidgetItem(_title(picture), self.queue)
            item.setData(Qt.ItemDataRole.UserRole, picture.number)
            item.setToolTip(picture.source)
        number = self._number if self._number in numbers else next(iter(numbers), None)
        self.queue.setCurrentRow(-1 if number is None else numbers.index(number))
        self.queue.blockSignals(blocked)
        self._open(number)

    def close_picture(self) -> None:
        """Nothing is looked at any more."""
        self.correcting.set_view(None)
        view, session = self._view, self._session
        self._view = self._session = self._mask = None
        if view is not None:
            self._habits = _Habits.of(view)
            self._place.removeWidget(view)
            view.hide()
            view.deleteLater()
        if session is not None:
            session.cancel_jobs()
            self._workspace.worker.job_moved.disconnect(session.job_moved)
            session.end()

    def _lay_out(self) -> None:
        self._place = QVBoxLayout()
        self._empty = QLabel(self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._place.addWidget(self._empty, 1)
        side = QWidget(self)
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.queue, 1)
        column.addWidget(self.correcting)
        column.addWidget(self.told)
        column.addLayout(in_row(self.leave_out, self.accept))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(12)
        row.addLayout(self._place, 1)
        row.addWidget(side)

    def _connect(self) -> None:
        self.accept.clicked.connect(self._accept)
        self.leave_out.clicked.connect(self._leave_out)
        keys = (
            ("Return", self._accept), ("Enter", self._accept), ("Ctrl+Z", self._undo),
            ("Ctrl+Y", self._redo), ("Ctrl+Shift+Z", self._redo),
            ("PgDown", partial(self._step, 1)), ("PgUp", partial(self._step, -1)),
        )  # fmt: skip
        for key, do in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)
        self.accept.setToolTip(self.tr("The cut-out is right (Enter)"))

    # What the person does

    def _chosen(self, row: int) -> None:
        self._open(None if row < 0 else self.queue.item(row).data(Qt.ItemDataRole.UserRole))

    def _step(self, by: int) -> None:
        row = min(max(0, self.queue.currentRow() + by), self.queue.count() - 1)
        self.queue.setCurrentRow(row)

    def _accept(self) -> None:
        session, number = self._session, self._number
        if session is None or number is None:
            return
        layer = session.document.find(PHOTO)
        mask = None if layer is None else layer.mask
        self.accepted.emit(number, None if mask is self._mask else mask)

    def _leave_out(self) -> None:
        if self._number is not None:
            self.left_out.emit(self._number)

    def _undo(self) -> None:
        if self._session is not None:
            self._session.undo()

    def _redo(self) -> None:
        if self._session is not None:
            self._session.redo()

    def _take_tool(self, tool_id: str) -> None:
        if self._view is not None:
            self._view.choose_tool(tool_id)

    # One picture after the other

    def _open(self, number: int | None) -> None:
        if number == self._number:
            return
        self.close_picture()
        self._number = number
        self._show_state()
        if number is None:
            return
        self._empty.setText(self.tr("Opening the picture…"))
        errand = self._errands.run(partial(self._read, number), optional=True)
        errand.done.connect(while_there(self, self._show_picture, number))
        errand.failed.connect(while_there(self, self._not_opened, number))

    def _show_picture(self, number: int, document: Document) -> None:
        if number != self._number:
            return
        session = self._session = self._begun(document)
        layer = document.find(PHOTO)
        self._mask = None if layer is None else layer.mask
        view = self._view = DocumentView(session, self)
        self._place.insertWidget(0, view, 1)
        view.choose_tool(MaskBrush.id)
        self._habits.take_up(view)
        self.correcting.set_view(view)
        self._show_state()
        view.canvas.setFocus()

    def _begun(self, document: Document) -> EditSession:
        """Of no tab: what is done to it is kept as the batch's mask, not as a file."""
        worker = self._workspace.worker
        name = self.queue.currentItem().text()
        session = EditSession(document, name, worker, translate=self._workspace.translate)
        session.failed.connect(self._workspace.failed)
        worker.job_moved.connect(session.job_moved)
        return session

    def _not_opened(self, number: int, problem: Problem) -> None:
        if number == self._number:
            self._empty.setText(problem_text(problem))

    @Slot()
    def _show_state(self) -> None:
        is_there = self._session is not None
        self._empty.setVisible(not is_there)
        self.accept.setEnabled(is_there)
        self.leave_out.setEnabled(self._number is not None)
        self.correcting.setVisible(is_there)
        if self._number is None:
            self._empty.setText(self.tr("No cut-out has to be looked at."))
        self.told.setText(
            self.tr("Mend what is wrong, then Enter: its files are made, the next one comes.")
            if is_there
            else ""
        )


def _title(picture: Picture) -> str:
    sure = "" if picture.score is None else f"{round(picture.score * 100)} %   "
    return sure + picture.place
