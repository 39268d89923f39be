# SPDX-License-Identifier: Apache-2.0
"""Offers to open a layer that was generated in the studio again."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from prodedit.core.layer import Layer
from prodedit.editing.session import EditSession
from prodedit.engine.generating import Generate
from prodedit.gui.panels.section import secondary
from prodedit.gui.studio.sending import can_update, made_by


class LayerLink(QWidget):
    """Seen while such a layer is the active one."""

    open_wanted = Signal()
    changed = Signal()
    """Another layer is active, or it became another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: EditSession | None = None
        self.task: Generate | None = None
        self._opened: tuple[EditSession, str] | None = None
        self.told = secondary("", self)
        self.button = QPushButton(self.tr("Open here"), self)
        self.button.setProperty("look", "entry")
        self.button.clicked.connect(self.open_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.told, 1)
        row.addWidget(self.button)
        self.hide()

    @property
    def session(self) -> EditSession | None:
        return self._session

    @property
    def layer(self) -> Layer | None:
        return None if self._session is None else self._session.active_layer

    @property
    def to_update(self) -> Layer | None:
        """The active layer, where it was opened here and can take another picture."""
        layer, task = self.layer, self.task
        if layer is None or task is None or self._opened != (self._session, layer.id):
            return None
        return layer if can_update(task, layer) else None

    def set_session(self, session: EditSession | None) -> None:
        if self._session is not None:
            self._session.changed.disconnect(self._show)
            self._session.active_changed.disconnect(self._show)
        self._session = session
        if session is not None:
            session.changed.connect(self._show)
            session.active_changed.connect(self._show)
        self._show()

    def opened(self) -> None:
        """The active layer is what the studio shows now."""
        if self._session is not None:
            self._opened = (self._session, self._session.active_id)
        self._show()

    def forget(self) -> None:
        """Another picture is what the studio shows."""
        self._opened = None
        self._show()

    @Slot()
    def _show(self, *_ignored: object) -> None:
        layer = self.layer
        self.task = made_by(layer)
        is_open = layer is not None and self._opened == (self._session, layer.id)
        if layer is not None and self.task is not None:
            self.told.setText(self.tr("“{name}” was generated.").format(name=layer.name))
        self.setVisible(self.task is not None and not is_open)
        self.changed.emit()
