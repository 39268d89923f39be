# SPDX-License-Identifier: Apache-2.0
"""Documents that come from files and go to files in a real window, from outside: several at once,
drawings, PSD, copies, earlier versions, paper."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from prodedit.engine.service.store import data_folder
from prodedit.files.openraster_read import load
from prodedit.render.compositor import Compositor
from tests.walks.test_layers import steps
from tests.walks.test_real_window import SECONDS, Screen, choose, screen

__all__ = ["screen"]

RED, BLUE, GREEN = (40, 40, 200), (200, 80, 40), (60, 160, 40)
"""BGR"""
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">'
    '<rect x="0" y="0" width="60" height="40" fill="#28a03c"/></svg>'
)


def plain(folder: Path, name: str, colour: tuple[int, int, int]) -> Path:
    """A field of it, in grey: 320 × 240 pixels."""
    folder.mkdir(exist_ok=True)
    picture = np.full((240, 320, 3), 128, np.uint8)
    picture[60:180, 80:240] = colour
    cv2.imwrite(str(folder / name), picture)
    return folder / name


def seen(path: Path) -> NDArray[np.uint8]:
    """(h, w, 3) BGR of what a project looks like."""
    return np.ascontiguousarray(Compositor().merged(load(path).document)[..., :3])


def names(path: Path) -> list[str]:
    return [layer.name for layer in load(path).document.walk()]


def saved(screen: Screen) -> None:
    screen.wait(lambda seen: seen["dirty"])
    screen.keys("ctrl+s")
    screen.wait(lambda seen: not seen["dirty"] and not seen["busy"])


def open_files(screen: Screen, picture: str, *paths: Path) -> None:
    """At once, by the one dialog."""
    before = screen.seen()["open"]
    screen.keys("ctrl+o")
    choose(screen, picture, Path(" ".join(f'"{path}"' for path in paths)))
    opened = [path.name for path in paths]
    screen.wait(lambda seen: sorted(seen["open"]) == sorted([*before, *opened]))
    steps(screen, 0)


def pick(screen: Screen, menu: str, *entries: str, picture: str = "") -> None:
    """menu: the key that opens it; the last of the entries is done, the others open more."""
    screen.keys(menu)
    for entry in entries:
        screen.wait(lambda seen, entry=entry: f"{entry}/entry" in seen["places"])
        if entry is entries[-1] and picture:
            screen.picture(picture)
        screen.click(f"{entry}/entry")


def open_three(screen: Screen, folder: Path, picture: str) -> None:
    """Three pictures, each of its colour; the last is in front."""
    colours = {"one.png": RED, "two.png": BLUE, "three.png": GREEN}
    open_files(screen, picture, *(plain(folder, *one) for one in colours.items()))


def told(screen: Screen, text: str) -> None:
    screen.wait(lambda seen: any(text in one for one in seen["told"]))


_LOOK = """
import sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication(sys.argv)
application.primaryScreen().grabWindow(0, *map(int, sys.argv[2:])).save(sys.argv[1], "PNG")
"""


def shows(screen: Screen, name: str, colour: tuple[int, int, int], display: str) -> bool:
    """Whether a tenth of what is seen there has that colour (BGR)."""
    looked = screen.folder / "looked.png"
    command = [sys.executable, "-c", _LOOK, str(looked), *map(str, screen.place(name))]
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    subprocess.run(command, env=environment, check=True)
    shown = cv2.imread(str(looked), cv2.IMREAD_COLOR).astype(int)
    return bool((np.abs(shown - colour).max(axis=2) < 12).mean() > 0.1)


@pytest.fixture
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The person's models, but none of their recipes."""
    folder = tmp_path / "data"
    folder.mkdir()
    for there in data_folder().iterdir():
        if there.name != "recipes":
            (folder / there.name).symlink_to(there)
    monkeypatch.setenv("PRODEDIT_DATA", str(folder))


