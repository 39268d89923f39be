# SPDX-License-Identifier: Apache-2.0
"""Painting and retouching by keys and mouse, in a real window, from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.walks.test_real_window import Screen, screen
from tests.walks.test_spine import copied

__all__ = ["screen"]


@pytest.mark.xvfb
@pytest.mark.slow
def test_a_person_retouches_a_photo(screen: Screen, shared_data: Path, tmp_path: Path) -> None:
    photo = copied(shared_data, tmp_path / "photos")
    screen.start(str(photo), "--language", "en")
    screen.wait(lambda seen: seen["steps"] == 0)
    x, y = screen.middle("canvas")

    def done(steps: int) -> None:
        screen.wait(lambda seen: seen["steps"] == steps and not seen["busy"])

    screen.keys("b", "bracketright")
    screen.drag((x - 120, y - 60), (x - 40, y - 80), (x + 60, y - 50))
    done(1)
    screen.keys("e")
    screen.drag((x - 80, y - 70), (x - 60, y + 10))
    done(2)
    screen.picture("paint-1-brushed")
    screen.keys("s")
    screen.do("mousemove", x - 120, y + 60, "keydown", "alt", "click", 1, "keyup", "alt")
    screen.drag((x + 40, y + 60), (x + 70, y + 70))
    done(3)
    screen.keys("j")
    screen.drag((x + 50, y - 50), (x + 90, y - 40))
    done(4)
    screen.keys("o", "shift+o")
    screen.drag((x - 40, y + 20), (x + 40, y + 20))
    done(5)
    screen.keys("j", "shift+j")
    screen.drag((x + 30, y - 60), (x + 60, y - 50))
    done(6)
    screen.do("sleep", 0.5)
    screen.picture("paint-2-erased")
    screen.keys("g")
    screen.drag((x - 100, y), (x + 100, y))
    done(7)
    for left in range(6, -1, -1):
        screen.keys("ctrl+z")
        done(left)
    assert "Traceback" not in screen.stderr
