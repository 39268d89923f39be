# SPDX-License-Identifier: Apache-2.0
"""The layers of a Photoshop file, read in the decoder process: what it says of them, and pixels.

psd-tools unpacks the sections, within limits; nothing here trusts a number of the file. Whatever is
odd enough to stop it raises, and the merged picture is opened instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from psd_tools.constants import ChannelID, Clipping, ColorMode, SectionDivider, Tag
from psd_tools.psd.header import FileHeader
from psd_tools.psd.image_resources import ImageResources
from psd_tools.psd.layer_and_mask import (
    ChannelData,
    LayerAndMaskInformation,
    LayerInfo,
    LayerRecord,
)
from psd_tools.psd.parse_limits import parse_context

from prodedit.core import coverage
from prodedit.core.blend import BLEND_MODES
from prodedit.core.curves import flattened
from prodedit.core.geometry import Rect, Size
from prodedit.core.layer import Colour, Locks
from prodedit.core.pixels import Pixels, premultiply
from prodedit.files import photoshop_resources
from prodedit.files.colour import Conversion, conversion
from prodedit.files.photo import Limits, Note
from prodedit.files.photoshop_flat import eight_bits
from prodedit.files.photoshop_head import PARSE_LIMITS, read_head
from prodedit.files.photoshop_layers import (
    DEEPEST,
    NOWHERE,
    PhotoshopLayer,
    PhotoshopPicture,
    Wanted,
)
from prodedit.files.photoshop_odds import Odds

OPENED = frozenset({ColorMode.RGB, ColorMode.GRAYSCALE})
"""Colours whose layers can be opened; of others the merged picture is."""
DEPTHS = frozenset({8, 16})
MOST_LAYERS = 4000
_OTHER_COLOURS = "photoshop-merged"
_MODES = {mode.photoshop: mode.id for mode in BLEND_MODES.values()}
_ENDS = (SectionDivider.OPEN_FOLDER, SectionDivider.CLOSED_FOLDER)
_COLOUR_CHANNELS = {
    ColorMode.RGB: (ChannelID.CHANNEL_0, ChannelID.CHANNEL_1, ChannelID.CHANNEL_2),
    ColorMode.GRAYSCALE: (ChannelID.CHANNEL_0,) * 3,
}
_ROWS = 256
_LOCK_ALPHA, _LOCK_PIXELS, _LOCK_POSITION = 1, 2, 4
_LOCKED_WHOLE = 1 << 31


class Entry(NamedTuple):
    """A layer of the file with what is needed for its pixels."""

    layer: PhotoshopLayer
    record: LayerRecord
    channels: dict[ChannelID, ChannelData]


class NoLayersError(Exception):
    """There are none, or none that could be shown: the merged picture is all there is.

    note: the code of what to tell, "" for nothing."""

    def __init__(self, note: str = "") -> None:
        super().__init__(note)
        self.note = note


class PhotoshopReading:
    """One open file. Raises NoLayersError, and ValueError or OSError where it is damaged."""

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        self._limits = limits
        head = read_head(file, limits)
        self.header, resources, self._size = head.header, head.resources, head.size
        if self.header.color_mode not in OPENED or self.header.depth not in DEPTHS:
            raise NoLayersError(_OTHER_COLOURS if head.layers else "")
        file.seek(head.layers_at)
        with parse_context(PARSE_LIMITS):
            information = LayerAndMaskInformation.read(file, "macroman", self.header.version)
        self._entries: dict[int, Entry] = {}
        self._odds = Odds()
        layers = self._tree(_info(information))
        self.picture = PhotoshopPicture(
            self._size,
            layers,
            photoshop_resources.guides(resources),
            photoshop_resources.paths(resources, self._size),
            photoshop_resources.resolution(resources),
        )
        self._shade = _shading(resources, self.header)

    @property
    def notes(self) -> tuple[Note, ...]:
        deep = (Note("deep", (("bits", 16),)),) if self.header.depth == 16 else ()
        return (*deep, *self._shade.notes, *self._odds.notes())

    @property
    def profile(self) -> str:
        return self._shade.profile

    def fill(self, wanted: Wanted, target: Pixels) -> None:
        """Put one raster into `target`."""
        entry = self._entries[id(wanted.layer)]
        if wanted.is_mask:
            target[...] = self._mask(entry, wanted.rect)
        else:
            self._fill_pixels(entry, target)

    # The tree

    def _tree(self, info: LayerInfo | None) -> tuple[PhotoshopLayer, ...]:
        pairs = (
            []
            if info is None
            else list(zip(info.layer_records, info.channel_image_data, strict=False))
        )
        if not pairs or len(pairs) > MOST_LAYERS:
            raise NoLayersError("photoshop-unread" if pairs else "")
        levels: list[list[PhotoshopLayer]] = [[]]
        for record, data in pairs:
            kind = _section(record)
            channels = {info.id: one for info, one in zip(record.channel_info, data, strict=False)}
            if kind is SectionDivider.BOUNDING_SECTION_DIVIDER:
                levels.append([])
                if len(levels) > DEEPEST:
                    raise ValueError("groups are nested too deeply")
            elif kind in _ENDS:
                inner = tuple(levels.pop()) if len(levels) > 1 else ()
                levels[-1].append(self._entry(record, channels, inner))
            else:
                levels[-1].append(self._entry(record, channels, None))
        found = tuple(layer for level in levels for layer in level)
        return tuple(self._shown(found))

    def _entry(
        self, record: LayerRecord, channels: dict[ChannelID, ChannelData],
        inner: tuple[PhotoshopLayer, ...] | None,
    ) -> PhotoshopLayer:  # fmt: skip
        name = _name(record)
        fill = _colour(record)
        rect = self._rect(record, channels) if inner is None and fill is None else NOWHERE
        section = record.tagged_blocks.get_data(Tag.SECTION_DIVIDER_SETTING)
        mode = getattr(section, "blend_mode", None) or record.blend_mode
        key = mode.value.decode("ascii")
        if key not in _MODES and key != "pass":
            self._odds.mode(name)
        layer = PhotoshopLayer(
            name=name,
            rect=rect,
            opacity=_opacity(record),
            visible=record.flags.visible,
            blend=_MODES.get(key, "normal"),
            clip=record.clipping is Clipping.NON_BASE,
            locks=_locks(record),
            mask=self._mask_state(record, channels),
            layers=None if inner is None else tuple(self._shown(inner)),
            isolated=key != "pass",
            fill=fill,
        )
        self._entries[id(layer)] = Entry(layer, record, channels)
        self._odds.look_at(layer, record)
        return layer

    def _shown(self, layers: Sequence[PhotoshopLayer]) -> Iterator[PhotoshopLayer]:
        """Without those of which nothing can be kept."""
        for layer in layers:
            entry = self._entries[id(layer)]
            if not self._odds.is_left_out(layer, entry.record):
                yield layer

    def _rect(self, record: LayerRecord, channels: dict[ChannelID, ChannelData]) -> Rect:
        rect = Rect(record.left, record.top, record.width, record.height)
        if rect.is_empty or not any(channels[one].data for one in channels if one >= 0):
            return NOWHERE
        if rect.size.area > self._limits.pixels or max(rect.size) > 2 * self._limits.side:
            raise ValueError(f"a layer of {rect.size}")
        return rect

    def _mask_state(self, record: LayerRecord, channels: dict[ChannelID, ChannelData]) -> Any:
        data = record.mask_data
        if data is not None and ChannelID.USER_LAYER_MASK in channels:
            area = data.width * data.height
            if area > self._limits.pixels:
                raise ValueError("a mask that is too large")
            return "off" if data.flags.mask_disabled else "on"
        vector = _vector(record)
        return "" if vector is None else ("off" if vector.disable else "on")

    # The pixels

    def _plane(self, entry: Entry, channel: ChannelID, size: Size) -> NDArray[Any] | None:
        """(h, w) uint8 or big-endian uint16; None where there is none."""
        data = entry.channels.get(channel)
        if data is None or not data.data:
            return None
        header = self.header
        plain = data.get_data(size.width, size.height, header.depth, header.version)
        kind = np.dtype(np.uint8 if header.depth == 8 else ">u2")
        return np.frombuffer(plain, kind).reshape(size.height, size.width)

    def _fill_pixels(self, entry: Entry, target: Pixels) -> None:
        size = entry.layer.rect.size
        names = _COLOUR_CHANNELS[self.header.color_mode]
        planes = {name: self._plane(entry, name, size) for name in dict.fromkeys(names)}
        alpha = self._plane(entry, ChannelID.TRANSPARENCY_MASK, size)
        for top in range(0, size.height, _ROWS):
            rows = slice(top, min(top + _ROWS, size.height))
            parts = [_part(planes[name], rows, size.width, 0, top) for name in names]
            rgb = self._shade.strip(Image.fromarray(np.dstack(parts)), top).convert("RGB")
            cover = _part(alpha, rows, size.width, 255, top)
            target[rows] = premultiply(np.dstack([np.asarray(rgb), cover]))

    def _mask(self, entry: Entry, rect: Rect) -> Pixels:
        data = entry.record.mask_data
        if data is None or ChannelID.USER_LAYER_MASK not in entry.channels:
            return self._vector_mask(entry, rect)
        size = Size(data.width, data.height)
        whole = np.full((rect.height, rect.width), data.background_color, np.uint8)
        plane = None if size.area == 0 else self._plane(entry, ChannelID.USER_LAYER_MASK, size)
        if plane is not None:
            place = Rect(data.left, data.top, *size)
            part = place.intersect(rect)
            found = _part(plane, slice(0, size.height), size.width, 0, 0)
            own, there = part.translate(-place.x, -place.y), part.translate(-rect.x, -rect.y)
            whole[there.y : there.bottom, there.x : there.right] = found[
                own.y : own.bottom, own.x : own.right
            ]
        density = getattr(data.parameters, "user_mask_density", None)
        return whole if density is None else _thinned(whole, density)

    def _vector_mask(self, entry: Entry, rect: Rect) -> Pixels:
        vector = _vector(entry.record)
        path = photoshop_resources.path_of(vector.path, self._size)
        lines = [flattened(sub) for sub in path.subpaths]
        region = coverage.polygons(lines, rect)
        whole = np.zeros((rect.height, rect.width), np.uint8)
        place = region.rect.translate(-rect.x, -rect.y)
        whole[place.y : place.bottom, place.x : place.right] = region.pixels
        return 255 - whole if vector.invert else whole


def _shading(resources: ImageResources, header: FileHeader) -> Conversion:
    """From the file's colours to sRGB, of strips of 8-bit RGB."""
    sample = Image.new("RGB", (1, 1))
    icc = resources.get_data(photoshop_resources.ICC)
    if header.color_mode is ColorMode.RGB and isinstance(icc, bytes):
        sample.info["icc_profile"] = icc
    return conversion(sample)


