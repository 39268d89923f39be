# SPDX-License-Identifier: Apache-2.0
"""What a Linux desktop asks of a program besides itself: menu entry, description for shops, types
of files, icons, manual page. Laid below any `share` folder: /usr/share, ~/.local/share, an AppDir.
"""

from __future__ import annotations

import datetime
import gzip
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ID = "io.prodedit.ProdEdit"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
DRAWING = ROOT / "resources" / "icons" / "prodedit.svg"
_DRAW = """
import sys
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
application = QGuiApplication(sys.argv)
drawing = QSvgRenderer(sys.argv[1])
for path, size in zip(sys.argv[2::2], map(int, sys.argv[3::2])):
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    drawing.render(painter)
    painter.end()
    if not image.save(path):
        sys.exit("could not write " + path)
"""


def lay(share: Path, version: str, *, man: bool = True) -> None:
    """Write all of it below `share`."""
    filled = {"@VERSION@": version, "@DATE@": day().isoformat()}
    put(share / "applications" / f"{ID}.desktop", text(f"{ID}.desktop", filled))
    put(share / "metainfo" / f"{ID}.metainfo.xml", text(f"{ID}.metainfo.xml", filled))
    put(share / "mime" / "packages" / f"{ID}.xml", text(f"{ID}.mime.xml", filled))
    if man:
        page = gzip.compress(text("prodedit.1", filled), 9, mtime=0)
        put(share / "man" / "man1" / "prodedit.1.gz", page)
    icons(share / "icons" / "hicolor")


def icons(theme: Path) -> None:
    """The program's icon as a drawing and in the sizes that desktops look for."""
    put(theme / "scalable" / "apps" / f"{ID}.svg", DRAWING.read_bytes())
    words = []
    for size in SIZES:
        path = theme / f"{size}x{size}" / "apps" / f"{ID}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        words += [str(path), str(size)]
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", _DRAW, str(DRAWING), *words]
    subprocess.run(command, check=True, env=variables)


def text(name: str, filled: dict[str, str]) -> bytes:
    """A file of this folder, with what stands for version and day filled in."""
    found = (HERE / name).read_text("utf-8")
    for mark, value in filled.items():
        found = found.replace(mark, value)
    return found.encode()


def put(path: Path, data: bytes) -> None:
    """Write a file that everybody may read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o644)


def day() -> datetime.date:
    """Of this build, or of the sources where SOURCE_DATE_EPOCH says so."""
    moment = float(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    return datetime.datetime.fromtimestamp(moment, datetime.UTC).date()
