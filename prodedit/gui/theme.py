# SPDX-License-Identifier: Apache-2.0
"""The program's looks: Fusion with our own dark and light colours, fonts, a small style sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from prodedit.core.colour import Colour
from prodedit.gui.style_sheet import style_sheet

ThemeName = Literal["dark", "light", "system"]


@dataclass(frozen=True)
class Palette:
    """Every colour of the window. Round the picture there is no tint: colour is judged there."""

    name: str
    window: Colour
    panel: Colour
    raised: Colour
    field: Colour
    border: Colour
    edge: Colour
    """Outline of what can be filled in or moved: at least 3:1 to what it lies on."""
    text: Colour
    secondary: Colour
    disabled: Colour
    accent: Colour
    on_accent: Colour
    link: Colour
    danger: Colour
    warning: Colour
    success: Colour
    surround: Colour
    checker_light: Colour
    checker_dark: Colour


def _hex(text: str) -> Colour:
    return Colour.from_hex(text)


DARK = Palette(
    name="dark",
    window=_hex("#262626"),
    panel=_hex("#2E2E2E"),
    raised=_hex("#3C3C3C"),
    field=_hex("#1E1E1E"),
    border=_hex("#4A4A4A"),
    edge=_hex("#868686"),
    text=_hex("#F0F0F0"),
    secondary=_hex("#B8B8B8"),
    disabled=_hex("#7C7C7C"),
    accent=_hex("#2F6FDE"),
    on_accent=_hex("#FFFFFF"),
    link=_hex("#8AB4F8"),
    danger=_hex("#FF8A80"),
    warning=_hex("#FFC46B"),
    success=_hex("#7BD88F"),
    surround=_hex("#1A1A1A"),
    checker_light=_hex("#FFFFFF"),
    checker_dark=_hex("#D8D8D8"),
)

LIGHT = Palette(
    name="light",
    window=_hex("#F2F2F2"),
    panel=_hex("#FAFAFA"),
    raised=_hex("#FFFFFF"),
    field=_hex("#FFFFFF"),
    border=_hex("#C8C8C8"),
    edge=_hex("#858585"),
    text=_hex("#1C1C1C"),
    secondary=_hex("#5A5A5A"),
    disabled=_hex("#9A9A9A"),
    accent=_hex("#1F5FCC"),
    on_accent=_hex("#FFFFFF"),
    link=_hex("#1F5FCC"),
    danger=_hex("#B3261E"),
    warning=_hex("#8A5300"),
    success=_hex("#1B6E35"),
    surround=_hex("#D2D2D2"),
    checker_light=_hex("#FFFFFF"),
    checker_dark=_hex("#D8D8D8"),
)

PALETTES: Mapping[str, Palette] = MappingProxyType({"dark": DARK, "light": LIGHT})

_CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)
_TEXT_SIZE = 13
_PROPERTY = "prodedit_palette"


def apply_theme(app: QApplication, name: ThemeName = "system") -> Palette:
    """Dress the whole program; the palette that is in force now."""
    palette = PALETTES[_resolved(name)]
    app.setProperty(_PROPERTY, palette.name)
    app.setStyle("Fusion")
    app.setFont(text_font())
    app.setPalette(qt_palette(palette))
    app.setStyleSheet(style_sheet(palette))
    return palette


def current_palette(app: QApplication) -> Palette:
    """The palette that `apply_theme` chose last; the dark one before."""
    return PALETTES[str(app.property(_PROPERTY) or DARK.name)]


def palette_now() -> Palette:
    """The palette in force, for what is painted by hand: the person may change it at any time."""
    app = QApplication.instance()
    return current_palette(app) if isinstance(app, QApplication) else DARK


def text_font() -> QFont:
    """The system's own font at 13 pixels, followed by Chinese ones that this machine has."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    known = set(QFontDatabase.families())
    font.setFamilies([*font.families(), *(name for name in _CHINESE_FONTS if name in known)])
    font.setPixelSize(_TEXT_SIZE)
    return font


def qcolor(colour: Colour) -> QColor:
    return QColor(*colour)


def contrast(a: Colour, b: Colour) -> float:
    """1..21: how well text of one colour reads on the other (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def qt_palette(palette: Palette) -> QPalette:
    result = QPalette()
    for role, colour in _roles(palette).items():
        result.setColor(role, qcolor(colour))
    off = QPalette.ColorGroup.Disabled
    for role in (_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText, _ROLE.PlaceholderText):
        result.setColor(off, role, qcolor(palette.disabled))
    result.setColor(off, _ROLE.Highlight, qcolor(palette.border))
    return result


_ROLE = QPalette.ColorRole


def _roles(palette: Palette) -> dict[QPalette.ColorRole, Colour]:
    return {
        _ROLE.Window: palette.window,
        _ROLE.WindowText: palette.text,
        _ROLE.Base: palette.field,
        _ROLE.AlternateBase: palette.panel,
        _ROLE.Text: palette.text,
        _ROLE.PlaceholderText: palette.secondary,
        _ROLE.Button: palette.raised,
        _ROLE.ButtonText: palette.text,
        _ROLE.BrightText: palette.danger,
        _ROLE.ToolTipBase: palette.raised,
        _ROLE.ToolTipText: palette.text,
        _ROLE.Highlight: palette.accent,
        _ROLE.HighlightedText: palette.on_accent,
        _ROLE.Accent: palette.accent,
        _ROLE.Link: palette.link,
        _ROLE.LinkVisited: palette.link,
        _ROLE.Light: palette.raised,
        _ROLE.Midlight: palette.raised,
        _ROLE.Mid: palette.border,
        _ROLE.Dark: palette.border,
        _ROLE.Shadow: palette.field,
    }


def _resolved(name: ThemeName) -> str:
    """Systems that do not say get the dark one, as photo editors have it."""
    if name != "system":
        return name
    scheme = QApplication.styleHints().colorScheme()
    return "light" if scheme == Qt.ColorScheme.Light else "dark"


def _luminance(colour: Colour) -> float:
    """Relative luminance 0..1 of sRGB (WCAG 2.2)."""
    weights = (0.2126, 0.7152, 0.0722)
    return sum(w * _linear(c / 255) for w, c in zip(weights, colour[:3], strict=True))


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
