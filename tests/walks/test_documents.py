# SPDX-License-Identifier: Apache-2.0
"""A day's documents in a real window: new ones, earlier versions, another program, kill -9."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from prodedit.files.openraster_read import load
from prodedit.files.versions import version_name
from tests.walks.test_real_window import Screen, choose, screen

__all__ = ["screen"]


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_a_person_looks_after_several_documents(screen: Screen, tmp_path: Path) -> None:
    screen.start("--language", "en")
    screen.wait(lambda seen: "Empty layer" in seen["places"])  # from then on keys do something
    new_picture(screen, 1, 320, 240)
    screen.keys("ctrl+j")
    screen.wait(lambda seen: seen["steps"] == 1 and seen["dirty"])

    project = tmp_path / "first.ora"
    screen.keys("ctrl+s")
    choose(screen, "documents-1-save", project)
    screen.wait(lambda seen: not seen["dirty"] and seen["open"] == ["first.ora"])
    screen.keys("ctrl+j")
    screen.wait(lambda seen: seen["dirty"])
    screen.keys("ctrl+s")
    screen.wait(lambda seen: not seen["dirty"] and not seen["busy"])
    assert len(load(project).document.layers) == 4
    assert len(load(version_name(project, 1)).document.layers) == 3

    shutil.copy(version_name(project, 1), project)  # as another program would
    screen.click("Load it again")
    screen.wait(lambda seen: len(seen["layers"]) == 3 and not seen["dirty"])
    screen.picture("documents-2-loaded-again")
    screen.keys("ctrl+z")
    screen.wait(lambda seen: len(seen["layers"]) == 4 and seen["dirty"])

    for number in (2, 3):
        new_picture(screen, number, 100 * number, 80)
        screen.keys("ctrl+j")
        screen.wait(lambda seen: seen["steps"] == 1)
    screen.rest()
    screen.kill()
    screen.start("--language", "en")
    screen.wait(lambda seen: any("3 pictures" in text for text in seen["told"]))
    screen.picture("documents-3-killed")
    screen.click("Bring all back")
    names = ["New picture 2", "New picture 3", "first.ora"]
    screen.wait(lambda seen: sorted(seen["open"]) == names and seen["dirty"])
    screen.picture("documents-4-brought-back")
    assert "Traceback" not in screen.stderr


def new_picture(screen: Screen, number: int, width: int, height: int) -> None:
    screen.keys("ctrl+n")
    screen.wait(lambda seen: "Make picture" in seen["places"])
    screen.type(str(width))
    screen.keys("Tab", "ctrl+a")
    screen.type(str(height))
    screen.click("Make picture")
    title = f"New picture {number}"
    screen.wait(lambda seen: title in seen["open"] and "Make picture" not in seen["places"])
