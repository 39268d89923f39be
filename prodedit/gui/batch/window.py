# SPDX-License-Identifier: Apache-2.0
"""The window of a batch: what is done at the left, the pictures and how far they are at the right.
It may be closed while the batch goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from prodedit.catalogue.batch.ledger import Recorded
from prodedit.catalogue.batch.progress import Progress
from prodedit.catalogue.batch.states import Picture
from prodedit.core.document import Document
from prodedit.core.problem import Problem
from prodedit.editing.errands import Errands
from prodedit.editing.workspace import Workspace
from prodedit.engine.preset_library import PresetLibrary
from prodedit.engine.recipe_library import RecipeLibrary
from prodedit.gui.batch.foot import BatchFoot, Now
from prodedit.gui.batch.form import BatchForm
from prodedit.gui.batch.model import BatchModel
from prodedit.gui.batch.pages import BatchPictures
from prodedit.gui.batch.review import ReviewPage
from prodedit.gui.batch.run import BatchRun, Ready, left_in, prepared, taken_up
from prodedit.gui.batch.words import sum_text
from prodedit.gui.inputs_page import InputsPage, dropped_paths
from prodedit.gui.result_table import ask_report_file

_LEFT = 272
_BAR = 12
"""Where the scroll bar of the left side is, if it is there."""
_GOING = ("running", "paused", "halted")


class BatchWindow(QDialog):
    """Blocks nothing. run: makes a batch of what is ready."""

    report_wanted = Signal(object, object)
    """(BatchRun, Path)"""
    ended = Signal(str)
    """Nothing is left to be done, and the window is not seen: how it went."""

    def __init__(
        self,
        workspace: Workspace,
        run: Callable[[Ready], BatchRun],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._make = workspace, run
        self.errands = Errands("batch", self)
        self.run: BatchRun | None = None
        self._queued: set[int] = set()  # numbers of those that a person has to look at
        self._inputs: list[Path] = []
        self._left: Recorded | None = None
        self._is_preparing = False
        self.setWindowTitle(self.tr("Batch export"))
        self.form = BatchForm(RecipeLibrary(), PresetLibrary(), self)
        self.form.choose(workspace.settings.batch)
        self.model = BatchModel(self)
        self.inputs = InputsPage(self._inputs_text(), self)
        self.pictures = BatchPictures(self.model, self)
        self.review = ReviewPage(self._cut_out, workspace, self.errands, self)
        self.foot = BatchFoot(self)
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.resize(1180, 700)
        self._show()

    def _inputs_text(self) -> str:
        return self.tr(
            "All pictures in a folder are done, and in the folders below it; your photos stay as "
            "they are. You may go on working meanwhile."
        )

    # What the person brings

    def add(self, paths: Iterable[Path]) -> None:
        """Files and folders. While a batch goes on they wait for the next one."""
        if self.run is not None and self._is_over:
            self.clear()
        known = set(self._inputs)
        self._inputs += [path for path in paths if path not in known]
        self._suggest_target()
        self._show()

    def clear(self) -> None:
        """Begin anew."""
        self._end_run()
        self._inputs.clear()
        self.model.load((), None)
        self.foot.tell("")
        self._look_for_left()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self._is_going:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add(dropped_paths(event))

    # How it is made

    def _lay_out(self) -> None:
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.inputs)
        self.pages.addWidget(self.pictures)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.pages, self.tr("Pictures"))
        self.tabs.addTab(self.review, self.tr("To be looked at"))
        side = QScrollArea(self)
        side.setFixedWidth(_LEFT + _BAR)
        side.setFrameShape(QScrollArea.Shape.NoFrame)
        side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.setWidgetResizable(True)
        side.setWidget(self.form)
        self.form.setFixedWidth(_LEFT)
        row = QHBoxLayout()
        row.setSpacing(16 - _BAR)
        row.addWidget(side)
        row.addWidget(self.tabs, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(row, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        foot = self.foot
        for button, do in (
            (foot.anew, self.clear), (foot.show_files, self._open_folder),
            (foot.report, self._report), (foot.retry, self._retry), (foot.go_on, self._take_up),
            (foot.stop, self._stop), (foot.pause, self._pause), (foot.start, self._begin),
        ):  # fmt: skip
            button.clicked.connect(lambda _checked=False, do=do: do())
        self.form.changed.connect(self._asked_otherwise)
        self.form.target.editingFinished.connect(self._look_for_left)
        self.inputs.brought.connect(self.add)
        self.inputs.taken_away.connect(self._take_away)
        self.pictures.opened.connect(self._open_picture)
        self.review.accepted.connect(self._accept)
        self.review.left_out.connect(self._leave_out)

    # What the person does

    def _take_away(self, paths: set[Path]) -> None:
        self._inputs = [path for path in self._inputs if path not in paths]
        self._show()

    def _begin(self) -> None:
        try:
            wish = self.form.wish(self._inputs, self._workspace.settings.export)
        except Problem as problem:
            self.foot.tell_problem(problem)
            return
        self._workspace.change_settings(batch=self.form.choice)
        self._prepare(partial(prepared, wish))

    def _take_up(self) -> None:
        if self._left is not None:
            self._prepare(partial(taken_up, self._left))

    def _prepare(self, work: Callable[[], Ready]) -> None:
        """Folders are looked through away from the window's thread."""
        self._end_run()
        self._is_preparing = True
        self.foot.tell(self.tr("Looking for pictures…"))
        errand = self.errands.run(work)
        errand.done.connect(self._started)
        errand.failed.connect(self._not_started)
        self._show()

    def _started(self, ready: Ready) -> None:
        self._is_preparing = False
        run = self.run = self._make(ready)
        run.picture_changed.connect(self._picture_changed)
        run.progressed.connect(self._progressed)
        self.model.load(run.batch.pictures, run.batch.small)
        self.foot.tell("")
        if ready.unused:
            text = self.tr("The table names pictures that there are not: {names}")
            self.foot.tell(text.format(names=", ".join(ready.unused[:5])))
        try:
            run.batch.start()
        except Problem as problem:
            self._end_run()
            self.foot.tell_problem(problem)
        self._show()

    def _not_started(self, problem: Problem) -> None:
        self._is_preparing = False
        self.foot.tell_problem(problem)
        self._show()

    def _pause(self) -> None:
        if self.run is not None:
            batch = self.run.batch
            (batch.pause if batch.progress.phase == "running" else batch.go_on)()

    def _stop(self) -> None:
        """What is under way is let go; it can be gone on with."""
        run = self.run
        if run is not None:
            run.batch.stop()
            self.foot.tell(self.tr("Stopping…"))
            self.errands.run(run.batch.close)

    def _retry(self) -> None:
        if self.run is not None:
            self.run.batch.retry()

    def _accept(self, number: int, mask: object) -> None:
        """The disk may refuse."""
        if self.run is not None:
            try:
                self.run.batch.accept(number, mask)  # type: ignore[arg-type]  # of a signal
            except Problem as problem:
                self.foot.tell_problem(problem)

    def _leave_out(self, number: int) -> None:
        if self.run is not None:
            try:
                self.run.batch.leave_out(number)
            except Problem as problem:
                self.foot.tell_problem(problem)

    def _report(self) -> None:
        if self.run is None:
            return
        chosen = ask_report_file(self, self.tr("Report"), self.run.target / "report.html")
        if chosen is not None:
            self.report_wanted.emit(self.run, chosen)

    def _open_folder(self) -> None:
        if self.run is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.run.target)))

    def _open_picture(self, picture: Picture) -> None:
        """In the editor; a doubtful one in the queue."""
        if picture.state == "needs-review":
            self.review.queue.setCurrentRow(self._place_in_queue(picture.number))
            self.tabs.setCurrentWidget(self.review)
        else:
            self._workspace.open(Path(picture.source))

    def _place_in_queue(self, number: int) -> int:
        assert self.run is not None
        return [picture.number for picture in self.run.batch.review].index(number)

    # What comes of it

    def _picture_changed(self, picture: Picture) -> None:
        if self.run is not None and self.sender() is self.run:
            self.model.update(picture)
            if picture.state == "needs-review" or picture.number in self._queued:
                self._show_queue()

    def _progressed(self, progress: Progress) -> None:
        if self.run is None or self.sender() is not self.run:
            return
        if progress.problem is not None:
            self.foot.tell_problem(progress.problem)
        elif progress.phase in ("running", "idle", "stopped"):
            self.foot.tell("")
        self._show()
        if progress.phase == "stopped":
            self._look_for_left()
        if progress.phase == "idle" and not self.isVisible():
            self.ended.emit(self.pictures.sum.text())

    def _show_queue(self) -> None:
        queue = () if self.run is None else self.run.batch.review
        self._queued = {picture.number for picture in queue}
        self.review.show_queue(queue)
        text = self.tr("To be looked at")
        self.tabs.setTabText(1, f"{text} ({len(queue)})" if queue else text)

    def _cut_out(self, number: int) -> Document:
        assert self.run is not None
        return self.run.batch.cut_out(number)

    def _end_run(self) -> None:
        """Waits until what is under way is let go."""
        run, self.run = self.run, None
        if run is not None:
            self.review.show_queue(())
            self.review.close_picture()
            run.end()

    def close_down(self) -> None:
        """Before the program ends."""
        self._end_run()
        self.errands.close()

    @property
    def _is_going(self) -> bool:
        return self._is_preparing or (
            self.run is not None and self.run.batch.progress.phase in _GOING
        )

    @property
    def is_at_work(self) -> bool:
        """Something is under way, and would be cut off."""
        return self._is_going

    @property
    def _is_over(self) -> bool:
        return self.run is not None and self.run.batch.progress.phase in ("idle", "stopped")

    # What is shown

    def _show(self) -> None:
        """What can be done now, and how far it is."""
        run, going = self.run, self._is_going
        progress = Progress("ready") if run is None else run.batch.progress
        may_start = bool(self._inputs) and not self.form.trouble
        self.pages.setCurrentIndex(1 if run is not None else 0)
        self.form.setEnabled(not going and run is None)
        self.pictures.sum.setText(sum_text(progress))
        now = Now(run is not None, going, may_start, self._left is not None)
        self.foot.show_progress(progress, now)
        if run is None:
            self._show_asked()

    def _show_asked(self) -> None:
        """What is to be done, before it begins."""
        self.inputs.show_paths(self._inputs)
        if self._inputs and not self._is_preparing and not self.foot.has_error:
            self.foot.tell(self.form.trouble)

    def _suggest_target(self) -> None:
        """Beside what was brought, never in it."""
        if self._inputs and not self.form.target.text().strip():
            first = self._inputs[0].absolute()
            self.form.target.setText(str(first.with_name(f"{first.stem}-export")))
        self._look_for_left()

    def _look_for_left(self) -> None:
        """A batch that was begun in the folder, and never ended."""
        target = self.form.target.text().strip()
        self._left = None
        if target:
            errand = self.errands.run(partial(left_in, Path(target).expanduser()), optional=True)
            errand.done.connect(self._found_left)
        self._show()

    def _found_left(self, left: Recorded | None) -> None:
        self._left = left
        self._show()

    def _asked_otherwise(self) -> None:
        self.foot.tell("")
        self._show()