def _info(information: LayerAndMaskInformation) -> LayerInfo | None:
    """16-bit files keep their layers in a block of their own."""
    blocks = information.tagged_blocks
    for tag in (Tag.LAYER_16, Tag.LAYER_32):
        if blocks is not None and tag in blocks:
            found: LayerInfo | None = blocks.get_data(tag)
            return found
    return information.layer_info


def _section(record: LayerRecord) -> SectionDivider | None:
    for tag in (Tag.SECTION_DIVIDER_SETTING, Tag.NESTED_SECTION_DIVIDER_SETTING):
        setting = record.tagged_blocks.get_data(tag)
        if setting is not None:
            kind: SectionDivider = setting.kind
            return kind
    return None


def _name(record: LayerRecord) -> str:
    text = record.tagged_blocks.get_data(Tag.UNICODE_LAYER_NAME)
    if not isinstance(text, str):
        text = photoshop_resources.readable(record.name)
    return "".join(letter for letter in text if letter.isprintable())[:255]


def _opacity(record: LayerRecord) -> float:
    inner = record.tagged_blocks.get_data(Tag.BLEND_FILL_OPACITY)
    share = inner / 255 if isinstance(inner, int) and 0 <= inner <= 255 else 1.0
    return float(record.opacity / 255 * share)


