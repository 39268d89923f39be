# SPDX-License-Identifier: Apache-2.0
"""Style and enhancement as a new user meets them, with the real networks: a backdrop painted behind
a product that stays as it is, and a picture made larger and cleaner; then the same by command."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from prodedit.core.document import PHOTO
from prodedit.core.export_setting import ExportSetting
from prodedit.core.geometry import Size
from prodedit.editing.session import EditSession
from prodedit.editing.style_choice import StyleChoice
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.store import Status, default_store
from prodedit.gui.main_window import MainWindow
from tests.walks.test_spine import Steps, merged, press
from tests.window import open_file, opened_window

SHOES = "train/clothing/test/shoes"
PAINTING = "styles"
SECONDS = 150_000
NEEDED = (
    "u2net", "isnet", "multistyle26", "style-predictor", "style-transformer",
    "realesr-animevideov3", "ppocr-det",
)  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    for model in NEEDED:
        if default_store().state(model).status is Status.MISSING:
            pytest.skip(f"no weights: prodedit models pull {model}")
    with opened_window(qtbot, tmp_path / "own", EngineClient) as window:
        yield window


def small(source: Path, target: Path, side: int) -> Path:
    """A copy with few pixels: the walk is about what happens, not about how long it takes."""
    picture = cv2.imread(str(source))
    scale = side / max(picture.shape[:2])
    size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
    cv2.imwrite(str(target), cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
    return target


def photo(shared_data: Path, folder: Path, number: int, side: int = 320) -> Path:
    return small(sorted((shared_data / SHOES).glob("*.jpg"))[number], folder / "shoes.png", side)


def exported(
    window: MainWindow, qtbot: QtBot, session: EditSession, path: Path, setting: ExportSetting
) -> bytes:
    with qtbot.waitSignal(window.workspace.exported, timeout=SECONDS):
        window.workspace.export(session, path, setting)
    return path.read_bytes()


def said(*words: str | Path) -> None:
    """`prodedit WORDS`, which has to succeed."""
    command = [sys.executable, "-P", "-m", "prodedit", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=150, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.long
def test_only_the_backdrop_becomes_a_painting(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, shared_data: Path
) -> None:
    path = photo(shared_data, tmp_path, 6)
    painting = small(min((shared_data / PAINTING).iterdir()), tmp_path / "painting.png", 400)
    window.workspace.change_settings(style=StyleChoice(scope="background"))
    session = open_file(qtbot, window.workspace, path)
    before = merged(session)
    steps = Steps(window, session, qtbot)
    steps.step(lambda: press(window.background.cutout.button))
    mask = session.document.find(PHOTO).mask
    product = mask.alpha.to_array() == 255

    window.side.open("style")
    panel = window.style_panel
    with qtbot.waitSignal(panel.source.chosen, timeout=SECONDS):
        panel.source.use_file(painting)
    assert panel.scope.current == "background"
    steps.step(lambda: press(panel.row.button))
    after = merged(session)
    assert (after[product] == before[product]).all(), "the product keeps every bit"
    background = mask.alpha.to_array() == 0
    assert (after[background, 3] == 255).all()
    assert np.abs(after[background].astype(int) - before[background]).mean() > 5
    assert panel.row.told.text()

    png = ExportSetting(format="png")
    by_window = exported(window, qtbot, session, tmp_path / "window.png", png)
    steps.back()
    assert (merged(session) == before).all()
    out = tmp_path / "line.png"
    said("style", path, "-o", out, "--style", painting, "--scope", "background")
    assert out.read_bytes() == by_window


@pytest.mark.slow
def test_a_picture_is_cleaned_and_made_larger(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, shared_data: Path
) -> None:
    path = photo(shared_data, tmp_path, 2, 240)
    session = open_file(qtbot, window.workspace, path)
    before = merged(session)
    steps = Steps(window, session, qtbot)
    window.side.open("enhance")
    panel = window.enhance
    panel.sliders["denoise"].changed.emit(50)
    press(panel.sizes.button("size"))
    panel.width_field.setValue(600)
    panel.height_field.setValue(600)
    panel._box_set()
    qtbot.waitUntil(panel.row.button.isEnabled, timeout=SECONDS)
    steps.step(lambda: press(panel.row.button))
    assert max(session.document.size) == 600
    small_again = cv2.resize(merged(session), Size(*before.shape[1::-1]), cv2.INTER_AREA)
    assert np.abs(small_again.astype(int) - before).mean() < 6, "the same picture, larger"

    png = ExportSetting(format="png")
    by_window = exported(window, qtbot, session, tmp_path / "window.png", png)
    steps.back()
    assert (merged(session) == before).all()
    out = tmp_path / "line.png"
    said("enhance", path, "-o", out, "--size", "600x600", "--denoise", "0.5")
    assert out.read_bytes() == by_window
