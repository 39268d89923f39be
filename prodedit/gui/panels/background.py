# SPDX-License-Identifier: Apache-2.0
"""The Background panel: cut the product out, put something behind it, correct the edge."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from prodedit.editing.workspace import Workspace
from prodedit.gui.actions import Actions
from prodedit.gui.document_view import DocumentView
from prodedit.gui.panels.backdrop_section import BackdropSection
from prodedit.gui.panels.cutout_section import CutoutSection
from prodedit.gui.panels.mask_section import MaskSection
from prodedit.gui.panels.task_row import keep_button


class BackgroundPanel(QWidget):
    tool_wanted = Signal(str)
    """A tool's id."""
    recipe_wanted = Signal(object)
    """A tuple of Steps: what the panel is set to."""

    def __init__(
        self,
        workspace: Workspace,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.cutout = CutoutSection(workspace, self)
        self.backdrop = BackdropSection(workspace, self)
        self.correct = MaskSection(actions, self)
        self.correct.tool_wanted.connect(self.tool_wanted)
        keep = keep_button(self)
        keep.clicked.connect(self._keep)
        self.backdrop.add_beside_title(keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 12)
        column.setSpacing(12)
        for section in (self.cutout, self.backdrop, self.correct):
            column.addWidget(section)
        column.addStretch(1)

    def set_view(self, view: DocumentView | None) -> None:
        session = None if view is None else view.session
        self.cutout.set_session(session)
        self.backdrop.set_session(session)
        self.correct.set_view(view)
        self.setEnabled(session is not None)

    def _keep(self) -> None:
        self.recipe_wanted.emit((self.cutout.task(), self.backdrop.step()))
