# SPDX-License-Identifier: Apache-2.0
"""The controls of the adjustment layer that is active, and what can be done with it as a whole."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.core import edits
from prodedit.core.adjust.values import Adjustment, Invert, Lut, Recolour
from prodedit.core.document import Document
from prodedit.core.layer import AdjustmentContent, Layer
from prodedit.core.problem import Problem
from prodedit.editing.adjusting import Steps, computed, worked_in
from prodedit.editing.session import EditSession
from prodedit.gui.draggable import Draggable
from prodedit.gui.icons import ICON_SIZE, TARGET_SIZE, set_icon
from prodedit.gui.late import soon, while_there
from prodedit.gui.panels.adjustments.bench import Bench
from prodedit.gui.panels.adjustments.kinds import BY_TYPE, Kind
from prodedit.gui.panels.adjustments.product_keeper import ProductKeeper
from prodedit.gui.panels.adjustments.recolour import RecolourSection
from prodedit.gui.panels.adjustments.section import AdjustmentSection
from prodedit.gui.panels.section import Choices, secondary
from prodedit.gui.side_rail import WheelGuard
from prodedit.gui.theme import palette_now
from prodedit.gui.translation import translate


class Controls(QWidget):
    left = Signal()
    """All adjustments are wanted again."""
    export_wanted = Signal(object, object)
    """(Recolour, tuple of Colours)"""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self.section: AdjustmentSection | None = None
        self._sections: dict[str, AdjustmentSection] = {}
        self._layer_id = ""
        self._guard = WheelGuard(self)
        self.title = QLabel(self)
        self.title.setProperty("role", "heading")
        self.back = self._tool("arrow-left", self.tr("All adjustments"), self.left.emit)
        self.reset = self._tool("restore", self.tr("As it was at first"), self._reset)
        self.remove = self._tool("trash", self.tr("Remove this adjustment"), self._remove)
        self.locked = QLabel(self)
        self.locked.setProperty("role", "secondary")
        self.locked.setWordWrap(True)
        self.scope = Choices(
            {"clip": self.tr("Only this layer"), "all": self.tr("Everything below")},
            2,
            self.tr("What it changes"),
            self,
        )
        self.scope.button("clip").setToolTip(self.tr("Only the one layer that lies below it"))
        self.scope.chosen.connect(self._set_scope)
        self.product = ProductKeeper(bench, self)
        self.product.hide()  # until there is recolouring, which it stands in
        told = self.tr("Until it is found, the colour changes everywhere.")
        self.looking = secondary(told, self)
        self.looking.hide()
        self.product.looks.connect(self.looking.setVisible)
        self.work_in = QPushButton(self.tr("Apply to the pixels"), self)
        self.work_in.clicked.connect(self.apply_to_pixels)
        self._lay_out()
        bench.pixels_changed.connect(self._show_pixels)

    def show_layer(self, layer: Layer | None) -> None:
        """An adjustment layer, or none."""
        content = None if layer is None else layer.content
        if layer is None or not isinstance(content, AdjustmentContent):
            self._show_section(None)
            self._layer_id = ""
            return
        kind = BY_TYPE[type(content.adjustment)]
        is_new = layer.id != self._layer_id
        if is_new and self.section is not None:
            self.section.leave()
        self._layer_id = layer.id
        self._show_section(kind)
        assert self.section is not None
        self.section.show_value(content.adjustment)
        if is_new:
            self.section.show_pixels(self.bench.pixels)
        self.title.setText(layer.name)
        self.title.setToolTip(layer.name)
        self._show_state(layer)

    def apply_to_pixels(self) -> None:
        """The adjustment goes into the pixels of the layer below, as far as its mask or else the
        selection says, and its layer goes away."""
        session, layer = self.bench.session, self.bench.layer
        if session is None or layer is None:
            return
        document = session.document
        try:
            steps = worked_in(document, layer)
        except Problem as problem:
            self.bench.tell(problem)
            return
        self.work_in.setEnabled(False)
        errand = self.bench.run(partial(computed, document, steps))
        errand.done.connect(while_there(self, self._work_in, session, document))
        errand.failed.connect(self._not_worked_in)

    def _work_in(self, session: EditSession, document: Document, steps: Steps) -> None:
        self.work_in.setEnabled(True)
        if session is not self.bench.session:
            return
        if session.document is not document:  # something was done meanwhile: of that, then
            self.apply_to_pixels()
            return
        gesture = object()
        text = translate("Edit", edits.title(edits.AdjustPixels("", Invert())))
        for edit, inputs in steps:
            session.apply(edit, inputs, gesture=gesture, text=text)

    def _not_worked_in(self, problem: Problem) -> None:
        self.work_in.setEnabled(True)
        self.bench.tell(problem)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        head.addWidget(self.reset)
        head.addWidget(self.remove)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addLayout(head)
        self._column.addWidget(self.locked)
        self._column.addWidget(self.scope)
        self._column.addWidget(self.work_in)

    def _show_section(self, kind: Kind | None) -> None:
        section = None if kind is None else self._made(kind)
        for known in self._sections.values():
            known.setVisible(known is section)
        self.section = section

    def _made(self, kind: Kind) -> AdjustmentSection:
        if kind.id not in self._sections:
            section = kind.make(self.bench, self)
            section.previewed.connect(self.bench.preview)
            section.settled.connect(self.bench.apply)
            if isinstance(section, RecolourSection):
                section.export_wanted.connect(partial(self._export, section))
                section.clicked.connect(self.product.colour_clicked)
                section.column.insertWidget(1, self.product)  # below the button that clicks
                self.product.show()
                section.column.insertWidget(2, self.looking)
            for field in (QComboBox, QAbstractSpinBox, QSlider):
                for found in section.findChildren(field):
                    self._guard.watch(found)
            for pulled in section.findChildren(Draggable):
                pulled.hold_changed.connect(self.bench.begin_step)
            self._sections[kind.id] = section
            self._column.insertWidget(2, section)
        return self._sections[kind.id]

    def _show_state(self, layer: Layer) -> None:
        session = self.bench.session
        locked = session is not None and session.document.locks(layer.id).pixels
        self.locked.setText(self._why_locked(layer))
        self.locked.setVisible(locked)
        self.product.look_again()
        for widget in (self.section, self.reset, self.scope, self.work_in):
            if widget is not None:
                widget.setEnabled(not locked)
        _, index = (None, 0) if session is None else session.document.place(layer.id)
        kept = layer.mask is not None and layer.mask.task is not None
        self.scope.show_choice("clip" if layer.clip else "" if kept else "all")
        self.scope.enable("clip", index > 0, self.tr("There is no layer below."))
        adjustment = self.bench.adjustment
        self.reset.setEnabled(not locked and not isinstance(adjustment, Lut))
        tip = self.tr("Changes the layer below for good, inside of the selection if there is one")
        self.work_in.setToolTip(tip)

    def _why_locked(self, layer: Layer) -> str:
        session = self.bench.session
        groups = () if session is None else session.document.groups_round(layer.id)
        holding = next((group.name for group in groups if group.locks.pixels), "")
        if layer.locks.pixels or not holding:
            return self.tr("This layer is locked. Unlock it to change it.")
        told = self.tr("The group “{group}” is locked. Unlock it to change this layer.")
        return told.format(group=holding)

    def _show_pixels(self) -> None:
        if self.section is not None:
            self.section.show_pixels(self.bench.pixels)

    def _set_scope(self, scope: str) -> None:
        session = self.bench.session
        if session is not None:
            self.product.decline()
            session.apply(edits.SetClip(self._layer_id, scope == "clip"))
            soon(self, self._look_again)

    def _look_again(self) -> None:
        layer = self.bench.layer
        if layer is not None:
            self._show_state(layer)

    def _reset(self) -> None:
        adjustment = self.bench.adjustment
        if adjustment is not None:
            self.bench.apply(first_of(adjustment), "reset")

    def _remove(self) -> None:
        session = self.bench.session
        if session is not None:
            session.apply(edits.RemoveLayer(self._layer_id))

    def _export(self, section: RecolourSection, colours: object) -> None:
        self.export_wanted.emit(section.value, colours)

    def _tool(self, icon: str, title: str, act: object) -> QToolButton:
        button = QToolButton(self)
        button.setFixedSize(TARGET_SIZE)
        button.setIconSize(ICON_SIZE)
        button.setToolTip(title)
        button.setAccessibleName(title)
        set_icon(button, icon, palette_now())
        button.clicked.connect(act)
        return button


def first_of(adjustment: Adjustment) -> Adjustment:
    """What the kind begins with; of a recolouring the old colour stays."""
    first = BY_TYPE[type(adjustment)].first
    if first is None:
        return adjustment
    if isinstance(adjustment, Recolour):
        return msgspec.structs.replace(first, source=adjustment.source, target=adjustment.source)
    return first
