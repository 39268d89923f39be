# SPDX-License-Identifier: Apache-2.0
"""Presets and what was found by them, in the window's words."""

from __future__ import annotations

from collections.abc import Iterable

from prodedit.catalogue.check.words import CheckWords
from prodedit.core.presets import Making
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.engine.preset_library import Entry, PresetLibrary
from prodedit.gui.translation import translate

_T = QT_TRANSLATE_NOOP
PLATFORMS = (
    _T("Platform", "AliExpress"),
    _T("Platform", "Amazon"),
    _T("Platform", "eBay"),
    _T("Platform", "Etsy"),
    _T("Platform", "Google"),
    _T("Platform", "JD"),
    _T("Platform", "Pinduoduo"),
    _T("Platform", "Shopify"),
    _T("Platform", "Taobao"),
    _T("Platform", "Tmall"),
    _T("Platform", "Walmart"),
)
"""Of the presets that come with the program, but those that have one name everywhere."""
OUTCOMES = {
    "passes": _T("Outcome", "Passes"),
    "fails": _T("Outcome", "Fails"),
    "confirm": _T("Outcome", "Please look"),
}
_BACKDROPS = {
    "#FFFFFF": _T("Slot", "white behind"),
    "transparent": _T("Slot", "transparent"),
    "keep": _T("Slot", "own backdrop"),
}


def check_words() -> CheckWords:
    """Rules and measures in the window's language."""
    return CheckWords(translate)


def entry_name(entry: Entry) -> str:
    return translate("Preset", entry.name) if entry.is_built_in else entry.name


def preset_names() -> dict[str, str]:
    """The name of each preset by its id."""
    return {entry.id: entry_name(entry) for entry in PresetLibrary().entries()}


def preset_name(preset_id: str) -> str:
    return preset_names().get(preset_id, preset_id)


def outcome_text(outcome: str) -> str:
    """ "" for what was not looked at."""
    return translate("Outcome", OUTCOMES[outcome]) if outcome in OUTCOMES else ""


def grouped(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """Those that can be used, by marketplace; the person's own ones first, in a group of their
    own."""
    own: list[Entry] = []
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.preset is not None and entry.is_built_in:
            groups.setdefault(translate("Platform", entry.preset.platform), []).append(entry)
        elif entry.preset is not None:
            own.append(entry)
    mine = [(translate("Slot", "Own presets"), own)] if own else []
    return [*mine, *sorted(groups.items(), key=lambda group: group[0].casefold())]


def slot_text(making: Making) -> str:
    """ "2000 × 2000, JPEG, white behind, at most 10 MB": how a picture for it is made."""
    width, height = making.size
    size = translate("Slot", "{size}") if making.exact else translate("Slot", "up to {size}")
    colour = translate("Slot", "{colour} behind").format(colour=making.backdrop)
    known = _BACKDROPS.get(making.backdrop.upper() if "#" in making.backdrop else making.backdrop)
    parts = [
        size.format(size=f"{width} × {height}"),
        making.format.upper(),
        colour if known is None else translate("Slot", known),
    ]
    if any(making.bytes):
        parts.append(check_words().byte_window(*making.bytes))
    return translate("Check", ", ").join(parts)
