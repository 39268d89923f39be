# SPDX-License-Identifier: Apache-2.0
"""What the program does with checks of folders: opens their window, writes reports, ends them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from prodedit.catalogue.batch.reports import Words
from prodedit.catalogue.check.findings import Finding
from prodedit.catalogue.check.report import Small, report_bytes
from prodedit.catalogue.check.run import Row
from prodedit.core.presets import Preset
from prodedit.editing.workspace import Workspace
from prodedit.files.atomic import write_atomic
from prodedit.gui.check.findings import finding_text
from prodedit.gui.check.run import FolderCheck, Ready
from prodedit.gui.check.window import CheckWindow
from prodedit.gui.notices import Choice, Notices
from prodedit.gui.presets.words import check_words
from prodedit.gui.translation import translate

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class CheckDesk(QObject):
    """Of one window."""

    presets_wanted = Signal()
    """The person's own presets are to be shown."""

    def __init__(self, workspace: Workspace, notices: Notices, window: QWidget) -> None:
        super().__init__(window)
        self._workspace, self._notices, self._parent = workspace, notices, window
        self.window: CheckWindow | None = None

    def open(self, paths: Iterable[Path] = ()) -> None:
        """Show the window, or bring it to the front; with these photos and folders, too."""
        if self.window is None:
            self.window = CheckWindow(self._workspace, self._check, self._parent)
            self.window.report_wanted.connect(self._write_report)
            self.window.presets_wanted.connect(self.presets_wanted)
            self.window.ended.connect(self._tell_end)
        self.load()
        self.window.add(paths)
        self.window.show()
        self.window.activateWindow()

    def load(self) -> None:
        """There may be other presets now."""
        if self.window is not None:
            self.window.load()

    @property
    def is_at_work(self) -> bool:
        return self.window is not None and self.window.is_at_work

    def close(self) -> None:
        """Let go of what is under way, before the program ends."""
        if self.window is not None:
            self.window.close_down()

    def _check(self, what: Ready) -> FolderCheck:
        return FolderCheck(what, self._workspace.worker, self)

    def _tell_end(self, sum_: str) -> None:
        text = self.tr("Check: {sum}").format(sum=sum_)
        self._notices.tell(text, Choice(self.tr("Show"), self.open))

    def _write_report(self, check: FolderCheck, path: Path) -> None:
        if self.window is None:
            return
        order = {one.path: n for n, one in enumerate(check.what.gathered.pictures)}
        rows = tuple(sorted(self.window.model.rows, key=lambda row: order[row.source]))
        sources = list(dict.fromkeys(row.source for row in rows))
        small = partial(_small, check, sources)
        planned = len(order) * len(check.what.presets)
        errand = self._workspace.run(
            partial(_write, rows, check.what.presets, small, planned, path)
        )
        text = self.tr("Report written: {name}").format(name=path.name)
        errand.done.connect(lambda _done: self._notices.tell(text))
        errand.failed.connect(self._notices.tell_problem)


def _small(check: FolderCheck, sources: list[Path], number: int, key: str) -> Path:
    """The photo stands for a file that is the photo."""
    made = check.small(sources[number], key)
    return made if made.exists() or key == "photo" else check.small(sources[number], "nothing")


def _write(
    rows: tuple[Row, ...],
    presets: Mapping[str, Preset],
    small: Small,
    planned: int,
    path: Path,
) -> None:
    """Raises Problem."""
    words = Words(_finding, translate)
    write_atomic(path, report_bytes(rows, presets, path.suffix, words, small, planned))


def _finding(finding: Finding) -> str:
    words = check_words()
    told = finding_text(finding, words)
    title = words.title(finding.rule)
    return f"{title}: {told}" if told else title
