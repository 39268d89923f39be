# SPDX-License-Identifier: Apache-2.0
"""The Generate panel without its window, on a workspace whose engine process is real."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from prodedit.editing.studio_choice import StudioChoice
from prodedit.editing.workspace import Workspace
from prodedit.engine.generators.library import GeneratorLibrary
from prodedit.gui.studio.panel import StudioPanel
from prodedit.gui.theme import apply_theme
from tests.gui.studio.desks import NAME, StudioDesk, write_card
from tests.window import opened_workspace

LONG = 30_000


@pytest.fixture(scope="module")
def shared_workspace(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    apply_theme(qapp, "dark")
    with opened_workspace(tmp_path_factory.mktemp("workspace")) as workspace:
        yield workspace


@pytest.fixture
def workspace(shared_workspace: Workspace) -> Iterator[Workspace]:
    shared_workspace.change_settings(studio=StudioChoice(count=8))
    yield shared_workspace
    for session in shared_workspace.sessions:
        shared_workspace.close_session(session)
    shared_workspace.wait_for_files()


@pytest.fixture
def library(tmp_path: Path) -> GeneratorLibrary:
    """With one generator of two directions."""
    library = GeneratorLibrary(tmp_path / "own", tmp_path / "shipped")
    write_card(library.own / f"{NAME}.generator")
    return library


@pytest.fixture
def desk(qapp: QApplication) -> StudioDesk:
    return StudioDesk()


@pytest.fixture
def panel(
    qtbot: QtBot, workspace: Workspace, library: GeneratorLibrary, desk: StudioDesk
) -> Iterator[StudioPanel]:
    with shown_panel(qtbot, workspace, library, desk) as panel:
        panel.pictures.seed.setValue(0)
        yield panel


class shown_panel:  # noqa: N801 - a context manager, used as a function
    """A panel in a widget of its own, which has looked at its library."""

    def __init__(
        self, qtbot: QtBot, workspace: Workspace, library: GeneratorLibrary, desk: StudioDesk
    ) -> None:
        self.host = QWidget()
        qtbot.addWidget(self.host)
        self.panel = StudioPanel(workspace, self.host, library=library, desk=desk)
        desk.job_moved.connect(self.panel.studio.session.job_moved)
        workspace.current_changed.connect(self.panel.set_session)
        column = QVBoxLayout(self.host)
        column.addWidget(self.panel)
        column.addWidget(self.panel.foot)
        self.host.resize(320, 900)
        self.host.show()
        self.panel.set_session(workspace.current)
        qtbot.waitUntil(lambda: self.panel.studio.is_known, timeout=LONG)
        self._workspace = workspace

    def __enter__(self) -> StudioPanel:
        return self.panel

    def __exit__(self, *_ignored: object) -> None:
        self._workspace.current_changed.disconnect(self.panel.set_session)
        self.host.hide()
