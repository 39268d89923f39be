# SPDX-License-Identifier: Apache-2.0
"""The fonts of this computer. Qt knows them only in a program that has a QGuiApplication."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication

from prodedit.core.document import Document
from prodedit.core.layer import TextContent
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.text import Text

EM = 128
"""Pixels a text is set at, whatever its size: the same line breaks at all sizes, and room for the
sixty-fourths of a pixel in which Qt counts. Pictures of emoji come at up to that size."""


def without_screen() -> QGuiApplication:
    """For a program without a window that draws text. Keep it until the last text is drawn; to be
    called in the main thread, once."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QGuiApplication([])


def require_fonts() -> None:
    """Raises Problem where Qt would end the program: at the first font without an application."""
    if not isinstance(QCoreApplication.instance(), QGuiApplication):
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "Text cannot be drawn here: no fonts are loaded."),
            code="no-fonts",
        )


def font_of(text: Text) -> QFont:
    """The font at EM pixels, as near to what is asked for as this computer has it."""
    require_fonts()
    font = QFontDatabase.font(text.family, text.style, 10) if text.family else QFont()
    if text.style and not text.family:
        font.setStyleName(text.style)
    font.setPixelSize(EM)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    spacing = text.letter_spacing / 1000 * EM
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
    return font


def own_family() -> str:
    """The family that this computer writes in, by its own name: another computer may have it."""
    require_fonts()
    return QFontInfo(QFont()).family()


def families() -> tuple[str, ...]:
    """All families a person may choose, by name."""
    require_fonts()
    shown = (name for name in QFontDatabase.families() if not QFontDatabase.isPrivateFamily(name))
    return tuple(sorted(shown, key=str.casefold))


def styles(family: str) -> tuple[str, ...]:
    """The styles of a family, the plain one first; empty where it is not installed."""
    require_fonts()
    plain = ("regular", "book", "normal", "roman")
    found = dict.fromkeys(QFontDatabase.styles(family))
    return tuple(sorted(found, key=lambda name: (name.casefold() not in plain, name.casefold())))


def is_installed(family: str) -> bool:
    """Whether text of this family is drawn in it; "" is whatever the computer's own is."""
    require_fonts()
    return not family or QFontDatabase.hasFamily(family)


def missing_fonts(document: Document) -> tuple[str, ...]:
    """Families that texts of the document ask for and this computer has not."""
    texts = [one.content.text for one in document.walk() if isinstance(one.content, TextContent)]
    asked = dict.fromkeys(text.family for text in texts)
    return tuple(family for family in asked if not is_installed(family))
