# SPDX-License-Identifier: Apache-2.0
"""A slider for each way in which the generator can change a picture; shown as it moves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from prodedit.engine.generating import Shift
from prodedit.engine.results import LatentsResult
from prodedit.gui.panels.section import Section, secondary
from prodedit.gui.side_rail import WheelGuard
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.studio.line import Line, Wish
from prodedit.gui.studio.picks import Pick, picks_of
from prodedit.gui.studio.studio import Studio
from prodedit.gui.translation import translate

_REACH = 100
"""At either end of a slider; there it is moved by _FARTHEST."""
_FARTHEST = 3.0
"""Standard deviations."""
_NAMES = 92
_WIDTH = 360
"""Of the dialog: what stands in the empty fields is to be read."""


class DirectionSliders(Section):
    """All of them from the picture that was chosen, whatever they were moved to since."""

    refined = Signal(object)
    """A Pick: the chosen picture as the sliders have it."""

    def __init__(self, studio: Studio, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(translate("DirectionSliders", "Changes"), parent)
        self._studio, self._line = studio, line
        self._origin: Pick | None = None
        self._guard = WheelGuard(self)
        self.sliders: list[SliderRow] = []
        self.names_button = QPushButton(self.tr("Names…"), self)
        self.reset_button = QPushButton(self.tr("Reset"), self)
        for button, what in ((self.names_button, self.ask_names), (self.reset_button, self.reset)):
            button.setProperty("look", "entry")
            button.clicked.connect(what)
            self.add_beside_title(button)
        self.column.setSpacing(4)
        self._rows = QWidget(self)
        self._rows_column = QVBoxLayout(self._rows)
        self._rows_column.setContentsMargins(0, 0, 0, 0)
        self._rows_column.setSpacing(4)
        self.add(self._rows)
        studio.generator_changed.connect(self._build)
        studio.generators_changed.connect(self._show_names)
        self._build()

    @property
    def weights(self) -> tuple[float, ...]:
        """Standard deviations along each direction."""
        return tuple(_FARTHEST * slider.value / _REACH for slider in self.sliders)

    def set_origin(self, pick: Pick | None) -> None:
        """Move from this picture from now on."""
        self._line.stop()
        self._origin = pick
        for slider in self.sliders:
            slider.set_value(0)
        self.reset_button.setEnabled(False)
        self.setEnabled(pick is not None)

    @Slot()
    def reset(self) -> None:
        """As it was chosen."""
        origin = self._origin
        self.set_origin(origin)
        if origin is not None:
            self.refined.emit(origin)

    @Slot()
    def ask_names(self) -> None:
        """What the changes are to be called."""
        dialog = NamesDialog(len(self.sliders), self._studio.names, self)
        if dialog.exec():
            self._studio.rename(dialog.names)
            self._show_names()

    @Slot()
    def _build(self) -> None:
        generator = self._studio.generator
        count = 0 if generator is None else generator.directions
        self.setVisible(count > 0)
        for slider in self.sliders:
            slider.setParent(None)
            slider.deleteLater()
        self.sliders = [self._slider(number) for number in range(count)]

    def _slider(self, number: int) -> SliderRow:
        title = direction_name(number, self._studio.names)
        slider = SliderRow(title, -_REACH, _REACH, 0, "", self._rows, label=_NAMES)
        slider.changed.connect(self._moved)
        for field in (*slider.findChildren(QSlider), *slider.findChildren(QAbstractSpinBox)):
            self._guard.watch(field)
        self._rows_column.addWidget(slider)
        return slider

    @Slot()
    def _show_names(self) -> None:
        for number, slider in enumerate(self.sliders):
            slider.set_title(direction_name(number, self._studio.names))

    def _moved(self, _value: object) -> None:
        origin = self._origin
        if origin is None:
            return
        self.reset_button.setEnabled(True)
        task = Shift(origin.generator, origin.latent, self.weights)
        self._line.ask(Wish(task, partial(self._take, origin)))

    def _take(self, origin: Pick, result: LatentsResult) -> None:
        if origin is self._origin:
            self.refined.emit(picks_of(result, origin.generator, origin.photo)[0])


class NamesDialog(QDialog):
    """A field for each direction."""

    def __init__(self, count: int, names: Mapping[int, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Names of the changes"))
        self.fields = [QLineEdit(names.get(number, ""), self) for number in range(count)]
        form = QFormLayout()
        form.setSpacing(8)
        for number, field in enumerate(self.fields):
            title = direction_name(number, {})
            field.setMaxLength(60)
            field.setPlaceholderText(self.tr("such as “longer sleeves”"))
            field.setAccessibleName(title)
            form.addRow(title, field)
        buttons = QDialogButtonBox.StandardButton
        box = QDialogButtonBox(buttons.Ok | buttons.Cancel, self)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(
            secondary(self.tr("Move a slider to see what it does, then name it here."), self)
        )
        column.addLayout(form)
        column.addWidget(box)
        self.setMinimumWidth(_WIDTH)

    @property
    def names(self) -> dict[int, str]:
        """Those that were given, by number from 0."""
        given = {number: field.text().strip() for number, field in enumerate(self.fields)}
        return {number: name for number, name in given.items() if name}


def direction_name(number: int, names: Mapping[int, str]) -> str:
    """ "Change 1" where it has no name."""
    plain = translate("DirectionSliders", "Change {number}").format(number=number + 1)
    return names.get(number) or plain
