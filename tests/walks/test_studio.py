# SPDX-License-Identifier: Apache-2.0
"""The generator studio in a real window, by mouse and keys from outside: pictures made, chosen,
changed, pulled and morphed, put on the canvas and exported; a training begun, paused, left, gone on
with and deleted."""

from __future__ import annotations

import re
from pathlib import Path

import cv2
import numpy as np
import pytest

from prodedit.data_files import DATA_VARIABLE
from prodedit.engine.generators.container import SUFFIX
from prodedit.engine.service.store import FEATURES, Status, data_folder, default_store
from prodedit.files.openraster_read import load
from prodedit.gui.studio.sending import made_by
from tests.engine.test_intake import product, save
from tests.walks.blob_generator import write_blobs
from tests.walks.test_real_window import Screen, choose, screen

__all__ = ["screen"]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the networks that there are, and no generators."""
    networks, own = data_folder() / "models", tmp_path / "data"
    (own / "generators").mkdir(parents=True)
    if networks.is_dir():
        (own / "models").symlink_to(networks)
    monkeypatch.setenv(DATA_VARIABLE, str(own))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setenv("PRODEDIT_THREADS", "1")
    return own


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_a_person_makes_a_product_that_never_was(
    data: Path, screen: Screen, tmp_path: Path
) -> None:
    write_blobs(data / "generators" / f"blobs{SUFFIX}")
    screen.start("--language", "en")
    open_panel(screen, "Generate 16")
    screen.click("Generate 16")
    screen.wait(lambda seen: seen["made"] == 16)
    screen.click("Picture 6")
    screen.wait(lambda seen: seen["chosen"] is not None)

    screen.click("Change")
    changed(screen, lambda: slide(screen, "Change 1 slider", 0.75))
    screen.scroll_to("Change 2 slider", over="Changes")
    changed(screen, lambda: slide(screen, "Change 2 slider", 0.3))
    screen.picture("studio-1-slid")

    screen.scroll_to("Pull", over="Changes", up=True)
    screen.click("Pull")
    x, y, width, height = screen.place("The chosen picture")
    screen.drag((x + width // 2, y + height // 2), (x + int(0.7 * width), y + height // 2))
    changed(screen, lambda: screen.click("Start"))
    if screen.seen()["pulls"]:
        screen.click("Stop")
        screen.wait(lambda seen: not seen["pulls"])
    screen.picture("studio-2-pulled")

    screen.click("Morph")
    screen.click("To")
    screen.click("Generated 2")
    screen.click("Show the way")
    changed(screen, lambda: screen.click("Step 3"))
    screen.picture("studio-3-way")

    screen.click("Send to canvas")
    screen.wait(lambda seen: seen["steps"] == 1 and len(seen["layers"]) == 2)
    screen.picture("studio-4-on-the-canvas")

    project = tmp_path / "made.ora"
    screen.keys("ctrl+shift+s")
    choose(screen, "studio-5-save", project)
    screen.wait(lambda seen: not seen["dirty"])
    layer = next(one for one in load(project).document.walk() if made_by(one))
    task = made_by(layer)
    assert task is not None
    assert task.generator == "blobs", "it can be opened in the studio again"

    screen.keys("ctrl+alt+shift+w")
    screen.click("PNG")
    screen.click("Export…")
    choose(screen, "studio-6-export", tmp_path / "made.png")
    screen.wait(lambda seen: any("made.png" in text for text in seen["told"]))
    picture = cv2.imread(str(tmp_path / "made.png"))
    assert (picture[:8, :8] > 225).all(), "white round the product"
    assert (np.abs(picture.astype(int) - 255).max(2) > 60).mean() > 0.002, "and a product"
    assert b"rainedAlgorithmicMedia" in (tmp_path / "made.png").read_bytes()
    assert "Traceback" not in screen.stderr


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_a_person_trains_goes_away_and_comes_back(
    data: Path, screen: Screen, tmp_path: Path
) -> None:
    if default_store().state(FEATURES).status is Status.MISSING:
        pytest.skip(f"no weights: prodedit models pull {FEATURES}")
    photos = tmp_path / "bags"
    for number in range(10):
        save(photos / f"{number}.png", product(number))
    (photos / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    screen.start("--language", "en")
    open_training(screen)
    screen.click("Folder of pictures")
    screen.type(str(photos))
    for field, entry in (("Kind", "For trying out"), ("Size of its pictures", "64")):
        screen.click(field)
        screen.type(entry)
        screen.keys("Return")
    screen.click("Cut products out onto white")
    screen.click("Start")
    learns(screen)
    screen.wait(lambda seen: seen["figures"] > 0)
    screen.click("Pause")
    screen.wait(lambda seen: "Paused" in seen["trained"])
    screen.picture("training-1-paused")
    screen.click("Go on")
    learns(screen)
    screen.kill()

    screen.start("--language", "en")
    open_training(screen)
    screen.wait(lambda seen: seen["begun"] == 1)
    screen.click("Training")
    screen.keys("Down", "Return")
    screen.click("Go on")
    learns(screen)
    screen.picture("training-2-gone-on")
    screen.click("Stop")
    screen.wait(lambda seen: "Go on" in seen["places"])
    screen.click("Delete")
    screen.click("Yes")
    screen.wait(lambda seen: seen["begun"] == 0)
    assert not list((data / "generators").iterdir())
    assert len(list(photos.iterdir())) == 11, "the photos stay"
    assert "Traceback" not in screen.stderr


def open_training(screen: Screen) -> None:
    """From the panel's menu: there is a generator already, the one that comes with the program."""
    open_panel(screen, "Generate 16")
    screen.click("Generators: import, export, delete")
    screen.wait(lambda seen: "" in seen["windows"])
    screen.keys("Down", "Return")  # "Train one…"


def open_panel(screen: Screen, button: str) -> None:
    screen.click("Generate")
    screen.wait(lambda seen: button in seen["places"])


def changed(screen: Screen, do: object) -> None:
    """Do something after which another picture is the chosen one."""
    before = screen.seen()["chosen"]
    do()  # type: ignore[operator]
    screen.wait(lambda seen: seen["chosen"] != before)


def slide(screen: Screen, slider: str, share: float) -> None:
    x, y, width, height = screen.place(slider)
    middle = y + height // 2
    screen.drag((x + width // 2, middle), (x + int(share * width), middle))


def learns(screen: Screen) -> None:
    """Until it tells how many pictures it has seen, more than once."""

    def seen_so_far(told: str) -> str | None:
        found = re.search(r"([\d,]+) pictures seen", told)
        return None if found is None else found[1]

    screen.wait(lambda seen: seen_so_far(seen["trained"]) is not None)
    first = seen_so_far(screen.seen()["trained"])
    screen.wait(lambda seen: seen_so_far(seen["trained"]) not in (first, None))
