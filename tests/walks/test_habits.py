# SPDX-License-Identifier: Apache-2.0
"""What a person does with the program itself in a real window: finds commands by name, gives them
other keys, tells the tools and the window how to be, and reads what they say."""

from __future__ import annotations

import json
import re
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from prodedit.core.layer import Layer
from prodedit.files.openraster_read import load
from tests.walks.test_adjusting import opened
from tests.walks.test_documents import new_picture
from tests.walks.test_layers import steps
from tests.walks.test_real_window import SECONDS, Screen, choose, screen

__all__ = ["screen"]


def kept(screen: Screen) -> dict[str, Any]:
    """The settings, as they lie on the disk."""
    file = screen.folder / "config" / "prodedit" / "settings.json"
    found: dict[str, Any] = json.loads(file.read_bytes()) if file.exists() else {}
    return found


def quits(screen: Screen) -> None:
    screen.keys("ctrl+q")
    assert screen.program is not None
    with suppress(subprocess.TimeoutExpired):
        screen.program.wait(SECONDS)
    if screen.program.poll() is None:
        screen.picture("does-not-end")
        screen.program.send_signal(signal.SIGABRT)  # it says where it is
        screen.program.wait(60)
    assert screen.program.poll() == 0, screen.stderr[-5000:]
    assert "Traceback" not in screen.stderr


def found(screen: Screen, words: str, *lines: str) -> None:
    """Search the commands for words; the first lines that are offered."""
    screen.keys("ctrl+f")
    screen.wait(lambda seen: seen["focus"] in seen["values"])
    screen.type(words)
    screen.wait(lambda seen: tops(seen)[: len(lines)] == list(lines))


def tops(seen: dict[str, Any]) -> list[str]:
    """The lines of a list, from above."""
    its = [(place[1], name) for name, place in seen["places"].items() if name.endswith("/line")]
    return [name.removesuffix("/line") for _, name in sorted(its)]


def chosen(screen: Screen, box: str, *keys: str, value: str) -> None:
    """An entry of a box, by the arrows."""
    screen.click(box)
    screen.settle()
    screen.do("key", *keys, "Return")
    screen.wait(lambda seen: seen["values"].get(box) == value)


def alpha_of(layer: Layer) -> NDArray[np.uint8]:
    assert layer.tiles is not None
    return layer.tiles.to_array()[..., 3]


def right_click(screen: Screen, x: int, y: int) -> None:
    screen.do("mousemove", x, y, "sleep", 0.2, "click", 3)
    screen.wait(lambda seen: any(name.endswith("/entry") for name in seen["places"]))
    screen.settle()


