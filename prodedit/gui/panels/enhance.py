# SPDX-License-Identifier: Apache-2.0
"""The Enhance panel: larger, cleaner, better lit; before and after beside each other."""

from __future__ import annotations

from math import ceil
from typing import Any, NamedTuple

import msgspec
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from prodedit.core.edits.canvas import LONGEST
from prodedit.core.geometry import Size
from prodedit.core.problem import Problem
from prodedit.editing.enhance_choice import EnhanceChoice
from prodedit.editing.workspace import Workspace
from prodedit.engine.enhancing import calibrated, canvas_by_default, cost
from prodedit.engine.service.jobs import Job
from prodedit.engine.tasks import Enhance, Task
from prodedit.gui.document_view import DocumentView
from prodedit.gui.enhance_preview import EnhancePreview
from prodedit.gui.late import while_there
from prodedit.gui.panels.section import Choices, Section, secondary
from prodedit.gui.panels.task_panel import TaskPanel
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.translation import translate

_MINUTE = 60.0
_NAMES = 88
"""Width of the sliders' names, so that they begin at one line."""
_GOOD = {"white_balance": 80, "auto_tone": 60, "denoise": 30, "sharpen": 30}
"""Percent that "Improve" sets: visible on a dull photo, harmless on a good one."""


class Strength(NamedTuple):
    """A field of EnhanceChoice and of the task, and its name."""

    field: str
    title: str


