# SPDX-License-Identifier: Apache-2.0
"""The window that checks folders: marketplaces at the left, pictures and what was found at the
right. It may be closed while the check goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from prodedit.catalogue.check.run import Row
from prodedit.core.problem import Problem
from prodedit.editing.check_choice import CheckChoice
from prodedit.editing.errands import Errands
from prodedit.editing.workspace import Workspace
from prodedit.engine.preset_library import PresetLibrary
from prodedit.gui.check.foot import CheckFoot, Now
from prodedit.gui.check.model import CheckModel
from prodedit.gui.check.page import CheckPage
from prodedit.gui.check.run import FolderCheck, Ready, ready, to_fix
from prodedit.gui.inputs_page import InputsPage, dropped_paths
from prodedit.gui.presets.list import PresetList
from prodedit.gui.presets.words import preset_names
from prodedit.gui.replacing import may_replace
from prodedit.gui.result_table import ask_report_file

_LEFT = 248


class CheckWindow(QDialog):
    """Blocks nothing. check: makes a check of what is ready."""

    report_wanted = Signal(object, object)
    """(FolderCheck, Path)"""
    presets_wanted = Signal()
    """The person's own presets are to be shown."""
    ended = Signal(str)
    """All was checked, and the window is not seen: how it went."""

    def __init__(
        self,
        workspace: Workspace,
        check: Callable[[Ready], FolderCheck],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._make = workspace, check
        self._library = PresetLibrary()
        self.errands = Errands("check", self)
        self.check: FolderCheck | None = None
        self._inputs: list[Path] = []
        self._wanted = 0
        self._done = 0
        self._is_preparing = False
        self._target: Path | None = None
        self.setWindowTitle(self.tr("Check for marketplaces"))
        self.presets = PresetList(self)
        self.own = QPushButton(self.tr("Own presets…"), self)
        self.own.setAutoDefault(False)
        self.inputs = InputsPage(self._inputs_text(), self)
        self.model = CheckModel(self)
        self.page = CheckPage(self.model, self)
        self.foot = CheckFoot(self)
        self._lay_out()
        self._connect()
        self.load()
        self.presets.choose(workspace.settings.check.presets)
        self.setAcceptDrops(True)
        self.resize(1240, 700)
        self._show()

    def load(self) -> None:
        """The presets that there are now; what was chosen stays chosen."""
        self.presets.load(self._library.entries())

    # What the person brings

    def add(self, paths: Iterable[Path]) -> None:
        """Files and folders; after a check, a new one is begun with them."""
        paths = list(paths)
        if paths and self.check is not None and not self._is_going:
            self.clear()
        if self.check is None:
            self._inputs += [path for path in dict.fromkeys(paths) if path not in self._inputs]
        self._show()

    def clear(self) -> None:
        """Begin anew."""
        self._end_check()
        self._inputs.clear()
        self._target = None
        self.foot.tell("")
        self._show()

    def _inputs_text(self) -> str:
        return self.tr(
            "All pictures in a folder are checked, and in the folders below it; none of them is "
            "changed. You may go on working meanwhile."
        )

    # How it is made

    def _lay_out(self) -> None:
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.inputs)
        self.pages.addWidget(self.page)
        self.side = QWidget(self)
        self.side.setFixedWidth(_LEFT)
        left = QVBoxLayout(self.side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addWidget(QLabel(self.tr("For"), self.side))
        left.addWidget(self.presets, 1)
        left.addWidget(self.own)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.side)
        row.addWidget(self.pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(row, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        foot = self.foot
        for button, do in (
            (foot.anew, self.clear), (foot.report, self._report), (foot.stop, self._stop),
            (foot.fix, self._fix), (foot.start, self._begin), (foot.show_files, self._open_folder),
            (self.own, self.presets_wanted.emit),
        ):  # fmt: skip
            button.clicked.connect(lambda _checked=False, do=do: do())
        self.presets.list.itemChanged.connect(lambda _item: self._asked_otherwise())
        self.inputs.brought.connect(self.add)
        self.inputs.taken_away.connect(self._take_away)
        self.page.opened.connect(lambda row: self._workspace.open(row.output or row.source))

    # What the person does

    def _take_away(self, paths: set[Path]) -> None:
        self._inputs = [path for path in self._inputs if path not in paths]
        self._show()

    def _asked_otherwise(self) -> None:
        self.foot.tell("")
        self._show()

    def _begin(self) -> None:
        ids = self.presets.ids
        try:
            presets = dict(self._library.find(each) for each in ids)
        except Problem as problem:
            self.foot.tell_problem(problem)
            return
        self._workspace.change_settings(check=CheckChoice(ids))
        self._end_check()
        self._is_preparing = True
        self.foot.tell(self.tr("Looking for pictures…"))
        errand = self.errands.run(partial(ready, tuple(self._inputs), presets))
        errand.done.connect(self._started)
        errand.failed.connect(self._not_started)
        self._show()

    def _started(self, what: Ready) -> None:
        self._is_preparing = False
        check = self.check = self._make(what)
        check.rows_came.connect(self._rows_came)
        check.ended.connect(self._over)
        where = {one.path: one.place.as_posix() for one in what.gathered.pictures}
        self.model.clear(preset_names(), check.small, where)
        self.page.show_rules()
        self._wanted, self._done = len(what.gathered.pictures), 0
        self.foot.tell("")
        check.begin()
        self._show()

    def _not_started(self, problem: Problem) -> None:
        self._is_preparing = False
        self.foot.tell_problem(problem)
        self._show()

    def _stop(self) -> None:
        if self.check is not None:
            self.foot.tell(self.tr("Stopping…"))
            self.check.stop()

    def _fix(self) -> None:
        """Ask where to; the inputs are never touched."""
        start = str(self._inputs[0].absolute().parent) if self._inputs else str(Path.home())
        title = self.tr("Folder for the fixed pictures")
        chosen = QFileDialog.getExistingDirectory(self, title, start)
        if chosen:
            self.fix_to(Path(chosen))

    def fix_to(self, folder: Path) -> None:
        """Make all anew below `folder` that can be helped by that."""
        check = self.check
        if check is None or self._is_going:
            return
        try:
            items = to_fix(check.what, self.model.rows, folder)
        except Problem as problem:
            self.foot.tell_problem(problem)
            return
        if may_replace((path for item in items for path in item.outputs.values()), self):
            self._target = folder
            self._wanted, self._done = len(items), 0
            self.foot.tell("")
            check.work(items)
            self._show()

    def _report(self) -> None:
        if self.check is None:
            return
        place = self._target or Path(self._inputs[0] if self._inputs else Path.home())
        folder = place if place.is_dir() else place.parent
        chosen = ask_report_file(self, self.tr("Report"), folder / "check.html")
        if chosen is not None:
            self.report_wanted.emit(self.check, chosen)

    def _open_folder(self) -> None:
        if self._target is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._target)))

    # What comes of it

    def _rows_came(self, rows: tuple[Row, ...]) -> None:
        if self.check is None or self.sender() is not self.check:
            return
        self._done += 1
        self.model.put(rows)
        current = self.page.current
        if current is not None and current.source == rows[0].source:
            self.page.show_details()
        self._show()

    def _over(self) -> None:
        if self.check is None or self.sender() is not self.check:
            return
        self.foot.tell(self.tr("Stopped.") if self._done < self._wanted else "")
        self.page.show_rules()
        if self.page.current is None and self.model.rows:
            self.page.table.selectRow(0)
        self._show()
        if not self.isVisible():
            self.ended.emit(self.page.sum.text())

    def _end_check(self) -> None:
        check, self.check = self.check, None
        if check is not None:
            check.end()
        self.model.clear()
        self.page.show_details()

    def close_down(self) -> None:
        """Before the program ends."""
        self._end_check()
        self.errands.close()

    @property
    def _is_going(self) -> bool:
        return self._is_preparing or (self.check is not None and self.check.is_going)

    @property
    def is_at_work(self) -> bool:
        """Something is under way, and would be cut off."""
        return self._is_going

    # What is shown

    def _show(self) -> None:
        is_run, going = self.check is not None, self._is_going
        self.pages.setCurrentIndex(1 if is_run else 0)
        self.side.setVisible(not is_run)
        self.presets.setEnabled(not going)
        self.foot.bar.setRange(0, self._wanted if is_run else 0)
        self.foot.bar.setValue(self._done)
        fixable = 0 if going else self.model.counts["fixable"]
        may_start = bool(self._inputs and self.presets.ids)
        fixed = self._target is not None and not going
        self.foot.show_now(Now(is_run, going, may_start, fixable, fixed))
        self.page.sum.setText(self._sum_text())
        if not is_run:
            self.inputs.show_paths(self._inputs)
            missing = bool(self._inputs) and not self.presets.ids
            if missing and not going and not self.foot.has_error:
                self.foot.tell(self.tr("Choose what the pictures are for."))

    def _sum_text(self) -> str:
        counts = self.model.counts
        told = self.tr("{fails} fail, {confirm} to be looked at, {passes} pass")
        text = told.format(
            fails=counts["fails"],
            confirm=counts["confirm"],
            passes=counts["passes"],
        )
        if self._is_going:
            left = self.tr("{done} of {total} pictures")
            text = f"{left.format(done=self._done, total=self._wanted)}   {text}"
        return text

    # Qt's own names

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self._is_going:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add(dropped_paths(event))