def _locks(record: LayerRecord) -> Locks:
    value = record.tagged_blocks.get_data(Tag.PROTECTED_SETTING)
    bits = int(value) if isinstance(value, int) else 0
    whole = bool(bits & _LOCKED_WHOLE)
    alpha = bool(bits & _LOCK_ALPHA) or record.flags.transparency_protected
    return Locks(whole or bool(bits & _LOCK_PIXELS), whole or bool(bits & _LOCK_POSITION), alpha)


def _vector(record: LayerRecord) -> Any:
    for tag in (Tag.VECTOR_MASK_SETTING1, Tag.VECTOR_MASK_SETTING2):
        setting = record.tagged_blocks.get_data(tag)
        if setting is not None and setting.path is not None:
            return setting
    return None


def _colour(record: LayerRecord) -> Colour | None:
    """Of a layer that is one colour all over."""
    block = record.tagged_blocks.get_data(Tag.SOLID_COLOR_SHEET_SETTING)
    try:
        values = block[b"Clr "]
        red, green, blue = (float(values[key]) for key in (b"Rd  ", b"Grn ", b"Bl  "))
    except (TypeError, KeyError, ValueError, AttributeError):
        return None
    return Colour(*(round(min(255.0, max(0.0, value))) for value in (red, green, blue)))


def _part(plane: NDArray[Any] | None, rows: slice, width: int, otherwise: int, top: int) -> Pixels:
    """Rows of a plane in 8 bits."""
    if plane is None:
        return np.full((rows.stop - rows.start, width), otherwise, np.uint8)
    return eight_bits(plane[rows], top)


def _thinned(alpha: Pixels, density: int) -> Pixels:
    kept = (255 - alpha.astype(np.int32)) * density
    return (255 - (kept + 127) // 255).astype(np.uint8)
