# SPDX-License-Identifier: Apache-2.0
"""The real window with edited documents until somebody kills it: `FOLDER NAME ...` opens a picture
for each name and edits it; with "--recover" instead of names it presses the button that brings
back what is there. Says so, once that is on the disk or open, and waits."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.files.journal import JournalWriter
from prodedit.gui.main_window import MainWindow
from prodedit.gui.recovery_notice import offer_recoveries
from tests.window import notice_button, open_noise, opened_window


def main(folder: Path, names: list[str]) -> None:
    application = QApplication([])
    with opened_window(application, folder) as window:
        if names == ["--recover"]:
            window.workspace.session_opened.connect(lambda _: os.write(1, b"open\n"))
            offer_recoveries(window)
            notice_button(window, names_of_button(window)).click()
        else:
            edit(window, names)
        QTimer.singleShot(120_000, application.quit)
        application.exec()


def names_of_button(window: MainWindow) -> str:
    is_warned = any("ended soon after" in text for text in window.notices.texts)
    return "Try again" if is_warned else "Bring it back"


def edit(window: MainWindow, names: list[str]) -> None:
    """The first by a half, the second by a third, and so on."""
    for number, name in enumerate(names):
        session = open_noise(window, 96, 64, name)
        session.apply(edits.SetOpacity(PHOTO, 1 / (number + 2)))
    for session in window.workspace.sessions:
        assert isinstance(session.journal, JournalWriter)
        assert session.journal.flush(60.0)
    os.write(1, b"ready\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
