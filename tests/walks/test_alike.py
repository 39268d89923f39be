# SPDX-License-Identifier: Apache-2.0
"""Several pictures made alike in a real window, from outside: by a recipe, by a look; a lock that
holds; one photo of several products cut apart."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.walks.test_layers import steps
from tests.walks.test_more_documents import (
    BLUE,
    GREEN,
    RED,
    names,
    open_files,
    open_three,
    own_data,
    pick,
    saved,
    seen,
    started,
    told,
)
from tests.walks.test_real_window import Screen, choose, screen

__all__ = ["own_data", "screen", "started"]


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_a_recipe_is_kept_and_done_again(started: Screen, tmp_path: Path) -> None:
    screen, folder = started, tmp_path / "photos"
    open_three(screen, folder, "many-1-open")
    screen.keys("ctrl+i", "ctrl+j")
    steps(screen, 2)
    screen.click("History")
    screen.settle()
    screen.picture("many-2-history")
    screen.click("Save as recipe…")
    screen.wait(lambda seen: "Save as recipe" in seen["windows"])
    screen.click("Name")
    screen.keys("ctrl+a")
    screen.type("Turned over")
    screen.settle()
    screen.picture("many-3-recipe")
    screen.click("Save recipe")
    screen.wait(lambda seen: "Save as recipe" not in seen["windows"])
    told(screen, "Turned over")
    screen.keys("ctrl+Tab")
    steps(screen, 0)
    pick(screen, "alt+p", "Apply recipe", "Turned over", picture="many-4-recipes")
    screen.wait(lambda seen: len(seen["rows"]) == 3)
    screen.settle()
    screen.picture("many-5-replayed")
    saved(screen)
    assert sorted(names(folder / "one.ora"))[:2] == ["Invert colours", "Invert colours copy"]
    assert "Traceback" not in screen.stderr


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_a_look_goes_round_and_a_lock_holds(started: Screen, tmp_path: Path) -> None:
    screen, folder = started, tmp_path / "photos"
    open_three(screen, folder, "look-1-open")
    screen.keys("ctrl+i")
    steps(screen, 1)
    screen.keys("ctrl+alt+shift+c")
    told(screen, "The look of “three.png” is copied")
    screen.picture("look-2-copied")
    for name in ("one", "two"):
        screen.keys("ctrl+Tab")
        steps(screen, 0)
        screen.click("Lock pixels")
        steps(screen, 1)
        screen.keys("b")
        x, y = screen.middle("canvas")
        screen.drag((x - 10, y), (x, y), (x + 10, y))
        told(screen, f"The layer “{name}” is locked. Unlock it to change it.")
        assert screen.seen()["steps"] == 1
        screen.picture(f"look-3-locked-{name}")
        screen.keys("ctrl+alt+shift+v")  # an adjustment above it leaves its pixels alone
        steps(screen, 2)
        saved(screen)
    screen.settle()
    screen.picture("look-4-pasted")
    for name in ("one", "two"):
        changed, before = seen(folder / f"{name}.ora"), cv2.imread(str(folder / f"{name}.png"))
        assert (changed == 255 - before).all()
    assert "Traceback" not in screen.stderr


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_products_of_one_photo_become_files(started: Screen, tmp_path: Path) -> None:
    screen, folder = started, tmp_path / "photos"
    folder.mkdir()
    photo = np.full((300, 600, 3), 255, np.uint8)
    places = dict(zip((RED, BLUE, GREEN), (100, 300, 500), strict=True))
    for colour, x in places.items():
        cv2.circle(photo, (x, 150), 60, colour, -1)
    cv2.imwrite(str(folder / "three.png"), photo)
    open_files(screen, "apart-1-open", folder / "three.png")
    screen.keys("ctrl+1", "w", "shift+w")
    x, y = screen.middle("canvas")
    screen.drag((x, y - 120), (x, y - 120))
    screen.wait(lambda seen: seen["selected"] is not None)
    screen.keys("ctrl+shift+i")
    screen.wait(lambda seen: seen["selected"] is not None and seen["selected"][2] < 560)
    pick(screen, "alt+s", "Save as mask")
    steps(screen, 3)
    screen.settle()
    screen.picture("apart-2-masked")
    pick(screen, "alt+p", "Separate products", picture="apart-3-menu")
    screen.wait(lambda seen: "3 of 3 products" in seen["places"])
    screen.settle()
    screen.picture("apart-4-products")
    screen.click("Save each…")
    choose(screen, "apart-5-where", folder)
    told(screen, "3 products were saved in “photos”.")
    screen.picture("apart-6-saved")
    for number, colour in enumerate(places, 1):
        made = cv2.imread(str(folder / f"three-{number}.png"), cv2.IMREAD_UNCHANGED)
        height, width, _ = made.shape
        assert 120 <= width <= 160
        assert 120 <= height <= 160
        assert made[height // 2, width // 2].tolist() == [*colour, 255]
        assert made[0, 0, 3] == 0
    assert "Traceback" not in screen.stderr
