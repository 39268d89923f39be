# SPDX-License-Identifier: Apache-2.0
"""The real window, one for all tests of a file; each finds it empty."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from prodedit.editing.session import EditSession
from prodedit.gui.main_window import MainWindow
from prodedit.gui.panels.adjust import AdjustPanel
from tests.window import close_all, open_noise, opened_window


@pytest.fixture(scope="module")
def shared_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    with opened_window(qapp, tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def window(shared_window: MainWindow) -> Iterator[MainWindow]:
    yield shared_window
    close_all(shared_window)


@pytest.fixture
def session(window: MainWindow) -> EditSession:
    """A photo of noise."""
    return open_noise(window)


@pytest.fixture
def panel(window: MainWindow) -> AdjustPanel:
    """The Adjust panel, open."""
    window.side.open("adjust")
    return window.adjust
