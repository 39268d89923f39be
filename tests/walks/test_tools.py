# SPDX-License-Identifier: Apache-2.0
"""Selected pixels transformed and moved, the two colours, in a real window, from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from prodedit.files.openraster_read import load
from tests.walks.test_aids import held
from tests.walks.test_real_window import Screen, screen
from tests.walks.test_spine import copied

__all__ = ["screen"]


@pytest.mark.xvfb
@pytest.mark.slow
def test_a_person_moves_a_part_of_a_photo(
    screen: Screen, shared_data: Path, tmp_path: Path
) -> None:
    photo = copied(shared_data, tmp_path / "photos")
    screen.start(str(photo), "--language", "en")
    screen.wait(lambda seen: seen["steps"] == 0)
    x, y = screen.middle("canvas")
    screen.keys("l")
    around = ((-90, -40), (-50, -90), (40, -80), (80, -20), (60, 40), (-60, 50), (-90, -40))
    screen.drag(*((x + dx, y + dy) for dx, dy in around))
    screen.wait(lambda seen: seen["selected"] is not None)
    steps = screen.seen()["steps"]
    screen.keys("ctrl+t")
    screen.wait(lambda seen: "Apply" in seen["places"])
    screen.picture("part-1-begun")
    held(screen, (x - 50, y), (x - 20, y + 20), (x, y + 40), picture="part-2-moved")
    held(screen, (x + 230, y), (x + 220, y + 60), (x + 190, y + 110), picture="part-3-turned")
    screen.do("sleep", 1)
    screen.picture("part-4-rest")
    screen.keys("Escape")
    screen.wait(lambda seen: "Apply" not in seen["places"])
    assert screen.seen()["steps"] == steps

    screen.keys("ctrl+t")
    screen.wait(lambda seen: "Apply" in seen["places"])
    screen.drag((x - 50, y), (x - 20, y + 20), (x + 30, y + 40))
    screen.keys("Return")
    screen.wait(lambda seen: seen["steps"] == steps + 1)
    screen.do("sleep", 0.5)
    screen.picture("part-5-applied")
    screen.keys("v")
    rests = screen.seen()["selected"]
    screen.do("keydown", "ctrl")
    held(screen, (x + 30, y + 20), (x, y + 40), (x - 60, y + 110), picture="part-6-dragged")
    screen.do("keyup", "ctrl")
    screen.wait(lambda seen: seen["selected"] not in (rests, None) and not seen["busy"])
    assert screen.seen()["steps"] == steps + 1, "a piece that is moved on is moved in one step"
    screen.keys("ctrl+z")
    screen.wait(lambda seen: seen["steps"] == steps)
    screen.keys("ctrl+y")
    screen.wait(lambda seen: seen["steps"] == steps + 1)

    screen.keys("m")
    screen.do("mousemove", x, y, "keydown", "ctrl", *("click", 4) * 6, "keyup", "ctrl")
    screen.do("sleep", 0.5)
    left, top, _width, height = screen.seen()["places"]["canvas"]
    places = ((left + 60, top + height - 60), (x, y), (x, top + 20))
    held(screen, *places, picture="part-7-card-clear")
    screen.do("sleep", 0.3)
    screen.picture("part-8-card-back")
    screen.keys("ctrl+0")
    screen.do("sleep", 0.8)
    screen.picture("part-9-fitted")
    screen.keys("x", "alt+BackSpace")
    screen.do("sleep", 0.8)
    screen.picture("part-10-filled")
    screen.keys("ctrl+s")
    project = tmp_path / "photos" / "hat.ora"
    screen.wait(lambda seen: not seen["dirty"] and project.exists())
    (layer,) = load(project).document.layers
    assert layer.mask is not None  # what lies under it is still there
    assert "Traceback" not in screen.stderr
