# SPDX-License-Identifier: Apache-2.0
"""Transform, crop and the sizes in a real window, by mouse and keys from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from prodedit.core.warp import MeshWarp, Perspective
from prodedit.files.openraster_read import load
from tests.walks.test_real_window import Screen, screen
from tests.walks.test_spine import copied

__all__ = ["screen"]


@pytest.mark.xvfb
@pytest.mark.slow
def test_a_person_transforms_and_crops(screen: Screen, shared_data: Path, tmp_path: Path) -> None:
    photo = copied(shared_data, tmp_path / "photos")
    screen.start(str(photo), "--language", "en")
    screen.wait(lambda seen: seen["steps"] == 0)
    x, y = screen.middle("canvas")

    screen.keys("ctrl+j")
    screen.wait(lambda seen: seen["steps"] == 1)
    screen.keys("ctrl+t")
    screen.wait(lambda seen: "Apply" in seen["places"])
    screen.picture("transform-1-begun")
    screen.keys("Right")
    screen.click("Turn right by 90°")
    screen.drag((x, y - 40), (x + 10, y - 30), (x + 60, y + 10))
    screen.picture("transform-2-turned")
    screen.keys("Return")
    screen.wait(lambda seen: seen["steps"] == 2 and "Apply" not in seen["places"])

    screen.keys("ctrl+t")
    screen.wait(lambda seen: "Apply" in seen["places"])
    screen.do("mousemove", x + 20, y + 20, "click", 3, "sleep", 0.5)
    screen.picture("transform-3-menu")
    screen.settle()
    screen.do("key", "Down", "Down", "Down", "Down", "Down", "Return")
    screen.settle()
    screen.drag((x + 40, y + 20), (x + 60, y + 40), (x + 90, y + 70))
    screen.settle()
    screen.picture("transform-4-warp")
    screen.keys("Escape")
    screen.wait(lambda seen: "Apply" not in seen["places"])
    assert screen.seen()["steps"] == 2

    screen.keys("c")
    screen.wait(lambda seen: "Crop to product" in seen["places"])
    screen.drag((x - 120, y - 100), (x - 60, y), (x + 100, y + 120))
    screen.picture("crop-1-frame")
    screen.click("Draw a level line")
    screen.drag((x - 80, y), (x, y + 5), (x + 80, y + 12))
    screen.settle()
    screen.picture("crop-2-levelled")
    screen.keys("Return")
    screen.wait(lambda seen: seen["steps"] == 3)
    screen.settle()
    screen.picture("crop-3-done")
    screen.keys("v")

    screen.keys("ctrl+alt+i")
    screen.wait(lambda seen: "Change size" in seen["places"])
    screen.focus()
    screen.do("key", "ctrl+a")
    screen.settle()
    screen.do("type", "--delay", 60, "6000")
    screen.wait(lambda seen: any("6000 × 6000" in text for text in seen["places"]))
    screen.picture("sizes-1-image")
    screen.keys("Escape")
    screen.wait(lambda seen: "Change size" not in seen["places"])
    screen.keys("ctrl+alt+c")
    screen.wait(lambda seen: "Change canvas" in seen["places"])
    screen.click("↖")  # what stands on it
    screen.picture("sizes-2-canvas")
    screen.keys("Escape")

    screen.keys("ctrl+s")
    project = tmp_path / "photos" / "hat.ora"
    screen.wait(lambda seen: not seen["dirty"] and project.exists())
    first, second = load(project).document.layers
    assert not isinstance(second.warp, MeshWarp | Perspective)
    assert first.transform.b != 0  # levelled, and not resampled for it
    assert "Traceback" not in screen.stderr


@pytest.mark.xvfb
@pytest.mark.slow
def test_it_fits_in_chinese(screen: Screen, shared_data: Path, tmp_path: Path) -> None:
    photo = copied(shared_data, tmp_path / "photos")
    screen.start(str(photo), "--language", "zh_CN")
    screen.wait(lambda seen: seen["steps"] == 0)
    screen.keys("ctrl+t")
    screen.wait(lambda seen: "应用" in seen["places"])
    screen.picture("transform-zh")
    screen.keys("Escape")
    screen.wait(lambda seen: "应用" not in seen["places"])
    screen.keys("c")
    screen.wait(lambda seen: "按商品裁剪" in seen["places"])
    screen.picture("crop-zh")
    screen.keys("ctrl+alt+i")
    screen.wait(lambda seen: "更改大小" in seen["places"])
    screen.picture("image-size-zh")
    screen.keys("Escape")
    screen.wait(lambda seen: "更改大小" not in seen["places"])
    screen.keys("ctrl+alt+c")
    screen.wait(lambda seen: "更改画布" in seen["places"])
    screen.picture("canvas-size-zh")
    assert "Traceback" not in screen.stderr
