# SPDX-License-Identifier: Apache-2.0
"""Sizes that a new picture may have: of marketplaces, of paper, of the picture on the clipboard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from prodedit.core.geometry import Size
from prodedit.core.presets import Making
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.engine.preset_library import Entry
from prodedit.gui.translation import translate

_T = QT_TRANSLATE_NOOP
PRINT = 300.0
"""Pixels per inch of what is to be printed."""
SCREEN = 72.0
PAPERS = (
    (_T("NewSizes", "A3"), 297.0, 420.0),
    (_T("NewSizes", "A4"), 210.0, 297.0),
    (_T("NewSizes", "A5"), 148.0, 210.0),
    (_T("NewSizes", "A6, postcard"), 105.0, 148.0),
    (_T("NewSizes", "US Letter"), 215.9, 279.4),
    (_T("NewSizes", "Photo 10 × 15 cm"), 100.0, 150.0),
    (_T("NewSizes", "Photo 13 × 18 cm"), 130.0, 180.0),
)
"""(name, width and height in millimetres)"""


class NewSize(NamedTuple):
    """unit: that people think of it in. backdrop: "#RRGGBB", "" for none, None: as it was."""

    name: str
    size: Size
    resolution: float = SCREEN
    unit: str = "px"
    backdrop: str | None = None


def of_papers() -> Iterator[NewSize]:
    for name, width, height in PAPERS:
        size = Size(round(width / 25.4 * PRINT), round(height / 25.4 * PRINT))
        yield NewSize(translate("NewSizes", name), size, PRINT, "mm", "#FFFFFF")


def of_marketplaces(entries: Iterable[Entry]) -> Iterator[NewSize]:
    """Those presets that can be used."""
    for entry in entries:
        if entry.preset is not None:
            name = translate("Preset", entry.name) if entry.is_built_in else entry.name
            making = entry.preset.making
            resolution = float(making.resolution or SCREEN)
            yield NewSize(name, making.wanted, resolution, "px", _backdrop(making))


def _backdrop(making: Making) -> str:
    if making.backdrop == "transparent":
        return ""
    return making.backdrop if making.cuts_out else "#FFFFFF"
