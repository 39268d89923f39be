# SPDX-License-Identifier: Apache-2.0
"""A person's own program in a real window: its preferences are kept and carried along, it shows
round once, needs no mouse, fits a small and dense screen, and reports no more than it says."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtGui import QColorSpace

from prodedit.data_files import DATA_VARIABLE, data_folder, resources_folder
from tests.walks.test_adjusting import opened
from tests.walks.test_habits import chosen, kept, quits, typed
from tests.walks.test_layers import steps
from tests.walks.test_real_window import Screen, choose, screen

__all__ = ["screen"]
Computer = Callable[..., Screen]


@pytest.fixture
def computer(
    screen: Screen, x_display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Computer]:
    """Makes another one than that of `screen`, by its name: without settings, and with these
    networks only."""
    made: list[Screen] = []

    def make(name: str, *networks: str) -> Screen:
        data = tmp_path / name / "data"
        data.mkdir(parents=True)
        for network in networks:
            shutil.copytree(data_folder() / "models" / network, data / "models" / network)
        monkeypatch.setenv(DATA_VARIABLE, str(data))
        made.append(Screen(x_display, tmp_path / name))
        monkeypatch.undo()
        return made[-1]

    yield make
    for one in made:
        one.kill()


@pytest.fixture
def dense_display(screen: Screen) -> Iterator[str]:
    """A screen with four pixels where another has one, and no larger than a small laptop's; there
    is what it takes, where there is a `screen`."""
    read, write = os.pipe()
    size = ("-screen", "0", "2732x1536x24")
    command = ["Xvfb", "-displayfd", str(write), *size, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as answer:
        yield f":{answer.readline().strip()}"
    server.kill()
    server.wait()


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_preferences_are_kept(screen: Screen, tmp_path: Path) -> None:
    profile = tmp_path / "monitor.icc"
    profile.write_bytes(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb).iccProfile().data())
    opened(screen, tmp_path / "photos", "en")
    screen.keys("ctrl+k")
    chosen(screen, "Colours", "Home", "Down", "Down", value="Light")
    screen.wait(lambda seen: seen["lightness"] > 200)
    screen.picture("habits-preferences-1-light")
    chosen(screen, "Language", "End", value="简体中文")
    chosen(screen, "Computing", "End", value="Processor only")
    typed(screen, "Memory for undo", "512", said="512 MB")
    typed(screen, "Processors used", "1", said="1")
    typed(screen, "Earlier versions kept", "5", said="5")
    screen.click("Monitor")
    screen.settle()
    screen.do("key", "End", "Return")
    choose(screen, "habits-preferences-2-profile", profile)
    screen.wait(lambda seen: seen["values"].get("Monitor") == "monitor.icc")
    screen.picture("habits-preferences-3-chosen")
    wanted: dict[str, object] = {
        "theme": "light",
        "language": "zh_CN",
        "device": "cpu",
        "undo_megabytes": 512,
    }
    wanted |= {"threads": 1, "versions": 5, "monitor": str(profile)}
    screen.wait(lambda _: wanted.items() <= kept(screen).items())
    screen.keys("Escape")
    screen.wait(lambda seen: "Memory for undo" not in seen["values"])
    quits(screen)

    screen.start()
    screen.wait(lambda seen: "打开照片" in seen["places"] and seen["lightness"] > 200)
    screen.wait(lambda seen: "空白图层" in seen["places"])
    screen.keys("ctrl+k")
    said = {"语言": "简体中文", "显示器": "monitor.icc", "撤销占用内存": "512 MB"}
    screen.wait(lambda seen: said.items() <= seen["values"].items())
    screen.picture("habits-preferences-4-zh-light")
    assert "Traceback" not in screen.stderr


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_the_main_job_without_a_mouse(screen: Screen, tmp_path: Path) -> None:
    photo = Path(shutil.copy(resources_folder() / "samples" / "mug.jpg", tmp_path))
    screen.start("--language", "en")
    screen.wait(lambda seen: "Empty layer" in seen["places"])
    screen.keys("ctrl+o")
    choose(screen, "habits-keyboard-1-open", photo)
    steps(screen, 0)
    screen.keys("F6")
    walk_to(screen, "Remove background", "Tab")
    screen.picture("habits-keyboard-2-panel")
    screen.do("key", "space")
    steps(screen, 1)
    walk_to(screen, "Transparent", "Tab")
    screen.do("key", "Right")  # of these one is chosen, so that Tab goes on behind them
    screen.wait(lambda seen: seen["steps"] == 2 and seen["focus"] == "White")
    screen.keys("ctrl+alt+shift+w")
    screen.wait(lambda seen: "Export…" in seen["places"])
    walk_to(screen, "Export…", "Tab")
    screen.picture("habits-keyboard-3-export")
    screen.do("key", "space")
    target = tmp_path / "white.jpg"
    choose(screen, "habits-keyboard-4-save", target)
    screen.wait(lambda seen: any("white.jpg" in text for text in seen["told"]))
    written = cv2.imread(str(target))
    assert written is not None
    assert np.abs(written[:8, :8].astype(int) - 255).max() <= 4
    assert "Traceback" not in screen.stderr


def walk_to(screen: Screen, name: str, key: str) -> None:
    """Press it until the focus is there."""
    for _ in range(60):
        if screen.seen()["focus"] == name:
            return
        screen.do("key", key)
        screen.settle()
    raise AssertionError(f"{key} never comes to {name}")


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize(
    ("language", "show", "following", "last", "layer"),
    [
        ("en", "Show me round", "Next", "Done", "Empty layer"),
        ("zh_CN", "带我看看", "下一步", "完成", "空白图层"),
    ],
    ids=("en", "zh_CN"),
)
def test_the_tour_comes_once(
    screen: Screen, language: str, show: str, following: str, last: str, layer: str
) -> None:
    screen.start("--language", language)
    screen.click(show)
    for number in range(1, 8):
        screen.place(f"{number} / 7")
        screen.picture(f"habits-tour-{language}-{number}")
        screen.click(last if number == 7 else following)
    screen.wait(lambda seen: "7 / 7" not in seen["places"])
    quits(screen)
    assert kept(screen)["toured"] is True
    screen.start("--language", language)
    screen.wait(lambda seen: layer in seen["places"])  # all is there
    screen.keys("ctrl+k")  # and what was due with it came
    screen.wait(lambda seen: len(seen["windows"]) == 2)
    assert show not in screen.seen()["places"]
    assert "Traceback" not in screen.stderr


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_a_report_says_no_more_than_it_says(screen: Screen, tmp_path: Path) -> None:
    opened(screen, tmp_path / "photos", "en")
    screen.keys("alt+h")
    screen.click("Report a problem/entry")
    screen.wait(lambda seen: "Save…" in seen["places"])
    screen.settle()
    screen.picture("habits-report-1")
    screen.click("Save…")
    report = tmp_path / "report.zip"
    choose(screen, "habits-report-2-save", report)
    screen.wait(lambda seen: "Saved." in seen["places"])
    with zipfile.ZipFile(report) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert set(texts) <= {"report.txt", "prodedit.log", "prodedit.log.1", "crash.log"}
    assert "Network u2net: here" in texts["report.txt"]
    for text in texts.values():
        assert "mug" not in text
        assert str(tmp_path) not in text
    assert "Traceback" not in screen.stderr


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_belongings_go_along(computer: Computer, tmp_path: Path) -> None:
    screen = computer("here", "ppocr-det")
    opened(screen, tmp_path / "photos", "en")
    screen.keys("ctrl+r")
    screen.wait(lambda _: kept(screen).get("aids", {}).get("rulers") is True)
    screen.keys("ctrl+k")
    chosen(screen, "Colours", "End", value="Light")
    screen.click("Take along…")
    screen.wait(lambda seen: "Settings and keys" in seen["places"])
    screen.settle()
    screen.picture("habits-carry-1-take")
    screen.click("Save…")
    file = tmp_path / "mine.prodedit"
    choose(screen, "habits-carry-2-save", file)
    screen.wait(lambda seen: "It is saved." in seen["places"])
    assert str(tmp_path).encode() not in zipfile.ZipFile(file).read("settings.json")
    screen.kill()

    fresh = computer("there")
    fresh.start("--language", "zh_CN")
    fresh.wait(lambda seen: "空白图层" in seen["places"] and seen["lightness"] < 100)
    fresh.keys("ctrl+k")
    fresh.click("导入…")
    choose(fresh, "habits-carry-3-choose", file)
    fresh.wait(lambda seen: "设置和快捷键" in seen["places"])
    fresh.settle()
    fresh.picture("habits-carry-4-bring")
    fresh.click("导入")
    fresh.wait(lambda seen: seen["lightness"] > 200)
    fresh.picture("habits-carry-5-brought")
    fresh.wait(lambda _: kept(fresh).get("aids", {}).get("rulers") is True)
    assert kept(fresh)["recent"] == []
    sizes = [file.stat().st_size for file in (tmp_path / "there" / "data").glob("models/*/*")]
    assert sum(sizes) > 1 << 20
    assert "Traceback" not in fresh.stderr + screen.stderr


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_dense_and_small_screen(
    dense_display: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    monkeypatch.setenv("QT_SCALE_FACTOR", "2")
    (tmp_path / "dense").mkdir()
    dense = Screen(dense_display, tmp_path / "dense")
    try:
        opened(dense, tmp_path / "photos", language)
        dense.settle()
        dense.picture(f"habits-dense-{language}-1")
        for number, keys in enumerate((("ctrl+l",), ("ctrl+alt+shift+w",), ("F1",)), 2):
            dense.keys(*keys)
            dense.settle()
            dense.settle()
            dense.picture(f"habits-dense-{language}-{number}")
        parts = [place for name, place in dense.seen()["places"].items()]
        assert max(x + width for x, _, width, _ in parts) <= 1366
        assert max(y + height for _, y, _, height in parts) <= 768
        assert dense.seen()["places"]["canvas"][2] > 800
        assert "Traceback" not in dense.stderr
    finally:
        dense.kill()
