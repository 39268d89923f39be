# SPDX-License-Identifier: Apache-2.0
"""What the Properties panel shows for one kind of layer, and the fields it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QWidget,
)

from prodedit.core.edits import Edit
from prodedit.core.layer import Layer
from prodedit.editing.session import EditSession
from prodedit.gui.draggable import Draggable
from prodedit.gui.icons import ICON_SIZE, TARGET_SIZE, set_icon
from prodedit.gui.panels.section import Section
from prodedit.gui.slider_row import LABEL
from prodedit.gui.theme import palette_now


class LayerSection(Section):
    """Shows the active layer of `session` and changes it. Sliders and colours are previewed while
    they move; each field's changes in a row are one undo step, and a pull by the mouse is one of
    its own."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.session: EditSession | None = None
        self.layer_id = ""
        self._gestures: dict[str, object] = {}
        self._listens = False

    def show_layer(self, session: EditSession, layer: Layer) -> None:
        """`layer`, active in `session`, is what it works on from now on."""
        if layer.id != self.layer_id or session is not self.session:
            self._gestures.clear()
        if not self._listens:
            self._listens = True
            for pulled in self.findChildren(Draggable):
                pulled.hold_changed.connect(self._gestures.clear)
        self.session, self.layer_id = session, layer.id
        self.show_values(layer)
        self.body.setEnabled(not session.document.locks(layer.id).pixels)

    def leave(self) -> None:
        """Work on nothing: a picture that is closed is not kept in memory."""
        self.session, self.layer_id = None, ""
        self._gestures.clear()

    def show_values(self, layer: Layer) -> None:
        """Put the layer's values into the fields, without telling anybody."""
        raise NotImplementedError

    @property
    def layer(self) -> Layer | None:
        """As it is in the document now."""
        return None if self.session is None else self.session.document.find(self.layer_id)

    def preview(self, edit: Edit | None) -> None:
        if self.session is not None and edit is not None:
            self.session.preview_edit(edit)

    def apply(self, edit: Edit | None, field: str = "") -> None:
        """`field`: its changes, one after the other, become one undo step."""
        if self.session is None or edit is None:
            return
        gesture = self._gestures.setdefault(field, object()) if field else None
        self.session.apply(edit, gesture=gesture)


class NumberRow(QWidget):
    """A name and a number that may have parts."""

    changed = Signal(float)

    def __init__(
        self,
        title: str,
        low: float,
        high: float,
        suffix: str = " px",
        *,
        nothing: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`nothing`: what stands for the lowest value."""
        super().__init__(parent)
        self.number = QDoubleSpinBox(self)
        self.number.setRange(low, high)
        self.number.setDecimals(1)
        self.number.setSuffix(suffix)
        self.number.setKeyboardTracking(False)
        self.number.setSpecialValueText(nothing)
        self.number.setAccessibleName(title)
        self.number.lineEdit().setAccessibleName(title)
        self.number.lineEdit().setTextMargins(4, 0, 0, 0)
        self.number.valueChanged.connect(self.changed)
        label = QLabel(title, self)
        label.setMinimumWidth(LABEL)
        label.setBuddy(self.number)
        row = _row(self)
        row.addWidget(label)
        row.addWidget(self.number, 1)

    @property
    def value(self) -> float:
        return self.number.value()

    def set_value(self, value: float) -> None:
        blocked = self.number.blockSignals(True)
        self.number.setValue(value)
        self.number.blockSignals(blocked)

    def add(self, widget: QWidget) -> None:
        layout = self.layout()
        assert layout is not None
        layout.addWidget(widget)


class ChoiceRow(QWidget):
    """A name and a list of which one is chosen."""

    chosen = Signal(str)
    """The id of what a person chose."""

    def __init__(self, title: str, texts: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QComboBox(self)
        self.box.setAccessibleName(title)
        for choice, text in texts.items():
            self.box.addItem(text, choice)
        self.box.activated.connect(lambda _index: self.chosen.emit(self.box.currentData()))
        label = QLabel(title, self)
        label.setMinimumWidth(LABEL)
        label.setBuddy(self.box)
        row = _row(self)
        row.addWidget(label)
        row.addWidget(self.box, 1)

    def show_choice(self, choice: str) -> None:
        self.box.setCurrentIndex(self.box.findData(choice))


class IconChoices(QWidget):
    """Buttons with icons, of which one is pressed."""

    chosen = Signal(str)

    def __init__(
        self, icons: Iterable[tuple[str, str, str]], title: str, parent: QWidget | None = None
    ) -> None:
        """`icons`: (id, name of the icon, translated title) of each."""
        super().__init__(parent)
        self.setAccessibleName(title)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self._row = _row(self)
        self._row.setSpacing(4)
        for choice, icon, text in icons:
            button = icon_button(icon, text, self)
            button.clicked.connect(lambda _checked=False, choice=choice: self.chosen.emit(choice))
            self._group.addButton(button)
            self._buttons[choice] = button
            self._row.addWidget(button)
        self._row.addStretch(1)

    def add(self, widget: QWidget) -> None:
        self._row.addWidget(widget)

    @property
    def current(self) -> str:
        return next((name for name, b in self._buttons.items() if b.isChecked()), "")

    def button(self, choice: str) -> QToolButton:
        return self._buttons[choice]

    def show_choice(self, choice: str) -> None:
        self._buttons[choice].setChecked(True)


def icon_button(icon: str, title: str, parent: QWidget) -> QToolButton:
    """One that stays pressed."""
    button = QToolButton(parent)
    button.setCheckable(True)
    button.setFixedSize(TARGET_SIZE)
    button.setIconSize(ICON_SIZE)
    button.setToolTip(title)
    button.setAccessibleName(title)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    set_icon(button, icon, palette_now())
    return button


def _row(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    return row
