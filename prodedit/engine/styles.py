# SPDX-License-Identifier: Apache-2.0
"""The built-in styles: their ids, and their names for a person. Loads nothing, so the window may
use it at once; a gallery shows them in this order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.tasks import PICTURE

NETWORK = "multistyle26"
"""Id of the card whose network paints in them."""


class Style(NamedTuple):
    """id: as tasks and the command line name it; title: English, context "Style"; row: which of the
    network's styles it is. The published weights carry numbers only: the names are this program's,
    after what the styles look like."""

    id: str
    title: str
    row: int


_TITLES: Mapping[str, str] = {
    "golden-haze": QT_TRANSLATE_NOOP("Style", "Golden haze"),
    "bold-lines": QT_TRANSLATE_NOOP("Style", "Bold lines"),
    "pale-dawn": QT_TRANSLATE_NOOP("Style", "Pale dawn"),
    "wild-colours": QT_TRANSLATE_NOOP("Style", "Wild colours"),
    "warm-dabs": QT_TRANSLATE_NOOP("Style", "Warm dabs"),
    "autumn-strokes": QT_TRANSLATE_NOOP("Style", "Autumn strokes"),
    "violet-night": QT_TRANSLATE_NOOP("Style", "Violet night"),
    "red-yellow-blue": QT_TRANSLATE_NOOP("Style", "Red, yellow, blue"),
    "coloured-pencil": QT_TRANSLATE_NOOP("Style", "Coloured pencil"),
    "leaf-mosaic": QT_TRANSLATE_NOOP("Style", "Leaf mosaic"),
    "burnt-sienna": QT_TRANSLATE_NOOP("Style", "Burnt sienna"),
    "old-print": QT_TRANSLATE_NOOP("Style", "Old print"),
    "soft-pastel": QT_TRANSLATE_NOOP("Style", "Soft pastel"),
    "green-meadow": QT_TRANSLATE_NOOP("Style", "Green meadow"),
    "pale-fresco": QT_TRANSLATE_NOOP("Style", "Pale fresco"),
    "stained-glass": QT_TRANSLATE_NOOP("Style", "Stained glass"),
    "night-crayon": QT_TRANSLATE_NOOP("Style", "Night crayon"),
    "woven-blocks": QT_TRANSLATE_NOOP("Style", "Woven blocks"),
    "parchment": QT_TRANSLATE_NOOP("Style", "Parchment"),
    "starry-sky": QT_TRANSLATE_NOOP("Style", "Starry sky"),
    "crimson-oil": QT_TRANSLATE_NOOP("Style", "Crimson oil"),
    "pop-shapes": QT_TRANSLATE_NOOP("Style", "Pop shapes"),
    "ink-and-red": QT_TRANSLATE_NOOP("Style", "Ink and red"),
    "twilight": QT_TRANSLATE_NOOP("Style", "Twilight"),
    "wave-print": QT_TRANSLATE_NOOP("Style", "Wave print"),
    "knitted-dusk": QT_TRANSLATE_NOOP("Style", "Knitted dusk"),
}
STYLES: tuple[Style, ...] = tuple(
    Style(name, title, row) for row, (name, title) in enumerate(_TITLES.items())
)


def row_of(name: str) -> int:
    """The network's row for a style's id. Raises Problem for an unknown one."""
    found = next((style.row for style in STYLES if style.id == name), None)
    if found is None:
        raise unknown_style(name)
    return found


def unknown_style(name: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "There is no style “{style}”. There are: {known}."),
        code="unknown-style",
        style=name,
        known=", ".join(style.id for style in STYLES),
    )


__all__ = ["NETWORK", "PICTURE", "STYLES", "Style", "row_of", "unknown_style"]
