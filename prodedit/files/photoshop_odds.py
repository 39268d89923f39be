# SPDX-License-Identifier: Apache-2.0
"""What layers of a Photoshop file have that this program lacks, and how that is told."""

from __future__ import annotations

from typing import Any

from psd_tools.constants import Tag
from psd_tools.psd.layer_and_mask import LayerRecord

from prodedit.files.photo import Note
from prodedit.files.photoshop_layers import PhotoshopLayer

_PICTURES = (
    Tag.TYPE_TOOL_OBJECT_SETTING,
    Tag.TYPE_TOOL_INFO,
    Tag.SMART_OBJECT_LAYER_DATA1,
    Tag.SMART_OBJECT_LAYER_DATA2,
    Tag.PLACED_LAYER1,
    Tag.PLACED_LAYER2,
)
"""Of which the file holds a picture, too."""
_ADJUSTMENTS = (
    Tag.BLACK_AND_WHITE, Tag.BRIGHTNESS_AND_CONTRAST, Tag.CHANNEL_MIXER, Tag.COLOR_BALANCE,
    Tag.COLOR_LOOKUP, Tag.CURVES, Tag.EXPOSURE, Tag.GRADIENT_MAP, Tag.HUE_SATURATION,
    Tag.HUE_SATURATION_V4, Tag.INVERT, Tag.LEVELS, Tag.PHOTO_FILTER, Tag.POSTERIZE,
    Tag.SELECTIVE_COLOR, Tag.THRESHOLD, Tag.VIBRANCE,
)  # fmt: skip
_FILLS = (Tag.GRADIENT_FILL_SETTING, Tag.PATTERN_FILL_SETTING)
_EFFECTS = (
    Tag.OBJECT_BASED_EFFECTS_LAYER_INFO,
    Tag.OBJECT_BASED_EFFECTS_LAYER_INFO_V0,
    Tag.OBJECT_BASED_EFFECTS_LAYER_INFO_V1,
)
_MASTER = b"masterFXSwitch"
_ENABLED = b"enab"
_NAMED = 4
"""Layers that are named; of more, their number is told."""


class Odds:
    """Collects the names while the layers are read."""

    def __init__(self) -> None:
        self._pixels: list[str] = []
        self._lost: list[str] = []
        self._modes: list[str] = []

    def look_at(self, layer: PhotoshopLayer, record: LayerRecord) -> None:
        blocks = record.tagged_blocks
        if any(tag in blocks for tag in _PICTURES) and not layer.rect.is_empty:
            self._pixels.append(layer.name)
        if self.is_left_out(layer, record) or _has_effects(blocks):
            self._lost.append(layer.name)

    def mode(self, name: str) -> None:
        self._modes.append(name)

    def is_left_out(self, layer: PhotoshopLayer, record: LayerRecord) -> bool:
        """An adjustment, or a fill that can't be drawn."""
        if layer.layers is not None or layer.fill is not None or not layer.rect.is_empty:
            return False
        return any(tag in record.tagged_blocks for tag in (*_ADJUSTMENTS, *_FILLS))

    def notes(self) -> tuple[Note, ...]:
        kinds = (
            ("photoshop-pixels", self._pixels),
            ("photoshop-lost", self._lost),
            ("photoshop-modes", self._modes),
        )
        return tuple(Note(code, (("layers", listed(names)),)) for code, names in kinds if names)


def _has_effects(blocks: Any) -> bool:
    """Whether a shadow, stroke or the like shows."""
    for tag in _EFFECTS:
        found = blocks.get_data(tag)
        try:
            if found is not None and bool(found[_MASTER]):
                return any(_is_on(effect) for effect in found.values())
        except (TypeError, KeyError, AttributeError):
            continue
    return False


def _is_on(effect: Any) -> bool:
    items = effect if isinstance(effect, list) else [effect]
    return any(_switch(item) for item in items)


def _switch(effect: Any) -> bool:
    try:
        return bool(effect[_ENABLED])
    except (TypeError, KeyError, AttributeError):
        return False


def listed(names: list[str]) -> str:
    """The topmost ones, and how many there are."""
    shown = ", ".join(f"“{name}”" for name in dict.fromkeys(reversed(names[-_NAMED:])))
    return shown if len(names) <= _NAMED else f"{shown} … ({len(names)})"
