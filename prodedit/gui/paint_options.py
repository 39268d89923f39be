# SPDX-License-Identifier: Apache-2.0
"""What a brush can be told, over the canvas while it is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from prodedit.core.paint.stroke import SIZE_MAX
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.canvas_bar import CanvasBar
from prodedit.gui.icons import ICON_SIZE, TARGET_SIZE, set_icon
from prodedit.gui.theme import palette_now
from prodedit.gui.tools.told import Told
from prodedit.gui.translation import translate

if TYPE_CHECKING:
    from prodedit.gui.document_view import DocumentView

_T = QT_TRANSLATE_NOOP


class _Number(NamedTuple):
    """Of a brush, or of the choices: `parts` make one of what is kept there."""

    title: str
    name: str
    low: int
    high: int
    parts: int
    suffix: str
    tip: str = ""


class _Check(NamedTuple):
    title: str
    name: str
    tip: str = ""


class _Choice(NamedTuple):
    title: str
    name: str
    items: tuple[tuple[object, str], ...]


Field = _Number | _Check | _Choice

FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        "size": _Number(_T("PaintOptions", "Size"), "size", 1, SIZE_MAX, 1, " px", "[ ]"),
        "hardness": _Number(
            _T("PaintOptions", "Hardness"), "hardness", 0, 100, 100, " %", "Shift+[ ]"
        ),
        "opacity": _Number(_T("PaintOptions", "Opacity"), "opacity", 1, 100, 100, " %", "1-0"),
        "strength": _Number(_T("PaintOptions", "Strength"), "opacity", 1, 100, 100, " %", "1-0"),
        "flow": _Number(_T("PaintOptions", "Flow"), "flow", 1, 100, 100, " %"),
        "spacing": _Number(_T("PaintOptions", "Spacing"), "spacing", 1, 200, 100, " %"),
        "smoothing": _Number(_T("PaintOptions", "Smoothing"), "smoothing", 0, 100, 100, " %"),
        "pressure_size": _Check(_T("PaintOptions", "Pen pressure: size"), "pressure_size"),
        "pressure_flow": _Check(_T("PaintOptions", "Pen pressure: flow"), "pressure_flow"),
        "aligned": _Check(
            _T("PaintOptions", "Aligned"),
            "aligned",
            _T("PaintOptions", "The source goes along with the pointer between strokes"),
        ),
        "all_layers": _Check(
            _T("PaintOptions", "All layers"),
            "all_layers",
            _T("PaintOptions", "Copy what the picture shows there, not the layer alone"),
        ),
        "finds": _Check(
            _T("PaintOptions", "Find source"),
            "finds",
            _T("PaintOptions", "A place with the right texture is looked for; Alt+click names one"),
        ),
        "tones": _Choice(
            _T("PaintOptions", "Tones"),
            "tones",
            (
                ("shadows", _T("PaintOptions", "Shadows")),
                ("midtones", _T("PaintOptions", "Midtones")),
                ("highlights", _T("PaintOptions", "Highlights")),
            ),
        ),
        "more": _Choice(
            _T("PaintOptions", "Colours"),
            "more",
            (
                (True, _T("PaintOptions", "Stronger")),
                (False, _T("PaintOptions", "Paler")),
            ),
        ),
        "tolerance": _Number(_T("PaintOptions", "Tolerance"), "tolerance", 0, 255, 1, ""),
        "pour": _Number(_T("PaintOptions", "Opacity"), "pour", 1, 100, 100, " %", "1-0"),
        "joined": _Check(
            _T("PaintOptions", "Joined"),
            "joined",
            _T("PaintOptions", "Only what hangs together with the place clicked"),
        ),
        "smooth": _Check(_T("PaintOptions", "Smooth edge"), "smooth"),
        "shape": _Choice(
            _T("PaintOptions", "Shape"),
            "shape",
            (
                ("linear", _T("PaintOptions", "Straight")),
                ("radial", _T("PaintOptions", "Round")),
                ("angle", _T("PaintOptions", "Turning")),
                ("reflected", _T("PaintOptions", "Mirrored")),
                ("diamond", _T("PaintOptions", "Diamond")),
            ),
        ),
        "fades": _Choice(
            _T("PaintOptions", "Colours"),
            "fades",
            (
                (False, _T("PaintOptions", "Foreground to background")),
                (True, _T("PaintOptions", "Foreground to transparent")),
            ),
        ),
        "turned": _Check(_T("PaintOptions", "The other way round"), "turned"),
        "amount": _Number(_T("PaintOptions", "Strength"), "pour", 1, 100, 100, " %"),
        "variant": _Choice(
            _T("PaintOptions", "Variant"), "variant", ((0, "1"), (1, "2"), (2, "3"))
        ),
        "sample": _Choice(
            _T("PaintOptions", "Sample"),
            "sample",
            (
                (1, _T("PaintOptions", "One pixel")),
                (3, "3 × 3"),
                (5, "5 × 5"),
                (11, "11 × 11"),
            ),
        ),
    }
)


def takes(field: Field, value: object) -> bool:
    """Whether a person could choose that value there."""
    if isinstance(field, _Number):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return field.low <= round(value * field.parts) <= field.high
    if isinstance(field, _Check):
        return isinstance(value, bool)
    return any(type(value) is type(item) and value == item for item, _ in field.items)


_FOR_A_CHOSEN_SOURCE = ("aligned", "all_layers")
"""They say nothing where a source is looked for."""


class _InMenu(QWidget):
    """Tab goes round its fields; a QMenu would take the focus to itself."""

    def focusNextPrevChild(self, next_: bool) -> bool:
        fields = [
            one
            for one in self.findChildren(QWidget)
            if isinstance(one, QAbstractSpinBox | QCheckBox | QComboBox)
            and one.isVisible()
            and one.isEnabled()
        ]
        fields.sort(key=lambda one: one.mapTo(self, QPoint()).y())
        if not fields:
            return False
        now = self.focusWidget()
        place = fields.index(now) if now in fields else (-1 if next_ else 0)
        reason = Qt.FocusReason.TabFocusReason if next_ else Qt.FocusReason.BacktabFocusReason
        fields[(place + (1 if next_ else -1)) % len(fields)].setFocus(reason)
        return True


class PaintOptions(CanvasBar):
    """One for all tools that paint; each shows its own fields, with its own values."""

    def __init__(self, view: DocumentView) -> None:
        super().__init__(view)
        self._tool: Told | None = None
        self._is_showing = False
        self.widgets: dict[str, QWidget] = {}
        self._labels: dict[str, QLabel] = {}
        self._shows: dict[str, Callable[[Any], None]] = {}
        self._menu, self._column = QMenu(self), QVBoxLayout()
        for name in FIELDS:
            self._add(name, self.row)
        self.more = self._more_button()
        self.reset = self._tool_button("restore", self.tr("As it was at first"))
        self.reset.clicked.connect(self._reset)
        self.row.addWidget(self.more)
        self.row.addWidget(self.reset)
        self.hide()

    def show_for(self, tool: object) -> None:
        """Seen where `tool` is one that can be told something here."""
        if self._tool is not None:
            self._tool.settings_changed.disconnect(self._show)
        self._tool = tool if isinstance(tool, Told) else None
        self.setVisible(self._tool is not None)
        if self._tool is None:
            return
        self._tool.settings_changed.connect(self._show)
        self._arrange(self._tool)
        self._show()
        self.place()
        self.raise_()

    def _arrange(self, tool: Told) -> None:
        """Its fields in the bar, the rarer ones in the menu behind it."""
        for name, widget in self.widgets.items():
            in_menu = name in tool.more_fields
            layout = self._column if in_menu else self.row
            holder = widget.parentWidget()
            assert holder is not None
            shown = in_menu or name in tool.fields
            holder.setVisible(shown)
            if shown and holder.property("in_menu") is not in_menu:
                holder.setProperty("in_menu", in_menu)
                layout.addWidget(holder)
        for name in tool.fields:
            holder = self.widgets[name].parentWidget()
            assert holder is not None
            self.row.addWidget(holder)
        self.row.addWidget(self.more)
        self.row.addWidget(self.reset)
        self.more.setVisible(bool(tool.more_fields))

    def _add(self, name: str, layout: QHBoxLayout) -> None:
        field = FIELDS[name]
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        title = translate("PaintOptions", field.title)
        if isinstance(field, _Check):
            widget: QWidget = self._check(name, field, title)
        else:
            label = QLabel(title, holder)
            row.addWidget(label)
            number = isinstance(field, _Number)
            widget = self._number(name, title) if number else self._choice(name, title)
            label.setBuddy(widget)
        row.addWidget(widget)
        self.widgets[name] = widget
        layout.addWidget(holder)

    def _number(self, name: str, title: str) -> QSpinBox:
        field = FIELDS[name]
        assert isinstance(field, _Number)
        number = QSpinBox(self)
        number.setRange(field.low, field.high)
        number.setSuffix(field.suffix)
        number.setKeyboardTracking(False)
        number.setAccelerated(True)
        number.setAccessibleName(title)
        number.lineEdit().setAccessibleName(title)
        number.lineEdit().setTextMargins(4, 0, 0, 0)
        number.setToolTip(f"{title} ({field.tip})" if field.tip else title)
        number.lineEdit().returnPressed.connect(self._back_to_picture)
        number.valueChanged.connect(lambda value: self._set(name, _kept(value, field.parts)))
        self._shows[name] = lambda value: number.setValue(round(value * field.parts))
        return number

    def _back_to_picture(self) -> None:
        """So that the keys of tools work again; the menu keeps them until it closes."""
        if not self._menu.isVisible():
            self._canvas.setFocus()

    def _check(self, name: str, field: _Check, title: str) -> QCheckBox:
        box = QCheckBox(title, self)
        box.setToolTip(translate("PaintOptions", field.tip) if field.tip else title)
        box.toggled.connect(lambda on: self._set(name, on))
        self._shows[name] = box.setChecked
        return box

    def _choice(self, name: str, title: str) -> QComboBox:
        field = FIELDS[name]
        assert isinstance(field, _Choice)
        box = QComboBox(self)
        for data, text in field.items:
            box.addItem(translate("PaintOptions", text), data)
        box.setAccessibleName(title)
        box.activated.connect(lambda _index: self._set(name, box.currentData()))
        self._shows[name] = lambda value: box.setCurrentIndex(box.findData(value))
        return box

    def _more_button(self) -> QToolButton:
        button = self._tool_button("adjustments-horizontal", self.tr("More about the brush"))
        inner = _InMenu(self._menu)
        inner.setLayout(self._column)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(8)
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(inner)
        self._menu.addAction(action)
        button.setMenu(self._menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _tool_button(self, icon: str, title: str) -> QToolButton:
        button = QToolButton(self)
        button.setFixedSize(TARGET_SIZE)
        button.setIconSize(ICON_SIZE)
        set_icon(button, icon, palette_now())
        button.setToolTip(title)
        button.setAccessibleName(title)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _reset(self) -> None:
        tool = self._tool
        if tool is not None:
            for name in [FIELDS[field].name for field in (*tool.fields, *tool.more_fields)]:
                tool.set_value(name, tool.first_of(name))

    def _set(self, field: str, value: object) -> None:
        if self._tool is not None and not self._is_showing:
            self._tool.set_value(FIELDS[field].name, value)

    def _show(self) -> None:
        tool = self._tool
        if tool is None:
            return
        self._is_showing = True
        for field in (*tool.fields, *tool.more_fields):
            self._shows[field](tool.value_of(FIELDS[field].name))
        for field in _FOR_A_CHOSEN_SOURCE:
            found = "finds" in tool.fields and bool(tool.value_of("finds"))
            self.widgets[field].setEnabled(not found)
        names = (FIELDS[field].name for field in (*tool.fields, *tool.more_fields))
        self.reset.setEnabled(any(tool.value_of(name) != tool.first_of(name) for name in names))
        self._is_showing = False


def _kept(value: int, parts: int) -> float:
    return value if parts == 1 else value / parts
