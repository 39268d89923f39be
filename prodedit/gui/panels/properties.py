# SPDX-License-Identifier: Apache-2.0
"""The Properties panel: what can be set of the active layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from prodedit.core.layer import AdjustmentContent, FillContent, Layer, ShapeContent, TextContent
from prodedit.editing.session import EditSession
from prodedit.gui.panels.effects_section import EffectsSection
from prodedit.gui.panels.fill_section import FillSection
from prodedit.gui.panels.layer_section import LayerSection
from prodedit.gui.panels.shape_section import ShapeSection
from prodedit.gui.panels.text_section import TextSection
from prodedit.gui.side_rail import WheelGuard

SECTIONS: Mapping[type, Callable[[QWidget], LayerSection]] = MappingProxyType(
    {TextContent: TextSection, ShapeContent: ShapeSection, FillContent: FillSection}
)
"""Kind of content -> its section, made when it is first needed."""


class PropertiesPanel(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: EditSession | None = None
        self._sections: dict[type, LayerSection] = {}
        self._guard = WheelGuard(self)
        self._hint = QLabel(self.tr("What can be set of the chosen layer is shown here."), self)
        self._hint.setProperty("role", "secondary")
        self._hint.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 12, 16)
        self._column.addWidget(self._hint)
        self._column.addStretch(1)
        self.effects: EffectsSection | None = None
        """Below the others, for every kind of layer that has a shape."""

    @property
    def section(self) -> LayerSection | None:
        """The one that shows."""
        return next((one for one in self._sections.values() if not one.isHidden()), None)

    def set_session(self, session: EditSession | None) -> None:
        if self._session is not None:
            self._session.changed.disconnect(self._follow)
            self._session.active_changed.disconnect(self._follow)
        self._session = session
        for section in (*self._sections.values(), self.effects):
            if section is not None:
                section.leave()
        if session is not None:
            session.changed.connect(self._follow)
            session.active_changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self, *_ignored: object) -> None:
        session = self._session
        layer = None if session is None else session.active_layer
        kind: type = type(None if layer is None else layer.content)
        for known, section in self._sections.items():
            section.setVisible(known is kind)
        self._hint.setVisible(layer is None)
        self._show_effects(session, layer)
        if session is not None and layer is not None and kind in SECTIONS:
            section = self._section(kind)
            section.show_layer(session, layer)
            section.show()

    def _show_effects(self, session: EditSession | None, layer: Layer | None) -> None:
        shaped = layer is not None and not isinstance(layer.content, AdjustmentContent)
        if shaped and self.effects is None:
            self.effects = EffectsSection(self)
            self._watch(self.effects)
            self._column.insertWidget(self._column.count() - 1, self.effects)
        if self.effects is not None:
            self.effects.setVisible(shaped)
        if self.effects is not None and shaped and session is not None and layer is not None:
            self.effects.show_layer(session, layer)

    def _watch(self, section: LayerSection) -> None:
        for field in (QComboBox, QAbstractSpinBox, QSlider):
            for one in section.findChildren(field):
                self._guard.watch(one)

    def _section(self, kind: type) -> LayerSection:
        if kind not in self._sections:
            section = SECTIONS[kind](self)
            self._watch(section)
            self._sections[kind] = section
            self._column.insertWidget(1, section)  # over the effects
        return self._sections[kind]
