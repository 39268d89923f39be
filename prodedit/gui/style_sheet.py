# SPDX-License-Identifier: Apache-2.0
"""The style sheet: only what Fusion and a palette cannot say.

Widgets choose a look by dynamic properties: `look` = "primary" | "quiet" | "danger" on buttons,
`role` = "heading" | "secondary" | "error" on labels, "panel" | "card" on plain widgets.
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: 3px; }
QToolButton:hover { background: $raised; }
QToolButton:pressed { background: $field; }
QToolButton:checked { background: $accent; color: $on_accent; }
QToolButton:focus { border: 2px solid $link; padding: 2px; }
QToolButton:disabled { color: $disabled; }

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
    background: $field; color: $text; border: 1px solid $border; border-radius: 6px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QComboBox { padding: 4px 8px; min-height: 20px; }
QSpinBox, QDoubleSpinBox { padding: 4px 4px; min-height: 20px; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus,
QTextEdit:focus { border: 2px solid $link; }
QLineEdit:focus, QComboBox:focus { padding: 3px 7px; }
QSpinBox:focus, QDoubleSpinBox:focus { padding: 3px 3px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $border; outline: 0; }

QMenuBar { background: $window; }
QMenuBar::item { padding: 6px 10px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected { background: $raised; }
QMenu { background: $raised; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }

QAbstractItemView { outline: 0; }
QAbstractItemView:focus { border: 1px solid $link; }
QProgressBar { background: $field; border: 0; border-radius: 3px; max-height: 6px;
    color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: $border; }
QStatusBar { background: $window; color: $secondary; font-size: 12px; }
QStatusBar::item { border: 0; }
""")


def style_sheet(palette: Palette) -> str:
    colours = {
        name: value.hex for name, value in vars(palette).items() if not isinstance(value, str)
    }
    return _SHEET.substitute(colours)
