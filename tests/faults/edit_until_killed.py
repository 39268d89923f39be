# SPDX-License-Identifier: Apache-2.0
"""A program that edits until somebody kills it: `FOLDER SEED`. Each step's number and time are
printed; the corner of the photo says which steps a document holds. The first step is told once it
is on the disk: writing all the pixels takes as long as the machine takes."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QTimer

from prodedit.core import edits
from prodedit.core.document import PHOTO, from_photo
from prodedit.core.tiles import Tiles
from prodedit.editing.recovery import RecoveryDesk
from prodedit.editing.session import EditSession
from tests.window import noise


class Nobody:
    """No engine."""

    def submit(self, order: object) -> None: ...

    def cancel(self, job_id: str) -> None: ...


def main(folder: Path, seed: int) -> None:
    application = QCoreApplication([])
    rng = np.random.default_rng(seed)
    session = EditSession(from_photo(Tiles.from_array(noise(2000, 1500)), "x"), "mug.jpg", Nobody())
    journal = RecoveryDesk(folder).watch(session)
    count = 0

    def step() -> None:
        nonlocal count
        count += 1
        tiles = session.document.find(PHOTO).tiles
        patch = np.full((64, 64, 4), 255, np.uint8)
        patch[..., 0], patch[..., 1] = count % 251, count // 251
        x, y = int(rng.integers(1900)), int(rng.integers(1400))
        painted = tiles.paste(patch, x, y).paste(patch, 0, 0)
        session.apply(edits.SetPixels(PHOTO), {"pixels": painted})
        if count == 1:
            journal.flush(60.0)
        os.write(1, f"{count} {time.time()}\n".encode())

    timer = QTimer(interval=int(rng.integers(1, 30)))
    timer.timeout.connect(step)
    timer.start()
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
