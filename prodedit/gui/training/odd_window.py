# SPDX-License-Identifier: Apache-2.0
"""A folder's pictures, the strangest first: those that are unlike what a generator has learned."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from prodedit.core.problem import Cancelled, Problem
from prodedit.editing.errands import unexpected
from prodedit.engine.training.gate import Odd
from prodedit.gui.panels.section import in_row, secondary
from prodedit.gui.style_sheet import set_look, set_role
from prodedit.gui.translation import problem_text

Report = Callable[[float, str], None]
Search = Callable[[Path, bool, Report], Sequence[Odd]]
"""Of a folder, whose products are cut out first or not. Raises Problem, and what it is raised."""
_STEPS = 1000


class OddSearch(QThread):
    """One search. Signals arrive in the thread of who connects."""

    moved = Signal(float, str)
    found = Signal(object)
    failed = Signal(object)
    """A Problem; None where it was stopped."""

    def __init__(self, work: Callable[[Report], Sequence[Odd]], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._stopping = threading.Event()

    def stop(self) -> None:
        """And wait for it."""
        self._stopping.set()
        self.wait()

    def _report(self, share: float, name: str) -> None:
        if self._stopping.is_set():
            raise Cancelled
        self.moved.emit(share, name)

    # Qt's own names

    def run(self) -> None:
        try:
            found = self._work(self._report)
        except Cancelled:
            self.failed.emit(None)
        except Problem as problem:
            self.failed.emit(problem)
        except Exception as error:  # noqa: BLE001 - or the window would wait for ever
            self.failed.emit(unexpected(error))
        else:
            self.found.emit(found)


class OddWindow(QDialog):
    """Blocks nothing."""

    open_wanted = Signal(object)
    """The path of a picture that is to be looked at."""

    def __init__(self, search: Search, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._under_way: OddSearch | None = None
        self._folder = Path()
        self.setWindowTitle(self.tr("Find odd pictures"))
        self.folder = QLineEdit(self)
        self.folder.setAccessibleName(self.tr("Folder of pictures"))
        self.folder.setPlaceholderText(self.tr("Choose a folder"))
        self.browse = QPushButton(self.tr("Choose…"), self)
        self.cut_out = QCheckBox(self.tr("Cut products out onto white"), self)
        self.cut_out.setChecked(True)
        self.button = QPushButton(self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.hide()
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.list = QTreeWidget(self)
        self.list.setRootIsDecorated(False)
        self.list.setHeaderLabels([self.tr("Picture"), self.tr("How odd")])
        self.list.setAccessibleName(self.tr("Odd pictures"))
        self._lay_out()
        self._connect()
        self._show()
        self.resize(560, 520)

    def use_folder(self, folder: Path) -> None:
        self.folder.setText(str(folder))

    def stop(self) -> None:
        """Before the program ends."""
        if self._under_way is not None:
            self._under_way.stop()

    def _lay_out(self) -> None:
        words = self.tr(
            "Tells which pictures of a folder are least like what the generator has learned: other "
            "products, bad cut-outs, mistakes. 1 is usual; from about 2 on a look is worth it."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(secondary(words, self))
        column.addLayout(in_row(self.folder, self.browse))
        for widget in (self.cut_out, self.button, self.bar, self.told):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        for button in (self.browse, self.button):
            button.setAutoDefault(False)

    def _connect(self) -> None:
        self.folder.textChanged.connect(self._show)
        self.browse.clicked.connect(self._choose)
        self.button.clicked.connect(self._start_or_stop)
        self.list.itemActivated.connect(self._open)

    def _choose(self) -> None:
        title = self.tr("Folder of pictures")
        folder = QFileDialog.getExistingDirectory(self, title, self.folder.text())
        if folder:
            self.use_folder(Path(folder))

    def _start_or_stop(self) -> None:
        if self._under_way is not None:
            self._under_way.stop()
            return
        self._folder = Path(self.folder.text().strip()).expanduser()
        work = partial(self._search, self._folder, self.cut_out.isChecked())
        search = self._under_way = OddSearch(work, self)
        search.moved.connect(self._moved)
        search.found.connect(self._found)
        search.failed.connect(self._failed)
        search.finished.connect(self._over)
        self.list.clear()
        self._tell("")
        search.start()
        self._show()

    def _open(self, item: QTreeWidgetItem) -> None:
        self.open_wanted.emit(self._folder / item.text(0))

    # What comes of it

    def _moved(self, share: float, name: str) -> None:
        self.bar.setRange(0, _STEPS)
        self.bar.setValue(round(share * _STEPS))
        self._tell(name)

    def _found(self, found: Sequence[Odd]) -> None:
        self._tell("")
        rows = [QTreeWidgetItem([one.name, f"{one.strangeness:.2f}"]) for one in found]
        self.list.addTopLevelItems(rows)
        self.list.resizeColumnToContents(0)

    def _failed(self, problem: Problem | None) -> None:
        self._tell("" if problem is None else problem_text(problem), is_error=True)

    def _over(self) -> None:
        self._under_way = None
        self._show()

    def _tell(self, text: str, *, is_error: bool = False) -> None:
        set_role(self.told, "error" if is_error else "secondary")
        self.told.setText(text)

    def _show(self) -> None:
        runs = self._under_way is not None
        is_there = Path(self.folder.text().strip() or "/nowhere").expanduser().is_dir()
        self.button.setText(self.tr("Stop") if runs else self.tr("Look"))
        self.button.setEnabled(runs or is_there)
        set_look(self.button, "" if runs else "primary")
        self.bar.setVisible(runs)
        self.bar.setRange(0, 0)
        for field in (self.folder, self.browse, self.cut_out):
            field.setEnabled(not runs)