class EnhancePanel(TaskPanel):
    """What is set shows in the view at once; the button does it to the whole layer."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, translate("EnhancePanel", "Enhance"), Enhance, parent)
        self._rate = 0.0
        self.sizes = Choices(
            {"1": self.tr("As it is"), "2": "2 ×", "4": "4 ×", "size": self.tr("To a size")},
            4,
            self.tr("Enlarge"),
            self,
        )
        self.width_field = self._side(self.tr("Width"))
        self.height_field = self._side(self.tr("Height"))
        self.box = QWidget(self)
        self.model = QComboBox(self)
        self.sliders = {entry.field: self._slider(entry) for entry in self._strengths()}
        self.label_safe = QCheckBox(self.tr("Keep text exactly"), self)
        self.whole = QCheckBox(self.tr("Enlarge the whole picture"), self)
        self.compare = QCheckBox(self.tr("Show before and after"), self)
        self.compare.setChecked(True)
        self.hint = secondary("", self)
        self.cost = secondary("", self)
        self.preview = EnhancePreview(workspace, self)
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._settling.timeout.connect(self._try)
        self._fill_models()
        self._lay_out()
        self._show_choice()
        self._connect()
        self.set_view(None)

    @property
    def choice(self) -> EnhanceChoice:
        return self._workspace.settings.enhance

    def set_view(self, view: DocumentView | None) -> None:
        self.preview.set_view(view)
        self.follow(None if view is None else view.session)

    def task(self) -> Enhance:
        """What the button would do to the active layer."""
        choice, canvas = self.choice, self.whole.isChecked()
        strengths: dict[str, Any] = {field: getattr(choice, field) / 100 for field in self.sliders}
        size = Size(choice.width, choice.height) if choice.enlarging == "size" else None
        upscale = 1.0 if size is not None else float(choice.enlarging)
        return Enhance(
            upscale, size, choice.model, label_safe=choice.label_safe, canvas=canvas, **strengths
        )

    def steps(self) -> tuple[Task, ...]:
        return super().steps() if self.does_something else ()

    @property
    def does_something(self) -> bool:
        choice = self.choice
        return choice.enlarging != "1" or any(getattr(choice, field) for field in self.sliders)

    # Building

    def _strengths(self) -> tuple[Strength, ...]:
        return (
            Strength("auto_tone", self.tr("Contrast")),
            Strength("white_balance", self.tr("White balance")),
            Strength("low_light", self.tr("Brighten")),
            Strength("denoise", self.tr("Noise")),
            Strength("clean_jpeg", self.tr("JPEG traces")),
            Strength("sharpen", self.tr("Sharpen")),
        )

    def _slider(self, entry: Strength) -> SliderRow:
        return SliderRow(entry.title, 0, 100, 0, " %", self, label=_NAMES)

    def _side(self, name: str) -> QSpinBox:
        field = QSpinBox(self)
        field.setRange(1, LONGEST)
        field.setSuffix(" px")
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setAccessibleName(name)
        return field

    def _fill_models(self) -> None:
        self.model.setAccessibleName(self.tr("How to enlarge"))
        self.model.addItem(self.tr("As suits this computer"), "auto")
        self.model.addItem(self.tr("Fast"), "compact")
        self.model.addItem(self.tr("Finest (slow)"), "large")
        self.model.addItem(self.tr("Without inventing detail"), "classic")

    def _lay_out(self) -> None:
        sides = QHBoxLayout(self.box)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(8)
        sides.addWidget(self.width_field, 1)
        sides.addWidget(QLabel("×", self.box))
        sides.addWidget(self.height_field, 1)
        larger = Section("", self)
        larger.add(self.sizes, self.box, self.model, self.whole, self.label_safe)
        better = Section(self.tr("Better"), self)
        better.add_beside_title(self._improve_button())
        better.column.setSpacing(4)
        better.add(*self.sliders.values())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 8)
        column.setSpacing(12)
        for widget in (larger, better, self.compare, self.hint):
            column.addWidget(widget)
        column.addStretch(1)
        below = self.row.layout()
        assert isinstance(below, QVBoxLayout)
        below.insertWidget(0, self.cost)
        self.row.setContentsMargins(0, 0, 12, 8)

    def _improve_button(self) -> QWidget:
        button = QPushButton(self.tr("Improve"), self)
        button.setProperty("look", "quiet")
        button.setToolTip(self.tr("Set contrast, white balance, noise and sharpness for me"))
        button.clicked.connect(self._improve)
        return button

    def _connect(self) -> None:
        self.sizes.chosen.connect(lambda size: self._change(enlarging=size))
        self.width_field.editingFinished.connect(self._box_set)
        self.height_field.editingFinished.connect(self._box_set)
        self.model.activated.connect(lambda: self._change(model=self.model.currentData()))
        self.label_safe.clicked.connect(lambda on: self._change(label_safe=on))
        for field, slider in self.sliders.items():
            slider.changed.connect(lambda value, field=field: self._change(**{field: value}))
        self.compare.clicked.connect(self._settling.start)
        self.preview.failed.connect(self._tell)

    # What the person sets

    def _box_set(self) -> None:
        self._change(width=self.width_field.value(), height=self.height_field.value())

    def _improve(self) -> None:
        self._change(**_GOOD)
        self._show_choice()

    def _change(self, **changes: Any) -> None:
        now = msgspec.structs.replace(self.choice, **changes)
        if now == self.choice:
            return
        self._workspace.change_settings(enhance=now)
        self._show_parts()
        self.row.tell("")
        self._settling.start()

    def _show_choice(self) -> None:
        choice = self.choice
        self.sizes.show_choice(choice.enlarging)
        self.width_field.setValue(choice.width)
        self.height_field.setValue(choice.height)
        self.model.setCurrentIndex(max(0, self.model.findData(choice.model)))
        self.label_safe.setChecked(choice.label_safe)
        for field, slider in self.sliders.items():
            slider.set_value(getattr(choice, field))
        self._show_parts()

    def _show_parts(self) -> None:
        """What has no meaning now is out of sight."""
        enlarges = self.choice.enlarging != "1"
        self.box.setVisible(self.choice.enlarging == "size")
        self.model.setVisible(enlarges)
        self.whole.setVisible(enlarges)
        self.label_safe.setVisible(enlarges and self.choice.model != "classic")

    # What is shown of it

    @Slot()
    def _document_changed(self, *_ignored: object) -> None:
        layer, session = self._layer, self.session
        fills = session is not None and canvas_by_default(session.document, session.active_id)
        self.whole.setChecked(fills)
        has_pixels = layer is not None and layer.tiles is not None
        self.hint.setText("" if has_pixels else self.tr("Choose a layer that holds a photo."))
        self.hint.setVisible(self.session is not None and not has_pixels)
        self._settling.start()

    def _try(self) -> None:
        layer = self._layer
        can = layer is not None and layer.tiles is not None
        self.row.button.setEnabled(self.row.is_busy or (can and self.does_something))
        if not self.isVisible() or not can or not self.does_something:
            self.preview.drop()
            self.cost.setText("")
            return
        self._tell_cost()
        if self.compare.isChecked():
            self.preview.show(self.task())
        else:
            self.preview.drop()

    def _tell_cost(self) -> None:
        if not self._rate:
            errand = self._workspace.run(calibrated, optional=True)
            errand.done.connect(while_there(self, self._take_rate))
            return
        layer = self._layer
        assert layer is not None
        assert layer.tiles is not None
        try:
            found = cost(self.task(), layer.tiles.size, self._rate)
        except Problem as problem:
            self._tell(problem)
            self.row.button.setEnabled(False)
            return
        text = self.tr("{width} × {height} pixels, about {time} on this computer")
        width, height = found.size
        self.cost.setText(text.format(width=width, height=height, time=_time(found.seconds)))

    def _take_rate(self, rate: float) -> None:
        self._rate = rate
        self._settling.start()

    # Doing it

    def _apply(self) -> None:
        if self.session is not None and self.does_something:
            self.preview.drop()
            self.session.submit(self.task())

    def _ended(self, job: Job) -> None:
        super()._ended(job)
        self._settling.start()

    # Qt's own names

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settling.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """A preview is only there while its panel is."""
        self.preview.drop()
        super().hideEvent(event)


def _time(seconds: float) -> str:
    """Rounded as the estimate is rough."""
    if seconds < _MINUTE:
        return translate("EnhancePanel", "{seconds} s").format(seconds=max(1, ceil(seconds)))
    minutes = round(seconds / _MINUTE)
    return translate("EnhancePanel", "{minutes} min").format(minutes=max(1, minutes))
