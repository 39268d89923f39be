# SPDX-License-Identifier: Apache-2.0
"""The lower edge of the check window."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from prodedit.gui.foot import Foot
from prodedit.gui.style_sheet import set_look


class Now(NamedTuple):
    """What the buttons go by. has_run: something was checked, or is; is_going: and it is under way;
    may_start: enough was said; fixable: so many rows could be made anew; fixed: files were made."""

    has_run: bool = False
    is_going: bool = False
    may_start: bool = False
    fixable: int = 0
    fixed: bool = False


class CheckFoot(Foot):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.anew = self.new_button(self.tr("New check"))
        self.show_files = self.new_button(self.tr("Open folder"))
        self.report = self.new_button(self.tr("Report…"))
        self.stop = self.new_button(self.tr("Stop"))
        self.fix = self.new_button(self.tr("Fix all that can be fixed…"))
        self.start = self.new_button(self.tr("Check"))
        set_look(self.start, "primary")
        set_look(self.fix, "primary")
        self.lay_out((self.anew, self.show_files, self.report), (self.stop, self.fix, self.start))

    def show_now(self, now: Now) -> None:
        self.bar.setVisible(now.is_going)
        over = now.has_run and not now.is_going
        self.anew.setVisible(over)
        self.report.setVisible(over)
        self.show_files.setVisible(now.fixed)
        self.stop.setVisible(now.has_run and now.is_going)
        self.fix.setVisible(over and now.fixable > 0)
        self.start.setVisible(not now.has_run)
        self.start.setEnabled(now.may_start and not now.is_going)
