# SPDX-License-Identifier: Apache-2.0
"""Adjustments in a real window, by mouse and keys from outside."""

from __future__ import annotations

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from prodedit.core.adjust import values
from prodedit.core.layer import AdjustmentContent
from prodedit.data_files import resources_folder
from prodedit.files.openraster_read import load
from prodedit.gui.panels.adjustments.handles import MARGIN
from tests.walks.test_layers import steps
from tests.walks.test_real_window import Screen, choose, screen

__all__ = ["screen"]


def opened(screen: Screen, folder: Path, language: str) -> Path:
    folder.mkdir()
    photo = Path(shutil.copy(resources_folder() / "samples" / "mug.jpg", folder))
    screen.start(str(photo), "--language", language)
    screen.wait(lambda seen: seen["steps"] == 0)
    return photo


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_a_person_adjusts_and_recolours(screen: Screen, tmp_path: Path) -> None:
    photo = opened(screen, tmp_path / "photos", "en")
    screen.keys("ctrl+l")
    steps(screen, 1)
    bar = "Black, middle and white of the picture"
    x, y, _, height = screen.place(bar)
    low = y + height - 8
    screen.drag((x + MARGIN, low), (x + MARGIN + 25, low), (x + MARGIN + 50, low))
    steps(screen, 2)
    screen.do("key", "Right", "Right")
    screen.settle()
    more = screen.seen()["steps"] - 2  # none, where that was soon enough to be the same step
    assert more <= 2
    screen.settle()
    screen.picture("adjust-1-levels")

    screen.keys("ctrl+m")
    steps(screen, 3 + more)
    x, y, width, height = screen.place("Curve")
    middle = (x + width // 2, y + height // 2)
    screen.drag(middle, (middle[0], middle[1] - 20), (middle[0] - 6, middle[1] - 30))
    steps(screen, 4 + more)
    screen.do("sleep", 1.2, "key", "Delete")  # a point of the curve, not the layer
    steps(screen, 5 + more)
    assert len(screen.seen()["layers"]) == 3
    screen.picture("adjust-2-curves")

    screen.click("All adjustments")
    screen.picture("adjust-3-all")
    screen.click("Recolour")
    steps(screen, 6 + more)
    x, y = screen.middle("canvas")
    screen.do("mousemove", x - 60, y + 20, "sleep", 0.2, "click", 1)
    steps(screen, 8 + more)  # the colour, and what the network then finds to be the product
    screen.click("Red #B3202C")
    steps(screen, 9 + more)
    screen.wait(lambda seen: any(name.startswith("ΔE") for name in seen["places"]))
    screen.picture("adjust-4-recoloured")
    screen.scroll_to("Variants", over="Click the product's colour")
    screen.click("Variants")
    screen.settle()
    screen.scroll_to("Add this colour", over="New colour")
    screen.click("Add this colour")
    screen.settle()
    screen.scroll_to("Export variants…", over="Add this colour")
    screen.settle()
    screen.picture("adjust-5-variants")
    screen.click("Export variants…")
    screen.wait(lambda seen: "fileNameEdit" in seen["places"])
    choose(screen, "adjust-6-folder", tmp_path / "photos")
    screen.wait(lambda seen: any("1 variants" in text for text in seen["told"]))
    written = tmp_path / "photos" / "mug-b3202c.jpg"
    assert is_red(written)

    screen.click("canvas")
    screen.keys("ctrl+shift+u", "ctrl+i", "ctrl+u", "ctrl+b")
    steps(screen, 13 + more)
    screen.picture("adjust-7-many")
    screen.keys("ctrl+s")
    screen.wait(lambda seen: not seen["dirty"])
    saved = load(photo.with_suffix(".ora")).document
    kinds = [
        type(layer.content.adjustment)
        for layer in saved.walk()
        if isinstance(layer.content, AdjustmentContent)
    ]
    assert set(kinds) == {
        values.Levels, values.Curves, values.Recolour, values.HueSaturation, values.Invert,
        values.ColourBalance,
    }  # fmt: skip
    assert "Traceback" not in screen.stderr


@pytest.mark.xvfb
@pytest.mark.slow
def test_the_panel_in_chinese(screen: Screen, tmp_path: Path) -> None:
    opened(screen, tmp_path / "photos", "zh_CN")
    screen.click("调整")
    screen.click("直方图")
    screen.settle()
    screen.picture("adjust-zh-1-all")
    screen.keys("ctrl+u")
    steps(screen, 1)
    screen.settle()
    screen.picture("adjust-zh-2-hue")
    x, y, width, height = screen.place("饱和度 slider")
    middle = (x + width // 2, y + height // 2)
    screen.drag(middle, (middle[0] + 20, middle[1]), (middle[0] + 45, middle[1]))
    steps(screen, 2)
    screen.picture("adjust-zh-3-saturated")
    assert "Traceback" not in screen.stderr


def is_red(path: Path) -> bool:
    pixels = cv2.imread(str(path)).astype(int)
    blue, _, red = pixels[500:800, 750:1100].mean(axis=(0, 1))
    return bool(red > blue + 40 and np.isfinite(red))
