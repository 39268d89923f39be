# SPDX-License-Identifier: Apache-2.0
"""Both palettes can be read, and are what the program wears."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit.core.layer import Colour
from prodedit.gui.style_sheet import style_sheet
from prodedit.gui.theme import (
    PALETTES,
    Palette,
    apply_theme,
    contrast,
    current_palette,
    qt_palette,
    text_font,
)

READABLE = 4.5
VISIBLE = 3.0


class Pair(NamedTuple):
    ink: str
    paper: str


TEXT_ON = [
    *(Pair(ink, paper) for ink in ("text", "secondary") for paper in ("window", "panel", "raised")),
    *(Pair(ink, "field") for ink in ("text", "secondary")),
    *(
        Pair(ink, paper)
        for ink in ("danger", "warning", "success", "link")
        for paper in ("window", "panel")
    ),
    Pair("on_accent", "accent"),
]


@pytest.mark.parametrize("name", ["dark", "light"])
@pytest.mark.parametrize("pair", TEXT_ON, ids=lambda pair: f"{pair.ink}-on-{pair.paper}")
def test_text_can_be_read(name: str, pair: Pair) -> None:
    palette = PALETTES[name]
    assert contrast(getattr(palette, pair.ink), getattr(palette, pair.paper)) >= READABLE


@pytest.mark.parametrize("name", ["dark", "light"])
def test_the_focus_ring_is_visible(name: str) -> None:
    palette = PALETTES[name]
    for paper in (palette.window, palette.panel, palette.raised, palette.field):
        assert contrast(palette.link, paper) >= VISIBLE


@pytest.mark.parametrize("name", ["dark", "light"])
def test_what_can_be_filled_in_has_a_visible_outline(name: str) -> None:
    palette = PALETTES[name]
    for paper in (palette.window, palette.panel, palette.field):
        assert contrast(palette.edge, paper) >= VISIBLE


@pytest.mark.parametrize("name", ["dark", "light"])
def test_round_the_picture_there_is_no_tint(name: str) -> None:
    palette = PALETTES[name]
    for colour in (palette.surround, palette.window, palette.checker_dark, palette.checker_light):
        assert colour.red == colour.green == colour.blue


def test_contrast_is_that_of_the_standard() -> None:
    black, white = Colour(0, 0, 0), Colour(255, 255, 255)
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, black) == pytest.approx(21)
    assert contrast(Colour(0x77, 0x77, 0x77), white) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda palette: palette.name)
def test_the_style_sheet_has_every_colour_filled_in(palette: Palette) -> None:
    sheet = style_sheet(palette)
    assert "$" not in sheet
    pictures = re.findall(r'url\("([^"]*)"\)', sheet)
    assert len(pictures) >= 5
    assert all(Path(picture).is_file() for picture in pictures)
    assert sheet.count("{") == sheet.count("}")
    assert palette.accent.hex in sheet


def test_apply_theme_dresses_the_program(qapp: QApplication, qtbot: QtBot) -> None:
    for name in ("light", "dark"):
        palette = apply_theme(qapp, name)
        assert palette == current_palette(qapp) == PALETTES[name]
        window = qapp.palette().color(QPalette.ColorRole.Window)
        assert window == qt_palette(palette).color(QPalette.ColorRole.Window)
        assert (window.lightness() > 128) == (name == "light")


def test_a_system_that_says_nothing_gets_one_of_the_two(qapp: QApplication) -> None:
    assert apply_theme(qapp, "system").name in PALETTES
    apply_theme(qapp, "dark")


def test_disabled_text_differs_from_text() -> None:
    for palette in PALETTES.values():
        colours = qt_palette(palette)
        group = QPalette.ColorGroup
        role = QPalette.ColorRole.ButtonText
        assert colours.color(group.Disabled, role) != colours.color(group.Active, role)


def test_text_is_13_pixels(qapp: QApplication) -> None:
    assert text_font().pixelSize() == 13
    assert len(text_font().families()) >= 1


@pytest.mark.parametrize("name", ["dark", "light"])
def test_arrows_are_drawn_in_the_palette_s_ink_and_faint_where_nothing_can_be_pressed(
    qtbot: QtBot, name: str
) -> None:
    palette = PALETTES[name]
    paths = re.findall(r'url\("([^"]*chevron[^"]*)"\)', style_sheet(palette))
    off = {path for path in paths if path.endswith("-off.svg")}
    assert len(off) == 2
    for path in paths:
        ink = palette.disabled if path in off else palette.text
        assert f'stroke="{ink.hex[:7]}"' in Path(path).read_text("utf-8").upper().replace(
            "STROKE", "stroke"
        )
