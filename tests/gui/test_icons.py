# SPDX-License-Identifier: Apache-2.0
"""Icons exist, follow the palette, and are sharp on every screen."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QIcon, QImage
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from prodedit.core.layer import Colour
from prodedit.data_files import resources_folder
from prodedit.gui.icons import ICON_SIZE, icon, pixmap, recolour, set_icon
from prodedit.gui.theme import DARK, LIGHT
from prodedit.gui.tools import TOOLS

NAMES = sorted(path.stem for path in (resources_folder() / "icons").glob("*.svg"))


def ink(image: QImage) -> tuple[Colour | None, int]:
    """(the colour of the opaque pixels, how many there are)."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    solid = [p for p in pixels if p.alpha() == 255]
    if not solid:
        return None, 0
    return Colour(solid[0].red(), solid[0].green(), solid[0].blue()), len(solid)


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_draws_something_in_the_colour_asked_for(name: str, qapp: QApplication) -> None:
    colour, count = ink(pixmap(name, Colour(10, 200, 30), 40).toImage())
    assert colour == Colour(10, 200, 30)
    assert count > 4


def test_the_licence_travels_with_the_icons() -> None:
    text = (resources_folder() / "icons" / "LICENSE").read_text("utf-8")
    assert "MIT License" in text


def test_every_tool_has_an_icon() -> None:
    assert {tool.icon for tool in TOOLS.values()} <= set(NAMES)


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_an_icon_is_drawn_for_the_screen_it_is_on(scale: float, qapp: QApplication) -> None:
    shown = icon("brush", DARK).pixmap(ICON_SIZE, scale)
    assert shown.size() == QSize(round(20 * scale), round(20 * scale))
    assert shown.toImage().convertToFormat(QImage.Format.Format_ARGB32) == pixmap(
        "brush", DARK.text, 20, scale
    ).toImage().convertToFormat(QImage.Format.Format_ARGB32)


def test_a_checked_and_a_disabled_icon_look_different(qapp: QApplication) -> None:
    brush = icon("brush", LIGHT)
    size = ICON_SIZE * 2
    plain = ink(brush.pixmap(size).toImage())[0]
    off = ink(brush.pixmap(size, QIcon.Mode.Disabled).toImage())[0]
    on = ink(brush.pixmap(size, QIcon.Mode.Normal, QIcon.State.On).toImage())[0]
    assert (plain, off, on) == (LIGHT.text, LIGHT.disabled, LIGHT.on_accent)


def test_an_unknown_icon_is_an_error_at_once(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon", DARK)


def test_recolour_finds_actions_and_buttons(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    action, button, plain = QAction(window), QToolButton(window), QToolButton(window)
    set_icon(action, "eye", DARK)
    set_icon(button, "trash", DARK)
    recolour(window, LIGHT)
    for target in (action, button):
        assert ink(target.icon().pixmap(40, 40).toImage())[0] == LIGHT.text
    assert plain.icon().isNull()
