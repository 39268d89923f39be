# SPDX-License-Identifier: Apache-2.0
"""The style sheet: only what Fusion and a palette cannot say.

Widgets choose a look by dynamic properties: `look` = "primary" | "quiet" | "danger" on buttons,
`role` = "heading" | "secondary" | "error" on labels, "panel" | "card" on plain widgets.
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from prodedit.data_files import resources_folder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from prodedit.gui.theme import Palette

SPACES = (4, 8, 12, 16, 24)
"""The distances that layouts use, in widget units."""
RADIUS = 6
ICON, TARGET = 20, 36
"""Side of an icon, and of what is clicked to press it."""

_SHEET = Template("""
QLabel[role="heading"] { font-size: 15px; font-weight: 600; }
QLabel[role="secondary"] { font-size: 12px; color: $secondary; }
QLabel[role="error"] { color: $danger; }
QWidget[role="panel"] { background: $panel; }
QWidget[role="card"] { background: $raised; border: 1px solid $border; border-radius: 6px; }

QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px 8px; }

QPushButton { background: $raised; color: $text; border: 1px solid $border; border-radius: 6px;
    padding: 7px 16px; min-height: 18px; }
QPushButton:hover { border-color: $secondary; }
QPushButton:pressed, QPushButton:checked { background: $field; border-color: $accent; }
QPushButton:focus { border: 2px solid $link; padding: 6px 15px; }
QPushButton:disabled { color: $disabled; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border-color: $accent;
    font-weight: 600; }
QPushButton[look="primary"]:hover { border-color: $text; }
QPushButton[look="primary"]:focus { border: 2px solid $text; }
QPushButton[look="primary"]:disabled { background: $raised; color: $disabled;
    border-color: $border; }
QPushButton[look="quiet"] { background: transparent; border-color: transparent; }
QPushButton[look="quiet"]:hover { background: $raised; }
QPushButton[look="quiet"]:focus { border: 2px solid $link; }
QPushButton[look="danger"] { color: $danger; }
QPushButton[look="search"] { background: $field; color: $secondary; border-color: $edge;
    text-align: left; padding: 7px 12px; min-width: 160px; }
QPushButton[look="choice"] { padding: 6px 4px; }
QPushButton[look="choice"]:checked { background: $field; border: 2px solid $accent;
    padding: 5px 3px; font-weight: 600; }