def typed(screen: Screen, field: str, text: str, said: str) -> None:
    screen.click(field)
    screen.keys("ctrl+a")
    screen.type(text)
    screen.keys("Tab")
    screen.wait(lambda seen: seen["values"].get(field) == said)


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_palette_finds_commands_by_their_names(screen: Screen, tmp_path: Path) -> None:
    opened(screen, tmp_path / "en", "en")
    found(screen, "nvert col", "Invert colours")
    screen.picture("habits-palette-1-en")
    screen.do("key", "Return")
    steps(screen, 1)
    found(screen, "no such thing")
    screen.wait(lambda seen: "No command is called that." in seen["places"])
    screen.picture("habits-palette-2-nothing")
    screen.do("key", "Return", "Escape")
    screen.wait(lambda seen: seen["focus"] == "canvas" and seen["steps"] == 1)

    opened(screen, tmp_path / "zh", "zh_CN")
    found(screen, "反相", "反相")
    screen.picture("habits-palette-3-zh")
    screen.do("key", "Return")
    steps(screen, 1)
    found(screen, "post", "色调分离")  # in English, too
    screen.do("key", "Return")
    steps(screen, 2)
    assert "Traceback" not in screen.stderr


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_keys_are_those_of_another_program(screen: Screen, tmp_path: Path) -> None:
    opened(screen, tmp_path / "photos", "en")
    x, y = screen.middle("canvas")
    for number, (scheme, way, duplicate, marquee) in enumerate(
        (("GIMP", "Down", "ctrl+shift+d", "r"), ("Krita", "Down", "ctrl+j", "ctrl+r"))
    ):
        screen.keys("F1")
        chosen(screen, "Keys as in", way, value=scheme)
        screen.picture(f"habits-keys-1-{scheme}")
        screen.keys("Escape")
        screen.wait(lambda seen: "Keys as in" not in seen["places"])
        screen.keys(duplicate)
        steps(screen, 3 * number + 1)
        screen.keys(marquee)
        screen.drag((x - 80, y - 60), (x, y), (x + 70, y + 40))
        screen.wait(lambda seen: seen["selected"] is not None)
        steps(screen, 3 * number + 2)
        screen.keys("ctrl+shift+a")  # theirs for selecting nothing
        screen.wait(lambda seen: seen["selected"] is None)
        steps(screen, 3 * number + 3)
    screen.wait(lambda _: kept(screen)["keys"]["scheme"] == "krita")

    screen.keys("F1")
    chosen(screen, "Keys as in", "Home", value="Photoshop")
    screen.click("Search by name or key")
    screen.type("Posterise")
    screen.wait(lambda seen: tops(seen) == ["Posterise"])
    screen.click("Posterise/line")
    screen.click("New key")
    screen.do("key", "ctrl+j")
    told = "Ctrl+J belongs to “Duplicate” now, which would lose it."
    screen.wait(lambda seen: told in seen["places"])
    screen.picture("habits-keys-2-clash")
    screen.click("Use this key")
    screen.wait(lambda _: kept(screen)["keys"]["own"] == {"posterise": ["Ctrl+J"]})
    screen.click("New key")
    screen.do("key", "bracketleft")
    told = "The canvas itself needs [. Choose another key."
    screen.wait(lambda seen: told in seen["places"])
    screen.picture("habits-keys-3-fixed")
    screen.click("Close")
    screen.wait(lambda seen: "Keys as in" not in seen["places"])
    screen.keys("ctrl+j")
    screen.wait(lambda seen: seen["steps"] == 7 and "Posterise" in seen["rows"])

    screen.keys("F1")
    screen.click("All as in Photoshop")
    screen.wait(lambda _: kept(screen)["keys"]["own"] == {})
    screen.click("Close")
    screen.wait(lambda seen: "Keys as in" not in seen["places"])
    screen.keys("ctrl+j")
    screen.wait(lambda seen: "Posterise copy" in seen["rows"])
    assert "Traceback" not in screen.stderr


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize(("language", "duplicate"), [("en", "Duplicate"), ("zh_CN", "复制图层")])
def test_menus_of_the_right_button(
    screen: Screen, tmp_path: Path, language: str, duplicate: str
) -> None:
    opened(screen, tmp_path / "photos", language)
    right_click(screen, *screen.middle("canvas"))
    screen.picture(f"habits-menu-{language}-1-canvas")
    screen.click(f"{duplicate}/entry")
    screen.wait(lambda seen: seen["steps"] == 1 and len(seen["rows"]) == 2)
    right_click(screen, *screen.middle("mug/name"))
    screen.picture(f"habits-menu-{language}-2-layer")
    screen.click(f"{duplicate}/entry")
    screen.wait(lambda seen: seen["steps"] == 2 and len(seen["rows"]) == 3)
    assert "Traceback" not in screen.stderr


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_a_brush_stays_as_it_was_told(screen: Screen, tmp_path: Path) -> None:
    screen.start("--language", "en")
    screen.wait(lambda seen: "Empty layer" in seen["places"])
    new_picture(screen, 1, 640, 400)
    screen.keys("b")
    typed(screen, "Size", "60", said="60 px")
    typed(screen, "Hardness", "100", said="100 %")
    x, y = screen.middle("canvas")
    screen.drag((x - 100, y - 60), (x, y - 60), (x + 100, y - 60))
    steps(screen, 1)
    typed(screen, "Size", "24", said="24 px")
    typed(screen, "Flow", "5", said="5 %")
    screen.keys("Escape")
    screen.drag((x - 100, y + 60), (x, y + 60), (x + 100, y + 60))
    steps(screen, 2)
    screen.picture("habits-brush-1-bar")
    screen.click("More about the brush")
    typed(screen, "Smoothing", "40", said="40 %")
    screen.picture("habits-brush-2-more")
    screen.do("key", "Escape")
    brush = {"size": 24, "hardness": 1.0, "flow": 0.05, "smoothing": 0.4}
    screen.wait(lambda _: kept(screen)["brushes"].get("brush") == brush)
    screen.keys("ctrl+s")
    project = tmp_path / "strokes.ora"
    choose(screen, "habits-brush-3-save", project)
    screen.wait(lambda seen: not seen["dirty"])
    strokes = np.split(alpha_of(load(project).document.layers[-1]), 2)
    wide, narrow = (np.count_nonzero(half.max(axis=1)) for half in strokes)
    assert abs(wide - 60) <= 2
    assert abs(narrow - 24) <= 2
    assert strokes[0].max() == 255
    assert strokes[1].max() < 200
    quits(screen)

    screen.start(str(project), "--language", "en")
    screen.wait(lambda seen: seen["steps"] == 0)
    screen.keys("b")
    said = {"Size": "24 px", "Hardness": "100 %", "Flow": "5 %"}
    screen.wait(lambda seen: said.items() <= seen["values"].items())
    screen.click("As it was at first")
    screen.wait(lambda seen: seen["values"]["Flow"] == "100 %" != seen["values"]["Size"])


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize(
    ("language", "size", "tool"),
    [
        ("en", "1600 × 1200   sRGB   8-bit", "Brush (B)"),
        ("zh_CN", "1600 × 1200   sRGB   8 位", "画笔 (B)"),
    ],
    ids=("en", "zh_CN"),
)
def test_facts_and_hints(
    screen: Screen, tmp_path: Path, language: str, size: str, tool: str
) -> None:
    opened(screen, tmp_path / "photos", language)
    screen.wait(lambda seen: size in seen["places"])
    x, y = screen.middle("canvas")
    screen.do("mousemove", x, y, "sleep", 0.1, "mousemove", x + 1, y)
    screen.wait(lambda seen: any(re.fullmatch(r"x 80\d   y \d+", one) for one in seen["places"]))
    screen.focus()  # hints are for the window that has the keys
    x, y = screen.middle(tool.removesuffix(" (B)"))
    screen.do("mousemove", x - 3, y, "sleep", 0.1, "mousemove", x, y)
    screen.wait(lambda seen: any(name.startswith(f"{tool}\n") for name in seen["places"]))
    screen.picture(f"habits-hint-{language}")
    assert "Traceback" not in screen.stderr


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_the_window_is_arranged_and_put_back(screen: Screen, tmp_path: Path) -> None:
    opened(screen, tmp_path / "photos", "en")
    left, top, width, _ = first = screen.place("canvas")
    edge = left + width + 2
    screen.drag((edge, top + 90), (edge - 60, top + 90), (edge - 120, top + 90))
    screen.wait(lambda seen: seen["places"]["canvas"][2] < width - 100)
    screen.picture("habits-window-1-wide")
    screen.keys("F9")
    screen.wait(lambda seen: seen["places"]["canvas"][2] > width + 300)
    screen.picture("habits-window-2-bare")
    screen.keys("alt+w")
    screen.click("Reset layout/entry")
    screen.wait(lambda seen: seen["places"]["canvas"] == list(first))
    assert "Traceback" not in screen.stderr
