# SPDX-License-Identifier: Apache-2.0
"""The program that draws untrusted SVG files: `python -m prodedit.render.drawing_process FILE W H`.

It says how large the drawing is, and, where W and H are not 0, gives its pixels in that size. It
lives within limits on memory and time, and opens nothing but FILE: a drawing that names other files
or addresses is refused before it is drawn.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from prodedit.core.geometry import Size
from prodedit.core.problem import Problem
from prodedit.files.frames import write_frame
from prodedit.files.photo import LIMITS
from prodedit.files.reading import check_size
from prodedit.files.refusals import refusal

MOST_BYTES = 16 << 20
MOST_PIXELS = 64_000_000
_MOST_ELEMENTS, _DEEPEST = 100_000, 200
_INSIDE = re.compile(r"\s*(#|data:image/(png|jpe?g|gif|webp)\s*[;,]|\Z)", re.IGNORECASE)
_NAMED = re.compile(r"url\(\s*['\"]?([^)'\"]*)|@import", re.IGNORECASE)
_LINKS = frozenset({"href", "src"})


def main(arguments: list[str]) -> None:
    path, width, height = arguments
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print is no part of the answer
    _limit()
    try:
        _answer(Path(path), Size(int(width), int(height)), sink)
    except Problem as problem:
        _tell(sink, problem)
    except MemoryError:
        _tell(sink, refusal("no-memory"))
    sink.flush()


def _answer(path: Path, wanted: Size, sink: IO[bytes]) -> None:
    data = _read(path)
    check(data)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication(["drawing"])  # for the fonts of its texts
    renderer = QSvgRenderer()
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    if not renderer.load(QByteArray(data)) or not renderer.isValid():
        raise refusal("unreadable", details="not drawn")
    own = renderer.defaultSize()
    if min(own.width(), own.height()) < 1:
        raise refusal("unreadable", details=f"size {own}")
    image = QImage() if min(wanted) < 1 else _drawn(renderer, wanted)
    write_frame(sink, {"size": [own.width(), own.height()], "bytes": image.sizeInBytes()})
    if not image.isNull():
        sink.write(image.constBits())
    del application


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise refusal("read-failed", details=str(error)) from error
    if len(data) > MOST_BYTES:
        limit = MOST_BYTES >> 20
        raise refusal("file-too-big", megabytes=path.stat().st_size >> 20, limit=limit)
    return data


def check(data: bytes) -> None:
    """Raises Problem where it is no drawing, is too large to be one, or names what lies outside."""
    try:
        root: Element = fromstring(data, forbid_dtd=False)
    except (DefusedXmlException, ParseError, ValueError, LookupError) as error:
        raise refusal("unreadable", details=f"{type(error).__name__}: {error}") from error
    if _plain(root.tag) != "svg":
        raise refusal("not-a-picture")
    for number, (element, depth) in enumerate(_walk(root)):
        if number > _MOST_ELEMENTS or depth > _DEEPEST:
            raise refusal("unreadable", details=f"{number} elements, {depth} deep")
        _check_element(element)


def _check_element(element: Element) -> None:
    is_link = _plain(element.tag) == "a"  # to be clicked; nothing of it is shown
    for name, value in element.attrib.items():
        points_out = _plain(name) in _LINKS and not is_link and not _INSIDE.match(value)
        if points_out or _names_outside(value):
            raise refusal("drawing-outside", details=value[:200])
    if _plain(element.tag) == "style" and _names_outside("".join(element.itertext())):
        raise refusal("drawing-outside", details="style")


def _names_outside(style: str) -> bool:
    return any(
        not _INSIDE.match(named[1] or "") or not named[1] for named in _NAMED.finditer(style)
    )


def _walk(root: Element) -> Iterator[tuple[Element, int]]:
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        yield element, depth
        waiting += [(child, depth + 1) for child in element]


def _plain(name: object) -> str:
    """Without its namespace."""
    return str(name).rsplit("}", 1)[-1].lower()


def _drawn(renderer: QSvgRenderer, wanted: Size) -> QImage:
    check_size(wanted, LIMITS._replace(pixels=MOST_PIXELS))
    image = QImage(*wanted, QImage.Format.Format_ARGB32_Premultiplied)
    if image.isNull():
        raise refusal("no-memory")
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, *wanted))
    painter.end()
    return image


def _tell(sink: IO[bytes], problem: Problem) -> None:
    told: dict[str, Any] = {"problem": problem.code, "details": problem.details}
    write_frame(sink, {**told, "values": problem.values})


def _limit() -> None:
    """Where the system can; the asking side watches the time, too."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, LIMITS.seconds + 5.0)
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (LIMITS.memory, LIMITS.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(sys.argv[1:])
