# SPDX-License-Identifier: Apache-2.0
"""What the program does with batches: opens their window, makes them, writes reports, ends them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from prodedit.catalogue.batch.reports import Report, Words, report_bytes
from prodedit.catalogue.batch.states import Picture
from prodedit.catalogue.check.findings import Finding
from prodedit.catalogue.check.looking import CUTTING, READING
from prodedit.core import presets
from prodedit.editing.workspace import Workspace
from prodedit.files.atomic import write_atomic
from prodedit.gui.batch.run import BatchRun, Ready
from prodedit.gui.batch.window import BatchWindow
from prodedit.gui.notices import Choice, Notices
from prodedit.gui.translation import translate

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class BatchDesk(QObject):
    """Of one window."""

    made = Signal(object, object, str)
    """(path of a photo, path of a file made of it, name of the recipe that did it; "": none)"""

    def __init__(self, workspace: Workspace, notices: Notices, window: QWidget) -> None:
        super().__init__(window)
        self._workspace, self._notices, self._parent = workspace, notices, window
        self.window: BatchWindow | None = None

    def open(self, paths: Iterable[Path] = ()) -> None:
        """Show the window, or bring it to the front; with these photos and folders, too."""
        if self.window is None:
            self.window = BatchWindow(self._workspace, self._run, self._parent)
            self.window.report_wanted.connect(self._write_report)
            self.window.ended.connect(self._tell_end)
        if self.window.run is None:
            self.window.form.load()
        self.window.add(paths)
        self.window.show()
        self.window.activateWindow()

    def load(self) -> None:
        """There may be other presets now; a batch that was begun has its own."""
        if self.window is not None and self.window.run is None:
            self.window.form.load()

    @property
    def is_at_work(self) -> bool:
        return self.window is not None and self.window.is_at_work

    def close(self) -> None:
        """Let go of what is under way, before the program ends: it can be gone on with."""
        if self.window is not None:
            self.window.close_down()

    def _run(self, ready: Ready) -> BatchRun:
        run = BatchRun(ready, self._workspace.worker, (CUTTING, READING), self)
        run.picture_changed.connect(partial(self._tell_made, run))
        return run

    def _tell_made(self, run: BatchRun, picture: Picture) -> None:
        recipe = run.doing.recipe
        if picture.state == "done" and picture.outputs:
            output = Path(next(iter(picture.outputs.values())))
            self.made.emit(Path(picture.source), output, "" if recipe is None else recipe.name)

    def _tell_end(self, sum_: str) -> None:
        text = self.tr("Batch export: {sum}").format(sum=sum_)
        self._notices.tell(text, Choice(self.tr("Show"), self.open))

    def _write_report(self, run: BatchRun, path: Path) -> None:
        report = Report(run.batch.pictures, run.doing.presets, run.batch.small)
        errand = self._workspace.run(partial(_write, report, path))
        text = self.tr("Report written: {name}").format(name=path.name)
        errand.done.connect(lambda _done: self._notices.tell(text))
        errand.failed.connect(self._notices.tell_problem)


def _write(report: Report, path: Path) -> None:
    """Raises Problem."""
    write_atomic(path, report_bytes(report, path.suffix, Words(_finding, translate)))


def _finding(finding: Finding) -> str:
    context = "Question" if isinstance(finding.rule, presets.Ask) else "Rule"
    title = translate(context, presets.title(finding.rule))
    return title if finding.measured is None else f"{title}: {finding.measured}"
