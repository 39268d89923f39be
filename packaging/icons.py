# SPDX-License-Identifier: Apache-2.0
"""Makes the program's icon for Windows and macOS out of its drawing: windows/prodedit.ico and
macos/prodedit.icns. Run by the Python of a checkout after the drawing was changed: icons.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "linux"))

import shared_files  # noqa: E402

WINDOWS = (16, 20, 24, 32, 40, 48, 64, 128, 256)
MACOS = (16, 32, 64, 128, 256, 512, 1024)


def drawn(sizes: tuple[int, ...]) -> list[Image.Image]:
    """The drawing in each size, drawn for it: small ones are not large ones made smaller."""
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name) / f"{size}.png" for size in sizes]
        words = [
            word for path, size in zip(paths, sizes, strict=True) for word in (str(path), str(size))
        ]
        command = [sys.executable, "-c", shared_files._DRAW, str(shared_files.DRAWING), *words]
        subprocess.run(command, check=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
        return [Image.open(path).convert("RGBA") for path in paths]


def write(path: Path, sizes: tuple[int, ...]) -> None:
    """All sizes in one file."""
    *smaller, largest = drawn(sizes)
    pairs = [(size, size) for size in sizes]
    largest.save(path, sizes=pairs, append_images=smaller)


if __name__ == "__main__":
    write(HERE / "windows" / "prodedit.ico", WINDOWS)
    write(HERE / "macos" / "prodedit.icns", MACOS)