@pytest.fixture
def started(own_data: None, screen: Screen) -> Screen:
    """With an empty window, in which keys do something."""
    screen.start("--language", "en")
    screen.wait(lambda seen: "Empty layer" in seen["places"])
    return screen


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_files_become_layers_and_psd(started: Screen, tmp_path: Path) -> None:
    screen, folder = started, tmp_path / "photos"
    one, two = plain(folder, "one.png", RED), plain(folder, "two.png", BLUE)
    drawing = folder / "label.svg"
    drawing.write_text(DRAWING)
    open_files(screen, "more-1-open-two", one, two)
    if screen.seen()["open"][-1] != "two.png":
        screen.keys("ctrl+Tab")
    screen.picture("more-2-two-open")

    screen.keys("ctrl+shift+l")
    choose(screen, "more-3-place", one)
    steps(screen, 1)
    screen.keys("ctrl+shift+l")
    choose(screen, "more-4-drawing", drawing)
    screen.wait(lambda seen: "Import label.svg" in seen["windows"])
    screen.settle()
    screen.picture("more-5-how-large")
    screen.click("Width")
    screen.keys("ctrl+a")
    screen.type("120")
    screen.keys("Tab")
    screen.wait(lambda seen: seen["values"].get("Height", "").startswith("80"))
    screen.click("Import")
    steps(screen, 2)
    rows = ["two", "one", "label"]
    screen.wait(lambda seen: sorted(seen["rows"]) == sorted(rows))
    screen.settle()
    screen.picture("more-6-three-layers")

    screen.keys("ctrl+alt+shift+w")
    screen.click("PSD")
    screen.settle()
    screen.picture("more-7-psd")
    screen.click("Export…")
    choose(screen, "more-8-psd-name", folder / "three.psd")
    told(screen, "three.psd")
    screen.keys("ctrl+alt+s")
    choose(screen, "more-9-copy", folder / "copy.ora")
    told(screen, "copy.ora")
    assert sorted(screen.seen()["open"]) == ["one.png", "two.png"]
    assert screen.seen()["dirty"], "work goes on with the one there is"

    open_files(screen, "more-10-open-psd", folder / "three.psd")
    screen.settle()
    screen.picture("more-11-psd-opened")
    assert sorted(screen.seen()["rows"]) == sorted(rows)
    screen.keys("ctrl+alt+s")
    choose(screen, "more-12-psd-copy", folder / "from-psd.ora")
    told(screen, "from-psd.ora")
    copy, back = folder / "copy.ora", folder / "from-psd.ora"
    assert names(back) == names(copy) == rows
    assert (seen(back) == seen(copy)).all()
    found = seen(copy)
    assert np.abs(found[120, 160].astype(int) - (60, 160, 40)).max() <= 1  # the drawing
    assert (found[70, 90] == RED).all()  # "one" lies over "two"
    assert np.abs(found[120, 215].astype(int) - GREEN).max() <= 1
    assert (found[120, 225] == RED).all()  # the drawing is as wide as was typed
    assert "Traceback" not in screen.stderr


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_earlier_ones_come_back(started: Screen, tmp_path: Path, x_display: str) -> None:
    screen, folder = started, tmp_path / "photos"
    open_files(screen, "back-1-open", plain(folder, "one.png", RED))
    project = folder / "one.ora"
    screen.keys("ctrl+i")
    steps(screen, 1)
    saved(screen)  # 2 layers
    screen.keys("ctrl+j")
    steps(screen, 2)
    saved(screen)  # 3 layers
    screen.keys("ctrl+j")
    steps(screen, 3)
    screen.keys("F12")
    screen.wait(lambda seen: len(seen["rows"]) == 3 and not seen["dirty"])
    told(screen, "is as its file again")
    screen.picture("back-2-reverted")

    pick(screen, "alt+f", "Earlier versions", picture="back-3-menu")
    screen.wait(lambda seen: "Earlier versions of one.ora" in seen["windows"])
    screen.settle()
    screen.picture("back-4-versions")
    screen.click("Bring it back")
    screen.wait(lambda seen: len(seen["rows"]) == 2 and seen["dirty"])
    screen.picture("back-5-brought")
    screen.click("Close")
    screen.wait(lambda seen: "Earlier versions of one.ora" not in seen["windows"])
    saved(screen)
    assert len(names(project)) == 2
    assert (seen(project)[120, 160] == [255 - part for part in RED]).all()

    open_files(screen, "back-6-other", plain(folder, "green.png", GREEN))
    for left in (1, 0):
        screen.keys("ctrl+w")
        screen.wait(lambda seen, left=left: len(seen["open"]) == left)
    inverted = tuple(255 - part for part in RED)
    for name, colour in (("green.png", GREEN), ("one.ora", inverted)):
        screen.place(name)
        end = time.monotonic() + SECONDS
        while not shows(screen, name, colour, x_display):
            assert time.monotonic() < end, name
            screen.settle()
    screen.picture("back-7-recent")
    screen.keys("alt+f")
    screen.click("Open recent/entry")
    screen.settle()
    screen.picture("back-8-recent-menu")
    screen.do("key", "Escape", "Escape")
    screen.click("one.ora")
    screen.wait(lambda seen: seen["open"] == ["one.ora"] and len(seen["rows"]) == 2)
    assert "Traceback" not in screen.stderr


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_pictures_go_onto_paper(started: Screen, tmp_path: Path) -> None:
    screen, folder = started, tmp_path / "photos"
    open_three(screen, folder, "paper-1-open")
    pick(screen, "alt+f", "Contact sheet")
    screen.wait(lambda seen: "Pictures: 3. Pages: 1." in seen["places"])
    for field, number in (("Columns", "2"), ("Rows", "1")):
        screen.click(field)
        screen.keys("ctrl+a")
        screen.type(number)
    screen.click("Title")
    screen.type("Autumn")
    screen.wait(lambda seen: "Pictures: 3. Pages: 2." in seen["places"])
    screen.settle()
    screen.picture("paper-2-sheet")
    screen.click("Save as PDF…")
    sheet = folder / "sheet.pdf"
    choose(screen, "paper-3-where", sheet)
    told(screen, "Contact sheet: sheet.pdf, pages: 2")
    assert len(re.findall(rb"/Type\s*/Page\b", sheet.read_bytes())) == 2
    assert len(re.findall(rb"/Subtype\s*/Image\b", sheet.read_bytes())) == 3

    screen.keys("ctrl+p")
    screen.wait(lambda seen: any(name.startswith("Print ") for name in seen["windows"]))
    screen.settle()
    screen.picture("paper-4-print")
    screen.click("Save as PDF…")
    page = folder / "page.pdf"
    choose(screen, "paper-5-where", page)
    screen.wait(lambda seen: page.exists() and len(seen["windows"]) == 1)
    told(screen, "Saved: page.pdf")
    assert page.read_bytes().startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", page.read_bytes())) == 1
    assert len(re.findall(rb"/Subtype\s*/Image\b", page.read_bytes())) == 1
    assert "Traceback" not in screen.stderr
