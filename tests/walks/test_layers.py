# SPDX-License-Identifier: Apache-2.0
"""Layers and their effects in a real window, by mouse and keys from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from prodedit.core.document import PHOTO
from prodedit.core.effects import ContactShadow, DropShadow
from prodedit.core.layer import AdjustmentContent, GroupContent
from prodedit.files.openraster_read import load
from tests.walks.test_real_window import Screen, screen
from tests.walks.test_spine import copied

__all__ = ["screen"]


def steps(screen: Screen, count: int) -> None:
    """Wait until so many steps are done."""
    screen.wait(lambda seen: seen["steps"] == count and not seen["busy"])


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_a_person_works_with_layers(screen: Screen, shared_data: Path, tmp_path: Path) -> None:
    photo = copied(shared_data, tmp_path / "photos")
    screen.start(str(photo), "--language", "en")
    screen.wait(lambda seen: seen["steps"] == 0)
    screen.click("Fast")
    screen.click("Remove background")
    steps(screen, 1)
    screen.scroll_to("White", over="Remove background")
    screen.click("White")
    steps(screen, 2)

    screen.click("Properties")
    screen.click("Ready-made…")
    screen.settle()
    screen.picture("layers-1-ready-made")
    screen.do("key", "Down", "Return")
    steps(screen, 3)
    screen.settle()
    screen.picture("layers-2-studio-shadow")

    done = screen.seen()["steps"]
    screen.click("canvas")
    screen.keys("ctrl+j", "5")
    steps(screen, done + 2)
    screen.keys("shift+alt+m")
    steps(screen, done + 3)
    screen.settle()
    screen.picture("layers-3-multiply")

    name = "hat"
    x, y = screen.middle(f"{name} copy/name")
    screen.do("mousemove", x, y, "click", "--repeat", 2, "--delay", 80, 1, "sleep", 0.3)
    screen.type("Second")
    screen.keys("Return")
    steps(screen, done + 4)
    assert "Second" in screen.seen()["rows"]

    screen.do("keydown", "ctrl")
    screen.click(f"{name}/name")
    screen.do("keyup", "ctrl")
    screen.picture("layers-4-two-chosen")
    screen.keys("ctrl+g")
    steps(screen, done + 5)
    screen.drag(
        screen.middle("Group/eye"), screen.middle("Second/eye"), screen.middle("Second/eye")
    )
    steps(screen, done + 6)
    screen.keys("ctrl+z")
    steps(screen, done + 5)
    screen.click("Group/name")
    screen.do("mousemove", *screen.middle("Group/name"), "click", 3, "sleep", 0.5)
    screen.picture("layers-5-context-menu")
    screen.do("key", "Escape")

    screen.keys("alt+l")
    screen.settle()
    screen.picture("layers-6-layer-menu")
    screen.do("key", "i")
    screen.settle()
    screen.picture("layers-7-align")
    screen.do("key", "Return")  # left
    steps(screen, done + 6)

    screen.click("New adjustment of what lies below")
    screen.settle()
    screen.picture("layers-8-adjustments")
    screen.do("key", "Down", "Down", "Return")
    steps(screen, done + 7)
    screen.keys("ctrl+alt+g")
    steps(screen, done + 8)
    screen.settle()
    screen.picture("layers-9-clipped")

    screen.keys("ctrl+s")
    project = tmp_path / "photos" / "hat.ora"
    screen.wait(lambda seen: not seen["dirty"] and project.exists())
    document = load(project).document
    group = next(one for one in document.layers if isinstance(one.content, GroupContent))
    levels = next(one for one in document.layers if isinstance(one.content, AdjustmentContent))
    assert [child.name for child in group.children] == [name, "Second"]
    assert (group.children[1].opacity, group.children[1].blend) == (0.5, "multiply")
    assert levels.clip
    cut_out = document.find(PHOTO)
    assert {type(effect) for effect in cut_out.effects} == {ContactShadow, DropShadow}
    assert cut_out.transform.dx < 0  # it went to the left edge

    screen.keys("ctrl+shift+e")
    steps(screen, done + 9)
    assert len(screen.seen()["rows"]) == 1
    screen.keys("ctrl+z")
    screen.wait(lambda seen: len(seen["rows"]) == 5)
    assert "Traceback" not in screen.stderr
