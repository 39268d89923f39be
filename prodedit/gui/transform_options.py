# SPDX-License-Identifier: Apache-2.0
"""The numbers of a transform over the canvas while it is in the making, and its buttons."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from prodedit.gui.canvas_bar import CanvasBar
from prodedit.gui.icons import ICON_SIZE, TARGET_SIZE, set_icon
from prodedit.gui.theme import palette_now
from prodedit.gui.tools.tool import Tool
from prodedit.gui.tools.transform import TransformTool
from prodedit.gui.tools.transform_grips import MODES, Mode
from prodedit.gui.tools.transform_pose import Numbers
from prodedit.gui.translation import translate

if TYPE_CHECKING:
    from prodedit.gui.document_view import DocumentView

_FARTHEST = 99_999.0
_PIXELS, _PERCENT = 0, 1


class TransformOptions(CanvasBar):
    """Two rows: what is dragged by handles and what is done by a click; the numbers."""

    def __init__(self, view: DocumentView, tool: TransformTool) -> None:
        super().__init__(view)
        self._tool = tool
        self._is_showing = False
        rows = QVBoxLayout()
        rows.setSpacing(4)
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        for row in (self._upper, self._lower):
            row.setSpacing(6)
            rows.addLayout(row)
        self.row.addLayout(rows)
        self.modes = self._mode_box()
        self._add_turns()
        self._upper.addStretch(1)
        self._add_ends()
        self.fields = self._add_numbers()
        tool.pose_changed.connect(self._show_numbers)
        tool.mode_changed.connect(self._show_mode)
        self.hide()

    def show_for(self, tool: Tool | None) -> None:
        """Seen while something is transformed."""
        self.setVisible(tool is self._tool and self._tool.pose is not None)
        if self.isVisible():
            self._show_mode()
            self._show_numbers()
            self.place()
            self.raise_()

    def open_menu(self, at: QPoint) -> None:
        """At a place of the screen."""
        self.menu().popup(at)

    def menu(self) -> QMenu:
        """The modes and buttons."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for mode, title in MODES.items():
            action = menu.addAction(translate("Transform", title))
            action.setCheckable(True)
            action.setChecked(mode == self._tool.mode)
            action.triggered.connect(partial(self._set_mode, mode))
            group.addAction(action)
        menu.addSeparator()
        for _icon, text, act in self._turns():
            _add(menu, text, act)
        menu.addSeparator()
        _add(menu, self.tr("Apply"), self._tool.apply)
        _add(menu, self.tr("Cancel"), self._tool.drop)
        return menu

    def _turns(self) -> tuple[tuple[str, str, Callable[[], None]], ...]:
        tool = self._tool
        return (
            ("flip-horizontal", self.tr("Flip left to right"), lambda: tool.flip(True)),
            ("flip-vertical", self.tr("Flip upside down"), lambda: tool.flip(False)),
            ("rotate", self.tr("Turn left by 90°"), lambda: tool.turn(-90)),
            ("rotate-clockwise", self.tr("Turn right by 90°"), lambda: tool.turn(90)),
            ("", self.tr("Turn by 180°"), lambda: tool.turn(180)),
        )

    def _mode_box(self) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(self.tr("What the handles do"))
        for mode, title in MODES.items():
            box.addItem(translate("Transform", title), mode)
        box.activated.connect(lambda _index: self._set_mode(box.currentData()))
        self._upper.addWidget(box)
        return box

    def _add_turns(self) -> None:
        for icon, text, act in self._turns():
            if icon:
                button = QToolButton(self)
                button.setFixedSize(TARGET_SIZE)
                button.setIconSize(ICON_SIZE)
                set_icon(button, icon, palette_now())
                button.setToolTip(text)
                button.setAccessibleName(text)
                button.clicked.connect(act)
                self._upper.addWidget(button)

    def _add_ends(self) -> None:
        for text, act, look in (
            (self.tr("Apply"), self._tool.apply, "primary"),
            (self.tr("Cancel"), self._tool.drop, ""),
        ):
            button = QPushButton(text, self)
            button.setProperty("look", look)
            button.clicked.connect(act)
            self._upper.addWidget(button)

    def _add_numbers(self) -> dict[str, QDoubleSpinBox]:
        fields = {
            "x": self._number("X", self.tr("From the left")),
            "y": self._number("Y", self.tr("From the top")),
            "width": self._number(self.tr("W"), self.tr("Width")),
            "height": self._number(self.tr("H"), self.tr("Height")),
        }
        self.unit = QComboBox(self)
        self.unit.setAccessibleName(self.tr("Unit of width and height"))
        self.unit.addItems(["px", "%"])
        self.unit.currentIndexChanged.connect(self._show_numbers)
        self._lower.addWidget(self.unit)
        self.linked = QToolButton(self)
        self.linked.setCheckable(True)
        self.linked.setChecked(True)
        self.linked.setIconSize(ICON_SIZE)
        set_icon(self.linked, "link", palette_now())
        text = self.tr("Width and height in proportion")
        self.linked.setToolTip(text)
        self.linked.setAccessibleName(text)
        self._lower.addWidget(self.linked)
        fields["angle"] = self._number(self.tr("Angle"), self.tr("Angle"), "°")
        fields["skew"] = self._number(self.tr("Skew"), self.tr("Skew"), "°")
        fields["angle"].setRange(-360, 360)
        fields["skew"].setRange(-85, 85)
        for name, field in fields.items():
            field.valueChanged.connect(partial(self._typed, name))
        return fields

    def _number(self, title: str, name: str, suffix: str = "") -> QDoubleSpinBox:
        number = QDoubleSpinBox(self)
        number.setDecimals(1)
        number.setRange(-_FARTHEST, _FARTHEST)
        number.setSuffix(suffix)
        number.setFixedWidth(88 if not suffix else 80)
        number.setKeyboardTracking(False)
        number.setAccessibleName(name)
        number.setToolTip(name)
        number.lineEdit().setAccessibleName(name)
        number.lineEdit().setTextMargins(4, 0, 0, 0)
        label = QLabel(title, self)
        label.setBuddy(number)
        self._lower.addWidget(label)
        self._lower.addWidget(number)
        return number

    def _set_mode(self, mode: Mode, *_ignored: object) -> None:
        self._tool.set_mode(mode)
        self._tool.canvas.setFocus()

    def _show_mode(self) -> None:
        self.modes.setCurrentIndex(self.modes.findData(self._tool.mode))

    def _show_numbers(self, *_ignored: object) -> None:
        pose = self._tool.pose
        if pose is None:
            return
        shown = pose.numbers
        if self.unit.currentIndex() == _PERCENT:
            shown = shown._replace(
                width=100 * shown.width / pose.box.width,
                height=100 * shown.height / pose.box.height,
            )
        self._is_showing = True
        for name, field in self.fields.items():
            field.setValue(getattr(shown, name))
        self._is_showing = False

    def _typed(self, name: str, value: float) -> None:
        pose = self._tool.pose
        if pose is None or self._is_showing:
            return
        now = pose.numbers
        if name in ("width", "height"):
            whole = pose.box.width if name == "width" else pose.box.height
            wanted = value * whole / 100 if self.unit.currentIndex() == _PERCENT else value
            changed = self._sized(now, name, wanted)
        else:
            changed = now._replace(**{name: value})
        self._tool.change(pose.with_numbers(changed))
        self._show_numbers()

    def _sized(self, now: Numbers, name: str, wanted: float) -> Numbers:
        """The other side goes along where they are linked."""
        if not self.linked.isChecked() or not wanted:
            return now._replace(**{name: wanted})
        factor = wanted / getattr(now, name)
        return now._replace(width=now.width * factor, height=now.height * factor)

    # Qt's own names

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._tool.drop()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tool.apply()
        else:
            super().keyPressEvent(event)


def _add(menu: QMenu, text: str, act: Callable[[], None]) -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(lambda: act())
    return action
