# SPDX-License-Identifier: Apache-2.0
"""Another ProdEdit, without a window: `FOLDER FILE SECONDS` opens a file, edits and saves it again
and again for so long, and prints as JSON how often it saved and what it was told. Where a save is
refused, it does what the sentence says and replaces the file. With 0 seconds it opens the file,
says so, and waits for a line on standard input."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.core.problem import Problem
from prodedit.editing.workspace import Workspace
from tests.fakes import wait_until
from tests.window import opened_workspace

AT_LEAST = 5
"""Saves, also on a machine that is slow now."""


class Window:
    """What a person at that window does and is told."""

    def __init__(self, workspace: Workspace, path: Path) -> None:
        self.workspace, self.path = workspace, path
        self.told: Counter[str] = Counter()
        self.saved = 0
        workspace.failed.connect(self._hear)
        workspace.saved.connect(self._count)
        workspace.open(path)
        wait_until(lambda: QCoreApplication.processEvents() or workspace.current)

    def save_for(self, seconds: float) -> None:
        end, number = time.monotonic() + seconds, 0
        session = self.workspace.current
        assert session is not None
        while number < AT_LEAST or time.monotonic() < end:
            number += 1
            session.apply(edits.SetOpacity(PHOTO, 0.1 + number % 90 / 100))
            refused = self.told["changed-elsewhere"]
            self.workspace.save(session, self.path)
            self.workspace.wait_for_files()
            if self.told["changed-elsewhere"] > refused:
                self.workspace.save(session, self.path, replace=True)
                self.workspace.wait_for_files()

    def _hear(self, problem: Problem) -> None:
        self.told[problem.code] += 1

    def _count(self, session: object) -> None:
        self.saved += 1


def main(folder: Path, path: Path, seconds: float) -> None:
    application = QCoreApplication([])
    with opened_workspace(folder) as workspace:
        window = Window(workspace, path)
        print("open", flush=True)
        if seconds:
            sys.stdin.readline()
            window.save_for(seconds)
        else:
            sys.stdin.readline()
        print(json.dumps({"saved": window.saved, "told": window.told}), flush=True)
        for session in workspace.sessions:
            workspace.close_session(session)
    del application


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))
