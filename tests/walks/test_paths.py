# SPDX-License-Identifier: Apache-2.0
"""Paths in a real window, from outside: drawn, bent, made a selection, a mask, a clipping path."""

from __future__ import annotations

from pathlib import Path

import pytest

from prodedit.files.openraster_read import load
from tests.walks.test_real_window import Screen, screen
from tests.walks.test_spine import copied

__all__ = ["screen"]


def look(screen: Screen, name: str) -> None:
    screen.settle()
    screen.picture(name)


@pytest.mark.xvfb
@pytest.mark.slow
def test_a_person_draws_a_path(screen: Screen, shared_data: Path, tmp_path: Path) -> None:
    photo = copied(shared_data, tmp_path / "photos")
    screen.start(str(photo), "--language", "en")
    screen.wait(lambda seen: seen["steps"] == 0)
    screen.click("Paths")
    screen.keys("p")
    x, y = screen.middle("canvas")
    screen.do("mousemove", x - 90, y - 60, "click", 1)
    screen.drag((x + 60, y - 70), (x + 80, y - 50), (x + 110, y - 30))
    screen.wait(lambda seen: seen["steps"] == 2)
    screen.do("mousemove", x + 70, y + 60, "click", 1)
    screen.do("mousemove", x - 40, y + 80)
    look(screen, "paths-1-rubber-band")
    screen.do("click", 1, "mousemove", x - 90, y - 60, "sleep", 0.3)
    look(screen, "paths-2-closing")
    screen.do("click", 1)
    screen.wait(lambda seen: seen["steps"] == 5)
    screen.do("keydown", "ctrl")
    screen.drag((x - 65, y + 10), (x - 90, y + 10), (x - 110, y + 15))
    screen.do("keyup", "ctrl")
    screen.wait(lambda seen: seen["steps"] == 6)
    screen.do("mousemove", x + 300, y + 100)
    look(screen, "paths-3-bent")
    screen.keys("ctrl+z", "ctrl+shift+z")

    screen.keys("ctrl+Return")
    screen.wait(lambda seen: seen["selected"] is not None)
    look(screen, "paths-4-selected")
    screen.click("From selection")
    screen.wait(lambda seen: seen["steps"] == 8)
    screen.click("Clipping path")
    screen.wait(lambda seen: seen["steps"] == 9)
    screen.keys("ctrl+d")
    look(screen, "paths-5-traced-and-clipping")
    screen.do("mousemove", x, y)
    for _ in range(4):
        screen.keys("ctrl+plus")
    look(screen, "paths-6-near")
    screen.keys("ctrl+0")
    screen.click("Mask")
    screen.wait(lambda seen: seen["steps"] == 11)
    screen.click("Shape")
    screen.wait(lambda seen: len(seen["layers"]) == 2)
    look(screen, "paths-7-mask-and-shape")
    screen.click("Export")
    look(screen, "paths-8-export")
    screen.keys("ctrl+s")
    project = tmp_path / "photos" / "hat.ora"
    screen.wait(lambda seen: not seen["dirty"] and project.exists())
    drawn, traced = load(project).document.paths
    assert len(drawn.path.subpaths[0].knots) == 4
    assert traced.is_clipping
    assert not drawn.is_clipping
    assert "Traceback" not in screen.stderr
