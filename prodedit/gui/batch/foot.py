# SPDX-License-Identifier: Apache-2.0
"""The lower edge of the batch window: how far it is, what there is to tell, and the buttons."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from prodedit.catalogue.batch.progress import Progress
from prodedit.gui.foot import Foot
from prodedit.gui.style_sheet import set_look


class Now(NamedTuple):
    """What the buttons go by. has_run: there is a batch; is_going: and it is under way, or being
    made ready; may_start: enough was said; has_left: something was begun and not ended."""

    has_run: bool
    is_going: bool
    may_start: bool
    has_left: bool


class BatchFoot(Foot):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.anew = self.new_button(self.tr("New batch"))
        self.show_files = self.new_button(self.tr("Open folder"))
        self.report = self.new_button(self.tr("Report…"))
        self.retry = self.new_button(self.tr("Try again"))
        self.go_on = self.new_button(self.tr("Go on with what was begun"))
        self.stop = self.new_button(self.tr("Stop"))
        self.pause = self.new_button(self.tr("Pause"))
        self.start = self.new_button(self.tr("Start"))
        set_look(self.start, "primary")
        self.lay_out(
            (self.anew, self.show_files, self.report),
            (self.retry, self.go_on, self.stop, self.pause, self.start),
        )

    def show_progress(self, progress: Progress, now: Now) -> None:
        self.bar.setVisible(now.has_run or now.is_going)
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done + progress.failed + progress.skipped)
        under_way = now.has_run and now.is_going
        paused = progress.phase in ("paused", "halted")
        self.pause.setVisible(under_way)
        self.pause.setText(self.tr("Go on") if paused else self.tr("Pause"))
        set_look(self.pause, "primary" if paused else "")
        self.stop.setVisible(under_way)
        self.retry.setVisible(now.has_run and progress.failed > 0 and progress.phase == "idle")
        self.report.setVisible(now.has_run and not now.is_going)
        self.show_files.setVisible(now.has_run)
        self.anew.setVisible(now.has_run and not now.is_going)
        self.start.setVisible(not now.has_run)
        self.start.setEnabled(now.may_start and not now.is_going)
        may_go_on = now.has_left and not now.is_going
        self.go_on.setVisible(may_go_on and (not now.has_run or progress.phase == "stopped"))