QPushButton[look="choice"]:checked:disabled { border-color: $edge; }
QPushButton[look="choice"]:focus { padding: 5px 3px; }
QPushButton[look="entry"] { padding: 6px; text-align: left; font-size: 12px; }
QPushButton[look="entry"]:focus { padding: 5px; }
QToolButton[look="fold"] { font-weight: 600; padding: 4px 8px 4px 0; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QFrame#drop-place { border: 2px dashed $border; border-radius: 12px; }
QFrame#drop-place[lit="true"] { border-color: $accent; background: $raised; }
QLabel#drop-title { font-size: 20px; font-weight: 600; }
QFrame#command-search { background: $panel; border: 1px solid $border; }
QFrame#command-search QTreeView { background: transparent; }
QFrame#command-search QTreeView::item { height: 32px; padding: 0 8px; }
QFrame#command-search QTreeView::item:selected { background: $accent; color: $on_accent; }
QFrame#notice { background: $raised; border: 1px solid $border; border-radius: 6px; }
QFrame#notice QPushButton { border-color: $edge; }
QFrame#notice[kind="problem"] { border-color: $danger; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: 3px; }
QToolButton:hover { background: $raised; }
QToolButton:pressed { background: $field; }
QToolButton:checked { background: $accent; color: $on_accent; }
QToolButton:focus { border: 2px solid $link; padding: 2px; }
QToolButton[look="slot"] { border: 1px dashed $edge; }
QToolButton[look="slot"]:focus { border: 2px solid $link; }
QToolButton:disabled { color: $disabled; }
QToolButton:checked:disabled { background: $raised; }
QToolButton[look="fold"]:checked { background: transparent; color: $text; }
QToolButton[look="menu"] { padding: 3px 22px 3px 8px; }
QToolButton[look="menu"]:focus { padding: 2px 21px 2px 7px; }
QToolButton::menu-indicator, QPushButton::menu-indicator {
    image: url("$sheet/chevron-down-$name.svg"); width: 14px; height: 14px;
    subcontrol-origin: border; subcontrol-position: right center; right: 6px; }
QToolButton[look="plain-menu"]::menu-indicator { image: none; }
QToolButton::menu-indicator:disabled, QPushButton::menu-indicator:disabled,
QComboBox::down-arrow:disabled, QSpinBox::down-arrow:disabled,
QDoubleSpinBox::down-arrow:disabled { image: url("$sheet/chevron-down-$name-off.svg"); }
QSpinBox::up-arrow:disabled, QDoubleSpinBox::up-arrow:disabled {
    image: url("$sheet/chevron-up-$name-off.svg"); }

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
    background: $field; color: $text; border: 1px solid $edge; border-radius: 6px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus,
QTextEdit:focus { border: 2px solid $link; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {
    color: $disabled; border-color: $border; }
QLineEdit, QComboBox { padding: 4px 8px; min-height: 20px; }
QLineEdit:focus, QComboBox:focus { padding: 3px 7px; }
QSpinBox, QDoubleSpinBox { padding: 4px 22px 4px 4px; min-height: 20px; }
QAbstractSpinBox > QLineEdit, QAbstractSpinBox > QLineEdit:focus, QComboBox > QLineEdit,
QComboBox > QLineEdit:focus { background: transparent;
    border: 0; padding: 0; min-height: 0; }
QSpinBox:focus, QDoubleSpinBox:focus { padding: 3px 21px 3px 3px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button,
QDoubleSpinBox::down-button { border: 0; width: 20px; subcontrol-origin: border; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-position: top right; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-position: bottom right; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$sheet/chevron-up-$name.svg");
    width: 12px; height: 12px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("$sheet/chevron-down-$name.svg");
    width: 12px; height: 12px; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: 0; width: 28px; }
QComboBox::down-arrow { image: url("$sheet/chevron-down-$name.svg"); width: 16px; height: 16px; }
QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus { background: $raised;
    border: 1px solid $edge; outline: 0; }

QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox:focus, QRadioButton:focus { color: $link; }
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator, QTableView::indicator {
    width: 16px; height: 16px; background: $field; border: 1px solid $edge; }
QCheckBox::indicator, QListView::indicator, QTableView::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:checked, QListView::indicator:checked, QTableView::indicator:checked {
    background: $accent; border-color: $accent; image: url("$sheet/check.svg"); }
QCheckBox::indicator:indeterminate { background: $accent; border-color: $accent;
    image: url("$sheet/minus.svg"); }
QRadioButton::indicator:checked { background: $on_accent; border: 5px solid $accent; width: 8px;
    height: 8px; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $link; width: 14px;
    height: 14px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $border; }

QSlider { min-height: 24px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $edge; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -6px 0; border-radius: 8px;
    background: $text; border: 1px solid $field; }
QSlider::handle:horizontal:hover { border-color: $accent; }
QSlider::handle:horizontal:focus { border: 2px solid $link; width: 12px; height: 12px; }
QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled {
    background: $disabled; }

QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { max-width: 220px; padding: 8px 16px; color: $secondary; border: 0;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { color: $link; }
QTabWidget::pane { border: 0; }

QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QToolBar { background: $window; border: 0; spacing: 4px; padding: 4px; }
QToolBar::separator { background: $border; width: 1px; height: 1px; margin: 4px; }
QDockWidget { font-size: 12px; }
QDockWidget::title { background: $panel; padding: 8px 12px; }

QMenuBar { background: $window; }
QMenuBar::item { padding: 6px 10px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected { background: $raised; }
QMenu { background: $raised; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }

QAbstractItemView { outline: 0; }
QListView::item, QTableView::item { padding: 4px 8px; }
QHeaderView::section { background: $raised; color: $secondary; border: 0; padding: 6px 12px; }
QAbstractItemView:focus { border: 1px solid $link; }
QListView[look="gallery"], QListView[look="gallery"]:focus { background: transparent; border: 0; }
QProgressBar { background: $border; border: 0; border-radius: 3px; max-height: 6px;
    color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: $window; }
QSplitter::handle:horizontal { border-left: 1px solid $border; }
QSplitter::handle:vertical { border-top: 1px solid $border; }
QSplitter::handle:hover { background: $accent; }
QStatusBar { background: $window; color: $secondary; font-size: 12px; }
QStatusBar::item { border: 0; }
QStatusBar QPushButton { padding: 2px 10px; min-height: 16px; }
""")


def style_sheet(palette: Palette) -> str:
    """Raises FileNotFoundError where the program's own folder of pictures is missing."""
    words = {
        name: value if isinstance(value, str) else value.hex
        for name, value in vars(palette).items()
    }
    return _SHEET.substitute(words, sheet=(resources_folder() / "icons" / "sheet").as_posix())


def set_look(widget: QWidget, look: str) -> None:
    """Another look of those above, at once."""
    _dress(widget, "look", look)


def set_role(label: QWidget, role: str) -> None:
    """Another role of those above, at once."""
    _dress(label, "role", role)


def _dress(widget: QWidget, name: str, value: str) -> None:
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
