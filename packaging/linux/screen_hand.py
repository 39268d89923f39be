# SPDX-License-Identifier: Apache-2.0
"""A screen in memory, and a hand that clicks on it: how the installed window is tried.

Nothing is known of the program but what the screen shows. Places are those of the window at
1366 x 768, which is the whole screen.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import shared_files

SIZE = (1366, 768)
PYTHON = str(shared_files.ROOT / ".venv" / "bin" / "python")
REMOVE, EXPORT_PANEL, EXPORT = (1146, 150), (1320, 50), (1026, 510)
"""Buttons, each beside its text."""
CORNERS = ((190, 190), (890, 190), (190, 706), (890, 620))
_LOOK = """
import json, sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication(sys.argv)
image = application.primaryScreen().grabWindow(0).toImage()
if sys.argv[1]:
    image.save(sys.argv[1])
print(json.dumps([image.pixelColor(x, y).getRgb()[:3] for x, y in json.loads(sys.argv[2])]))
"""
Colour = tuple[int, int, int]
Place = tuple[int, int]


class Screen:
    """`display`: its name, as in ":71"."""

    def __init__(self, display: str) -> None:
        self.display = display
        self._around = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}

    def colours(self, places: tuple[Place, ...], picture: Path | None = None) -> list[Colour]:
        """Of these places; with `picture`, the whole screen is written there, too."""
        words = [PYTHON, "-c", _LOOK, str(picture or ""), json.dumps(places)]
        told = subprocess.run(
            words, check=True, capture_output=True, text=True, env=self._around
        ).stdout
        return [(red, green, blue) for red, green, blue in json.loads(told)]

    def click(self, place: Place) -> None:
        """With the left button."""
        self._hand("mousemove", str(place[0]), str(place[1]), "click", "1")

    def write(self, text: str) -> None:
        """Replaces what stands in the field that has the cursor, and Enter."""
        self._hand("key", "ctrl+a")
        self._hand("type", "--delay", "60", text)
        self._hand("key", "Return")

    def shows_window(self) -> bool:
        """Any window at all."""
        return self.shows_windows(1)

    def shows_windows(self, count: int) -> bool:
        """At least so many of the program."""
        words = ["xdotool", "search", "--onlyvisible", "--name", "ProdEdit"]
        found = subprocess.run(words, env=self._around, capture_output=True).stdout.split()
        return len(found) >= count

    def _hand(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], check=True, env=self._around)


@contextmanager
def screen(display: str) -> Iterator[Screen]:
    """An X server of its own."""
    # Without -noreset it starts anew whenever its last client, such as xdotool, has gone, and
    # refuses who comes just then.
    words = ["Xvfb", display, "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-ac", "-noreset"]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(2)
        yield Screen(display)
    finally:
        server.terminate()
        server.wait()


def wait(what: str, seen: Callable[[], bool], seconds: float = 300, pause: float = 1.0) -> float:
    """Until it is seen; how long that took. Raises SystemExit where it never is."""
    start = time.monotonic()
    while not seen():
        if time.monotonic() - start > seconds:
            raise SystemExit(f"Waited {seconds:.0f} s for this, in vain: {what}.")
        time.sleep(pause)
    return time.monotonic() - start


def is_button(colour: Colour) -> bool:
    """The blue of what may be pressed."""
    red, _green, blue = colour
    return blue > 180 and blue > red + 80


def is_checker(colour: Colour) -> bool:
    """White or light grey: nothing is there."""
    return min(colour) > 195 and max(colour) - min(colour) < 8
