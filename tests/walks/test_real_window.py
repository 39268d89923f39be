# SPDX-License-Identifier: Apache-2.0
"""The same walk in a real window, by mouse and keys from outside, with kill -9 in the middle."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from prodedit.engine.service.store import Status, data_folder, default_store
from prodedit.files.openraster_read import load
from tests.walks.test_spine import copied

ROOT = Path(__file__).parents[2]
SECONDS = 180.0
"""After which it is given up that something will be seen: the machine may be slow and busy."""


class Screen:
    """A person at a screen: looks, clicks, types."""

    def __init__(self, display: str, folder: Path) -> None:
        self.folder = folder
        self.program: subprocess.Popen[bytes] | None = None
        self._told = folder / "seen.json"
        homes = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("CONFIG", "CACHE")}
        self._environment = {
            **{name: text for name, text in os.environ.items() if not name.startswith("XDG_")},
            **homes,
            "XDG_STATE_HOME": str(folder / "state"),
            "HOME": str(folder / "home"),
            "PRODEDIT_DATA": str(data_folder()),
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
        }
        (folder / "home").mkdir()

    def start(self, *arguments: str) -> None:
        self.kill()
        self._told.unlink(missing_ok=True)
        command = [sys.executable, "-m", "tests.walks.observed", str(self._told), *arguments]
        with (self.folder / "stderr.txt").open("ab") as log:
            self.program = subprocess.Popen(command, cwd=ROOT, env=self._environment, stderr=log)
        self.wait(lambda seen: bool(seen["windows"]))

    def seen(self) -> dict[str, Any]:
        try:
            return json.loads(self._told.read_text())
        except FileNotFoundError:
            nothing: dict[str, Any] = {"places": {}, "windows": [], "told": [], "open": []}
            return {**nothing, "number": 0, "steps": -1, "dirty": False, "busy": False}

    def wait(self, true: Callable[[dict[str, Any]], bool], seconds: float = SECONDS) -> None:
        end = time.monotonic() + seconds
        while not true(self.seen()):
            assert self.program is not None
            assert self.program.poll() is None, self.stderr
            if time.monotonic() > end:
                self.picture("waited-in-vain")
                raise AssertionError(f"waited in vain; seen: {self.seen()}")
            time.sleep(0.02)

    def settle(self) -> None:
        """Until the program has done what it was asked to, as far as that can be told: it has
        looked round twice since."""
        number = self.seen()["number"]
        self.wait(lambda seen: seen["number"] > number + 1 and not seen["busy"])

    def place(self, name: str) -> tuple[int, int, int, int]:
        """Where it comes to rest: x, y, width, height."""
        self.wait(lambda seen: name in seen["places"])
        before = None
        while (place := self.seen()["places"].get(name)) != before or place is None:
            before = place
            self.settle()
        x, y, width, height = place
        return x, y, width, height

    def middle(self, name: str) -> tuple[int, int]:
        x, y, width, height = self.place(name)
        return x + width // 2, y + height // 2

    def click(self, name: str) -> None:
        x, y = self.middle(name)
        self.do("mousemove", x, y, "sleep", 0.1, "click", 1)

    def scroll_to(self, name: str, over: str, *, up: bool = False) -> None:
        """Turn the wheel over something until `name` is seen."""
        self.do("mousemove", *self.middle(over))
        for _ in range(20):
            if name in self.seen()["places"]:
                return
            self.do("click", 4 if up else 5)
            self.settle()
        raise AssertionError(f"{name} is nowhere")

    def drag(self, *places: tuple[int, int]) -> None:
        self.do("mousemove", *places[0], "sleep", 0.1, "mousedown", 1)
        for place in places[1:]:
            self.do("mousemove", *place, "sleep", 0.03)
        self.do("mouseup", 1)

    def keys(self, *names: str) -> None:
        self.focus()
        self.do("key", *names)

    def type(self, text: str) -> None:
        """What no key is for gets one for as long as the pause lasts: a busy program reads late."""
        self.focus()
        for piece in re.findall(r"[\x00-\x7f]+|[^\x00-\x7f]", text):
            self.do("type", "--delay", 15 if piece.isascii() else 1500, piece)

    def focus(self) -> None:
        """There is no window manager that would give the newest window the keys."""
        self.settle()
        end = time.monotonic() + SECONDS
        while not (found := self.do("search", "--onlyvisible", "--name", ".").split()):
            assert time.monotonic() < end, "no window is to be seen"
            time.sleep(0.1)
        self.do("windowfocus", found[-1], "sleep", 0.2)

    def do(self, *words: object) -> str:
        told = subprocess.run(
            ["xdotool", *map(str, words)], env=self._environment, capture_output=True, text=True
        )
        return told.stdout

    def picture(self, name: str) -> None:
        """For a person who wants to look."""
        if "PRODEDIT_SCREENSHOTS" in os.environ and shutil.which("import"):
            target = Path(os.environ["PRODEDIT_SCREENSHOTS"]) / f"{name}.png"
            command = ["import", "-window", "root", str(target)]
            subprocess.run(command, env=self._environment, check=False)

    def kill(self) -> None:
        if self.program is not None:
            self.program.send_signal(signal.SIGKILL)
            self.program.wait()

    def rest(self, seconds: float = 2.5) -> None:
        """So long may be lost, and longer where the disk is busy: until the journal has rested for
        so long."""
        since, sizes = time.monotonic(), self._journal()
        while time.monotonic() - since < seconds:
            time.sleep(0.1)
            if sizes != self._journal():
                since, sizes = time.monotonic(), self._journal()

    def _journal(self) -> dict[Path, int]:
        """The size of each file with steps that would come back."""
        sizes = {}
        for file in (self.folder / "state").rglob("journal-*"):
            with suppress(FileNotFoundError):  # a new one has taken its place
                sizes[file] = file.stat().st_size
        return sizes

    @property
    def stderr(self) -> str:
        return (self.folder / "stderr.txt").read_text()


@pytest.fixture
def screen(x_display: str, tmp_path: Path) -> Iterator[Screen]:
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool is not installed: apt install xdotool")
    for model in ("u2net", "isnet"):
        if default_store().state(model).status is Status.MISSING:
            pytest.skip(f"no weights: prodedit models pull {model}")
    screen = Screen(x_display, tmp_path)
    try:
        yield screen
    finally:
        screen.kill()


@pytest.mark.xvfb
@pytest.mark.slow
def test_a_person_does_the_main_job(screen: Screen, shared_data: Path, tmp_path: Path) -> None:
    photo = copied(shared_data, tmp_path / "photos")
    untouched = photo.read_bytes()
    screen.start(str(photo), "--language", "en")
    screen.wait(lambda seen: seen["steps"] == 0)
    screen.picture("1-opened")

    screen.click("Fast")
    screen.click("Remove background")
    screen.wait(lambda seen: seen["steps"] == 1)
    screen.picture("2-cut-out")

    screen.scroll_to("Erase", over="White")
    screen.click("Erase")
    x, y = screen.middle("canvas")
    screen.drag((x, y), (x + 15, y + 5), (x + 40, y + 20))
    screen.wait(lambda seen: seen["steps"] == 2)
    screen.picture("3-brushed")

    screen.scroll_to("White", over="Erase", up=True)
    screen.click("White")
    screen.wait(lambda seen: seen["steps"] == 3)
    screen.picture("4-white")

    screen.rest()
    screen.kill()
    screen.start("--language", "en")
    screen.click("Bring it back")
    screen.wait(lambda seen: seen["steps"] == 0 and seen["dirty"])
    screen.picture("5-brought-back")

    project = tmp_path / "photos" / "hat.ora"
    screen.keys("ctrl+s")  # beside the photo, which the journal knows
    screen.wait(lambda seen: not seen["dirty"])
    screen.picture("6-saved")
    saved = load(project).document
    assert [layer.id for layer in saved.walk()] == ["background", "photo"]

    screen.keys("ctrl+alt+shift+w")
    screen.click("JPEG")
    screen.click("Export…")
    jpeg = tmp_path / "photos" / "hat-white.jpg"
    choose(screen, "7-export", jpeg)
    screen.wait(lambda seen: any("hat-white.jpg" in text for text in seen["told"]))
    screen.picture("8-exported")
    corner = cv2.imread(str(jpeg))[:8, :8]
    assert np.abs(corner.astype(int) - 255).max() <= 4

    before = screen.seen()["steps"]
    screen.keys("ctrl+j")  # duplicate, so that there is something to save
    screen.wait(lambda seen: seen["steps"] == before + 1 and seen["dirty"])
    screen.keys("ctrl+q")
    screen.wait(lambda seen: "Cancel" in seen["places"])
    screen.picture("9-guard")
    screen.click("Cancel")
    screen.wait(lambda seen: seen["dirty"] and "Cancel" not in seen["places"])
    screen.keys("ctrl+q")
    screen.click("Discard")
    assert screen.program is not None
    assert screen.program.wait(60) == 0
    assert "QThread" not in screen.stderr
    assert "Traceback" not in screen.stderr
    assert photo.read_bytes() == untouched
    assert len(list(load(project).document.walk())) == 2


def choose(screen: Screen, picture: str, path: Path) -> None:
    """Type a path into the file dialog and press Enter."""
    screen.wait(lambda seen: "fileNameEdit" in seen["places"])
    screen.picture(picture)
    screen.keys("ctrl+a")
    screen.type(str(path))
    screen.keys("Return")
