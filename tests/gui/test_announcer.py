# SPDX-License-Identifier: Apache-2.0
"""What is told on cards, and what can be done there at once."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from prodedit.core.problem import Problem
from prodedit.engine.service.store_problems import not_there
from prodedit.gui.main_window import MainWindow
from prodedit.gui.notices import Notice
from tests.window import button, open_noise, opened_window

LONG = 30_000


def missing(model: str) -> Problem:
    return not_there("Painter", model)


def texts(window: MainWindow) -> list[str]:
    return [notice.text for notice in window.notices.findChildren(Notice)]


@pytest.mark.parametrize(
    ("model", "told"),
    [("painter", "The model Painter is here now."), ("bug", "failed on this picture")],
)
def test_a_missing_model_is_brought_by_one_click(
    qtbot: QtBot, tmp_path: Path, model: str, told: str
) -> None:
    with opened_window(qtbot, tmp_path) as window:
        session = open_noise(window)
        session.failed.emit(missing(model))
        assert texts(window) == ["The model Painter is not on this computer yet."]
        before = session.document
        button(window.notices, "Get it now").click()
        qtbot.waitUntil(
            lambda: any(told in text for text in texts(window)) and not session.pending,
            timeout=LONG,
        )
        assert session.document is before
        assert session.stack.count() == 0


def test_without_a_picture_the_command_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    with opened_window(qtbot, tmp_path) as window:
        window.workspace.failed.emit(missing("painter"))
        assert "prodedit models pull painter" in texts(window)[0]
