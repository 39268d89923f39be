# SPDX-License-Identifier: Apache-2.0
"""Selections in a real window, by mouse and keys from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from prodedit.files.openraster_read import load
from tests.walks.test_real_window import Screen, choose, screen
from tests.walks.test_spine import copied

__all__ = ["screen"]


@pytest.mark.xvfb
@pytest.mark.slow
def test_a_person_selects(screen: Screen, shared_data: Path, tmp_path: Path) -> None:
    photo = copied(shared_data, tmp_path / "photos")
    screen.start(str(photo), "--language", "en")
    screen.wait(lambda seen: seen["steps"] == 0)
    x, y = screen.middle("canvas")

    screen.keys("m")
    screen.drag((x - 120, y - 80), (x - 60, y), (x + 100, y + 90))
    screen.wait(lambda seen: seen["selected"] is not None)
    first = screen.seen()["selected"]
    screen.picture("select-1-rectangle")
    screen.do("keydown", "shift")
    screen.drag((x + 60, y + 40), (x + 90, y + 60), (x + 170, y + 130))
    screen.do("keyup", "shift")
    screen.wait(lambda seen: seen["steps"] == 2 and seen["selected"][2] > first[2])
    screen.picture("select-2-added")
    screen.drag((x - 40, y - 20), (x - 50, y - 20), (x - 70, y - 40))
    screen.wait(lambda seen: seen["steps"] == 3 and seen["selected"][0] < first[0])

    screen.keys("ctrl+d")
    screen.wait(lambda seen: seen["selected"] is None)
    screen.keys("ctrl+shift+d")
    screen.wait(lambda seen: seen["selected"] is not None)
    screen.keys("ctrl+shift+i")
    screen.wait(lambda seen: seen["steps"] == 6)
    screen.picture("select-3-inverse")
    screen.keys("ctrl+d")

    screen.keys("shift+m")
    screen.drag((x - 100, y - 100), (x, y), (x + 100, y + 100))
    screen.wait(lambda seen: seen["steps"] == 8)
    screen.keys("shift+F6")
    screen.wait(lambda seen: "Apply" in seen["places"])
    screen.do("mousemove", *screen.middle("Apply"), "sleep", 1)
    screen.picture("select-4-feather")
    screen.click("Apply")
    screen.wait(lambda seen: seen["steps"] == 9)

    screen.keys("q")
    screen.drag((x + 130, y), (x + 140, y + 10), (x + 180, y + 60))
    screen.wait(lambda seen: seen["steps"] == 10)
    screen.picture("select-5-quick-mask")
    screen.keys("q")
    screen.keys("ctrl+j")
    screen.wait(lambda seen: len(seen["layers"]) == 2)
    screen.keys("ctrl+c")
    screen.keys("ctrl+shift+v")
    screen.wait(lambda seen: len(seen["layers"]) == 3)
    screen.keys("ctrl+d")

    steps = screen.seen()["steps"]
    screen.keys("shift+l")
    for place in ((x - 150, y - 60), (x - 20, y - 120), (x - 60, y + 80)):
        screen.do("mousemove", *place, "sleep", 0.1, "click", 1, "sleep", 0.6)
    screen.do("mousemove", x - 120, y + 70, "sleep", 0.2)
    screen.picture("select-6-polygon")
    screen.keys("Return")
    screen.wait(lambda seen: seen["steps"] == steps + 1)
    screen.keys("Delete")
    screen.wait(lambda seen: seen["steps"] == steps + 2)
    assert len(screen.seen()["layers"]) == 3
    screen.keys("ctrl+d")

    screen.keys("shift+w")
    screen.do("mousemove", x - 180, y - 150, "sleep", 0.2, "click", 1)
    screen.wait(lambda seen: seen["selected"] is not None)
    screen.picture("select-7-wand")
    screen.keys("ctrl+h")
    screen.settle()
    screen.picture("select-8-hidden")

    project = tmp_path / "photos" / "hat.ora"
    screen.keys("ctrl+s")
    screen.wait(lambda seen: "fileNameEdit" in seen["places"] or not seen["dirty"])
    if "fileNameEdit" in screen.seen()["places"]:
        choose(screen, "select-9-save", project)
    screen.wait(lambda seen: not seen["dirty"])
    selected = load(project).document.selection
    assert selected is not None
    assert "Traceback" not in screen.stderr
