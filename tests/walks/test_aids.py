# SPDX-License-Identifier: Apache-2.0
"""Rulers, guides, grid, snapping, navigator and a turned view in a real window, from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from prodedit.core.guides import Guide
from prodedit.files.openraster_read import load
from tests.walks.test_real_window import Screen, screen
from tests.walks.test_spine import copied

__all__ = ["screen"]


def held(screen: Screen, *places: tuple[int, int], picture: str) -> None:
    """A drag that is looked at before the button goes up."""
    screen.do("mousemove", *places[0], "sleep", 0.1, "mousedown", 1)
    for place in places[1:]:
        screen.do("mousemove", *place, "sleep", 0.1)
    screen.settle()
    screen.picture(picture)
    screen.do("mouseup", 1)


@pytest.mark.xvfb
@pytest.mark.slow
def test_a_person_puts_things_in_line(screen: Screen, shared_data: Path, tmp_path: Path) -> None:
    photo = copied(shared_data, tmp_path / "photos")
    screen.start(str(photo), "--language", "en")
    screen.wait(lambda seen: seen["steps"] == 0)
    screen.keys("ctrl+r")
    x, y = screen.middle("canvas")
    left, top, *_ = screen.seen()["places"]["canvas"]
    held(screen, (x, top - 10), (x, y - 60), (x, y - 80), picture="aids-1-guide-from-ruler")
    screen.wait(lambda seen: seen["steps"] == 1)
    screen.drag((left - 10, y), (x - 100, y), (x - 120, y))
    screen.wait(lambda seen: seen["steps"] == 2)
    screen.keys("v")
    screen.drag((x - 120, y + 40), (x - 60, y + 40), (x - 50, y + 40))  # the guide, not the layer
    screen.wait(lambda seen: seen["steps"] == 3)
    screen.drag((x + 30, y - 80), (x + 30, top + 4), (x + 30, top - 12))  # back to the ruler
    screen.wait(lambda seen: seen["steps"] == 4)

    screen.keys("u")
    held(screen, (x - 48, y - 30), (x, y), (x + 60, y + 50), picture="aids-2-shape-on-guide")
    screen.wait(lambda seen: len(seen["layers"]) == 2)
    screen.keys("v")
    held(screen, (x, y), (x - 30, y + 10), (x + 3, y + 2), picture="aids-3-smart-lines")
    screen.wait(lambda seen: seen["steps"] == 6)
    screen.keys("ctrl+apostrophe")
    screen.settle()
    screen.picture("aids-4-grid")
    screen.keys("ctrl+apostrophe")

    screen.click("Navigator")
    screen.do("mousemove", x + 10, y + 10, "sleep", 1)
    screen.picture("aids-5-navigator")
    screen.keys("r")
    held(screen, (x + 150, y), (x + 140, y + 60), (x + 120, y + 90), picture="aids-6-turned")
    screen.keys("m")
    held(screen, (x - 80, y - 60), (x, y), (x + 70, y + 40), picture="aids-7-turned-marquee")
    screen.wait(lambda seen: seen["selected"] is not None)
    screen.settle()
    screen.picture("aids-8-turned-ants")
    screen.keys("b")
    screen.do("mousemove", x + 20, y + 20, "sleep", 0.5)
    screen.picture("aids-9-turned-brush")
    screen.keys("r", "Escape")
    screen.keys("ctrl+s")
    project = tmp_path / "photos" / "hat.ora"
    screen.wait(lambda seen: not seen["dirty"] and project.exists())
    (guide,) = load(project).document.guides
    assert isinstance(guide, Guide)
    assert guide.direction == "upright"
    assert "Traceback" not in screen.stderr


@pytest.mark.xvfb
@pytest.mark.slow
def test_it_reads_well_in_chinese(screen: Screen, shared_data: Path, tmp_path: Path) -> None:
    photo = copied(shared_data, tmp_path / "photos")
    screen.start(str(photo), "--language", "zh_CN")
    screen.wait(lambda seen: seen["steps"] == 0)
    screen.keys("ctrl+r")
    screen.click("导航器")
    x, y = screen.middle("canvas")
    left, *_ = screen.seen()["places"]["canvas"]
    screen.drag((left - 10, y), (x - 100, y), (x - 120, y))
    screen.wait(lambda seen: seen["steps"] == 1)
    screen.keys("v")
    at = (x - 120, y + 40)
    screen.do("mousemove", *at, "sleep", 0.2, "click", "--repeat", 2, "--delay", 60, 1)
    screen.wait(lambda seen: "参考线" in seen["windows"])
    screen.settle()
    screen.picture("aids-zh-1-guide")
    screen.keys("Escape")
    screen.keys("alt+v")
    screen.settle()
    screen.picture("aids-zh-2-menu")
    screen.do("key", "Escape")
    screen.do("mousemove", left - 10, y, "sleep", 0.2, "click", 3, "sleep", 0.6)
    screen.picture("aids-zh-3-units")
    screen.do("key", "Escape")
    assert "Traceback" not in screen.stderr
