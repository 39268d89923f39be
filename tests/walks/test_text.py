# SPDX-License-Identifier: Apache-2.0
"""Text and shapes in a real window, by mouse and keys from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from prodedit.core.layer import ShapeContent, TextContent
from prodedit.core.shape import PolygonShape, RectangleShape
from prodedit.files.openraster_read import load
from tests.walks.test_real_window import Screen, screen
from tests.walks.test_spine import copied

__all__ = ["screen"]


@pytest.mark.xvfb
@pytest.mark.slow
def test_a_person_writes_and_draws(screen: Screen, shared_data: Path, tmp_path: Path) -> None:
    photo = copied(shared_data, tmp_path / "photos")
    screen.start(str(photo), "--language", "en")
    screen.wait(lambda seen: seen["steps"] == 0)
    x, y = screen.middle("canvas")

    screen.keys("t")
    screen.do("mousemove", x - 150, y - 100, "sleep", 0.2, "click", 1, "sleep", 0.3)
    screen.type("Very wide brim")
    screen.settle()
    screen.picture("text-1-typing")
    screen.keys("Return")
    screen.do("key", "--delay", 300, "U5E3D", "U5B50")
    screen.type(" hat")
    screen.settle()
    screen.picture("text-2-chinese")
    screen.keys("Escape")
    screen.wait(lambda seen: len(seen["layers"]) == 2)
    steps = screen.seen()["steps"]
    screen.click("Centred")
    screen.click("Underline")
    screen.wait(lambda seen: seen["steps"] == steps + 2)
    screen.do("mousemove", x, y + 250, "sleep", 0.5)
    screen.picture("text-3-properties")

    screen.do("mousemove", x - 140, y - 100, "sleep", 0.2, "click", 1, "sleep", 0.3)
    screen.keys("ctrl+a")
    screen.picture("text-4-selected")
    screen.keys("End")
    screen.type("!")
    screen.keys("ctrl+s")  # what was typed is in the file, too
    project = tmp_path / "photos" / "hat.ora"
    screen.wait(lambda seen: not seen["dirty"] and project.exists())
    screen.picture("text-5-saved")
    screen.keys("Escape")

    screen.drag((x - 150, y + 60), (x - 100, y + 100), (x + 60, y + 180))
    screen.type("a box with lines that break")
    screen.settle()
    screen.picture("text-6-box")
    screen.keys("ctrl+Return")
    screen.wait(lambda seen: len(seen["layers"]) == 3)

    screen.keys("u")
    screen.drag((x + 80, y - 120), (x + 100, y - 100), (x + 190, y - 60))
    screen.wait(lambda seen: len(seen["layers"]) == 4)
    steps = screen.seen()["steps"]
    screen.click("Gradient")
    screen.wait(lambda seen: seen["steps"] == steps + 1)
    screen.picture("text-7-rectangle")
    for _ in range(4):
        screen.keys("shift+u")
    screen.do("keydown", "shift")
    screen.drag((x + 80, y + 20), (x + 100, y + 40), (x + 170, y + 90))
    screen.do("keyup", "shift")
    screen.wait(lambda seen: len(seen["layers"]) == 5)
    screen.do("mousemove", x, y + 250, "sleep", 0.5)
    screen.picture("text-8-star")

    screen.keys("ctrl+s")
    screen.wait(lambda seen: not seen["dirty"])
    contents = [layer.content for layer in load(project).document.layers]
    first, second = (content for content in contents if isinstance(content, TextContent))
    assert first.text.text.replace("!", "") == "Very wide brim\n帽子 hat"
    assert "!" in first.text.text
    assert (first.text.align, first.text.underline) == ("centre", True)
    assert second.text.width > 100
    rectangle, star = (one.shape for one in contents if isinstance(one, ShapeContent))
    assert isinstance(rectangle, RectangleShape)
    assert isinstance(star, PolygonShape)
    assert star.width == star.height
    for _ in range(2):
        screen.keys("ctrl+z")
    screen.wait(lambda seen: len(seen["layers"]) == 4)
    assert "Traceback" not in screen.stderr
